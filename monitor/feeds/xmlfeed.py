"""Reads RSS, RDF and Atom text: mend it if it must be, cut it if it can be, read what is new.

A body whose items are known but for two is read as a document of two items (see
`monitor.feeds.segments`); the result is the same as that of the whole document without the known
items. A document that cannot be cut, or reads to another number of items than it was cut to, is
read whole. Hashes are only given for a document that cuts and reads alike, so a doubtful one is
read whole the next time too.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from monitor.feeds import mending, plain, segments, through_feedparser
from monitor.feeds.items import Item, Reading

_ITEM = re.compile(r"<(?:[\w-]+:)?(?:item|entry)[\s>]")
_BROKEN_LIMIT = 1_000_000  # characters; at its worst the tolerant parser takes seconds for as many


@dataclass(frozen=True, slots=True)
class Markup:
    """What an XML document gave: the new items' reading, and what stood beside them."""

    reading: Reading
    listed: int
    beside: tuple[Item, ...] = ()
    hashes: frozenset[str] = frozenset()


def holds_items(markup: str) -> bool:
    """Whether there is something like an item near the start of a document."""
    return _ITEM.search(markup, 0, 200_000) is not None


def read(markup: str, limit: int, known: frozenset[str]) -> Markup | None:
    """Read a document without its prolog; None when no reader finds a feed in it.

    Args:
        markup: from `mending.bare`.
        limit: items after that many are not read.
        known: hashes of items that need not be read again.
    """
    markup, notes = _mended(markup)
    cut = None if notes else segments.cut(markup, limit)
    if cut is None:
        return _whole(_first_items(markup, limit), limit, notes)
    if cut.left_out:
        notes = (f"only the first {limit} items were read",)
    new = [number for number, digest in enumerate(cut.hashes) if digest not in known]
    if len(new) < len(cut.items):
        found = _new_items(cut, new)
        if found is not None:
            return found
    reading = _items(cut, range(len(cut.items)))
    if reading is None:
        return _whole(cut.only(range(len(cut.items))), limit, notes)
    reading = replace(reading, notes=reading.notes + notes)
    return Markup(reading, len(cut.items), hashes=frozenset(cut.hashes))


def _new_items(cut: segments.Segments, new: list[int]) -> Markup | None:
    """The reading of the new items alone; None when the whole document must be read."""
    reading = _items(cut, new)
    if reading is None:
        return None
    beside: tuple[Item, ...] = ()
    if sharing := segments.suspects(cut, new):
        neighbours = _items(cut, sharing)
        if neighbours is None:
            return None
        beside = neighbours.items
    return Markup(reading, len(cut.items), beside, frozenset(cut.hashes))


def _items(cut: segments.Segments, wanted: Sequence[int]) -> Reading | None:
    """The reading of some items: each by the quick reader if it is plain, else by feedparser.

    None when a reader sees another number of items than were cut.
    """
    quick = plain.read(cut.only(wanted))
    if quick is None or len(quick[1]) != len(wanted):
        reading = through_feedparser.read(cut.only(wanted))
        return reading if reading and len(reading.items) == len(wanted) else None
    head, items = quick
    odd = [number for number, item in zip(wanted, items, strict=True) if item is None]
    if not odd:
        return Reading(head, tuple(item for item in items if item is not None))
    reading = through_feedparser.read(cut.only(odd))
    if reading is None or len(reading.items) != len(odd):
        return None
    others = iter(reading.items)
    return Reading(head, tuple(item or next(others) for item in items))


def _whole(markup: str, limit: int, notes: tuple[str, ...]) -> Markup | None:
    reading = through_feedparser.read(markup)
    if reading is None:
        return None
    items = reading.items[:limit]
    return Markup(Reading(reading.head, items, notes + reading.notes), len(items))


def _mended(markup: str) -> tuple[str, tuple[str, ...]]:
    """The document as well-formed XML if that can be had, else with a note that it is not."""
    if mending.well_formed(markup.encode("utf-8", "replace")):
        return markup, ()
    mended = mending.escaped(markup)
    if mending.well_formed(mended.encode("utf-8", "replace")):
        return mended, ()
    if len(mended) <= _BROKEN_LIMIT:
        return mended, ("not well-formed XML",)
    note = f"not well-formed XML; only the first {_BROKEN_LIMIT} characters were read"
    return mended[:_BROKEN_LIMIT], (note,)


def _first_items(markup: str, limit: int) -> str:
    """The document up to the item after the last that is wanted."""
    for number, found in enumerate(_ITEM.finditer(markup)):
        if number == limit:
            return markup[: found.start()]
    return markup
