"""Open the pipeline of a desk: take part among the machines, and set up what lives as long."""

import asyncio
import contextlib
from collections.abc import AsyncIterator
from datetime import datetime

import monitor
from monitor import model
from monitor.errors import MonitorError
from monitor.pipeline.batch_writer import Intake
from monitor.pipeline.desks import Desks
from monitor.pipeline.draft_ahead import DraftAhead
from monitor.pipeline.host_claims import HostClaims
from monitor.pipeline.membership import Joining, Membership, join
from monitor.pipeline.pipeline import Pipeline
from monitor.pipeline.poll_feed import Clock
from monitor.pipeline.roles import Roles
from monitor.pipeline.rules_of_desks import RuleFiles
from monitor.store import left, unjudged
from monitor.web import Client, user_agent
from monitor.workers import Workers
from monitor.workspace import Desk

# What reads entries ahead holds the rules once more (65 MB): it goes when nothing more waits.
_AHEAD_REST = 5.0  # seconds
_AHEAD_SECONDS = 60.0  # of processor time for a batch of entries, and for the rules before it


@contextlib.asynccontextmanager
async def open_pipeline(
    desk: Desk, joining: Joining | None = None, *, clock: Clock | None = None
) -> AsyncIterator[Pipeline]:
    """Give the pipeline of a desk until the block ends.

    Args:
        desk: whose store is open, or is opened here.
        joining: as what this process takes part; by default as a command.
        clock: another than the database's.

    Raises:
        AlreadyRunning: a machine of that name is at work elsewhere.
        StoreError: the store cannot be opened or written.
    """
    table = desk.config.monitor
    async with contextlib.AsyncExitStack() as ending:
        reader = Workers(min(1, table.workers), _AHEAD_SECONDS, _AHEAD_REST)
        await ending.enter_async_context(reader)
        ahead = DraftAhead(reader, asyncio.get_running_loop())
        if not desk.has_store:  # then all feeds are new, and the rules can be read meanwhile
            ahead.prepare(RuleFiles({"": desk.own_files}, {}, {}), len(desk.feeds))
        store = await asyncio.to_thread(lambda: desk.store)
        member = await join(store, desk.state, joining or Joining(), table.lease)
        ending.push_async_callback(_leave, member)
        desk = desk.on(store.fenced(member.fence))
        held = HostClaims(desk.store, member)
        now = clock or member.now
        client = Client(
            user_agent(table.contact, monitor.__version__),
            in_flight=table.in_flight,
            per_host=table.per_host,
            spacing=table.spacing,
            permission=held,
            shelf=held,
        )
        held.watch(client.turns)
        desks = Desks(desk)
        states = await asyncio.to_thread(_prepare, desks, member.name, now())
        await ending.enter_async_context(client)
        workers = await ending.enter_async_context(Workers(table.workers))
        intake = await ending.enter_async_context(Intake(desk.store))
        pipeline = Pipeline(desks, client, workers, intake, states, now, member, held, ahead)
        ending.push_async_callback(_give_up, pipeline.roles, held)
        held.tell(pipeline.refresh, pipeline.settle)
        await pipeline.share_out()
        keeping = asyncio.create_task(member.keep(pipeline.share_out))
        ending.callback(keeping.cancel)
        yield pipeline


async def _leave(member: Membership) -> None:
    """Say that we go, where that can still be written; else the lease runs out."""
    with contextlib.suppress(MonitorError):
        await asyncio.to_thread(member.leave)


async def _give_up(roles: Roles, held: HostClaims) -> None:
    with contextlib.suppress(MonitorError):
        await roles.give(roles.held)
        await held.close()


def _prepare(desks: Desks, machine: str, now: datetime) -> dict[str, tuple[int, model.FeedState]]:
    """Publish our desk, and return id and state of every feed.

    What another version left aside is tried by this one.
    """
    with desks.store.write() as db:
        states = desks.publish(db, machine, now)
        if left.count(db):
            left.again(db, now, version=monitor.__version__)
        unjudged.again(db, version=monitor.__version__)
    return states
