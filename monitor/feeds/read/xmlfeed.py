"""Reads RSS, RDF and Atom text: mend it if it must be, cut it if it can be, read what is new.

A body whose items are known but for two is read as a document of two items (see
`new_items`); the result is the same as that of the whole document without the known
items. Of a document that is broken in one item, that item alone goes to the tolerant parser, so
that it cannot take its neighbours with it. A document that cannot be cut, is broken outside its
items, or reads to another number of items than it was cut to, is read whole, and no hashes are
given, so that it is read whole the next time too.
"""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from monitor.feeds.read import fast_xml, feedparser_xml, new_items, repair
from monitor.feeds.read.items import Head, Item, Reading

_ITEM = re.compile(r"<(?:[\w-]+:)?(?:item|entry)[\s>]")
_BROKEN_LIMIT = 1_000_000  # characters; at its worst the tolerant parser takes seconds for as many
_BROKEN = "not well-formed XML"


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
    cut = new_items.cut(markup, limit)
    if cut is not None:
        # What is known was read before, so only what is new need be sound.
        new = _unknown(cut, known)
        if len(new) < len(cut.items):
            sharing = new_items.suspects(cut, new)
            if _is_sound(cut.only(sorted((*new, *sharing)))):
                found = _read_cut(cut, new, sharing, frozenset())
                if found is not None:
                    return found
    sound = _is_sound(markup)
    if not sound:
        markup = repair.escaped(markup)
        sound = _is_sound(markup)
        cut = new_items.cut(markup, limit)
    if cut is not None and (sound or _is_sound(cut.only(()))):
        new = _unknown(cut, known)
        sharing = new_items.suspects(cut, new) if len(new) < len(cut.items) else []
        broken = frozenset[int]()
        if not sound:
            broken = frozenset(n for n in (*new, *sharing) if not _is_sound(cut.only((n,))))
        found = _read_cut(cut, new, sharing, broken)
        if found is not None:
            return found
    return _read_whole(markup, limit, sound)


def _unknown(cut: new_items.Segments, known: frozenset[str]) -> list[int]:
    return [number for number, digest in enumerate(cut.hashes) if digest not in known]


def _read_cut(
    cut: new_items.Segments, new: list[int], sharing: list[int], broken: frozenset[int]
) -> Markup | None:
    """The reading of the new items; None when the whole document must be read."""
    reading = _items(cut, new, broken)
    neighbours = _items(cut, sharing, broken) if sharing else None
    if reading is None or (sharing and neighbours is None):
        return None
    beside = neighbours.items if neighbours else ()
    notes: tuple[str, ...] = ()
    if broken:
        notes += (f"{_BROKEN} in {len(broken)} of {len(cut.items)} items",)
    if cut.left_out:
        notes += (f"only the first {len(cut.items)} items were read",)
    return Markup(replace(reading, notes=notes), len(cut.items), beside, frozenset(cut.hashes))


def _items(
    cut: new_items.Segments, wanted: Sequence[int], broken: Collection[int]
) -> Reading | None:
    """The reading of some items: each by the quick reader if it is plain, else by feedparser.

    None when a reader sees another number of items than were cut.
    """
    sound = [number for number in wanted if number not in broken]
    head, found = _sound_items(cut, sound)
    if head is None:
        return None
    for number in wanted:
        if number in broken:
            alone = feedparser_xml.read(cut.only((number,))[:_BROKEN_LIMIT])
            found[number] = alone.items[0] if alone and alone.items else Item()
    return Reading(head, tuple(found[number] for number in wanted))


def _sound_items(
    cut: new_items.Segments, wanted: Sequence[int]
) -> tuple[Head | None, dict[int, Item]]:
    quick = fast_xml.read(cut.only(wanted))
    if quick is None or len(quick[1]) != len(wanted):
        reading = feedparser_xml.read(cut.only(wanted))
        if reading is None or len(reading.items) != len(wanted):
            return None, {}
        return reading.head, dict(zip(wanted, reading.items, strict=True))
    head, items = quick
    found = {number: item for number, item in zip(wanted, items, strict=True) if item is not None}
    odd = [number for number in wanted if number not in found]
    if odd:
        reading = feedparser_xml.read(cut.only(odd))
        if reading is None or len(reading.items) != len(odd):
            return None, {}
        found.update(zip(odd, reading.items, strict=True))
    return head, found


def _read_whole(markup: str, limit: int, sound: bool) -> Markup | None:
    notes: tuple[str, ...] = ()
    for number, start in enumerate(_ITEM.finditer(markup)):
        if number == limit:
            markup = markup[: start.start()]
            notes = (f"only the first {limit} items were read",)
            break
    if not sound:
        notes += (_BROKEN,)
        if len(markup) > _BROKEN_LIMIT:
            markup = markup[:_BROKEN_LIMIT]
            notes += (f"only the first {_BROKEN_LIMIT} characters were read",)
    reading = feedparser_xml.read(markup)
    if reading is None:
        return None
    items = reading.items[:limit]
    return Markup(Reading(reading.head, items, notes), len(items))


def _is_sound(markup: str) -> bool:
    return repair.well_formed(markup.encode("utf-8", "replace"))
