"""Reads dates and clocks as news sites and feeds print them, and says how sure the zone is.

The rules, in order:

1. Only the first date of a text is read, in any of the forms `_DATES` lists: ISO 8601, RFC 822 with
   its usual breakages, compact digits, 年月日, 년월일, month names in the European languages our
   outlets use, seconds or milliseconds since 1970. A date without a year is read only when `now` is
   given: it is the last such day not more than two days ahead of `now`.
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
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from typing import Literal

from monitor.dates import clocks, machine, zones
from monitor.dates.zones import zone_for

__all__ = ["Reading", "read", "zone_for"]

_DIGIT = re.compile(r"\d")
_LONGEST = 400  # characters looked at; a date line is shorter
_AHEAD = timedelta(days=2)  # a printed day further ahead than this is a misreading


@dataclass(frozen=True, slots=True)
class Reading:
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
    if _DIGIT.search(shown) is None:
        return None
    written = shown.strip()
    moment = machine.read(written)
    if moment is not None:
        return Reading(moment, written, "instant", "printed")
    plain = shown.translate(_WIDE)
    found = _find_date(plain, zone, now)
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
    words = zones.in_words(plain, max(0, start - 12), end + 24)
    if words is not None:
        start, end = min(start, words[1]), max(end, words[2])
        moment = moment.replace(tzinfo=words[0])
        return Reading(moment, shown[start:end].strip(), precision, "printed")
    expected = zones.named(zone)
    if expected is not None:
        moment = zones.fixed(moment, expected)
        return Reading(moment, shown[start:end].strip(), precision, "assumed")
    return Reading(moment, shown[start:end].strip(), precision, "none")


# ------------------------------------------------------------------ the date


@dataclass(frozen=True, slots=True)
class _Day:
    day: date
    start: int
    end: int
    instant: datetime | None = None
    # Where the clock of a form such as "Sep 30 09:58:00 KST 2024" stands inside the date.
    inside: tuple[int, int] | None = None


def _find_date(text: str, zone: str, now: datetime | None) -> _Day | None:
    best: _Day | None = None
    for pattern, reader in _DATES:
        # An earlier date may reach into the one found, by a month's name at most.
        end = len(text) if best is None else best.start + 20
        for match in pattern.finditer(text, 0, end):
            if best is not None and match.start() >= best.start:
                break
            day = reader(match, zone, now)
            if day is not None:
                best = day
                break
    return best


def _calendar_day(year: int, month: int, day: int) -> date | None:
    if not 1900 <= year <= 2100:
        return None
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _full_year(digits: str) -> int:
    year = int(digits)
    if len(digits) == 4:
        return year
    return year + (2000 if year < 70 else 1900)


def _year_first(match: re.Match[str], zone: str, now: datetime | None) -> _Day | None:
    day = _calendar_day(int(match[1]), int(match[2]), int(match[3]))
    return None if day is None else _Day(day, match.start(), match.end())


def _era_first(match: re.Match[str], zone: str, now: datetime | None) -> _Day | None:
    year = 1 if match[2] == "元" else int(match[2])
    day = _calendar_day(_ERAS[match[1]] + year, int(match[3]), int(match[4]))
    return None if day is None else _Day(day, match.start(), match.end())


def _compact(match: re.Match[str], zone: str, now: datetime | None) -> _Day | None:
    day = _calendar_day(int(match[1]), int(match[2]), int(match[3]))
    if day is None:
        return None
    return _Day(day, match.start(), match.end(), inside=match.span(4) if match[4] else None)


def _epoch(match: re.Match[str], zone: str, now: datetime | None) -> _Day | None:
    seconds = int(match[1][:10])
    when = datetime.fromtimestamp(seconds, UTC)
    return _Day(when.date(), match.start(), match.end(), instant=when)


def _month_named(match: re.Match[str], zone: str, now: datetime | None) -> _Day | None:
    month = _MONTHS.get(match["month"].casefold())
    if month is None:
        return None
    day = _calendar_day(_full_year(match["year"]), month, int(match["day"]))
    if day is None:
        return None
    inside = match.span("inside") if "inside" in match.re.groupindex else None
    return _Day(day, match.start(), match.end(), inside=inside)


def _year_last(match: re.Match[str], zone: str, now: datetime | None) -> _Day | None:
    first, mark, second, year = int(match[1]), match[2], int(match[3]), match[4]
    if len(year) == 2 and zone in _YEAR_FIRST_ZONES:
        day = _calendar_day(2000 + first, second, int(year))
        return None if day is None else _Day(day, match.start(), match.end())
    month_first = mark != "." and (zone in _MONTH_FIRST_ZONES)
    readings = [(second, first), (first, second)]  # (month, day)
    if month_first:
        readings.reverse()
    days = [day for m, d in readings if (day := _calendar_day(_full_year(year), m, d))]
    if not days:
        return None
    if now is not None and mark != "." and days[0] > (now + _AHEAD).date() >= days[-1]:
        days.reverse()
    return _Day(days[0], match.start(), match.end())


def _no_year(match: re.Match[str], zone: str, now: datetime | None) -> _Day | None:
    if now is None:
        return None
    name = match["month"]
    month = int(name) if name.isdecimal() else _MONTHS.get(name.casefold(), 0)
    latest = (now + _AHEAD).date()
    for year in (latest.year, latest.year - 1, latest.year - 2, latest.year - 3, latest.year - 4):
        day = _calendar_day(year, month, int(match["day"]))
        if day is not None and day <= latest:
            return _Day(day, match.start(), match.end())
    return None


# One character for one, so that offsets into the plain line hold in the line as printed.
_WIDE = str.maketrans(
    "０１２３４５６７８９：／－．＋（）−–’\u3000\xa0\u202f\u2009\n\t", "0123456789:/-.+()--'      "
)

_ERAS = {"令和": 2018, "平成": 1988, "昭和": 1925, "民國": 1911, "民国": 1911}

_MONTH_NAMES = """
jan january januar janvier janv enero ene gennaio gen janeiro januari janv. stycznia styczeń ocak
feb february februar février févr fév febrero febbraio fevereiro fev februari lutego luty şubat
mar march märz mär mars marzo março maart mrt marca marzec mart
apr april avril avr abril abr aprile abr. kwietnia kwiecień nisan
may mai mayo mag maggio maio mei maj maja mayıs
jun june juni juin junio giugno giu junho czerwca czerwiec haziran
jul july juli juillet juil julio luglio lug julho lipca lipiec temmuz
aug august août aou agosto ago augusti augustus sierpnia sierpień ağustos
sep sept september septembre septiembre settembre set setembro września wrzesień eylül
oct october oktober okt octobre octubre ottobre ott outubro out października październik ekim
nov november novembre noviembre novembro listopada listopad kasım
dec december dezember dez décembre déc diciembre dic dicembre dezembro desember des grudnia aralık
"""
_MONTHS = {
    name.rstrip("."): number
    for number, names in enumerate(_MONTH_NAMES.strip().splitlines(), 1)
    for name in names.split()
}

_MONTH_FIRST_ZONES = frozenset(
    {"America/New_York", "America/Chicago", "America/Denver", "America/Los_Angeles", "Asia/Manila"}
)
_YEAR_FIRST_ZONES = frozenset(
    {"Asia/Seoul", "Asia/Pyongyang", "Asia/Shanghai", "Asia/Tokyo", "Asia/Taipei", "Asia/Hong_Kong"}
)

_WORD = r"[^\W\d_]{3,12}"
_TIME = r"\d{1,2}:\d{2}(?::\d{2})?"
_Reader = Callable[[re.Match[str], str, datetime | None], _Day | None]
_DATES: tuple[tuple[re.Pattern[str], _Reader], ...] = (
    # 2024-09-30, 2024.9.30, 2024. 9. 30., 2024/9/30, 2024年9月30日, 2024년 9월 30일
    (
        re.compile(
            r"(?<!\d)((?:19|20)\d\d)\s?(?:[-./]|年|년)\s?(\d{1,2})\s?(?:[-./]|月|월)\s?"
            r"(\d{1,2})(?!\d)(?:\s?[日일号號]|\.(?=\s|$))?"
        ),
        _year_first,
    ),
    # 2024 09/30 09:58, as Xinhua sets it in three elements
    (
        re.compile(r"(?<!\d)((?:19|20)\d\d)\s+(\d{1,2})\s?/\s?(\d{1,2})(?=\s+\d{1,2}:\d\d)"),
        _year_first,
    ),
    # 令和6年9月30日, 民國113年9月30日
    (
        re.compile(
            r"(令和|平成|昭和|民國|民国)\s?(\d{1,3}|元)\s?年\s?(\d{1,2})\s?月\s?(\d{1,2})\s?日?"
        ),
        _era_first,
    ),
    # 20240930, 202409300958, 20240930095800, 20240930T095800
    (
        re.compile(
            r"(?<!\d)((?:19|20)\d\d)(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])"
            r"(?:[T ]?((?:[01]\d|2[0-4])[0-5]\d(?:[0-6]\d)?)|(?=\D|$))(?!\d)"
        ),
        _compact,
    ),
    # 30 Sep 2024, 30-Sep-2024, 30. September 2024, 30 de septiembre de 2024, 30th of May 2024
    (
        re.compile(
            r"(?<![\d:])(?P<day>\d{1,2})(?:st|nd|rd|th|er|º|\.)?[\s\-/]?\s?(?:de |of )?"
            rf"(?P<month>{_WORD})[.,]?[\s\-/]?\s?(?:de |del )?'?(?P<year>\d{{4}}|\d{{2}})(?![\d:])"
        ),
        _month_named,
    ),
    # September 30, 2024; Sep 30 2024
    (
        re.compile(
            rf"(?<![^\W\d_])(?P<month>{_WORD})\.?[\s\-]?\s?(?P<day>\d{{1,2}})(?:st|nd|rd|th)?"
            r"(?:,\s?|[\s\-]\s?)(?P<year>\d{4})(?!\d)"
        ),
        _month_named,
    ),
    # Sep 30 09:58:00 KST 2024
    (
        re.compile(
            rf"(?<![^\W\d_])(?P<month>{_WORD})\s+(?P<day>\d{{1,2}})\s+"
            rf"(?P<inside>{_TIME}(?:\s[A-Z]{{1,5}}(?:[+-]\d{{1,2}}:?\d{{0,2}})?|\s[+-]\d{{4}})?)"
            r"\s(?P<year>\d{4})(?!\d)"
        ),
        _month_named,
    ),
    # 30 09 2024 (a feed's numeric month), 30.09.2024, 09/30/2024, 24.09.30
    (
        re.compile(
            r"(?<![\d.:/-])(\d{1,2})([./-]|\s(?=\d\d\s\d{4}))\s?(\d{1,2})\2\s?(\d{4}|\d{2})(?!\d|:\d)"
        ),
        _year_last,
    ),
    (re.compile(r"^\s*(1\d{9}|1\d{12})(?:\.\d+)?\s*$"), _epoch),
    # 9月30日, 9월 30일
    (
        re.compile(r"(?<![\d年년])(?P<month>\d{1,2})\s?[月월]\s?(?P<day>\d{1,2})\s?[日일]"),
        _no_year,
    ),
    # 09-30 09:58, 9/30 09:58
    (
        re.compile(rf"(?<![\d.:/-])(?P<month>\d{{1,2}})[-/.](?P<day>\d{{1,2}})(?=\s{_TIME})"),
        _no_year,
    ),
    # Sept. 30
    (
        re.compile(rf"(?<![^\W\d_])(?P<month>{_WORD})\.?\s(?P<day>\d{{1,2}})(?![\d:])"),
        _no_year,
    ),
    (
        re.compile(rf"(?<![\d:])(?P<day>\d{{1,2}})\.?\s(?P<month>{_WORD})(?![^\W\d_])"),
        _no_year,
    ),
)
