"""Groups by average link: two groups become one while their pairs, on average, speak for it.

The result depends on the pairs alone, not on their order.
"""

import heapq
from collections.abc import Mapping, Sequence
from itertools import count


def average_link(
    sizes: Sequence[int], sums: Mapping[tuple[int, int], float], least: float, unknown: float
) -> list[list[int]]:
    """Group the nodes 0 … n-1.

    Args:
        sizes: how many articles each node stands for.
        sums: for two nodes (the smaller first), the sum over the pairs of their articles; a pair of
            nodes that is missing counts `unknown` for each pair of articles.
        least: the average above which two groups are one.
        unknown: see `sums`.

    Returns:
        The groups, each with its nodes in order, by their first node.
    """
    members = {node: [node] for node in range(len(sizes))}
    weight = dict(enumerate(sizes))
    # What lies above `unknown`, so that a missing pair is 0 and sums stay sums.
    above: dict[int, dict[int, float]] = {node: {} for node in members}
    for (first, second), total in sums.items():
        excess = total - unknown * sizes[first] * sizes[second]
        above[first][second] = above[second][first] = excess
    heap: list[tuple[float, int, int, int, int]] = []
    numbers = count(len(sizes))

    def propose(first: int, second: int) -> None:
        mean = unknown + above[first][second] / (weight[first] * weight[second])
        if mean > least:
            low, high = sorted((members[first][0], members[second][0]))
            heapq.heappush(heap, (-round(mean, 9), low, high, first, second))

    for first, others in above.items():
        for second in others:
            if first < second:
                propose(first, second)
    while heap:
        _, _, _, first, second = heapq.heappop(heap)
        if first not in members or second not in members:
            continue
        both = next(numbers)
        members[both] = sorted(members.pop(first) + members.pop(second))
        weight[both] = weight.pop(first) + weight.pop(second)
        ones, others = above.pop(first), above.pop(second)
        joined = {
            other: ones.get(other, 0.0) + others.get(other, 0.0)
            for other in ones.keys() | others.keys()
            if other in members
        }
        above[both] = joined
        for other, excess in joined.items():
            mine = above[other]
            mine.pop(first, None)
            mine.pop(second, None)
            mine[both] = excess
            propose(other, both)
    return sorted(members.values())
