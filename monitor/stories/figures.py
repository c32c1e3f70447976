"""Numbers, days and clock times of a text's top, in one form for every language.

They are what a report keeps when it is retold or translated: how many, which day, at what time.
A number is written with its unit multiplied out ("1조2천억", "1.2 trillion", "1.2万亿" are all
1.2e12; "七名" is 7). Years, days of the month and clock times are not numbers. A day is a date of
the calendar, resolved against the day of the report: "Monday" is the last Monday up to that day,
"23日" the nearest 23rd.
"""

import re
from dataclasses import dataclass
from datetime import date, timedelta

READ = 700  # characters of the top that are read


@dataclass(frozen=True, slots=True)
class Figures:
    """What was found; each sorted and without doubles."""

    numbers: tuple[float, ...] = ()
    days: tuple[int, ...] = ()  # date.toordinal()
    clocks: tuple[int, ...] = ()  # minutes after midnight, as printed


_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            ("jan", "january"),
            ("feb", "february"),
            ("mar", "march"),
            ("apr", "april"),
            ("may",),
            ("jun", "june"),
            ("jul", "july"),
            ("aug", "august"),
            ("sep", "sept", "september"),
            ("oct", "october"),
            ("nov", "november"),
            ("dec", "december"),
        ),
        start=1,
    )
    for name in names
}
_MONTH = "|".join(sorted(_MONTHS, key=len, reverse=True))
_WEEKDAYS = {
    name: number
    for number, names in enumerate(
        (
            ("monday", "월요일", "周一", "星期一", "週一", "月曜"),
            ("tuesday", "화요일", "周二", "星期二", "週二", "火曜"),
            ("wednesday", "수요일", "周三", "星期三", "週三", "水曜"),
            ("thursday", "목요일", "周四", "星期四", "週四", "木曜"),
            ("friday", "금요일", "周五", "星期五", "週五", "金曜"),
            ("saturday", "토요일", "周六", "星期六", "週六", "土曜"),
            ("sunday", "일요일", "周日", "星期日", "週日", "周天", "日曜"),
        )
    )
    for name in names
}
_DAY = re.compile(
    rf"\b(?P<m1>{_MONTH})\.? (?P<d1>\d{{1,2}})(?!\d|:)\b"
    rf"|\b(?P<d2>\d{{1,2}})(?:st|nd|rd|th)? (?P<m2>{_MONTH})\b"
    r"|(?P<m3>\d{1,2}) ?[月월] ?(?P<d3>\d{1,2}) ?[日일号號]"
    r"|(?<![\d.月월])(?P<d4>\d{1,2})[日일号號](?!間|间|간|째|연속|正|로)"
    r"|(?P<y5>20\d\d)[-./](?P<m5>\d{1,2})[-./](?P<d5>\d{1,2})"
    rf"|(?P<week>{'|'.join(_WEEKDAYS)})"
)
_CLOCK = re.compile(
    r"(?P<h1>\d{1,2}):(?P<m1>\d\d) ?(?P<half1>[ap]\.?m)?"
    r"|(?P<h2>\d{1,2}) ?(?P<half2>[ap]\.?m)\b"
    r"|(?P<half3>오전|오후|上午|下午|凌晨|早上|晚上|午前|午後)? ?(?P<h3>\d{1,2}) ?[시时時点點]"
    r"(?! ?(?:간|間|间))(?: ?(?P<m3>\d{1,2}) ?[분分])?"
)
_YEAR = re.compile(
    r"(?<![\d,.])(?:19|20)\d\d ?[年년]|(?:in|of|since|from|by|until) (?:19|20)\d\d\b"
    r"|(?<![\d,.])(?:19[5-9]|20[0-4])\d(?![\d,.万亿億千만억천])"
)
_UNITS = (
    dict.fromkeys("십十", 1e1)
    | dict.fromkeys("백百", 1e2)
    | dict.fromkeys(["천", "千", "thousand"], 1e3)
    | dict.fromkeys("만万萬", 1e4)
    | dict.fromkeys(["million", "mln"], 1e6)
    | dict.fromkeys("억亿億", 1e8)
    | dict.fromkeys(["billion", "bln", "bn"], 1e9)
    | dict.fromkeys(["조", "兆", "trillion", "tln"], 1e12)
)
_PART = r"\d[\d,]*(?:\.\d+)?"
_UNIT = "[십백천만억조十百千万萬亿億兆]"
_WORD_UNIT = "(?:thousand|million|billion|trillion|mln|bln|bn|tln)"
_NUMBER = re.compile(rf"(?:{_PART}{_UNIT}+ ?)*{_PART}(?:{_UNIT}+| ?{_WORD_UNIT}\b)?")
_NUMBER_PART = re.compile(rf"(?P<digits>{_PART})(?P<units>{_UNIT}*) ?(?P<word>[a-z]*)")
_HAN_DIGITS = {c: n % 10 for n, c in enumerate("〇一二三四五六七八九零壹贰叁肆伍陆柒捌玖")} | {
    "两": 2,
    "兩": 2,
}
_HAN_NUMBER = re.compile(
    "[一二三四五六七八九两兩十百千万亿]{2,}|[一二三四五六七八九两兩十](?=[名枚艘架发發座国國辆])"
)
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
    f"(?<![가-힣])({'|'.join(_KOREAN)}) (?:명|발|척|대|곳|차례|나라|사람|기)"
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
_ENGLISH_NUMBER = re.compile(rf"\b({'|'.join(_ENGLISH)})\b")
_AFTERNOON = {"pm", "오후", "下午", "晚上", "午後"}


def read_figures(top: str, day: date) -> Figures:
    """Numbers, days and clock times in a folded (lower case, NFKC) text.

    Args:
        top: headline and first sentences; only the first 700 characters are read.
        day: local day of the report, which relative days are resolved against.
    """
    top = top[:READ]
    days: set[int] = set()
    clocks: set[int] = set()
    numbers: set[float] = set()
    top = _DAY.sub(lambda match: _take_day(match, day, days), top)
    top = _CLOCK.sub(lambda match: _take_clock(match, clocks), top)
    top = _YEAR.sub(" ", top)
    numbers.update(_amount(match[0]) for match in _NUMBER.finditer(top))
    numbers.update(_han(match[0]) for match in _HAN_NUMBER.finditer(top))
    numbers.update(float(_KOREAN[match[1]]) for match in _KOREAN_NUMBER.finditer(top))
    numbers.update(float(_ENGLISH[match[1]]) for match in _ENGLISH_NUMBER.finditer(top))
    numbers.discard(0.0)
    numbers.discard(1.0)
    return Figures(tuple(sorted(numbers))[:24], tuple(sorted(days))[:8], tuple(sorted(clocks))[:6])


def _amount(words: str) -> float:
    """The value of digits with units: "1조2천억", "3万5000", "1.2 billion"."""
    total = 0.0
    for part in _NUMBER_PART.finditer(words):
        digits = part["digits"].replace(",", "")
        value = float(digits) if len(digits) < 18 else 0.0
        for unit in part["units"]:
            value *= _UNITS[unit]
        total += value * _UNITS.get(part["word"], 1.0)
    return float(f"{total:.12g}")


def _han(words: str) -> float:
    """The value of a Han numeral such as 二十三 or 三千五百."""
    total = section = digit = 0
    for character in words:
        if character in _HAN_DIGITS:
            digit = _HAN_DIGITS[character]
        elif character in "万亿":
            total = (total + section + digit) * int(_UNITS[character])
            section = digit = 0
        else:
            section += (digit or 1) * int(_UNITS[character])
            digit = 0
    return float(total + section + digit)


def _take_day(match: re.Match[str], reference: date, days: set[int]) -> str:
    """Note the day that was found; what remains of it in the text is a space."""
    if match["week"]:
        back = (reference.weekday() - _WEEKDAYS[match["week"]]) % 7
        days.add(reference.toordinal() - back)
        return " "
    name = match["m1"] or match["m2"]
    month = _MONTHS[name] if name else int(match["m3"] or match["m5"] or 0)
    day = int(match["d1"] or match["d2"] or match["d3"] or match["d4"] or match["d5"])
    found = _nearest(reference, int(match["y5"] or 0), month, day)
    if found is not None:
        days.add(found.toordinal())
    return " "


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


def _take_clock(match: re.Match[str], clocks: set[int]) -> str:
    """Note the clock time that was found, on the 24-hour clock."""
    hour = int(match["h1"] or match["h2"] or match["h3"])
    minute = int(match["m1"] or match["m3"] or 0)
    half = (match["half1"] or match["half2"] or match["half3"] or "").replace(".", "")
    if hour > 24 or minute > 59:
        return match[0]
    if half in _AFTERNOON and hour < 12:
        hour += 12
    clocks.add(hour % 24 * 60 + minute)
    return " "
