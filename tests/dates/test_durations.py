"""Durations: one dialect for configuration, rules and command line, and the way back to words."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.dates import durations


@pytest.mark.parametrize(
    ("text", "length"),
    [
        ("90s", timedelta(seconds=90)),
        ("5m", timedelta(minutes=5)),
        ("1h30m", timedelta(minutes=90)),
        (" 1h 30m ", timedelta(minutes=90)),
        ("３０ｍ", timedelta(minutes=30)),
        ("2d", timedelta(days=2)),
        ("2w", timedelta(days=14)),
        ("1w2d12h", timedelta(days=9, hours=12)),
    ],
)
def test_a_duration_is_read(text: str, length: timedelta) -> None:
    """Units follow one another, with or without spaces."""
    assert durations.read(text) == length


@pytest.mark.parametrize(
    "text",
    [
        "",
        "5",
        "0s",
        "h",
        "1h30",
        "-5m",
        "1.5h",
        "5 minutes",
        "٣h",
        "9" * 5_000 + "s",
        "4000w0h9999w",
    ],
)
def test_what_is_no_duration_is_refused(text: str) -> None:
    """Other units, signs, fractions, nothing at all and more than a century are faults."""
    with pytest.raises(ValueError, match="expected a duration such as"):
        durations.read(text)


@pytest.mark.parametrize(
    ("length", "words"),
    [
        (timedelta(seconds=40), "40 s"),
        (timedelta(minutes=5), "5 min"),
        (timedelta(minutes=90), "1 h 30 min"),
        (timedelta(hours=8), "8 h"),
        (timedelta(days=3, hours=1), "3 d 1 h"),
        (timedelta(days=2), "2 d"),
        (timedelta(hours=-8), "8 h"),
    ],
)
def test_a_length_is_spoken(length: timedelta, words: str) -> None:
    """At most two units, the second left out when it is nothing."""
    assert durations.spoken(length) == words


@given(st.timedeltas(timedelta(seconds=1), timedelta(days=3_000)))
def test_a_spoken_length_is_nearly_the_length(length: timedelta) -> None:
    """Nothing spoken is further from the truth than half of its smallest unit allows."""
    units = {"s": 1, "min": 60, "h": 3_600, "d": 86_400}
    words = durations.spoken(length).split()
    told = sum(
        int(number) * units[unit] for number, unit in zip(words[::2], words[1::2], strict=True)
    )
    smallest = 1 if told < 90 else 60 if told < 2_880 * 60 else 3_600
    # Minutes are rounded from whole seconds, hours from whole minutes.
    assert abs(told - length.total_seconds()) <= smallest / 2 + smallest / 60
