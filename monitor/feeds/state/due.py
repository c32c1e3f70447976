"""When a feed is due next: a pure function of its history and what the server asks.

The rules, in order; the reason returned names the one that decided:

1. The start is the configured interval.
2. Learned: the entries' own rhythm by hour of day (UTC). The interval stretches to half the
   distance to expect between two entries at this hour, to at most four times the configured one
   and an hour, so a quiet night costs little and a busy morning is read as configured.
3. The server asks: the longest of ttl, sy:update* and max-age, but not more than an hour (or the
   configured interval, if that is longer): these are guesses of a CMS, not orders.
4. The window: at least three readings while an item stays listed, and after an overrun twice as
   many; this shortens 2 and 3, since losing stories is worse than one request more.
5. Failures: the first changes nothing, each further one doubles the interval, up to an hour on the
   first day, six hours in the first week and a day after that, so that a short outage is not
   followed by a long silence. A feed that is gone (410) is asked daily, then weekly. Up to a
   quarter of the wait and at most an hour is added by jitter, so that feeds that failed together
   do not come back together.
6. Retry-After is an order: not before it, at most a day.
7. skipHours and skipDays (RSS 2.0, GMT) move what falls inside them to their end, at most two
   days.

Success has jitter too, a tenth of the interval and at most a minute.
"""

from datetime import datetime, timedelta

from monitor.dates.durations import spoken
from monitor.dates.http import LONGEST_RETRY
from monitor.feeds.state.rhythm import rate_at
from monitor.model import Feed, FeedState, ServerWishes

_SHORTEST = timedelta(seconds=1)  # that a user may set
_SHORTEST_WINDOW = timedelta(minutes=1)  # that a short window may ask for
_MOST_SPREAD = timedelta(minutes=1)
_HOUR = timedelta(hours=1)
_DAY = timedelta(days=1)
_LONGEST_REST = 2 * _DAY  # a weekend
_WEEK = 7 * _DAY
_HARDLY_EVER = 1e-3  # entries an hour
_READINGS_PER_WINDOW = 3
_FEWEST_LISTED = 5


def next_due(
    feed: Feed, state: FeedState, now: datetime, *, jitter: float = 0.0
) -> tuple[datetime, str]:
    """When to ask again, and why then in words for people.

    Args:
        feed: with its configured interval.
        state: after the last response or failure.
        now: aware; the moment of the last response.
        jitter: 0.0 to 1.0, given by the caller.

    Returns:
        A moment after `now`, and a reason such as "learned 12 min, server asks 10 min".
    """
    jitter = min(max(jitter, 0.0), 1.0)
    interval, reasons = _interval(feed, state, now)
    asked = state.wishes or ServerWishes()
    if state.failures:
        wait = _backoff(state, interval, now)
        times = "once" if state.failures == 1 else f"{state.failures} times in a row"
        reasons = [f"failed {times}, so {spoken(wait)}"]
        interval = wait + min(wait * 0.25 * jitter, _HOUR)
    else:
        interval += min(interval * 0.1 * jitter, _MOST_SPREAD)
    if asked.retry_after is not None:
        wait = min(asked.retry_after, LONGEST_RETRY)
        if wait > interval:
            interval = wait + min(wait * 0.25 * jitter, _HOUR)
            reasons.append(f"server says wait {spoken(wait)}")
    due = now + max(interval, _SHORTEST)
    open_from = _after_skips(due, asked, now)
    if open_from > due:
        reasons.append("feed rests until then (skipHours or skipDays)")
        due = open_from
    return due, ", ".join(reasons)


def _backoff(state: FeedState, interval: timedelta, now: datetime) -> timedelta:
    """Rule 5 without jitter."""
    doubled = 1 << min(state.failures - 1, 20)
    if state.failure == "gone":
        return max(min(_DAY * doubled, _WEEK), interval)
    lasted = now - (state.failing_since or now)
    longest = _HOUR if lasted < _DAY else 6 * _HOUR if lasted < _WEEK else _DAY
    return max(min(interval * doubled, longest), interval)


def _interval(feed: Feed, state: FeedState, now: datetime) -> tuple[timedelta, list[str]]:
    """Rules 1 to 4."""
    every = max(feed.every, _SHORTEST)
    interval, reasons = every, [f"every {spoken(every)}"]
    learned = _learned(state, every, now)
    if learned is not None and learned > interval:
        interval, reasons = learned, [f"learned {spoken(learned)}"]
    asked = _asked(state.wishes)
    if asked is not None and asked > every:
        capped = min(asked, max(every, _HOUR))
        reasons.append(f"server asks {spoken(asked)}")
        interval = max(interval, capped)
    window = _window(state, now)
    if window is not None and window < interval:
        interval = max(window, min(every, _SHORTEST_WINDOW))
        reasons = [f"items leave the list soon, so {spoken(interval)}"]
        if state.gap_at is not None:
            reasons = [f"entries were lost, so {spoken(interval)}"]
    return interval, reasons


def _asked(asked: ServerWishes | None) -> timedelta | None:
    if asked is None:
        return None
    given = [wish for wish in (asked.ttl, asked.update_period, asked.max_age) if wish is not None]
    return max(given, default=None)


def _learned(state: FeedState, every: timedelta, now: datetime) -> timedelta | None:
    """Half the distance between entries to expect at this hour, within rule 2's bounds."""
    rate = rate_at(state, now)
    if rate is None:
        return None
    longest = max(min(4 * every, _HOUR), every)
    return min(_HOUR / (2 * rate), longest) if rate > _HARDLY_EVER else longest


def _window(state: FeedState, now: datetime) -> timedelta | None:
    if state.gap_at is not None and now - state.gap_at < 7 * _DAY:
        readings = _READINGS_PER_WINDOW * 2 ** min(state.gaps, 3)
    else:
        readings = _READINGS_PER_WINDOW
    # A listing of a handful of items says little about how long an item stays.
    if state.listed < _FEWEST_LISTED:
        return None
    stays = [timedelta(seconds=state.window)] if state.window > 0 else []
    rate = rate_at(state, now)
    if rate is not None and rate > _HARDLY_EVER:
        stays.append(_HOUR * (state.listed / rate))
    return min(stays) / readings if stays else None


def _after_skips(due: datetime, asked: ServerWishes, now: datetime) -> datetime:
    hours, days = asked.skip_hours, asked.skip_days
    if len(hours) >= 24 or len(days) >= 7:
        return due  # never is no wish that can be kept
    latest = now + _LONGEST_REST
    moved = due
    while moved.hour in hours or moved.weekday() in days:  # no week is without an hour of neither
        moved = moved.replace(minute=0, second=0, microsecond=0) + _HOUR
    return max(due, min(moved, latest))
