"""The headline as a line above the text, of pages that neither declare nor set one as a heading.

Such pages put the site's name into their title tag. It says nothing of the text, and the line that
does stands right above it.
"""

from collections.abc import Iterator, Sequence
from itertools import takewhile

from monitor import dates
from monitor.articles.body.blocks import Block, Page
from monitor.articles.body.class_hints import HEADING
from monitor.articles.body.furniture import is_furniture, is_moment
from monitor.articles.body.relevance import kinship
from monitor.articles.body.repeats import Line
from monitor.newsroom.credits import is_caption
from monitor.text import letters

_FEWEST = (4, 24)  # words, or bytes of an East Asian headline, that a bare headline has
_LONGEST = 240  # bytes
_REACH = 12  # blocks from the text up to its headline
_CLOSER = 0.25  # by how much more of a line's words than of the title's the text has
_STRANGE = 0.34  # of a title's words, in a text that it may well not be the headline of


def is_headline(line: str) -> bool:
    """Tell whether a line is as long as a headline and no time, caption or furniture."""
    words, size = _FEWEST
    if len(line.split()) < words and (line.isascii() or len(line.encode()) < size):
        return False
    return not (is_moment(line) or is_caption(line) or is_furniture(line))


def headline_above(page: Page, lines: Sequence[Line], title: str) -> str:
    """Return the line above a text that is its headline where the page's title is none, or "".

    Args:
        lines: the text as read.
        title: what the page is called by; one that it prints, or whose words the text has, stays.
    """
    opening = list(takewhile(lambda x: not x.prose or _is_set_off(page, x.block, x.mark), lines))
    text = [line.text for line in lines[len(opening) :]]
    own = kinship(text, title, (), _STRANGE) if text else 0.0
    if not text or own >= _STRANGE:
        return ""
    wanted = letters(title)
    printed = any(letters(block.text) == wanted for block in page.blocks)
    # East Asian offices set their board's name above a release as a heading, too.
    board = printed and not (title.isascii() or is_headline(title))
    if printed and not board:
        return ""
    best, found = (False, 0.0), ""
    for set_off, line in _above(page, opening, lines[0].block.number):
        if not _may_be_one(line) or (board and not set_off):
            continue
        kin = kinship(text, line, ())
        rank = (set_off, kin * len(letters(line)))
        if kin > own + _CLOSER and rank > best:
            best, found = rank, line
    return found


def _may_be_one(line: str) -> bool:
    size = len(line.encode("utf-8", "replace"))
    ended = line.endswith((".", "。")) or dates.read(line) is not None
    return size <= _LONGEST and is_headline(line) and not ended


def _above(page: Page, opening: Sequence[Line], first: int) -> Iterator[tuple[bool, str]]:
    """Yield the lines above a text in page order, with whether each is set as a heading."""
    for block in page.blocks[max(0, first - _REACH) : first]:
        if block.linked < 0.5:
            yield from ((_is_set_off(page, block, 0), line) for line in block.text.split("\n"))
    yield from ((_is_set_off(page, line.block, line.mark), line.text) for line in opening)


def _is_set_off(page: Page, block: Block, mark: int) -> bool:
    return bool((mark | page.marks[block.element]) & HEADING) or block.bold > 0.9
