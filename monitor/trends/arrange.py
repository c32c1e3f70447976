"""Happenings into steps of time, in the reader's zone: pure functions of values."""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from itertools import combinations
from typing import Literal
from zoneinfo import ZoneInfo

from msgspec import Struct

Period = Literal["day", "week", "month"]
PERIODS: tuple[Period, ...] = ("day", "week", "month")
_MOST_DAYS, _MOST_WEEKS = 62, 400  # days of a window up to which days and weeks are steps


class Series(Struct, frozen=True):
    """One line of a trend."""

    name: str
    counts: tuple[int | None, ...]  # a step each; None where nothing was read
    before: int | None  # in the window of the same length before; None where nothing was read

    @property
    def total(self) -> int:
        """Stories in the whole window."""
        return sum(count or 0 for count in self.counts)


class Trends(Struct, frozen=True):
    """Several series over one window."""

    by: str  # "rule", "outlet", "language", "entity", "search"
    period: Period
    starts: tuple[date, ...]  # first day of each step
    until: date  # the last day of the window
    zone: str  # IANA name
    read: tuple[int, ...]  # entries first seen in each step
    series: tuple[Series, ...]  # the largest first
    left_out: int = 0  # series beyond the limit


Happening = tuple[str, int, datetime]  # name of a series, story, when


def period_for(since: date, until: date) -> Period:
    """Return the step that keeps a window readable."""
    days = (until - since).days + 1
    return "day" if days <= _MOST_DAYS else "week" if days <= _MOST_WEEKS else "month"


def arrange(
    happenings: Iterable[Happening],
    read: Iterable[tuple[datetime, int]],
    *,
    by: str,
    since: date,
    until: date,
    zone: ZoneInfo,
    period: Period,
    limit: int = 20,
) -> Trends:
    """Count stories in the steps of a window and in the window before it.

    Args:
        happenings: (series, story, aware moment), from the window before on; a story that happened
            more than once in a series counts where it was first seen.
        read: (aware moment, entries read around then) over the same time.
        by: what the series stand for.
        since, until: first and last day of the window, both inside.
        zone: the reader's.
        limit: most series.
    """
    starts = steps(since, until, period)
    place = {day: number for number, start in enumerate(starts) for day in _days(start, period)}
    earliest = since - (until - since) - timedelta(days=1)
    looked, looked_before = [0] * len(starts), 0
    for moment, count in read:
        day = moment.astimezone(zone).date()
        if since <= day <= until:
            looked[place[day]] += count
        elif earliest <= day < since:
            looked_before += count
    counts: dict[str, list[int]] = {}
    before: Counter[str] = Counter()
    for name, moment in _first(happenings):
        day = moment.astimezone(zone).date()
        if since <= day <= until:
            counts.setdefault(name, [0] * len(starts))[place[day]] += 1
        elif earliest <= day < since:
            before[name] += 1
            counts.setdefault(name, [0] * len(starts))
    series = [
        Series(
            name,
            tuple(count if count or looked[n] else None for n, count in enumerate(found)),
            before[name] if looked_before or before[name] else None,
        )
        for name, found in counts.items()
    ]
    series.sort(key=lambda one: (-one.total, -(one.before or 0), one.name))
    return Trends(
        by=by,
        period=period,
        starts=tuple(starts),
        until=until,
        zone=zone.key,
        read=tuple(looked),
        series=tuple(series[:limit]),
        left_out=max(0, len(series) - limit),
    )


def _first(happenings: Iterable[Happening]) -> list[tuple[str, datetime]]:
    """Return (series, when it first happened) of each story of each series."""
    first: dict[tuple[str, int], datetime] = {}
    for name, story, moment in happenings:
        known = first.get((name, story))
        if known is None or moment < known:
            first[name, story] = moment
    return [(name, moment) for (name, _), moment in first.items()]


def pairs(happenings: Iterable[Happening]) -> list[Happening]:
    """Return the happenings of pairs: two series that share a story, named "A + B"."""
    stories: dict[int, dict[str, datetime]] = {}
    for name, story, moment in happenings:
        named = stories.setdefault(story, {})
        named[name] = min(moment, named.get(name, moment))
    return [
        (f"{one} + {other}", story, max(named[one], named[other]))
        for story, named in stories.items()
        for one, other in combinations(sorted(named), 2)
    ]


def steps(since: date, until: date, period: Period) -> Sequence[date]:
    """Return the first day of each step; the first step may begin before `since`."""
    start = since
    if period == "week":
        start -= timedelta(days=start.weekday())
    elif period == "month":
        start = start.replace(day=1)
    found = []
    while start <= until:
        found.append(start)
        start = _next(start, period)
    return found


def _next(start: date, period: Period) -> date:
    if period == "month":
        return (start.replace(day=28) + timedelta(days=4)).replace(day=1)
    return start + timedelta(days=7 if period == "week" else 1)


def _days(start: date, period: Period) -> Iterable[date]:
    end = _next(start, period)
    return (start + timedelta(days=n) for n in range((end - start).days))
