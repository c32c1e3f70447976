"""Boxes set among the paragraphs that are none of the text, told without their names.

A box that asks for an address or holds a linked line of its own beside a heading and a sentence
wants readers to go elsewhere or to leave something. Fact boxes have neither.
"""

from collections.abc import Sequence

from monitor.articles.body.blocks import Block, Page
from monitor.articles.body.class_hints import HEADING

_BOXES = frozenset({"div", "section", "aside", "center", "article"})
_LONGEST = 500  # bytes of a box's text
_MOST_BLOCKS = 6
_FEWEST_AROUND = 3  # paragraphs beside a box
_LINKED = 0.95


def find_insets(page: Page, trunk: int) -> frozenset[int]:
    """Return the elements of such boxes.

    Args:
        trunk: the element that directly holds most of the paragraphs, -1 where none does.
    """
    if trunk < 0:
        return frozenset()
    boxes: dict[int, list[Block]] = {}
    child = _children(page, trunk)
    for block in page.blocks:
        if trunk < block.element <= page.last[trunk]:
            boxes.setdefault(child[block.element - trunk], []).append(block)
    if sum(box == blocks[0].element for box, blocks in boxes.items()) < _FEWEST_AROUND:
        return frozenset()
    asked = {child[at - trunk] for at in page.fields if trunk < at <= page.last[trunk]}
    return page.spread(
        box
        for box, blocks in boxes.items()
        if page.tags[box] in _BOXES
        and sum(block.size for block in blocks) <= _LONGEST
        and (box in asked or _leads_away(page, blocks))
    )


def _children(page: Page, trunk: int) -> list[int]:
    """Return for the trunk and each element below it the child of the trunk in which it stands."""
    child = [trunk]
    for element in range(trunk + 1, page.last[trunk] + 1):
        parent = page.parents[element]
        child.append(element if parent == trunk else child[parent - trunk])
    return child


def _leads_away(page: Page, blocks: Sequence[Block]) -> bool:
    """Tell whether a box has a heading, a linked line and little else."""
    headed = any(page.marks[block.element] & HEADING for block in blocks)
    linked = any(block.linked > _LINKED for block in blocks)
    return headed and linked and 1 < len(blocks) <= _MOST_BLOCKS
