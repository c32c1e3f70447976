"""Whose troubles are known: on SQLite and on PostgreSQL."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import Column, Integer, MetaData, Table, Text, insert, text

from monitor import model
from monitor.store import acknowledged, desk_feeds, open_store
from monitor.store.all_tables import metadata
from monitor.store.utc_time import UtcTime

NOW = datetime(2026, 11, 29, 9, tzinfo=UTC)
FEED = model.Feed("wire", "https://wire.example/feed")
KNOWN = acknowledged.Acknowledged("wire", NOW, None, "they move house")


def test_a_trouble_that_one_desk_knows_of_is_told_to_the_others(
    tmp_path: Path, database: str
) -> None:
    """Each desk acknowledges for itself, and takes back its own word alone."""
    store = open_store(tmp_path, database)
    desks = [store.for_desk(name) for name in ("", "energy", "trade")]
    for desk in desks:
        with desk.write() as db:
            desk_feeds.register(db, (FEED,), NOW)
    for desk in desks[:2]:
        with desk.write() as db:
            acknowledged.put(db, KNOWN)
    with desks[1].write() as db:
        acknowledged.remove(db, "wire")
    found = []
    for desk in desks:
        with desk.read() as db:
            found.append(acknowledged.known(db))
    store.close()
    assert found == [{"wire": KNOWN}, {}, {}]


@pytest.mark.parametrize("again", [False, True])
def test_what_was_known_before_belongs_to_the_desk_without_a_name(
    tmp_path: Path, database: str, again: bool
) -> None:
    """A store of the schema before is brought up to date, also one that was half-way there."""
    store = open_store(tmp_path, database)
    with store.write() as db:
        desk_feeds.register(db, (FEED,), NOW)
        if not again:
            db.execute(text("DROP TABLE acknowledged"))
            before = Table(
                "acknowledged",
                MetaData(naming_convention=metadata.naming_convention),
                Column("feed_id", Integer, primary_key=True),
                Column("at", UtcTime, nullable=False),
                Column("until", UtcTime),
                Column("why", Text, nullable=False),
            )
            before.create(db)
            db.execute(insert(before).values(feed_id=1, at=NOW, until=None, why=KNOWN.why))
        else:
            acknowledged.put(db, KNOWN)
        db.execute(text("UPDATE alembic_version SET version_num = '0011'"))
    store.close()
    store = open_store(tmp_path, database)
    with store.write() as db:
        assert acknowledged.known(db) == {"wire": KNOWN}
        acknowledged.put(db, KNOWN)
    with store.for_desk("energy").write() as db:
        desk_feeds.register(db, (FEED,), NOW)
        acknowledged.put(db, KNOWN)
        assert acknowledged.known(db) == {"wire": KNOWN}
    store.close()
