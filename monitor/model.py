"""The nouns of the desk, and nothing else.

All are frozen dataclasses; what passes from one room to the next is one of these. They hold no
logic that needs a clock, a network or a database.

Times are aware datetimes. What was read off a page or feed keeps the offset it was printed with
(so `published.isoformat()` shows the reader what the outlet wrote) and the words as printed stand
beside it; everything our own clock made (`first_seen`, `due`) is in UTC.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Literal

from monitor.errors import UsageError

Zone = Literal["headline", "lede", "body"]
Level = Literal["now", "digest", "log"]
LEVELS: tuple[Level, ...] = ("now", "digest", "log")  # loudest first
SEARCH_FLAG = "@"  # begins the rule of a flag that a saved search gave
LOUDNESS: Mapping[Level, int] = {level: place for place, level in enumerate(reversed(LEVELS))}
Role = Literal["original", "copy", "rewrite", "take", "translation"]  # of an article in its story
WorkState = Literal["todo", "done", "seen", "left"]  # of an entry; seen: only remembered
PageState = Literal["todo", "done", "never", "lost"]  # of an article's page
TroubleKind = Literal["failing", "blocked", "silent", "frozen", "gapped", "never read"]
SendState = Literal["queued", "sent", "parked"]  # of a message in the outbox
Language = str  # "en", "ko", "zh", "ja", or another ISO 639-1 code; "" when not known

# ------------------------------------------------------------------ feeds


@dataclass(frozen=True, slots=True)
class ListPage:
    """CSS selectors that read a page of links as if it were a feed (`format = "list"`)."""

    item: str  # one element an entry
    link: str = "a"  # inside the item; its href
    title: str = ""  # inside the item; the link's text when empty
    date: str = ""  # inside the item


@dataclass(frozen=True, slots=True)
class Feed:
    """One source as the user configured it."""

    name: str
    url: str
    kind: Literal[
        "wire", "paper", "broadcaster", "government", "think-tank", "aggregator", "other"
    ] = "other"
    language: Language = ""
    country: str = ""  # ISO 3166 alpha-2; says what "Korea" alone means and the zone of bare clocks
    timezone: str = ""  # IANA name; empty: by country, else UTC
    every: timedelta = timedelta(minutes=15)
    pages: Literal["all", "hits", "none"] = "all"
    format: Literal["feed", "list", "sitemap"] = "feed"
    list_page: ListPage | None = None
    private: bool = False
    user_agent: str = ""
    max_items: int = 2000


@dataclass(frozen=True, slots=True)
class Entry:
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


@dataclass(frozen=True, slots=True)
class IdentifiedEntry:
    """An entry with its keys inside its feed, strongest first.

    Two sightings are the same entry when they share any key (feeds.md section 4, items 1-7).
    """

    keys: tuple[str, ...]
    entry: Entry
    spare: str = ""  # a key from everything that names it, for when all others are another's


@dataclass(frozen=True, slots=True)
class FeedDocument:
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
    beside: tuple[Entry, ...] = ()  # known items read again: they share something with a new one
    cut_off: bool = False  # the body breaks off; the item that the cut goes through is left out
    unread: int = 0  # new items that were too costly for one reading; the next one brings them


@dataclass(frozen=True, slots=True)
class FeedState:
    """All we remember of a feed between two polls; a new feed has the defaults."""

    etag: str = ""
    last_modified: str = ""
    body_hash: str = ""
    segment_hashes: frozenset[str] = frozenset()  # of the entries in the last body
    distrust_guid: bool = False  # the feed once gave one guid to several items; kept for ever
    moved_to: str = ""  # target of a permanent redirect not yet adopted
    moved_count: int = 0
    cookies: str = ""  # JSON, per-feed jar
    polled_at: datetime | None = None  # last attempt
    ok_at: datetime | None = None  # last 200 that parsed, or 304
    changed_at: datetime | None = None  # last time something new came
    full_at: datetime | None = None  # last 200
    newest: datetime | None = None  # newest entry's time
    arrivals: tuple[datetime, ...] = ()  # first-seen times of the last entries, oldest first
    failures: int = 0  # in a row
    failing_since: datetime | None = None
    status: int = 0  # last HTTP status; 0 = no response
    error: str = ""  # last failure in one line; "" = fine
    wishes: "ServerWishes | None" = None
    due: datetime | None = None
    due_why: str = ""
    gaps: int = 0  # window overruns seen
    gap_at: datetime | None = None  # the last of them
    failure: str = ""  # kind of the last failure: "blocked", "gone", "missing", "busy", "other"
    empties: int = 0  # bodies without any item, in a row
    empty_since: datetime | None = None
    stale_304: int = 0  # times a 304 turned out to be untrue
    address: str = ""  # adopted after a confirmed permanent move; "" = as configured
    moved_from: str = ""  # the configured address that `address` stands for
    moved_since: datetime | None = None  # when `moved_to` was first seen
    listed: int = 0  # items in the last body
    window: int = 0  # seconds between the oldest and the newest item of the last whole body
    hourly: tuple[float, ...] = ()  # entries by UTC hour of day, older weeks weighing less
    hourly_days: float = 0.0  # days of watching behind `hourly`, weighed in the same way
    catching_up: bool = False  # the first reading was too costly for one, and goes on


@dataclass(frozen=True, slots=True)
class ServerWishes:
    """What the server and the document ask of a reader, in force until the next response."""

    ttl: timedelta | None = None
    update_period: timedelta | None = None
    max_age: timedelta | None = None  # Cache-Control or Expires
    retry_after: timedelta | None = None  # from the moment of the response
    skip_hours: frozenset[int] = frozenset()
    skip_days: frozenset[int] = frozenset()


# ------------------------------------------------------------------ web


@dataclass(frozen=True, slots=True)
class Request:
    """One GET."""

    url: str
    etag: str = ""  # sent verbatim as If-None-Match
    last_modified: str = ""  # sent verbatim as If-Modified-Since
    accept: str = "*/*"
    user_agent: str = ""  # "" = the client's own
    private: bool = False  # may resolve to a private or loopback address
    robots: bool = False  # ask robots.txt first
    cookies: str = ""  # JSON jar to start from
    max_bytes: int = 16 * 1024 * 1024  # decoded
    deadline: float = 30.0  # seconds for the whole response


@dataclass(frozen=True, slots=True)
class Response:
    """What came back; any status. `body` is decoded from its Content-Encoding."""

    status: int
    url: str  # after redirects
    headers: Mapping[str, str]  # lower-case names
    body: bytes = b""
    redirects: tuple[tuple[int, str], ...] = ()  # (status, target) in order
    cookies: str = ""  # JSON jar afterwards
    seconds: float = 0.0


# ------------------------------------------------------------------ articles


@dataclass(frozen=True, slots=True)
class Article:
    """The wire record: one news text with everything a desk wants to know of it.

    `published` and `updated` are None when nothing said so. They carry the offset printed on the
    page, or one that was assumed (then `notes` says so), or none at all when only a date without
    any hint of a zone was there.
    """

    url: str = ""
    title: str = ""
    section: str = ""
    published: datetime | None = None
    updated: datetime | None = None
    published_text: str = ""  # "2024.09.29 09:58 GMT+8", as printed
    updated_text: str = ""
    source: str = ""  # the outlet's name
    authors: tuple[str, ...] = ()  # people; a house name only when no person is given
    agency: str = ""  # "Xinhua", "Yonhap", "AP" … when the text is credited to one
    dateline: str = ""  # "SEOUL, Sept. 30 (Yonhap) --"; the first paragraph keeps it
    standfirst: str = ""
    caption: str = ""  # of the lead picture, credit removed
    credit: str = ""  # "CFP", "Xinhua"
    body: tuple[str, ...] = ()  # paragraphs and sub-headlines in reading order
    language: Language = ""
    canonical: str = ""  # canonical address if it differs from url
    access: Literal["full", "stub", "paywall"] = "full"
    origin: Literal["page", "feed"] = "page"  # "feed": the page could not be had
    notes: tuple[str, ...] = ()  # what was assumed, in one line each


# ------------------------------------------------------------------ watch


@dataclass(frozen=True, slots=True)
class Hit:
    """One term found: what it was, and where it stands in the text as printed."""

    term: str  # as written in the rule or gazetteer: "@wang-yi", "missile*"
    words: str  # as printed in the text
    zone: Zone
    paragraph: int  # -1 headline, -2 standfirst, else index into Article.body
    start: int  # offsets into that paragraph
    end: int
    entity: str = ""  # entity id, when the term named one


@dataclass(frozen=True, slots=True)
class Reason:
    """One block of a rule that held: its score and the sentence that made it hold."""

    block: str  # "when 1", or the block's own name
    score: float
    zone: Zone
    sentence: str  # as printed, one line
    marks: tuple[tuple[int, int], ...]  # spans of the hit words inside `sentence`
    words: tuple[str, ...]
    hits: tuple[Hit, ...] = ()


@dataclass(frozen=True, slots=True)
class Flag:
    """A rule that fired on an article, and why."""

    rule: str  # rule id
    level: Level
    score: float
    reasons: tuple[Reason, ...]


# ------------------------------------------------------------------ digest


@dataclass(frozen=True, slots=True)
class Copy:
    """One outlet's version of a story, as shown in a digest or list."""

    article: int  # store id
    outlet: str
    language: Language
    title: str
    url: str
    seen: datetime
    published: datetime | None
    published_text: str = ""
    role: Role = "original"
    feed: str = ""  # that brought it first
    label: str = ""  # what the desk tells readers of that feed's outlet


@dataclass(frozen=True, slots=True)
class Change:
    """Something that happened to a story after it was first seen."""

    at: datetime
    kind: Literal["update", "correction", "withdrawal", "new take", "new level"]
    what: str  # one line


MarkKind = Literal["read", "star", "taken", "note", "wanted", "unwanted"]


@dataclass(frozen=True, slots=True)
class Mark:
    """What the desk itself wrote on a story."""

    kind: MarkKind
    text: str  # who took it, or the note; "" for the others
    at: datetime


@dataclass(frozen=True, slots=True)
class StoryView:
    """One story as a reader sees it: the original on top, its copies beneath."""

    id: int
    headline: str
    language: Language
    first_seen: datetime
    last_seen: datetime
    copies: tuple[Copy, ...]  # the original first
    flags: tuple[Flag, ...] = ()
    opening: str = ""  # standfirst or first sentences
    entities: tuple[str, ...] = ()  # display names
    changes: tuple[Change, ...] = ()
    access: Literal["full", "stub", "paywall"] = "full"
    origin: Literal["page", "feed"] = "page"
    marks: tuple[Mark, ...] = ()
    # Names in the headline and what they are called in the reader's language.
    gloss: tuple[tuple[str, str], ...] = ()
    machine: str = ""  # the headline as the desk's translator says it; never matched on

    @property
    def shown_id(self) -> int:
        """What people call it by, everywhere: the id of the article on top."""
        return self.copies[0].article if self.copies else self.id


@dataclass(frozen=True, slots=True)
class FeedTrouble:
    """A feed the reader cannot count on, and since when."""

    feed: str
    kind: TroubleKind
    since: datetime | None
    why: str


@dataclass(frozen=True, slots=True)
class Coverage:
    """What stood behind a digest: how many feeds were read, which were not, what was left out."""

    feeds: int
    read: int
    entries: int  # seen in the window
    troubles: tuple[FeedTrouble, ...] = ()
    pages_waiting: int = 0  # articles whose page was not had yet
    left_out: int = 0  # stories not shown
    left_out_why: str = ""
    left_aside: int = 0  # entries and pages that our own code could not work on
    left_aside_what: tuple[str, ...] = ()  # "feed: headline" of some of them
    began: datetime | None = None  # when the monitor first read anything, if in the window
    absent: tuple[tuple[datetime, datetime], ...] = ()  # parts of the window when nobody looked


@dataclass(frozen=True, slots=True)
class RuleSection:
    """The stories of one rule."""

    rule: str
    name: str
    stories: tuple[StoryView, ...]  # told here, the first rule of the digest that flags them
    full: int = 0  # so many of them, the first, are told in full, the others in a line
    also: tuple[int, ...] = ()  # ids of stories that it flags too and another rule tells
    # Stories a day on the 7 days before, oldest first; None on a day when nobody looked.
    history: tuple[int | None, ...] = ()

    @property
    def total(self) -> int:
        """Stories this rule flagged in the window."""
        return len(self.stories) + len(self.also)


@dataclass(frozen=True, slots=True)
class Digest:
    """Everything a renderer needs; none looks anywhere else."""

    name: str
    made_at: datetime
    since: datetime
    until: datetime
    timezone: str  # IANA name of the reader's zone
    sections: tuple[RuleSection, ...]
    coverage: Coverage
    first: bool = False  # no digest of this name was made before
    late: bool = False  # sent after its time, because the monitor was down
    notes: tuple[str, ...] = field(default=())


@dataclass(frozen=True, slots=True)
class Form:
    """How a digest or an alert is wanted."""

    name: str  # text, html, json, atom, markdown; line for an alert
    brief: bool = False  # the index alone, of an alert one line a story
    url: str = ""  # where readers will find it, for a feed's link to itself


@dataclass(frozen=True, slots=True)
class MailBodies:
    """The bodies of a mail, and the whole digest as a file where they do not hold all of it."""

    text: str
    html: str
    attachment: str = ""  # HTML


@dataclass(frozen=True, slots=True)
class Edition:
    """What can be delivered: a digest or an alert, and how it looks in each form."""

    kind: Literal["digest", "alert"]
    name: str  # of the digest, or "alerts"
    seed: str  # what tells it from every other of its name; decides its Message-IDs
    subject: str
    made_at: datetime
    timezone: str  # IANA name of the reader's zone
    urgent: bool  # it should be noticed at once
    lines: tuple[tuple[str, str], ...]  # (text, link) for chats, the most important first
    threads: tuple[str, ...]  # keys of the stories whose messages belong together
    mail: Callable[[Form], MailBodies] = field(repr=False, compare=False)
    forms: Mapping[str, Callable[[Form], str]] = field(repr=False, compare=False)

    def render(self, form: Form) -> str:
        """Return it in one form.

        Raises:
            UsageError: it has no such form.
        """
        if form.name not in self.forms:
            known = ", ".join(self.forms)
            raise UsageError(f'a {self.kind} has no form "{form.name}"; known: {known}')
        return self.forms[form.name](form)
