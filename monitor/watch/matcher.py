"""One compiled matcher for all rules: one Aho-Corasick pass over the folded text.

Every name and every term of every rule is one pattern of one automaton. A hit is tested on the text
as printed; names go through the mentions' resolver. What is left is a map from *atoms* (a term, an
entity, a side, a type of a side, an office) to places. Rules are looked at only when an atom of the
rarest group that one of their blocks requires was hit, so cost follows the text and its hits, not
the number of rules.

The automaton is built once per rulebook and never changed, so that many threads may match at once.
"""

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, KeysView, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import ahocorasick_rs

from monitor.model import Zone
from monitor.text import LATIN_LETTERS, name_edges, word_edges
from monitor.watch.gazetteer import Gazetteer
from monitor.watch.mentions import Candidate, Named, Resolver, may_count
from monitor.watch.patterns import (
    Pattern,
    PatternTable,
    WordUse,
    add_names,
    add_term,
    may_be_printed,
)
from monitor.watch.rules import ZONES, Block, Group, Rule, WordList
from monitor.watch.story import MAX_CHARACTERS, Story
from monitor.watch.terms import Term

Span = tuple[int, int]
_SHAPE_REACH = 60  # characters around one word of a term of several stems
_MAX_REGEX_TEXT = 20_000  # users' expressions are tried on no more of a story than this
# How common a kind of atom is, for choosing the group that must be hit before a rule is looked at.
_COMMONNESS = {"side": 1000, "typed": 200, "entity": 20, "office": 20, "stem": 3, "word": 1}


@dataclass(frozen=True, slots=True)
class CompiledBlock:
    """A block with its groups as atoms; `any` stands as one more group."""

    block: Block
    groups: tuple[frozenset[int], ...]
    needs: tuple[int, ...]  # per group: how many different atoms must be hit
    none: frozenset[int]
    keep_if: frozenset[int]
    labels: tuple[str, ...]  # per group, for "what was lacking"
    named: tuple[bool, ...]  # per group: is it one of names? Only those have a `share`
    zones: frozenset[Zone] | None  # where hits count; None = everywhere
    plain: tuple[frozenset[int], ...]  # groups without expressions, which are found on demand


@dataclass(frozen=True, slots=True)
class CompiledRule:
    """A rule with compiled blocks."""

    rule: Rule
    whens: tuple[CompiledBlock, ...]
    unlesses: tuple[CompiledBlock, ...]


class Watched(NamedTuple):
    """A block of a rule, and what must be hit before it is looked at.

    Attributes:
        rule: its number; block: one of its `whens`.
        others: the atoms of its groups without expressions, but for the rarest, which triggers it.
    """

    rule: int
    block: CompiledBlock
    others: tuple[tuple[int, ...], ...]


@dataclass(frozen=True, slots=True)
class Found:
    """What stands in one story: places by atom, and the entities named."""

    places: Mapping[int, Sequence[Span]]
    named: Sequence[Named]


class Matcher:
    """The compiled automaton and the tables around it."""

    def __init__(
        self, gazetteer: Gazetteer, rules: Sequence[Rule], lists: Mapping[str, WordList]
    ) -> None:
        self.terms: list[Term] = []  # by atom
        self.regexes: dict[int, re.Pattern[str]] = {}
        self._atoms: dict[Term, int] = {}
        self._lists = lists
        self._table = PatternTable()
        self.resolver = Resolver(gazetteer)
        add_names(self._table, gazetteer)
        self.rules = [self._compile(rule) for rule in rules]
        for pattern in self._table.by_key.values():
            pattern.finish(self.resolver.entities)
        # Every form with its pattern, and whether it needs no look at the separators in print.
        self._forms = [
            (pattern, _is_sound(form, pattern)) for form, pattern in self._table.by_form.items()
        ]
        self._automaton = ahocorasick_rs.AhoCorasick(
            list(self._table.by_form), matchkind=ahocorasick_rs.MatchKind.Standard,
            store_patterns=False,
        )  # fmt: skip
        self._atoms_of = [
            tuple(
                atom
                for term in _entity_terms(e.id, e.type, e.sides)
                if (atom := self._atoms.get(term)) is not None
            )
            for e in self.resolver.entities
        ]
        self._office_atoms = {
            office: atom
            for office in gazetteer.offices
            if (atom := self._atoms.get(_office_term(office))) is not None
        }
        self._watched: list[Watched] = []
        self._always: list[int] = []  # numbers in `_watched`
        self._triggers: dict[int, list[int]] = {}  # by atom: numbers in `_watched`
        self._find_triggers()
        self._wanted = self._find_wanted()
        patterns = self._table.by_key.values()
        self.outlets = {p.key: p.country for p in patterns if p.country}
        for pattern in patterns:  # KCNA and others are entities, not decoys
            for use in pattern.names:
                entity = self.resolver.entities[use.entity]
                if entity.type == "media" and len(entity.sides) == 1:
                    self.outlets[pattern.key] = entity.sides[0]

    def find(self, story: Story) -> Found:
        """Find every name and term in a story."""
        candidates, places = self._scan(story)
        if hidden := _hidden_by_decoys(candidates):
            seen = {
                atom: [span for span in spans if not hidden(*span)]
                for atom, spans in places.items()
            }
            places = {atom: spans for atom, spans in seen.items() if spans}
        named: list[Named] = []
        if candidates:
            named = self.resolver.resolve(story, candidates)
            for start, end, number, _ in named:
                span = (start, end)
                for atom in self._atoms_of[number]:
                    places.setdefault(atom, []).append(span)
                if self._office_atoms:
                    entity = self.resolver.entities[number]
                    office = self._office_atoms.get(entity.office)
                    if office is not None and entity.held(story.day):
                        places.setdefault(office, []).append(span)
        return Found(places, named)

    def hits_anything(self, story: Story) -> bool:
        """Could this be the beginning of a story that a rule wants, however weak the name?"""
        candidates, places = self._scan(story)
        if not self._wanted.isdisjoint(places):
            return True
        if any(self._names_something_wanted(pattern) for _, _, pattern in candidates):
            return True
        return any(
            regex.search(story.text) for atom, regex in self.regexes.items() if atom in self._wanted
        )

    def _names_something_wanted(self, pattern: Pattern) -> bool:
        numbers = [use.entity for use in pattern.names] + pattern.headline
        if pattern.titled:
            numbers += pattern.titled.entities
        entities = self.resolver.entities
        return any(
            not self._wanted.isdisjoint(self._atoms_of[n])
            or self._office_atoms.get(entities[n].office) in self._wanted
            for n in numbers
        )

    def _find_wanted(self) -> frozenset[int]:
        """Return the atoms that may begin a story some rule wants.

        Those of the blocks that give points; of a block that asks for names and words, the names:
        a missile alone is no reason to read on, a country may be.
        """
        wanted: set[int] = set()
        for compiled in self.rules:
            for block in compiled.whens if compiled.rule.enabled else ():
                scores = block.block.scores
                if scores is None or max(scores.values(), default=0) > 0:
                    named = any(block.named)
                    for atoms, of_names in zip(block.groups, block.named, strict=True):
                        if of_names or not named:
                            wanted |= atoms
        return frozenset(wanted)

    def _scan(self, story: Story) -> tuple[list[Candidate], dict[int, list[Span]]]:
        """Return name candidates, and the places of terms by atom, in one pass.

        Most hits are parts of longer words, and most of the rest stand between spaces: both are
        told from the folded text alone, before the text as printed is asked.
        """
        candidates: list[Candidate] = []
        places: dict[int, list[Span]] = {}
        forms, folded = self._forms, story.folded
        looked_in, span, aligned = folded.text, folded.span, folded.aligned
        seams = frozenset() if aligned else folded.seams()
        size = len(looked_in)
        for number, start, end in self._automaton.find_matches_as_indexes(
            looked_in, overlapping=True
        ):
            pattern, sound = forms[number]
            clear = False
            if pattern.latin:
                if start and looked_in[start - 1] in LATIN_LETTERS and start not in seams:
                    continue
                if pattern.closed and end not in seams:
                    after = looked_in[end] if end < size else ""
                    if after not in LATIN_LETTERS:
                        clear = sound
                    elif after != "s":
                        continue
            if not aligned:
                length = end - start
                start, end = span(start, end)
                clear = clear and end - start == length
            if pattern.words:
                if clear and pattern.swift:
                    for use in pattern.words:
                        if not use.language or use.language == story.language:
                            places.setdefault(use.atom, []).append((start, end))
                else:
                    for a, b, atom in _places(story, start, end, pattern):
                        places.setdefault(atom, []).append((a, b))
            if pattern.is_name and (
                (clear and pattern.swift) or may_count(story, start, end, pattern)
            ):
                candidates.append((start, end, pattern))
        return candidates, places

    def find_regex(self, atom: int, story: Story) -> list[Span]:
        """Find a list's regular expression, on the text as printed."""
        text = story.text[:_MAX_REGEX_TEXT]
        return [match.span() for match in self.regexes[atom].finditer(text) if match[0]]

    def _compile(self, rule: Rule) -> CompiledRule:
        return CompiledRule(
            rule,
            tuple(map(self._compile_block, rule.whens)),
            tuple(map(self._compile_block, rule.unlesses)),
        )

    def _compile_block(self, block: Block) -> CompiledBlock:
        groups = [self._group(group) for group in block.all]
        needs = [1] * len(groups)
        labels = [_label(group) for group in block.all]
        named = [self._holds_names(group) for group in block.all]
        if block.any:
            groups.append(self._group(block.any))
            needs.append(block.at_least)
            some = f"{block.at_least} of " if block.at_least > 1 else ""
            labels.append(some + _label(block.any))
            named.append(self._holds_names(block.any))
        return CompiledBlock(
            block, tuple(groups), tuple(needs), self._group(block.none),
            self._group(block.keep_if), tuple(labels), tuple(named),
            _zones(block),
            tuple(group for group in groups if self.regexes.keys().isdisjoint(group)),
        )  # fmt: skip

    def _group(self, group: Group) -> frozenset[int]:
        atoms: set[int] = set()
        for term in group:
            if term.kind == "list":
                atoms.update(map(self._atom, self._lists[term.value].terms))
            else:
                atoms.add(self._atom(term))
        return frozenset(atoms)

    def _holds_names(self, group: Group) -> bool:
        """Is a group made of names, at least in part? Lists are looked into."""
        return any(
            self._holds_names(self._lists[term.value].terms)
            if term.kind == "list"
            else term.raw.startswith("@")
            for term in group
        )

    def _atom(self, term: Term) -> int:
        atom = self._atoms.get(term)
        if atom is None:
            atom = self._atoms[term] = len(self.terms)
            self.terms.append(term)
            if term.kind == "pattern":
                self.regexes[atom] = re.compile(term.value)
            else:
                add_term(self._table, atom, term)
        return atom

    def worth_a_look(self, hit: KeysView[int]) -> dict[int, list[CompiledBlock]]:
        """Return the blocks, by number of their rule, of which every group was hit.

        Args:
            hit: the atoms that stand in a story.
        """
        triggers = self._triggers
        numbers = set(self._always)
        for atom in hit:
            if atom in triggers:
                numbers.update(triggers[atom])
        blocks: dict[int, list[CompiledBlock]] = {}
        for number in sorted(numbers):
            watched = self._watched[number]
            for atoms in watched.others:
                if hit.isdisjoint(atoms):
                    break
            else:
                blocks.setdefault(watched.rule, []).append(watched.block)
        return blocks

    def _find_triggers(self) -> None:
        """Say which blocks an atom makes worth a look, and which have no atom that could."""
        cost = [_COMMONNESS.get(term.kind, 1) for term in self.terms]
        for number, compiled in enumerate(self.rules):
            if not compiled.rule.enabled:
                continue
            for block in compiled.whens:
                place = len(self._watched)
                if block.plain:
                    rarest = min(block.plain, key=lambda group: sum(cost[atom] for atom in group))
                    for atom in rarest:
                        self._triggers.setdefault(atom, []).append(place)
                    others = tuple(tuple(group) for group in block.plain if group is not rarest)
                    self._watched.append(Watched(number, block, others))
                else:
                    self._always.append(place)
                    self._watched.append(Watched(number, block, ()))


def _is_sound(form: str, pattern: Pattern) -> bool:
    """Do all spaces of a form stand where a written form has one?"""
    places = (at - form.count(" ", 0, at) for at, char in enumerate(form) if char == " ")
    return all(place in pattern.spaces for place in places)


def _hidden_by_decoys(candidates: Sequence[Candidate]) -> Callable[[int, int], bool] | None:
    """Return a test whether a term lies inside a longer decoy; None when there is no decoy."""
    decoys = sorted((start, end) for start, end, pattern in candidates if pattern.decoy)
    if not decoys:
        return None
    longest = max(end - start for start, end in decoys)

    def hidden(start: int, end: int) -> bool:
        at = bisect_right(decoys, (start, MAX_CHARACTERS)) - 1
        while at >= 0 and decoys[at][0] > start - longest:
            a, b = decoys[at]
            if end <= b and b - a > end - start:
                return True
            at -= 1
        return False

    return hidden


def _places(story: Story, start: int, end: int, pattern: Pattern) -> list[tuple[int, int, int]]:
    """Return (start, end, atom) for the terms that a hit is on the text as printed."""
    text, uses = story.text, pattern.words
    places: list[tuple[int, int, int]] = []
    if pattern.plain_word:
        fits = word_edges(text, start, end, pattern.edges) and (
            end - start == len(pattern.key) or may_be_printed(pattern, text[start:end])
        )
        if not fits:
            if len(uses) == pattern.plain_word:
                return places
            uses = [use for use in uses if use.kind != "word"]
    for use in uses:
        if use.language and use.language != story.language:
            continue
        if use.kind == "word":
            places.append((start, end, use.atom))
        elif place := _special_place(text, start, end, pattern, use):
            places.append((*place, use.atom))
    return places


def _special_place(text: str, start: int, end: int, pattern: Pattern, use: WordUse) -> Span | None:
    """Return where a stem or an exact term stands, or None."""
    if use.shape:
        for match in use.shape.finditer(text, max(0, start - _SHAPE_REACH), end + _SHAPE_REACH):
            if match.start() <= start and end <= match.end():
                return match.span()
        return None
    if use.kind == "exact":
        fits = text[start:end] == use.exact and name_edges(text, start, end, pattern.edges)
        return (start, end) if fits else None
    # A stem takes any ending; in Latin letters it starts a word, Hangul and Han may stand inside.
    return (start, end) if may_be_printed(pattern, text[start:end]) else None


def _zones(block: Block) -> frozenset[Zone] | None:
    """Return the zones that count for a block: those of `in` that have points."""
    zones = block.zones
    if block.scores is not None:
        zones = frozenset(zone for zone in zones if block.scores.get(zone))
    return None if len(zones) == len(ZONES) else zones


def _label(group: Iterable[Term]) -> str:
    raws = [term.raw for term in group]
    shown = " | ".join(raws[:4])
    return f"{shown} | … ({len(raws)} in all)" if len(raws) > 4 else shown


def _entity_terms(entity_id: str, kind: str, sides: Sequence[str]) -> Iterable[Term]:
    yield Term(f"@{entity_id}", "entity", entity_id)
    for side in sides:
        yield Term(f"@{side}", "side", side)
        yield Term(f"@{kind}.{side}", "typed", f"{kind}.{side}")


def _office_term(office: str) -> Term:
    return Term(f"@office.{office}", "office", office)
