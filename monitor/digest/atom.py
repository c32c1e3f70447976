"""Flagged stories as an Atom feed (RFC 4287) that others can subscribe to.

A story keeps its id from digest to digest, and its `updated` moves only when something happened to
it, so that a feed reader shows it once and marks it when it changes.
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
    feed = Element("feed", xmlns=_ATOM)
    seed = clean(f"{base_url or 'wire-monitor'} {page.name}")
    _text(feed, "id", uuid5(NAMESPACE_URL, seed).urn)
    _text(feed, "title", page.title)
    _text(feed, "subtitle", page.summary)
    _text(feed, "updated", _stamp(page.until))
    SubElement(feed, "generator").text = "wire-monitor"
    SubElement(SubElement(feed, "author"), "name").text = "wire-monitor"
    if base_url:
        SubElement(feed, "link", rel="self", type="application/atom+xml", href=clean(base_url))
    for section in page.sections:
        for card in section.cards:
            _entry(feed, card, section.name, seed)
    indent(feed)
    declaration = '<?xml version="1.0" encoding="utf-8"?>\n'
    return declaration + tostring(feed, encoding="unicode") + "\n"


def _entry(feed: Element, card: Card, rule: str, seed: str) -> None:
    entry = SubElement(feed, "entry")
    # The moment tells our story 7 from story 7 of another desk's monitor.
    _text(entry, "id", uuid5(NAMESPACE_URL, f"{seed} {card.story} {_stamp(card.first_seen)}").urn)
    _text(entry, "title", plain(card.headline))
    _text(entry, "published", _stamp(card.first_seen))
    # Validators want no two entries with one time (W3C feed validation service).
    own = timedelta(milliseconds=card.id % 1000)
    _text(entry, "updated", _stamp(card.changed_at + own, "milliseconds"))
    if card.url:
        SubElement(entry, "link", rel="alternate", href=card.url)
    author = card.outlets[0].name if card.outlets else "unknown outlet"
    SubElement(SubElement(entry, "author"), "name").text = author
    for name in (rule, *card.also):
        SubElement(entry, "category", term=name)
    language = {_LANG: card.original_language} if card.original_language else {}
    summary = SubElement(entry, "content", {"type": "html", **language})
    summary.text = render("entry.html.j2", card=card)


def _text(parent: Element, tag: str, text: str) -> None:
    SubElement(parent, tag).text = clean(text)


def _stamp(moment: datetime, precision: str = "seconds") -> str:
    return moment.astimezone(UTC).isoformat(timespec=precision)
