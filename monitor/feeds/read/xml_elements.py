"""What the elements of RSS, RDF and Atom are to us, by name and namespace; texts mended."""

import functools
import re
from contextlib import suppress
from xml.etree.ElementTree import Element

_PREFIXES = {
    "": "",
    "http://www.w3.org/2005/atom": "",
    "http://purl.org/rss/1.0/": "",
    "http://backend.userland.com/rss": "",
    "http://backend.userland.com/rss2": "",
    "http://purl.org/dc/elements/1.1/": "dc:",
    "http://purl.org/dc/terms/": "dcterms:",
    "http://purl.org/rss/1.0/modules/content/": "content:",
    "http://purl.org/rss/1.0/modules/syndication/": "sy:",
    "http://search.yahoo.com/mrss/": "media:",
    "http://search.yahoo.com/mrss": "media:",
    "http://www.itunes.com/dtds/podcast-1.0.dtd": "itunes:",
}
# What the elements of an item are to us; those not listed say nothing of interest.
_ROLES = {
    "title": "title",
    "dc:title": "title",
    "media:title": "media title",
    "link": "link",
    "guid": "guid",
    "id": "guid",
    "description": "summary",
    "dc:description": "summary",
    "abstract": "summary",
    "summary": "summary",
    "itunes:summary": "summary",
    "media:description": "media text",
    "content": "content",
    "content:encoded": "content",
    "author": "author",
    "managingeditor": "author",
    "dc:creator": "author",
    "dc:author": "author",
    "itunes:author": "author",
    "contributor": "contributor",
    "pubdate": "published",
    "published": "published",
    "issued": "published",
    "dcterms:issued": "published",
    "updated": "updated",
    "modified": "updated",
    "lastbuilddate": "updated",
    "dc:date": "updated",
    "dcterms:modified": "updated",
    "created": "created",
    "dcterms:created": "created",
    "source": "source",
    "media:content": "media content",
    "media:thumbnail": "media thumbnail",
    "media:group": "media group",
    "enclosure": "enclosure",
    "item": "odd",
    "entry": "odd",
    "image": "odd",
    "textinput": "odd",
    "body": "odd",
    "fullitem": "odd",
    "tags": "odd",
}
_KNOWN_NAMES = frozenset(name.split(":")[-1] for name in _ROLES)
_HTML_TYPES = frozenset({"", "html", "text/html", "xhtml", "application/xhtml+xml"})
_AFTER_SCHEME = re.compile(r"^([A-Za-z][A-Za-z0-9+-.]*://)/+")
_C1 = re.compile("[\x80-\x9f]")


@functools.lru_cache(maxsize=2000)
def name_of(tag: str) -> str:
    """ "dc:date" for a tag of a namespace we know, "date" for RSS and Atom, else ""."""
    space, _, local = tag.rpartition("}")
    prefix = _PREFIXES.get(space[1:].lower())
    return "" if prefix is None else prefix + local.lower()


@functools.lru_cache(maxsize=2000)
def role_of(tag: str) -> str:
    name = name_of(tag)
    if name:
        return _ROLES.get(name, "")
    # In a namespace we do not know, feedparser may still take a known name for the real thing.
    return "odd" if tag.rpartition("}")[2].lower() in _KNOWN_NAMES else ""


def is_alternate(link: Element) -> bool:
    kind = link.get("type", "text/html").lower()
    return link.get("rel", "alternate").lower() == "alternate" and kind in _HTML_TYPES


def mended_url(url: str) -> str:
    """Templates leave "http:///path" behind."""
    return _AFTER_SCHEME.sub(r"\1", url) if ":///" in url else url


def repaired(text: str) -> str:
    """Undo the commonest double encoding: UTF-8 bytes that were read as Latin-1 or windows-1252."""
    if text.isascii():
        return text
    with suppress(UnicodeEncodeError, UnicodeDecodeError):
        text = text.encode("iso-8859-1").decode("utf-8")
    return _C1.sub(_from_cp1252, text) if _C1.search(text) else text


def _from_cp1252(match: "re.Match[str]") -> str:
    return match[0].encode("iso-8859-1").decode("cp1252", "ignore") or match[0]
