"""How many entries were first seen in a window, of whose feeds."""

from datetime import datetime

from sqlalchemy import ColumnElement, Connection, func, select

from monitor.store.schema import desk_feed, entry
from monitor.store.whose import desk_of


def between(db: Connection, since: datetime, until: datetime) -> int:
    """Return how many entries were first seen in a window, of all feeds."""
    return _count(db, _window(since, until))


def by_desk(db: Connection, since: datetime, until: datetime) -> tuple[int, int]:
    """Return how many entries of a window are of the desk's feeds, and how many of others' alone.

    Those of feeds that no desk wants any more count as the desk's own.
    """
    mine = select(desk_feed.c.feed_id).where(desk_feed.c.desk == desk_of(db))
    theirs = select(desk_feed.c.feed_id).where(
        desk_feed.c.desk != desk_of(db), desk_feed.c.feed_id.not_in(mine)
    )
    feeds = list(db.execute(theirs.distinct()).scalars())
    window = _window(since, until)
    others = _count(db, window & entry.c.feed_id.in_(feeds)) if feeds else 0
    return _count(db, window) - others, others


def _window(since: datetime, until: datetime) -> ColumnElement[bool]:
    return (entry.c.first_seen >= since) & (entry.c.first_seen < until)


def _count(db: Connection, which: ColumnElement[bool]) -> int:
    return int(db.execute(select(func.count()).select_from(entry).where(which)).scalar_one())
