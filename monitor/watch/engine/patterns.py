"""Every name and term as a folded pattern, and what a hit of it may mean.

Many spellings fold to one pattern ("Lee Jae Myung", "Lee Jae-myung", 李在明 in three scripts), and
one pattern may serve several entities, decoys and rule terms; it is scanned once. What differs
between the spellings (case, where a space may stand) is kept and tested on the text as printed.
"""

import re
from collections.abc import Hashable, Sequence
from typing import Any, Literal, TypeVar, cast

from msgspec import Struct

from monitor.text import SEPARATORS, Edge, edges_of, fold_key, fold_keys
from monitor.watch.language.entities import Entity
from monitor.watch.language.terms import Term

Strength = Literal["safe", "weak", "home"]
T = TypeVar("T", bound=Hashable)

BRIEF, _SCOPED = 3, 2  # Han letters up to which a name must stand as a word; in its own languages
_PAIR_MARK = re.compile(r"\s?[·・‧･ㆍ‐‑‒–—-]\s?")  # 한 · 중
_MIN_SPREAD = 4  # characters of a Hangul or Han name that may be printed with a space inside


class NameUse(Struct, frozen=True):
    """A pattern as a name of an entity.

    Attributes:
        entity: number of the entity.
        strengths: by language ("zh-Hans"), as listed; a language not listed takes the weakest.
        capital: the first letter must be printed in upper case.
        exact: must be printed just so ("" = any case).
    """

    entity: int
    strengths: tuple[tuple[str, Strength], ...]
    capital: bool
    exact: str = ""

    def strength(self, variety: str) -> Strength:
        """Return how safe the name is in a text of this language."""
        if len(self.strengths) == 1:
            return self.strengths[0][1]
        weakest: Strength = "safe"
        for language, strength in self.strengths:
            if language == variety or (language == "zh" and variety.startswith("zh")):
                return strength
            if strength != "safe":
                weakest = strength
        return weakest

    def always_counts(self, entity: Entity) -> bool:
        """Does the name mean its entity however it is printed, in whatever language?"""
        safe = len(self.strengths) == 1 and self.strengths[0][1] == "safe"
        asked = self.capital or self.exact or entity.common or entity.type == "person"
        return safe and not asked

    def may_be(self, printed: str) -> bool:
        """May words that fold to the pattern be the name, by their capitals?"""
        if self.exact:
            return printed == self.exact
        return not self.capital or printed[0].isupper()


class TitledUse(Struct, frozen=True):
    """A pattern as title and surname ("Foreign Minister Cho", "趙外相", "李대통령").

    Attributes:
        holders: numbers of people, each with the office that the title is of.
    """

    holders: tuple[tuple[int, str], ...]
    bare: bool  # the title alone says too little


class WordUse(Struct, frozen=True):
    """A pattern as a rule's term, or as the longest word of one with stems.

    Attributes:
        atom: number of the term.
        kind: "word", "stem" or "exact".
        exact: the printed form for "exact".
        shape: for a stem of several words: what the text around the hit must look like.
    """

    atom: int
    kind: str
    language: str = ""
    exact: str = ""
    shape: re.Pattern[str] | None = None


class Pattern(Struct):
    """One folded pattern and all its uses."""

    key: str
    edges: tuple[Edge, Edge]
    spaces: frozenset[int] = frozenset()  # places in the key where a space may stand
    names: tuple[NameUse, ...] = ()
    titled: TitledUse | None = None
    headline: tuple[int, ...] = ()  # entities that it stands for in headlines
    leaders: tuple[int, ...] = ()  # people whose surname headlines give alone
    decoy: str = ""
    words: tuple[WordUse, ...] = ()
    pair: bool = False
    country: str = ""  # of an outlet
    latin: bool = False  # starts with a Latin letter or digit
    is_name: bool = False  # is a name, title, headline form or decoy
    closed: bool = False  # ends with a Latin letter or digit that must end a word
    swift: bool = False  # needs nothing but clear edges to count
    swift_atoms: tuple[int, ...] = ()  # what such a hit means, when all languages agree
    plain_word: int = 0  # how many of `words` are phrases, not stems or exact terms
    simple: tuple[int, ...] = ()  # entities that any hit names, without a second look
    brief: bool = False  # a name in kana or few Han letters: does it stand as a word?
    languages: frozenset[str] = frozenset()  # those that a name is listed for
    scoped: bool = False  # it is a name in those languages only
    kind: str = ""  # type of what it names, of a country's if there are several
    prefixed: bool = False  # 대, 친 and the like may stand before it
    compounds: bool = False  # any noun may follow it without a space
    verbal: bool = False  # a verb's ending may follow it (방중했다)

    def finish(self, entities: Sequence[Entity]) -> None:
        """Say once and for all what every hit would have to ask."""
        kinds = [use.kind for use in self.words]
        self.plain_word = kinds.count("word")
        self.closed = self.edges[1] == "latin" and "stem" not in kinds
        self._look_at_names(entities)
        by_place = bool(self.titled or self.headline or self.leaders)  # means what its place says
        self.is_name = bool(self.names or self.decoy) or by_place
        self.swift = not by_place and self.plain_word == len(kinds) and self._stands_clear()
        if self.swift and not any(use.language for use in self.words):
            self.swift_atoms = tuple([use.atom for use in self.words])
        if not by_place and all(use.always_counts(entities[use.entity]) for use in self.names):
            self.simple = tuple(use.entity for use in self.names)

    def _stands_clear(self) -> bool:
        """Is a hit with clear edges surely the word, and no part of another?"""
        whole_word = self.closed and not self.key[-1].isdigit()
        return (whole_word or self.edges == ("", "")) and not self.brief

    def _look_at_names(self, entities: Sequence[Entity]) -> None:
        """Say what the borders of a hit must be, by what it names."""
        if not self.names:
            return
        types = {entities[use.entity].type for use in self.names}
        self.kind = "country" if "country" in types else min(types)
        self.prefixed = not types.isdisjoint(("country", "region")) and len(self.key) > 1
        self.verbal = types == {"term"}
        if self.key.isascii():
            return
        han = len(self.key) <= BRIEF and all("\u3400" <= char <= "\u9fff" for char in self.key)
        kana = any("\u30a1" <= self.key[at] <= "\u30ff" for at in (0, -1))
        self.brief = kana or han
        self.scoped = han and len(self.key) <= _SCOPED


class PatternTable:
    """Collects patterns by key."""

    def __init__(self) -> None:
        self.by_key: dict[str, Pattern] = {}
        self._by_written: dict[tuple[str, bool], Pattern] = {}
        self.by_form: dict[str, Pattern] = {}  # every form that may stand in a folded text
        self._shared: dict[Hashable, Any] = {}

    def shared(self, value: T) -> T:
        """Return the first of equal values: thousands of patterns have the same few."""
        return cast("T", self._shared.setdefault(value, value))

    def pattern(self, written: str, *, hyphens: bool = True) -> Pattern | None:
        """Return the pattern of a written form, noting where it has spaces.

        With `hyphens` a hyphen may be printed as a space, too.
        """
        known = self._by_written.get((written, hyphens))
        if known is not None:
            return known
        key = fold_key(written)
        if not key:
            return None
        pattern = self.by_key.get(key)
        if pattern is None:
            pattern = self.by_form[key] = self.by_key[key] = Pattern(
                key, edges := self.shared(edges_of(key)), latin=edges[0] == "latin"
            )
        if len(key) != len(written):
            places = _places(written, key, hyphens=hyphens)
            pattern.spaces = self.shared(pattern.spaces | places)
            for form in fold_keys(written):
                self.by_form[form] = pattern
        self._by_written[written, hyphens] = pattern
        return pattern


def _places(written: str, key: str, *, hyphens: bool) -> set[int]:
    """Return the places in the squashed key where `written` has a separator."""
    places, at = set(), 0
    letters = sum(char not in SEPARATORS for char in written)
    even = letters == len(key)  # every letter folds to one
    for char in written:
        if char in SEPARATORS:
            if hyphens or char == " ":
                places.add(at)
        else:
            at += 1 if even or char.isascii() else len(fold_key(char))
    return places


def may_be_printed(pattern: Pattern, printed: str) -> bool:
    """May the words as printed, with separators inside, be this pattern?

    A hyphen, apostrophe or dot may stand anywhere (P'yongyang, 한·중); a space only where a written
    form has one, or inside a longer Hangul or Han name: "won san" is no place, 개성 공단 is one.
    """
    if len(printed) == len(pattern.key):
        return True
    if pattern.pair and _PAIR_MARK.search(printed):
        return True
    loose = pattern.edges != ("latin", "latin") and len(pattern.key) >= _MIN_SPREAD
    at = 0
    for char in printed:
        if char not in SEPARATORS:
            at += 1 if char.isascii() else len(fold_key(char))
        elif char in " \t\u00a0\u3000" and at not in pattern.spaces and not loose:
            return False
    return True


def add_term(table: PatternTable, atom: int, term: Term) -> None:
    """Add a rule's term of kind "word", "stem" or "exact"."""
    if term.kind == "word":
        if pattern := table.pattern(term.value):
            pattern.words += (WordUse(atom, "word", term.language),)
    elif term.kind == "exact":
        if pattern := table.pattern(term.value):
            pattern.words += (WordUse(atom, "exact", term.language, exact=term.value),)
    elif term.kind == "stem":
        words = term.value.split()
        if len(words) == 1:
            if pattern := table.pattern(words[0].rstrip("*")):
                pattern.words += (WordUse(atom, "stem", term.language),)
            return
        longest = max(words, key=len)
        if pattern := table.pattern(longest.rstrip("*")):
            pattern.words += (WordUse(atom, "stem", term.language, shape=_shape(words)),)


def _shape(words: list[str]) -> re.Pattern[str]:
    parts = []
    for word in words:
        stem = word.endswith("*")
        parts.append(re.escape(word.rstrip("*")) + (r"\w*" if stem else "(?:['’]?s)?"))
    return re.compile(r"(?<!\w)" + r"[\s'’-]{1,3}".join(parts) + r"(?!\w)", re.IGNORECASE)
