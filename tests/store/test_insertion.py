"""Many rows at once."""

from contextlib import closing
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from sqlalchemy import bindparam, select

from monitor.errors import StoreError
from monitor.store import open_store
from monitor.store.insertion import insert_all, insert_new, insert_numbered, next_ids
from monitor.store.many_rows import execute_many
from monitor.store.schema import feed, story

NOON = datetime(2026, 3, 4, 12, tzinfo=UTC)
ROWS = [
    {"id": 3, "first_seen": NOON, "last_seen": NOON.astimezone(timezone(timedelta(hours=9)))},
    {"id": 4, "first_seen": NOON, "last_seen": NOON + timedelta(microseconds=7)},
    {"id": 5, "first_seen": NOON, "last_seen": NOON},
]


def test_rows_put_in_together_read_as_those_put_in_one_by_one(
    tmp_path: Path, database: str
) -> None:
    """Times in whatever zone, with or without fractions, come back as they were."""
    with closing(open_store(tmp_path, database)) as store:
        with store.write() as db:
            insert_all(db, story, ROWS)
            for row in ROWS:
                db.execute(story.insert(), {**row, "id": row["id"] + 10})
        with store.read() as db:
            columns = (story.c.id, story.c.first_seen, story.c.last_seen)
            found = [tuple(row) for row in db.execute(select(*columns).order_by(story.c.id))]
    assert found[:3] == [tuple(row.values()) for row in ROWS]
    assert [row[1:] for row in found[3:]] == [row[1:] for row in found[:3]]


def test_as_many_rows_as_there_may_be_are_put_in(tmp_path: Path, database: str) -> None:
    """Each of a thousand rows is there once, in whatever portions they went in."""
    rows = [{**ROWS[0], "id": id_} for id_ in range(1, 1001)]
    with closing(open_store(tmp_path, database)) as store:
        with store.write() as db:
            insert_all(db, story, rows)
        with store.read() as db:
            found = db.execute(select(story.c.id).order_by(story.c.id)).scalars().all()
    assert found == list(range(1, 1001))


def test_rows_that_differ_in_their_columns_are_refused(tmp_path: Path, database: str) -> None:
    """What only a later row has, or lacks, is not dropped and not made up."""
    with closing(open_store(tmp_path, database)) as store, store.write() as db:
        for odd in ({**ROWS[0], "merged_into": 4}, {"id": 9, "first_seen": NOON}):
            for put in (insert_all, insert_new):
                with pytest.raises(ValueError, match="story differ in their columns"):
                    put(db, story, [ROWS[1], odd])


def test_one_row_that_cannot_be_stored_keeps_all_out(tmp_path: Path, database: str) -> None:
    """Rows given together are stored together, and what refuses one is a fault of the store."""
    with closing(open_store(tmp_path, database)) as store:
        with pytest.raises(StoreError), store.write() as db:
            insert_all(db, story, [*ROWS, ROWS[0]])
        with store.read() as db:
            assert not db.execute(select(story)).all()


def test_an_update_of_many_rows_writes_to_each_its_own(tmp_path: Path, database: str) -> None:
    """Times are turned as for one row, and what is the same for all stands in the statement."""
    statement = (
        story.update()
        .where(story.c.id == bindparam("this"))
        .values(last_seen=bindparam("to"), merged_into=4)
    )
    with closing(open_store(tmp_path, database)) as store:
        with store.write() as db:
            insert_all(db, story, ROWS)
            later = [NOON + timedelta(hours=hours) for hours in (1, 2)]
            rows = [{"this": id_, "to": at} for id_, at in zip((3, 5), later, strict=True)]
            execute_many(db, statement, rows)
        with store.read() as db:
            found = [tuple(row)[2:] for row in db.execute(select(story).order_by(story.c.id))]
    assert found == [(later[0], 4), (ROWS[1]["last_seen"], None), (later[1], 4)]


def test_ids_given_beforehand_are_free_and_not_given_again(tmp_path: Path, database: str) -> None:
    """Rows are inserted with them, and the next row that is numbered gets another."""
    row = {"url": "", "added": NOON, "state": "{}"}
    with closing(open_store(tmp_path, database)) as store:
        with store.write() as db:
            first = insert_numbered(db, feed, [{**row, "name": "first"}])
        with store.read() as db:
            ids = next_ids(db, feed, 2)
        with store.write() as db:
            rows = zip(ids, ("second", "third"), strict=True)
            insert_all(db, feed, [{**row, "id": id_, "name": name} for id_, name in rows])
            last = insert_numbered(db, feed, [{**row, "name": "last"}])
        with store.read() as db:
            names = db.execute(select(feed.c.name).order_by(feed.c.id)).scalars().all()
    assert names == ["first", "second", "third", "last"]
    assert len({*first, *ids, *last}) == 4
