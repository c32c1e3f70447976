"""Flagged stories as an Atom feed (RFC 4287) that others can subscribe to.

A story keeps its id from digest to digest, and its `updated` moves only when something happened to
it, so that a feed reader shows it once and marks it when it changes.
"""

from datetime import UTC, datetime
from uuid import NAMESPACE_URL, uuid5
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from monitor.digest.card import Card
from monitor.digest.html import render
from monitor.digest.page import lay_out
from monitor.digest.phrasing import plain
from monitor.model import Digest, StoryView
from monitor.text import clean

_ATOM = "http://www.w3.org/2005/Atom"


def to_atom(digest: Digest, base_url: str = "") -> str:
    """Return the digest's stories as an Atom document.

    Args:
        digest: what to show.
        base_url: where the feed will be found, for its self link and its ids; may be empty, then
            ids come from the digest's name alone.
    """
    page = lay_out(digest)
    feed = Element("feed", xmlns=_ATOM)
    seed = clean(f"{base_url or 'wire-monitor'} {digest.name}")
    _text(feed, "id", uuid5(NAMESPACE_URL, seed).urn)
    _text(feed, "title", page.title)
    _text(feed, "subtitle", page.summary)
    _text(feed, "updated", _stamp(digest.until))
    SubElement(feed, "generator").text = "wire-monitor"
    SubElement(SubElement(feed, "author"), "name").text = "wire-monitor"
    if base_url:
        SubElement(feed, "link", rel="self", type="application/atom+xml", href=clean(base_url))
    stories = {story.id: story for section in digest.sections for story in section.stories}
    for section in page.sections:
        for card in section.cards:
            _entry(feed, card, stories[card.id], section.name, seed)
    indent(feed)
    declaration = '<?xml version="1.0" encoding="utf-8"?>\n'
    return declaration + tostring(feed, encoding="unicode") + "\n"


def _entry(feed: Element, card: Card, story: StoryView, rule: str, seed: str) -> None:
    entry = SubElement(feed, "entry")
    # The moment tells our story 7 from story 7 of another desk's monitor.
    _text(entry, "id", uuid5(NAMESPACE_URL, f"{seed} {card.id} {_stamp(story.first_seen)}").urn)
    _text(entry, "title", plain(card.headline))
    _text(entry, "published", _stamp(story.first_seen))
    _text(entry, "updated", _stamp(max([story.first_seen, *(c.at for c in story.changes)])))
    if card.url:
        SubElement(entry, "link", rel="alternate", href=card.url)
    author = card.outlets[0].name if card.outlets else "unknown outlet"
    SubElement(SubElement(entry, "author"), "name").text = author
    for name in (rule, *card.also):
        SubElement(entry, "category", term=name)
    summary = SubElement(entry, "content", type="html")
    summary.text = render("entry.html.j2", card=card)


def _text(parent: Element, tag: str, text: str) -> None:
    SubElement(parent, tag).text = clean(text)


def _stamp(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="seconds")
