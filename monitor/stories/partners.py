"""Which groups of different languages are linked: each other's best partner, by a margin.

A partner that is near the best one in its own language, or near one that is, is no rival of it:
reports of one happening that a language did not bring together answer to the same reports.

A third language joins two that are linked only if it speaks for both, on average.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from monitor.stories import across
from monitor.stories.across import LEAST, MARGIN, RELATED
from monitor.stories.groups import Groups
from monitor.stories.index import Index
from monitor.stories.nodes import LARGE, SAMPLE, Group, Text

_CANDIDATES = 8  # groups of other languages weighed for one
_KEPT_POOLS = 1024  # some KB each


class Partners:
    """Groups of other languages that name like facts; `texts` are theirs, by article id."""

    def __init__(self, index: Index, texts: dict[int, Text], groups: Groups) -> None:
        self._index = index
        self._texts = texts
        self._groups = groups
        self._pools: dict[Group, across.Pool] = {}

    def pool(self, group: Group) -> across.Pool:
        """What the articles of a group name together."""
        found = self._pools.get(group)
        if found is None:
            if len(self._pools) >= _KEPT_POOLS:
                self._pools.clear()
            slots = [slot for text in group.texts for slot in text.sample][: 4 * SAMPLE]
            found = self._pools[group] = across.pool([self._index[slot] for slot in slots])
        return found

    def find(self, group: Group) -> dict[Group, float]:
        """The partners of a group, weighed if they were not yet."""
        if group.searched or not any(text.sample for text in group.texts):
            return group.partners
        group.searched = True
        for partner, total in self._weighed(group):
            if total > LEAST - MARGIN:
                group.partners[partner] = partner.partners[group] = total
        return group.partners

    def beside(self, group: Group) -> list[Group]:
        """Groups of other languages that likely tell of the same happening, the likeliest first."""
        found = [(total, mate) for mate, total in self._weighed(group) if total > RELATED]
        return [mate for total, mate in sorted(found, key=lambda one: (-one[0], one[1].first))]

    def _weighed(self, group: Group) -> Iterator[tuple[Group, float]]:
        for partner in self._heard(group):
            if partner.language == group.language or not any(text.sample for text in partner.texts):
                continue
            pools = self.pool(group), self.pool(partner)
            if not across.contradict(*pools):
                yield partner, across.score(across.measure(*pools, self._index.rarity))

    def _heard(self, group: Group) -> list[Group]:
        """The groups that share the most telling facts, the most telling first."""
        heard: dict[Group, float] = defaultdict(float)
        for slot in (slot for text in group.texts[:LARGE] for slot in text.sample[:2]):
            if self._index[slot].roundup:
                continue
            for other, weight in self._index.foreign(self._index[slot]).items():
                mate = self._texts[self._index[other].id].group
                if mate is not None and not self._index[other].roundup:
                    heard[mate] = max(heard[mate], weight)
        return sorted(heard, key=lambda mate: (-heard[mate], mate.first))[:_CANDIDATES]

    def links_between(self, groups: Iterable[Group]) -> Iterator[tuple[Group, float]]:
        """Yield the groups that some groups are linked with, and the score."""
        for group in groups:
            for language in dict.fromkeys(partner.language for partner in group.partners):
                best = self._best(group, language)
                if best is not None and self._best(best, group.language) is group:
                    yield best, group.partners[best]

    def _best(self, group: Group, language: str) -> Group | None:
        """The best partner in a language; None where one not near it is nearly as good."""
        scores = sorted(
            (
                (score, -mate.first, mate)
                for mate, score in group.partners.items()
                if mate.language == language
            ),
            key=lambda one: one[:2],
            reverse=True,
        )
        highest, _, best = scores[0]
        if highest <= LEAST:
            return None
        rivals = {mate for score, _, mate in scores[1:] if highest - score < MARGIN}
        queue = [best]
        while rivals and queue:
            near = [mate for mate, _ in self._groups.near(queue.pop()) if mate in rivals]
            rivals.difference_update(near)
            queue += near
        return None if rivals else best


def agree(some: Sequence[Group], others: Sequence[Group]) -> bool:
    """Whether two sets of groups, one of a language each, are one story.

    On average their pairs must speak for it (one that was not worth noting counts least), and none
    of them may have a better partner in a language than the one here.
    """
    unknown = LEAST - MARGIN
    scores = [one.partners.get(other, unknown) for one in some for other in others]
    if sum(scores) / len(scores) <= LEAST:
        return False
    return all(_is_best(one, other) and _is_best(other, one) for one in some for other in others)


def _is_best(group: Group, partner: Group) -> bool:
    scores = [s for mate, s in group.partners.items() if mate.language == partner.language]
    return not scores or group.partners.get(partner, LEAST) >= max(scores)
