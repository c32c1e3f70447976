"""Single values of a rule file, as pydantic reads them: what they become, and what is said if not.

Each reader returns the value in its one form or raises `Wrong`, which says what was expected; where
it stands is the business of `tomlfile.validation`.
"""

import re
from datetime import date, datetime, timedelta
from functools import lru_cache
from itertools import pairwise
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BeforeValidator, Field, PlainValidator, Strict

from monitor.dates import durations
from monitor.model import LEVELS, Level, Zone
from monitor.tomlfile.validation import Wrong, one_of
from monitor.watch.language.terms import Term, expression, parse_term

ZONES: tuple[Zone, ...] = ("headline", "lede", "body")
Scope = Literal["story", "paragraph", "sentence", "words"]
_WORDS = re.compile(r"(\d{1,6}) words?")
_cached_term = lru_cache(maxsize=100_000)(parse_term)


def known_term(raw: str) -> Term | None:
    """Return the term that a text is, None when it is none."""
    try:
        return _cached_term(raw)
    except ValueError:
        return None


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _term(raw: object) -> Term:
    if not isinstance(raw, str):
        raise Wrong("expected a term in quotes")
    try:
        return _cached_term(raw)
    except ValueError as error:
        raise Wrong(f'"{raw}": {error}', getattr(error, "hint", "")) from None


def _pattern(raw: object) -> Term:
    if not isinstance(raw, str):
        raise Wrong("expected a regular expression in quotes")
    try:
        expression(raw)
    except (re.error, OverflowError, RecursionError) as error:
        raise Wrong(f"not a regular expression: {error}") from None
    return Term(raw, "pattern", raw)


def _filled(group: tuple[Any, ...]) -> tuple[Any, ...]:
    if not group:
        raise Wrong("an empty list can never hold")
    return group


def _as_groups(raw: object) -> object:
    """In `all` a bare term is a group of its own."""
    return (
        [[item] if isinstance(item, str) else item for item in raw]
        if isinstance(raw, list)
        else raw
    )


def _thresholds(raw: object) -> tuple[tuple[Level, float], ...]:
    """Thresholds, the highest level first; a level alone is reached by any hit."""
    if isinstance(raw, str):
        return ((_level(raw), 1.0),)
    if not isinstance(raw, dict) or not raw:
        raise Wrong("expected a level or thresholds such as { now = 8, digest = 3 }")
    for key, value in raw.items():
        if not _is_number(value) or value <= 0:
            _level(key)
            raise Wrong(f"the threshold of {key} must be a number above 0")
    found = {_level(key): float(value) for key, value in raw.items()}
    steps = tuple((level, found[level]) for level in LEVELS if level in found)
    if any(high <= low for (_, high), (_, low) in pairwise(steps)):
        raise Wrong("a higher level needs a higher threshold")
    return steps


def _level(raw: object) -> Level:
    for known in LEVELS:
        if raw == known:
            return known
    raise one_of(str(raw), LEVELS, "level")


def _zone(raw: object) -> Zone:
    for known in ZONES:
        if raw == known:
            return known
    raise one_of(str(raw), ZONES, "zone")


def _zones(raw: object) -> frozenset[Zone]:
    if not isinstance(raw, list) or not raw:
        raise Wrong("expected a list of zones", f"of {', '.join(ZONES)}")
    return frozenset(map(_zone, raw))


def _scores(raw: object) -> dict[Zone, float]:
    """Points by zone; one number counts in all of them."""
    if _is_number(raw):
        return dict.fromkeys(ZONES, float(raw))  # type: ignore[arg-type]
    if not isinstance(raw, dict) or not raw:
        hint = "such as { headline = 6, lede = 4, body = 1 }"
        raise Wrong("expected a number or points by zone", hint)
    points = {}
    for key, value in raw.items():
        zone = _zone(key)
        if not _is_number(value):
            raise Wrong(f"the points of {key} must be a number")
        points[zone] = float(value)
    return points


def _within(raw: object) -> tuple[Scope, int]:
    if raw in ("story", "paragraph", "sentence"):
        return raw, 0
    if isinstance(raw, str) and (words := _WORDS.fullmatch(raw)) and int(words[1]):
        return "words", int(words[1])
    hint = 'write "sentence", "paragraph", "12 words" or "story"'
    raise Wrong(f'unknown reach "{raw}"', hint)


def _day(raw: object) -> date:
    if isinstance(raw, datetime):
        return raw.date()
    if isinstance(raw, date):
        return raw
    try:
        return date.fromisoformat(str(raw))
    except ValueError:
        raise Wrong(f'not a date: "{raw}"', "such as 2026-12-31") from None


Group = Annotated[tuple[Annotated[Term, PlainValidator(_term)], ...], AfterValidator(_filled)]
Terms = tuple[Annotated[Term, PlainValidator(_term)], ...]
Groups = Annotated[tuple[Group, ...], BeforeValidator(_as_groups), AfterValidator(_filled)]
Patterns = tuple[Annotated[Term, PlainValidator(_pattern)], ...]
Thresholds = Annotated[tuple[tuple[Level, float], ...], PlainValidator(_thresholds)]
ALevel = Annotated[Level, PlainValidator(_level)]
Zones = Annotated[frozenset[Zone], PlainValidator(_zones)]
Scores = Annotated[dict[Zone, float], PlainValidator(_scores)]
Within = Annotated[tuple[Scope, int], PlainValidator(_within)]
Duration = Annotated[timedelta, PlainValidator(durations.read)]
ADay = Annotated[date, PlainValidator(_day)]
IsoDay = Annotated[str, PlainValidator(lambda raw: _day(raw).isoformat())]
Count = Annotated[int, Strict(), Field(ge=1)]
Share = Annotated[float, Field(ge=0, le=1)]
Flag = Annotated[bool, Strict()]
Texts = tuple[str, ...]
