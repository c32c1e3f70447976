"""Reads RSS, RDF and Atom text: mend it if it must be, cut it if it can be, read what is new.

A body whose items are known but for two is read as a document of two items (see
`new_items`); the result is the same as that of the whole document without the known
items. Of a document that is broken in one item, that item alone goes to the tolerant parser, so
that it cannot take its neighbours with it. A document that cannot be cut, is broken outside its
items, or reads to another number of items than it was cut to, is read whole, and no hashes are
given, so that it is read whole the next time too.
"""

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from itertools import accumulate

from msgspec import Struct

from monitor.feeds.read import fast_xml, feedparser_xml, new_items, repair
from monitor.feeds.read.items import Head, Item, Reading

_ITEM = re.compile(r"<(?:[\w-]+:)?(?:item|entry)[\s>]")
_CHECKED = 20_000_000  # characters that are looked at to find the broken items
_BROKEN = "not well-formed XML"


class Markup(Struct, frozen=True):
    """What an XML document gave: the new items' reading, and what stood beside them."""

    reading: Reading
    listed: int
    beside: tuple[Item, ...] = ()
    hashes: frozenset[str] = frozenset()
    cut_off: bool = False  # the document has no end
    unread: int = 0  # new items left to the next reading


def holds_items(markup: str) -> bool:
    """Whether there is something like an item near the start of a document."""
    return _ITEM.search(markup, 0, 200_000) is not None


def read(markup: str, limit: int, known: frozenset[str]) -> Markup | None:
    """Read a document without its prolog; None when no reader finds a feed in it.

    Args:
        markup: from `repair.bare`.
        limit: items after that many are not read.
        known: hashes of items that need not be read again.
    """
    cut = new_items.cut(markup, limit)
    if cut is not None and not known and (found := _read_plain(markup, cut)) is not None:
        return found
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
            broken = _broken(cut, (*new, *sharing))
        found = _read_cut(cut, new, sharing, broken)
        if found is not None:
            return found
    return _read_whole(markup, limit, sound)


def _read_plain(markup: str, cut: new_items.Segments) -> Markup | None:
    """The reading of a document that is new and plain throughout, as most are; else None.

    That it is well-formed is found out by reading it.
    """
    quick = None if cut.left_out else fast_xml.read(markup)
    if quick is None:
        return None
    items = tuple([item for item in quick[1] if item is not None])
    if not len(items) == len(quick[1]) == len(cut.items):
        return None
    return Markup(Reading(quick[0], items), len(items), hashes=frozenset(cut.hashes))


def _unknown(cut: new_items.Segments, known: frozenset[str]) -> list[int]:
    return [number for number, digest in enumerate(cut.hashes) if digest not in known]


def _broken(cut: new_items.Segments, numbers: Iterable[int]) -> frozenset[int]:
    """Those of these items that are not well-formed, or too far down to be looked at."""
    before, after = cut.enclosing
    broken, room = set[int](), _CHECKED
    for number in numbers:
        alone = f"{before}{cut.items[number]}{after}"
        room -= len(alone)
        if room < 0 or not _is_sound(alone):
            broken.add(number)
    return frozenset(broken)


def _read_cut(
    cut: new_items.Segments, new: list[int], sharing: list[int], broken: frozenset[int]
) -> Markup | None:
    """The reading of the new items; None when the whole document must be read."""
    head, found = _items(cut, new, broken)
    _, beside = _items(cut, sharing, broken) if sharing else (head, {})
    if head is None or beside is None or found is None:
        return None
    items = tuple(found[number] for number in new if number in found)
    notes: tuple[str, ...] = ()
    if broken:
        notes += (f"{_BROKEN} in {len(broken)} of {len(cut.items)} items",)
    if cut.left_out:
        notes += (f"only the first {len(cut.items)} items were read",)
    # What was too much for one reading stays unknown, and is read the next time.
    unread = {cut.hashes[number] for number in new if number not in found}
    if unread:
        notes += (f"{len(items)} of {len(new)} new items were read, the others come next time",)
    return Markup(
        Reading(head, items, notes),
        len(cut.items),
        tuple(beside[number] for number in sharing if number in beside),
        frozenset(cut.hashes) - unread,
        unread=len(unread),
    )


def _items(
    cut: new_items.Segments, wanted: Sequence[int], broken: Collection[int]
) -> tuple[Head, dict[int, Item]] | tuple[None, None]:
    """The head and the items by number, by the quick reader or by feedparser.

    Of items that are not plain the last are left out where feedparser would have too much to do.
    None when a reader sees another number of items than were cut.
    """
    sound = [number for number in wanted if number not in broken]
    head, found = None, dict[int, Item]()
    if (quick := fast_xml.read(cut.only(sound))) and len(quick[1]) == len(sound):
        head = quick[0]
        found.update((n, item) for n, item in zip(sound, quick[1], strict=True) if item is not None)
    rest = [number for number in wanted if number not in found]
    return (head, found) if head is not None and not rest else _rest(cut, rest, broken, head, found)


def _rest(
    cut: new_items.Segments,
    rest: Sequence[int],
    broken: Collection[int],
    head: Head | None,
    found: dict[int, Item],
) -> tuple[Head, dict[int, Item]] | tuple[None, None]:
    """Add what the quick reader did not find, as much of it as may be read at once."""
    before, _ = cut.enclosing if broken else ("", "")
    each = feedparser_xml.CALL + feedparser_xml.cost(before)
    costs = {n: feedparser_xml.cost(cut.items[n]) + each * (n in broken) for n in rest}
    rest = _affordable(costs, feedparser_xml.cost(cut.only(())))
    odd = [number for number in rest if number not in broken]
    if odd or head is None:
        reading = feedparser_xml.read(cut.only(odd))
        if reading is None or len(reading.items) != len(odd):
            return None, None
        head = head or reading.head
        found.update(zip(odd, reading.items, strict=True))
    found.update((n, _alone(before + cut.items[n])) for n in rest if n in broken)
    return head, found


def _alone(markup: str) -> Item:
    """Read a broken item by itself; an empty one when nothing can be read."""
    reading = feedparser_xml.read(markup)
    return reading.items[0] if reading and reading.items else Item()


def _affordable(costs: Mapping[int, int], around: int) -> list[int]:
    """The first of these numbers, as many as feedparser may read at once, and at least one.

    Args:
        around: what the head and the tail cost.
    """
    spent = accumulate(costs.values(), initial=around + 2)  # rounded down twice
    next(spent)
    within = [n for n, so_far in zip(costs, spent, strict=True) if so_far <= feedparser_xml.MOST]
    return within or list(costs)[:1]


def _read_whole(markup: str, limit: int, sound: bool) -> Markup | None:
    notes: tuple[str, ...] = ()
    for number, start in enumerate(_ITEM.finditer(markup)):
        if number == limit:
            markup = markup[: start.start()]
            notes = (f"only the first {limit} items were read",)
            break
    if not sound:
        notes += (_BROKEN,)
    whole, markup = len(markup), feedparser_xml.affordable(markup)
    if len(markup) < whole:
        notes += (f"only the first {len(markup)} characters were read",)
    reading = feedparser_xml.read(markup)
    if reading is None:
        return None
    items = reading.items[:limit]
    return Markup(Reading(reading.head, items, notes), len(items))


def _is_sound(markup: str) -> bool:
    return repair.well_formed(markup.encode("utf-8", "replace"))
