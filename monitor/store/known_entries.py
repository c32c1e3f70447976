"""Which stored entries a reading speaks of: by their keys, and by what was told where keys part."""

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import timedelta
from typing import Any

from sqlalchemy import Connection, bindparam, exists, select

from monitor import model
from monitor.store import codec
from monitor.store.chunks import chunks
from monitor.store.new_entry import Found, NewEntry
from monitor.store.schema import entry, entry_key, feed

_RELIST = timedelta(days=1)  # `listed` need not be exact; it only bounds how long keys are kept

# Built once: SQLAlchemy spends more on making a statement than on running it.
_THESE_KEYS = (entry_key.c.feed_id == bindparam("feed")) & entry_key.c.key.in_(
    bindparam("keys", expanding=True)
)
_NO_KEY = select(feed.c.id).where(
    feed.c.id.in_(bindparam("feeds", expanding=True)),
    ~exists().where(entry_key.c.feed_id == feed.c.id),
)
_OWNERS = select(entry_key.c.key, entry_key.c.entry_id, entry_key.c.listed).where(_THESE_KEYS)
_LISTED = entry_key.update().where(_THESE_KEYS).values(listed=bindparam("now"))
_WORDS = select(entry.c.id, entry.c.guid, entry.c.url, entry.c.title, entry.c.data).where(
    entry.c.id.in_(bindparam("ids", expanding=True))
)


Candidates = Mapping[int, tuple[frozenset[str], model.Entry]]
Recognise = Callable[[model.IdentifiedEntry, Candidates], int | None]
Spare = Callable[[model.Entry], str]


def the_first(_item: model.IdentifiedEntry, candidates: Candidates) -> int | None:
    return next(iter(candidates))


def no_spare(_entry: model.Entry) -> str:
    return ""


def without_keys(db: Connection, feeds: Sequence[int]) -> set[int]:
    """Return those of some feeds that have no entries yet."""
    without: set[int] = set()
    for part in chunks(feeds):
        without.update(db.execute(_NO_KEY, {"feeds": part}).scalars())
    return without


def owners(db: Connection, found: Found) -> tuple[dict[str, int], list[str]]:
    """Which entry has each key that is known, and the known keys whose listing date is old."""
    keys = list({key for item in found.entries for key in item.keys})
    owner: dict[str, int] = {}
    stale: list[str] = []
    for part in chunks(keys):
        for key, entry_id, listed in db.execute(_OWNERS, {"feed": found.feed_id, "keys": part}):
            owner[key] = entry_id
            if found.now - listed > _RELIST:
                stale.append(key)
    return owner, stale


def relist(db: Connection, found: Found, stale: Sequence[str]) -> None:
    """Note that keys of a feed are listed now."""
    for part in chunks(stale):
        db.execute(_LISTED, {"feed": found.feed_id, "keys": part, "now": found.now})


def recognised(
    db: Connection,
    found: Found,
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
    for item in found.entries:
        leads = _leads(item, owner)
        if len(leads) == 1 and all(key in owner for key in item.keys):
            (entry_id,) = leads
            if recognise is the_first or item.title == told[entry_id].title:
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
    return known | _by_spare_key(db, found.feed_id, unknown, spare)


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
    for part in chunks(list(spares)):
        for key, entry_id, _ in db.execute(_OWNERS, {"feed": feed_id, "keys": part}):
            known[spares[key]] = entry_id
    return known


def told_of(db: Connection, ids: Collection[int]) -> dict[int, Any]:
    """Return the rows of entries (`_WORDS`) by id."""
    told: dict[int, Any] = {}
    for part in chunks(list(ids)):
        told |= {row.id: row for row in db.execute(_WORDS, {"ids": part})}
    return told
