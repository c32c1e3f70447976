"""Many entries that wait: read ahead by a process, filed as if one had done it all."""

import asyncio
from pathlib import Path

import pytest

from monitor.desk import Desk
from monitor.pipeline import open_pipeline
from monitor.pipeline.desks import Desks
from monitor.pipeline.draft_ahead import DraftAhead
from monitor.pipeline.drafts import draft_all
from monitor.pipeline.filer import Filer
from monitor.store import articles, entry_work, published_desks
from monitor.store.published_desks import PublishedDesk
from monitor.workers import Workers
from tests.pipeline.conftest import OpenDesk
from tests.pipeline.polling import rules_by_headline
from tests.pipeline.test_desks import put_rules, text_of
from tests.processes import children
from tests.site import Site
from tests.wire import NOW, Clock, Item, Outlet

FEEDS = ("one", "two", "three", "four", "five")
EACH = 81  # items of a feed: more in all than are read by who files
SOME = 11  # more in all than that where there is a process that reads
HOTLINE = "South Korea, China agree on a hotline"


async def desk_where_many_wait(
    site: Site, open_desk: OpenDesk, folder: Path, each: int = EACH
) -> Desk:
    """Return a desk with entries of five feeds in its store that nobody has opened.

    Every feed has the talks under a headline of its own; a rule of the desk counts ships.
    """
    for feed in FEEDS:
        items = [
            Item(f"{feed}{number}", f"Ship {number} of harbour {feed}", (f"Tide {number}.",))
            for number in range(each - 1)
        ]
        Outlet(site, feed).publish(Item(f"{feed}-talks", f"{HOTLINE}, says {feed}"), *items)
    rules = put_rules(folder, "own.toml", ("sea", "Ship 7"))
    text = text_of(site, "", *FEEDS, rules=rules).replace("private", 'pages = "none"\nprivate')
    (folder / "config.toml").write_text(text)
    desk = open_desk(text)
    async with open_pipeline(desk, clock=Clock()) as pipeline:
        for feed in pipeline.feeds.due(NOW):
            await pipeline.read(feed)
    return desk


def published(desk: Desk) -> Desks:
    """Return the desks of its store, as who files knows them."""
    desks = Desks(desk)
    with desk.store.read() as db:
        desks.refresh(db)
    return desks


@pytest.mark.parametrize("seconds", [60.0, 0.001], ids=["in time", "ended by the system"])
async def test_what_waits_is_filed_whatever_becomes_of_the_process(
    site: Site, open_desk: OpenDesk, tmp_path: Path, seconds: float
) -> None:
    """Each entry is an article with its flags in its story, by the process or without it."""
    desk = await desk_where_many_wait(site, open_desk, tmp_path)
    async with Workers(1, seconds) as workers:
        filer = Filer(Desks(desk), Clock(), DraftAhead(workers, asyncio.get_running_loop()))
        before = children()
        raised = await asyncio.to_thread(filer.open_entries)
        assert len(children() - before) == (seconds == 60)
    assert raised == len(FEEDS) * 2
    with desk.store.read() as db:
        assert entry_work.todo(db, 1) == []
        stories = {one.text.title: one.story for one in articles.since(db, None)}
    assert len(stories) == len(FEEDS) * EACH
    assert len({stories[f"{HOTLINE}, says {feed}"] for feed in FEEDS}) == 1
    assert sorted(rules_by_headline(desk).values(), key=str) == [{"china-south-korea"}, {"sea"}]


async def test_drafts_of_a_process_are_those_of_this_one_until_rules_change(
    site: Site, open_desk: OpenDesk, tmp_path: Path
) -> None:
    """They hold the same text, flags and signature; other rules in force make them useless."""
    desk = await desk_where_many_wait(site, open_desk, tmp_path)
    desks = published(desk)
    with desk.store.read() as db:
        waiting = entry_work.todo(db, 150)
    rules = desks.rule_files(FEEDS)
    async with Workers(1, 60) as workers:
        drafting = DraftAhead(workers, asyncio.get_running_loop()).begin(rules, waiting)
        assert await asyncio.to_thread(drafting.result, rules) == draft_all(desks.rules, waiting)
        with desk.store.write() as db:
            put_rules(tmp_path, "own.toml", ("sea", "Tide"))
            Desks(open_desk((tmp_path / "config.toml").read_text())).publish(db, "here", NOW)
            desks.refresh(db)
        assert drafting.result(desks.rule_files(FEEDS)) is None


async def test_rules_that_cannot_be_read_are_noted_with_each_text(
    site: Site, open_desk: OpenDesk, tmp_path: Path
) -> None:
    """Another desk's rules that this version cannot read leave its own machines all texts."""
    desk = await desk_where_many_wait(site, open_desk, tmp_path, SOME)
    with desk.store.write() as db:
        odd = (("odd.toml", "[[rule]]\nid = 1\n"),)
        published_desks.publish(db, PublishedDesk("odd", odd, "1", "9.0", "far", 30, NOW))
    async with Workers(1, 60) as workers:
        await workers.run(int)  # so that it is there
        filer = Filer(Desks(desk), Clock(), DraftAhead(workers, asyncio.get_running_loop()))
        assert await asyncio.to_thread(filer.open_entries) == len(FEEDS) * 2
    with desk.store.read() as db:
        waiting = db.exec_driver_sql("SELECT count(*) FROM unjudged").scalar_one()
    assert waiting == len(FEEDS) * SOME
