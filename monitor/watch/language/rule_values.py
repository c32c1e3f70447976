"""Single values of a rule file: each is read, and what is wrong with it reported in place."""

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime, timedelta
from itertools import pairwise
from typing import Any

from monitor.dates import durations
from monitor.model import LEVELS, Level, Zone
from monitor.watch.language.rules import ZONES, Scope
from monitor.watch.language.source import nearest

Report = Callable[..., None]
_WORDS = re.compile(r"(\d+) words?")


def unknown_keys(at: Report, raw: Mapping[str, Any], known: Sequence[str]) -> None:
    for key in raw:
        if key not in known:
            at("unknown key", key=key, hint=nearest(key, known) or f"one of {', '.join(known)}")


def thresholds(at: Report, raw: object) -> tuple[tuple[tuple[Level, float], ...], bool]:
    """Return the thresholds, highest level first, and whether they are numbers."""
    if isinstance(raw, str):
        for level in LEVELS:
            if raw == level:
                return ((level, 1.0),), False
        at(f'unknown level "{raw}"', key="alert",
           hint=nearest(raw, LEVELS) or f"one of {', '.join(LEVELS)}")  # fmt: skip
        return (("digest", 1.0),), True
    if not isinstance(raw, dict) or not raw:
        at("expected a level or thresholds such as { now = 8, digest = 3 }", key="alert")
        return (("digest", 1.0),), True
    for key, value in raw.items():
        if key not in LEVELS:
            at(f'unknown level "{key}"', key="alert",
               hint=nearest(key, LEVELS) or f"one of {', '.join(LEVELS)}")  # fmt: skip
        elif isinstance(value, bool) or not isinstance(value, int | float) or value <= 0:
            at(f"the threshold of {key} must be a number above 0", key="alert")
    found = tuple((level, float(raw[level])) for level in LEVELS if _is_number(raw.get(level)))
    if any(high <= low for (_, high), (_, low) in pairwise(found)):
        at("a higher level needs a higher threshold", key="alert")
    return found, True


def level(at: Report, raw: object) -> Level | None:
    """Return a level, None for none."""
    for known in LEVELS:
        if raw == known:
            return known
    if raw is not None:
        at(f'unknown level "{raw}"', key="level", hint=f"one of {', '.join(LEVELS)}")
    return None


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def scope(at: Report, raw: object) -> tuple[Scope, int]:
    if raw in ("story", "paragraph", "sentence"):
        return raw, 0
    if isinstance(raw, str) and (words := _WORDS.fullmatch(raw)) and int(words[1]):
        return "words", int(words[1])
    at(f'unknown reach "{raw}"', key="within",
       hint='write "sentence", "paragraph", "12 words" or "story"')  # fmt: skip
    return "story", 0


def zones(at: Report, raw: object) -> frozenset[Zone]:
    zones = [zone for zone in ZONES if isinstance(raw, list) and zone in raw]
    if not isinstance(raw, list) or not raw:
        at("expected a list of zones", key="in", hint=f"of {', '.join(ZONES)}")
    else:
        for zone in raw:
            if zone not in ZONES:
                at(f'unknown zone "{zone}"', key="in",
                   hint=nearest(str(zone), ZONES) or f"one of {', '.join(ZONES)}")  # fmt: skip
    return frozenset(zones)


def scores(at: Report, raw: object) -> dict[Zone, float]:
    if _is_number(raw):
        return dict.fromkeys(ZONES, float(raw))  # type: ignore[arg-type]
    if not isinstance(raw, dict) or not raw:
        at("expected a number or points by zone", key="score",
           hint="such as { headline = 6, lede = 4, body = 1 }")  # fmt: skip
        return {}
    for key, value in raw.items():
        if key not in ZONES:
            at(f'unknown zone "{key}"', key="score",
               hint=nearest(key, ZONES) or f"one of {', '.join(ZONES)}")  # fmt: skip
        elif not _is_number(value):
            at(f"the points of {key} must be a number", key="score")
    return {zone: float(raw[zone]) for zone in ZONES if _is_number(raw.get(zone))}


def number(at: Report, key: str, raw: object, *, whole: bool = False) -> float:
    if _is_number(raw) and (not whole or isinstance(raw, int)) and raw >= 0:  # type: ignore[operator]
        return float(raw)  # type: ignore[arg-type]
    at("expected a whole number" if whole else "expected a number", key=key)
    return 1 if whole else 0


def text(at: Report, key: str, raw: object) -> str:
    if isinstance(raw, str):
        return raw
    at("expected a text in quotes", key=key)
    return ""


def texts(at: Report, key: str, raw: object) -> tuple[str, ...]:
    if isinstance(raw, list) and all(isinstance(item, str) for item in raw):
        return tuple(raw)
    at("expected a list of texts in quotes", key=key)
    return ()


def flag(at: Report, key: str, raw: object) -> bool:
    if isinstance(raw, bool):
        return raw
    at("expected true or false", key=key)
    return False


def duration(at: Report, raw: object) -> timedelta | None:
    if raw is None:
        return None
    try:
        return durations.read(raw if isinstance(raw, str) else "")
    except ValueError:
        at("expected a duration", key="repeat_after", hint=f"such as {durations.EXAMPLES}")
        return None


def day(at: Report, raw: object, key: str = "until") -> date | None:
    if isinstance(raw, datetime):
        return raw.date()
    if raw is None or isinstance(raw, date):
        return raw
    try:
        return date.fromisoformat(str(raw))
    except ValueError:
        at(f'not a date: "{raw}"', key=key, hint="such as 2026-12-31")
        return None
