"""From the chosen container to lines: what is text, what is a caption, what is neither.

A line is dropped for where it stands (a share bar, a related list, a byline, a link around a whole
block), for what it is made of (nothing but links) or for its words. Marks of
boxes that hold much of the article's prose are void, see `monitor.articles.body.element_marks`.
"""

import re
from collections import Counter
from collections.abc import Sequence

from msgspec.structs import replace

from monitor.articles.body.blocks import Block, Page, unnumbered
from monitor.articles.body.captions import Caption, Captions
from monitor.articles.body.class_hints import (
    BYLINE,
    COMMENTS,
    FRAME,
    FURNITURE,
    HEADING,
    HIDDEN,
    INSET,
    LINK,
    LIST,
    POST,
    PULLED,
    TABLE,
    TAG_MARKS,
)
from monitor.articles.body.element_marks import MainText, marks_below
from monitor.articles.body.furniture import (
    announces_comments,
    ends_sentence,
    is_furniture,
    leads_on,
    without_notes,
)
from monitor.articles.body.insets import find_insets
from monitor.articles.body.prose import Prose
from monitor.articles.body.repeats import Line, without_repeats
from monitor.articles.body.table_rows import table_rows
from monitor.articles.body.teasers import find_teasers
from monitor.articles.body.text_container import Choice
from monitor.articles.body.tickers import find_tickers
from monitor.articles.body.toolbars import is_toolbar
from monitor.text import letters

MAX_LINES = 5000  # more than any article has
SHARE = 0.3  # of the container's running text in one place, which no furniture has
_BRACKETED = re.compile(r"[\[【〈<＜（(][^\[\]【】〈〉<>＜＞（）()]{1,12}[\]】〉>＞）)]\s*")
_FEWEST_LINKS = 2  # in a row that a label may announce
_BOLD = 0.9
_FEWEST_POSTS = 3
_FEWEST_TOLD = 3  # paragraphs under one element that must be the main text
_MOSTLY = 0.5
_TOO_MUCH = 0.4  # of the container's prose, which no class names drop rightly
_DROPPED = COMMENTS | FRAME | FURNITURE | BYLINE | LINK | INSET


def read_lines(
    page: Page, choice: Choice, prose: Prose, main: MainText, title: str
) -> tuple[list[Line], list[Caption]]:
    """Return the lines of text inside the container, in reading order, and the captions met.

    A name is evidence, not a verdict: where class names would drop so much of the running text that
    they must mean something else, the container is read again without them.
    """
    reader = _Reader(page, choice, prose, main, title)
    reader.read()
    if reader.named > _TOO_MUCH * (reader.named + reader.kept):
        reader = _Reader(page, choice, prose, main, title, by_name=False)
        reader.read()
    lines = without_repeats(page, reader.lines, reader.trunk)
    if lines and _opens_post(page, lines):
        lines[0].mark |= POST
    return lines, reader.captions.found


def _opens_post(page: Page, lines: Sequence[Line]) -> bool:
    """Tell whether the first line is the heading of the first of several boxes of one kind."""
    kinds: dict[tuple[str, ...], set[int]] = {}
    for line in lines:
        if line.mark & HEADING:
            at = line.block.element
            box = page.parents[at]
            names = unnumbered(page.names[at]), unnumbered(page.names[box])
            kind = page.tags[at], page.tags[box], *names
            kinds.setdefault(kind, set()).add(box)
        elif not kinds:
            return False
    return len(next(iter(kinds.values()), ())) >= _FEWEST_POSTS


class _Reader:
    """One reading of a container: sorts each block into text, caption or neither."""

    def __init__(
        self,
        page: Page,
        choice: Choice,
        prose: Prose,
        main: MainText,
        title: str,
        *,
        by_name: bool = True,
    ) -> None:
        self.page, self.prose, self.chosen = page, prose, choice.element
        self.below = marks_below(page, choice.element, prose, main, share=SHARE, by_name=by_name)
        self.trunk = _trunk(page, choice.element)
        self.captions = Captions(page, choice.element, prose, self.trunk, share=SHARE)
        beside = find_teasers(page, choice.element, prose) | find_insets(page, self.trunk, main)
        self.left_out = choice.skipped | beside | find_tickers(page, prose, choice.element)
        self.told = _last_told(page, prose, main, self.trunk)
        self.rows = table_rows(page, choice.element)
        # Where the text lies in a cell, the table around it is layout.
        self.cell = main.group if main.group >= 0 and self.below[main.group] & TABLE else -1
        self.title, self.longest_title = letters(title), 2 * len(title)
        self.lines: list[Line] = []
        self.leading_on = False  # a line that announces other stories came just before
        self.links, self.last_link = 0, -1  # links in a row that were left out
        self.kept = self.named = 0.0  # prose kept, and prose dropped for a class name

    def read(self) -> None:
        first, last = self.chosen, self.page.last[self.chosen]
        for block in self.page.blocks:
            if not first <= block.element <= last or block.element in self.left_out:
                continue
            if len(self.lines) > MAX_LINES or self._is_end(block):
                break
            mark = self.below[block.element]
            if self._is_dropped(block, mark):
                self.named += self._lost(block, mark)
            elif self.captions.holds(block, mark):
                self.captions.add(block)
            elif not self._is_beside_text(block, mark):
                self.kept += self.prose.weights[block.number]
                self._add(block, mark)

    def _is_end(self, block: Block) -> bool:
        """Tell whether a line below the main text says that readers' comments follow."""
        below = 0 <= self.told < block.number
        return below and announces_comments(block.text.split("\n", 1)[0])

    def _is_dropped(self, block: Block, mark: int) -> bool:
        """Tell whether a block stands in a box that is none of the text."""
        if mark & (_DROPPED & ~INSET):
            return True
        if mark & HIDDEN and not _is_locked(self.page, block, self.below):
            return True
        return bool(mark & (INSET | PULLED)) and not self.captions.holds(block, mark)

    def _lost(self, block: Block, mark: int) -> float:
        """Return the prose that a dropped block takes along for a class name alone."""
        if mark & (COMMENTS | HIDDEN | LINK | PULLED):
            return 0.0
        element = block.element
        while element > self.chosen:
            if TAG_MARKS.get(self.page.tags[element], 0) & _DROPPED:
                return 0.0
            element = self.page.parents[element]
        return self.prose.weights[block.number]

    def _is_beside_text(self, block: Block, mark: int) -> bool:
        """Tell whether a block between the paragraphs is a link, a cell or a list of links."""
        heading = bool(mark & HEADING)
        if mark & TABLE and not self._is_in_layout(block):
            if row := self.rows.get(block.number, ""):
                self.lines.append(Line(row, block, mark, False))
            if block.number in self.rows or not _is_cell_of_prose(block):
                return True
        if _is_linked(block, mark) and not (
            heading and self.page.parents[block.element] == self.trunk
        ):
            self._note_link(block)
            return True
        if (self.leading_on and block.linked > 0.3) or is_toolbar(block):
            return True
        self.leading_on = False
        if self.captions.is_loose(block, mark):
            self.captions.add(block)
            return True
        return False

    def _is_in_layout(self, block: Block) -> bool:
        """Tell whether a block stands among the paragraphs of the cell that holds the main text."""
        page, cell = self.page, self.cell
        if cell < 0 or not page.within(block.element, cell):
            return False
        element = block.element
        while element > cell and page.tags[element] != "table":
            element = page.parents[element]
        return element <= cell

    def _note_link(self, block: Block) -> None:
        """Take back a label that only announced links: the line right above two of them."""
        follows = self.links > 0 and block.number == self.last_link + 1
        self.links = self.links + 1 if follows else 1
        self.last_link = block.number
        above = self.lines[-1] if self.lines and self.links == _FEWEST_LINKS else None
        if above is not None and above.block.number == block.number - _FEWEST_LINKS:
            set_off = above.mark & HEADING or above.block.bold > _BOLD
            below = 0 <= self.told < above.block.number and above.text[-1] not in ":："
            if (set_off or below) and not (above.prose or ends_sentence(above.text)):
                self.lines.pop()

    def _add(self, block: Block, mark: int) -> None:
        """Add the lines of a block of text that are neither furniture nor captions by words."""
        heading = bool(mark & HEADING)
        after_picture = block.number in self.page.after_picture
        for at, text in enumerate(block.text.split("\n")[:MAX_LINES]):
            line = without_notes(text)
            if not line or self._is_title(line):
                continue
            if block.shares and _leads_away(block, text, block.shares[at], mark):
                continue
            if is_furniture(line):
                self.leading_on = leads_on(line)
                continue
            if not heading and self.captions.is_worded(line, first=after_picture):
                self.captions.add_line(line)
                after_picture = False
                continue
            after_picture = False
            size = len(line) if line.isascii() else len(line.encode("utf-8", "replace"))
            prose = size >= 90 or (size >= 30 and ends_sentence(line))
            self.lines.append(Line(line, block, mark, prose and not heading))

    def _is_title(self, line: str) -> bool:
        return len(line) < self.longest_title and letters(line) == self.title


def _is_locked(page: Page, block: Block, below: Sequence[int]) -> bool:
    """Tell whether a hidden block is a paragraph behind a paywall, and not an app's message."""
    return (
        page.tags[block.element] == "p"
        and block.size > 100
        and not below[page.parents[block.element]] & HIDDEN
    )


def _is_cell_of_prose(block: Block) -> bool:
    return block.size >= 90 or (block.size >= 40 and ends_sentence(block.text))


def _is_linked(block: Block, mark: int) -> bool:
    """Tell whether a block is a link to another story rather than text with links in it."""
    if block.linked > 0.97 or block.linked <= 0.35:
        return block.linked > 0.97
    whole = ends_sentence(block.text)
    label = _BRACKETED.match(block.text)
    if label and block.linked * len(block.text) > 0.9 * (len(block.text) - label.end()):
        return True
    if block.linked > 0.7 and (mark & (HEADING | LIST) or not whole):
        return True
    return block.linked + block.bold > 0.85 and not whole


def _leads_away(block: Block, line: str, linked: float, mark: int) -> bool:
    """Tell whether one of a block's lines is a link to another story; a bare url is none.

    Where most of a block is linked, somebody has forgotten to close a link.
    """
    named = " " in line or not line.isascii()
    return (
        named
        and block.linked < _MOSTLY
        and not mark & POST
        and _is_linked(replace(block, text=line, linked=linked), mark)
    )


def _last_told(page: Page, prose: Prose, main: MainText, trunk: int) -> int:
    """Return the number of the main text's last block, -1 where there is no such text."""
    beside = [block.number for block in page.blocks if page.parents[block.element] == trunk >= 0]
    told = [at for at in beside if prose.weights[at]]
    if len(told) < _FEWEST_TOLD:
        groups = prose.groups if main.group >= 0 else ()
        told = [at for at, group in enumerate(groups) if group == main.group]
    return max(told, default=-1)


def _trunk(page: Page, chosen: int) -> int:
    """Return the element that directly holds most of the paragraphs (`p`), or -1."""
    held: Counter[int] = Counter()
    for block in page.blocks:
        if page.tags[block.element] == "p" and page.within(block.element, chosen):
            held[page.parents[block.element]] += block.size
    return held.most_common(1)[0][0] if held else -1
