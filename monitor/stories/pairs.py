"""Scores of pairs of articles in one language, measured once, and summed by text."""

from array import array
from collections.abc import Mapping, Sequence
from math import inf
from types import MappingProxyType

from monitor.stories import same_event
from monitor.stories.bound import at_most
from monitor.stories.index import Index
from monitor.stories.nodes import Text

UNMEASURED = same_event.LEAST  # a pair that shares no rare word or lies too far apart in time
_NONE: Mapping[int, float] = MappingProxyType({})


# What makes two texts one in the first place (see `groups`), less what a bound may be off by since
# words weighed otherwise when the other article was weighed.
_WORTH = 0.2


class Pairs:
    """The scores of the articles of an index that are samples of their texts.

    Most pairs that are looked at score `UNMEASURED`. They are not kept: a pair that is missing
    counts as much. Of the others nearly all score far below what joins two texts. What a bound
    shows not to join is put by, and judged when its score counts: in a neighbourhood, or for what
    is related.
    """

    def __init__(self, index: Index, texts: dict[int, Text]) -> None:
        self._index = index
        self._texts = texts
        self._scores: dict[int, dict[int, float]] = {}  # by slots, both ways
        self._put_by: dict[int, array[int]] = {}  # likewise, each once
        self._searched: set[int] = set()  # slots whose like were looked for

    def clear(self) -> None:
        """Let all pairs be measured anew."""
        self._scores.clear()
        self._put_by.clear()
        self._searched.clear()

    def known(self, slot: int) -> Mapping[int, float]:
        """The scores of an article with the like of it that were found so far."""
        for other in sorted(self._put_by.pop(slot, ())):
            self._put_by[other].remove(slot)
            self._judge(slot, other, least=UNMEASURED)
        return self._scores.get(slot, _NONE)

    def measured(self, slot: int) -> Mapping[int, float]:
        """Scores of an article of a sample with its like."""
        self._search(slot)
        return self.known(slot)

    def _search(self, slot: int) -> None:
        """Look for the like of an article, unless that was done."""
        if slot in self._searched or self._index[slot].roundup:
            return
        self._searched.add(slot)
        mine, index, put_by = self._text_at(slot), self._index, self._put_by
        looked_at = {*self._scores.get(slot, ()), *put_by.get(slot, ())}
        weighed, later = index.weighed(slot), array("I")
        for other in index.alike(slot):
            article = index[other]
            text = self._texts[article.id]
            if other in looked_at or text is mine or other not in text.sample or article.roundup:
                continue
            most = at_most(weighed, article, index.rarity, _WORTH)
            if most > _WORTH:
                self._judge(slot, other, least=UNMEASURED)
            elif most > UNMEASURED:
                later.append(other)
        for other in later:
            if other in put_by:
                put_by[other].append(slot)
            else:
                put_by[other] = array("I", (slot,))
        if later:
            put_by[slot] = put_by.get(slot, array("I")) + later

    def measure_all(self, texts: Sequence[Text]) -> None:
        """Measure all pairs of some texts: in a group also those that share no rare word count."""
        slots = [slot for text in texts for slot in text.sample if not self._index[slot].roundup]
        for number, slot in enumerate(slots):
            mine, article = self._text_at(slot), self._index[slot]
            for other in slots[:number]:
                if other in self.known(slot) or self._text_at(other) is mine:
                    continue
                if self._index.is_near(article, other):
                    self._judge(slot, other)

    def _judge(self, slot: int, other: int, least: float = -inf) -> None:
        """Measure a pair, and keep a score of more than `least`."""
        total = same_event.judge(self._index.weighed(slot), self._index.weighed(other))
        if total > least:
            self._scores.setdefault(slot, {})[other] = total
            self._scores.setdefault(other, {})[slot] = total

    def forget(self, slot: int) -> None:
        """Drop what was measured of an article."""
        self._searched.discard(slot)
        for other in self._scores.pop(slot, _NONE):
            self._scores[other].pop(slot, None)
        for other in self._put_by.pop(slot, ()):
            self._put_by[other].remove(slot)

    def _text_at(self, slot: int) -> Text:
        return self._texts[self._index[slot].id]

    def linked(self, text: Text) -> dict[Text, float]:
        """Sums of scores by text, over pairs of samples."""
        sums: dict[Text, float] = {}
        counts: dict[Text, int] = {}
        for slot in text.sample:
            for other, total in self.measured(slot).items():
                mate = self._text_at(other)
                if mate is not text:
                    sums[mate] = sums.get(mate, 0.0) + total
                    counts[mate] = counts.get(mate, 0) + 1
        for mate, count in counts.items():
            sums[mate] += UNMEASURED * (len(text.sample) * len(mate.sample) - count)
        return sums

    def likely(self, text: Text, least: float) -> list[Text]:
        """Other texts of which one article scores above `least` with one of this text.

        `least`: no less than what is worth judging at once.
        """
        mates = []
        for slot in text.sample:
            self._search(slot)
            scores = self._scores.get(slot, _NONE)
            mates += [self._text_at(other) for other, score in scores.items() if score > least]
        return [mate for mate in dict.fromkeys(mates) if mate is not text]
