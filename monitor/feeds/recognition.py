"""Which stored entry an item is, where its keys alone do not settle it.

Keys (`monitor.feeds.identity`) say which stored entries an item may be. Most often all of them say
the same, and that is the end of it. They part when

* a guid stands for something else by now: positions in a list ("item-1", "latest"), a guid that
  is the url of a page where one item follows the other;
* a url stands for something else: a standing page ("latest briefing") that items link to one after
  another, each with a guid of its own;
* an item was rewritten from headline to slug, and only one of guid and url is as it was.

What the item and the entry say decides then: a guid that can be trusted outweighs a url, a url with
the same headline outweighs a guid that cannot, and in doubt they are two: an entry too many can be
read over, one that was overwritten is lost.
"""

import re
from collections.abc import Mapping

from monitor import urls
from monitor.feeds.identity import guid_key
from monitor.model import Entry, IdentifiedEntry
from monitor.text import letters, telling_words

Matched = frozenset[str]  # kinds of keys that lead to an entry: "guid", "url", "number", …

_POSITION = re.compile(r"(?=.)\D{0,16}\d{0,3}")
_LIKE = 0.5  # share of words that two headlines of one item have in common
_A_LITTLE_LIKE = 0.34  # enough under a guid that can be trusted
_VERY_LIKE = 0.75
_ITEM_PAGE = re.compile(r"\d{3}")  # in a url: the number of an item, or a day


def recognise(item: IdentifiedEntry, candidates: Mapping[int, tuple[Matched, Entry]]) -> int | None:
    """Return which of some stored entries an item is, None when it is none of them.

    Args:
        item: as it is listed now.
        candidates: stored entries that share a key with it, by id: how, and what was told of them.
    """
    new = item.entry
    same = [id_ for id_, (by, old) in candidates.items() if _is_same(new, old, by)]

    def weight(id_: int) -> tuple[bool, bool, int]:
        by, old = candidates[id_]
        twin = "url" in by and letters(new.title) == letters(old.title)
        return ("guid" in by and not _is_weak(new)), twin, len(by)

    return max(same, key=weight, default=None)


def same_headline(one: str, other: str) -> bool:
    """Tell whether two headlines are one but for small repairs; numbers must be the same."""
    if letters(one) == letters(other):
        return True
    numbers = re.findall(r"\d+", one), re.findall(r"\d+", other)
    return (
        sorted(numbers[0]) == sorted(numbers[1])
        and _likeness(one, other, of_longer=True) >= _VERY_LIKE
    )


def _is_same(new: Entry, old: Entry, by: Matched) -> bool:
    if not by & {"guid", "url", "number"}:
        return True  # headline and day, or everything that names it
    if _same_time(new, old):
        return True
    likeness = _likeness(new.title, old.title)
    alike = likeness >= _LIKE
    if "guid" in by and not _is_weak(new):
        return likeness >= _A_LITTLE_LIKE or "url" in by or not _other_time(new, old)
    if "guid" in by:
        return _with_weak_guid(new, old, alike, "url" in by)
    if new.guid and old.guid and guid_key(new.guid) != guid_key(old.guid):
        rewritten = _share_a_number(new.guid, old.guid)
        return rewritten or same_headline(new.title, old.title)
    if _fragment(new) != _fragment(old):
        return alike
    return alike or _names_an_item(new.url, dated=_other_time(new, old))


def _with_weak_guid(new: Entry, old: Entry, alike: bool, url_too: bool) -> bool:
    if same_headline(new.title, old.title) or (alike and not _other_time(new, old)):
        return True
    return url_too and (alike or _names_an_item(new.url, dated=_other_time(new, old)))


def _names_an_item(url: str, *, dated: bool) -> bool:
    """Tell whether a url is the page of one item; with `dated` only numbers are believed."""
    if _ITEM_PAGE.search(url.partition("//")[2].partition("/")[2]):
        return True
    return not dated and urls.split(url).path.rsplit("/", 1)[-1].count("-") >= 2


def _is_weak(entry: Entry) -> bool:
    """Tell whether a guid is one that many feeds give to one item after another."""
    if entry.guid.lower().startswith(("http://", "https://")):
        parts = urls.split(entry.guid)
        return not parts.fragment and _ITEM_PAGE.search(parts.path + parts.query) is None
    return _POSITION.fullmatch(entry.guid) is not None


def _likeness(one: str, other: str, *, of_longer: bool = False) -> float:
    a, b = telling_words(one), telling_words(other)
    if not a or not b:
        return float(letters(one) == letters(other) or not (one and other))
    return len(a & b) / (max if of_longer else min)(len(a), len(b))


def _share_a_number(one: str, other: str) -> bool:
    """Tell whether two guids hold the same long number: then one is a rewritten slug."""
    numbers = set(re.findall(r"\d{5,}", one))
    return bool(numbers & set(re.findall(r"\d{5,}", other)))


def _fragment(entry: Entry) -> str:
    return urls.split(entry.url).fragment


def _same_time(new: Entry, old: Entry) -> bool:
    """Tell whether both bear the same time of day; a bare day is no evidence."""
    when = new.published
    return when is not None and when == old.published and (when.hour, when.minute) != (0, 0)


def _other_time(new: Entry, old: Entry) -> bool:
    both = new.published is not None and old.published is not None
    return both and new.published != old.published
