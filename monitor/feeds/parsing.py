"""Bytes to a feed document: what is it, which reader takes it, what may be read of it.

The root element decides, not the Content-Type: real feeds come as text/plain and firewall pages as
application/rss+xml, both with status 200. JSON goes to the JSON Feed reader, <urlset> to the
sitemap reader, a page to its selectors when the user gave some; everything else is mended as far as
needed and read by feedparser. What is no feed is refused with a word on what it is instead.

Bounded whatever comes: at most `feed.max_items` items are read, and of a document that is not even
mendable only the first few megabytes.
"""

import re
from datetime import datetime

from monitor import dates, text
from monitor.errors import NotAFeed
from monitor.feeds import charset, entries, jsonfeed, listpage, mending, sitemap, through_feedparser
from monitor.feeds.items import Reading
from monitor.model import Feed, FeedDocument

_ROOT = re.compile(r"<([A-Za-z_][\w.:-]*)")
_ITEM = re.compile(r"<(?:[\w-]+:)?(?:item|entry)[\s>]")
_FEEDS = frozenset({"rss", "rdf", "feed", "channel"})
_TITLE = re.compile(r"<title\b[^<>]*>(.{0,300}?)</title", re.I | re.S)
_BROKEN_LIMIT = 3_000_000  # characters; the tolerant parser reads about one a microsecond
_MAGIC = (
    (b"%PDF", "a PDF file"),
    (b"\x1f\x8b", "gzip data"),
    (b"PK\x03\x04", "a zip file"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
)


def parse(
    body: bytes, feed: Feed, *, url: str = "", content_type: str = "", now: datetime
) -> FeedDocument:
    """Read the document of a feed.

    Args:
        body: decoded from its Content-Encoding.
        feed: says format, selectors, zone and how many items to read.
        url: where it came from, after redirects; relative links stand on it.
        content_type: the response's header.
        now: aware.

    Raises:
        NotAFeed: the body is something else; the message says what.
        ConfigError: the feed's selectors are no CSS.
    """
    for magic, name in _MAGIC:
        if body.startswith(magic):
            raise NotAFeed(f"this is {name}, not a feed")
    decoded = charset.decode(body, content_type)
    reading = _read(decoded.text, feed)
    address = url or feed.url
    zone = feed.timezone or dates.zone_for(feed.country, address) or "UTC"
    found = tuple(
        entries.entry(item, reading.head, feed, url=address, zone=zone, now=now)
        for item in reading.items[: feed.max_items]
    )
    notes: tuple[str, ...] = (decoded.note,) if decoded.note else ()
    if len(reading.items) > feed.max_items:
        notes += (f"only the first {feed.max_items} items were read",)
    head = reading.head
    return FeedDocument(
        entries=found,
        format=head.format,
        title=text.one_line(head.title),
        language=head.language.strip().lower().replace("_", "-").split("-")[0][:8],
        ttl=head.ttl,
        skip_hours=head.skip_hours,
        skip_days=head.skip_days,
        update_period=head.update_period,
        notes=notes + reading.notes,
        listed=len(found),
    )


def _read(document: str, feed: Feed) -> Reading:
    start = document.lstrip("\ufeff \t\r\n\0")[:2000]
    if not start:
        raise NotAFeed("the body is empty")
    if feed.format == "list":
        if feed.list_page is None:
            raise NotAFeed("the feed says format = “list” but has no list_page selectors")
        return listpage.read(document, feed.list_page, feed.max_items)
    if start[0] in "{[":
        return jsonfeed.read(document.lstrip("\ufeff \t\r\n\0"))
    markup = mending.bare(document)
    root = _root(markup)
    if root in {"urlset", "sitemapindex"}:
        return sitemap.read(markup, feed.max_items)
    if root not in _FEEDS and not (root and _ITEM.search(markup, 0, 200_000)):
        raise NotAFeed(_what(document, root))
    reading = _read_markup(markup, feed.max_items)
    if reading is None or (not reading.items and root not in _FEEDS):
        raise NotAFeed(_what(document, root))
    return reading


def _root(markup: str) -> str:
    """The local name of the first element, lower case."""
    found = _ROOT.search(re.sub(r"<!--.*?-->", "", markup[:100_000], flags=re.S))
    return found[1].split(":")[-1].lower() if found else ""


def _read_markup(markup: str, limit: int) -> Reading | None:
    notes: list[str] = []
    if not mending.well_formed(markup.encode("utf-8", "replace")):
        mended = mending.escaped(markup)
        if not mending.well_formed(mended.encode("utf-8", "replace")):
            notes.append("not well-formed XML")
            if len(mended) > _BROKEN_LIMIT:
                mended = mended[:_BROKEN_LIMIT]
                notes.append(f"only the first {_BROKEN_LIMIT} characters were read")
        markup = mended
    markup = _first_items(markup, limit + 1)
    reading = through_feedparser.read(markup)
    return reading and Reading(reading.head, reading.items, reading.notes + tuple(notes))


def _first_items(markup: str, count: int) -> str:
    for number, found in enumerate(_ITEM.finditer(markup)):
        if number == count:
            return markup[: found.start()]
    return markup


def _what(document: str, root: str) -> str:
    """One phrase on what a body that is no feed looks like."""
    found = _TITLE.search(document[:200_000])
    title = text.one_line(re.sub(r"<[^<>]*>", "", found[1]))[:80] if found else ""
    page = root in {"html", "head", "body", "meta", "script", "div"}
    if page or "<html" in document[:5000].lower():
        return f"this is an HTML page titled “{title}”" if title else "this is an HTML page"
    if root == "opml":
        return "this is an OPML list of feeds; import it with “monitor feeds import”"
    if root:
        return f"this is XML but no feed (its root element is <{root}>)"
    return f"this is text and no feed; it begins “{text.one_line(document[:300])[:60]}”"
