"""The forms in which a calendar day is printed, each with what reads it."""

import re
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import UTC, date, datetime, timedelta

from msgspec import Struct

from monitor.dates import eras, words

_AHEAD = timedelta(days=2)  # a printed day further ahead than this is a misreading


class Day(Struct, frozen=True):
    """A calendar day, and where it stands in the text."""

    day: date
    start: int
    end: int
    instant: datetime | None = None
    # Where the clock of a form such as "Sep 30 09:58:00 KST 2024" stands inside the date.
    inside: tuple[int, int] | None = None


def find(text: str, zone: str, now: datetime | None) -> Day | None:
    """Return the first day of a text that the calendar knows.

    Args:
        text: with the digits and marks of ASCII.
        zone: IANA name of the outlet's zone, or "": says whether month or day comes first.
        now: aware; lets dates without a year be read, and days in the future be doubted.
    """
    best: Day | None = None
    for marks, pattern, reader in _DATES:
        if marks and not _has_any(text, marks):
            continue
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


def _has_any(text: str, marks: Sequence[str]) -> bool:
    for mark in marks:  # noqa: SIM110  (a generator costs more than looking)
        if mark in text:
            return True
    return False


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


def _year_first(match: re.Match[str], zone: str, now: datetime | None) -> Day | None:
    day = _calendar_day(int(match[1]), int(match[2]), int(match[3]))
    return None if day is None else Day(day, match.start(), match.end())


def _era_first(match: re.Match[str], zone: str, now: datetime | None) -> Day | None:
    year = eras.year_of(match, zone)
    day = _calendar_day(year, int(match["month"]), int(match["day"])) if year else None
    return None if day is None else Day(day, match.start(), match.end())


def _compact(match: re.Match[str], zone: str, now: datetime | None) -> Day | None:
    day = _calendar_day(int(match[1]), int(match[2]), int(match[3]))
    if day is None:
        return None
    return Day(day, match.start(), match.end(), inside=match.span(4) if match[4] else None)


def _epoch(match: re.Match[str], zone: str, now: datetime | None) -> Day | None:
    seconds = int(match[1][:10])
    when = datetime.fromtimestamp(seconds, UTC)
    return Day(when.date(), match.start(), match.end(), instant=when)


def _in_numerals(match: re.Match[str], zone: str, now: datetime | None) -> Day | None:
    day = _calendar_day(*map(words.numeral, match.groups()))
    return None if day is None else Day(day, match.start(), match.end())


def _month(name: str) -> int:
    """The number of a month as printed: November, 11월, 十一月, tháng 11; 0 when it is none."""
    number = name.rpartition(" ")[2].rstrip("月월")
    if number.isdecimal():
        return int(number)
    if number != name:
        with suppress(ValueError):
            return words.numeral(number)
    return _MONTHS.get(name.casefold(), 0)


def _month_named(match: re.Match[str], zone: str, now: datetime | None) -> Day | None:
    day = _calendar_day(_full_year(match["year"]), _month(match["month"]), int(match["day"]))
    if day is None:
        return None
    inside = match.span("inside") if "inside" in match.re.groupindex else None
    return Day(day, match.start(), match.end(), inside=inside)


def _year_last(match: re.Match[str], zone: str, now: datetime | None) -> Day | None:
    first, mark, second, year = int(match[1]), match[2], int(match[3]), match[4]
    if len(year) == 2 and zone in _YEAR_FIRST_ZONES:
        day = _calendar_day(2000 + first, second, int(year))
        return None if day is None else Day(day, match.start(), match.end())
    month_first = mark != "." and (zone in _MONTH_FIRST_ZONES)
    readings = [(second, first), (first, second)]  # (month, day)
    if month_first:
        readings.reverse()
    days = [day for m, d in readings if (day := _calendar_day(_full_year(year), m, d))]
    if not days:
        return None
    if now is not None and mark != "." and days[0] > (now + _AHEAD).date() >= days[-1]:
        days.reverse()
    return Day(days[0], match.start(), match.end())


def _no_year(match: re.Match[str], zone: str, now: datetime | None) -> Day | None:
    if now is None:
        return None
    month = _month(match["month"])
    latest = (now + _AHEAD).date()
    for year in (latest.year, latest.year - 1, latest.year - 2, latest.year - 3, latest.year - 4):
        day = _calendar_day(year, month, int(match["day"]))
        if day is not None and day <= latest:
            return Day(day, match.start(), match.end())
    return None


_MONTHS = words.months()

_MONTH_FIRST_ZONES = frozenset(
    {"America/New_York", "America/Chicago", "America/Denver", "America/Los_Angeles", "Asia/Manila"}
)
_YEAR_FIRST_ZONES = frozenset(
    {"Asia/Seoul", "Asia/Pyongyang", "Asia/Shanghai", "Asia/Tokyo", "Asia/Taipei", "Asia/Hong_Kong"}
)

_WORD = r"[^\W\d_]{3,12}"
_NUMERAL = "[〇零元一二三四五六七八九十]"
_CENTURIES = ("19", "20")
_TIME = r"\d{1,2}:\d{2}(?::\d{2})?"
_Reader = Callable[[re.Match[str], str, datetime | None], Day | None]
# Of the first, one must stand in the text (the search is dear), then the form, then its reader.
_DATES: tuple[tuple[tuple[str, ...], re.Pattern[str], _Reader], ...] = (
    # 2024-09-30, 2024.9.30, 2024. 9. 30., 2024/9/30, 2024年9月30日, 2024년 9월 30일
    (
        _CENTURIES,
        re.compile(
            r"(?<!\d)((?:19|20)\d\d)\s?(?:[-./]|年|년)\s?(\d{1,2})\s?(?:[-./]|月|월)\s?"
            r"(\d{1,2})(?!\d)(?:\s?[日일号號]|\.(?=\s|$))?"
        ),
        _year_first,
    ),
    # 2024 09/30 09:58, as Xinhua sets it in three elements
    (
        _CENTURIES,
        re.compile(r"(?<!\d)((?:19|20)\d\d)\s+(\d{1,2})\s?/\s?(\d{1,2})(?=\s+\d{1,2}:\d\d)"),
        _year_first,
    ),
    # 令和6年9月30日, 民國113年9月30日, 주체113(2024)년 9월 30일, Juche 113 (2024). 9. 30.
    (eras.NAMES, eras.NAMED, _era_first),
    # 113年9月30日, 113-09-30, 113/09/30 (Taiwan), R6.9.30 (Japan)
    ((), eras.LOCAL, _era_first),
    # 二〇二四年九月三十日
    (
        ("年",),
        re.compile(rf"([二一]{_NUMERAL}{{3}})年({_NUMERAL}{{1,2}})月({_NUMERAL}{{1,3}})日"),
        _in_numerals,
    ),
    # 20240930, 202409300958, 20240930095800, 20240930T095800
    (
        _CENTURIES,
        re.compile(
            r"(?<!\d)((?:19|20)\d\d)(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])"
            r"(?:[T ]?((?:[01]\d|2[0-4])[0-5]\d(?:[0-6]\d)?)|(?=\D|$))(?!\d)"
        ),
        _compact,
    ),
    # 2024 Sep 30, 2024-Sep-30, 2024. szeptember 30., 2024年 九月 30日
    (
        _CENTURIES,
        re.compile(
            rf"(?<!\d)(?P<year>(?:19|20)\d\d)(?:[\s\-./年]|\.\s|年\s)(?P<month>{_WORD}|{_NUMERAL}{{1,2}}月)"
            r"(?:\.\s|[\s\-./])?(?P<day>\d{1,2})(?![\d:])"
        ),
        _month_named,
    ),
    # Sep 30, Juche 113 (2024)
    (
        ("Juche",),
        re.compile(
            rf"(?<![^\W\d_])(?P<month>{_WORD})\.?\s(?P<day>\d{{1,2}}),?\s"
            r"Juche\s?\d{1,3},?\s?\((?P<year>\d{4})\)"
        ),
        _month_named,
    ),
    # 30 9월 2024, 30 九月 2024, 30 tháng 9 năm 2024
    (
        ("월", "月", "th"),
        re.compile(
            rf"(?<![\d:])(?P<day>\d{{1,2}})[\s\-/](?P<month>(?:\d{{1,2}}|{_NUMERAL}{{1,2}})[月월]"
            r"|(?:tháng|thg) \d{1,2})(?:,?[\s\-/]|\snăm\s)(?P<year>\d{4})(?![\d:])"
        ),
        _month_named,
    ),
    # 30 Sep 2024, 30-Sep-2024, 30. September 2024, 30 de septiembre de 2024, 30th of May 2024
    (
        (),
        re.compile(
            r"(?<![\d:])(?P<day>\d{1,2})(?:st|nd|rd|th|er|º|\.)?[\s\-/]?\s?(?:de |of )?"
            rf"(?P<month>{_WORD})[.,]?[\s\-/]?\s?(?:de |del )?'?(?P<year>\d{{4}}|\d{{2}})(?![\d:])"
        ),
        _month_named,
    ),
    # September 30, 2024; Sep 30 2024
    (
        (),
        re.compile(
            rf"(?<![^\W\d_])(?P<month>{_WORD})\.?[\s\-]?\s?(?P<day>\d{{1,2}})(?:st|nd|rd|th)?"
            r"(?:,\s?|[\s\-]\s?)(?P<year>\d{4})(?!\d)"
        ),
        _month_named,
    ),
    # Sep 30 09:58:00 KST 2024
    (
        (":",),
        re.compile(
            rf"(?<![^\W_])(?P<month>{_WORD}|\d{{1,2}}[月월])\s+(?P<day>\d{{1,2}})\s+"
            rf"(?P<inside>{_TIME}(?:\s[A-Z]{{1,5}}(?:[+-]\d{{1,2}}:?\d{{0,2}})?|\s[+-]\d{{4}})?)"
            r"\s(?P<year>\d{4})(?!\d)"
        ),
        _month_named,
    ),
    # 30 09 2024 (a feed's numeric month), 30.09.2024, 09/30/2024, 24.09.30
    (
        (),
        re.compile(
            r"(?<![\d.:/-])(\d{1,2})([./-]|\s(?=\d\d\s\d{4}))\s?(\d{1,2})\2\s?(\d{4}|\d{2})(?!\d|:\d)"
        ),
        _year_last,
    ),
    ((), re.compile(r"^\s*(1\d{9}|1\d{12})(?:\.\d+)?\s*$"), _epoch),
    # 9월 30일 2024
    (
        ("월", "月"),
        re.compile(
            r"(?<![\d年년])(?P<month>\d{1,2})\s?[月월]\s?(?P<day>\d{1,2})\s?[日일]?,?\s(?P<year>(?:19|20)\d\d)"
            r"(?=\s*(?:[年년,(]|$|\s\d))"
        ),
        _month_named,
    ),
    # 9月30日, 9월 30일
    (
        ("월", "月"),
        re.compile(r"(?<![\d年년])(?P<month>\d{1,2})\s?[月월]\s?(?P<day>\d{1,2})\s?[日일]"),
        _no_year,
    ),
    # 09-30 09:58, 9/30 09:58
    (
        (":",),
        re.compile(rf"(?<![\d.:/-])(?P<month>\d{{1,2}})[-/.](?P<day>\d{{1,2}})(?=\s{_TIME})"),
        _no_year,
    ),
    # Sept. 30
    (
        (),
        re.compile(rf"(?<![^\W\d_])(?P<month>{_WORD})\.?\s(?P<day>\d{{1,2}})(?![\d:])"),
        _no_year,
    ),
    (
        (),
        re.compile(rf"(?<![\d:])(?P<day>\d{{1,2}})\.?\s(?P<month>{_WORD})(?![^\W\d_])"),
        _no_year,
    ),
)
