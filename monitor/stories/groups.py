"""Which texts in one language are a group: by average link, in the neighbourhood of what is new.

A neighbourhood is all texts that a text is linked with, directly or through others, by pairs more
likely one event than not. While few articles are held each newcomer shifts what words weigh, so a
neighbourhood is measured anew; so the groups hardly depend on the order of arrival.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from monitor.stories.clusters import average_link
from monitor.stories.index import Index
from monitor.stories.nodes import LARGE, SAMPLE, Group, Text, lot
from monitor.stories.pairs import UNMEASURED, Pairs
from monitor.stories.rarity import FEW

JOINED = 0.7  # mean of the pairs of two groups above which they are one
RELATED = -3.4  # and above which they are steps of one happening
_NEIGHBOURHOOD = 80  # texts that are grouped anew for one newcomer


class Groups:
    """The groups over the articles of an index; `texts` are theirs, by article id."""

    def __init__(self, index: Index, texts: dict[int, Text]) -> None:
        self._index = index
        self._texts = texts
        self._pairs = Pairs(index, texts)

    def enter(self, article: int, slot: int, text: Text) -> None:
        """Make an article part of a text."""
        text.articles.append(article)
        text.first = min(text.first, article)
        self.sample(text, [*text.sample, slot])

    def sample(self, text: Text, slots: Sequence[int]) -> None:
        """Have some articles, or those of them that the lot falls on, measured for a text."""
        kept = sorted(set(slots), key=lambda slot: lot(self._index[slot].id))[:SAMPLE]
        for slot in set(text.sample).difference(kept):
            self._pairs.forget(slot)
        text.sample = kept

    def forget(self, article: int, slot: int, text: Text) -> None:
        """Take an article out of its text."""
        text.articles.remove(article)
        self._pairs.forget(slot)
        if slot in text.sample:
            text.sample.remove(slot)

    def leave(self, text: Text) -> None:
        """Let a text be in no group."""
        if text.group is None:
            return
        rest = [mate for mate in text.group.texts if mate is not text]
        self.dissolve(text.group)
        if rest:
            self.regroup(rest)

    def regroup(self, texts: Sequence[Text]) -> Group:
        """Make one group of some texts of one language, whatever groups they were in."""
        for group in {text.group for text in texts if text.group is not None}:
            self.dissolve(group)
        made = Group(tuple(texts), texts[0].language)
        for text in texts:
            text.group = made
        return made

    def dissolve(self, group: Group) -> None:
        """Let a group be no more."""
        for partner in group.partners:
            partner.partners.pop(group, None)
        for text in group.texts:
            text.group = None

    # ---- settling

    def weigh_anew(self) -> None:
        """Let all pairs be measured anew, since words weigh otherwise than they did."""
        self._pairs.clear()
        self._index.forget_weights()

    def settle(self, text: Text, *, measured: bool = False) -> list[Group]:
        """Group the neighbourhood of a text anew; returns the groups that are new or changed.

        `measured`: whether its pairs were measured by what words weigh as of now.
        """
        texts = self.neighbourhood(text)
        measured = measured or (text.group is None and len(texts) == 1)  # new, and alone
        if not measured and len(self._index) <= FEW and len(texts) <= _NEIGHBOURHOOD:
            self._measure_anew(texts)
            texts = self.neighbourhood(text)
        if len(texts) > _NEIGHBOURHOOD:
            return [self._join_best(text)]
        if len(texts) == 1:
            return [self.regroup(texts)]
        return self._cluster(texts, text)

    def _measure_anew(self, texts: Iterable[Text]) -> None:
        """Weigh the words of some texts as of now: among few articles each newcomer shifts them."""
        for slot in (slot for text in texts for slot in text.sample):
            self._pairs.forget(slot)
            self._index.forget_weight(slot)

    def neighbourhood(self, text: Text) -> list[Text]:
        """Texts linked with a text, directly or through others, with all of their groups."""
        found = dict.fromkeys([text])
        queue = [text]
        while queue and len(found) <= _NEIGHBOURHOOD:
            here = queue.pop()
            near = here.group.texts if here.group is not None else ()
            for mate in (*near, *self._pairs.likely(here, JOINED)):
                if mate not in found:
                    found[mate] = None
                    queue.append(mate)
        return list(found)

    def _cluster(self, texts: Sequence[Text], changed: Text) -> list[Group]:
        """Group some texts by average link; returns the groups that are new or have changed."""
        order = sorted(texts, key=lambda text: text.first)
        numbers = {text: number for number, text in enumerate(order)}
        self._pairs.measure_all(order)
        sums: dict[tuple[int, int], float] = {}
        for number, text in enumerate(order):
            if text.sample:
                for mate, total in self._pairs.linked(text).items():
                    if (other := numbers.get(mate, -1)) > number:
                        sums[number, other] = total
        sizes = [max(1, len(text.sample)) for text in order]
        made = []
        for members in average_link(sizes, sums, JOINED, UNMEASURED):
            mates = [order[number] for number in members]
            old = mates[0].group
            if old is None or changed in mates or set(old.texts) != set(mates):
                made.append(mates)
        return [self.regroup(mates) for mates in made]

    def _join_best(self, text: Text) -> Group:
        """Put a text into its best group as a whole; nothing else moves."""
        sums: dict[Group, float] = defaultdict(float)
        for mate, total in self._pairs.linked(text).items():
            if mate.group is not None and mate.group is not text.group:
                sums[mate.group] += total / (len(text.sample) * len(mate.sample)) - UNMEASURED
        best, mean = None, JOINED
        for group, total in sums.items():
            average = UNMEASURED + total / min(len(group.texts), LARGE)
            if average > mean:
                best, mean = group, average
        if best is None:
            return text.group if text.group is not None else self.regroup([text])
        return self.regroup([*(mate for mate in best.texts if mate is not text), text])

    # ---- what to say of it

    def mean_of(self, article: int, other: int) -> float:
        """The mean score between the groups of two articles of one language."""
        groups = [self._texts[one].group for one in (article, other)]
        sums = pairs = 0.0
        for text in groups[0].texts if groups[0] is not None else ():
            linked = self._pairs.linked(text)
            for mate in groups[1].texts if groups[1] is not None else ():
                if mate is not text:
                    size = len(text.sample) * len(mate.sample)
                    sums, pairs = sums + linked.get(mate, UNMEASURED * size), pairs + size
        return sums / pairs if pairs else UNMEASURED

    def best_mate(self, slot: int) -> tuple[int | None, float]:
        """The article of the same group that an article is most alike, and the score."""
        text = self._text_at(slot)
        if text.group is None or len(text.group.texts) == 1:
            return None, 0.0
        found = [
            (total, -other)
            for other, total in self._pairs.known(slot).items()
            if self._text_at(other).group is text.group
        ]
        return (-max(found)[1], max(found)[0]) if found else (None, 0.0)

    def near(self, group: Group) -> list[tuple[Group, float]]:
        """Groups that tell of steps of the same happening, the nearest first, with the mean."""
        sums: dict[Group, float] = defaultdict(float)
        for mate in group.texts[:LARGE]:
            for other, total in self._pairs.linked(mate).items():
                if other.group is not None and other.group is not group:
                    pairs = len(mate.sample) * len(other.sample)
                    sums[other.group] += total / pairs - UNMEASURED
        size = min(len(group.texts), LARGE)
        found = [
            (other, UNMEASURED + total / (len(other.texts) * size)) for other, total in sums.items()
        ]
        return sorted(
            [(other, mean) for other, mean in found if mean > RELATED],
            key=lambda one: (-one[1], one[0].first),
        )

    def _text_at(self, slot: int) -> Text:
        return self._texts[self._index[slot].id]
