"""What the numbers of a headline count or measure, in one form for every language.

"10발", "10枚" and "10 ballistic missiles" are all "10 piece"; "규모 4.6", "M4.6" and "4.6级地震"
are "4.6 magnitude"; a number with a decimal fraction and no unit is exact all the same. The words
lie in `units.toml`.
"""

import re
from collections.abc import Iterable
from functools import cache
from typing import Any

from monitor.tomlfile import shipped

_DECIMAL = "decimal"
_PEOPLE = ("person", "hurt")
_ROUNDED = 1.1  # times as much, that two reports of one number may differ by
_SCORE_AFTER = re.compile(r"(?:-|:|대|比|対|对)(\d{1,3})(?![\d-])")
_PLAIN_DECIMAL = re.compile(r"\d+\.\d+")  # "3.0", and not "1.2 million"
_BEFORE = 12  # characters


def measure_at(top: str, start: int, end: int, value: float) -> str:
    """The number that stands from `start` to `end` with its unit, "" where it has none.

    Args:
        top: a folded (lower case, NFKC) text.
        start: of the number.
        end: of the number and the words that multiply it.
        value: what it comes to.
    """
    score = _SCORE_AFTER.match(top, end)
    if (
        score is not None
        and value < 1000
        and not value % 1
        and not top[max(0, start - 1) : start].isdigit()
    ):
        more, less = sorted((int(value), int(score[1])), reverse=True)
        return f"{more}-{less} score"
    after, before = _patterns()
    found = after.match(top, end)
    unit = "" if found is None or found.lastgroup is None else found.lastgroup
    if not unit:
        ahead = before.search(top, max(0, start - _BEFORE), start)
        unit = "" if ahead is None or ahead.lastgroup is None else ahead.lastgroup
    if not unit:
        unit = _DECIMAL if _PLAIN_DECIMAL.fullmatch(top, start, end) else ""
    return f"{value:g} {unit.replace('_', '-')}" if unit else ""


def differ(
    earlier: Iterable[str], later: Iterable[str], *, next_day: bool = False, toll: bool = True
) -> bool:
    """Whether the figures of two headlines cannot be of one event.

    They give other values, and none in common, in an exact unit; or values in another that lie
    further apart than two counters', or than what grows by the hour (see `units.toml`).

    Args:
        earlier: the measures of the headline that was told first.
        later: those of the other.
        next_day: whether so much later that counters agree by then: another count is the next one.
        toll: whether people are counted while something goes on, so that their number may grow.
    """
    first, second = _by_unit(earlier), _by_unit(later)
    return any(
        _apart(unit, first[unit], second[unit], next_day=next_day, toll=toll)
        for unit in first.keys() & second.keys()
    )


def _apart(unit: str, earlier: set[str], later: set[str], *, next_day: bool, toll: bool) -> bool:
    if earlier & later:
        return False
    row = _units().get(unit, {})
    if unit == _DECIMAL or row.get("exact"):
        return True
    if "rough" not in row and "grows" not in row:
        return False
    if next_day and "rough" in row:
        return True
    before, after = [float(v) for v in earlier], [float(v) for v in later]
    if unit in _PEOPLE and not toll:
        return max(after) > _ROUNDED * min(before) or max(before) > _ROUNDED * min(after)
    factor = float(row["grows"] if "grows" in row else row["rough"])
    if max(after) * factor < min(before):
        return True
    return "grows" not in row and max(before) * factor < min(after)


def counts_people(measures: Iterable[str]) -> bool:
    """Whether a headline counts people: of an accident they grow in number by the hour."""
    return any(measure.partition(" ")[2] in _PEOPLE for measure in measures)


def _by_unit(measures: Iterable[str]) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for measure in measures:
        value, _, unit = measure.partition(" ")
        found.setdefault(unit, set()).add(value)
    return found


@cache
def _units() -> dict[str, Any]:
    return shipped("monitor.stories", "units")


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    after, before = [], []
    for unit, row in _units().items():
        name = unit.replace("-", "_")
        words = sorted(row.get("after", ()), key=len, reverse=True)
        spaced = "|".join(re.escape(word) for word in words if word.isascii() and word.isalpha())
        tight = "|".join(re.escape(word) for word in words if not word.isascii())
        other = "|".join(re.escape(word) for word in words if word.isascii() and not word.isalpha())
        forms = [f" ?(?:[余餘多여] ?)?(?:{tight})"] if tight else []  # 30余人: and some more
        forms += [f" ?(?:{other})(?![a-z])"] if other else []
        forms += [f"(?:[ -][a-z]{{1,20}}){{0,3}}[ -]?(?:{spaced})(?![a-z])"] if spaced else []
        if forms:
            after.append(f"(?P<{name}>{'|'.join(forms)})")
        if "before" in row:
            words = sorted(row["before"], key=len, reverse=True)
            listed = "|".join(re.escape(word) for word in words)
            before.append(f"(?P<{name}>(?<![a-z])(?:{listed})[ .]{{0,2}})")
    return re.compile("|".join(after)), re.compile(f"(?:{'|'.join(before)})$")
