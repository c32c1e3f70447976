"""How often a feed's document says it wants to be read: ttl, skipHours and skipDays, sy:update*."""

import re
from datetime import timedelta

_PERIODS = {
    "hourly": timedelta(hours=1),
    "daily": timedelta(days=1),
    "weekly": timedelta(weeks=1),
    "monthly": timedelta(days=30),
    "yearly": timedelta(days=365),
}
_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_SKIPS = re.compile(r"<skip(?:hours|days)\b[^<>]*+>((?>[^<]++|<(?!/?skip))*+)", re.I)
_SKIPPED = re.compile(r"<(?:hour|day)\b[^<>]*+>\s*+([A-Za-z]+|\d{1,2})\s*<", re.I)


def minutes(text: str) -> timedelta | None:
    """Read RSS ttl, whole minutes; None when it is no sensible number."""
    number = _whole(text)
    return timedelta(minutes=number) if number else None


def period(name: str, frequency: str) -> timedelta | None:
    """Read sy:updatePeriod and sy:updateFrequency (RSS 1.0 Syndication module)."""
    length = _PERIODS.get(name.strip().lower())
    if length is None:
        return None
    return length / (_whole(frequency) or 1)


def _whole(text: str) -> int:
    """Return a whole number; 0 for what is none, or none that anybody means."""
    digits = text.strip()
    return int(digits) if digits.isascii() and digits.isdigit() and len(digits) <= 6 else 0


def skips(text: str) -> tuple[frozenset[int], frozenset[int]]:
    """Read skipHours (0-23, GMT; 24 means 0) and skipDays (Monday = 0) of RSS.

    Read off the text, because feedparser keeps only the last of the list.
    """
    hours: set[int] = set()
    days: set[int] = set()
    for block in _SKIPS.finditer(text[:20_000]):
        for value in _SKIPPED.findall(block[1]):
            if value.isdigit() and int(value) <= 24:
                hours.add(int(value) % 24)
            elif value.lower() in _DAYS:
                days.add(_DAYS.index(value.lower()))
    return frozenset(hours), frozenset(days)
