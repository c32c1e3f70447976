"""Which groups of different languages are linked: each other's best partner, by a margin.

A third language joins two that are linked only if it speaks for both, on average.
"""

from collections.abc import Iterable, Iterator, Sequence

from monitor.stories.across import LEAST, MARGIN
from monitor.stories.nodes import Group


def links_between(groups: Iterable[Group]) -> Iterator[tuple[Group, float]]:
    """Yield the groups that some groups are linked with, and the score."""
    for group in groups:
        for language in {partner.language for partner in group.partners}:
            best = _best(group, language)
            if best is not None and _best(best, group.language) is group:
                yield best, group.partners[best]


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


def _best(group: Group, language: str) -> Group | None:
    """The best partner in a language; None where the next one is nearly as good."""
    scores = sorted(
        (
            (score, -mate.first, mate)
            for mate, score in group.partners.items()
            if mate.language == language
        ),
        key=lambda one: one[:2],
        reverse=True,
    )
    if scores[0][0] <= LEAST or (len(scores) > 1 and scores[0][0] - scores[1][0] < MARGIN):
        return None
    return scores[0][2]
