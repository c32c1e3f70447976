"""What is remembered of a feed, and what is wrong with it."""

from datetime import datetime, timedelta
from typing import Literal

from msgspec import Struct

TroubleKind = Literal[
    "failing", "blocked", "silent", "frozen", "gapped", "never read", "not read", "nobody reads it"
]


class FeedState(Struct, frozen=True):
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
    moved_from: str = ""  # the configured url that `address` stands for
    moved_since: datetime | None = None  # when `moved_to` was first seen
    listed: int = 0  # items in the last body
    window: int = 0  # seconds between the oldest and the newest item of the last whole body
    hourly: tuple[float, ...] = ()  # entries by UTC hour of day, older weeks weighing less
    hourly_days: float = 0.0  # days of watching behind `hourly`, weighed in the same way
    hourly_at: datetime | None = None  # of which moment these two speak
    catching_up: bool = False  # the first reading was too costly for one, and goes on


class ServerWishes(Struct, frozen=True):
    """What the server and the document ask of a reader, in force until the next response."""

    ttl: timedelta | None = None
    update_period: timedelta | None = None
    max_age: timedelta | None = None  # Cache-Control or Expires
    retry_after: timedelta | None = None  # from the moment of the response
    skip_hours: frozenset[int] = frozenset()
    skip_days: frozenset[int] = frozenset()


class FeedTrouble(Struct, frozen=True):
    """A feed the reader cannot count on, and since when."""

    feed: str
    kind: TroubleKind
    since: datetime | None
    why: str
