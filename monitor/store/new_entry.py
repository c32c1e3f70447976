"""An entry on its way into the store, in plain values.

Feeds are read in other processes, and what is read there goes to the one that stores it. A tuple of
strings gets there in a quarter of the time of the values it stands for, so it is made where the
feed is read; most of what a first reading brings is stored and never looked at again. Nothing here
needs the database.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from msgspec import Struct

from monitor import model
from monitor.store import codec


class NewEntry(NamedTuple):
    """An entry as it is to be stored if it is new; see `new_entry`."""

    keys: tuple[str, ...]
    guid: str
    url: str
    title: str
    data: str  # model.Entry, as `codec` writes it
    work: model.WorkState
    fresh: bool

    @property
    def entry(self) -> model.Entry:
        """What the feed told."""
        return codec.load(model.Entry, self.data)


def new_entry(
    keys: tuple[str, ...],
    entry: model.Entry,
    work: model.WorkState = "todo",
    fresh: bool = True,
) -> NewEntry:
    """Return an entry as it is to be stored if it is new.

    Args:
        keys: see `model.IdentifiedEntry`.
        work: what is to be done with it.
        fresh: it is news, not what a feed listed when it was first read.
    """
    data = codec.dump(entry)
    return NewEntry(keys, entry.guid, entry.url, entry.title, data, work, fresh)


class Found(Struct, frozen=True):
    """What one reading of a feed found."""

    feed_id: int
    entries: Sequence[NewEntry]
    now: datetime
