"""The word lists of `words.toml`, as parts of regular expressions."""

import re
from collections.abc import Iterable
from functools import cache
from typing import Any

from monitor.tomlfile import shipped


def _tables() -> dict[str, Any]:
    return shipped("monitor.stories", "words")


_HOMES = {"ko": "KR", "ja": "JP", "zh": "CN"}


@cache
def words_of(kind: str) -> tuple[str, ...]:
    """The words of a kind ("mark.flash", a dotted name of tables), the longest first."""
    table = _tables()
    for part in kind.split("."):
        table = table[part]
    words = {word for words in table.values() for word in words}
    return tuple(sorted(words, key=lambda word: (-len(word), word)))


@cache
def alternation(kind: str, *, edges: bool = True) -> str:
    """A regular expression for any word of a kind.

    Args:
        kind: dotted name of a table.
        edges: whether Latin words must stand between word edges.
    """
    return "|".join(
        rf"(?<!\w){re.escape(word)}(?!\w)" if edges and word.isascii() else re.escape(word)
        for word in words_of(kind)
    )


@cache
def broad_names() -> frozenset[str]:
    """Gazetteer ids that stand in so much of the desk's news that they tell little."""
    return frozenset(_tables()["broad"]["names"])


@cache
def _states() -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for names in _tables()["affairs"].values():
        found |= {name: (name,) for name in names}
    for table in ("affairs", "states"):
        for state, names in _tables()[table].items():
            for name in names:
                found[name] = (*found.get(name, ()), state)
    return found


@cache
def affairs() -> frozenset[str]:
    """Gazetteer ids of affairs whose names hold those of states."""
    return frozenset(name for names in _tables()["affairs"].values() for name in names)


def home_of(language: str) -> str:
    """The state whose outlets mostly write in a language, "" where that is none of the desk's."""
    return _HOMES.get(language[:2], "")


def states_for(names: Iterable[str]) -> tuple[str, ...]:
    """Gazetteer ids with states for their capitals, short forms and pairs, each once.

    "Seoul, Beijing", 한중 and "South Korea and China" name the same two; 한중 어업협정 names them,
    and a treaty.
    """
    states = _states()
    return tuple(dict.fromkeys(one for name in names for one in states.get(name, (name,))))


def states_differ(one: Iterable[str], other: Iterable[str]) -> bool:
    """Whether two headlines name states, and none in common: one's deed is not another's."""
    first, second = _named_states(one), _named_states(other)
    return bool(first and second) and first.isdisjoint(second)


def _named_states(names: Iterable[str]) -> set[str]:
    found: set[str] = set()
    for name in names:
        found.update(_states().get(name, ()))
    return found & _state_codes()


@cache
def _state_codes() -> frozenset[str]:
    return frozenset(_tables()["states"])


@cache
def broad_kinds() -> frozenset[str]:
    """Kinds of event that accompany many others and so tell little by themselves."""
    return frozenset(_tables()["broad"]["kinds"])


@cache
def telling_little() -> frozenset[str]:
    """Broad kinds, and acts that may be done to anything: to share one is to share no event."""
    return broad_kinds() | frozenset(_tables()["acts"]["kinds"])


@cache
def step_kinds() -> frozenset[str]:
    """Kinds of event that are steps of a happening: its parts are told apart by them."""
    return frozenset(_tables()["steps"]["kinds"])


@cache
def reaction_kinds() -> frozenset[str]:
    """Kinds of event by which others answer what happened."""
    return frozenset(_tables()["reactions"]["kinds"])


@cache
def _fates() -> dict[str, str]:
    return {kind: fate for fate, kinds in _tables()["fates"].items() for kind in kinds}


def fates_differ(one: Iterable[str], other: Iterable[str]) -> bool:
    """Whether the kinds of event in two headlines name fates, and none in common."""
    first, second = _fates_of(one), _fates_of(other)
    return bool(first and second) and first.isdisjoint(second)


def _fates_of(kinds: Iterable[str]) -> set[str]:
    fates = _fates()
    return {fates[kind] for kind in kinds if kind in fates}


@cache
def toll_kinds() -> frozenset[str]:
    """Kinds of event of which people are counted while it goes on."""
    return frozenset(_tables()["tolls"]["kinds"])
