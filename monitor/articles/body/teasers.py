"""Boxes that lead to other stories: several of one kind, each a linked headline over a sentence.

What they are called does not matter. A text may be made of such boxes itself (a digest of the day);
then they hold much of its prose and are no teasers, unless they are many and short.
"""

from collections import Counter
from collections.abc import Sequence

from monitor.articles.body.blocks import Page
from monitor.articles.body.prose import Prose

_LINKED = 0.95
_SHORTEST = 20  # bytes of a headline
_STEPS = 3  # from a headline up to its box
_FEWEST = 2
_MOST = 0.5  # of the container's prose
_LIST = 4  # of them are many
_TEASER = 250  # bytes; the parts of a digest or of a list of products say more
_HEADLINES = frozenset({"h2", "h3", "h4", "h5", "h6"})


def find_teasers(page: Page, chosen: int, prose: Prose) -> frozenset[int]:
    """Return the elements of the teasers below the chosen one."""
    found = teaser_boxes(page, chosen, prose)
    held = sum(prose.mass[box] for box in found)
    if held > _MOST * prose.mass[chosen] and not are_short(prose, found):
        return frozenset()
    return page.spread(found)


def teaser_boxes(page: Page, chosen: int, prose: Prose) -> list[int]:
    """Return boxes below an element that may be teasers: of one kind, a linked headline each."""
    boxes: dict[int, tuple[int, str, str]] = {}
    for block in page.blocks:
        if block.linked <= _LINKED or block.size < _SHORTEST:
            continue
        box, steps = block.element, 1
        if page.tags[box] in _HEADLINES:
            box, steps = page.parents[box], _STEPS
        for _ in range(steps):
            if not chosen < box <= page.last[chosen]:
                break
            if prose.mass[box]:
                boxes[box] = (page.parents[box], page.tags[box], page.names[box])
                break
            box = page.parents[box]
    kinds = Counter(boxes.values())
    return [box for box, kind in boxes.items() if kinds[kind] >= _FEWEST]


def are_short(prose: Prose, boxes: Sequence[int]) -> bool:
    """Tell whether boxes, several of them, say no more each than teasers do."""
    return len(boxes) >= _LIST and max(prose.mass[box] for box in boxes) <= _TEASER**0.8
