"""The articles of the last days, found by their text, their words or the facts they name.

Articles have slots in the order they came. One that is signed anew (its text was read again) gets a
new slot and leaves its old one empty. What is found is only worth a look: `same_text`, `same_event`
and `across` decide.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta

from monitor.stories.keys import (
    fact_keys,
    headline_key,
    rarest_terms,
    text_keys,
)
from monitor.stories.lexicon import states_for
from monitor.stories.postings import Postings
from monitor.stories.rarity import Rarity, fact_key
from monitor.stories.same_event import LONG_LEAD, is_full
from monitor.stories.same_text import Likeness, overlap, same_headline, same_text
from monitor.stories.signature import Signature
from monitor.stories.term_postings import TermPostings
from monitor.stories.weighed import Weighed, weigh

_NEWEST = 32  # articles looked at of one shingle
_FOUND = 2  # indexed shingles in common that make two texts worth comparing
_WORTH = 0.1  # and their least share of the smaller number of indexed shingles
_COMMON = 5  # texts that make a shingle boilerplate
_NAMESAKES = 48  # articles looked at of one term, name, number or kind of event
_HITS = 384  # articles looked at for one, in all
_LOOKED_UP_OF_PAGES = 16  # words
_NAMESAKES_OF_PAGES = 16  # a page has words enough that are rarer than this
_HEARD_OF_PAGES = 0.3
_AT_ONCE = 8  # words looked up at once
_HEARD = 0.1  # share of a long text's words that make another worth measuring
_WEIGHED = 48  # articles measured for one
_KEPT_WEIGHED = 128  # some KB each


class Index:
    """Signatures by slot, and where their keys stand."""

    def __init__(self, near: timedelta) -> None:
        self.rarity = Rarity()
        self._near = near
        self._first = 0  # slot of _articles[0]
        self._floor = 0  # the first slot that has not expired
        self._articles: list[Signature | None] = []  # None: signed anew under a later slot
        self._slots: dict[int, int] = {}  # article id to slot
        self._gone: set[int] = set()  # slots of articles signed anew
        self._languages: dict[str, int] = {}
        self._postings = Postings()  # of texts, headlines and facts
        self._terms = TermPostings()
        self._keyed: tuple[Signature, tuple[int, tuple[int, ...]]] | None = None
        self._weighed: dict[int, Weighed] = {}

    def __len__(self) -> int:
        return len(self._slots)

    def __getitem__(self, slot: int) -> Signature:
        article = self._articles[slot - self._first]
        assert article is not None  # every search leaves replaced articles out
        return article

    def slot_of(self, article: int) -> int | None:
        """The slot of an article id, None when it is not held."""
        return self._slots.get(article)

    def add(self, signature: Signature) -> int:
        """Hold an article (that is not held) and return its slot."""
        slot = self._first + len(self._articles)
        keys = [*self._text_keys(signature)[1], *headline_key(signature)]
        self._slots[signature.id] = slot
        self._articles.append(signature)
        self._count(signature, 1)
        self._postings.add([*keys, *fact_keys(signature)], slot)
        self._terms.add(signature.terms, slot)
        return slot

    def _text_keys(self, signature: Signature) -> tuple[int, tuple[int, ...]]:
        """The keys of a text and their level; an article is looked up, then added."""
        if self._keyed is None or self._keyed[0] is not signature:
            self._keyed = signature, text_keys(signature)
        return self._keyed[1]

    def remove(self, article: int) -> int | None:
        """Let go of an article; returns the slot it had."""
        slot = self._slots.pop(article, None)
        if slot is not None:
            self._count(self[slot], -1)
            self._articles[slot - self._first] = None
            self._gone.add(slot)
            self.forget_weight(slot)
        return slot

    def expire(self, before: datetime) -> Iterator[int]:
        """Forget the articles seen before this time (those that came in among newer ones stay)."""
        end = self._first + len(self._articles)
        while self._floor < end:
            article = self._articles[self._floor - self._first]
            if article is not None:
                if article.seen >= before:
                    break
                del self._slots[article.id]
                self._count(article, -1)
                yield self._floor
            self._floor += 1
        self._postings.expire(self._floor)
        self._terms.expire(self._floor)
        if 2 * (self._floor - self._first) > len(self._articles):
            del self._articles[: self._floor - self._first]
            self._first = self._floor
            self._gone = {slot for slot in self._gone if slot >= self._floor}

    def expired_id(self, slot: int) -> int:
        """The article id of a slot that `expire` has just yielded."""
        return self[slot].id

    def _count(self, article: Signature, by: int) -> None:
        language = article.language
        self._languages[language] = self._languages.get(language, 0) + by
        facts = [fact_key(f"name {name}") for name in states_for(article.entities)]
        facts += [fact_key(f"kind {kind}") for kind in article.events]
        facts += [fact_key(f"number {number:g}") for number in article.numbers]
        self.rarity.count(language, article.head_terms, facts, by)

    def same_text(
        self, signature: Signature, home: Callable[[int], object]
    ) -> list[tuple[int, Likeness]]:
        """Articles that share their text with this one, the most alike of every text first.

        Args:
            signature: the article.
            home: what text an article (by slot) belongs to; one of each is enough.
        """
        counts: dict[int, int] = {}
        common: set[int] = set()
        level, keys = self._text_keys(signature)
        for key, slots in self._find(keys, _NEWEST):
            if len(slots) >= _COMMON and _is_common(slots, home):
                common.add(key)
                continue
            for slot in slots:
                counts[slot] = counts.get(slot, 0) + 1
        found: dict[int, tuple[int, Likeness]] = {}
        boilerplate = frozenset(common)
        for slot in _ranked(counts, _FOUND):
            text = id(home(slot))
            if text in found:
                continue
            old = self[slot]
            size = min(len(keys), len(old.samples) // 4 >> max(0, level - old.level))
            if counts[slot] < _WORTH * (size - len(common)):
                continue
            # Boilerplate is known only among the indexed shingles: where there is some, the others
            # are left out of the comparison too.
            measured = overlap(signature, old, level if boilerplate else 0, boilerplate)
            if (likeness := same_text(signature, old, measured)) is not None:
                found[text] = (slot, likeness)
        for _, slots in self._find(headline_key(signature), _NEWEST):
            for slot in slots:
                if id(home(slot)) not in found and self.is_near(signature, slot):
                    likeness = same_headline(signature, self[slot])
                    if likeness is not None:
                        found[id(home(slot))] = (slot, likeness)
        return list(found.values())

    def weighed(self, slot: int) -> Weighed:
        """An article with the weights of its terms, kept for a while."""
        found = self._weighed.get(slot)
        if found is None:
            if len(self._weighed) >= _KEPT_WEIGHED:
                self._weighed.clear()
            found = self._weighed[slot] = weigh(self[slot], self.rarity)
        return found

    def forget_weight(self, slot: int) -> None:
        """Let one article be weighed anew."""
        self._weighed.pop(slot, None)

    def forget_weights(self) -> None:
        """Let articles be weighed anew."""
        self._weighed.clear()

    def alike(self, slot: int) -> list[int]:
        """Articles near in time and of one language that share rare words with this one."""
        article = self[slot]
        weighed = self.weighed(slot)
        wanted = rarest_terms(weighed.head, weighed.text)
        full = is_full(article)
        most = _NAMESAKES
        if full:  # its text is looked up as well
            most = _NAMESAKES_OF_PAGES
            wanted = wanted[:_LOOKED_UP_OF_PAGES]
        counts: dict[int, float] = {}
        newest, gone = self._terms.newest, self._gone
        asked = hits = 0
        # The rarest words first: in a large window few of them find all there is.
        while asked < len(wanted) and hits < _HITS:
            for term, weight in wanted[asked : asked + _AT_ONCE]:
                slots = newest(term, most)
                if gone:
                    slots = [slot for slot in slots if slot not in gone]
                hits += len(slots)
                for other in slots:
                    if other in counts:
                        counts[other] += weight
                    else:
                        counts[other] = weight
            asked += _AT_ONCE
        least = self.rarity.enough(article.language)
        if len(article.lead) >= 4 * LONG_LEAD:
            share = _HEARD_OF_PAGES if full else _HEARD
            least = max(least, share * sum([weight for _, weight in wanted[:asked]]))
        counts.pop(slot, None)
        found: list[int] = []
        for other, count in counts.items():
            if count >= least:
                old = self[other]
                if old.language == article.language and abs(article.when - old.when) <= self._near:
                    found.append(other)
        if len(found) > _WEIGHED:
            found = _ranked({other: counts[other] for other in found}, least)[:_WEIGHED]
        return found

    def foreign(self, article: Signature) -> Mapping[int, float]:
        """Articles near in time and of other languages that name like facts, by how telling.

        One that names nobody and no place has none: kinds of event alone tell too little.
        """
        language = article.language
        if not article.entities or len([1 for n in self._languages.values() if n]) < 2:
            return {}
        counts: dict[int, float] = {}
        for _, slots in self._find(fact_keys(article), _NAMESAKES):
            weight = 1.0 / len(slots)
            for slot in slots:
                counts[slot] = counts.get(slot, 0.0) + weight
        return {
            slot: count
            for slot, count in counts.items()
            if self[slot].language != language and self.is_near(article, slot)
        }

    def _find(self, keys: Sequence[int], most: int) -> list[tuple[int, Sequence[int]]]:
        """For each key that is held: the key and the newest articles under it, one at least."""
        found = self._postings.find(keys, most)
        if gone := self._gone:  # a key that only they had is held no more
            held = ((key, [slot for slot in slots if slot not in gone]) for key, slots in found)
            return [(key, slots) for key, slots in held if slots]
        return found

    def is_near(self, article: Signature, slot: int) -> bool:
        """Whether an article lies so near another in time that both may report one event."""
        return abs(article.when - self[slot].when) <= self._near


def _is_common(slots: Iterable[int], home: Callable[[int], object]) -> bool:
    """Whether articles are of so many texts that what they share is boilerplate."""
    texts: set[int] = set()
    for slot in slots:
        texts.add(id(home(slot)))
        if len(texts) == _COMMON:
            return True
    return False


def _ranked(counts: Mapping[int, float], least: float) -> list[int]:
    """The slots that share so much at least, those that share most first."""
    ranked = [(-count, slot) for slot, count in counts.items() if count >= least]
    ranked.sort()
    return [slot for _, slot in ranked]
