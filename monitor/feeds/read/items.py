"""What a reader hands on: the fields of an item as they stood in the document.

Every reader (feedparser, JSON Feed, sitemap, list page) fills these; `item_to_entry`
turns them into entries. Texts may still hold markup, links may be relative, dates are as printed.
"""

from datetime import timedelta

from msgspec import Struct


class Item(Struct, frozen=True):
    """One item of a document, unread; "" where the document says nothing."""

    guid: str = ""
    link: str = ""
    title: str = ""
    summary: str = ""
    content: str = ""
    authors: tuple[str, ...] = ()
    published: str = ""
    updated: str = ""  # atom:updated, dc:date, dcterms:modified
    outlet: str = ""
    image: str = ""  # its path may carry the day when nothing else does


class Head(Struct, frozen=True):
    """What a document says about itself."""

    format: str
    title: str = ""
    link: str = ""
    language: str = ""
    ttl: timedelta | None = None
    skip_hours: frozenset[int] = frozenset()
    skip_days: frozenset[int] = frozenset()
    update_period: timedelta | None = None
    base: str = ""  # what relative links stand on, when the document says so


class Reading(Struct, frozen=True):
    """A document as read: its head, its items in order, and what had to be mended."""

    head: Head
    items: tuple[Item, ...]
    notes: tuple[str, ...] = ()
