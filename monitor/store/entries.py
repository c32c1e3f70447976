"""Entries: stored once a feed, whatever the feed does to their ids, dates and urls."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from msgspec import Struct
from sqlalchemy import Connection, select

from monitor import model
from monitor.store import codec
from monitor.store.entry_work import STORED, stored
from monitor.store.insertion import insert_columns, insert_numbered
from monitor.store.known_entries import (
    Recognise,
    Spare,
    no_spare,
    owners,
    recognised,
    relist,
    the_first,
    told_of,
    without_keys,
)
from monitor.store.new_entry import Found, NewEntry, new_entry
from monitor.store.schema import entry, entry_key
from monitor.store.stored_entry import StoredEntry

__all__ = [
    "Found", "NewEntry", "StoredEntry", "add_all", "every", "new_entry", "of_article",
]  # fmt: skip

_MANY = 15  # entries, of which it is worth asking first whether their feed has any


class _Plan(Struct, frozen=True):
    """What is to be written of a reading.

    Attributes:
        new: entries that nothing is known of.
        home: key of a new entry → its place in `new`.
        added: further keys of stored entries → their ids.
        again: stored entries by id, as they are told now.
        told: rows of stored entries by id, as they were told before; of other readings as well.
        stale: known keys whose listing date is old.
    """

    found: Found
    new: list[NewEntry]
    home: dict[str, int]
    added: dict[str, int]
    again: dict[int, NewEntry]
    told: Mapping[int, Any]
    stale: list[str]


def add_all(
    db: Connection,
    readings: Sequence[Found],
    *,
    recognise: Recognise = the_first,
    spare: Spare = no_spare,
) -> list[list[int]]:
    """Store what is new among what some feeds told, each of them once.

    An entry whose keys all lead to one stored entry is that one; where they lead to several, or
    some to none, `recognise` decides among those stored entries, of which each may be taken once.
    Where all keys of a new entry are another's, it gets the one that `spare` gives, if any.
    A known entry whose title or text changed takes the new words and is worked on again.

    Returns:
        For each reading the ids of the new entries, in document order.
    """
    unknown = without_keys(db, [one.feed_id for one in readings if len(one.entries) > _MANY])
    listed = [({}, []) if one.feed_id in unknown else owners(db, one) for one in readings]
    told = told_of(db, {id_ for owner, _ in listed for id_ in owner.values()})
    plans = [
        _plan(db, one, owner, stale, told, recognise, spare)
        for one, (owner, stale) in zip(readings, listed, strict=True)
    ]
    ids = iter(_insert(db, plans))
    new_ids = [[next(ids) for _ in plan.new] for plan in plans]
    _add_keys(db, plans, new_ids)
    for plan in plans:
        _update(db, plan.told, plan.again)
        relist(db, plan.found, plan.stale)
    return new_ids


def _plan(
    db: Connection,
    found: Found,
    owner: dict[str, int],
    stale: list[str],
    told: Mapping[int, Any],
    recognise: Recognise,
    spare: Spare,
) -> _Plan:
    """Find out what is new of a reading, by who has its keys (`owners`) and what was told."""
    stored_as = recognised(db, found, owner, told, recognise, spare) if owner else {}
    plan = _Plan(found, [], {}, {}, {}, told, stale)
    new, home, added = plan.new, plan.home, plan.added
    for item in found.entries:
        own = item.keys
        entry_id = stored_as.get(id(item))
        if entry_id is not None:
            plan.again.setdefault(entry_id, item)
            further = {key: entry_id for key in own if key not in owner and key not in home}
            owner.update(further)
            added.update(further)
            continue
        free = [key for key in own if key not in owner] or [spare(item.entry) or own[0]]
        place = next((home[key] for key in free if key in home), len(new))
        if place == len(new):
            new.append(item)
        for key in free:
            home.setdefault(key, place)
    return plan


def _insert(db: Connection, plans: Sequence[_Plan]) -> Sequence[int]:
    rows = [
        {
            "feed_id": plan.found.feed_id,
            "guid": item.guid,
            "url": item.url,
            "title": item.title,
            "data": item.data,
            "first_seen": plan.found.now,
            "fresh": item.fresh,
            "work": item.work,
        }
        for plan in plans
        for item in plan.new
    ]
    return insert_numbered(db, entry, rows)


def _add_keys(db: Connection, plans: Sequence[_Plan], new_ids: Sequence[Sequence[int]]) -> None:
    columns: dict[str, list[Any]] = {"feed_id": [], "key": [], "entry_id": [], "listed": []}
    for plan, ids in zip(plans, new_ids, strict=True):
        owner = plan.added | {key: ids[place] for key, place in plan.home.items()}
        columns["feed_id"] += [plan.found.feed_id] * len(owner)
        columns["key"] += owner
        columns["entry_id"] += owner.values()
        columns["listed"] += [plan.found.now] * len(owner)
    insert_columns(db, entry_key, columns)


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
