"""Which lines belong to a picture: what is named so, or the little text that shares its box."""

import re
from dataclasses import dataclass

from monitor.articles.body.blocks import Block, Page
from monitor.articles.body.class_hints import (
    BODY,
    CAPTION,
    COMMENTS,
    FIGURE,
    FRAME,
    HEADING,
    LIST,
    QUOTE,
)
from monitor.articles.body.furniture import (
    LONGEST,
    is_caption,
    is_furniture,
)
from monitor.articles.body.prose import Prose

BOX = 330  # bytes of text beside a picture that still are its caption
REACH = 40  # blocks between the headline and the text
_LONG_CAPTION = 160  # bytes
_STOP = re.compile(r"[a-z0-9)][.!?][\"'”’)]*(?:\s|$)|[。！？]|다\.")


@dataclass(slots=True)
class Caption:
    """One line that belongs to a picture; lines of one picture share `box`."""

    text: str
    box: int
    credit: bool


def captions_above(page: Page, opening: Block, chosen: int) -> list[Caption]:
    """Return the captions of pictures between the headline and the text, outside its container."""
    found: list[Caption] = []
    for block in page.blocks[max(0, opening.number - REACH) : opening.number]:
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
        below_picture = block.number in page.after_picture and (
            marks & FIGURE or is_caption(block.text)
        )
        own = (marks & CAPTION or below_picture) and not marks & (FRAME | COMMENTS)
        if own and 10 < block.size < 2 * LONGEST and not is_furniture(block.text):
            found.append(caption_of(page, block, 0))
    return found


def is_stray(page: Page, block: Block, mark: int) -> bool:
    """Tell whether a short text beside a picture stands apart from the paragraphs (`p`)."""
    return (
        page.tags[block.element] in ("div", "span", "em", "section", "center")
        and block.size < 220
        and not mark & (HEADING | LIST | QUOTE)
    )


def caption_of(page: Page, block: Block, chosen: int) -> Caption:
    box = element = block.element
    while element != chosen and element >= 0:
        if page.marks[element] & FIGURE or page.tags[element] == "figure":
            box = element
        element = page.parents[element]
    name = page.names[block.element].lower()
    credit = any(word in name for word in ("credit", "copyright", "photographer", "source"))
    return Caption(block.text.replace("\n", " "), box, credit)


def _reads_on(block: Block) -> bool:
    """Tell a paragraph that begins with a picture from a picture's words: it has sentences."""
    text = block.text
    return not is_caption(text) and len(_STOP.findall(text)) > 1


def picture_boxes(page: Page, chosen: int, prose: Prose, *, share: float) -> set[int]:
    """Return the elements below the container that hold a picture and hardly any text.

    List items are left out: flags and logos stand in lists of countries and firms. Boxes that hold
    more than `share` of the container's prose are none.
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
    running: dict[int, list[Block]] = {}
    for block in page.blocks:
        if block.size > _LONG_CAPTION and prose.groups[block.number] >= 0:
            running.setdefault(block.element, []).append(block)
    boxes: set[int] = set()
    for element in range(chosen + 1, end + 1):
        small = parents[element] in boxes or (
            holds[element]
            and 0 < size[element] <= BOX
            and not page.marks[element] & BODY
            and page.tags[element] not in ("li", "blockquote")
        )
        if small and not any(map(_reads_on, running.get(element, ()))):
            boxes.add(element)
    held = sum(prose.mass[element] for element in boxes if parents[element] not in boxes)
    return set() if held > share * prose.mass[chosen] else boxes
