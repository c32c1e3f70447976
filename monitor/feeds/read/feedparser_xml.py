"""Reads RSS, RDF and Atom with feedparser: the reader for everything that is not plain.

feedparser is the most robust reader of broken XML there is. It is used here with its sanitiser and
link resolution off (we show text, and resolve an entry's own link ourselves), on text we decoded
and mended ourselves, and never through its network code: it is given a stream of bytes, because a
string that looks like a url or a file name would be opened. Its dates are not used (see
`monitor.dates`); its `bozo` flag is no alarm, since most bozo documents read well. Where it raises,
lxml makes the document well-formed, at the price of what it cannot place, and it is tried again.

It takes some 10 to 25 us for each tag, fifty times what the quick reader takes, so what it is given
is bounded: `cost` says what a text would cost, `affordable` cuts one that costs more than `MOST`.
"""

import functools
import io
import re
from typing import Any

from monitor.feeds.read import repair
from monitor.feeds.read.item_draft import is_video
from monitor.feeds.read.items import Head, Item, Reading
from monitor.feeds.read.syndication import minutes, period, skips

MOST = 25_000  # half a second for the worst that a fuzz found: items broken by deep tags
CALL = 20  # what a document costs besides its text

_CHARACTERS = 64  # cost as much as a tag where they are attributes or entities
# The time xml.sax takes for a start tag grows with the square of its attributes.
_CROWDED = re.compile(r"<[A-Za-z_:][^<>=]*+(?:=[^<>=]*+){100}")
_ROOT = re.compile(r"<(?:[\w.-]+:)?(rss|rdf|feed)[\s>]", re.I)
# feedparser takes what describes a picture for the text of the item.
_CAPTION = re.compile(r"(</?media:)description(?=[\s/>])")
_NO_LINK = re.compile(r"ispermalink\s*=\s*[\"']\s*false", re.I)
_APART = "monitorcaption"
_LONGEST_NAME = 1000  # characters
_FORMATS = {"rss": "rss", "rdf": "rdf", "feed": "atom"}


def cost(text: str) -> int:
    """Return about how much work a text is, in tags."""
    attributes = text.count('="') + text.count("='")
    return text.count("<") + attributes // 3 + len(text) // _CHARACTERS


def affordable(text: str) -> str:
    """Return as much of the beginning of a text as costs no more than `MOST`."""
    text = text[: MOST * _CHARACTERS]
    while (spent := cost(text)) > MOST:
        text = text[: len(text) * MOST // (spent + 1)]
    return text


def read(text: str) -> Reading | None:
    """Read a decoded document; None when feedparser sees neither a feed nor an item in it.

    Args:
        text: no more of it is read than is `affordable`, and nothing when it holds a start tag of
            more than a hundred attributes.
    """
    text = affordable(text)
    if _CROWDED.search(text):
        return None
    try:
        text = _CAPTION.sub(r"\1" + _APART, text)
        parsed = _parse(text.encode("utf-8", "replace"))
    except Exception:  # some of its handlers stumble over broken markup: KeyError, TypeError, …
        try:
            parsed = _parse(repair.recovered(text).encode("utf-8", "replace"))
        except Exception:
            return None
    version: str = dict.get(parsed, "version") or ""
    entries: list[Any] = dict.get(parsed, "entries") or []
    if not version and not entries:
        return None
    feed = dict.get(parsed, "feed") or {}
    # By the root: feedparser's version is "atom10" for any document that names the namespace.
    root = _ROOT.search(text)
    kind = _FORMATS[root[1].lower()] if root else "rss"
    hours, days = skips(text)
    head = Head(
        format=kind,
        title=_text(feed, "title"),
        link=_text(feed, "link"),
        language=_text(feed, "language"),
        ttl=minutes(_text(feed, "ttl")),
        skip_hours=hours,
        skip_days=days,
        update_period=period(_text(feed, "sy_updateperiod"), _text(feed, "sy_updatefrequency")),
    )
    may_be_link = _NO_LINK.search(text) is None
    return Reading(head, tuple(_item(entry, kind == "atom", may_be_link) for entry in entries))


def _parse(data: bytes) -> Any:
    return _feedparser().parse(io.BytesIO(data), sanitize_html=False, resolve_relative_uris=False)


@functools.cache
def _feedparser() -> Any:
    """Import feedparser when a document first needs it: it costs 0.1 s of CPU."""
    import feedparser

    _shorten_names()
    # Its own date handlers are slow and their answers not used; the last registered comes first.
    feedparser.registerDateHandler(lambda text: (1970, 1, 1, 0, 0, 0, 3, 1, 0))
    return feedparser


def _shorten_names() -> None:
    """Have feedparser look for a mail address in the beginning of a name only.

    It looks in the square of its length: 35 s for 120 kB.
    """
    from feedparser import mixin

    reader = getattr(mixin, "_FeedParserMixin", None)
    whole = getattr(reader, "_sync_author_detail", None)
    if reader is None or whole is None:  # another version does it otherwise
        return

    def of_short_name(self: Any, key: str = "author") -> None:
        context = self._get_context()
        if isinstance(name := dict.get(context, key), str):
            context[key] = name[:_LONGEST_NAME]
        whole(self, key)

    reader._sync_author_detail = of_short_name


def _item(entry: Any, atom: bool, guid_may_be_link: bool) -> Item:
    content = _contents(entry)
    summary = _text(entry, "summary")
    films = _parts(entry, "media_content")
    if not summary and any(is_video(dict.get(m, "medium"), dict.get(m, "type")) for m in films):
        summary = _text(entry, f"media_{_APART}")
    guid = _text(entry, "id")
    # RSS 2.0: a guid is the item's url unless it says otherwise; an empty <link> says nothing.
    permalink = guid if guid_may_be_link and guid.startswith(("http://", "https://")) else ""
    source = dict.get(entry, "source")
    return Item(
        guid=guid,
        link=_text(entry, "link") or ("" if atom else permalink),
        title=_text(entry, "title"),
        # feedparser copies the content into an empty summary.
        summary="" if summary == content else summary,
        content=content,
        authors=_authors(entry),
        published=_text(entry, "published") or (_text(entry, "created") if atom else ""),
        updated=_text(entry, "updated"),
        outlet=_text(source, "title") if isinstance(source, dict) else "",
        image=_image(entry),
    )


def _text(values: Any, key: str) -> str:
    # dict.get, since feedparser's own look-up maps names and warns about some of them.
    value = dict.get(values, key)
    return value if isinstance(value, str) else ""


def _parts(values: Any, key: str) -> list[dict[str, Any]]:
    """The values of a kind that there may be several of.

    An element of a document that nobody else calls so, `<links>`, takes their place as a text.
    """
    found = dict.get(values, key)
    return [part for part in found if isinstance(part, dict)] if isinstance(found, list) else []


def _contents(entry: Any) -> str:
    """The longest of the contents that are text or HTML."""
    contents = _parts(entry, "content")
    values = [value for content in contents if (value := _text(content, "value"))]
    return max(values, key=len, default="")


def _authors(entry: Any) -> tuple[str, ...]:
    names = [_text(author, "name") for author in _parts(entry, "authors")]
    names = [name for name in names if name] or [_text(entry, "author")]
    return tuple(dict.fromkeys(name for name in names if name))


def _image(entry: Any) -> str:
    for key in ("media_content", "media_thumbnail"):
        for media in _parts(entry, key):
            if url := _text(media, "url"):
                return url
    for link in _parts(entry, "links"):
        if _text(link, "rel") == "enclosure" and (url := _text(link, "href")):
            return url
    return ""
