"""Boxes that lead to other stories: several of one kind, each a linked headline over a sentence.

What they are called does not matter. A text may be made of such boxes itself (a digest of the day);
then they hold much of its prose and are no teasers.
"""

from collections import Counter

from monitor.articles.body.blocks import Page
from monitor.articles.body.prose import Prose

_LINKED = 0.95
_SHORTEST = 20  # bytes of a headline
_STEPS = 3  # from a headline up to its box
_FEWEST = 2
_MOST = 0.5  # of the container's prose
_HEADLINES = frozenset({"h2", "h3", "h4", "h5", "h6"})


def find_teasers(page: Page, chosen: int, prose: Prose) -> frozenset[int]:
    """Return the elements of the teasers below the chosen one."""
    boxes: dict[int, tuple[int, str, str]] = {}
    for block in page.blocks:
        headline = block.linked > _LINKED and block.size >= _SHORTEST
        if not headline or page.tags[block.element] not in _HEADLINES:
            continue
        box = page.parents[block.element]
        for _ in range(_STEPS):
            if not chosen < box <= page.last[chosen]:
                break
            if prose.mass[box]:
                boxes[box] = (page.parents[box], page.tags[box], page.names[box])
                break
            box = page.parents[box]
    kinds = Counter(boxes.values())
    found = [box for box, kind in boxes.items() if kinds[kind] >= _FEWEST]
    if sum(prose.mass[box] for box in found) > _MOST * prose.mass[chosen]:
        return frozenset()
    return page.spread(found)
