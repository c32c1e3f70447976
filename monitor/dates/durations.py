"""Lengths of time, as people type them and as they are told.

One dialect for the configuration, rule files and the command line: numbers with the units s, m, h,
d and w, one after the other ("90s", "1h30m", "2w").
"""

import re
import unicodedata
from datetime import timedelta

EXAMPLES = '"90s", "5m", "1h30m", "2d" or "2w"'
LONGEST = timedelta(days=36_500)  # no reckoning with a hundred years overflows
_UNITS = {"s": 1, "m": 60, "h": 3_600, "d": 86_400, "w": 604_800}
_PART = re.compile(r"(\d{1,12})\s*([smhdw])\s*", re.ASCII)
_WHOLE = re.compile(rf"(?:{_PART.pattern}){{1,8}}", re.ASCII)


def read(text: object) -> timedelta:
    """Read "90s", "5m", "1h30m", "2d" or "2w".

    Raises:
        ValueError: it is no text, or no such duration, or it is zero or longer than a century.
    """
    written = unicodedata.normalize("NFKC", text).strip() if isinstance(text, str) else ""
    if _WHOLE.fullmatch(written):
        seconds = sum(int(number) * _UNITS[unit] for number, unit in _PART.findall(written))
        if 0 < seconds <= LONGEST.total_seconds():
            return timedelta(seconds=seconds)
    raise ValueError(f"expected a duration such as {EXAMPLES}")


def spoken(length: timedelta) -> str:
    """Return a length as people say it, in at most two units: "40 s", "1 h 30 min", "2 d 3 h".

    The sign is left out.
    """
    seconds = round(abs(length.total_seconds()))
    if seconds < 90:
        return f"{seconds} s"
    minutes = round(seconds / 60)
    if minutes < 90:
        return f"{minutes} min"
    if minutes < 2_880:
        return _two(minutes // 60, "h", minutes % 60, "min")
    hours = round(minutes / 60)
    return _two(hours // 24, "d", hours % 24, "h")


def _two(large: int, unit: str, small: int, smaller_unit: str) -> str:
    return f"{large} {unit} {small} {smaller_unit}" if small else f"{large} {unit}"
