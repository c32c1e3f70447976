"""Open the pipeline of a desk: what works beside us is begun first, then the rest is loaded."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Iterator
from typing import TYPE_CHECKING

from monitor.pipeline.draft_ahead import DraftAhead
from monitor.pipeline.read_answer import load
from monitor.pipeline.rules_of_desks import RuleFiles
from monitor.workers import Workers

if TYPE_CHECKING:
    from monitor.desk import Desk
    from monitor.pipeline.membership import Joining
    from monitor.pipeline.pipeline import Pipeline
    from monitor.pipeline.poll_feed import Clock

# What reads entries ahead holds the rules once more (65 MB): it goes when nothing more waits.
_AHEAD_REST = 5.0  # seconds
_AHEAD_SECONDS = 60.0  # of processor time for a batch of entries, and for the rules before it


@contextlib.asynccontextmanager
async def open_pipeline(
    desk: "Desk", joining: "Joining | None" = None, *, clock: "Clock | None" = None
) -> "AsyncIterator[Pipeline]":
    """Give the pipeline of a desk until the block ends.

    Args:
        desk: whose store is open, or is opened here.
        joining: as what this process takes part; by default as a command.
        clock: another than the database's.

    Raises:
        AlreadyRunning: a machine of that name is at work elsewhere.
        StoreError: the store cannot be opened or written.
    """
    count = desk.config.monitor.workers
    async with (
        Workers(count) as workers,
        Workers(min(1, count), _AHEAD_SECONDS, _AHEAD_REST) as reader,
    ):
        ahead = DraftAhead(reader, asyncio.get_running_loop())
        with contextlib.nullcontext() if desk.has_store else _loading(desk, workers, ahead):
            await asyncio.sleep(0)  # what was begun is started
            from monitor.pipeline.assembly import assembled
            from monitor.pipeline.membership import Joining

            joining = joining or Joining()
            async with assembled(desk, workers, ahead, joining, clock) as pipeline:
                yield pipeline


@contextlib.contextmanager
def _loading(desk: "Desk", workers: Workers, ahead: DraftAhead) -> Iterator[None]:
    """Have other processes load what the first reading of all feeds will need, meanwhile."""
    some = min(workers.count, len(desk.feeds))
    loading = [asyncio.create_task(_load(workers)) for _ in range(some)]
    ahead.prepare(RuleFiles({"": desk.own_files}, {}, {}), len(desk.feeds))
    try:
        yield
    finally:
        for task in loading:
            task.cancel()


async def _load(workers: Workers) -> None:
    """Have a process load; whatever keeps it from that is met again by who reads a feed."""
    with contextlib.suppress(Exception):
        await workers.run(load)
