"""Dates as programs write them, whole and with an offset: ISO 8601 and RFC 5322.

Most dates we meet are of these two forms, so they are looked for before anything else. What is not
exactly one of them is for `monitor.dates`, which reads what people print.
"""

import re
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

# `email.utils` takes much that is no date of this form, and reads some of it wrong.
_RFC5322 = re.compile(
    r"(?:(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun), )?\d\d? "
    r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) \d{4} \d\d:\d\d(?::\d\d)? "
    r"(?:GMT|UTC|UT|Z|[+-]\d\d[0-5]\d)",
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
    if _RFC5322.fullmatch(text) is None:
        return None
    try:
        when = parsedate_to_datetime(text)
    except ValueError:
        return None
    return when if when.tzinfo else when.replace(tzinfo=UTC)  # -0000: UTC, from wherever
