"""Entries: stored once a feed, whatever the feed does to their ids, dates and addresses."""

import logging
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, TypeVar

from sqlalchemy import Connection, bindparam, select

from monitor import model
from monitor.store import codec
from monitor.store.schema import entry, entry_key, feed

log = logging.getLogger(__name__)

T = TypeVar("T")

_RELIST = timedelta(days=1)  # `listed` need not be exact; it only bounds how long keys are kept
_CHUNK = 500  # bound parameters in one statement

# Built once: SQLAlchemy spends more on making a statement than on running it.
_INSERT = entry.insert().returning(entry.c.id, sort_by_parameter_order=True)
_INSERT_KEY = entry_key.insert()
_THESE_KEYS = (entry_key.c.feed_id == bindparam("feed")) & entry_key.c.key.in_(
    bindparam("keys", expanding=True)
)
_OWNERS = select(entry_key.c.key, entry_key.c.entry_id, entry_key.c.listed).where(_THESE_KEYS)
_LISTED = entry_key.update().where(_THESE_KEYS).values(listed=bindparam("now"))
_WORDS = select(entry.c.id, entry.c.guid, entry.c.url, entry.c.title, entry.c.data).where(
    entry.c.id.in_(bindparam("ids", expanding=True))
)
_DONE = (
    entry.update()
    .where(entry.c.id == bindparam("entry"))
    .values(work="done", article_id=bindparam("article"))
)
_STORED = select(
    *(entry.c.id, feed.c.name, entry.c.guid, entry.c.url, entry.c.title, entry.c.data),
    *(entry.c.first_seen, entry.c.fresh, entry.c.article_id),
).join(feed, feed.c.id == entry.c.feed_id)


@dataclass(frozen=True, slots=True)
class NewEntry:
    """An entry as it is to be stored if it is new."""

    found: model.IdentifiedEntry
    work: model.WorkState
    fresh: bool


@dataclass(frozen=True, slots=True)
class StoredEntry:
    """An entry as it lies in the store."""

    id: int
    feed: str
    entry: model.Entry
    first_seen: datetime
    fresh: bool
    article: int | None = None  # which it became, when it was worked on before


def add(db: Connection, feed_id: int, found: Sequence[NewEntry], now: datetime) -> list[int]:
    """Store what is new among `found`; return the ids of the new entries, in document order.

    An entry is known when any of its keys is. A known entry whose
    title or text changed takes the new words and is worked on again.
    """
    owner, stale = _owners(db, feed_id, found, now)
    new: list[NewEntry] = []
    again: dict[int, model.Entry] = {}
    home: dict[str, int] = {}  # key of a new entry → its place in `new`
    for item in found:
        own = item.found.keys
        known = next((owner[key] for key in own if key in owner), None)
        if known is None:
            place = next((home[key] for key in own if key in home), len(new))
            if place == len(new):
                new.append(item)
            for key in own:
                home.setdefault(key, place)
        else:
            again.setdefault(known, item.found.entry)
            added = {key: known for key in own if key not in owner and key not in home}
            owner.update(added)
            _add_keys(db, feed_id, added, now)
    new_ids = _insert(db, feed_id, new, now)
    _add_keys(db, feed_id, {key: new_ids[place] for key, place in home.items()}, now)
    _update(db, again)
    for part in _chunks(stale):
        db.execute(_LISTED, {"feed": feed_id, "keys": part, "now": now})
    return new_ids


def _insert(db: Connection, feed_id: int, new: Sequence[NewEntry], now: datetime) -> list[int]:
    if not new:
        return []
    rows = [
        {
            "feed_id": feed_id,
            "guid": item.found.entry.guid,
            "url": item.found.entry.url,
            "title": item.found.entry.title,
            "data": codec.dump(item.found.entry),
            "first_seen": now,
            "fresh": item.fresh,
            "work": item.work,
        }
        for item in new
    ]
    return list(db.execute(_INSERT, rows).scalars())


def _add_keys(db: Connection, feed_id: int, owners: Mapping[str, int], now: datetime) -> None:
    rows = [
        {"feed_id": feed_id, "key": key, "entry_id": entry_id, "listed": now}
        for key, entry_id in owners.items()
    ]
    if rows:
        db.execute(_INSERT_KEY, rows)


def _chunks(items: Sequence[T]) -> Iterator[Sequence[T]]:
    return (items[start : start + _CHUNK] for start in range(0, len(items), _CHUNK))


def _owners(
    db: Connection, feed_id: int, found: Sequence[NewEntry], now: datetime
) -> tuple[dict[str, int], list[str]]:
    """Which entry has each key that is known, and the known keys whose listing date is old."""
    keys = list({key for item in found for key in item.found.keys})
    owner: dict[str, int] = {}
    stale: list[str] = []
    for part in _chunks(keys):
        for key, entry_id, listed in db.execute(_OWNERS, {"feed": feed_id, "keys": part}):
            owner[key] = entry_id
            if now - listed > _RELIST:
                stale.append(key)
    return owner, stale


def _update(db: Connection, again: Mapping[int, model.Entry]) -> None:
    for part in _chunks(list(again)):
        for row in db.execute(_WORDS, {"ids": part}).all():
            old, new = _told(row), again[row.id]
            if not new.title or _words(old) == _words(new):
                continue
            values = {"title": new.title, "url": new.url, "data": codec.dump(new), "work": "todo"}
            db.execute(entry.update().where(entry.c.id == row.id).values(values))


def _words(item: model.Entry) -> tuple[str, ...]:
    """What a reader would see change; dates and ids alone are no change."""
    return tuple("".join(text.split()) for text in (item.title, item.summary, *item.content))


def todo(db: Connection, limit: int, *, among: Sequence[int] = ()) -> list[StoredEntry]:
    """Return the oldest entries that are still to be worked on, only those `among` if any."""
    query = _STORED.where(entry.c.work == "todo").order_by(entry.c.id).limit(limit)
    if among:
        query = query.where(entry.c.id.in_(among))
    return [_stored(row) for row in db.execute(query)]


def of_article(db: Connection, article_id: int) -> list[model.Entry]:
    """Return what the feeds said of an article, the entry that came last at the end."""
    query = select(entry.c.id, entry.c.guid, entry.c.url, entry.c.title, entry.c.data)
    rows = db.execute(query.where(entry.c.article_id == article_id).order_by(entry.c.id))
    return [_told(row) for row in rows]


def done(db: Connection, became: Sequence[tuple[int, int]]) -> None:
    """Mark entries as worked on: (entry id, id of the article it became)."""
    rows = [{"entry": entry_id, "article": article_id} for entry_id, article_id in became]
    if rows:
        db.execute(_DONE, rows)


def every(db: Connection) -> Iterator[tuple[StoredEntry, str]]:
    """Yield every stored entry, oldest first, with its guid or else its address."""
    for row in db.execution_options(yield_per=500).execute(_STORED.order_by(entry.c.id)):
        item = _stored(row)
        yield item, item.entry.guid or item.entry.url


def _stored(row: Any) -> StoredEntry:
    return StoredEntry(row.id, row.name, _told(row), row.first_seen, row.fresh, row.article_id)


def _told(row: Any) -> model.Entry:
    """What the feed told; of a damaged row what its columns hold, so that it harms no other."""
    try:
        return codec.load(model.Entry, row.data)
    except (ValueError, TypeError, KeyError):
        log.warning("what was told of entry %d cannot be read; its headline is left", row.id)
        return model.Entry(row.guid, row.url, row.title)
