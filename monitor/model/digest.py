"""A digest before it has a form: its sections, and what stood behind them."""

from datetime import datetime
from typing import Literal

from msgspec import Struct, field

from monitor.model.feed_state import FeedTrouble
from monitor.model.story import StoryView


class Coverage(Struct, frozen=True):
    """What stood behind a digest: how many feeds were read, which were not, what was left out."""

    feeds: int
    read: int
    entries: int  # seen in the window, of the desk's feeds
    troubles: tuple[FeedTrouble, ...] = ()
    pages_waiting: int = 0  # articles whose page was not had yet
    left_out: int = 0  # stories not shown
    left_out_why: str = ""
    entries_of_others: int = 0  # of feeds that other desks alone want, judged all the same
    told: int = 0  # of these, stories that the same readers were told of before
    left_aside: int = 0  # entries and pages that our own code could not work on
    left_aside_what: tuple[str, ...] = ()  # "feed: headline" of some of them
    unjudged: int = 0  # articles that the desk's rules have not read, or not all of
    unjudged_what: tuple[str, ...] = ()  # as above
    began: datetime | None = None  # when the monitor first read anything, if in the window
    absent: tuple[tuple[datetime, datetime], ...] = ()  # parts of the window when nobody looked


class RuleSection(Struct, frozen=True):
    """The stories of one rule."""

    rule: str
    name: str
    stories: tuple[StoryView, ...]  # told here, the first rule of the digest that flags them
    full: int = 0  # so many of them, the first, are told in full, the others in a line
    steps: frozenset[int] = frozenset()  # ids of those that tell a step of what stands above them
    also: tuple[int, ...] = ()  # ids of stories that it flags too and another rule tells
    # Stories a day on the 7 days before, oldest first; None on a day when nobody looked.
    history: tuple[int | None, ...] = ()

    @property
    def total(self) -> int:
        """Stories this rule flagged in the window."""
        return len(self.stories) + len(self.also)


class TrendLine(Struct, frozen=True):
    """Stories of one rule, step by step, the oldest first; None where nothing was read."""

    name: str
    counts: tuple[int | None, ...]


class Trend(Struct, frozen=True):
    """How much a digest's rules flagged in the steps up to it."""

    period: Literal["day", "week"]
    since: datetime  # the start of the first step
    lines: tuple[TrendLine, ...]


class Digest(Struct, frozen=True):
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
    trend: Trend | None = None
