"""Reads dates and clocks as news sites and feeds print them, and says how sure the zone is.

The rules, in order:

1. Only the first date of a text is read, in any form of `monitor.dates.forms`: ISO 8601, RFC 822
   with its usual breakages and local names, compact digits, 年月日, 년월일, eras, month names,
   seconds or milliseconds since 1970. A date without a year is read only when `now` is given: it is
   the last such day not more than two days ahead of `now`.
2. The clock stands after the date with no digit between, or else before it. 오전/오후, 上午/下午,
   午前/午後 and am/pm are understood on either side of the clock; without a clock the precision is
   "day" and the time is midnight.
3. A zone that is printed wins (see `monitor.dates.zones`). Otherwise the caller's zone is assumed;
   without one the result is naive, because a wrong zone is worse than none.
4. 03/04/2024 is the 4th of March in American zones and the 3rd of April elsewhere, unless that day
   lies in the future of `now` and the other reading does not.

feedparser and email.utils get Korean and Chinese forms wrong without saying so (KST as UTC, the
first of the month for 2024.09.30), which is why this is our own code.
"""

import re
from datetime import datetime, time, timedelta, tzinfo
from functools import lru_cache
from typing import Literal

from msgspec import Struct

from monitor.dates import clocks, forms, machine, zones
from monitor.dates.zones import zone_for

__all__ = ["Reading", "read", "zone_for"]

_DIGIT = re.compile(r"\d")

# One character for one, so that offsets into the plain line hold in the line as printed.
_WIDE = str.maketrans(
    "０１２３４５６７８９：／－．・＋（）−–’\u3000\xa0\u202f\u2009\n\t",
    "0123456789:/-..+()--'      ",
)
_LONGEST = 400  # characters looked at; a date line is shorter


class Reading(Struct, frozen=True):
    """A moment or day that was printed.

    `when` is aware when `zone` is "printed" or "assumed" and naive when it is "none"; its offset is
    fixed. `text` is the part of the input that was read, as it stood there.
    """

    when: datetime
    text: str
    precision: Literal["instant", "day"]
    zone: Literal["printed", "assumed", "none"]


def read(text: str, *, zone: str = "", now: datetime | None = None) -> Reading | None:
    """Read the first date in `text`, with its clock and zone if they are there.

    Args:
        text: as printed; only the first 400 characters are looked at.
        zone: IANA name assumed where none is printed; it also settles what CST means and whether
            the month or the day comes first in 03/04/2024. An unknown name counts as "".
        now: aware; lets dates without a year be read, and dates in the future be doubted.

    Returns:
        The reading, or None when there is no date that the calendar knows.
    """
    shown = text[:_LONGEST]
    if _DIGIT.search(shown) is None and "年" not in shown:
        return None
    return _first_date(shown, zone) if now is None else _first_date.__wrapped__(shown, zone, now)


@lru_cache(maxsize=128)  # the readers of a page ask for its few dates over and over
def _first_date(shown: str, zone: str, now: datetime | None = None) -> Reading | None:
    written = shown.strip()
    moment = machine.read(written)
    if moment is not None:
        return Reading(moment, written, "instant", "printed")
    usual = shown.isascii() and shown.isprintable()  # a table is dear, and most lines need none
    plain = shown if usual else shown.translate(_WIDE)
    found = forms.find(plain, zone, now)
    if found is None:
        return None
    if found.instant is not None:
        return Reading(found.instant, shown[found.start : found.end].strip(), "instant", "printed")
    clock = clocks.find(plain, found.start, found.end, inside=found.inside)
    start, end = found.start, found.end
    moment = datetime.combine(found.day, time())
    printed: tuple[tzinfo, int] | None = None
    if clock is not None:
        start, end = min(start, clock.start), max(end, clock.end)
        moment += timedelta(seconds=clock.seconds)
        # After the clock in "9:58 AM EDT, Sept 30, 2024", at the end in "… 2024 09:58 KST", after
        # the date in "2024-09-30 HKT 09:58".
        for at in dict.fromkeys((clock.end, end, found.end)):
            printed = printed or zones.after_clock(plain, at, moment, zone)
    precision: Literal["instant", "day"] = "day" if clock is None else "instant"
    if printed is not None:
        end = max(end, printed[1])
        moment = moment.replace(tzinfo=printed[0])
        return Reading(moment, shown[start:end].strip(), precision, "printed")
    named = zones.in_words(plain, max(0, start - 12), end + 32, moment)
    if named is not None:
        start, end = min(start, named[1]), max(end, named[2])
        moment = moment.replace(tzinfo=named[0])
        return Reading(moment, shown[start:end].strip(), precision, "printed")
    expected = zones.named(zone)
    if expected is not None:
        moment = zones.fixed(moment, expected)
        return Reading(moment, shown[start:end].strip(), precision, "assumed")
    return Reading(moment, shown[start:end].strip(), precision, "none")
