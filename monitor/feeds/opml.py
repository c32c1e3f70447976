"""Feed lists to and from other readers (OPML 2.0).

What OPML has no name for (kind, country, zone, interval, selectors are left out) travels in
attributes of our own namespace, so that an exported list reads back whole here and plainly
elsewhere.
"""

import re
from collections.abc import Iterable, Mapping
from datetime import timedelta
from typing import Literal, cast, get_args
from xml.etree import ElementTree
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from msgspec import Struct
from msgspec.structs import replace

from monitor import charset, text, url_keys, urls
from monitor.errors import ConfigError
from monitor.feeds.read import repair
from monitor.model import Feed

_OURS = "urn:wire-monitor:feed"
_NOT_NAME = re.compile(r"[^\w]+")
Kind = Literal["wire", "paper", "broadcaster", "government", "think-tank", "aggregator", "other"]
_FEED_SCHEME = re.compile(r"\A(?:feeds?|rss|pcast|itpc):(?=https?://|//)", re.IGNORECASE)
_LANGUAGE = re.compile(r"([a-z]{2})(?:[-_]\w+)*", re.IGNORECASE)
_KINDS = frozenset(get_args(Kind))


class OpmlFeeds(Struct, frozen=True):
    """What an OPML list holds: its feeds, and the outlines that name none we can read."""

    feeds: tuple[Feed, ...]
    dropped: tuple[str, ...] = ()  # "name: why", one line each


def read_opml(body: bytes) -> OpmlFeeds:
    """Read the feeds of an OPML list, each feed once, with a unique name each.

    Raises:
        ConfigError: this is no OPML, or it lists no feed.
    """
    markup = repair.bare(charset.decode(body).text)
    try:
        root = ElementTree.fromstring(repair.escaped(markup))
    except (ElementTree.ParseError, ValueError) as error:
        raise ConfigError(f"this is no OPML that can be read ({error})") from None
    if root.tag.lower() != "opml":
        raise ConfigError(f"this is no OPML (its root element is <{root.tag}>)")
    feeds: dict[str, Feed] = {}
    names: set[str] = set()
    dropped: list[str] = []
    for outline in root.iter("outline"):
        values = {key.lower(): value.strip() for key, value in outline.attrib.items()}
        said = _url_of(values)
        if said is None:
            continue
        title = values.get("title") or values.get("text") or said
        url = _web_url(said)
        if not url:
            dropped.append(
                f"{text.one_line(title)[:80]}: {text.one_line(said)[:200]} is no web url"
            )
            continue
        place = url_keys.feed_key(url)
        if place in feeds:
            if url.startswith("https:") and feeds[place].url.startswith("http:"):
                feeds[place] = replace(feeds[place], url=url)
            continue
        name = _name(title, names)
        names.add(name)
        feeds[place] = _feed(name, url, values)
    if not feeds:
        why = f": {'; '.join(dropped[:5])}" if dropped else " (no outline with an xmlUrl)"
        raise ConfigError(f"this OPML lists no feed{why}")
    return OpmlFeeds(tuple(feeds.values()), tuple(dropped))


def _url_of(values: Mapping[str, str]) -> str | None:
    """Return what an outline gives as the url of a feed, None when it is none (a folder, a link).

    OPML 1 lists had `url`; what is of type "link" or "include" there is another list or a page.
    """
    if "xmlurl" in values:
        return values["xmlurl"]
    kind = values.get("type", "").lower()
    if "url" in values and kind not in {"link", "include"}:
        return values["url"]
    return None


def _web_url(said: str) -> str:
    """Return an http(s) url; "feed:" and its kin are how browsers once told feeds from pages."""
    said = _FEED_SCHEME.sub("", said)
    if said.startswith("//"):
        said = f"http:{said}"
    return urls.absolute(said)


def write_opml(feeds: Iterable[Feed]) -> str:
    """Write an OPML list; pages read by selectors are left out, since nobody else can read them."""
    opml = Element("opml", {"version": "2.0", "xmlns:monitor": _OURS})
    SubElement(SubElement(opml, "head"), "title").text = "wire-monitor feeds"
    body = SubElement(opml, "body")
    for feed in feeds:
        if feed.format == "list":
            continue
        values = {
            "type": "rss",
            "text": feed.name,
            "title": feed.name,
            "xmlUrl": feed.url,
            "language": feed.language,
            "monitor:kind": feed.kind,
            "monitor:country": feed.country,
            "monitor:timezone": feed.timezone,
            "monitor:format": feed.format,
            "monitor:every": f"{feed.every.total_seconds():.0f}",
        }
        said = {key: text.one_line(value) for key, value in values.items() if value}
        SubElement(body, "outline", said)
    indent(opml)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{tostring(opml, encoding="unicode")}\n'


def _feed(name: str, url: str, values: dict[str, str]) -> Feed:
    def ours(key: str) -> str:
        return values.get(f"{{{_OURS}}}{key}", "")

    seconds = ours("every")
    every = int(seconds) if seconds.isascii() and seconds.isdigit() and len(seconds) < 8 else 0
    kind = ours("kind")
    said = values.get("language", "")
    feed = Feed(
        name=name,
        url=url,
        language=found[1].lower() if (found := _LANGUAGE.fullmatch(said)) else "",
        country=ours("country")[:2].upper(),
        timezone=ours("timezone")[:60],
        format="sitemap" if ours("format") == "sitemap" else "feed",
    )
    if every >= 60:
        feed = replace(feed, every=timedelta(seconds=every))
    return replace(feed, kind=cast("Kind", kind)) if kind in _KINDS else feed


def _name(title: str, taken: set[str]) -> str:
    """A name as the configuration has them: "Yonhap News (en)" gives "yonhap-news-en"."""
    stem = _NOT_NAME.sub("-", text.one_line(title).casefold()).strip("-_")[:60] or "feed"
    name, number = stem, 2
    while name in taken:
        name, number = f"{stem}-{number}", number + 1
    return name
