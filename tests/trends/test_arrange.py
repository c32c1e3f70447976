"""Trends count what happened in the reader's days, and tell nought from not having looked."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.trends import arrange, pairs, period_for, to_csv, to_json, to_svg, to_text
from monitor.trends.arrange import steps

SEOUL = ZoneInfo("Asia/Seoul")
FIRST, LAST = date(2026, 11, 23), date(2026, 11, 25)


def at(day: int, hour: int = 12) -> datetime:
    return datetime(2026, 11, day, hour, tzinfo=UTC)


def arranged(happenings, read=None, **changes):
    options = {
        "by": "rule",
        "since": FIRST,
        "until": LAST,
        "zone": SEOUL,
        "period": "day",
    } | changes
    read = [(at(day), 10) for day in range(20, 26)] if read is None else read
    return arrange(happenings, read, **options)


def test_days_are_the_readers() -> None:
    """What happened at 16:00 UTC is of the next day in Seoul."""
    found = arranged([("talks", 1, at(23, 16)), ("talks", 2, at(25, 14)), ("talks", 3, at(25, 16))])
    (talks,) = found.series
    assert talks.name == "talks"
    assert talks.counts == (0, 1, 1)


def test_a_story_counts_once_where_it_began() -> None:
    """Five copies of a story are one story on its first day."""
    found = arranged([("talks", 1, at(day, 1)) for day in (25, 24, 23)])
    assert found.series[0].counts == (1, 0, 0)


def test_a_time_without_reading_is_a_gap() -> None:
    """A day on which nothing was read has no count; one with entries and no story has nought."""
    found = arranged([("talks", 1, at(23))], read=[(at(23), 5), (at(25), 5)])
    assert found.series[0].counts == (1, None, 0)
    assert found.series[0].before is None
    assert "·" in to_text(found)
    assert ",,0" in to_csv(found)


def test_the_window_before_is_as_long() -> None:
    """Stories of the three days before stand beside those of the three days."""
    found = arranged([("talks", n, at(day)) for n, day in enumerate((20, 21, 22, 23, 19))])
    assert (found.series[0].total, found.series[0].before) == (1, 3)
    assert "-67%" in to_text(found)


def test_pairs_are_two_names_of_one_story() -> None:
    """Two names that share a story make a pair, whatever their order."""
    named = pairs([("B", 1, at(23)), ("A", 1, at(24)), ("A", 2, at(24))])
    assert named == [("A + B", 1, at(24))]


def test_every_shape_shows_names_of_four_scripts_harmlessly() -> None:
    """Names from the web neither break the picture nor the columns."""
    found = arranged([("<b>韓国\x1b", 1, at(23)), ("한국", 2, at(23))])
    assert "&lt;b&gt;韓国" in to_svg(found)
    assert "\x1b" not in to_svg(found) + to_text(found) + to_json(found).replace("\\u001b", "")


@pytest.mark.parametrize(
    ("days", "period"), [(1, "day"), (62, "day"), (63, "week"), (400, "week"), (401, "month")]
)
def test_long_windows_have_long_steps(days: int, period: str) -> None:
    """A trend stays readable: days up to two months, weeks for a year, then months."""
    assert period_for(FIRST, FIRST + timedelta(days=days - 1)) == period


@given(
    st.dates(date(2020, 1, 1), date(2030, 1, 1)),
    st.integers(0, 800),
    st.sampled_from(["day", "week", "month"]),
)
def test_steps_tile_the_window(since: date, span: int, period: str) -> None:
    """Every day of a window lies in just one step."""
    until = since + timedelta(days=span)
    starts = steps(since, until, period)
    assert starts[0] <= since
    assert starts[-1] <= until
    assert list(starts) == sorted(set(starts))
    days = [since + timedelta(days=n) for n in range(span + 1)]
    found = arrange(
        [("x", n, datetime.combine(day, datetime.min.time(), UTC)) for n, day in enumerate(days)],
        [],
        by="rule",
        since=since,
        until=until,
        zone=ZoneInfo("UTC"),
        period=period,
    )
    assert found.series[0].total == len(days)
