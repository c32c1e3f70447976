"""What is begun before a pipeline is put together."""

import pytest

from monitor.pipeline import open_pipeline
from tests.pipeline.conftest import OpenDesk
from tests.pipeline.test_desks import text_of
from tests.processes import children
from tests.site import Site
from tests.wire import NOW, Clock, Item, Outlet

FEEDS = ("one", "two")


@pytest.mark.parametrize("database", [""])  # of one on a server nobody knows whether it is new
@pytest.mark.parametrize("workers", [0, 1, 8])
async def test_processes_that_read_feeds_are_begun_where_all_feeds_are_new(
    site: Site, open_desk: OpenDesk, workers: int
) -> None:
    """As many as there is work for load what they need while a store is made; none later on."""
    for feed in FEEDS:
        Outlet(site, feed).publish(Item(feed, f"Talks in {feed}"))
    limited = text_of(site, "", *FEEDS).replace(
        "[monitor]\n", f"[monitor]\nworkers = {workers}\n", 1
    )
    desk = open_desk(limited)
    before = children()
    async with open_pipeline(desk, clock=Clock()) as pipeline:
        assert len(children() - before) == min(workers, len(FEEDS))
        for feed in pipeline.feeds.due(NOW):
            assert (await pipeline.read(feed)).new == 1
    assert children() == before
    async with open_pipeline(open_desk(limited), clock=Clock()):
        assert children() == before
