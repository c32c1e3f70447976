"""How much each block reads like prose, and where running text stands.

Running text is prose that stands beside prose: paragraphs under one parent, lines divided by `br`.
The one sentence in a card, a gallery's slide or a list item is prose, but none that runs on; so
running text tells an article's body from whatever else is written in sentences, and it does so
without asking what the boxes are called.
"""

import re
from collections.abc import Sequence

from msgspec import Struct

from monitor.articles.body.blocks import Block, Page

_SENTENCE = re.compile(r"[.!?…।][\"'”’»”)\]]*(?:\s|$)|[。！？]|다\.")
_LONG = 600  # bytes in one block that run on by themselves
_WRAPPINGS = 4  # elements around a single paragraph
_CARDS = frozenset({"li", "dd", "figure", "figcaption", "aside", "nav", "footer"})


class Prose(Struct, frozen=True):
    """The prose of a page, in weights that grow a little slower than bytes.

    Attributes:
        weights: of each block.
        mass: of all blocks at or below each element.
        running: the same of running text alone.
        groups: for each block of running text the element that it shares with the text beside it,
            -1 for the others.
    """

    weights: Sequence[float]
    mass: Sequence[float]
    running: Sequence[float]
    groups: Sequence[int]


def measure_prose(page: Page) -> Prose:
    """Weigh a page's blocks and add the weights up along the elements above them."""
    weights = [prose_weight(block) for block in page.blocks]
    groups = _groups(page, weights)
    running = [weight if group >= 0 else 0.0 for weight, group in zip(weights, groups, strict=True)]
    return Prose(weights, sum_up(page, weights), sum_up(page, running), groups)


def prose_weight(block: Block) -> float:
    """Return how much a block reads like prose; 0 for menus, headings and short lines."""
    if block.linked > 0.5 or block.size < 30:
        return 0.0
    if block.size < 90 and _SENTENCE.search(block.text) is None:
        return 0.0
    return float(block.size**0.8) * (1.0 - block.linked)


def sum_up(page: Page, weights: Sequence[float]) -> list[float]:
    """Return the weight at or below each element."""
    mass = [0.0] * len(page.tags)
    for block, weight in zip(page.blocks, weights, strict=True):
        if weight:
            mass[block.element] += weight
    parents = page.parents
    for element in range(len(mass) - 1, 0, -1):
        if mass[element]:
            mass[parents[element]] += mass[element]
    return mass


def _groups(page: Page, weights: Sequence[float]) -> list[int]:
    """Return for each block the element that holds it and other prose beside it, else -1."""
    parents, tags = page.parents, page.tags
    count = [0] * len(tags)
    pictured = [False] * len(tags)
    for block, weight in zip(page.blocks, weights, strict=True):
        count[block.element] += weight > 0
    for element in page.pictures:
        pictured[element] = True
    for element in range(len(tags) - 1, 0, -1):
        count[parents[element]] += count[element]
        pictured[parents[element]] = pictured[parents[element]] or pictured[element]
    groups: list[int] = []
    for block, weight in zip(page.blocks, weights, strict=True):
        group, element = -1, block.element
        for _ in range(_WRAPPINGS if weight else 0):
            if count[element] > 1:
                group = element
                break
            card = tags[element] in _CARDS or (pictured[element] and tags[element] != "p")
            if card or parents[element] < 0:
                break
            element = parents[element]
        if group < 0 and weight and (block.size > _LONG or block.text.count("\n") > 1):
            group = block.element
        groups.append(group)
    return groups
