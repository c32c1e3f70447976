"""Which weak names count: what else stands in their sentence, or earlier in the article.

A weak name is an everyday word too (왕이, Moon, 火星, DMZ), so it needs a second witness:

- a safe name of the same entity earlier; a headline may look ahead into the lede;
- one of its `near` words, or a title of its bearer's offices, as a word of its sentence;
- what is neither person nor acronym: a safe name of its side in the sentence; places of two sides
  need both;
- a name of the opposite side that belongs to it as one minister to another: weak names of people
  in office on the day, of two sides, count together (조현-왕이), and so do one weak and one safe;
- a title that many bear, with a surname (Ambassador Dai): its side or somebody of another in the
  sentence; in a headline, any side that the sentence behind it names, but by one of its bodies,
  whose own chairman it may be;
- a leader's bare surname, only in headlines: the country (N. Korea's Kim), a leader of another
  side beside it (Moon and Xi), or one of its `near` words (South's spy agency: Kim …).
"""

import re
from collections.abc import Iterable, Sequence

from monitor.text import edges_of, fold, fold_keys, word_edges
from monitor.watch.engine.document import Document
from monitor.watch.engine.found_names import HowSure, Named
from monitor.watch.language.entities import Entity
from monitor.watch.language.gazetteer import Gazetteer

_STANDS_FOR_STATES = frozenset({"person", "org", "term"})
_PEOPLE = 40  # of a headline; more are no headline
_NOT_APART = re.compile(r"[^.!?。…]{0,24}")


class Witnesses:
    """What stands by the weak names of a gazetteer: `near` words and titles, by entity."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        self._gazetteer = gazetteer
        self._entities = tuple(gazetteer.entities.values())
        self._words: dict[tuple[int, bool], tuple[tuple[str, bool], ...]] = {}

    def _words_of(self, number: int, *, titles: bool) -> tuple[tuple[str, bool], ...]:
        """Return the folded words of an entity, each with whether it is a stem."""
        words = self._words.get((number, titles))
        if words is None:
            entity, offices = self._entities[number], self._gazetteer.offices
            of_offices = (
                t for o in entity.offices() for forms in offices[o].titles.values() for t in forms
            )
            written = dict.fromkeys((*entity.near, *(of_offices if titles else ())))
            keys = {(k, w.endswith("*")) for w in written for k in fold_keys(w.rstrip("*")) if k}
            words = self._words[number, titles] = tuple(sorted(keys))
        return words

    def stand_in(self, number: int, text: str, own: tuple[int, int], *, titles: bool) -> bool:
        """Does a word of the entity stand in a sentence, outside the name itself?

        Args:
            own: where the name stands in the sentence; a word may follow it without a space.
            titles: do the titles of its offices count?
        """
        folded = fold(text)
        squashed = folded.text
        for word, stem in self._words_of(number, titles=titles):
            at = squashed.find(word)
            while at >= 0:
                start, end = folded.span(at, at + len(word))
                if (end <= own[0] or start >= own[1]) and _is_word(text, start, end, own, stem):
                    return True
                at = squashed.find(word, at + 1)
        return False


def _is_word(text: str, start: int, end: int, own: tuple[int, int], stem: bool) -> bool:
    left, right = edges_of(text[start:end])
    if start == own[1] and left == "hangul":
        left = ""  # 조현장관
    return word_edges(text, start, end, (left, "" if stem else right))


class Context:
    """Where the safe mentions of an article stand, and which weak ones wait beside them."""

    def __init__(
        self,
        document: Document,
        entities: Sequence[Entity],
        witnesses: Witnesses,
        safe: Iterable[Named],
        pending: Iterable[Named],
    ) -> None:
        self.document, self.entities, self._witnesses = document, entities, witnesses
        self._first: dict[int, int] = {}
        self._first_side: dict[str, int] = {}
        self._sides: dict[int, set[str]] = {}  # by where a sentence begins
        self._told: set[int] = set()  # sentences with a side, told by more than its bodies
        # Who may be dealt with, safe or not: their sides and kinds by sentence.
        self._actors: dict[int, set[tuple[tuple[str, ...], HowSure]]] = {}
        self._people: list[Named] = []
        self._letters: set[int] = set()  # sentences in which a letter stands for a country
        self._near: dict[tuple[int, int, HowSure], bool] = {}
        for item in safe:
            start, _, number, _ = item
            self._first[number] = min(start, self._first.get(number, start))
            begin = document.sentence(start)[0]
            for side in entities[number].sides:
                self._first_side[side] = min(start, self._first_side.get(side, start))
                self._sides.setdefault(begin, set()).add(side)
                if entities[number].type != "org":
                    self._told.add(begin)
            self._note_actor(begin, item, safe=True)
        for item in pending:
            self._note_actor(document.sentence(item[0])[0], item, safe=False)

    def _note_actor(self, begin: int, item: Named, *, safe: bool) -> None:
        entity = self.entities[item[2]]
        if safe and item[3] == "headline":
            self._letters.add(begin)
        if entity.type in _STANDS_FOR_STATES and (
            entity.type != "person" or entity.held(self.document.day)
        ):
            self._actors.setdefault(begin, set()).add((entity.sides, item[3]))
            headline = item[0] < self.document.headline_end
            if entity.type == "person" and headline and len(self._people) < _PEOPLE:
                self._people.append(item)

    def counts(self, named: Named) -> bool:
        """Does a weak name count?"""
        start, _, number, kind = named
        entity = self.entities[number]
        if self._named_before(number, start):
            return True
        begin = self.document.sentence(start)[0]
        if kind == "leader":
            return self._leader_beside(begin, named) or self._has_word_near(begin, named)
        if kind == "title":
            if self._sides_in(begin, entity.sides) or self._counterpart(begin, named):
                return True
            return self._behind(begin) in self._told
        if self._has_word_near(begin, named):
            return True
        if kind == "namesake":
            return self._sides_in(begin, entity.sides)
        if kind == "acronym" or (entity.type == "person" and not entity.common):
            return self._counterpart(begin, named)
        if entity.type in ("place", "region"):
            # One side of a sea, a border or a peninsula says nothing of the other.
            return bool(entity.sides) and all(self._sides_in(begin, (s,)) for s in entity.sides)
        if self._sides_in(begin, entity.sides):
            return True
        if begin in self._letters and (kind == "headline" or self._is_syllable(named)):
            return True
        if entity.type == "country":
            return self._side_before(start, entity.sides)
        return self._counterpart(begin, named)

    def _is_syllable(self, named: Named) -> bool:
        """Is it a country's name of one syllable (북 노동자, 러 파견)?"""
        start, end, number, _ = named
        return end - start == 1 and self.entities[number].type == "country"

    def _behind(self, begin: int) -> int:
        """Return where the sentence behind a headline begins; -1 for any other sentence."""
        lede = self.document.headline_end + 1
        if begin >= self.document.headline_end or lede >= len(self.document.text):
            return -1
        return self.document.sentence(lede)[0]

    def _counterpart(self, begin: int, named: Named) -> bool:
        """Does somebody of another side stand in the sentence, with whom this one may deal?"""
        _, _, number, kind = named
        entity = self.entities[number]
        if entity.type == "person" and not entity.held(self.document.day):
            return False
        return any(
            how != "leader"
            and (kind != "acronym" or how == "acronym")
            and sides
            and set(sides).isdisjoint(entity.sides)
            for sides, how in self._actors.get(begin, ())
        )

    def _leader_beside(self, begin: int, named: Named) -> bool:
        """Does a person of another side stand close by in the headline?

        The Koreas share their surnames: there the North, or the letter of a leader, must stand too.
        """
        start, end, number, _ = named
        entity = self.entities[number]
        if self._sides_in(begin, entity.sides):
            return True
        for a, b, n, how in self._people:
            other = self.entities[n]
            if not set(other.sides).isdisjoint(entity.sides):
                continue
            first, second = (end, a) if end <= a else (b, start)
            if not _NOT_APART.fullmatch(self.document.text, first, second):
                continue
            of_the_koreas = {*entity.sides, *other.sides} == {"KR", "KP"}
            if how != "leader" or not of_the_koreas or not self.document.text[start].isascii():
                return True
        return False

    def _has_word_near(self, begin: int, named: Named) -> bool:
        start, end, number, kind = named
        known = self._near.get((number, begin, kind))
        if known is None:
            first, last = self.document.sentence(start)
            sentence, own = self.document.text[first:last], (start - first, end - first)
            known = self._near[number, begin, kind] = self._witnesses.stand_in(
                number, sentence, own, titles=kind != "leader"
            )
        return known

    def _named_before(self, number: int, offset: int) -> bool:
        """Does a safe name of the entity stand earlier, or in the lede for a headline?"""
        at = self._first.get(number)
        return at is not None and at < self._reach(offset)

    def _sides_in(self, begin: int, sides: Sequence[str]) -> bool:
        """Does a safe name of one of the sides stand in the sentence that begins there?"""
        return any(side in self._sides.get(begin, ()) for side in sides)

    def _side_before(self, offset: int, sides: Sequence[str]) -> bool:
        """Does a safe name of one of the sides stand earlier, or in the lede for a headline?"""
        reach = self._reach(offset)
        return any(self._first_side.get(side, reach) < reach for side in sides)

    def _reach(self, offset: int) -> int:
        return self.document.lede_end if offset < self.document.headline_end else offset
