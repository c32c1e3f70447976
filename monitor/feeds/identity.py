"""Which entries are the same story of a feed: keys that survive what feeds do to their items.

An entry gets several keys, strongest first, and two sightings are one entry when they share any:

1. `guid:` the item's guid, if the feed can be trusted with guids. A guid that is an address is
   compared like one, so that a flip of scheme or host makes no new entry.
2. `url:` the story's address without scheme and tracking (`monitor.feeds.addresses`).
3. `number:` the site's own number in the last part of the address, since guid and slug change
   together when an editor rewrites a headline.
4. `title:` headline and day, only where there is no guid to trust; for Google News, whose
   addresses are opaque, headline without the outlet's name and the outlet.

What several items of one document share identifies none of them: such addresses, numbers and
headlines are dropped. A guid that several items share shows that the feed's guids are worthless;
from then on, for ever, guid and address together make the key, because turning back would show
every entry as new a second time.
"""

import hashlib
import re
import unicodedata
from collections import Counter

from monitor.feeds import addresses
from monitor.model import Entry, FeedDocument, FeedState, IdentifiedEntry

_OUTLET_TAIL = re.compile(r"\s[-–—|]\s[^-–—|]{2,60}\Z")


def identify(document: FeedDocument, state: FeedState) -> tuple[tuple[IdentifiedEntry, ...], bool]:
    """Give each entry of a document its keys.

    Items of one document that are one story (same guid and same address, or the same keys in all)
    are kept once, the first of them.

    Returns:
        The entries in document order, and whether this feed's guids are distrusted from now on
        (to be kept in `FeedState.distrust_guid`).
    """
    once = _without_doubles(document.entries)
    guids = Counter(entry.guid for entry in once if entry.guid)
    distrust = state.distrust_guid or any(
        count > 1 or guid in document.repeated for guid, count in guids.items()
    )
    drafts = [_keys(entry, document, distrust) for entry in once]
    counts = Counter(key for keys in drafts for key in keys)
    found = []
    for entry, keys in zip(once, drafts, strict=True):
        own = tuple(key for key in keys if counts[key] == 1)
        found.append(IdentifiedEntry(own or (_last_resort(entry),), entry))
    return _without_same_keys(found), distrust


def _without_doubles(entries: tuple[Entry, ...]) -> list[Entry]:
    """Entries without items listed twice: same guid, address and headline."""
    seen: set[tuple[str, str, str]] = set()
    once = []
    for entry in entries:
        mark = (entry.guid, entry.url, _fold(entry.title))
        if mark not in seen:
            seen.add(mark)
            once.append(entry)
    return once


def _without_same_keys(found: list[IdentifiedEntry]) -> tuple[IdentifiedEntry, ...]:
    seen: set[str] = set()
    kept = []
    for one in found:
        if seen.isdisjoint(one.keys):
            kept.append(one)
            seen.update(one.keys)
    return tuple(kept)


def _keys(entry: Entry, document: FeedDocument, distrust: bool) -> list[str]:
    guid = _guid_key(entry.guid)
    address = "" if entry.url in document.repeated else addresses.key(entry.url)
    keys = []
    if guid and not distrust:
        keys.append(f"guid:{guid}")
    elif guid and entry.url:
        keys.append(f"guid+url:{_digest(guid + ' ' + (addresses.key(entry.url) or entry.url))}")
    if address:
        keys.append(f"url:{_short(address)}")
    if number := addresses.story_number(entry.url):
        keys.append(f"number:{number}")
    opaque = addresses.is_opaque(entry.url)
    if entry.title and entry.title not in document.repeated:
        if opaque:
            keys.append(f"title:{_digest(_bare_title(entry) + ' ' + _fold(entry.outlet))}")
        elif not guid or distrust:
            keys.append(f"title:{_digest(_fold(entry.title) + ' ' + _day(entry))}")
    return keys


def _last_resort(entry: Entry) -> str:
    """A key from everything that names an item, where nothing alone does."""
    whole = "\n".join((entry.guid, entry.url, _fold(entry.title), _day(entry)))
    if not entry.guid and not entry.url and not entry.title:
        whole += "\n" + entry.summary + "\n".join(entry.content)
    return f"item:{_digest(whole)}"


def _guid_key(guid: str) -> str:
    if guid.lower().startswith(("http://", "https://")):
        guid = addresses.key(guid) or guid
    return _short(guid)


def _bare_title(entry: Entry) -> str:
    """The headline without the " - Outlet" that Google News appends."""
    title = entry.title
    if entry.outlet and title.endswith(entry.outlet):
        return _fold(title[: -len(entry.outlet)].rstrip(" -–—|"))
    return _fold(_OUTLET_TAIL.sub("", title))


def _fold(title: str) -> str:
    """A headline for comparing: compatibility forms, letters and digits only, case folded."""
    folded = unicodedata.normalize("NFKC", title).casefold()
    return "".join(char for char in folded if char.isalnum()) or folded


def _day(entry: Entry) -> str:
    return entry.published.date().isoformat() if entry.published else ""


def _digest(value: str) -> str:
    return hashlib.sha256(value.encode("utf-8", "replace")).hexdigest()[:24]


def _short(value: str) -> str:
    """A key that stays readable when it is short and bounded when it is not."""
    return value if len(value) <= 200 else value[:100] + "…" + _digest(value)
