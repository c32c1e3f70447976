"""Answers that wait together are stored together, and none stands in the others' way."""

import asyncio
import sqlite3
import threading
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from msgspec.structs import replace

from monitor.errors import StoreError
from monitor.model import Feed, FeedState
from monitor.pipeline.intake import Intake, Outcome, Reading, Understood
from monitor.store import Store, desk_feeds, open_store
from monitor.store import feeds as feed_store
from monitor.store.new_entry import NewEntry
from tests.waiting import PATIENCE

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with_feeds = open_store(tmp_path, patience=0.5)
    with with_feeds.write() as db:
        desk_feeds.register(db, [Feed(f"f{n}", f"https://news.example/{n}") for n in range(3)], NOW)
    yield with_feeds
    with_feeds.close()


def answered(number: int) -> Understood:
    """An answer without entries that gives its feed an etag."""
    state = replace(FeedState(), status=200, etag=f'"{number}"')
    return Understood((), NOW, lambda _new: (Reading(f"f{number}", 200), state))


def refused(number: int) -> Understood:
    """An answer with an entry that no store takes."""
    entry = NewEntry(("guid:1",), None, "", "", "{}", "todo", True)  # type: ignore[arg-type]
    return replace(answered(number), entries=(entry,))


async def take_in(store: Store, *answers: Understood) -> list[Outcome | BaseException]:
    """Hand answers over while the intake is busy, so that they wait together."""
    intake = Intake(store)
    gate = threading.Event()

    def busy() -> Understood:
        gate.wait()
        return answered(1)

    first = asyncio.create_task(intake.take(1, busy))
    others = [
        asyncio.create_task(intake.take(number, lambda answer=answer: answer))
        for number, answer in enumerate(answers, 1)
    ]
    await asyncio.sleep(0)
    gate.set()
    results = await asyncio.gather(first, *others, return_exceptions=True)
    await intake.close()
    return results[1:]


async def test_what_cannot_be_stored_hurts_only_itself(store: Store) -> None:
    """A feed whose answer the store refuses fails alone; its neighbours' states are saved."""
    one, two, three = await take_in(store, answered(1), refused(2), answered(3))
    assert isinstance(two, StoreError)
    assert not isinstance(one, BaseException)
    assert not isinstance(three, BaseException)
    with store.read() as db:
        known = feed_store.known(db)
    assert [known[name][1].etag for name in ("f0", "f1", "f2")] == ['"1"', "", '"3"']


async def test_a_locked_store_is_waited_for_once(store: Store, tmp_path: Path) -> None:
    """While another process holds the store, all that wait give up together, and say why."""
    holder = sqlite3.connect(tmp_path / "monitor.db", isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")
    try:
        results = await take_in(store, *map(answered, (1, 2, 3)))
    finally:
        holder.execute("ROLLBACK")
        holder.close()
    assert all(isinstance(result, StoreError) for result in results)
    assert len({id(result) for result in results}) == 1
    assert "another process holds the database" in str(results[0])


async def test_an_answer_that_breaks_its_reader_hurts_only_itself(store: Store) -> None:
    """What reading an answer raises reaches the one who handed it over, and nobody else."""
    intake = Intake(store)

    def unreadable() -> Understood:
        raise RecursionError("too deep")

    failed, fine = await asyncio.gather(
        intake.take(1, unreadable), intake.take(2, lambda: answered(2)), return_exceptions=True
    )
    await intake.close()
    assert isinstance(failed, RecursionError)
    assert not isinstance(fine, BaseException)
    assert fine[0].status == 200


def clock(minute: int) -> FeedState:
    return replace(FeedState(), etag='"known"', polled_at=NOW.replace(minute=minute))


def minutes(store: Store) -> list[int | None]:
    """Return the minute in which each feed was polled, as the store knows it."""
    with store.read() as db:
        known = feed_store.known(db)
    polled = [known[name][1].polled_at for name in ("f0", "f1", "f2")]
    return [when and when.minute for when in polled]


async def test_clocks_are_stored_together_later(store: Store) -> None:
    """What was put by is stored by the next settling, a feed's last word each."""
    async with Intake(store) as intake:
        intake.put_by(1, "https://news.example/0", clock(1))
        intake.put_by(1, "https://news.example/0", clock(2))
        intake.put_by(3, "https://news.example/2", clock(3))
        assert minutes(store) == [None, None, None]
        await intake.settle()
        assert minutes(store) == [2, None, 3]


async def test_an_older_clock_does_not_undo_what_was_stored_since(store: Store) -> None:
    """A feed that brought news after its clock was put by keeps what the news taught."""
    async with Intake(store) as intake:
        intake.put_by(1, "https://news.example/0", clock(1))
        await intake.take(1, lambda: answered(1))
        await intake.settle()
    assert minutes(store) == [None, None, None]
    with store.read() as db:
        assert feed_store.known(db)["f0"][1].etag == '"1"'


async def test_the_clock_of_an_old_url_is_dropped(store: Store) -> None:
    """A feed whose url the user changed takes over nothing that was learnt at the old one."""
    async with Intake(store) as intake:
        intake.put_by(1, "https://news.example/0", clock(1))
        intake.put_by(2, "https://news.example/1", clock(1))
        with store.write() as db:
            desk_feeds.register(db, [Feed("f0", "https://news.example/moved")], NOW)
        await intake.settle()
    assert minutes(store) == [None, 1, None]


async def test_clocks_that_cannot_be_stored_are_kept(store: Store, tmp_path: Path) -> None:
    """While another process holds the store, what was put by waits for the next settling."""
    holder = sqlite3.connect(tmp_path / "monitor.db", isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")
    async with Intake(store) as intake:
        intake.put_by(1, "https://news.example/0", clock(1))
        with pytest.raises(StoreError):
            await intake.settle()
        intake.put_by(1, "https://news.example/0", clock(2))
        holder.close()
        await intake.settle()
    assert minutes(store) == [2, None, None]


async def test_who_waits_hears_that_the_machine_has_no_thread(store: Store) -> None:
    """An answer that nobody can take in is told at once, and the next one is taken in again."""
    intake = Intake(store)
    usual = threading.stack_size(2**46)  # of which no machine can give one
    try:
        with pytest.raises(RuntimeError, match="can't start new thread"):
            await asyncio.wait_for(intake.take(1, lambda: answered(1)), PATIENCE)
    finally:
        threading.stack_size(usual)
    reading, _ = await intake.take(1, lambda: answered(1))
    assert reading.feed == "f1"
    await intake.close()
