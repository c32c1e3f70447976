"""Which lines belong to a picture, and are none of the text.

They are told by a name, by sharing a picture's box, by standing loose beside one, or by their words
(see `monitor.newsroom.credits`).
"""

import re
from collections.abc import Sequence

from msgspec import Struct

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
from monitor.articles.body.furniture import LONGEST, ends_sentence, is_furniture
from monitor.articles.body.prose import Prose
from monitor.newsroom import agency_id
from monitor.newsroom.credits import is_caption

_FEWEST_TOLD = 3  # sentences of a story in pictures
BOX = 330  # bytes of text beside a picture that still are its caption
REACH = 40  # blocks between the headline and the text
_LONG_CAPTION = 160  # bytes
_LOOSE = frozenset({"div", "span", "em", "section", "center"})
_LONGEST_LOOSE = 220  # bytes
_LONGEST_AGENCY = 20  # characters
_LONGEST_WORDED = 140  # characters of a caption between the paragraphs
# "(Bo Ek/Harbour Post)", "（Bo Ek／新报）"
_SHARED_CREDIT = re.compile(r"[(（][^\d()（）/／]{2,40}[/／][^\d()（）/／]{2,40}[)）]\W{0,2}$")
_STOP = re.compile(r"[a-z0-9)][.!?][\"'”’)]*(?:\s|$)|[。！？]|다\.")


class Caption(Struct):
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
            found.append(_caption(page, block, 0))
    return found


class Captions:
    """The captions of one container, gathered while its blocks are gone through in page order.

    Args:
        trunk: the element that holds most of the paragraphs, -1 where none does.
        share: boxes that hold more of the container's prose are no picture's.
    """

    def __init__(self, page: Page, chosen: int, prose: Prose, trunk: int, *, share: float) -> None:
        self.found: list[Caption] = []
        self._page, self._prose, self._chosen, self._trunk = page, prose, chosen, trunk
        self._boxes = _picture_boxes(page, chosen, prose, share=share)

    def holds(self, block: Block, mark: int) -> bool:
        """Tell whether a block belongs to a picture for where it stands."""
        if mark & CAPTION or block.element in self._boxes:
            return True
        if not mark & FIGURE or mark & QUOTE:
            return False
        # In the list of a gallery's captions one or the other is long.
        return block.size < LONGEST or bool(mark & LIST)

    def is_loose(self, block: Block, mark: int) -> bool:
        """Tell whether a short text right beside a picture stands apart from the paragraphs."""
        page, element = self._page, block.element
        return (
            block.number in page.after_picture
            and page.tags[element] in _LOOSE
            and block.size < _LONGEST_LOOSE
            and not mark & (HEADING | LIST | QUOTE)
            and not self._prose.groups[block.number] == element == self._chosen
            and self._trunk >= 0
        )

    def is_worded(self, line: str, *, first: bool) -> bool:
        """Tell a caption by its words; `first`: the line stands right behind a picture."""
        if first and len(line) < LONGEST and (_SHARED_CREDIT.search(line) or _ends_in_agency(line)):
            return True
        return (first or len(line) < _LONGEST_WORDED) and is_caption(line)

    def add(self, block: Block) -> None:
        """Take a block that belongs to a picture."""
        self.found.append(_caption(self._page, block, self._chosen))

    def add_line(self, line: str) -> None:
        """Take a line of a block that has others too."""
        self.found.append(Caption(line, -1, False))


def _ends_in_agency(line: str) -> bool:
    """Tell whether an agency's name stands alone behind the last sentence of a line."""
    last = _STOP.split(line)[-1].strip()
    return 1 < len(last) < min(len(line), _LONGEST_AGENCY) and agency_id(last) != ""


def _caption(page: Page, block: Block, chosen: int) -> Caption:
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


def _picture_boxes(page: Page, chosen: int, prose: Prose, *, share: float) -> set[int]:
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


def told_by_pictures(captions: Sequence[Caption]) -> list[str]:
    """Return the sentences of a story in pictures, none where they are too few for one."""
    told = [caption.text for caption in captions if not caption.credit]
    sentences = list(dict.fromkeys(text for text in told if ends_sentence(text)))
    return sentences if len(sentences) >= _FEWEST_TOLD else []
