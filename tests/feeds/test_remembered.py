"""What one answer after another leaves in the state of a feed, field by field."""

from datetime import timedelta

import pytest
from msgspec.structs import replace

from monitor import feeds
from monitor.errors import TimedOut
from monitor.feeds.state.request import wishes
from monitor.model import FeedState
from tests.feeds.documents import FEED, NOW, answer, parse, polled, rss, stories

HOUR = timedelta(hours=1)


def test_news_and_silence_are_told_apart() -> None:
    """When something new came, and the dates of just that."""
    known: set[str] = set()
    first = polled(FeedState(), rss(*stories(1, 20)), NOW, known=known)
    second = polled(first, rss(*stories(3, 22)), NOW + HOUR, known=known)
    assert second.changed_at == NOW + HOUR
    assert second.arrivals[-2:] == tuple(
        NOW.replace(hour=0) + timedelta(minutes=10 * n) for n in (21, 22)
    )
    assert len(second.arrivals) == len(first.arrivals) + 2
    third = polled(second, rss(*stories(3, 22), head="<!-- x -->"), NOW + 2 * HOUR, known=known)
    assert (third.changed_at, third.arrivals) == (NOW + HOUR, second.arrivals)
    assert third.ok_at == NOW + 2 * HOUR


def test_the_same_body_was_read_in_full() -> None:
    """As was an empty list of a feed that never had items."""
    state = polled(FeedState(), rss(*stories(1, 3)), NOW)
    again = feeds.after_response(FEED, state, answer(200), None, 0, NOW + HOUR)
    assert again.full_at == NOW + HOUR
    never = polled(FeedState(), rss(), NOW)
    assert (never.full_at, never.empties) == (NOW, 0)


def test_two_items_are_a_window() -> None:
    """One tells nothing of how long items stay."""
    assert polled(FeedState(), rss(*stories(1, 2))).window == 600
    assert not polled(FeedState(), rss(*stories(1, 1))).window


@pytest.mark.parametrize(("items", "gap"), [(2, 0), (3, 1)])
def test_a_gap_takes_three_items(items: int, gap: int) -> None:
    """A list of two that are both new may be a feed that shows no more."""
    known: set[str] = set()
    state = polled(FeedState(), rss(*stories(1, items)), known=known)
    later = polled(state, rss(*stories(40, 39 + items)), NOW + HOUR, known=known)
    assert later.gaps == gap
    assert later.gap_at == (NOW + HOUR if gap else None)


def test_a_document_takes_its_wishes_back_and_a_304_leaves_them() -> None:
    """What a feed asks holds until its next document."""
    asking = polled(FeedState(), rss(*stories(1, 3), head="<ttl>40</ttl>"))
    assert asking.wishes is not None
    assert asking.wishes.ttl == timedelta(minutes=40)
    unchanged = feeds.after_response(FEED, asking, answer(304), None, 0, NOW + HOUR)
    assert unchanged.wishes is not None
    assert unchanged.wishes.ttl == timedelta(minutes=40)
    body = rss(*stories(1, 4))
    silent = feeds.after_response(FEED, asking, answer(200, body), parse(body), 1, NOW + HOUR)
    assert silent.wishes is not None
    assert silent.wishes.ttl is None


@pytest.mark.parametrize(
    ("waited", "adopted"), [(timedelta(hours=23, minutes=59), False), (timedelta(days=1), True)]
)
@pytest.mark.parametrize("status", [301, 308])
def test_a_move_takes_three_answers_and_a_day(
    status: int, waited: timedelta, adopted: bool
) -> None:
    """A day to the second; 308 says the same as 301."""
    known: set[str] = set()
    target = "https://new.example/rss.xml"
    state = polled(FeedState(), rss(*stories(1, 9)), known=known)
    for now in (NOW, NOW + HOUR, NOW + waited):
        state = polled(state, rss(*stories(1, 9)), now, known=known, redirects=((status, target),))
    assert state.address == (target if adopted else "")


def test_a_long_fault_is_cut() -> None:
    """It stands in a table."""
    state = feeds.after_failure(FeedState(), TimedOut("x" * 900), NOW)
    assert state.error == "x" * 300
    assert (state.failures, state.failing_since) == (1, NOW)
    again = feeds.after_failure(state, TimedOut("y"), NOW + HOUR)
    assert (again.error, again.failures, again.failing_since) == ("y", 2, NOW)


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({"cache-control": "max-age=600"}, 600),
        ({"cache-control": "max-age=600", "age": "599"}, 1),
        ({"cache-control": "max-age=600", "age": "600"}, None),
        ({"cache-control": "max-age=600", "age": "-5"}, 600),
        ({"cache-control": "max-age=600", "age": "9" * 10}, 600),
        ({"cache-control": "max-age=600", "age": " 100 "}, 500),
        ({"cache-control": "no-cache", "expires": "Mon, 23 Nov 2026 13:00:00 GMT"}, None),
        ({"expires": "Mon, 23 Nov 2026 13:00:00 GMT"}, 3600),
        ({"expires": "Mon, 23 Nov 2026 12:00:00 GMT"}, None),
        ({"expires": "Mon, 23 Nov 2026 13:00:00 GMT", "date": "Mon, 23 Nov 2026 12:30:00 GMT"},
         1800),
    ],
)  # fmt: skip
def test_how_long_an_answer_is_fresh(headers: dict[str, str], seconds: int | None) -> None:
    """By max-age less the time it lay in caches (RFC 9111), else by Expires and its own Date."""
    asked = wishes(answer(200, headers=headers), None, NOW)
    assert asked.max_age == (None if seconds is None else timedelta(seconds=seconds))


def test_a_failure_spreads_its_wait() -> None:
    """By a quarter of it, an hour at most."""
    for failures in (1, 9):
        state = replace(FeedState(), failures=failures, failing_since=NOW, ok_at=NOW)
        least = feeds.next_due(FEED, state, NOW, jitter=0.0)[0] - NOW
        most = feeds.next_due(FEED, state, NOW, jitter=1.0)[0] - NOW
        assert most - least == min(least * 0.25, HOUR)
