"""A headline with the names that the gazetteer knows marked in it.

"Pyongyang fires missile" and "North Korea fires missile" differ in a word and tell of one thing,
"Wang Yi visits Seoul" and "Cho Hyun visits Seoul" of two. A marked name is written between two
private characters as what it is a name of, the countries it stands for, and the words printed.
"""

import re
from collections.abc import Iterable, Sequence

from monitor.stories.lexicon import states_for

Name = tuple[int, int, str, tuple[str, ...]]
"""A name in a text: where it starts and ends, gazetteer id, ISO codes of countries."""

_OPEN, _CLOSE, _BAR, _AND = "\ue000", "\ue001", "\ue002", "\ue003"
_PART = f"[^{_OPEN}{_CLOSE}{_BAR}]*+"

MARKED = f"{_OPEN}{_PART}{_BAR}{_PART}{_BAR}{_PART}{_CLOSE}"
"""A regular expression for a marked name."""

_PLAIN = re.compile(f"{_OPEN}{_PART}{_BAR}{_PART}{_BAR}({_PART}){_CLOSE}")
_TERM = "term-"  # ids of words that say what was done in a country (訪韓)


def mark(headline: str, title: str, names: Iterable[Name]) -> str:
    """A headline with its names marked, the longest of those that overlap; "" where it has none.

    Args:
        headline: part of the title.
        title: the text that the places of the names are counted in.
        names: found in the title.
    """
    shift = title.find(headline)
    if shift < 0 or _OPEN in title:
        return ""
    parts, end = [], 0
    longest_first = sorted(names, key=lambda name: (name[0], -name[1]))
    for start, stop, id_, sides in longest_first:
        start, stop = start - shift, stop - shift
        if start < end or stop > len(headline) or id_.startswith(_TERM):
            continue
        told = _AND.join(sorted(states_for([id_])))
        printed = headline[start:stop]
        parts += [
            headline[end:start],
            f"{_OPEN}{told}{_BAR}{_AND.join(sorted(sides))}{_BAR}{printed}{_CLOSE}",
        ]
        end = stop
    return "".join([*parts, headline[end:]]) if parts else ""


def plain(marked: str) -> str:
    """A headline without its marks."""
    return _PLAIN.sub(r"\1", marked) if _OPEN in marked else marked


def read_mark(token: str) -> tuple[str, str]:
    """What a marked name is known by, the same however it is printed, and the words printed."""
    told, sides, printed = token[1:-1].split(_BAR)
    return f"{_OPEN}{told}{_BAR}{sides}", printed


def is_known(token: str) -> bool:
    """Whether a token is what a marked name is known by."""
    return token[0] == _OPEN


def are_of_two(one: Sequence[str], other: Sequence[str]) -> bool | None:
    """Whether the names that two pieces have are of two things; None where one has none.

    A state's name may stand for its leader or its army, and theirs for it.
    """
    first, second = ([token for token in piece if is_known(token)] for piece in (one, other))
    if not first or not second:
        return None
    return not any(_may_be_one(a, b) for a in first for b in second)


def _may_be_one(one: str, other: str) -> bool:
    if one == other:
        return True
    (told, sides), (other_told, other_sides) = map(_read, (one, other))
    if _are_states(told) and _are_states(other_told):
        return told <= other_told or other_told <= told
    return bool(sides & other_sides) and (_are_states(told) or _are_states(other_told))


def _read(token: str) -> tuple[set[str], set[str]]:
    told, sides = token[1:].split(_BAR)
    return set(told.split(_AND)), set(sides.split(_AND)) - {""}


def _are_states(told: set[str]) -> bool:
    return all(len(part) == 2 for part in told)
