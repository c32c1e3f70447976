"""What a reader sees, in words, before it has a shape: every renderer reads a `Page`."""

from collections.abc import Iterable
from datetime import datetime
from zoneinfo import ZoneInfo

from msgspec import Struct
from msgspec.structs import replace

from monitor.dates import zone_words
from monitor.dates.durations import spoken
from monitor.digest.card import LINE, Card, describe
from monitor.digest.phrasing import clock, cut, day_words, moment_words, runs
from monitor.model import Coverage, Digest, FeedTrouble, Trend
from monitor.text import count, one_line

_NAMED = 5  # feeds named in the line at the top
_ABSENCES = 3  # times told of when the monitor was not running


class Section(Struct, frozen=True):
    """One rule: its lines of the index, the stories told in full, and its days before."""

    anchor: str
    name: str
    count: int  # stories of this rule in the window
    history: tuple[int | None, ...]  # a day each, oldest first; None when nobody looked
    cards: tuple[Card, ...]  # told under this rule, each with a line in the index
    full: int  # so many of them, the first, are told in full
    listed: int  # so many of them have a line in the index
    steps: frozenset[int]  # numbers of those that tell a step of what stands above them
    # Numbers of its stories that another rule tells, from and to: 2, 7 to 9.
    also: tuple[tuple[int, int], ...]

    @property
    def usual(self) -> str:
        """What the days before were like, in words; nothing when they are not known."""
        known = [count for count in self.history if count is not None]
        if not known:
            return ""
        if len(known) == 1:
            return f"{known[0] or 'none'} the day before"
        mean = f"{sum(known) / len(known):.1f}".removesuffix(".0")
        span = len(known)
        days = "the week before" if span == 7 else f"the {span} days before"
        return f"{mean} a day in {days}" if any(known) else f"none in {days}"

    @property
    def bars(self) -> tuple[int | None, ...]:
        """The days before and this window, for a drawing; nothing when no day is known."""
        known = any(count is not None for count in self.history)
        return (*self.history, self.count) if known else ()


class Tendency(Struct, frozen=True):
    """One line of the trend."""

    name: str
    bars: tuple[int | None, ...]  # a step each, oldest first; None when nothing was read
    told: str  # "34, and 28.3 a week before"


class Page(Struct, frozen=True):
    """A whole digest in words."""

    name: str
    until: datetime
    title: str
    day: str
    zone: str
    summary: str
    window: str
    made: str
    notes: tuple[str, ...]
    trouble: str  # the feeds that were not read, in one line; "" when all were
    sections: tuple[Section, ...]  # one a rule, in the order of the digest
    trend: tuple[Tendency, ...]  # a line a rule, when the digest carries a trend
    trend_title: str
    empty: str  # the honest line when nothing is shown, else ""
    coverage: tuple[str, ...]
    troubles: tuple[str, ...]


def lay_out(digest: Digest, reader_language: str = "") -> Page:
    """Return the digest as a reader sees it.

    Args:
        digest: what to show.
        reader_language: "en", "ko", …: copies in it head their stories; "" for the originals.
    """
    zone = ZoneInfo(digest.timezone)
    made = digest.made_at.astimezone(zone)
    sections = tuple(_sections(digest, zone, reader_language))
    name = cut(one_line(digest.name), 80)
    title = f"{name} digest" if name and name.casefold() != "digest" else "digest"
    return Page(
        name=digest.name,
        until=digest.until,
        title=title[:1].upper() + title[1:],
        day=day_words(made),
        zone=zone_words(made),
        summary=summary(digest),
        window=_window(digest.since.astimezone(zone), digest.until.astimezone(zone), made),
        made=f"{moment_words(made, made)} {zone_words(made)}",
        notes=tuple(cut(one_line(note), LINE) for note in _notes(digest, zone)),
        trouble=_trouble(digest.coverage),
        sections=sections,
        trend=tuple(_tendencies(digest.trend)) if digest.trend else (),
        trend_title=_trend_title(digest.trend, zone) if digest.trend else "",
        empty="" if any(section.cards for section in sections) else nothing(digest),
        coverage=tuple(_coverage(digest.coverage)),
        troubles=tuple(trouble_line(trouble, zone, made) for trouble in digest.coverage.troubles),
    )


def _sections(digest: Digest, zone: ZoneInfo, reader_language: str) -> Iterable[Section]:
    names = {section.rule: one_line(section.name) or section.rule for section in digest.sections}
    told = [story for section in digest.sections for story in section.stories]
    numbers = {story.id: number for number, story in enumerate(told, 1)}
    places = {story.shown_id: numbers[story.id] for story in told}
    for rank, section in enumerate(digest.sections, 1):
        cards = tuple(
            describe(
                story,
                number=numbers[story.id],
                places=places,
                rule=section.rule,
                names=names,
                since=None if digest.first else digest.since,
                today=digest.made_at.astimezone(zone).date(),
                zone=zone,
                reader_language=reader_language,
            )
            for story in section.stories
        )
        yield Section(
            anchor=f"rule-{rank}",
            name=names[section.rule],
            count=section.total,
            history=tuple(section.history),
            cards=cards,
            full=min(section.full, len(cards)),
            listed=len(cards),
            steps=frozenset(numbers[id_] for id_ in section.steps),
            also=runs(numbers[id_] for id_ in section.also if id_ in numbers),
        )


def index_only(page: Page) -> Page:
    """Return the page without what stands below its index: no story in full, no single trouble."""
    sections = tuple(replace(section, full=0) for section in page.sections)
    return replace(page, sections=sections, troubles=())


def _trend_title(trend: Trend, zone: ZoneInfo) -> str:
    since = trend.since.astimezone(zone)
    return f"Stories a {trend.period} since {since.day} {since:%b %Y}"


def _tendencies(trend: Trend) -> Iterable[Tendency]:
    for line in trend.lines:
        *before, now = line.counts
        known = [count for count in before if count is not None]
        told = "nothing was read" if now is None else f"{now:,}"
        if known:
            mean = f"{sum(known) / len(known):,.1f}".removesuffix(".0")
            told += f", and {mean} a {trend.period} before"
        yield Tendency(one_line(line.name), line.counts, told)


def _notes(digest: Digest, zone: ZoneInfo) -> Iterable[str]:
    made = digest.made_at.astimezone(zone)
    if digest.first:
        yield "This is the first digest of its name; nothing was told before."
    if digest.coverage.began is not None:
        began = digest.coverage.began.astimezone(zone)
        yield (
            f"The monitor began to read on {moment_words(began, made)}; "
            "of the time before nothing is known."
        )
    yield from digest.notes or _late(digest)
    for start, end in digest.coverage.absent[:_ABSENCES]:
        begun, ended = start.astimezone(zone), end.astimezone(zone)
        yield (
            f"Nothing was read from {moment_words(begun, made)} to {moment_words(ended, made)} "
            f"({spoken(end - start)}): the monitor was not running."
        )
    if (more := len(digest.coverage.absent) - _ABSENCES) > 0:
        yield f"Nor was it {count(more, 'more time', 'more times')} in this window."


def _trouble(coverage: Coverage) -> str:
    """Return "2 of 43 feeds not read: north-wire, ministry"."""
    missing = coverage.feeds - coverage.read
    if missing <= 0 or not coverage.feeds:
        return ""
    names = [cut(one_line(trouble.feed), 40) for trouble in coverage.troubles]
    named = ", ".join(names[:_NAMED]) + (" …" if len(names) > _NAMED else "")
    line = f"{missing} of {count(coverage.feeds, 'feed', 'feeds')} not read"
    return f"{line}: {named}" if named else line


def _window(since: datetime, until: datetime, made: datetime) -> str:
    """Return both ends of the window; the zone once, unless the clocks changed in between."""
    start, end = zone_words(since), zone_words(until)
    lead = moment_words(since, made) + (f" {start}" if start != end else "")
    return f"{lead} – {moment_words(until, made)} {end}"


def _late(digest: Digest) -> tuple[str, ...]:
    return ("Sent late: the monitor was not running when it was due.",) if digest.late else ()


def summary(digest: Digest) -> str:
    """Return the digest in one short line: how many stories, how many feeds were read."""
    shown = sum(len(section.stories) for section in digest.sections)
    stories = count(shown, "story", "stories") if shown else _none(digest.coverage)
    return f"{stories}, {_feeds_read(digest.coverage)}"


def _none(coverage: Coverage) -> str:
    return "nothing new" if coverage.told else "no matches"


def nothing(digest: Digest) -> str:
    """Return the honest line for a window in which nothing is to be shown."""
    coverage = digest.coverage
    if coverage.feeds == 0:
        return "Nothing to report, because no feed is configured."
    if coverage.read == 0:
        return (
            f"Nothing was read: none of {count(coverage.feeds, 'feed', 'feeds')} answered. "
            "This is a fault, not a quiet day."
        )
    told = (
        f"Nothing new: readers were told of {count(coverage.told, 'story', 'stories')} before."
        if coverage.told
        else "Nothing matched."
    )
    line = (
        f"{told} {count(coverage.entries, 'entry', 'entries')} from "
        f"{coverage.read} of {count(coverage.feeds, 'feed', 'feeds')} "
        f"{'was' if coverage.entries == 1 else 'were'} looked at{_others(coverage)}."
    )
    missing = coverage.feeds - coverage.read
    if missing:
        line += (
            f" {count(missing, 'feed was', 'feeds were')} not read, so something may be missing."
        )
    return line


def trouble_line(trouble: FeedTrouble, zone: ZoneInfo, made: datetime) -> str:
    """Return "yonhap-ko: failing since Tue 06:10 (HTTP 503)"."""
    since = None if trouble.kind == "never read" else trouble.since
    when = f" since {clock(since, made.date(), zone)}" if since else ""
    why = cut(one_line(trouble.why), LINE)
    return f"{cut(one_line(trouble.feed), 60)}: {trouble.kind}{when}" + (f" ({why})" if why else "")


def _coverage(coverage: Coverage) -> Iterable[str]:
    seen = count(coverage.entries, "entry", "entries")
    yield f"{_feeds_read(coverage)}; {seen} seen{_others(coverage)}."
    if coverage.pages_waiting:
        yield f"{count(coverage.pages_waiting, 'page', 'pages')} could not be read yet."
    if coverage.left_aside:
        named = "; ".join(cut(one_line(what), 100) for what in coverage.left_aside_what)
        yield (
            f"{count(coverage.left_aside, 'item', 'items')} this version could not work on; the "
            f"feed's own words were flagged instead: {named}. `monitor db retry` tries again."
        )
    if coverage.unjudged:
        named = "; ".join(cut(one_line(what), 100) for what in coverage.unjudged_what)
        yield (
            f"{count(coverage.unjudged, 'item was', 'items were')} judged by the headline at most: "
            f"{named}. `monitor status` says why."
        )
    if coverage.left_out:
        why = f" ({one_line(coverage.left_out_why)})" if coverage.left_out_why else ""
        yield (
            f"{count(coverage.left_out, 'story', 'stories')} left out{why}; "
            "`monitor list` shows them all."
        )


def _others(coverage: Coverage) -> str:
    others = coverage.entries_of_others
    return f", and {others:,} from feeds of other desks" if others else ""


def _feeds_read(coverage: Coverage) -> str:
    return f"{coverage.read} of {count(coverage.feeds, 'feed', 'feeds')} read"
