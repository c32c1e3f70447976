"""What a reader sees, in words, before it has a shape: every renderer reads a `Page`."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from zoneinfo import ZoneInfo

from monitor.digest.card import LINE, Card, describe
from monitor.digest.phrasing import clock, count, cut, day_words, moment_words, zone_words
from monitor.model import Coverage, Digest, FeedTrouble
from monitor.text import one_line


@dataclass(frozen=True, slots=True)
class Row:
    """One rule in the overview: this window's count against the days before."""

    anchor: str  # of its section; "" when it shows none
    name: str
    count: int
    history: tuple[int, ...]

    @property
    def usual(self) -> str:
        """What the days before were like, in words; nothing when they are not known."""
        if not self.history:
            return ""
        mean = f"{sum(self.history) / len(self.history):.1f}".removesuffix(".0")
        days = "the week before" if len(self.history) == 7 else f"{len(self.history)} days before"
        return f"{mean} a day in {days}" if any(self.history) else f"none in {days}"


@dataclass(frozen=True, slots=True)
class Section:
    """One rule and its stories."""

    anchor: str
    name: str
    count: int  # stories of this rule in the window
    cards: tuple[Card, ...]
    remark: str  # why fewer are shown than counted


@dataclass(frozen=True, slots=True)
class Page:
    """A whole digest in words."""

    title: str
    day: str
    zone: str
    summary: str
    window: str
    made: str
    notes: tuple[str, ...]
    rows: tuple[Row, ...]
    sections: tuple[Section, ...]  # only those with something to show
    empty: str  # the honest line when nothing is shown, else ""
    coverage: tuple[str, ...]
    troubles: tuple[str, ...]


@lru_cache(maxsize=1)  # the edition and each of its forms ask for the same page
def lay_out(digest: Digest) -> Page:
    """Return the digest as a reader sees it."""
    zone = ZoneInfo(digest.timezone)
    made = digest.made_at.astimezone(zone)
    names = {section.rule: one_line(section.name) or section.rule for section in digest.sections}
    order = {rule: rank for rank, rule in enumerate(names)}
    sections: list[Section] = []
    number = 0
    for section in digest.sections:
        cards: list[Card] = []
        for story in section.stories:
            number += 1
            cards.append(
                describe(
                    story,
                    number=number,
                    rule=section.rule,
                    names=names,
                    since=digest.since,
                    today=made.date(),
                    zone=zone,
                )
            )
        if cards:
            sections.append(
                Section(
                    anchor=f"rule-{order[section.rule] + 1}",
                    name=names[section.rule],
                    count=max(section.total, len(cards)),
                    cards=tuple(cards),
                    remark=_elsewhere(section.total - len(cards), digest.coverage.left_out),
                )
            )
    name = cut(one_line(digest.name), 80)
    title = f"{name} digest" if name and name.casefold() != "digest" else "digest"
    return Page(
        title=title[:1].upper() + title[1:],
        day=day_words(made),
        zone=zone_words(made),
        summary=summary(digest),
        window=_window(digest.since.astimezone(zone), digest.until.astimezone(zone)),
        made=f"{moment_words(made)} {zone_words(made)}",
        notes=tuple(cut(one_line(note), LINE) for note in digest.notes or _late(digest)),
        rows=tuple(
            Row(
                anchor=f"rule-{order[section.rule] + 1}" if section.stories else "",
                name=names[section.rule],
                count=max(section.total, len(section.stories)),
                history=tuple(max(0, count) for count in section.history),
            )
            for section in digest.sections
        ),
        sections=tuple(sections),
        empty="" if sections else nothing(digest),
        coverage=tuple(_coverage(digest.coverage)),
        troubles=tuple(trouble_line(trouble, zone, made) for trouble in digest.coverage.troubles),
    )


def _window(since: datetime, until: datetime) -> str:
    """Return both ends of the window; the zone once, unless the clocks changed in between."""
    start, end = zone_words(since), zone_words(until)
    lead = f"{moment_words(since)} {start}" if start != end else moment_words(since)
    return f"{lead} – {moment_words(until)} {end}"


def _late(digest: Digest) -> tuple[str, ...]:
    return ("Sent late: the monitor was not running when it was due.",) if digest.late else ()


def summary(digest: Digest) -> str:
    """Return the digest in one short line: how many stories, how many feeds were read."""
    shown = sum(len(section.stories) for section in digest.sections)
    stories = count(shown, "story", "stories") if shown else "no matches"
    return f"{stories}, {_feeds_read(digest.coverage)}"


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
    line = (
        f"Nothing matched. {count(coverage.entries, 'entry', 'entries')} from "
        f"{coverage.read} of {count(coverage.feeds, 'feed', 'feeds')} "
        f"{'was' if coverage.entries == 1 else 'were'} looked at."
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
    yield f"{_feeds_read(coverage)}; {count(coverage.entries, 'entry', 'entries')} seen."
    if coverage.pages_waiting:
        yield f"{count(coverage.pages_waiting, 'page', 'pages')} could not be read yet."
    if coverage.left_aside:
        named = "; ".join(cut(one_line(what), 100) for what in coverage.left_aside_what)
        yield (
            f"{count(coverage.left_aside, 'item', 'items')} this version could not work on; the "
            f"feed's own words were flagged instead: {named}. `monitor db retry` tries again."
        )
    if coverage.left_out:
        why = f" ({one_line(coverage.left_out_why)})" if coverage.left_out_why else ""
        yield (
            f"{count(coverage.left_out, 'story', 'stories')} left out{why}; "
            "`monitor list` shows them all."
        )


def _feeds_read(coverage: Coverage) -> str:
    return f"{coverage.read} of {count(coverage.feeds, 'feed', 'feeds')} read"


def _elsewhere(missing: int, left_out: int) -> str:
    if missing <= 0:
        return ""
    where = "under other rules or left out" if left_out else "under other rules"
    return f"{missing} more {where}"
