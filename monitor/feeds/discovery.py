"""Finds the feeds of a site in one of its pages.

In the order a reader should try them: what the page declares (`<link rel="alternate">`), links of
the page that look like a feed, and, marked as guesses, the urls at which the usual systems
keep theirs. Nothing is fetched here: whether a candidate is a feed only its document tells.
"""

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Literal

from msgspec import Struct

from monitor import charset, text, urls
from monitor.text.nesting import flattened

if TYPE_CHECKING:
    from selectolax.lexbor import LexborHTMLParser

_TYPES = {
    "application/rss+xml": "rss",
    "application/atom+xml": "atom",
    "application/rdf+xml": "rdf",
    "application/feed+json": "json",
    "application/json": "json",
    "application/xml": "rss",
    "text/xml": "rss",
}
_LOOKS_LIKE_FEED = re.compile(
    r"(?:/(?:rss|feed|feeds|atom)(?:[/._?-][^\s]*)?|\.(?:rss|rdf|atom)|[/_.-](?:rss|atom|feed)\w*\.xml"
    r"|/index\.xml|[?&]feed=(?:rss|atom)\w*|/feed\.json)\Z",
    re.I,
)
_WORDS = re.compile(r"\b(?:rss|atom)\b|フィード|订阅|訂閱|구독", re.I)
_NO_FEED = re.compile(
    r"\.(?:png|jpe?g|gif|svg|css|js|pdf|mp[34]|zip)\Z|^(?:mailto|javascript):", re.I
)
_COMMENTS = re.compile(r"comments?(?:/|%20|[-_ ]|\b)", re.I)
_GUESSES = (
    "/feed/",
    "/rss.xml",
    "/rss",
    "/feed.xml",
    "/atom.xml",
    "/index.xml",
    "/feed.json",
    "/news-sitemap.xml",
    "/sitemap-news.xml",
)
_MOST = 40
_LARGEST = 4_000_000  # bytes of a page
_DEEPEST = 100  # open elements; links are asked for their text, so each level costs all within


class Candidate(Struct, frozen=True):
    """A url that may be a feed."""

    url: str
    title: str = ""
    format: str = ""  # "rss", "atom", "rdf", "json", "sitemap"; "" when nothing tells
    found: Literal["declared", "linked", "guess"] = "guess"


def discover(html: bytes, url: str) -> tuple[Candidate, ...]:
    """List the feeds a page points to, best first, each url once.

    Args:
        html: the page.
        url: its own after redirects, for relative links and guesses.

    Returns:
        At most 40 candidates. Feeds of comments come after feeds of stories.
    """
    from selectolax.lexbor import LexborHTMLParser

    page = LexborHTMLParser(flattened(charset.utf8(html)[0][:_LARGEST], _DEEPEST))
    base_tag = page.css_first("base[href]")
    base = urls.absolute(base_tag.attributes.get("href") or "", url) if base_tag else ""
    found = [*_declared(page, base or url), *_linked(page, base or url)]
    found.sort(key=lambda one: bool(_COMMENTS.search(one.url) or _COMMENTS.search(one.title)))
    found += [_guess(path, url) for path in _GUESSES]
    own = urls.absolute(url, "")
    once = {one.url: one for one in reversed(found) if one.url and one.url != own}
    return tuple(dict.fromkeys(once[one.url] for one in found if one.url in once))[:_MOST]


def _declared(page: "LexborHTMLParser", base: str) -> Iterator[Candidate]:
    """Feeds that the head of the page names."""
    for link in page.css("link[rel][href]"):
        relations = (link.attributes.get("rel") or "").lower().split()
        kind = (link.attributes.get("type") or "").lower().split(";")[0].strip()
        if "feed" not in relations and ("alternate" not in relations or kind not in _TYPES):
            continue
        where = urls.absolute(link.attributes.get("href") or "", base)
        title = text.one_line(link.attributes.get("title") or "")[:200]
        yield Candidate(where, title, _TYPES.get(kind, ""), "declared")


def _linked(page: "LexborHTMLParser", base: str) -> Iterator[Candidate]:
    """Links that look like feeds, or whose words say so."""
    for anchor in page.css("a[href]"):
        target = (anchor.attributes.get("href") or "").strip()
        if _NO_FEED.search(target):
            continue
        words = text.one_line(anchor.text(separator=" ") or "")[:200]
        if _LOOKS_LIKE_FEED.search(target) or (_WORDS.search(words) and len(words) < 40):
            yield Candidate(urls.absolute(target, base), words, "", "linked")


def _guess(path: str, url: str) -> Candidate:
    parts = urls.split(urls.absolute(url))
    kind = "sitemap" if "sitemap" in path else "json" if path.endswith("json") else ""
    where = f"{parts.scheme}://{parts.netloc}{path}" if parts.netloc else ""
    return Candidate(where, "", kind, "guess")
