"""Every name and term as a folded pattern, and what a hit of it may mean.

Many spellings fold to one pattern ("Lee Jae Myung", "Lee Jae-myung", 李在明 in three scripts), and
one pattern may serve several entities, decoys and rule terms; it is scanned once. What differs
between the spellings (case, where a space may stand) is kept and tested on the text as printed.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Literal

from monitor.text import SEPARATORS, Edge, edges_of, fold_key, fold_keys
from monitor.watch.engine.romanised import spellings
from monitor.watch.language.codes import Names
from monitor.watch.language.entities import Entity, Office
from monitor.watch.language.gazetteer import Gazetteer
from monitor.watch.language.terms import Term

Strength = Literal["safe", "weak", "home"]

# Titles that many people of one name bear in one week; a full name or a side must stand near.
_BARE_TITLES = frozenset(
    {
        "leader", "Chairman", "Marshal", "General", "Gen.", "Ambassador", "spokesman",
        "spokeswoman", "spokesperson", "Speaker", "장관", "실장", "대사", "의장", "위원장", "원장",
        "본부장", "사령관", "대변인", "총리", "주석", "大使", "報道官", "司令官", "主席", "发言人",
        "委員長", "委员长", "总理", "総理", "首相", "議長", "领导人",
    }
)  # fmt: skip
_BRIEF, _SCOPED = 3, 2  # Han letters up to which a name must stand as a word; in its own languages
_KOREAS = frozenset({"KR", "KP"})
_PAIR_MARK = re.compile(r"\s?[·・‧･ㆍ‐‑‒–—-]\s?")  # 한 · 중
_DOTTED = 3  # letters from which an acronym may be printed with dots
_MIN_SPREAD = 4  # characters of a Hangul or Han name that may be printed with a space inside


@dataclass(frozen=True, slots=True)
class NameUse:
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


@dataclass(frozen=True, slots=True)
class TitledUse:
    """A pattern as title and surname ("Foreign Minister Cho", "趙外相", "李대통령").

    Attributes:
        holders: numbers of people, each with the office that the title is of.
    """

    holders: tuple[tuple[int, str], ...]
    bare: bool  # the title alone says too little


@dataclass(frozen=True, slots=True)
class WordUse:
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


@dataclass(slots=True)
class Pattern:
    """One folded pattern and all its uses."""

    key: str
    edges: tuple[Edge, Edge]
    spaces: set[int] = field(default_factory=set)  # places in the key where a space may stand
    names: list[NameUse] = field(default_factory=list)
    titled: TitledUse | None = None
    headline: list[int] = field(default_factory=list)  # entities that it stands for in headlines
    leaders: list[int] = field(default_factory=list)  # people whose surname headlines give alone
    decoy: str = ""
    words: list[WordUse] = field(default_factory=list)
    person: bool = False
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
    verbal: bool = False  # a verb's ending may follow it (방중했다)

    def finish(self, entities: Sequence[Entity]) -> None:
        """Say once and for all what every hit would have to ask."""
        kinds = [use.kind for use in self.words]
        self.plain_word = kinds.count("word")
        self.closed = self.edges[1] == "latin" and "stem" not in kinds
        self._look_at_names(entities)
        whole_word = self.latin and self.closed and not self.key[-1].isdigit()
        self.swift = (
            (whole_word or self.edges == ("", ""))
            and not self.brief
            and not (self.titled or self.headline or self.leaders)
            and self.plain_word == len(kinds)
        )
        if self.swift and not any(use.language for use in self.words):
            self.swift_atoms = tuple([use.atom for use in self.words])
        self.is_name = bool(
            self.names or self.decoy or self.titled or self.headline or self.leaders
        )
        if (
            self.names
            and not (self.decoy or self.titled or self.headline or self.leaders)
            and all(
                use.strengths[0][1] == "safe"
                and len(use.strengths) == 1
                and not (use.capital or use.exact or entities[use.entity].common)
                and entities[use.entity].type != "person"
                for use in self.names
            )
        ):
            self.simple = tuple(use.entity for use in self.names)

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
        han = len(self.key) <= _BRIEF and all("\u3400" <= char <= "\u9fff" for char in self.key)
        kana = any("\u30a1" <= self.key[at] <= "\u30ff" for at in (0, -1))
        self.brief = kana or han
        self.scoped = han and len(self.key) <= _SCOPED


class PatternTable:
    """Collects patterns by key."""

    def __init__(self) -> None:
        self.by_key: dict[str, Pattern] = {}
        self._by_written: dict[tuple[str, bool], Pattern] = {}
        self.by_form: dict[str, Pattern] = {}  # every form that may stand in a folded text

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
                key, edges := edges_of(key), latin=edges[0] == "latin"
            )
        if len(key) != len(written):
            pattern.spaces |= _places(written, key, hyphens=hyphens)
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


def add_names(table: PatternTable, gazetteer: Gazetteer) -> None:
    """Add all names, titled surnames and decoys of a gazetteer."""
    for number, entity in enumerate(gazetteer.entities.values()):
        _add_entity(table, number, entity)
    _add_titled(table, gazetteer)
    _add_leaders(table, gazetteer)
    for decoy in gazetteer.decoys.values():
        for written in _all(decoy.names):
            if pattern := table.pattern(written):
                pattern.decoy = decoy.id
                pattern.country = decoy.country or pattern.country


def _add_entity(table: PatternTable, number: int, entity: Entity) -> None:
    groups: tuple[tuple[Strength, Names], ...] = (
        ("weak", entity.weak), ("home", entity.home), ("safe", entity.names),
    )  # fmt: skip
    listed: dict[str, tuple[dict[str, Strength], bool]] = {}
    for strength, names in groups:
        for language, forms in names.items():
            for written in _as_printed(entity, language, forms):
                pattern = table.pattern(written, hyphens=entity.type != "pair")
                if pattern is None:
                    continue
                pattern.person |= entity.type == "person"
                pattern.pair |= entity.type == "pair"
                pattern.languages |= {language[:2]}
                by_language, capital = listed.get(pattern.key, ({}, True))
                by_language[language] = strength
                listed[pattern.key] = by_language, capital and written[0].isupper()
    for key, (by_language, capital) in listed.items():
        strengths = tuple(by_language.items())
        if len(set(by_language.values())) == 1:
            strengths = strengths[:1]
        table.by_key[key].names.append(NameUse(number, strengths, capital))
    tokens: tuple[tuple[Strength, tuple[str, ...]], ...] = (
        ("safe", entity.acronyms),
        ("weak", entity.weak_acronyms),
    )
    for strength, acronyms in tokens:
        for plain in acronyms:
            for written in (plain, *_dotted(plain)):
                if pattern := table.pattern(written):
                    pattern.names.append(NameUse(number, (("en", strength),), False, written))
    for letters in entity.headline.values():
        for letter in letters:
            pattern = table.pattern(letter)
            if pattern and number not in pattern.headline:
                pattern.headline.append(number)


def _as_printed(entity: Entity, language: str, forms: Iterable[str]) -> Iterable[str]:
    """Return the forms of an entity with those that a rule makes of them."""
    if entity.type == "pair":
        return _printed_pairs(forms)
    if entity.type == "person" and language == "en" and not _KOREAS.isdisjoint(entity.sides):
        return [*forms, *(other for form in forms for other in spellings(form))]
    return forms


def _printed_pairs(forms: Iterable[str]) -> Iterator[str]:
    """Yield names of pairs, and those in Han letters or Hangul with the marks of a list as well.

    Dots and hyphens between the letters fold away; a slash or comma (한/중, 中、韩) does not.
    """
    for written in forms:
        yield written
        if 1 < len(written) <= _BRIEF and not written.isascii():
            yield from (mark.join(written) for mark in "/、，")


def _dotted(acronym: str) -> tuple[str, ...]:
    """Return an acronym with dots, as some papers print it: R.O.K."""
    if len(acronym) < _DOTTED or not (acronym.isalpha() and acronym.isupper()):
        return ()
    dotted = ".".join(acronym)
    return f"{dotted}.", dotted


def _add_titled(table: PatternTable, gazetteer: Gazetteer) -> None:
    holders: dict[str, list[tuple[int, Entity]]] = {}
    for number, entity in enumerate(gazetteer.entities.values()):
        for office_id in entity.offices() if entity.type == "person" else ():
            holders.setdefault(office_id, []).append((number, entity))
    found: dict[str, tuple[set[tuple[int, str]], bool]] = {}
    for office_id, people in holders.items():
        office = gazetteer.offices.get(office_id)
        for number, entity in people if office else ():
            for title, written in _titled_forms(office, entity):  # type: ignore[arg-type]
                if pattern := table.pattern(written):
                    numbers, bare = found.get(pattern.key, (set(), True))
                    numbers = numbers | {(number, office_id)}
                    found[pattern.key] = numbers, bare and title in _BARE_TITLES
    for key, (numbers, bare) in found.items():
        table.by_key[key].titled = TitledUse(tuple(sorted(numbers)), bare)


def _add_leaders(table: PatternTable, gazetteer: Gazetteer) -> None:
    """Add surnames of leaders, and their Han letters, by which Korean headlines call them."""
    for number, entity in enumerate(gazetteer.entities.values()):
        if any(gazetteer.offices[office].leader for office in entity.offices()):
            letters = {short for short in entity.short.get("zh-Hant", ()) if len(short) == 1}
            for written in (*entity.short.get("en", ()), *sorted(letters)):
                if pattern := table.pattern(written):
                    pattern.leaders.append(number)


def _titled_forms(office: Office, entity: Entity) -> Iterable[tuple[str, str]]:
    """Yield (title, title with surname) as each language writes it."""
    short = entity.short
    han = [s for s in short.get("ja", ()) if len(s) == 1]
    for title in office.titles.get("en", ()):
        for surname in short.get("en", ()):
            yield title, f"{title} {surname}"
    for title in office.titles.get("ko", ()):
        for surname in [*short.get("ko", ()), *han]:
            yield title, f"{surname} {title}"
    for language in ("ja", "zh", "zh-Hans", "zh-Hant"):
        for title in office.titles.get(language, ()):
            for surname in {*short.get(language, ()), *han}:
                yield title, f"{surname}{title}"


def _all(names: Names) -> Iterable[str]:
    for forms in names.values():
        yield from forms


def add_term(table: PatternTable, atom: int, term: Term) -> None:
    """Add a rule's term of kind "word", "stem" or "exact"."""
    if term.kind == "word":
        if pattern := table.pattern(term.value):
            pattern.words.append(WordUse(atom, "word", term.language))
    elif term.kind == "exact":
        if pattern := table.pattern(term.value):
            pattern.words.append(WordUse(atom, "exact", term.language, exact=term.value))
    elif term.kind == "stem":
        words = term.value.split()
        if len(words) == 1:
            if pattern := table.pattern(words[0].rstrip("*")):
                pattern.words.append(WordUse(atom, "stem", term.language))
            return
        longest = max(words, key=len)
        if pattern := table.pattern(longest.rstrip("*")):
            pattern.words.append(WordUse(atom, "stem", term.language, shape=_shape(words)))


def _shape(words: list[str]) -> re.Pattern[str]:
    parts = []
    for word in words:
        stem = word.endswith("*")
        parts.append(re.escape(word.rstrip("*")) + (r"\w*" if stem else "(?:['’]?s)?"))
    return re.compile(r"(?<!\w)" + r"[\s'’-]{1,3}".join(parts) + r"(?!\w)", re.IGNORECASE)
