"""Bytes to a feed document: what is it, which reader takes it, what may be read of it.

The root element decides, not the Content-Type: real feeds come as text/plain and firewall pages as
application/rss+xml, both with status 200. JSON goes to the JSON Feed reader, <urlset> to the
sitemap reader, a page to its selectors when the user gave some; everything else is XML
(`monitor.feeds.read.xmlfeed`). What is no feed is refused with a word on what it is instead.

Bounded whatever comes: at most `feed.max_items` items are read, and of a document that cannot be
mended only as much as the tolerant reader can afford (`feedparser_xml`).
"""

import re
from datetime import datetime, timedelta

from msgspec.structs import replace

from monitor import charset, dates, text, urls
from monitor.errors import NotAFeed
from monitor.feeds.freshness import entry_time
from monitor.feeds.read import (
    compressed,
    item_to_entry,
    jsonfeed,
    listpage,
    repair,
    sitemap,
    xmlfeed,
)
from monitor.feeds.read.items import Reading
from monitor.model import Entry, Feed, FeedDocument
from monitor.text import markup

_ROOT = re.compile(r"<([A-Za-z_][\w.:-]*)")
_FEEDS = frozenset({"rss", "rdf", "feed", "channel"})
_PAGES = frozenset({"html", "head", "body", "meta", "script", "div"})
_TITLE = re.compile(r"<title\b[^<>]*>(.{0,300}?)</title", re.I | re.S)
_LEADING = "\ufeff \t\r\n\0"
_KOREAN_AHEAD = (timedelta(hours=8), timedelta(hours=9, minutes=5))
_MAGIC = (
    (b"%PDF", "a PDF file"),
    (compressed.MAGIC, "gzip data in gzip data"),
    (b"PK\x03\x04", "a zip file"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
)


def parse(
    body: bytes,
    feed: Feed,
    *,
    url: str = "",
    content_type: str = "",
    now: datetime,
    known: frozenset[str] = frozenset(),
) -> FeedDocument:
    """Read the document of a feed.

    Args:
        body: decoded from its Content-Encoding.
        feed: says format, selectors, zone and how many items to read.
        url: where it came from, after redirects; relative links stand on it.
        content_type: the response's header.
        now: aware.
        known: `FeedState.segment_hashes`; items with these hashes are left out of `entries`.

    Raises:
        NotAFeed: the body is something else; the message says what.
    """
    body = compressed.unpacked(body)
    for magic, name in _MAGIC:
        if body.startswith(magic):
            raise NotAFeed(f"this is {name}, not a feed")
    decoded = charset.decode(body, content_type)
    found = _read(decoded.text, feed, known)
    if found.cut_off and not found.listed:
        raise NotAFeed("the body breaks off before its first item is whole")
    head = found.reading.head
    asked = url or feed.url
    zone = feed.timezone or dates.zone_for(feed.country, asked) or "UTC"
    made, beside = (
        tuple(item_to_entry.entry(item, head, url=asked, zone=zone, now=now) for item in items)
        for items in (found.reading.items, found.beside)
    )
    cut = "the body breaks off; the rest is asked for again" if found.cut_off else ""
    notes = (decoded.note, cut, *found.reading.notes, _zone_note(made, now))
    return FeedDocument(
        entries=made,
        format=head.format,
        title=markup.title(head.title),
        link=urls.absolute(head.link, asked),
        language=head.language.strip().lower().replace("_", "-").split("-")[0][:8],
        ttl=head.ttl,
        skip_hours=head.skip_hours,
        skip_days=head.skip_days,
        update_period=head.update_period,
        notes=tuple(note for note in notes if note),
        listed=found.listed,
        read=len(made),
        times=tuple(sorted(entry_time(entry, now) for entry in made if entry.published)),
        segment_hashes=found.hashes,
        beside=beside,
        cut_off=found.cut_off,
        unread=found.unread,
    )


def _read(document: str, feed: Feed, known: frozenset[str]) -> xmlfeed.Markup:
    document = document.lstrip(_LEADING)
    if not document:
        raise NotAFeed("the body is empty")
    if feed.format == "list":
        if feed.list_page is None:
            raise NotAFeed("the feed says format = “list” but has no list_page selectors")
        return _all(listpage.read(document, feed.list_page, feed.max_items))
    if document[0] in "{[":
        return _all(jsonfeed.read(document, feed.max_items))
    bare = repair.bare(document)
    root = _root(bare)
    markup, is_cut = repair.without_cut_item(bare, root) if root else (bare, False)
    if root in {"urlset", "sitemapindex"}:
        return replace(_all(sitemap.read(markup, feed.max_items)), cut_off=is_cut)
    if root in _FEEDS or (root and root not in _PAGES and xmlfeed.holds_items(bare)):
        found = xmlfeed.read(markup, feed.max_items, known)
        if found is not None and (found.listed or root in _FEEDS):
            return replace(found, cut_off=is_cut)
    raise NotAFeed(_what(document, root))


def _all(reading: Reading) -> xmlfeed.Markup:
    return xmlfeed.Markup(reading, len(reading.items))


def _zone_note(found: tuple[Entry, ...], now: datetime) -> str:
    """A note when the newest dates run eight to nine hours ahead: Korean time labelled as UTC."""
    ahead = [entry.published - now for entry in found if entry.published]
    if not ahead or not _KOREAN_AHEAD[0] <= max(ahead) <= _KOREAN_AHEAD[1]:
        return ""
    return f"dates run {max(ahead).total_seconds() / 3600:.1f} h ahead: Korean time given as UTC?"


def _root(bare: str) -> str:
    """The local name of the first element, lower case."""
    found = _ROOT.search(re.sub(r"<!--.*?(?:-->|\Z)", "", bare[:100_000], flags=re.S))
    return found[1].split(":")[-1].lower() if found else ""


def _what(document: str, root: str) -> str:
    """One phrase on what a body that is no feed looks like."""
    found = _TITLE.search(document[:200_000])
    title = text.one_line(re.sub(r"<[^<>]*>", "", found[1]))[:80] if found else ""
    if root in _PAGES or "<html" in document[:5000].lower():
        return f"this is an HTML page titled “{title}”" if title else "this is an HTML page"
    if root == "opml":
        return "this is an OPML list of feeds; import it with “monitor feeds import”"
    if root:
        return f"this is XML but no feed (its root element is <{root}>)"
    return f"this is text and no feed; it begins “{text.one_line(document[:300])[:60]}”"
