"""Do the blocks of a rule hold in an article, where, and with how many points.

A block holds at a *zone*: that of the sentence, paragraph or window that holds all its groups; for
`within = "story"`, the zone where its last group is first met. The best zone counts once. Blocks
add up; a rule fires at the highest level whose threshold the sum reaches, unless an `unless` block
holds that no `keep_if` lifts.
"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from monitor.model import Flag, Hit, Level, Reason, Zone
from monitor.watch.engine.compiling import CompiledBlock, CompiledRule
from monitor.watch.engine.document import Document
from monitor.watch.engine.found_names import Mention
from monitor.watch.engine.lists import lists_of_countries
from monitor.watch.engine.matcher import Found, Matcher
from monitor.watch.engine.scanning import Span
from monitor.watch.engine.scoring import points, reached, skipped
from monitor.watch.engine.spans import Place, places_between, spans_apart, window
from monitor.watch.engine.whole_words import whole_word

_SHOWN_HITS = 12


class Verdict(NamedTuple):
    """A rule that fires on an article: all of a flag but its reasons."""

    rule: str
    level: Level
    score: float


class Evaluation:
    """The rules of one matcher on one article."""

    def __init__(self, matcher: Matcher, document: Document, found: Found) -> None:
        self.matcher = matcher
        self.document = document
        self.places: dict[int, Sequence[Span]] = dict(found.places)
        self._found = found
        self._entity_at: dict[Span, str] | None = None
        self._hits: dict[Place, Hit] = {}
        self._listed: dict[Span, int] | None = None

    def verdicts(self) -> tuple[Verdict, ...]:
        """Return the rules that fire, without saying why."""
        return tuple([verdict for verdict, _ in self.fired()])

    def flags(self) -> tuple[Flag, ...]:
        """Return the rules that fire, with their reasons."""
        reason = self.reason
        return tuple(
            [
                Flag(rule, level, score, tuple([reason(block, at) for block, at in held]))
                for (rule, level, score), held in self.fired()
            ]
        )

    def mentions(self) -> tuple[Mention, ...]:
        """Return the entities named in the article, by place."""
        mention = self.matcher.resolver.mention
        return tuple([mention(self.document, named) for named in self._found.named])

    def deciding(self, compiled: CompiledRule) -> "Evaluation":
        """Return what a rule is explained on: this, but for a part of a round-up."""
        return self

    def fired(self) -> "Iterator[tuple[Verdict, list[tuple[CompiledBlock, Held]]]]":
        """Evaluate only the blocks whose rarest group was hit, and every other group besides."""
        rules, hold = self.matcher.rules, self.hold
        for number, looked_at in self.matcher.triggers.worth_a_look(self.places.keys()).items():
            compiled = rules[number]
            rule = compiled.rule
            if compiled.bound and skipped(rule, self.document):
                continue
            held, score = [], 0.0
            for block in looked_at:
                at = hold(block)
                if at is not None:
                    held.append((block, at))
                    score += at.score
            if not held:
                continue
            level = reached(rule, score, [block for block, _ in held])
            if level is not None and (not compiled.unlesses or self.silenced(compiled) is None):
                yield Verdict(rule.id, level, score), held

    def silenced(self, compiled: CompiledRule) -> "CompiledBlock | None":
        """Return the `unless` block that silences the rule, if one does."""
        for block in compiled.unlesses:
            if self.hold(block) is not None and not any(self.at(a) for a in block.keep_if):
                return block
        return None

    def at(self, atom: int) -> Sequence[Span]:
        """Return the places of an atom; a list's expressions are only tried when asked for."""
        if atom in self.matcher.regexes and atom not in self.places:
            self.places[atom] = self.matcher.find_regex(atom, self.document)
        return self.places.get(atom, ())

    def hold(self, compiled: CompiledBlock) -> "Held | None":
        """Return where the block holds best, or None."""
        if compiled.anywhere:
            return self._hold_anywhere(compiled)
        block = compiled.block
        if block.outlets and self.document.country not in block.outlets:
            return None
        groups: list[list[Place]] = []
        for atoms in compiled.groups:
            places = self.group_places(compiled, atoms)
            if not places:
                return None
            groups.append(places)
        if block.apart and not all(groups := self._apart(groups)):
            return None
        if compiled.counted and not self._enough(compiled, groups):
            return None
        none: list[Place] = []
        if compiled.none:
            none = sorted([(a, b, atom) for atom in compiled.none for a, b in self.at(atom)])
        if block.scope == "story":
            return self._hold_in_story(compiled, groups, none)
        return self._hold_nearby(compiled, groups, none)

    def group_places(self, compiled: CompiledBlock, atoms: frozenset[int]) -> list[Place]:
        """Return the places of a group's atoms in the zones that count, in order."""
        if len(compiled.plain) < len(compiled.groups):
            for atom in atoms & self.matcher.regexes.keys():
                self.at(atom)
        places = self.places
        found = [(a, b, atom) for atom in atoms & places.keys() for a, b in places[atom]]
        if compiled.zones is not None:
            zone = self.document.zone
            found = [place for place in found if zone(place[0]) in compiled.zones]
        if len(found) > 1:
            found.sort()
        return found

    def _enough(self, compiled: CompiledBlock, groups: Sequence[Sequence[Place]]) -> bool:
        """Are there as many hits, different ones and sentences as the block asks for?"""
        block = compiled.block
        for places, need in zip(groups, compiled.needs, strict=True):
            if len(places) < max(need, block.times):
                return False
            if need > 1 and len({atom for _, _, atom in places}) < need:
                return False
        return not block.share or self._dense(compiled)

    def _dense(self, compiled: CompiledBlock) -> bool:
        """Does every group of names stand in its share of the whole article's sentences?"""
        needed = compiled.block.share * len(self.document.sentences())
        for atoms, named in zip(compiled.groups, compiled.named, strict=True):
            if named:
                starts = (start for atom in atoms for start, _ in self.at(atom))
                if len({self.document.sentence(start)[0] for start in starts}) < needed:
                    return False
        return True

    def _hold_anywhere(self, compiled: CompiledBlock) -> "Held | None":
        """As `_hold_in_story`, by the first place of each group: the others say nothing more."""
        places, last = self.places, -1
        for atoms in compiled.groups:
            starts = [places[atom][0][0] for atom in atoms if atom in places]
            if not starts:
                return None
            last = max(last, min(starts))
        if compiled.none and any(map(self.at, compiled.none)):
            return None
        zone = self.document.zone(last)
        return Held(zone, points(compiled, zone), last, ())

    def _hold_in_story(
        self, compiled: CompiledBlock, groups: Sequence[Sequence[Place]], none: Sequence[Place]
    ) -> "Held | None":
        zones = compiled.block.zones
        if any(self.document.zone(start) in zones for start, _, _ in none):
            return None
        last = max(places[0] for places in groups)
        zone = self.document.zone(last[0])
        return Held(zone, points(compiled, zone), last[0], groups)

    def _hold_nearby(
        self, compiled: CompiledBlock, groups: Sequence[Sequence[Place]], none: Sequence[Place]
    ) -> "Held | None":
        rarest = min(groups, key=len)
        best: Held | None = None
        seen: set[int] = set()
        for place in rarest:
            begin, end = self._reach(compiled, place)
            if compiled.block.scope != "words":
                if begin in seen:
                    continue
                seen.add(begin)
            inside = [places_between(places, begin, end) for places in groups]
            if not all(
                len({atom for _, _, atom in hits}) >= need
                for hits, need in zip(inside, compiled.needs, strict=True)
            ) or places_between(none, begin, end):
                continue
            zone = self.document.zone(place[0])
            score = points(compiled, zone)
            if best is None or score > best.score:
                best = Held(zone, score, place[0], inside)
            if zone == "headline" or compiled.block.scores is None:
                break
        return best

    def _reach(self, compiled: CompiledBlock, place: Place) -> Span:
        scope = compiled.block.scope
        if scope == "sentence":
            return self.document.sentence(place[0])
        _, start, end = self.document.paragraph(place[0])
        if scope == "paragraph":
            return start, end
        return window(self.document.text, place[0], place[1], compiled.block.reach, start, end)

    def reason(self, compiled: CompiledBlock, at: "Held") -> Reason:
        """Say why a block holds, with the hit words marked in their sentence."""
        start, end = self.document.sentence(at.offset)
        text = self.document.printed
        groups = at.groups or [self.group_places(compiled, atoms) for atoms in compiled.groups]
        places = sorted({place for hits in groups for place in hits[:_SHOWN_HITS]})
        hits = tuple([self._hit(place) for place in places])
        spans = {self._shown(place): None for place in places}
        marks = [(a - start, b - start) for a, b in spans if start <= a and b <= end]
        return Reason(
            compiled.block.name, at.score, at.zone, text[start:end].rstrip(),
            tuple(spans_apart(marks)),
            tuple({hit.words: None for hit in hits}), hits,
        )  # fmt: skip

    def _apart(self, groups: Sequence[Sequence[Place]]) -> list[list[Place]]:
        """Drop hits of the first two groups that stand in one list of countries together."""
        if self._listed is None:
            entities = self.matcher.resolver.entities
            lists = lists_of_countries(self.document, self._found.named, entities)
            self._listed = {span: number for number, row in enumerate(lists) for span in row}
        met: dict[int, set[int]] = {}
        for group, places in enumerate(groups[:2]):
            for a, b, _ in places:
                if (number := self._listed.get((a, b))) is not None:
                    met.setdefault(number, set()).add(group)
        shared = {number for number, members in met.items() if len(members) > 1}
        first = [
            [p for p in places if self._listed.get(p[:2]) not in shared] for places in groups[:2]
        ]
        return [*first, *map(list, groups[2:])]

    def _entities_at(self) -> dict[Span, str]:
        if self._entity_at is None:
            entities = self.matcher.resolver.entities
            self._entity_at = {(a, b): entities[n].id for a, b, n, _ in self._found.named}
        return self._entity_at

    def _shown(self, place: Place) -> Span:
        """Return what of the text is shown for a place: whole words."""
        start, end, atom = place
        name = self.matcher.terms[atom].raw.startswith("@")
        return whole_word(self.document.printed, start, end, name=name)

    def _hit(self, place: Place) -> Hit:
        """Describe a place; many rules may have hit the same."""
        known = self._hits.get(place)
        if known is None:
            atom = place[2]
            start, end = self._shown(place)
            position, begin, _ = self.document.paragraph(start)
            known = self._hits[place] = Hit(
                self.matcher.terms[atom].raw, self.document.printed[start:end],
                self.document.zone(start), position, start - begin, end - begin,
                self._entities_at().get(place[:2], ""),
            )  # fmt: skip
        return known


class Held(NamedTuple):
    """Where a block holds: zone, points, a place in the sentence to show, and hits by group.

    Without hits it holds anywhere: they are those of the whole article.
    """

    zone: Zone
    score: float
    offset: int
    groups: Sequence[Sequence[Place]]
