"""Which groups of two languages are linked: each other's best partner, by a margin."""

import random
from datetime import timedelta

import pytest

from monitor.stories.across import LEAST, MARGIN
from monitor.stories.groups import Groups
from monitor.stories.index import Index
from monitor.stories.nodes import Group, Text
from monitor.stories.partners import Partners
from monitor.stories.rarity import Rarity, covered, fact_key

ENOUGH, CLEARLY, HARDLY = LEAST + 1, LEAST + 1 + MARGIN, LEAST + 1 + MARGIN - 0.01


def linked(*scores: tuple[str, str, float]) -> set[tuple[str, str]]:
    """Return which groups are linked; "en1" and "en2" are two groups in English."""
    index = Index(timedelta(days=1))
    partners = Partners(index, {}, Groups(index, {}))
    names = sorted({name for one, other, _ in scores for name in (one, other)})
    made = {name: Group((Text(n, name[:2]),), name[:2]) for n, name in enumerate(names)}
    for one, other, score in scores:
        made[one].partners[made[other]] = made[other].partners[made[one]] = score
    called = {group: name for name, group in made.items()}
    return {
        (name, called[other])
        for name, group in made.items()
        for other, _ in partners.links_between([group])
    }


@pytest.mark.parametrize(
    ("scores", "pairs"),
    [
        ([("en1", "ko1", ENOUGH)], {("en1", "ko1"), ("ko1", "en1")}),
        ([("en1", "ko1", LEAST)], set()),
        (
            [("en1", "ko1", CLEARLY), ("en1", "ko2", ENOUGH)],
            {("en1", "ko1"), ("ko1", "en1")},
        ),
        ([("en1", "ko1", HARDLY), ("en1", "ko2", ENOUGH)], set()),  # ambiguous
        ([("en1", "ko1", HARDLY), ("en2", "ko1", ENOUGH)], set()),  # for the other
        (
            [("en1", "ko1", ENOUGH), ("en2", "ko1", CLEARLY)],  # whose own best is another
            {("en2", "ko1"), ("ko1", "en2")},
        ),
        (
            [("en1", "ko1", ENOUGH), ("en1", "zh1", ENOUGH)],  # of two languages: no rivals
            {("en1", "ko1"), ("ko1", "en1"), ("en1", "zh1"), ("zh1", "en1")},
        ),
    ],
)
def test_each_is_the_others_best_by_a_margin(
    scores: list[tuple[str, str, float]], pairs: set[tuple[str, str]]
) -> None:
    """What is ambiguous on either side stays apart."""
    assert linked(*scores) == pairs


def test_what_two_groups_share_weighs_the_same_in_every_order() -> None:
    """Sets have another order in every process; the same articles give the same stories in each."""
    rarity = Rarity()
    for n in range(200):
        rarity.count("en", [], [fact_key(f"name {n % (i + 2)}") for i in range(12)])
    names = [str(n) for n in range(12)]
    random.Random(1).shuffle(names)
    weights = {name: rarity.weight(fact_key(f"name {name}")) / 3 for name in names}
    shares = {name: 1 / (n + 3) for n, name in enumerate(names)}
    found = set()
    for seed in range(50):
        shuffled = list(shares.items())
        random.Random(seed).shuffle(shuffled)
        found.add(covered(dict(shuffled), set(names), weights))
    assert len(found) == 1
