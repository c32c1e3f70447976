"""Numbers, days and clock times of a text's top, in one form for every language.

They are what a report keeps when it is retold or translated: how many, which day, at what time.
A number is written with its unit multiplied out ("1조2천억", "1.2 trillion", "1.2万亿" are all
1.2e12; "七名" is 7). Years, days of the month and clock times are not numbers. A day is a date of
the calendar, resolved against the day of the report: "Monday" is the last Monday up to that day,
"23日" the nearest 23rd.
"""

import re
from collections.abc import Iterator
from datetime import date, timedelta

from msgspec import Struct

from monitor.dates import words
from monitor.model import Language
from monitor.stories.numerals import numbers_in_words, read_numeral
from monitor.stories.units import measure_at

READ = 600  # characters of the top that are read


class Figures(Struct, frozen=True):
    """What was found; each sorted and without doubles."""

    numbers: tuple[float, ...] = ()
    days: tuple[int, ...] = ()  # date.toordinal()
    clocks: tuple[int, ...] = ()  # minutes after midnight, as printed
    measures: tuple[str, ...] = ()  # numbers with their units, as `units.measure_at` writes them


_MONTHS = words.months("en")
_MONTH = "|".join(sorted(_MONTHS, key=len, reverse=True))
_WEEKDAYS = {
    name: number
    for number, names in enumerate(
        (
            ("monday", "월요일", "星期一", "月曜"),
            ("tuesday", "화요일", "星期二", "火曜"),
            ("wednesday", "수요일", "星期三", "水曜"),
            ("thursday", "목요일", "星期四", "木曜"),
            ("friday", "금요일", "星期五", "金曜"),
            ("saturday", "토요일", "星期六", "土曜"),
            ("sunday", "일요일", "星期日", "日曜"),
        )
    )
    for name in names
}
_ENGLISH_WEEKDAYS = tuple(name for name in _WEEKDAYS if name.isascii())
# 一周天气 is the weather of one week, and 两周一次 is every two weeks.
_CHINESE_WEEKDAY = re.compile(
    "(?<![0-9一二三四五六七八九十两兩几幾半])[周週](?:([一二三四五六日])|天(?![气氣]))"
)
_IN_A_WEEK = "一二三四五六日"
_RUN = re.compile("[0-9]+(?:,[0-9]{3})*(?:[.][0-9]+)?")
_MONTH_BEFORE = re.compile(rf"(?:^|[^a-z])({_MONTH})\.? $")
_DATE_AFTER = re.compile(
    rf" ?[月월] ?(?P<day>\d{{1,2}}) ?[日일号號]|(?:st|nd|rd|th)? (?P<name>{_MONTH})\b"
    r"|[-./](?P<m>\d{1,2})[-./](?P<d>\d{1,2})(?!\d)"
    # A bare 号 stands after 本月 and the like; 7号線 is no day.
    "|(?P<bare>[日일]|(?:(?<=月[0-9])|(?<=月[0-9]{2}))[号號])"
    "(?![間间간째로]| ?(?:연속|連続|连续))"
)
_CLOCK_AFTER = re.compile(
    r":(?P<minute>\d\d)(?!\d) ?(?P<half>[ap]\.?m)?| ?(?P<alone>[ap]\.?m)(?![a-z])"
    r"| ?[시时時点點](?! ?[간間间대])(?: ?(?P<minute2>\d{1,2}) ?[分분])?"
)
_HALVES = "|".join(part for part in words.parts_of_day() if not part.isascii())
_HALF_BEFORE = re.compile(f"({_HALVES}) ?$")
_YEAR_AFTER = re.compile(" ?[年년]")
_UNITS = (
    {"thousand": 1e3}
    | dict.fromkeys(["million", "mln", "mn"], 1e6)
    | dict.fromkeys(["billion", "bln", "bn"], 1e9)
    | dict.fromkeys(["trillion", "tln", "tn"], 1e12)
)
_UNIT_AFTER = re.compile(f" ?({'|'.join(_UNITS)})(?![a-z])")
# "$240m", "2.5k yuan": a letter is a unit only beside a currency; 350m are metres.
_LETTERS = {"k": 1e3, "m": 1e6, "b": 1e9}
_LETTER_AFTER = re.compile(
    "(?P<unit>[kmb])(?![a-z0-9])(?P<money> (?:won|yuan|yen|dollars?|euros?))?"
)
_CURRENCIES = frozenset("$£€¥₩")
_KOREAN = {
    "한": 1,
    "두": 2,
    "세": 3,
    "네": 4,
    "다섯": 5,
    "여섯": 6,
    "일곱": 7,
    "여덟": 8,
    "아홉": 9,
    "열": 10,
}
_KOREAN_NUMBER = re.compile(
    f"({'|'.join(_KOREAN)}) (?:명|발|척|대|곳|차례|나라|사람|기)(?![가-힣]{{2}})"
)
_ENGLISH = {
    "two": 2,
    "three": 3,
    "four": 4,
    "five": 5,
    "six": 6,
    "seven": 7,
    "eight": 8,
    "nine": 9,
    "ten": 10,
    "eleven": 11,
    "twelve": 12,
}
_ENGLISH_NUMBER = re.compile(rf"(?<!\S)(?:{'|'.join(_ENGLISH)})(?!\S)")


def read_figures(top: str, day: date, language: Language) -> Figures:
    """Numbers, days and clock times in a folded (lower case, NFKC) text.

    Args:
        top: headline and first sentences; only the first 600 characters are read.
        day: local day of the report, which relative days are resolved against.
        language: whose number words ("two", "두", "二") are read.
    """
    top = top[:READ]
    weekdays = _WEEKDAYS if not top.isascii() else _ENGLISH_WEEKDAYS if "day" in top else ()
    days = {
        day.toordinal() - (day.weekday() - _WEEKDAYS[name]) % 7 for name in weekdays if name in top
    }
    if "周" in top or "週" in top:
        days |= {
            day.toordinal() - (day.weekday() - _IN_A_WEEK.index(match[1] or "日")) % 7
            for match in _CHINESE_WEEKDAY.finditer(top)
        }
    clocks: set[int] = set()
    found: dict[tuple[int, int], float] = dict(_in_words(top, language))
    position = 0
    while (match := _RUN.search(top, position)) is not None:
        position = (
            _read_date(top, match, day, days)
            or _read_clock(top, match, clocks)
            or _read_number(top, match, found)
        )
    numbers = set(found.values())
    measures = {measure_at(top, start, end, value) for (start, end), value in found.items()}
    return Figures(
        tuple(sorted(numbers - {0.0, 1.0}))[:24],
        tuple(sorted(days))[:8],
        tuple(sorted(clocks))[:6],
        tuple(sorted(measures - {""}))[:24],
    )


def _in_words(top: str, language: Language) -> Iterator[tuple[tuple[int, int], float]]:
    """Numbers that are written out, with where they stand."""
    if language in {"zh", "ja"}:
        for (start, end), value in numbers_in_words(top):
            if not _is_year(top, start, end, value):
                yield (start, end), value
    elif language == "ko":
        for match in _KOREAN_NUMBER.finditer(top):
            yield match.span(1), float(_KOREAN[match[1]])
    else:
        for match in _ENGLISH_NUMBER.finditer(top):
            yield match.span(), float(_ENGLISH[match[0]])


def _read_date(top: str, match: re.Match[str], reference: date, days: set[int]) -> int:
    """Note the day that the digits belong to; returns where it ends, 0 when they are no date."""
    digits = match[0]
    if len(digits) > 4 or not digits.isdigit():
        return 0
    after = _DATE_AFTER.match(top, match.end())
    value = int(digits)
    if after is not None and len(digits) == 4 and after["m"]:
        return _note(days, _nearest(reference, value, int(after["m"]), int(after["d"])), after)
    if len(digits) > 2:
        return 0
    if after is not None and after["day"]:
        return _note(days, _nearest(reference, 0, value, int(after["day"])), after)
    if after is not None and after["name"]:
        return _note(days, _nearest(reference, 0, _MONTHS[after["name"]], value), after)
    before = _MONTH_BEFORE.search(top, max(0, match.start() - 12), match.start())
    if before is not None and top[match.end() : match.end() + 1] != ":":
        return _note(days, _nearest(reference, 0, _MONTHS[before[1]], value), match)
    if after is not None and after["bare"] and top[match.start() - 1 : match.start()] != ".":
        return _note(days, _nearest(reference, 0, 0, value), after)
    return 0


def _note(days: set[int], found: date | None, match: re.Match[str]) -> int:
    if found is not None:
        days.add(found.toordinal())
    return match.end()


def _read_clock(top: str, match: re.Match[str], clocks: set[int]) -> int:
    """Note a clock time, on the 24-hour clock; returns where it ends, 0 when it is none."""
    if len(match[0]) > 2 or not match[0].isdigit() or int(match[0]) > 24:
        return 0
    after = _CLOCK_AFTER.match(top, match.end())
    if after is None:
        return 0
    hour, minute = int(match[0]), int(after["minute"] or after["minute2"] or 0)
    if minute > 59:
        return 0
    before = _HALF_BEFORE.search(top, max(0, match.start() - 4), match.start())
    half = (after["half"] or after["alone"] or (before[1] if before else "")).replace(".", "")
    hour = words.hour_of_day(hour, half)
    clocks.add(hour % 24 * 60 + minute)
    return after.end()


def _read_number(top: str, match: re.Match[str], found: dict[tuple[int, int], float]) -> int:
    """Note a number with its units ("1조2천억", "3만5000", "1.2 billion"); returns its end."""
    total, end = read_numeral(top, match.start())
    if end == match.end():
        if (units := _UNIT_AFTER.match(top, end)) is not None:
            total, end = total * _UNITS[units[1]], units.end()
        elif (letter := _LETTER_AFTER.match(top, end)) is not None and (
            letter["money"] or top[max(0, match.start() - 1) : match.start()] in _CURRENCIES
        ):
            total, end = total * _LETTERS[letter["unit"]], letter.end("unit")
    if not _is_year(top, match.start(), end, total):
        found[match.start(), end] = float(f"{total:.12g}")
    return end


def _is_year(top: str, start: int, end: int, value: float) -> bool:
    return end - start == 4 and (1950 <= value < 2050 or _YEAR_AFTER.match(top, end) is not None)


def _nearest(reference: date, year: int, month: int, day: int) -> date | None:
    """The date with this month and day (0: any) that lies nearest to `reference`."""
    if month:
        choices = [
            (y, month) for y in ((year,) if year else range(reference.year - 1, reference.year + 2))
        ]
    else:
        first = reference.replace(day=1)
        choices = [
            (shifted.year, shifted.month)
            for shifted in (first - timedelta(days=1), first, first + timedelta(days=31))
        ]
    dates = []
    for y, m in choices:
        try:
            dates.append(date(y, m, day))
        except ValueError:
            continue
    return min(dates, key=lambda found: abs(found - reference), default=None)
