"""How often a feed brings something, by hour of day, learned from when its entries came out.

Entries are counted by UTC hour of day, and the days of watching beside them; both fade with a half
life of a week, so a feed that changes its habits is relearned within two. Counts and days fade
alike, so their ratio is entries an hour whatever was forgotten. The listing of the first reading is
the first lesson.

What is kept is of the moment in which something came last; what faded since is reckoned when it is
asked for. So a reading without news, which is most of them, changes nothing here, and how often a
feed was read meanwhile makes no difference.
"""

import math
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from statistics import median

from msgspec.structs import replace

from monitor.model import FeedState

_HALF_LIFE_DAYS = 7.0
_KEPT = 100  # arrivals
_FEW = 8  # arrivals, before a distance is believed
_ENOUGH_DAYS = 1.0  # of watching, before an hour's rate is believed


def watched(state: FeedState, arrived: list[datetime], now: datetime) -> FeedState:
    """The state after a good reading at `now` that brought entries which came out at `arrived`.

    `state.ok_at` still holds the reading before.
    """
    if state.hourly_at is not None and not arrived:
        return state
    hourly = list(state.hourly) if len(state.hourly) == 24 else [0.0] * 24
    days = state.hourly_days
    if since := state.hourly_at or state.ok_at:  # without the first in stores of before 0.3
        fade = _fade(since, now)
        hourly = [count * fade for count in hourly]
        days = _days(days, fade)
    elif arrived:
        days = max((now - arrived[0]).total_seconds() / 86400, 1 / 24)
    for when in arrived:
        hourly[when.astimezone(UTC).hour] += 1
    return replace(
        state,
        arrivals=(*state.arrivals, *arrived)[-_KEPT:],
        hourly=tuple(round(count, 4) for count in hourly),
        hourly_days=round(days, 6),
        hourly_at=now,
    )


def rate_at(state: FeedState, now: datetime) -> float | None:
    """Entries an hour to expect around this hour of day, None while too little was seen."""
    if len(state.hourly) != 24:
        return None
    fade = 1.0 if state.hourly_at is None else _fade(state.hourly_at, now)
    days = _days(state.hourly_days, fade)
    if days < _ENOUGH_DAYS:
        return None
    here = state.hourly[now.hour]
    around = sum(state.hourly[(now.hour + step) % 24] for step in (-1, 0, 1)) / 3
    return max(here, around) * fade / days


def _fade(since: datetime, now: datetime) -> float:
    """What a moment of the past weighs now."""
    return float(0.5 ** (max((now - since).total_seconds(), 0.0) / 86400 / _HALF_LIFE_DAYS))


def _days(before: float, fade: float) -> float:
    """Days of watching after a while in which all before faded so much, and its own days too."""
    return before * fade + _HALF_LIFE_DAYS / math.log(2) * (1 - fade)


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
