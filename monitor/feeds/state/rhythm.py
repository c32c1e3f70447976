"""How often a feed brings something, by hour of day, learned from when its entries came out.

Entries are counted by UTC hour of day, and the days of watching beside them; both fade with a half
life of a week, so a feed that changes its habits is relearned within two. Counts and days fade
alike, so their ratio is entries an hour whatever was forgotten. The listing of the first reading is
the first lesson.
"""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from statistics import median

from monitor.model import FeedState

_HALF_LIFE_DAYS = 7.0
_KEPT = 100  # arrivals
_FEW = 8  # arrivals, before a distance is believed
_ENOUGH_DAYS = 1.0  # of watching, before an hour's rate is believed


def watched(state: FeedState, arrived: list[datetime], now: datetime) -> FeedState:
    """The state after a good reading at `now` that brought entries which came out at `arrived`.

    `state.ok_at` still holds the reading before.
    """
    hourly = list(state.hourly) if len(state.hourly) == 24 else [0.0] * 24
    days = state.hourly_days
    if state.ok_at is not None:
        passed = max((now - state.ok_at).total_seconds(), 0.0) / 86400
        fade = 0.5 ** (passed / _HALF_LIFE_DAYS)
        hourly = [count * fade for count in hourly]
        days = days * fade + passed
    elif arrived:
        days = max((now - arrived[0]).total_seconds() / 86400, 1 / 24)
    for when in arrived:
        hourly[when.astimezone(UTC).hour] += 1
    return replace(
        state,
        arrivals=(*state.arrivals, *arrived)[-_KEPT:],
        hourly=tuple(round(count, 4) for count in hourly),
        hourly_days=round(days, 6),
    )


def rate_at(state: FeedState, now: datetime) -> float | None:
    """Entries an hour to expect around this hour of day, None while too little was seen."""
    if len(state.hourly) != 24 or state.hourly_days < _ENOUGH_DAYS:
        return None
    here = state.hourly[now.hour]
    around = sum(state.hourly[(now.hour + step) % 24] for step in (-1, 0, 1)) / 3
    return max(here, around) / state.hourly_days


def usual_distance(state: FeedState) -> timedelta | None:
    """The median distance between entries, None while too few came."""
    distances = _distances(state)
    return timedelta(seconds=median(distances)) if len(distances) >= _FEW - 1 else None


def longest_distance(state: FeedState) -> timedelta:
    """The longest distance between two entries that we remember: a night, a weekend."""
    return timedelta(seconds=max(_distances(state), default=0.0))


def _distances(state: FeedState) -> list[float]:
    """Seconds between entries that came one after the other."""
    pairs = pairwise(sorted(state.arrivals))
    return [(later - earlier).total_seconds() for earlier, later in pairs]
