"""Boxes set among the paragraphs that are none of the text, told without their names.

A box that asks for an address or holds a linked line of its own beside a heading and a sentence
wants readers to go elsewhere or to leave something, and one with a button and no sentence of its
own, or a label above it, wants them to press it. Fact boxes have nothing of it.
"""

from collections.abc import Mapping, Sequence

from monitor.articles.body.blocks import Block, Page
from monitor.articles.body.class_hints import HEADING
from monitor.articles.body.element_marks import MainText
from monitor.articles.body.furniture import ends_sentence

_BOXES = frozenset({"div", "section", "aside", "center", "article"})
_LONGEST = 500  # bytes of a box's text
_MOST = 0.5  # of all that stands where the text does
_MOST_BLOCKS = 6
_FEWEST_AROUND = 3  # paragraphs beside a box
_LINKED = 0.95
_LABEL = 60  # bytes of a line above a sentence that is no heading
_MOST_TOOLS = 2  # boxes with a button in a text
_LONGEST_PRESSED, _MOST_PRESSED = 300, 3  # bytes and blocks of a box with a button


def find_insets(page: Page, trunk: int, main: MainText) -> frozenset[int]:
    """Return the elements of such boxes.

    Args:
        trunk: the element that directly holds most of the paragraphs, -1 where none does.
        main: the page's main text, whose paragraphs need be no `p`.
    """
    places = {place for place in (trunk, main.group) if place >= 0}
    return page.spread(box for place in places for box in _insets(page, place, main))


def _insets(page: Page, place: int, main: MainText) -> Sequence[int]:
    """Return the boxes right below the element that holds a text; what is most of it is none."""
    boxes: dict[int, list[Block]] = {}
    child = _children(page, place)
    around = whole = 0
    end = page.last[place]
    for block in page.blocks:
        element = block.element
        if place <= element <= end:
            whole += block.size
            if element == place:
                around += block.text.count("\n") + 1
            else:
                boxes.setdefault(child[element - place], []).append(block)
    around += sum(box == held[0].element or box in main.wrappers for box, held in boxes.items())
    if around < _FEWEST_AROUND:
        return ()
    found = _wanting(page, place, child, _small(page, boxes, main))
    left = sum(block.size for box in found for block in boxes[box])
    return found if left < _MOST * whole else ()


def _wanting(
    page: Page, place: int, child: Sequence[int], boxes: Mapping[int, Sequence[Block]]
) -> Sequence[int]:
    """Return the boxes that ask for something, lead away or are to be pressed."""
    asked, pressed, pictured = (
        {child[at - place] for at in elements if place < at <= page.last[place]}
        for elements in (page.fields, page.buttons, page.pictures)
    )
    found = [box for box, held in boxes.items() if box in asked or _leads_away(page, held)]
    tools = [
        box
        for box, held in boxes.items()
        if box in pressed and box not in pictured and _is_to_be_pressed(page, held)
    ]
    # Many of them are answers that unfold.
    return [*found, *tools] if len(tools) <= _MOST_TOOLS else found


def _small(
    page: Page, boxes: Mapping[int, Sequence[Block]], main: MainText
) -> dict[int, Sequence[Block]]:
    """Return the boxes that hold little and no paragraph of the text by itself."""
    return {
        box: held
        for box, held in boxes.items()
        if page.tags[box] in _BOXES
        and box not in main.wrappers
        and box not in main.around
        and sum(block.size for block in held) <= _LONGEST
    }


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
    told = any(block.linked < _LINKED and ends_sentence(block.text) for block in blocks[1:])
    headed = headed or (told and _is_label(blocks[0]))
    return headed and linked and 1 < len(blocks) <= _MOST_BLOCKS


def _is_to_be_pressed(page: Page, blocks: Sequence[Block]) -> bool:
    """Tell whether a box with a button has no sentence, or a label above one."""
    if len(blocks) > _MOST_PRESSED or sum(block.size for block in blocks) > _LONGEST_PRESSED:
        return False
    if len(blocks) > 1 and (page.marks[blocks[0].element] & HEADING or _is_label(blocks[0])):
        return True
    return not any(ends_sentence(block.text) for block in blocks)


def _is_label(block: Block) -> bool:
    return block.size <= _LABEL and not ends_sentence(block.text)
