"""Dates as programs write them, whole and with an offset: ISO 8601 and RFC 5322.

Most dates we meet are of these two forms, so they are looked for before anything else. What is not
exactly one of them is for `monitor.dates`, which reads what people print.
"""

import re
from datetime import UTC, datetime, timedelta, timezone
from functools import lru_cache

# `email.utils` takes much that is no date of this form, reads some of it wrong, and is slower.
_MONTHS = "Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec"
_RFC5322 = re.compile(
    r"(?:(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun), )?(\d\d?) "
    rf"({_MONTHS}) (\d{{4}}) (\d\d):(\d\d)(?::(\d\d))? "
    r"(?:GMT|UTC|UT|Z|([+-])(\d\d)([0-5]\d))",
    re.ASCII,
)
_MONTH_NUMBERS = {name: number for number, name in enumerate(_MONTHS.split("|"), 1)}


def read(text: str) -> datetime | None:
    """Return the moment, aware, of the year 1900 to 2100; None when `text` is of neither form."""
    when = _iso(text) if text[4:5] == "-" else _rfc5322(text)
    return when if when is not None and 1900 <= when.year <= 2100 else None


def _iso(text: str) -> datetime | None:
    if len(text) < 17 or text[10] not in "T ":
        return None
    try:
        when = datetime.fromisoformat(text)
    except ValueError:
        return None
    return None if when.tzinfo is None else when


def _rfc5322(text: str) -> datetime | None:
    found = _RFC5322.fullmatch(text)
    if found is None:
        return None
    day, month, year, hour, minute, second, sign, hours, minutes = found.groups("0")
    clock = int(hour), int(minute), int(second)
    if year.startswith("00"):  # RFC 5322, 4.3, padded
        year = ("20" if year[2:] < "69" else "19") + year[2:]
    try:
        # -0000: UTC, from wherever
        zone = UTC if sign == "0" else _offset(sign, int(hours), int(minutes))
        return datetime(int(year), _MONTH_NUMBERS[month], int(day), *clock, tzinfo=zone)
    except ValueError:
        return None


@lru_cache(64)  # a feed has one or two
def _offset(sign: str, hours: int, minutes: int) -> timezone:
    offset = timedelta(hours=hours, minutes=minutes)
    return timezone(-offset if sign == "-" else offset)
