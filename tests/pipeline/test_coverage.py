"""What a digest claims to have stood behind it, over any install date, window and downtime."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from monitor.model import FeedState
from monitor.pipeline.coverage import APART, absent, was_read

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)
SPANS = st.lists(st.tuples(st.integers(0, 96), st.integers(0, 4)), max_size=20)


def rounds_of(spans: list[tuple[int, int]]) -> list[tuple[datetime, datetime]]:
    """Rounds that begin at an hour and last some hours, in order."""
    return sorted((NOON + begin * HOUR, NOON + (begin + last) * HOUR) for begin, last in spans)


@given(SPANS, st.integers(-48, 96), st.integers(0, 72), st.integers(1, 48))
def test_absences_are_what_rounds_leave_open(
    spans: list[tuple[int, int]], began: int, since: int, length: int
) -> None:
    """Absences lie in the window, after the monitor began, apart from every round, and are long."""
    start, end = NOON + since * HOUR, NOON + (since + length) * HOUR
    first = NOON + began * HOUR
    rounds = [one for one in rounds_of(spans) if one[1] >= start - APART and one[0] < end]
    found = absent(rounds, first, start, end)
    for left, right in found:
        assert max(start, first) <= left < right <= end
        assert right - left > APART
        assert not any(begin < right and stop > left for begin, stop in rounds)
    moment = max(start, first)
    while moment + APART < end:
        looked = any(b <= moment + APART and s >= moment for b, s in rounds)
        told = any(left <= moment + APART and right >= moment for left, right in found)
        assert looked or told
        moment += HOUR


def test_nothing_is_said_of_the_time_before_it_began() -> None:
    """A monitor installed an hour ago was not absent yesterday; it did not exist."""
    assert absent([], NOON, NOON - 24 * HOUR, NOON + HOUR) == ()
    assert absent([], None, NOON - 24 * HOUR, NOON) == ()


def test_a_feed_that_was_not_due_in_a_short_window_counts_as_read() -> None:
    """An hourly feed read at 11:40 is no unread feed of the window from 12:00 to 12:15."""
    until = NOON + timedelta(minutes=15)
    state = FeedState(ok_at=NOON - timedelta(minutes=20), due=NOON + timedelta(minutes=40))
    assert was_read(state, NOON, until)
    assert not was_read(FeedState(ok_at=NOON - 2 * HOUR, due=NOON - HOUR), NOON, until)
    assert not was_read(FeedState(ok_at=NOON, due=until, failures=2), NOON, until)
    assert not was_read(FeedState(), NOON, until)
