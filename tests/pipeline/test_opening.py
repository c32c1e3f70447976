"""What is begun before a pipeline is put together."""

import asyncio
import gc
import logging

import pytest

from monitor.pipeline import open_pipeline
from tests.pipeline.conftest import OpenDesk
from tests.processes import children
from tests.site import Site
from tests.waiting import until
from tests.wire import NOW, Clock, Item, Outlet, config_text

FEEDS = ("one", "two")


@pytest.mark.parametrize("database", [""])  # of one on a server nobody knows whether it is new
@pytest.mark.parametrize("workers", [0, 1, 8])
async def test_processes_that_read_feeds_are_begun_where_all_feeds_are_new(
    site: Site, open_desk: OpenDesk, workers: int
) -> None:
    """As many as there is work for load what they need while a store is made; none later on."""
    for feed in FEEDS:
        Outlet(site, feed).publish(Item(feed, f"Talks in {feed}"))
    limited = config_text(site, *FEEDS, workers=workers)
    desk = open_desk(limited)
    before = children()
    async with open_pipeline(desk, clock=Clock()) as pipeline:
        assert len(children() - before) == min(workers, len(FEEDS))
        for feed in pipeline.feeds.due(NOW):
            assert (await pipeline.read(feed)).new == 1
    assert children() == before
    async with open_pipeline(open_desk(limited), clock=Clock()):
        assert children() == before


@pytest.mark.parametrize("database", [""])
async def test_opening_that_is_broken_off_ends_what_it_began_in_silence(
    site: Site, open_desk: OpenDesk, caplog: pytest.LogCaptureFixture
) -> None:
    """Ctrl-C in the first second: nothing of our own is left, at work or in the log."""
    desk = open_desk(config_text(site, *FEEDS, workers=1))
    before = children()

    async def opening() -> None:
        async with open_pipeline(desk, clock=Clock()):
            await asyncio.Event().wait()

    begun = asyncio.create_task(opening())
    await asyncio.to_thread(until, lambda: children() != before)
    begun.cancel()
    with pytest.raises(asyncio.CancelledError):
        await begun
    await asyncio.sleep(0)
    gc.collect()  # what nobody has asked for its end is told of when it goes
    assert children() == before
    assert [item for item in caplog.records if item.levelno >= logging.WARNING] == []
