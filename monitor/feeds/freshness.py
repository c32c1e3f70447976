"""Which entries are worth an alert, and what time an entry stands under.

Identity decides what is new, never a date: dates are edited, missing and wrong. Two rules need
them all the same. On a feed's first reading everything is new to us, so only what came out in the
last hour is fresh. And no entry stands in the future: a date more than a few minutes ahead of the
moment we saw it first is the outlet's mistake (often Korean time labelled as UTC, nine hours
ahead), and the moment we saw it serves instead.
"""

import re
from datetime import UTC, datetime, timedelta

from monitor.model import Entry

_CLOCKS_DIFFER = timedelta(minutes=5)
_FRESH = timedelta(hours=1)
_CLOCK = re.compile(r"\d\s?[:：時时시點点]\s?\d|\d{12}|T\d{2}")


def aware(when: datetime) -> datetime:
    """A time in UTC where even the feed's zone is not one the clock knows."""
    return when if when.tzinfo else when.replace(tzinfo=UTC)


def entry_time(entry: Entry, first_seen: datetime) -> datetime:
    """The time to show and sort an entry by, never later than a few minutes after `first_seen`.

    A day without a clock (as printed on list pages, or out of the link) stands for the moment we
    saw the entry, when that was on this day.
    """
    if entry.published is None:
        return first_seen
    published = aware(entry.published)
    if published > first_seen + _CLOCKS_DIFFER:
        return first_seen
    of_last_day = first_seen - published < timedelta(days=1)
    return published if not of_last_day or _CLOCK.search(entry.published_text) else first_seen


def fresh(entry: Entry, first_run: bool, now: datetime) -> bool:
    """Whether an entry the store did not know deserves an alert.

    Args:
        entry: new to the store.
        first_run: the feed was never read before (or not since its identity rules changed).
        now: aware.
    """
    if not first_run:
        return True
    if entry.published is None or entry.date_source == "url":
        return False
    published = aware(entry.published)
    return now - _FRESH <= published <= now + _CLOCKS_DIFFER
