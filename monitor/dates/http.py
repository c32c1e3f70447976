"""The dates of HTTP: Date, Expires, Last-Modified, Retry-After (RFC 9110 sections 5.6.7, 10.2.3).

Servers write what they like there, so nothing here raises, and a value that makes no sense is none.
"""

import re
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from functools import lru_cache

LONGEST_RETRY = timedelta(days=1)  # longer has been seen in the wild (88 hours)
_LONGEST_TEXT = 100  # characters; the longest form of an HTTP date has 33
_SECONDS = re.compile(r"[0-9]{1,20}")


@lru_cache(4096)  # a feed's Last-Modified is the same for hours, and a Date for a second
def read(value: str) -> datetime | None:
    """Return the moment of an HTTP date in UTC; None when it is none.

    All three forms are read, and what e-mail allows beside them; a date without a zone is in UTC.
    """
    if not value or len(value) > _LONGEST_TEXT:
        return None
    try:
        moment = parsedate_to_datetime(value)
        return moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def retry_after(value: str, now: datetime) -> timedelta | None:
    """Return how long a Retry-After header asks to wait: seconds or a date, none to a day.

    Args:
        value: of the header, "" when there was none.
        now: aware; the response's own Date where it has one.

    Returns:
        None when the header says nothing that can be read.
    """
    value = value.strip()
    if _SECONDS.fullmatch(value):
        return min(timedelta(seconds=min(int(value), 10**6)), LONGEST_RETRY)
    until = read(value)
    if until is None:
        return None
    return min(max(until - now, timedelta()), LONGEST_RETRY)
