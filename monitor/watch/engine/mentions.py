"""Which names in a story count: longest match, decoys, weak names, titles and surnames.

A *safe* name always counts. A *weak* one (조현, Korea, 火星) counts when in its sentence stands one
of the entity's `near` words, a title of its office or, for what is no person, a safe name of its
side; or when a safe name of the entity stood earlier. The headline may look ahead into the lede.
A title with a surname is whoever held the office on the story's date, and nobody when two fit. A
bare English surname counts after the full name. A `common` name needs its title or its side.
Of overlapping names only the longest is read, so that decoys swallow what they hide.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from monitor.model import Zone
from monitor.text import fold_key, name_edges
from monitor.watch.engine.document import Story
from monitor.watch.engine.borders import FOLLOWING_NAME
from monitor.watch.engine.overlaps import Candidate, longest
from monitor.watch.engine.patterns import NameUse, Pattern
from monitor.watch.language.gazetteer import Entity, Gazetteer

HowSure = Literal["safe", "weak", "title", "surname", "headline"]
_FORMER = re.compile(r"(?:former|ex|late|then|前|元|전|前任)[\s-]*$", re.IGNORECASE)
# English words that are surnames too: never alone, only beside a title.
_NEVER_BARE = frozenset({"He", "No", "An", "So", "Do", "Sun", "Long", "Ho", "Ha", "Ban"})


@dataclass(frozen=True, slots=True)
class Mention:
    """An entity named in a story."""

    entity: str  # id
    name: str  # to show, in the story's language
    sides: tuple[str, ...]
    zone: Zone
    strength: HowSure
    words: str  # as printed
    start: int  # in the story's text
    end: int


Named = tuple[int, int, int, HowSure]  # start, end, number of the entity, how it was known


class Resolver:
    """Decides over the name candidates of a story; made once per rulebook."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        self.entities: tuple[Entity, ...] = tuple(gazetteer.entities.values())
        self._near = [frozenset(map(fold_key, e.near)) - {""} for e in self.entities]
        self._titles: list[frozenset[str]] = []
        self.surnames = [  # in English, those that may stand alone
            tuple(s for s in e.short.get("en", ()) if s not in _NEVER_BARE)
            if e.type == "person"
            else ()
            for e in self.entities
        ]
        for entity in self.entities:
            titles = [
                title
                for office in entity.offices()
                for forms in gazetteer.offices[office].titles.values()
                for title in forms
            ]
            self._titles.append(frozenset(map(fold_key, titles)) - {""})

    def resolve(self, story: Story, candidates: Sequence[Candidate]) -> list[Named]:
        """Return what is named in a story, by place."""
        reading = _Reading(self, story)
        safe = reading.safe
        for start, end, pattern in longest(candidates):
            if pattern.simple:
                for number in pattern.simple:
                    safe.append((start, end, number, "safe"))
            else:
                reading.take(start, end, pattern)
        return reading.finish()

    def mention(self, story: Story, named: Named) -> Mention:
        """Describe one entity named in a story."""
        start, end, number, kind = named
        entity = self.entities[number]
        return Mention(
            entity=entity.id,
            name=entity.display(story.language),
            sides=entity.sides,
            zone=story.zone(start),
            strength=kind,
            words=story.printed[start:end],
            start=start,
            end=end,
        )

    def near(self, number: int) -> frozenset[str]:
        """Folded `near` words of an entity."""
        return self._near[number]

    def titles(self, number: int) -> frozenset[str]:
        """Folded titles of an entity's office."""
        return self._titles[number]


class _Reading:
    """The state of reading one story."""

    def __init__(self, resolver: Resolver, story: Story) -> None:
        self.resolver = resolver
        self.story = story
        self.safe: list[Named] = []
        self.pending: list[Named] = []
        self._folded_sentences: dict[int, str] = {}
        self._near: dict[tuple[int, int], bool] = {}
        self._capitals: dict[int, bool] = {}
        self._variety = ""

    def take(self, start: int, end: int, pattern: Pattern) -> None:
        """Read one candidate that no longer one swallowed, and that is not simply safe."""
        if pattern.decoy and not pattern.names:
            return
        taken = False
        for use in pattern.names:
            taken |= self._take_name(start, end, pattern, use)
        if pattern.titled and not taken:
            self._take_titled(start, end, pattern)
        for number in () if taken else pattern.headline:
            entity = self.resolver.entities[number]
            if pattern.edges[0] == "latin":
                if self.story.text[start].isupper():
                    self.pending.append((start, end, number, "weak"))
            elif entity.type != "person" or entity.held(self.story.day):
                self.safe.append((start, end, number, "headline"))

    def finish(self) -> list[Named]:
        """Decide over what was pending, add bare surnames, and return all by place."""
        named = self.safe
        if self.pending:
            context = _Context(self.safe, self.story, self.resolver.entities)
            named = named + [item for item in self.pending if self._counts(item, context)]
        named = named + self._surnames(named)
        named.sort()
        return named

    def _take_name(self, start: int, end: int, pattern: Pattern, use: NameUse) -> bool:
        story, entity = self.story, self.resolver.entities[use.entity]
        printed = story.text[start:end]
        if use.exact:
            if printed != use.exact:
                return False
        elif use.capital and not printed[0].isupper():
            return False
        if len(use.strengths) > 1 and not self._variety:
            self._variety = story.variety
        strength = use.strength(self._variety)
        if use.exact and strength == "safe" and len(printed) <= 3 and self._shouted(start):
            strength = "weak"  # in a line all in capitals US may be "us"
        if pattern.decoy and strength != "safe":
            return False
        if strength == "home":
            home = story.country in ("KR", "KP") or story.country in entity.sides
            if home and story.country not in entity.sides:
                return False
            strength = "safe" if home else "weak"
        if strength == "weak" or (entity.common and not use.exact):
            self.pending.append((start, end, use.entity, "weak"))
        else:
            self.safe.append((start, end, use.entity, "safe"))
        return True

    def _take_titled(self, start: int, end: int, pattern: Pattern) -> None:
        story, titled = self.story, pattern.titled
        assert titled is not None
        entities = self.resolver.entities
        day = story.day
        held = [n for n, office in titled.holders if entities[n].held(day, office)]
        fitting = list(dict.fromkeys(held))
        if not fitting and _FORMER.search(story.text, max(0, start - 8), start):
            fitting = _last_holder(titled.holders, entities, day)
        if len(fitting) > 1:
            named = {number for _, _, number, _ in self.safe}
            fitting = [n for n in fitting if n in named]
        if len(fitting) != 1:
            return
        if titled.bare:
            self.pending.append((start, end, fitting[0], "title"))
        else:
            self.safe.append((start, end, fitting[0], "title"))

    def _shouted(self, offset: int) -> bool:
        """Is the paragraph all in capitals?"""
        _, start, end = self.story.paragraph(offset)
        known = self._capitals.get(start)
        if known is None:
            known = self._capitals[start] = self.story.text[start:end].isupper()
        return known

    def _counts(self, named: Named, context: "_Context") -> bool:
        start, _, number, kind = named
        entity = self.resolver.entities[number]
        if context.named(number, start):
            return True
        begin = self.story.sentence(start)[0]
        if kind == "title":
            return context.sides_in(begin, entity.sides)
        if self._has_word_near(number, begin, start):
            return True
        if entity.type == "person" and not entity.common:
            return False
        if entity.type == "place":
            # One side of a sea or a border says nothing of the other.
            return bool(entity.sides) and all(
                context.sides_in(begin, (side,)) for side in entity.sides
            )
        if context.sides_in(begin, entity.sides):
            return True
        return entity.type in ("country", "region") and context.side_before(start, entity.sides)

    def _has_word_near(self, number: int, begin: int, offset: int) -> bool:
        """Does a title or `near` word of the entity stand in the sentence that begins there?"""
        known = self._near.get((number, begin))
        if known is None:
            folded = self._folded_sentences.get(begin)
            if folded is None:
                start, end = self.story.sentence(offset)
                folded = self._folded_sentences[begin] = fold_key(self.story.text[start:end])
            words = (*self.resolver.titles(number), *self.resolver.near(number))
            known = self._near[number, begin] = any(word in folded for word in words)
        return known

    def _surnames(self, named: Sequence[Named]) -> list[Named]:
        """Find bare English surnames of people whose full name stands in the story."""
        story = self.story
        first: dict[str, dict[int, int]] = {}
        surnames = self.resolver.surnames
        for start, _, number, kind in [item for item in named if surnames[item[2]]]:
            if kind != "headline":
                for surname in surnames[number]:
                    first.setdefault(surname, {}).setdefault(number, start)
        found: list[Named] = []
        if not first:
            return found
        covered = bytearray(len(story.text))
        for start, end, _, _ in named:
            covered[start:end] = b"\x01" * (end - start)
        for surname, people in first.items():
            for match in re.finditer(rf"(?<![\w-]){surname}(?![\w-])", story.text):
                start, end = match.span()
                if any(covered[start:end]):
                    continue
                if FOLLOWING_NAME.match(story.text, end):
                    continue
                headline = start < story.headline_end
                reach = story.lede_end if headline else start
                before = [(at, n) for n, at in people.items() if at < reach]
                if before:
                    number = (min(before) if headline else max(before))[1]
                    found.append((start, end, number, "surname"))
        return found


class _Context:
    """Where the safe mentions of a story stand."""

    def __init__(self, safe: Iterable[Named], story: Story, entities: Sequence[Entity]) -> None:
        self.story = story
        self.first: dict[int, int] = {}
        self.first_side: dict[str, int] = {}
        self.sentence_sides: dict[int, set[str]] = {}
        for start, _, number, _ in safe:
            self.first[number] = min(start, self.first.get(number, start))
            begin = story.sentence(start)[0]
            for side in entities[number].sides:
                self.first_side[side] = min(start, self.first_side.get(side, start))
                self.sentence_sides.setdefault(begin, set()).add(side)

    def named(self, number: int, offset: int) -> bool:
        """Does a safe name of the entity stand earlier, or in the lede for a headline?"""
        at = self.first.get(number)
        return at is not None and at < self._reach(offset)

    def sides_in(self, begin: int, sides: Sequence[str]) -> bool:
        """Does a safe name of one of the sides stand in the sentence that begins there?"""
        return any(side in self.sentence_sides.get(begin, ()) for side in sides)

    def side_before(self, offset: int, sides: Sequence[str]) -> bool:
        """Does a safe name of one of the sides stand earlier, or in the lede for a headline?"""
        reach = self._reach(offset)
        return any(self.first_side.get(side, reach) < reach for side in sides)

    def _reach(self, offset: int) -> int:
        return self.story.lede_end if offset < self.story.headline_end else offset


def _last_holder(
    holders: Sequence[tuple[int, str]], entities: Sequence[Entity], day: str
) -> list[int]:
    """Return who held the office last before a day, in a list that is empty when nobody did."""
    past = [
        (tenure.until, number)
        for number, office in holders
        for tenure in entities[number].tenures
        if tenure.office == office and tenure.until and tenure.until <= day
    ]
    return [number for _, number in sorted(past)[-1:]]
