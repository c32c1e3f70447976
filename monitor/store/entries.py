"""Entries: stored once a feed, whatever the feed does to their ids, dates and urls."""

import logging
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, TypeVar

from sqlalchemy import Connection, bindparam, select

from monitor import model
from monitor.store import codec
from monitor.store.entry_work import STORED, stored
from monitor.store.insertion import insert_all, insert_numbered
from monitor.store.new_entry import NewEntry, new_entry
from monitor.store.schema import entry, entry_key
from monitor.store.stored_entry import StoredEntry

__all__ = ["NewEntry", "StoredEntry", "add", "every", "new_entry", "of_article"]

log = logging.getLogger(__name__)

T = TypeVar("T")

_RELIST = timedelta(days=1)  # `listed` need not be exact; it only bounds how long keys are kept
_CHUNK = 500  # bound parameters in one statement
_MANY = 50  # keys, of which it is worth asking first whether their feed has any

# Built once: SQLAlchemy spends more on making a statement than on running it.
_THESE_KEYS = (entry_key.c.feed_id == bindparam("feed")) & entry_key.c.key.in_(
    bindparam("keys", expanding=True)
)
_ANY_KEY = select(entry_key.c.entry_id).where(entry_key.c.feed_id == bindparam("feed")).limit(1)
_OWNERS = select(entry_key.c.key, entry_key.c.entry_id, entry_key.c.listed).where(_THESE_KEYS)
_LISTED = entry_key.update().where(_THESE_KEYS).values(listed=bindparam("now"))
_WORDS = select(entry.c.id, entry.c.guid, entry.c.url, entry.c.title, entry.c.data).where(
    entry.c.id.in_(bindparam("ids", expanding=True))
)


Candidates = Mapping[int, tuple[frozenset[str], model.Entry]]
Recognise = Callable[[model.IdentifiedEntry, Candidates], int | None]
Spare = Callable[[model.Entry], str]


def _the_first(_item: model.IdentifiedEntry, candidates: Candidates) -> int | None:
    return next(iter(candidates))


def _none(_entry: model.Entry) -> str:
    return ""


def add(
    db: Connection,
    feed_id: int,
    found: Sequence[NewEntry],
    now: datetime,
    *,
    recognise: Recognise = _the_first,
    spare: Spare = _none,
) -> list[int]:
    """Store what is new among `found`; return the ids of the new entries, in document order.

    An entry whose keys all lead to one stored entry is that one; where they lead to several, or
    some to none, `recognise` decides among those stored entries, of which each may be taken once.
    Where all keys of a new entry are another's, it gets the one that `spare` gives, if any.
    A known entry whose title or text changed takes the new words and is worked on again.
    """
    owner, stale = _owners(db, feed_id, found, now)
    told = _told_of(db, {owner[key] for item in found for key in item.keys if key in owner})
    known = _recognised(db, feed_id, found, owner, told, recognise, spare)
    new: list[NewEntry] = []
    again: dict[int, NewEntry] = {}
    home: dict[str, int] = {}  # key of a new entry → its place in `new`
    for item in found:
        own = item.keys
        entry_id = known.get(id(item))
        if entry_id is not None:
            again.setdefault(entry_id, item)
            added = {key: entry_id for key in own if key not in owner and key not in home}
            owner.update(added)
            _add_keys(db, feed_id, added, now)
            continue
        free = [key for key in own if key not in owner] or [spare(item.entry) or own[0]]
        place = next((home[key] for key in free if key in home), len(new))
        if place == len(new):
            new.append(item)
        for key in free:
            home.setdefault(key, place)
    new_ids = _insert(db, feed_id, new, now)
    _add_keys(db, feed_id, {key: new_ids[place] for key, place in home.items()}, now)
    _update(db, told, again)
    for part in _chunks(stale):
        db.execute(_LISTED, {"feed": feed_id, "keys": part, "now": now})
    return list(new_ids)


def _recognised(
    db: Connection,
    feed_id: int,
    found: Sequence[NewEntry],
    owner: Mapping[str, int],
    told: Mapping[int, Any],
    recognise: Recognise,
    spare: Spare,
) -> dict[int, int]:
    """Return which stored entry each item is, by the identity of the item; new ones are not there.

    What is beyond doubt comes first, so that no doubtful item takes its place.
    """
    known: dict[int, int] = {}
    taken: dict[int, tuple[str, ...]] = {}
    doubtful: list[tuple[NewEntry, dict[int, list[str]]]] = []
    for item in found:
        leads = _leads(item, owner)
        if len(leads) == 1 and all(key in owner for key in item.keys):
            (entry_id,) = leads
            if recognise is _the_first or item.title == told[entry_id].title:
                known[id(item)], taken[entry_id] = entry_id, item.keys
                continue
        if leads:
            doubtful.append((item, leads))
    unknown = []
    for item, leads in doubtful:
        candidates = {
            id_: (frozenset(kinds), codec.entry_of(told[id_]))
            for id_, kinds in leads.items()
            if id_ not in taken or not set(taken[id_]).isdisjoint(item.keys)
        }
        chosen = None
        if candidates:
            chosen = recognise(model.IdentifiedEntry(item.keys, item.entry), candidates)
        if chosen is None and not spare(item.entry) and all(k in owner for k in item.keys):
            chosen = next(iter(leads))  # nothing would be left to know it by
        if chosen is None:
            unknown.append(item)
        else:
            known[id(item)] = chosen
            taken.setdefault(chosen, item.keys)
    return known | _by_spare_key(db, feed_id, unknown, spare)


def _leads(item: NewEntry, owner: Mapping[str, int]) -> dict[int, list[str]]:
    """Return the stored entries that an item shares keys with, and the kinds of those keys."""
    leads: dict[int, list[str]] = {}
    for key in item.keys:
        if key in owner:
            leads.setdefault(owner[key], []).append(key.partition(":")[0])
    return leads


def _by_spare_key(
    db: Connection, feed_id: int, items: Sequence[NewEntry], spare: Spare
) -> dict[int, int]:
    spares = {key: id(item) for item in items if (key := spare(item.entry))}
    known = {}
    for part in _chunks(list(spares)):
        for key, entry_id, _ in db.execute(_OWNERS, {"feed": feed_id, "keys": part}):
            known[spares[key]] = entry_id
    return known


def _told_of(db: Connection, ids: Collection[int]) -> dict[int, Any]:
    """Return the rows of entries (`_WORDS`) by id."""
    told: dict[int, Any] = {}
    for part in _chunks(list(ids)):
        told |= {row.id: row for row in db.execute(_WORDS, {"ids": part})}
    return told


def _insert(db: Connection, feed_id: int, new: Sequence[NewEntry], now: datetime) -> Sequence[int]:
    rows = [
        {
            "feed_id": feed_id,
            "guid": item.guid,
            "url": item.url,
            "title": item.title,
            "data": item.data,
            "first_seen": now,
            "fresh": item.fresh,
            "work": item.work,
        }
        for item in new
    ]
    return insert_numbered(db, entry, rows)


def _add_keys(db: Connection, feed_id: int, owners: Mapping[str, int], now: datetime) -> None:
    rows = [
        {"feed_id": feed_id, "key": key, "entry_id": entry_id, "listed": now}
        for key, entry_id in owners.items()
    ]
    insert_all(db, entry_key, rows)


def _chunks(items: Sequence[T]) -> Iterator[Sequence[T]]:
    return (items[start : start + _CHUNK] for start in range(0, len(items), _CHUNK))


def _owners(
    db: Connection, feed_id: int, found: Sequence[NewEntry], now: datetime
) -> tuple[dict[str, int], list[str]]:
    """Which entry has each key that is known, and the known keys whose listing date is old."""
    keys = list({key for item in found for key in item.keys})
    owner: dict[str, int] = {}
    stale: list[str] = []
    if len(keys) > _MANY and db.execute(_ANY_KEY, {"feed": feed_id}).first() is None:
        return owner, stale
    for part in _chunks(keys):
        for key, entry_id, listed in db.execute(_OWNERS, {"feed": feed_id, "keys": part}):
            owner[key] = entry_id
            if now - listed > _RELIST:
                stale.append(key)
    return owner, stale


def _update(db: Connection, told: Mapping[int, Any], again: Mapping[int, NewEntry]) -> None:
    for entry_id, new in again.items():
        if not new.title or (entry_id in told and _says_the_same(told[entry_id], new)):
            continue
        values = {"title": new.title, "url": new.url, "data": new.data, "work": "todo"}
        db.execute(entry.update().where(entry.c.id == entry_id).values(values))


def _says_the_same(old: Any, new: NewEntry) -> bool:
    return old.data == new.data or _words(codec.entry_of(old)) == _words(new.entry)


def _words(item: model.Entry) -> tuple[str, ...]:
    """What a reader would see change; dates and ids alone are no change."""
    return tuple("".join(text.split()) for text in (item.title, item.summary, *item.content))


def of_article(db: Connection, article_id: int) -> list[model.Entry]:
    """Return what the feeds said of an article, the entry that came last at the end."""
    query = select(entry.c.id, entry.c.guid, entry.c.url, entry.c.title, entry.c.data)
    rows = db.execute(query.where(entry.c.article_id == article_id).order_by(entry.c.id))
    return [codec.entry_of(row) for row in rows]


def every(db: Connection, since: datetime | None = None) -> Iterator[tuple[StoredEntry, str]]:
    """Yield the entries of all times or since then, oldest first, each with its guid or url."""
    query = STORED.order_by(entry.c.id)
    if since is not None:
        query = query.where(entry.c.first_seen >= since)
    for row in db.execute(query, execution_options={"yield_per": 500}):
        item = stored(row)
        yield item, item.entry.guid or item.entry.url
