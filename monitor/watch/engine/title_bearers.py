"""Whom a title with a surname means: who held the office on the day, or before."""

import re
from collections.abc import Collection, Sequence

from monitor.watch.engine.document import Document
from monitor.watch.engine.patterns import TitledUse
from monitor.watch.language.entities import Entity

_FORMER = re.compile(r"\b(?:former|ex|late)[\s-]*$", re.IGNORECASE)
# Where nobody is in office; else 오전 이 대통령 is of this morning, and 日前 of the other day.
_PERHAPS_FORMER = re.compile(r"(?:\bthen|前|元|전|前任)[\s-]*$", re.IGNORECASE)
_REACH = 8  # characters before a title in which such a word is looked for


def bearers(
    document: Document, start: int, titled: TitledUse, entities: Sequence[Entity],
    named: Collection[int],
) -> list[int]:  # fmt: skip
    """Return the numbers of the people whom a title at `start` may mean.

    Of several in office, those in `named`, whose names stand before. Of several former ones, too,
    or else the last of them.
    """
    day, before = document.day, (max(0, start - _REACH), start)
    held = [number for number, office in titled.holders if entities[number].held(day, office)]
    fitting = list(dict.fromkeys(held))
    former = _FORMER.search(document.text, *before) is not None
    if former or (not fitting and _PERHAPS_FORMER.search(document.text, *before)):
        past = _past_holders(titled.holders, entities, day)
        return [number for number in past if number in named] or past[:1]
    if len(fitting) > 1:
        return [number for number in fitting if number in named]
    return fitting


def _past_holders(
    holders: Sequence[tuple[int, str]], entities: Sequence[Entity], day: str
) -> list[int]:
    """Return who held the office before a day, the last first, then those who only deputised."""
    past = [
        (not tenure.acting, tenure.until, number)
        for number, office in holders
        for tenure in entities[number].tenures
        if tenure.office == office and tenure.until and tenure.until <= day
    ]
    return list(dict.fromkeys(number for _, _, number in sorted(past, reverse=True)))
