"""Entries as work: those that wait, and what they became."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, bindparam, case, select

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

_TODO = (
    STORED.where(entry.c.work == "todo", entry.c.id > bindparam("after"))
    .order_by(entry.c.id)
    .limit(bindparam("limit"))
)


def todo(
    db: Connection, limit: int, *, after: int = 0, among: Sequence[int] = ()
) -> list[StoredEntry]:
    """Return the oldest entries that are still to be worked on.

    Args:
        after: only those whose id is higher.
        among: only those of these ids, if any are given.
    """
    query = _TODO if not among else _TODO.where(entry.c.id.in_(among))
    return [stored(row) for row in db.execute(query, {"after": after, "limit": limit})]


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
