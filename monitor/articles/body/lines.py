"""From the chosen container to lines: what is text, what is a caption, what is neither.

A line is dropped for where it stands (a share bar, a related list, a byline, a link around a whole
block), for what it is made of (nothing but links) or for its words. A picture's caption is what is
named so, or the little text that shares a box with a picture. Marks of boxes that hold much of the
article's prose are void, see `monitor.articles.body.container.marks_below`.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from monitor.articles.body.blocks import Block, Page
from monitor.articles.body.class_hints import (
    BODY,
    BYLINE,
    CAPTION,
    COMMENTS,
    FIGURE,
    FRAME,
    FURNITURE,
    HEADING,
    HIDDEN,
    INSET,
    LINK,
    LIST,
    PULLED,
    QUOTE,
    TABLE,
)
from monitor.articles.body.container import Choice, marks_below
from monitor.articles.body.furniture import (
    LONGEST,
    ends_sentence,
    is_caption,
    is_furniture,
    leads_on,
    without_notes,
)
from monitor.text import letters

BOX = 330  # bytes of text beside a picture that still are its caption
REACH = 40  # blocks between the headline and the text
MAX_LINES = 5000  # more than any article has
SHARE = 0.3  # of the container's prose in one place, which no furniture has
_DROPPED = COMMENTS | FRAME | FURNITURE | BYLINE | LINK | INSET


@dataclass(slots=True)
class Line:
    """One line of the text, with where it stood."""

    text: str
    block: Block
    mark: int
    prose: bool  # reads like a sentence or more


@dataclass(slots=True)
class Caption:
    """One line that belongs to a picture; lines of one picture share `box`."""

    text: str
    box: int
    credit: bool


def read_lines(page: Page, choice: Choice, title: str) -> tuple[list[Line], list[Caption]]:
    """Return the lines of text inside the container, in reading order, and the captions met."""
    chosen, parents = choice.element, page.parents
    mass = choice.mass
    below = marks_below(page, chosen, mass, SHARE)
    boxes = _picture_boxes(page, chosen, mass)
    trunk = _trunk(page, chosen)
    left_out = [(element, page.last[element]) for element in choice.skipped]
    folded_title, longest_title = letters(title), 2 * len(title)
    lines: list[Line] = []
    captions: list[Caption] = []
    leading_on = False
    end = page.last[chosen]
    for number, block in enumerate(page.blocks):
        element = block.element
        if not chosen <= element <= end:
            continue
        if len(lines) > MAX_LINES:
            break
        if any(first <= element <= last for first, last in left_out):
            continue
        mark = below[element]
        if mark & (_DROPPED & ~INSET) or (mark & HIDDEN and not _is_locked(page, block, below)):
            continue
        pictured = mark & CAPTION or element in boxes
        if pictured or (mark & FIGURE and not mark & QUOTE and block.size < LONGEST):
            captions.append(_caption(page, block, chosen))
            continue
        if mark & (INSET | PULLED):
            continue
        heading = bool(mark & HEADING)
        if mark & TABLE and not _is_cell_of_prose(block):
            continue
        if _is_linked(block, mark) and not (heading and parents[element] == trunk):
            continue
        if leading_on and block.linked > 0.3:
            continue
        leading_on = False
        after_picture = number in page.after_picture
        if after_picture and trunk >= 0 and _is_stray(page, block, mark):
            captions.append(_caption(page, block, chosen))
            continue
        for text in block.text.split("\n")[:MAX_LINES]:
            line = without_notes(text)
            if not line or (len(line) < longest_title and letters(line) == folded_title):
                continue
            if is_furniture(line):
                leading_on = leads_on(line)
                continue
            if (after_picture or len(line) < 140) and not heading and is_caption(line):
                captions.append(Caption(line, -1, False))
                after_picture = False
                continue
            after_picture = False
            size = len(line) if line.isascii() else len(line.encode("utf-8", "replace"))
            prose = size >= 90 or (size >= 30 and ends_sentence(line))
            lines.append(Line(line, block, mark, prose and not heading))
    return _without_repeats(lines), captions


def captions_above(page: Page, opening: Block, chosen: int) -> list[Caption]:
    """Return the captions of pictures between the headline and the text, outside its container."""
    start = next((at for at, block in enumerate(page.blocks) if block is opening), 0)
    found: list[Caption] = []
    for block in page.blocks[max(0, start - REACH) : start]:
        element, marks = block.element, 0
        if page.tags[element] == "h1":
            found.clear()
            continue
        if page.within(element, chosen):
            continue
        for _ in range(4):
            if element < 0:
                break
            marks |= page.marks[element]
            element = page.parents[element]
        if marks & CAPTION and not marks & (FRAME | COMMENTS) and 10 < block.size < 2 * LONGEST:
            found.append(_caption(page, block, 0))
    return found


def _is_locked(page: Page, block: Block, below: Mapping[int, int]) -> bool:
    """Tell whether a hidden block is a paragraph behind a paywall, and not an app's message."""
    return (
        page.tags[block.element] == "p"
        and block.size > 100
        and not below[page.parents[block.element]] & HIDDEN
    )


def _is_stray(page: Page, block: Block, mark: int) -> bool:
    """Tell whether a short text beside a picture stands apart from the paragraphs (`p`)."""
    return (
        page.tags[block.element] in ("div", "span", "em", "section", "center")
        and block.size < 220
        and not mark & (HEADING | LIST | QUOTE)
    )


def _is_cell_of_prose(block: Block) -> bool:
    return block.size >= 90 or (block.size >= 40 and ends_sentence(block.text))


def _is_linked(block: Block, mark: int) -> bool:
    """Tell whether a block is a link to another story rather than text with links in it."""
    if block.linked > 0.97:
        return True
    whole = ends_sentence(block.text)
    if block.linked > 0.7 and (mark & (HEADING | LIST) or not whole):
        return True
    return block.linked > 0.35 and block.linked + block.bold > 0.85 and not whole


def _without_repeats(lines: list[Line]) -> list[Line]:
    """Return the lines without labels that stand several times, and prose only once."""
    times = Counter(line.text for line in lines)
    seen: set[str] = set()
    kept: list[Line] = []
    for line in lines:
        if times[line.text] > 1:
            if line.text in seen or not (line.prose or line.mark & QUOTE):
                continue
            seen.add(line.text)
        kept.append(line)
    return kept


def _trunk(page: Page, chosen: int) -> int:
    """Return the element that directly holds most of the paragraphs (`p`), or -1."""
    held: Counter[int] = Counter()
    for block in page.blocks:
        if page.tags[block.element] == "p" and page.within(block.element, chosen):
            held[page.parents[block.element]] += block.size
    return held.most_common(1)[0][0] if held else -1


def _caption(page: Page, block: Block, chosen: int) -> Caption:
    box = element = block.element
    while element != chosen and element >= 0:
        if page.marks[element] & FIGURE or page.tags[element] == "figure":
            box = element
        element = page.parents[element]
    name = page.names[block.element].lower()
    credit = any(word in name for word in ("credit", "copyright", "photographer", "source"))
    return Caption(block.text.replace("\n", " "), box, credit)


def _picture_boxes(page: Page, chosen: int, mass: Sequence[float]) -> set[int]:
    """Return the elements below the container that hold a picture and hardly any text.

    List items are left out: flags and logos stand in lists of countries and firms.
    """
    count = len(page.tags)
    size = [0] * count
    for block in page.blocks:
        size[block.element] += block.size
    holds = [False] * count
    for element in page.pictures:
        holds[element] = True
    parents, end = page.parents, page.last[chosen]
    for element in range(end, chosen, -1):
        above = parents[element]
        size[above] += size[element]
        holds[above] = holds[above] or holds[element]
    boxes: set[int] = set()
    for element in range(chosen + 1, end + 1):
        if parents[element] in boxes or (
            holds[element]
            and 0 < size[element] <= BOX
            and not page.marks[element] & BODY
            and page.tags[element] not in ("li", "blockquote")
        ):
            boxes.add(element)
    held = sum(mass[element] for element in boxes if parents[element] not in boxes)
    return set() if held > SHARE * mass[chosen] else boxes
