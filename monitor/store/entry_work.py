"""Entries as work: those that wait, and what they became."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, bindparam, case, func, select

from monitor.store import codec
from monitor.store.many_rows import execute_many
from monitor.store.schema import entry, feed
from monitor.store.stored_entry import StoredEntry

_DONE = (
    entry.update()
    .where(entry.c.id == bindparam("entry"))
    .values(
        work=case((entry.c.data == bindparam("told"), "done"), else_=entry.c.work),
        article_id=bindparam("article"),
    )
)
STORED = select(
    *(entry.c.id, feed.c.name, entry.c.guid, entry.c.url, entry.c.title, entry.c.data),
    *(entry.c.first_seen, entry.c.fresh, entry.c.article_id),
).join(feed, feed.c.id == entry.c.feed_id)

_WAITS = entry.c.work == "todo"
_TODO = (
    STORED.where(_WAITS, entry.c.id > bindparam("after"), entry.c.id <= bindparam("up_to"))
    .order_by(entry.c.id)
    .limit(bindparam("limit"))
)
_NEWEST = select(func.max(entry.c.id)).where(_WAITS)
ANY = 2**31 - 1  # no id is higher


def newest(db: Connection) -> int:
    """Return the highest id of an entry that is still to be worked on, 0 where there is none."""
    return int(db.execute(_NEWEST).scalar() or 0)


def todo(
    db: Connection, limit: int, *, after: int = 0, up_to: int = ANY, among: Sequence[int] = ()
) -> list[StoredEntry]:
    """Return the oldest entries that are still to be worked on.

    Args:
        after, up_to: only those whose id is above the one and not above the other.
        among: only those of these ids, if any are given.
    """
    query = _TODO if not among else _TODO.where(entry.c.id.in_(among))
    rows = db.execute(query, {"after": after, "up_to": up_to, "limit": limit}).all()
    return [stored(row) for row in rows]


def done(db: Connection, became: Sequence[tuple[StoredEntry, int]]) -> None:
    """Mark entries as worked on: (entry, id of the article it became).

    One whose feed has changed its words since it was read here is still to be worked on.
    """
    rows = [
        {"entry": one.id, "told": one.data, "article": article_id} for one, article_id in became
    ]
    execute_many(db, _DONE, rows)


def stored(row: Any) -> StoredEntry:
    """Return the entry in a row of `STORED`."""
    return StoredEntry(
        row.id,
        row.name,
        codec.entry_of(row),
        row.first_seen,
        row.fresh,
        row.article_id,
        row.data,
    )
