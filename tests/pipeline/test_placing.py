"""Where articles belong is decided while others write, and stored with what a person decided."""

import asyncio
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path
from threading import Event

import pytest

from monitor import model, stories
from monitor.errors import StoreUnavailable
from monitor.pipeline import open_pipeline
from monitor.pipeline.desks import Desks
from monitor.pipeline.draft_ahead import DraftAhead
from monitor.pipeline.file_article import file_new
from monitor.pipeline.filer import Filer
from monitor.pipeline.judging import Judged
from monitor.pipeline.placing import Placed, place_all
from monitor.pipeline.signing import sign
from monitor.store import Store, articles, entry_work, open_store
from monitor.store import stories as story_store
from monitor.workers import Workers
from tests.pipeline.conftest import OpenDesk
from tests.pipeline.test_draft_ahead import FEEDS, HOTLINE, desk_where_many_wait
from tests.site import Site
from tests.store.test_store import article_in, registered, store
from tests.wire import NOW, Clock

__all__ = ["store"]  # a fixture

SOME = 5  # items of a feed
FERRY = "The ferry between Incheon and Qingdao sails again after four years."
KELP = "Kelp farmers of Wando lost a third of the harvest to warm water."


def text(number: int, title: str, line: str) -> model.Article:
    """Return an article of an outlet of its own."""
    return model.Article(
        url=f"https://{number}.example/a", title=title, body=(line,), language="en", published=NOW
    )


def signed(number: int, title: str, line: str) -> stories.Signature:
    """Return the signature of such an article."""
    seen = NOW + timedelta(minutes=number)
    return sign(text(number, title, line), (), seen=seen, outlet=str(number), article_id=number)


def test_a_story_is_opened_and_then_joined() -> None:
    """The first of two copies opens a story, another text as well, and the second copy joins."""
    first, other, copy = place_all(
        stories.Window(),
        [
            signed(1, "Incheon ferry sails again", FERRY),
            signed(2, "Kelp harvest shrinks", KELP),
            signed(3, "Incheon ferry sails again", FERRY),
        ],
        lambda: False,
    )
    assert (first.story, first.opens, other.story, other.opens) == (1, True, 2, True)
    assert (copy.story, copy.opens, copy.role, dict(copy.tops)) == (1, False, "copy", {1: 1})


async def test_others_write_while_stories_are_found(
    site: Site, open_desk: OpenDesk, tmp_path: Path
) -> None:
    """Who waits for his turn to place articles keeps nobody from writing."""
    desk = await desk_where_many_wait(site, open_desk, tmp_path, SOME)
    async with Workers(0) as workers:
        ahead = DraftAhead(workers, asyncio.get_running_loop())
        filer = Filer(Desks(desk), Clock(), ahead)
        began = Event()

        def file() -> None:
            began.set()
            filer.open_entries()

        with filer.recent.changing():
            filing = asyncio.create_task(asyncio.to_thread(file))
            await asyncio.to_thread(began.wait)
            with desk.store.write() as db:
                assert len(entry_work.todo(db, 1)) == 1
        await filing
    with desk.store.read() as db:
        assert entry_work.todo(db, 1) == []


async def test_what_a_busy_store_did_not_take_is_not_taken_for_stored(
    site: Site, open_desk: OpenDesk, tmp_path: Path, database: str
) -> None:
    """Entries that could not be stored are placed anew, among the articles that there are then."""
    desk = await desk_where_many_wait(site, open_desk, tmp_path, SOME)
    async with Workers(0) as workers:
        ahead = DraftAhead(workers, asyncio.get_running_loop())
        with closing(open_store(desk.state, database, patience=0.1)) as impatient:
            filer = Filer(Desks(desk.on(impatient)), Clock(), ahead)
            with desk.store.write() as db:
                if database:  # where who writes does not keep others from it by that alone
                    db.exec_driver_sql("LOCK TABLE article IN EXCLUSIVE MODE")
                with pytest.raises(StoreUnavailable):
                    await asyncio.to_thread(filer.open_entries)
            ours = articles.NewArticle(
                FEEDS[0], "https://wire.example/kelp", "Wire", NOW, True, "never", text(1, "", KELP)
            )
            with desk.store.write() as db:
                (kelp,) = articles.add(db, [ours])
                story_store.open_stories(db, [kelp], NOW)
            await asyncio.to_thread(filer.open_entries)
    with desk.store.read() as db:
        assert entry_work.todo(db, 1) == []
        homes = {one.text.title: one.story for one in articles.since(db, None)}
        assert story_store.members(db, kelp) == [kelp]
    assert len({homes[f"{HOTLINE}, says {feed}"] for feed in FEEDS}) == 1


async def test_who_files_ends_with_the_pipeline(
    site: Site, open_desk: OpenDesk, tmp_path: Path
) -> None:
    """A thread that has many entries before it leaves them for the next time: nobody waits."""
    desk = await desk_where_many_wait(site, open_desk, tmp_path, SOME)
    async with open_pipeline(desk, clock=Clock()) as pipeline:
        filer = pipeline.filer
    assert filer.open_entries() == 0
    async with open_pipeline(desk, clock=Clock()) as pipeline:
        with desk.store.read() as db:
            assert len(entry_work.todo(db, 999)) == len(FEEDS) * SOME
        await pipeline.open_entries()
        with desk.store.read() as db:
            assert entry_work.todo(db, 1) == []


async def test_who_is_told_to_end_stores_nothing_of_what_is_half_placed(
    site: Site, open_desk: OpenDesk, tmp_path: Path
) -> None:
    """The entries of a batch that is given up wait as before, and are filed the next time."""
    desk = await desk_where_many_wait(site, open_desk, tmp_path, SOME)
    async with Workers(0) as workers:
        ahead = DraftAhead(workers, asyncio.get_running_loop())

        def end() -> datetime:  # asked when the entries are read, right before they are placed
            filer.stop()
            return NOW

        filer = Filer(Desks(desk), end, ahead)
        assert await asyncio.to_thread(filer.open_entries) == 0
        with desk.store.read() as db:
            assert len(entry_work.todo(db, 999)) == len(FEEDS) * SOME
            assert list(articles.since(db, None)) == []
        await asyncio.to_thread(Filer(Desks(desk), Clock(), ahead).open_entries)
        with desk.store.read() as db:
            assert entry_work.todo(db, 1) == []


def test_what_a_person_parts_while_it_is_placed_stays_parted(store: Store) -> None:
    """A newcomer brings two articles together, one of which was parted before that is stored."""
    registered(store)
    first, second = article_in(store, "a", "A"), article_in(store, "b", "B")
    third = article_in(store, "c", "C")
    signatures = {
        number: signed(number, "Incheon ferry sails again", FERRY)
        for number in (first, second, third)
    }
    window = stories.Window()
    for signature in signatures.values():
        window.add(signature, first)
    together = Placed(third, first, "copy", moved={second: first}, tops={first: first})
    with store.write() as db:
        story_store.choose(db, second, 0, NOW)
    with store.write() as db:
        file_new(db, window, [(signatures[third], Judged({}, (), {}))], [together], NOW)
    with store.read() as db:
        assert story_store.members(db, first) == [first, third]
        assert story_store.members(db, second) == [second]
