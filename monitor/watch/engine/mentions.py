"""Which names in an article count: longest match, decoys, weak names, titles and surnames.

A *safe* name always counts; what a weak one needs stands in `weak_names`. A person's name is only
as safe as the person is in office: some years before and after, and beside the everyday title of a
namesake (김정일 교수), it needs a title of the office or its side in the sentence. A title with a
surname is whoever held the office on the article's date, and nobody when two fit. A bare English
surname counts after the full name.
"""

import re
from collections.abc import Sequence
from typing import Literal

from monitor.text import name_edges
from monitor.watch.engine.borders import FOLLOWING_NAME
from monitor.watch.engine.document import Document
from monitor.watch.engine.found_names import HowSure, Mention, Named
from monitor.watch.engine.overlaps import Candidate, longest
from monitor.watch.engine.patterns import NameUse, Pattern
from monitor.watch.engine.title_bearers import bearers
from monitor.watch.engine.weak_names import Context, Witnesses
from monitor.watch.language.entities import Entity
from monitor.watch.language.gazetteer import Gazetteer

# English words that are surnames too: never alone, only beside a title.
_NEVER_BARE = frozenset({"He", "No", "An", "So", "Do", "Sun", "Long", "Ho", "Ha", "Ban"})
_NAMESAKE = re.compile(
    r"\s?(?:씨|교수|대표|회장|부회장|사장|기자|작가|감독|선수|변호사|원장|팀장|PD|배우|가수|셰프|상무|전무|이사|코치|"
    r"약사|목사|화백|시인|아나운서)(?:는|은|가|이|의|를|을|와|과|도)?(?![가-힣])|(?:さん|選手|监督|導演|导演)"
)
_CALLED = re.compile(
    r"(?:배우|가수|감독|작가|선수|방송인|개그맨|앵커|교수|俳優|女優|歌手|监督|導演|导演|演员|演員)\s?$"
)
_LONGEST_CALLING = 4  # letters and a space
_WITHOUT_CAPITALS = re.compile("[\u3041-\u30ff\u3400-\u9fff가-힣]")
_YEARS_BEFORE, _YEARS_AFTER = 1, 4  # of an office: how long a name is known for it


class Resolver:
    """Decides over the name candidates of an article; made once per rulebook."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        self.entities: tuple[Entity, ...] = tuple(gazetteer.entities.values())
        self.witnesses = Witnesses(gazetteer)
        self.surnames = [  # in English, those that may stand alone
            tuple(s for s in e.short.get("en", ()) if s not in _NEVER_BARE)
            if e.type == "person"
            else ()
            for e in self.entities
        ]
        self._known = list(map(_known_between, self.entities))

    def resolve(self, document: Document, candidates: Sequence[Candidate]) -> list[Named]:
        """Return what is named in an article, by place."""
        reading = _Reading(self, document)
        safe = reading.safe
        for start, end, pattern in longest(candidates):
            if pattern.simple:
                for number in pattern.simple:
                    safe.append((start, end, number, "safe"))
            else:
                reading.take(start, end, pattern)
        return reading.finish()

    def mention(self, document: Document, named: Named) -> Mention:
        """Describe one entity named in an article."""
        start, end, number, kind = named
        entity = self.entities[number]
        return Mention(
            entity=entity.id,
            name=entity.display(document.language),
            sides=entity.sides,
            zone=document.zone(start),
            strength=kind,
            words=document.printed[start:end],
            start=start,
            end=end,
        )

    def little_known(self, number: int, day: str) -> bool:
        """Is a person so long before or after an office that the name may be another's?"""
        since, until = self._known[number]
        return not since <= day or day[: len(until)] > until  # "2009" ends with its last day


def is_in_capitals(text: str) -> bool:
    """Is a text all in capitals? Han letters, kana and Hangul have none: NLL越え says nothing."""
    return text.isupper() and not _WITHOUT_CAPITALS.search(text)


def _known_between(entity: Entity) -> tuple[str, str]:
    """Return the days between which a name is surely that of the holder of an office."""
    if entity.type != "person" or not entity.tenures or not entity.file.endswith("_history.toml"):
        return "", "9"
    since = min(t.since or "0001" for t in entity.tenures)
    until = max((t.until or "9" for t in entity.tenures), key=lambda date: f"{date}~")
    if len(until) >= 4:
        until = f"{int(until[:4]) + _YEARS_AFTER}{until[4:]}"
    return f"{max(int(since[:4]) - _YEARS_BEFORE, 1):04}{since[4:]}", until


class _Reading:
    """The state of reading one article."""

    def __init__(self, resolver: Resolver, document: Document) -> None:
        self.resolver = resolver
        self.document = document
        self.safe: list[Named] = []
        self.pending: list[Named] = []
        self._capitals: dict[int, bool] = {}
        self._variety = ""
        self._titled_end, self._titled = 0, frozenset[int]()  # of the last title, and who bears it

    def take(self, start: int, end: int, pattern: Pattern) -> None:
        """Read one candidate that no longer one swallowed, and that is not simply safe."""
        if pattern.decoy and not pattern.names:
            return
        document, taken = self.document, False
        for use in pattern.names:
            taken |= self._take_name(start, end, pattern, use)
        if pattern.titled and not taken:
            self._take_titled(start, end, pattern)
        if not taken and start < document.headline_end:
            self._take_headline(start, end, pattern)

    def _take_headline(self, start: int, end: int, pattern: Pattern) -> None:
        """Read a form that stands for a country or a leader in headlines only.

        Where a letter is that of somebody in office (李), it is no other leader's surname; with the
        title of another behind it (李총리, 李회장) it is neither.
        """
        known = False
        for number in pattern.headline:
            entity = self.resolver.entities[number]
            if pattern.edges[0] == "latin":
                if self.document.text[start].isupper():
                    self.pending.append((start, end, number, "weak"))
            elif self._is_joined(start, end):
                self.pending.append((start, end, number, "headline"))
            elif entity.type == "person" and self.document.language in ("zh", "ja"):
                if self._is_his_letter(start, end, number):
                    self.pending.append((start, end, number, "leader"))
            elif entity.type != "person" or self._is_his_letter(start, end, number):
                self.safe.append((start, end, number, "headline"))
                known = True
        for number in () if known else pattern.leaders:
            entity = self.resolver.entities[number]
            if number not in pattern.headline and self._is_his_letter(start, end, number):
                self.pending.append((start, end, number, "leader"))

    def _is_his_letter(self, start: int, end: int, number: int) -> bool:
        """Is a letter somebody's who is in office, and no part of another's title?"""
        if start < self._titled_end and number not in self._titled:
            return False
        held = self.resolver.entities[number].held(self.document.day)
        return held and not _NAMESAKE.match(self.document.text, end)

    def finish(self) -> list[Named]:
        """Decide over what was pending, add bare surnames, and return all by place."""
        named = self.safe
        if self.pending:
            context = Context(
                self.document, self.resolver.entities, self.resolver.witnesses, self.safe,
                self.pending,
            )  # fmt: skip
            named = named + list(filter(context.counts, self.pending))
        named = named + self._surnames(named)
        named.sort()
        return named

    def _is_joined(self, start: int, end: int) -> bool:
        """Is the letter 北 part of a compound that no name has (北카페), or quoted (「北」の湯)?"""
        text = self.document.text
        if text[start] != "北":
            return False
        return text[start - 1 : start] == "「" or not name_edges(text, start, end, ("", "hangul"))

    def _take_name(self, start: int, end: int, pattern: Pattern, use: NameUse) -> bool:
        document, entity = self.document, self.resolver.entities[use.entity]
        printed = document.text[start:end]
        if not use.may_be(printed):
            return False
        strength = self._strength(start, printed, pattern, use)
        if strength is None:
            return False
        if strength == "weak" and entity.type == "region" and self._opens_a_name(start, end):
            return False  # the Peninsula Hotel
        if strength == "weak" or (entity.common and not use.exact):
            kind: HowSure = "acronym" if use.exact else "weak"
            self.pending.append((start, end, use.entity, kind))
        elif entity.type == "person" and self._may_be_another(use.entity, start, end):
            self.pending.append((start, end, use.entity, "namesake"))
        else:
            self.safe.append((start, end, use.entity, "safe"))
        return True

    def _strength(
        self, start: int, printed: str, pattern: Pattern, use: NameUse
    ) -> Literal["safe", "weak"] | None:
        """Return how safe a name is here; None where it is none."""
        if len(use.strengths) > 1 and not self._variety:
            self._variety = self.document.variety
        strength = use.strength(self._variety)
        if use.exact and strength == "safe" and len(printed) <= 3 and self._shouted(start):
            strength = "weak"  # in a line all in capitals US may be "us"
        if pattern.decoy and strength != "safe":
            return None
        if strength != "home":
            return strength
        country = self.document.country
        if country in self.resolver.entities[use.entity].sides:
            return "safe"
        return None if country in ("KR", "KP") else "weak"

    def _opens_a_name(self, start: int, end: int) -> bool:
        """Does a word in capitals stand before another, in a text that is not all in capitals?"""
        text = self.document.text
        if not text[start].isupper() or text[:end].isupper():
            return False
        return bool(FOLLOWING_NAME.match(text, end))

    def _may_be_another(self, number: int, start: int, end: int) -> bool:
        """Has a person's name an everyday title or calling beside it, or is it of another time?"""
        text = self.document.text
        if _NAMESAKE.match(text, end) or _CALLED.search(
            text, max(0, start - _LONGEST_CALLING), start
        ):
            return True
        return self.resolver.little_known(number, self.document.day)

    def _take_titled(self, start: int, end: int, pattern: Pattern) -> None:
        document, titled = self.document, pattern.titled
        assert titled is not None
        self._titled_end, self._titled = end, frozenset(n for n, _ in titled.holders)
        named = {number for _, _, number, _ in self.safe}
        fitting = bearers(document, start, titled, self.resolver.entities, named)
        if len(fitting) != 1:
            return
        if titled.bare:
            self.pending.append((start, end, fitting[0], "title"))
        else:
            self.safe.append((start, end, fitting[0], "title"))

    def _shouted(self, offset: int) -> bool:
        """Is the paragraph all in capitals?"""
        _, start, end = self.document.paragraph(offset)
        known = self._capitals.get(start)
        if known is None:
            known = self._capitals[start] = is_in_capitals(self.document.text[start:end])
        return known

    def _surnames(self, named: Sequence[Named]) -> list[Named]:
        """Find bare English surnames of people whose full name stands in the article."""
        document = self.document
        first: dict[str, dict[int, int]] = {}
        surnames = self.resolver.surnames
        for start, _, number, kind in [item for item in named if surnames[item[2]]]:
            if kind != "headline":
                for surname in surnames[number]:
                    first.setdefault(surname, {}).setdefault(number, start)
        found: list[Named] = []
        if not first:
            return found
        covered = bytearray(len(document.text))
        for start, end, _, _ in named:
            covered[start:end] = b"\x01" * (end - start)
        for surname, people in first.items():
            for match in re.finditer(rf"(?<![\w-]){surname}(?![\w-])", document.text):
                start, end = match.span()
                if any(covered[start:end]):
                    continue
                if FOLLOWING_NAME.match(document.text, end):
                    continue
                headline = start < document.headline_end
                reach = document.lede_end if headline else start
                before = [(at, n) for n, at in people.items() if at < reach]
                if before:
                    number = (min(before) if headline else max(before))[1]
                    found.append((start, end, number, "surname"))
        return found
