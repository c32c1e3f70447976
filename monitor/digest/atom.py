"""Flagged stories as an Atom feed (RFC 4287) that others can subscribe to.

A story keeps its id from digest to digest, and its `updated` moves only when something happened to
it, so that a feed reader shows it once and marks it when it changes. The JSON of a digest calls it
by the same id.
"""

from datetime import UTC, datetime, timedelta
from uuid import NAMESPACE_URL, uuid5
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from monitor.digest.card import Card
from monitor.digest.html import render
from monitor.digest.page import Page
from monitor.digest.phrasing import plain
from monitor.text import clean

_ATOM = "http://www.w3.org/2005/Atom"
_LANG = "{http://www.w3.org/XML/1998/namespace}lang"


def to_atom(page: Page, base_url: str = "") -> str:
    """Return the digest's stories as an Atom document.

    Args:
        page: what to show.
        base_url: where the feed will be found, for its self link and its ids; may be empty, then
            ids come from the digest's name alone.
    """
    feed = Element("feed", {"xmlns": _ATOM, _LANG: "en"})
    cards = [(card, section.name) for section in page.sections for card in section.cards]
    _text(feed, "id", uuid5(NAMESPACE_URL, clean(f"{base_url or 'wire-monitor'} {page.name}")).urn)
    _text(feed, "title", page.title)
    _text(feed, "subtitle", page.summary)
    _text(feed, "updated", max([_stamp(page.until), *(_updated(card) for card, _ in cards)]))
    SubElement(feed, "generator").text = "wire-monitor"
    SubElement(SubElement(feed, "author"), "name").text = "wire-monitor"
    if base_url:
        SubElement(feed, "link", rel="self", type="application/atom+xml", href=clean(base_url))
    for card, rule in cards:
        _entry(feed, card, rule)
    indent(feed)
    declaration = '<?xml version="1.0" encoding="utf-8"?>\n'
    return declaration + tostring(feed, encoding="unicode") + "\n"


def _entry(feed: Element, card: Card, rule: str) -> None:
    entry = SubElement(feed, "entry")
    _text(entry, "id", card.urn)
    _text(entry, "title", plain(card.headline), card.language)
    _text(entry, "published", _stamp(card.first_seen))
    _text(entry, "updated", _updated(card))
    if card.url:
        SubElement(entry, "link", rel="alternate", href=card.url)
    author = card.outlets[0].name if card.outlets else "unknown outlet"
    _text(SubElement(entry, "author"), "name", author)
    for name in (rule, *card.also):
        SubElement(entry, "category", term=name)
    content = _text(entry, "content", render("entry.html.j2", card=card), card.original_language)
    content.set("type", "html")


def _text(parent: Element, tag: str, text: str, language: str = "") -> Element:
    element = SubElement(parent, tag, {_LANG: language} if language else {})
    element.text = clean(text)
    return element


def _updated(card: Card) -> str:
    # Validators want no two entries with one time (W3C feed validation service).
    own = timedelta(microseconds=card.id % 1_000_000)
    return _stamp(card.changed_at.replace(microsecond=0) + own)


def _stamp(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="microseconds")
