"""Which changes of a feed's state may be stored late."""

from datetime import UTC, datetime, timedelta

import pytest
from msgspec.structs import replace

from monitor.feeds import after_response, differ_by_clocks
from monitor.model import Feed, FeedState, Response, ServerWishes

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
FEED = Feed("one", "https://news.example/feed")
READ = FeedState(
    etag='"1"',
    polled_at=NOW,
    ok_at=NOW,
    full_at=NOW,
    status=200,
    hourly=(1.0,) * 24,
    hourly_days=3.0,
    hourly_at=NOW,
    wishes=ServerWishes(),
)


def after_304(**headers: str) -> FeedState:
    answer = Response(304, FEED.url, headers, b"", (), "", 0.1)
    return after_response(FEED, READ, answer, None, 0, NOW + timedelta(minutes=15))


def test_an_unchanged_feed_differs_by_its_clocks() -> None:
    """A 304 changes only when a feed was asked, and what fades with time."""
    after = after_304(etag='"1"', date="Mon, 23 Nov 2026 09:15:00 GMT")
    assert after != READ
    assert differ_by_clocks(READ, after)


def test_an_order_to_stay_away_is_no_clock() -> None:
    """Retry-After is stored at once: who forgot it would ask too early."""
    headers = {"retry-after": "7200"}
    answer = Response(304, FEED.url, headers, b"", (), "", 0.1)
    after = after_response(FEED, READ, answer, None, 0, NOW + timedelta(minutes=15))
    assert not differ_by_clocks(READ, after)


@pytest.mark.parametrize(
    "change",
    [
        {"etag": '"2"'},
        {"failures": 1, "error": "HTTP 500"},
        {"cookies": "[]"},
        {"moved_to": "https://news.example/new", "moved_count": 1},
        {"empties": 1},
        {"arrivals": (NOW,)},
        {"segment_hashes": frozenset({"a"})},
    ],
)
def test_what_a_feed_taught_is_no_clock(change: dict[str, object]) -> None:
    """Whatever would be lost with it is stored at once."""
    after = replace(READ, **change)  # type: ignore[arg-type]
    assert not differ_by_clocks(READ, after)
    assert not differ_by_clocks(after, READ)
