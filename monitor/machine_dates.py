"""Dates as programs write them, whole and with an offset: ISO 8601 and RFC 5322.

Most dates we meet are of these two forms, so they are looked for before anything else. What is not
exactly one of them is for `monitor.dates`, which reads what people print.
"""

import re
from datetime import UTC, datetime, timedelta, timezone

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_RFC5322 = re.compile(
    r"(?:(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun), )?(\d\d?) ("
    + "|".join(_MONTHS)
    + r") (\d{4}) (\d\d):(\d\d)(?::(\d\d))? (?:(?:GMT|UTC|UT|Z)|([+-])(\d\d)([0-5]\d))",
    re.ASCII,
)


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
    match = _RFC5322.fullmatch(text)
    if match is None:
        return None
    day, month, year, hour, minute, second, sign, hours, minutes = match.groups()
    zone = UTC
    try:
        if sign:
            offset = timedelta(hours=int(hours), minutes=int(minutes))
            zone = timezone(offset if sign == "+" else -offset)
        return datetime(
            int(year), _MONTHS.index(month) + 1, int(day),
            int(hour), int(minute), int(second or 0), tzinfo=zone,
        )  # fmt: skip
    except ValueError:
        return None
