"""Which entries are the same story of a feed: keys that survive what feeds do to their items.

An entry gets several keys, strongest first. Two sightings may be one entry when they share any;
where keys lead to different entries, or something speaks against it, `monitor.feeds.recognition`
decides:

1. `guid:` the item's guid, if the feed can be trusted with guids. A guid that is a url is
   compared like one, so that a flip of scheme or host makes no new entry.
2. `url:` the item's url without scheme and tracking (`monitor.url_keys.item_key`).
3. `number:` the site's own number in the last part of the url, since guid and slug change
   together when an editor rewrites a headline.
4. `title:` headline and day, only where there is no guid to trust; for Google News, whose
   urls are opaque, headline without the outlet's name and the outlet.

What several items of one document share identifies none of them: such urls, numbers and
headlines are dropped. A guid that several items share shows that the feed's guids are worthless;
from then on, for ever, guid and url together make the key, because turning back would show
every entry as new a second time. A guid or url that is the feed's own home page names no item.
"""

import hashlib
import re
import unicodedata
from collections import Counter
from collections.abc import Set

from monitor import url_keys
from monitor.model import Entry, FeedDocument, FeedState, IdentifiedEntry
from monitor.text import letters

_OUTLET_TAIL = re.compile(r"\s[-–—|]\s[^-–—|]{2,60}\Z")


def identify(document: FeedDocument, state: FeedState) -> tuple[tuple[IdentifiedEntry, ...], bool]:
    """Give each entry of a document its keys.

    An item listed twice (same guid, url and headline) is kept once; an empty one is left out.

    Args:
        document: its `beside` entries count when it comes to what is shared, and get no keys.
        state: says whether this feed's guids were found worthless before.

    Returns:
        The entries in document order, and whether this feed's guids are distrusted from now on
        (to be kept in `FeedState.distrust_guid`).
    """
    once = _without_doubles((*document.entries, *document.beside))
    home = {url_keys.item_key(document.link)} - {""}
    guids = Counter(guid_key(entry.guid) for entry in once if entry.guid)
    distrust = state.distrust_guid or any(count > 1 for count in guids.values())
    drafts = [_keys(entry, distrust, home) for entry in once]
    counts = Counter(key for keys in drafts for key in keys)
    beside = {id(entry) for entry in document.beside}
    found: dict[tuple[str, ...], IdentifiedEntry] = {}
    for entry, keys in zip(once, drafts, strict=True):
        if id(entry) not in beside and _says_something(entry):
            own = tuple([key for key in keys if counts[key] == 1]) or (spare_key(entry),)
            found.setdefault(own, IdentifiedEntry(own, entry))
    return tuple(found.values()), distrust


def _says_something(entry: Entry) -> bool:
    return bool(entry.guid or entry.url or entry.title or entry.summary or entry.content)


def _without_doubles(entries: tuple[Entry, ...]) -> list[Entry]:
    """Entries without items listed twice: same guid, url and headline."""
    once: dict[tuple[str, ...], Entry] = {}
    for entry in entries:
        once.setdefault((entry.guid, entry.url, _fold(entry.title), _rest(entry)), entry)
    return list(once.values())


def _rest(entry: Entry) -> str:
    """What tells an entry from its neighbours when it has neither guid nor url."""
    if entry.guid or entry.url:
        return ""
    return f"{entry.published} {entry.summary if not entry.title else ''}"


def _keys(entry: Entry, distrust: bool, home: Set[str]) -> list[str]:
    guid = guid_key(entry.guid)
    url = url_keys.item_key(entry.url)
    guid, url = "" if guid in home else guid, "" if url in home else url
    opaque = url_keys.is_opaque(entry.url)
    keys = []
    if guid and not distrust:
        keys.append(f"guid:{guid}")
    elif guid and entry.url and not opaque:
        keys.append(f"guid+url:{_digest(guid + ' ' + (url or entry.url))}")
    if url:
        keys.append(f"url:{_short(url)}")
    if number := url_keys.item_number(entry.url):
        keys.append(f"number:{number}")
    if entry.title and opaque:
        keys.append(f"title:{_digest(_bare_title(entry) + ' ' + _fold(entry.outlet))}")
    elif entry.title and (not guid or distrust):
        keys.append(f"title:{_digest(_fold(entry.title) + ' ' + _day(entry))}")
    return keys


def spare_key(entry: Entry) -> str:
    """Return a key from everything that names an item, for when all its others are another's."""
    whole = "\n".join((entry.guid, entry.url, _fold(entry.title), _day(entry), _rest(entry)))
    return f"item:{_digest(whole)}"


def guid_key(guid: str) -> str:
    """Return a guid as it is compared: one that is a url like a url, but for its fragment."""
    if guid.lower().startswith(("http://", "https://")):
        # A fragment of a guid is meant: a live page's posts have nothing else of their own.
        url, mark, fragment = guid.partition("#")
        guid = (url_keys.item_key(url) or url) + mark + fragment
    return _short(guid)


def _bare_title(entry: Entry) -> str:
    """The headline without the " - Outlet" that Google News appends."""
    title = entry.title
    if entry.outlet and title.endswith(entry.outlet):
        return _fold(title[: -len(entry.outlet)].rstrip(" -–—|"))
    return _fold(_OUTLET_TAIL.sub("", title))


def _fold(title: str) -> str:
    """A headline for comparing: compatibility forms, letters and digits only, case folded."""
    return letters(title) or unicodedata.normalize("NFKC", title).casefold()


def _day(entry: Entry) -> str:
    return entry.published.date().isoformat() if entry.published else ""


def _digest(value: str) -> str:
    return hashlib.sha256(value.encode("utf-8", "replace")).hexdigest()[:24]


def _short(value: str) -> str:
    """A key that stays readable when it is short and bounded when it is not."""
    return value if len(value) <= 200 else value[:100] + "…" + _digest(value)
