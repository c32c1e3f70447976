"""A feed is read when it is right to, and no sooner."""

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from monitor import feeds
from monitor.model import Feed, FeedState, ServerWishes
from tests.feeds.documents import FEED, NOW, answer, item, parse, polled, rss, stories

MIN = timedelta(minutes=1)
HOUR = timedelta(hours=1)
DAY = "Mon, 23 Nov 2026"
WIRE = replace(FEED, every=5 * MIN)
GOOD = FeedState(ok_at=NOW, polled_at=NOW)


def wait(state: FeedState, feed: Feed = WIRE, jitter: float = 0.0) -> timedelta:
    """How long until the feed is due."""
    return feeds.next_due(feed, state, NOW, jitter=jitter)[0] - NOW


def asking(**wishes: object) -> FeedState:
    """A good state whose server asks this."""
    return replace(GOOD, wishes=ServerWishes(**wishes))  # type: ignore[arg-type]


def test_the_configured_interval_is_the_start() -> None:
    """Without any lesson or wish the feed is due as configured."""
    due, why = feeds.next_due(WIRE, GOOD, NOW)
    assert due == NOW + 5 * MIN
    assert why == "every 5 min"


def test_a_quiet_hour_stretches_the_interval() -> None:
    """By hour of day: as configured in the busy hours, up to four times as long in the quiet."""
    busy = [12.0 if 0 <= hour < 10 else 0.2 for hour in range(24)]
    state = replace(GOOD, hourly=tuple(7 * count for count in busy), hourly_days=7.0)
    at_work, _ = feeds.next_due(WIRE, state, NOW.replace(hour=4))
    at_night, why = feeds.next_due(WIRE, state, NOW.replace(hour=17))
    assert at_work - NOW.replace(hour=4) == 5 * MIN
    assert at_night - NOW.replace(hour=17) == 20 * MIN
    assert "learned" in why


def test_a_rhythm_is_believed_only_after_a_day() -> None:
    """A feed read for the first time an hour ago is read as configured."""
    state = replace(GOOD, hourly=(0.0,) * 24, hourly_days=0.5)
    assert wait(state) == 5 * MIN


@pytest.mark.parametrize(
    ("wishes", "minutes"),
    [
        ({"ttl": 10 * MIN}, 10),
        ({"update_period": 30 * MIN}, 30),
        ({"max_age": 7 * MIN}, 7),
        ({"max_age": 7 * MIN, "ttl": 10 * MIN}, 10),
        ({"ttl": 2 * MIN}, 5),
        ({"ttl": 24 * HOUR}, 60),
    ],
)
def test_what_the_server_asks(wishes: dict[str, timedelta], minutes: int) -> None:
    """The longest of ttl, sy:update and max-age, up to an hour."""
    assert wait(asking(**wishes)) == minutes * MIN


def test_the_reason_names_what_decided() -> None:
    """The words shown to people name the interval and the wish."""
    _, why = feeds.next_due(WIRE, asking(ttl=10 * MIN), NOW)
    assert why == "every 5 min, server asks 10 min"


def test_27_the_window_shortens_what_the_server_asks() -> None:
    """At least three readings while an item stays listed, more after a gap."""
    state = replace(asking(ttl=HOUR), window=1800, listed=20)
    assert wait(state) == 10 * MIN
    gapped = replace(state, gaps=1, gap_at=NOW - HOUR)
    assert wait(gapped) == 5 * MIN


def test_22_failures_back_off_with_jitter() -> None:
    """Each failure after the first doubles the wait; jitter parts feeds that failed together."""
    waits = [
        wait(replace(GOOD, failures=n, failure="other", failing_since=NOW)) for n in range(1, 14)
    ]
    assert waits[:3] == [5 * MIN, 10 * MIN, 20 * MIN]
    assert waits == sorted(waits)
    assert waits[-1] == HOUR
    failed = replace(GOOD, failures=3, failure="other")
    assert wait(failed) < wait(failed, jitter=0.5) < wait(failed, jitter=1.0)
    old = replace(GOOD, failures=40, failure="other", failing_since=NOW - timedelta(days=30))
    assert wait(old, jitter=1.0) == 25 * HOUR


@pytest.mark.parametrize("kind", ["blocked", "busy", "missing", "other"])
@pytest.mark.parametrize(("days", "hours"), [(0.5, 1), (2, 6), (30, 24)])
def test_21_the_longer_it_fails_the_longer_the_wait(kind: str, days: float, hours: int) -> None:
    """An outage of hours is watched hourly, one of weeks daily; no row is ever given up."""
    since = NOW - timedelta(days=days)
    state = replace(GOOD, failures=30, failure=kind, failing_since=since)
    assert wait(state) == hours * HOUR


def test_21_a_feed_that_is_gone_is_asked_daily_then_weekly() -> None:
    """410 is believed at once, and never quite."""
    assert wait(replace(GOOD, failures=1, failure="gone")) == timedelta(days=1)
    assert wait(replace(GOOD, failures=9, failure="gone")) == timedelta(days=7)


@pytest.mark.parametrize(
    ("value", "minutes"),
    [
        ("600", 10),
        ("Mon, 23 Nov 2026 12:30:00 GMT", 30),
        ("316800", 24 * 60),  # 88 hours have been seen
        ("Thu, 23 Nov 2034 12:00:00 GMT", 24 * 60),
        ("99999999999999999999", 24 * 60),
        ("-5", 5),
        ("soon", 5),
        ("Mon, 23 Nov 2020 12:00:00 GMT", 5),
    ],
)
def test_22_retry_after(value: str, minutes: int) -> None:
    """Seconds or a date, at most a day; what makes no sense leaves the usual back-off."""
    state = feeds.after_response(WIRE, GOOD, answer(429, retry_after=value), None, 0, NOW)
    assert wait(state) == minutes * MIN


def test_22_retry_after_ends_with_the_next_good_response() -> None:
    """An order to wait holds for one wait."""
    waiting = feeds.after_response(WIRE, GOOD, answer(503, retry_after="7200"), None, 0, NOW)
    assert wait(waiting) == 2 * HOUR
    well = feeds.after_response(WIRE, waiting, answer(304), None, 0, NOW)
    assert wait(well) == 5 * MIN


def test_skip_hours_and_days() -> None:
    """A due time inside a rest moves to its end."""
    resting = asking(skip_hours=frozenset({12, 13}))
    assert feeds.next_due(WIRE, resting, NOW)[0] == NOW.replace(hour=14)
    weekend = asking(skip_days=frozenset({1}))  # Tuesday
    night = NOW.replace(hour=23, minute=58)
    assert feeds.next_due(WIRE, weekend, night)[0] == (NOW + timedelta(days=2)).replace(hour=0)


def test_a_feed_that_rests_always_does_not_rest() -> None:
    """All hours or all days skipped is no wish that can be kept."""
    assert wait(asking(skip_hours=frozenset(range(24)))) == 5 * MIN
    assert wait(asking(skip_days=frozenset(range(7)))) == 5 * MIN


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({"cache-control": "public, max-age=600"}, 600),
        ({"cache-control": "max-age=600", "age": "200"}, 400),
        (
            {"cache-control": "no-cache, max-age=0", "expires": "Mon, 23 Nov 2026 13:00:00 GMT"},
            None,
        ),
        (
            {"expires": "Mon, 23 Nov 2026 12:05:00 GMT", "date": "Mon, 23 Nov 2026 12:00:00 GMT"},
            300,
        ),
        ({"expires": "0"}, None),
        ({"expires": "Mon, 99 Nov 2026 12:05:00 GMT"}, None),
        ({"cache-control": "no-store", "expires": f"{DAY} 13:00:00 GMT"}, None),
        ({}, None),
    ],
)
def test_wishes_of_the_headers(headers: dict[str, str], seconds: int | None) -> None:
    """Cache-Control less Age, else Expires less Date."""
    wished = feeds.wishes(answer(headers=headers), None, NOW).max_age
    assert wished == (None if seconds is None else timedelta(seconds=seconds))


def test_wishes_of_the_document_last_until_the_next() -> None:
    """A 304 brings no document, so the last one's ttl still holds."""
    state = polled(FeedState(), rss(*stories(1, 5), head="<ttl>30</ttl>"))
    state = feeds.after_response(WIRE, state, answer(304), None, 0, NOW)
    assert state.wishes
    assert state.wishes.ttl == 30 * MIN
    assert feeds.wishes(answer(), parse(rss(*stories(1, 2))), NOW).ttl is None


def times() -> st.SearchStrategy[timedelta | None]:
    """A length of time a server may name, sensible or not."""
    return st.none() | st.timedeltas(timedelta(), timedelta(days=4000))


@given(
    every=st.timedeltas(timedelta(seconds=1), timedelta(days=2)),
    failures=st.integers(0, 10**6),
    failure=st.sampled_from(["", "blocked", "gone", "missing", "busy", "other"]),
    jitter=st.floats(0, 1),
    ttl=times(),
    max_age=times(),
    retry=times(),
    hours=st.frozensets(st.integers(0, 23)),
    days=st.frozensets(st.integers(0, 6)),
    hourly=st.just(()) | st.lists(st.floats(0, 1e6), min_size=24, max_size=24).map(tuple),
    window=st.integers(0, 10**9),
    gaps=st.integers(0, 1000),
)
def test_due_is_always_ahead_and_never_far(
    every: timedelta,
    failures: int,
    failure: str,
    jitter: float,
    ttl: timedelta | None,
    max_age: timedelta | None,
    retry: timedelta | None,
    hours: frozenset[int],
    days: frozenset[int],
    hourly: tuple[float, ...],
    window: int,
    gaps: int,
) -> None:
    """Whatever servers, documents and history say, the next reading comes, within ten days."""
    state = replace(
        GOOD,
        failures=failures,
        failure=failure,
        wishes=ServerWishes(
            ttl=ttl, max_age=max_age, retry_after=retry, skip_hours=hours, skip_days=days
        ),
        hourly=hourly,
        hourly_days=3.0,
        window=window,
        listed=50,
        gaps=gaps,
        gap_at=NOW if gaps else None,
    )
    due, why = feeds.next_due(replace(FEED, every=every), state, NOW, jitter=jitter)
    assert NOW < due <= NOW + timedelta(days=10)
    assert why
    assert (due, why) == feeds.next_due(replace(FEED, every=every), state, NOW, jitter=jitter)
    if not failures and retry is None:
        assert due - NOW >= min(every, MIN)


def test_a_day_of_polls_learns_the_rhythm() -> None:
    """A feed that brings its ten items between 0 and 9 UTC is read less in the evening."""
    feed = replace(FEED, every=10 * MIN)
    state, known, now = FeedState(), set[str](), NOW.replace(hour=0)
    waits: dict[int, list[timedelta]] = {}
    for step in range(3 * 24 * 2):
        now = NOW.replace(hour=0) + step * 30 * MIN
        last = max(n for n in range(-200, 2000) if came_out(n) <= now)
        state = polled(state, listing(last), now, feed=feed, known=known)
        if step > 2 * 24 * 2:
            due, _ = feeds.next_due(feed, state, now)
            waits.setdefault(now.hour, []).append(due - now)
    assert max(waits[4]) < min(waits[18])


def came_out(n: int) -> datetime:
    """Item n of a feed that brings twenty items a day, all before 10 UTC."""
    return NOW.replace(hour=0) + timedelta(days=n // 20) + (n % 20) * 30 * MIN


def listing(last: int) -> bytes:
    """The ten newest items of that feed."""

    return rss(
        *(
            item(f"S{n}", guid=f"s{n}", date=came_out(n).isoformat())
            for n in range(last, last - 10, -1)
        )
    )


def test_jitter_is_a_tenth_of_the_interval_and_at_most_a_minute() -> None:
    """Feeds that answered together spread, and none waits noticeably longer for it."""
    assert wait(GOOD, jitter=1.0) == 5.5 * MIN
    assert wait(GOOD, replace(FEED, every=HOUR), jitter=1.0) == 61 * MIN
    assert wait(GOOD, replace(FEED, every=HOUR), jitter=0.5) == 61 * MIN
    assert wait(GOOD, jitter=0.5) == 5.25 * MIN
    assert [wait(GOOD, jitter=beyond) for beyond in (-1.0, 7.0)] == [5 * MIN, 5.5 * MIN]


def test_a_rest_lasts_two_days_at_most() -> None:
    """A week without its Mondays is read on Wednesday: a weekend is the longest rest there is."""
    resting = asking(skip_days=frozenset({0, 1, 2, 3, 4, 5}))
    assert wait(resting) == timedelta(days=2)


@pytest.mark.parametrize(("listed", "minutes"), [(4, 60), (5, 10)])
def test_a_handful_of_items_tells_nothing_of_the_window(listed: int, minutes: int) -> None:
    """From five items on, the span they cover says how long one stays."""
    state = replace(asking(ttl=HOUR), listed=listed, window=30 * 60)
    assert wait(state) == minutes * MIN
