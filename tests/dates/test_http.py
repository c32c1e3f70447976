"""Dates and waits in the headers of HTTP, whatever servers write there."""

from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.dates import http

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    "value",
    [
        "Mon, 23 Nov 2026 09:05:00 GMT",
        "Monday, 23-Nov-26 09:05:00 GMT",
        "Mon Nov 23 09:05:00 2026",
        "Mon, 23 Nov 2026 18:05:00 +0900",
        "Mon, 23 Nov 2026 09:05:00 -0000",
    ],
)
def test_every_form_of_an_http_date_is_read(value: str) -> None:
    """The three forms of RFC 9110 and those of e-mail give the moment in UTC."""
    assert http.read(value) == NOW + timedelta(minutes=5)
    assert http.retry_after(value, NOW) == timedelta(minutes=5)


def test_retry_after_in_seconds() -> None:
    """Seconds are waited for, at most a day; a moment gone by is no wait."""
    assert http.retry_after(" 120 ", NOW) == timedelta(minutes=2)
    assert http.retry_after("316800", NOW) == timedelta(days=1)
    past = format_datetime(NOW - timedelta(days=900), usegmt=True)
    assert http.retry_after(past, NOW) == timedelta(0)
    far = format_datetime(NOW + timedelta(days=900), usegmt=True)
    assert http.retry_after(far, NOW) == timedelta(days=1)


@pytest.mark.parametrize(
    "value", ["", "soon", "-5", "1e9", "12.5", "٣٠", "Mon, 99 Foo 2026", "9" * 5_000, "²", "0x10"]
)
def test_what_says_nothing_is_none(value: str) -> None:
    """What is neither seconds nor a date is no Retry-After, 5,000 digits among it."""
    assert http.retry_after(value, NOW) is None
    assert http.read(value) is None


@given(st.text(max_size=60))
def test_no_header_raises(value: str) -> None:
    """Any text gives None or a wait of up to a day."""
    wait = http.retry_after(value, NOW)
    assert wait is None or timedelta(0) <= wait <= timedelta(days=1)
