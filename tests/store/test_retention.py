"""Care of the store: copies, migrations that are cut off, forgetting, faults."""

import contextlib
import multiprocessing
import os
import sqlite3
import stat
import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from monitor import model
from monitor.errors import StoreError
from monitor.store import (
    Store,
    articles,
    desk_feeds,
    entries,
    entry_work,
    feeds,
    fsck,
    open_store,
    outbox,
    page_work,
    recovery,
    retention,
)
from monitor.store import flags as flag_store
from monitor.store import stories as story_store
from monitor.store.copying import copy_database
from monitor.store.migration import HEAD, Schema
from tests.waiting import PATIENCE

NOW = datetime(2026, 11, 23, 6, 30, tzinfo=UTC)
KEEP = timedelta(days=365)
LATER = Schema("tests:store/later", (HEAD, "9001"))
ENDLESS = "4000000000"


# They look at the file, or break what a server's constraints would keep whole.
on_sqlite = pytest.mark.parametrize("database", [""], ids=["sqlite"])


@pytest.fixture
def store(tmp_path: Path, database: str) -> Iterator[Store]:
    opened = open_store(tmp_path / "state", database)
    yield opened
    opened.close()


def fill(store: Store, name: str, seen: datetime, *, flagged: bool = False, feed: str = "f") -> int:
    """Store an entry with its article and story; return the article's id."""
    table = model.Feed(feed, f"https://example.org/{feed}")
    told = model.Entry(name, f"https://example.org/{name}", f"Title {name}", summary="Words.")
    with store.write() as db:
        feed_id, _ = desk_feeds.register(db, [table], seen)[feed]
        feeds.save(db, {feed_id: model.FeedState(listed=1)})
        ((entry_id,),) = entries.add_all(
            db, [entries.Found(feed_id, [entries.new_entry((f"guid:{name}",), told)], seen)]
        )
        text = model.Article(url=told.url, title=told.title, body=("A body.",), language="en")
        row = articles.NewArticle(feed, told.url, feed, seen, True, "done", text)
        (article_id,) = articles.add(db, [row])
        (waiting,) = entry_work.todo(db, 1, among=[entry_id])
        entry_work.done(db, [(waiting, article_id)])
        story_store.touch(db, article_id, seen)
        articles.set_story(db, article_id, article_id, "original")
        story_store.put_signature(db, article_id, seen, b"-")
        if flagged:
            flag_store.put(db, article_id, [model.Flag("topic", "digest", 5.0, ())], seen)
    return article_id


def faults(store: Store) -> list[str]:
    with store.read() as db:
        return fsck.check(db, lambda *_: None)


def body(store: Store, article_id: int) -> tuple[str, ...] | None:
    with store.read() as db:
        stored = articles.get(db, article_id)
    return stored.text.body if stored else None


# ------------------------------------------------------------------ forgetting


def test_texts_go_before_identities_and_flagged_ones_stay(store: Store) -> None:
    """After keep_days the body is gone and the headline is there; a flagged article is whole."""
    old = NOW - KEEP - timedelta(days=1)
    plain, told = fill(store, "plain", old), fill(store, "told", old, flagged=True)
    young = fill(store, "young", NOW - timedelta(days=300))
    assert retention.forget(store, NOW, KEEP).bodies == 1
    assert [body(store, one) for one in (plain, told, young)] == [(), ("A body.",), ("A body.",)]
    with store.read() as db:
        stored = articles.get(db, plain)
        summaries = {item.entry.title: item.entry.summary for item, _ in entries.every(db)}
    assert stored is not None
    assert stored.text.title == "Title plain"
    assert summaries == {"Title plain": "", "Title told": "Words.", "Title young": "Words."}
    assert faults(store) == []


def test_forgetting_again_finds_nothing(store: Store) -> None:
    """A second pass, and one after a crash, has nothing left to do."""
    fill(store, "old", NOW - 2 * KEEP)
    fill(store, "newer", NOW)
    assert retention.forget(store, NOW, KEEP)
    assert not retention.forget(store, NOW, KEEP)


def test_identities_stay_while_the_feed_may_list_them(store: Store) -> None:
    """Of a feed that lists one item the newest two stay for ever; older ones go in the end."""
    old = NOW - KEEP - timedelta(days=31)
    for number in range(5):
        fill(store, f"n{number}", old)
    fill(store, "flagged", old, flagged=True)
    assert retention.forget(store, NOW, KEEP).identities == 4
    with store.read() as db:
        left = [item.entry.title for item, _ in entries.every(db)]
    assert left == ["Title n4", "Title flagged"]
    assert faults(store) == []


def test_forgotten_entry_that_is_listed_again_is_known(store: Store) -> None:
    """Within the month after its text, an entry that comes back is no news."""
    fill(store, "back", NOW - KEEP - timedelta(days=20))
    retention.forget(store, NOW, KEEP)
    told = model.Entry("back", "https://example.org/back", "Title back")
    again = entries.new_entry(("guid:back",), told)
    with store.write() as db:
        feed_id, _ = feeds.known(db)["f"]
        assert entries.add_all(db, [entries.Found(feed_id, [again], NOW)]) == [[]]


def test_sent_messages_go_after_a_month_and_waiting_ones_never(store: Store) -> None:
    """The outbox keeps what was not sent, however old."""
    old = NOW - timedelta(days=40)
    with store.write() as db:
        for name in ("sent", "waiting"):
            values = {"target": "terminal", "subject": name, "data": "{}"}
            outbox.enqueue(db, message_id=name, **values, now=old)
        outbox.mark_sent(db, 1, old)
    assert retention.forget(store, NOW, KEEP).messages == 1
    with store.read() as db:
        assert [item.subject for item in outbox.to_send(db, NOW)] == ["waiting"]


# ------------------------------------------------------------------ faults


def test_sound_store_has_no_faults(store: Store) -> None:
    """A store as the program writes it passes."""
    fill(store, "one", NOW, flagged=True)
    assert faults(store) == []


@on_sqlite
@pytest.mark.parametrize(
    ("damage", "expected"),
    [
        ("DELETE FROM entry_key", "entries that nothing identifies: 1 (1)"),
        ("UPDATE entry SET article_id = NULL", "entries done without an article: 1 (1)"),
        ("DELETE FROM revision", "articles without their newest text: 1 (1)"),
        ("DELETE FROM story", "articles in a story that is not there: 1 (1)"),
        ("UPDATE article SET story_id = NULL", "flagged articles in no story: 1 (1)"),
        ("UPDATE story SET merged_into = 9", "stories merged into one that is not there: 1 (1)"),
        ("UPDATE feed SET state = '{'", "what is remembered of feeds cannot be read: 1 (f)"),
        ("DELETE FROM feed", "points to a feed that is not there"),
    ],
)
def test_fault_is_named(store: Store, damage: str, expected: str) -> None:
    """What breaks a rule of the store is found and named with its row."""
    fill(store, "one", NOW, flagged=True)
    assert store.path is not None
    with contextlib.closing(sqlite3.connect(store.path)) as db:
        db.execute(damage)
        db.commit()
    assert any(expected in fault for fault in faults(store)), faults(store)


def test_page_that_is_damaged_on_disk_is_found(tmp_path: Path) -> None:
    """Bytes that went wrong inside the file are an integrity fault or refused, never believed."""
    store = open_store(tmp_path)
    for number in range(200):
        fill(store, f"n{number}", NOW)
    assert store.path is not None
    store.shrink()
    store.close()
    with open(store.path, "r+b") as file:
        for page in range(4, 40):
            file.seek(page * 4096 + 16)
            file.write(b"\xff" * 64)
    try:
        again = open_store(tmp_path)
        with contextlib.closing(again):
            found = faults(again)
    except StoreError as error:
        found = [str(error)]
    assert any("integrity" in fault or "damaged" in fault for fault in found)


# ------------------------------------------------------------------ copies


@on_sqlite
def test_copy_of_a_database_in_use_is_whole_and_private(store: Store, tmp_path: Path) -> None:
    """While another thread keeps writing, the copy is one sound file that only its owner reads."""
    fill(store, "first", NOW)
    stop, wrote = threading.Event(), threading.Event()

    def keep_writing() -> None:
        number = 0
        while not stop.is_set():
            fill(store, f"w{number}", NOW)
            number += 1
            if number == 5:
                wrote.set()

    writer = threading.Thread(target=keep_writing)
    writer.start()
    try:
        assert wrote.wait(PATIENCE)
        assert store.path is not None
        steps: list[tuple[int, int]] = []
        target = tmp_path / "copies" / "monitor.db"
        target.parent.mkdir()
        copy_database(store.path, target, lambda done, total: steps.append((done, total)))
    finally:
        stop.set()
        writer.join(PATIENCE)
    assert [path.name for path in target.parent.iterdir()] == ["monitor.db"]
    assert stat.S_IMODE(target.stat().st_mode) == 0o600
    assert steps[-1][0] == steps[-1][1]
    copy = open_store(target.parent)
    with contextlib.closing(copy):
        assert faults(copy) == []


@on_sqlite
def test_copy_that_fails_leaves_the_last_one(store: Store, tmp_path: Path) -> None:
    """A copy that is broken off leaves no part behind, and the last good one in its place."""
    target = tmp_path / "copy.db"
    target.write_text("the last one")

    class Enough(Exception):
        pass

    def stop(_done: int, _total: int) -> None:
        raise Enough

    assert store.path is not None
    with pytest.raises(Enough):
        copy_database(store.path, target, stop)
    assert target.read_text() == "the last one"
    assert [path.name for path in tmp_path.glob("*copy*")] == ["copy.db"]


@on_sqlite
def test_copy_into_a_folder_that_is_not_there_is_told(store: Store, tmp_path: Path) -> None:
    """A wrong place is one clear line."""
    assert store.path is not None
    with pytest.raises(StoreError, match="nowhere"):
        copy_database(store.path, tmp_path / "nowhere" / "copy.db", lambda *_: None)


@on_sqlite
def test_every_file_of_the_store_is_private(store: Store) -> None:
    """The files that SQLite puts beside the database are as private as it is."""
    fill(store, "one", NOW)
    assert store.path is not None
    modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in store.path.parent.iterdir()}
    assert modes == dict.fromkeys(("monitor.db", "monitor.db-wal", "monitor.db-shm"), 0o600)


# ------------------------------------------------------------------ migrations


def shade(path: Path) -> list[str | None]:
    """Return what the later migration wrote, none when it was not done."""
    with contextlib.closing(sqlite3.connect(path)) as db:
        columns = [row[1] for row in db.execute("PRAGMA table_info(feed)")]
        if "shade" not in columns:
            return []
        return [row[0] for row in db.execute("SELECT shade FROM feed")]


@pytest.fixture
def old(tmp_path: Path) -> Path:
    """A state folder of today's version with something in it."""
    store = open_store(tmp_path / "state")
    fill(store, "one", NOW)
    store.close()
    return tmp_path / "state"


def test_migration_keeps_a_copy_of_what_was(old: Path) -> None:
    """The database of before lies beside the migrated one, whole and private."""
    open_store(old, schema=LATER).close()
    assert shade(old / "monitor.db") == ["red"]
    copy = old / f"monitor.db.schema-{HEAD}"
    assert shade(copy) == []
    assert stat.S_IMODE(copy.stat().st_mode) == 0o600


def test_program_of_before_refuses_the_migrated_database(old: Path) -> None:
    """After a downgrade the newer database is left alone, with advice."""
    open_store(old, schema=LATER).close()
    with pytest.raises(StoreError, match="newer version"):
        open_store(old)
    assert shade(old / "monitor.db") == ["red"]


def test_migration_that_is_stopped_changes_nothing(
    old: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A signal during a migration ends it soon; the next start does it from the beginning."""
    monkeypatch.setenv("MIGRATION_ROWS", ENDLESS)
    stop = threading.Event()
    timer = threading.Timer(0.5, stop.set)
    timer.start()
    with pytest.raises(StoreError, match="stopped"):
        open_store(old, schema=LATER, stop=stop)
    timer.join()
    assert shade(old / "monitor.db") == []
    monkeypatch.setenv("MIGRATION_ROWS", "10")
    open_store(old, schema=LATER).close()
    assert shade(old / "monitor.db") == ["red"]


def migrate(state: Path) -> None:
    """Migrate for ever; to be killed."""
    os.environ["MIGRATION_ROWS"] = ENDLESS
    open_store(state, schema=LATER)


def test_migration_that_was_killed_is_repeated(old: Path) -> None:
    """SIGKILL in the middle leaves the old database; the next start migrates it."""
    process = multiprocessing.get_context("spawn").Process(target=migrate, args=(old,))
    process.start()
    copy = old / f"monitor.db.schema-{HEAD}"
    while not copy.exists():  # from here on it is migrating
        process.join(0.05)
        assert process.is_alive()
    process.join(0.2)
    process.kill()
    process.join()
    assert shade(old / "monitor.db") == []
    open_store(old, schema=LATER).close()
    assert shade(old / "monitor.db") == ["red"]


# ------------------------------------------------------------------ wrong clocks


def test_waits_written_by_a_clock_set_ahead_are_over(store: Store) -> None:
    """What was put off in the future is done now; what waits by a right clock goes on waiting."""
    ahead = NOW + timedelta(days=1)
    right, wrong = fill(store, "right", NOW), fill(store, "wrong", ahead)
    with store.write() as db:
        for name, made in (("right", NOW), ("wrong", ahead)):
            values = {"target": "terminal", "subject": name, "data": "{}"}
            outbox.enqueue(db, message_id=name, **values, now=made)
        for number, made in ((1, NOW), (2, ahead)):
            again = made + timedelta(hours=1)
            outbox.mark_failed(db, number, "no", attempts=1, next_attempt=again)
        for article_id, made in ((right, NOW), (wrong, ahead)):
            due = made + timedelta(hours=1)
            page_work.set_page(db, article_id, page_work.PageWork("done", 1, due))
        assert recovery.mend_times(db, NOW) == 2
    with store.read() as db:
        assert [item.subject for item in outbox.to_send(db, NOW)] == ["wrong"]
        assert [item.id for item in page_work.pages_due(db, NOW, 9)] == [wrong]


def test_probe_leaves_no_trace(store: Store) -> None:
    """Trying whether the store can be written adds nothing to it."""
    recovery.probe(store)
    with store.read() as db:
        assert db.exec_driver_sql("SELECT count(*) FROM round").scalar() == 0
