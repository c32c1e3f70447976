"""A reader is told once when a feed cannot be counted on, and once when it can again."""

from datetime import timedelta

from msgspec.structs import replace

from monitor import feeds
from monitor.model import FeedState
from tests.feeds.documents import FEED, NOW, answer, polled, rss, stories

HOURS = timedelta(hours=1)


def kind(state: FeedState, later: timedelta = timedelta()) -> str:
    """The kind of trouble, "" for none."""
    trouble = feeds.trouble(FEED, state, NOW + later)
    return trouble.kind if trouble else ""


def test_never_read() -> None:
    """A feed that was never read says so, and why."""
    assert kind(FeedState()) == "never read"
    failed = feeds.after_failure(FeedState(), "HTTP 404", NOW, response=answer(404))
    trouble = feeds.trouble(FEED, failed, NOW)
    assert trouble is not None
    assert (trouble.kind, trouble.why) == ("never read", "HTTP 404")


def test_failing_only_after_it_persists() -> None:
    """One failure is no news; three over half an hour are, told once, and the recovery once."""
    state = polled(FeedState(), rss(*stories(60, 70)))
    told: list[str] = []
    for step in range(1, 8):
        now = NOW + step * 15 * timedelta(minutes=1)
        after = feeds.after_failure(state, "HTTP 503", now, response=answer(503))
        told += feeds.events(state, after, FEED, now)
        state = after
    (line,) = told
    assert line.startswith("desk: failing: HTTP 503")
    assert kind(state, 2 * HOURS) == "failing"
    well = feeds.after_response(FEED, state, answer(304), None, 0, NOW + 3 * HOURS)
    (line,) = feeds.events(state, well, FEED, NOW + 3 * HOURS)
    assert "reads again" in line
    assert feeds.events(well, well, FEED, NOW + 3 * HOURS) == ()


def test_16_blocked_is_not_failing() -> None:
    """A feed that answers 403 is marked blocked."""
    state = polled(FeedState(), rss(*stories(60, 70)))
    for step in range(4):
        now = NOW + step * HOURS
        state = feeds.after_failure(state, "HTTP 403", now, response=answer(403))
    assert kind(state, 4 * HOURS) == "blocked"


def test_26_empty_for_an_hour_is_silent() -> None:
    """A feed that lost its items is silent once that lasts."""
    state = polled(FeedState(), rss(*stories(60, 70)))
    for step in range(1, 5):
        state = polled(state, rss(), NOW + step * HOURS / 2)
        assert kind(state, step * HOURS / 2) == ("silent" if step >= 3 else "")


def test_28_frozen_but_valid() -> None:
    """A document that reads well and whose newest item is old is frozen."""
    state = polled(FeedState(), rss(*stories(1, 3)))
    assert kind(replace(state, ok_at=NOW + 9 * 24 * HOURS), 9 * 24 * HOURS) == ""
    assert kind(replace(state, ok_at=NOW + 11 * 24 * HOURS), 11 * 24 * HOURS) == "frozen"


def test_28_a_slow_feed_is_not_frozen() -> None:
    """Five times its own usual distance must pass, for a feed that publishes every two weeks."""
    slow = polled(FeedState(), rss(*stories(1, 3)))
    fortnights = tuple(NOW - n * 14 * 24 * HOURS for n in range(10, 0, -1))
    slow = replace(slow, arrivals=fortnights, newest=fortnights[-1])
    assert kind(slow, 30 * 24 * HOURS) == ""
    assert kind(slow, 80 * 24 * HOURS) == "frozen"


def test_a_busy_feed_that_brings_nothing_is_silent() -> None:
    """A wire that usually brings something hourly and brought nothing for two days is silent."""
    hourly = tuple(NOW - n * HOURS for n in range(50, 0, -1))
    state = replace(polled(FeedState(), rss(*stories(60, 70))), arrivals=hourly, newest=NOW)
    assert kind(state, 20 * HOURS) == ""
    assert kind(state, 48 * HOURS) == "silent"


def test_a_weekend_is_no_silence() -> None:
    """A feed that rests every weekend is not reported on Sunday."""
    week = [NOW - timedelta(days=10) + n * HOURS for n in range(100)]
    after_weekend = [week[-1] + 62 * HOURS + n * HOURS for n in range(20)]
    state = replace(
        polled(FeedState(), rss(*stories(60, 70))),
        arrivals=(*week, *after_weekend),
        newest=after_weekend[-1],
    )
    last = after_weekend[-1] - NOW
    assert kind(state, last + 62 * HOURS) == ""
    assert kind(state, last + 100 * HOURS) == "silent"


def test_a_quiet_feed_is_no_trouble() -> None:
    """Without a rhythm to break, a feed that brings nothing for days is fine."""
    state = polled(FeedState(), rss(*stories(1, 2)))
    assert kind(state, 5 * 24 * HOURS) == ""


def test_events_of_trust() -> None:
    """Guids that turn out worthless and a 304 that was untrue are told."""
    before = polled(FeedState(), rss(*stories(60, 70)))
    after = replace(before, distrust_guid=True, stale_304=1, moved_to="https://new.example/")
    lines = "\n".join(feeds.events(before, after, FEED, NOW))
    assert "one guid" in lines
    assert "not modified" in lines
    assert "https://new.example/" in lines
