"""What a feed said: its items, and the document they stood in."""

from datetime import datetime, timedelta

from msgspec import Struct

from monitor.model.kinds import Language


class Entry(Struct, frozen=True):
    """One item of a feed, as text (no markup), before its page was read."""

    guid: str  # as the feed gave it; "" if none
    url: str  # absolute; "" if none
    title: str
    summary: str = ""  # plain text, a paragraph a line
    content: tuple[str, ...] = ()  # paragraphs of content:encoded or Atom content, if any
    authors: tuple[str, ...] = ()
    published: datetime | None = None
    published_text: str = ""  # as printed
    date_source: str = ""  # "item", "dc:date", "url", or "" when the feed gave none
    updated: datetime | None = None
    outlet: str = ""  # <source> of an aggregator's item


class IdentifiedEntry(Struct, frozen=True):
    """An entry with its keys inside its feed, strongest first.

    Two sightings are the same entry when they share any key (feeds.md section 4, items 1-7).
    """

    keys: tuple[str, ...]
    entry: Entry


class FeedDocument(Struct, frozen=True):
    """What one feed body said."""

    entries: tuple[Entry, ...]
    format: str  # "rss", "atom", "rdf", "json", "sitemap", "list"
    title: str = ""
    link: str = ""  # the page that the feed belongs to
    language: Language = ""
    ttl: timedelta | None = None
    skip_hours: frozenset[int] = frozenset()  # UTC hours
    skip_days: frozenset[int] = frozenset()  # Monday = 0
    update_period: timedelta | None = None  # sy:updatePeriod / sy:updateFrequency
    notes: tuple[str, ...] = ()  # repairs and doubts worth a log line
    listed: int = 0  # items in the body; more than `entries` when known ones were not read again
    segment_hashes: frozenset[str] = frozenset()  # of all items of the body, if it could be cut
    read: int = 0  # items that became `entries`, also where those are no longer at hand
    times: tuple[datetime, ...] = ()  # when those with a date came out, oldest first
    beside: tuple[Entry, ...] = ()  # known items read again: they share something with a new one
    cut_off: bool = False  # the body breaks off; the item that the cut goes through is left out
    unread: int = 0  # new items that were too costly for one reading; the next one brings them
