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
from monitor.articles.body.relevance import KIN, kinship
from monitor.articles.body.repeats import Line
from monitor.newsroom.credits import is_caption
from monitor.text import letters

_FEWEST = (4, 24)  # words, or bytes of an East Asian headline, that a bare headline has
_LONGEST = 240  # bytes
_LINK = 0.95
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
    if not text:
        return ""
    short, wanted = not is_headline(title), letters(title)
    # A link with the site's name leads to its front page.
    shown = (block for block in page.blocks if block.linked < _LINK)
    printed = any(letters(block.text) == wanted for block in shown)
    # A site's name is no headline though each text is signed by it.
    own = kinship(text, title, (), _STRANGE) if printed or not short else 0.0
    # East Asian offices set their board's name above a release as a heading, too.
    board = printed and short and not title.isascii()
    if own >= _STRANGE or (printed and not board):
        return ""
    found = [
        (set_off, kin, line)
        for set_off, line in _above(page, opening, lines[0].block.number, board=board)
        if _may_be_one(line) and (kin := kinship(text, line, ())) > own + _CLOSER
    ]
    return _likeliest(found, sure=not (board or short))


def _likeliest(found: Sequence[tuple[bool, float, str]], *, sure: bool) -> str:
    """Return one of several lines: whether each is set as a heading, its kinship, its text.

    Args:
        sure: whether the page's title is as long as a headline.
    """
    if not sure:
        set_off = [each for each in found if each[0]]
        # What is set as any other line is told by its words, and stands above what explains it.
        found = set_off or [each for each in found if each[1] >= KIN][:1]
    best = max(found, key=lambda each: (each[0], each[1] * len(letters(each[2]))), default=None)
    return best[2] if best else ""


def _may_be_one(line: str) -> bool:
    size = len(line.encode("utf-8", "replace"))
    ended = line.endswith((".", "。")) or dates.read(line) is not None
    return size <= _LONGEST and is_headline(line) and not ended


def _above(
    page: Page, opening: Sequence[Line], first: int, *, board: bool
) -> Iterator[tuple[bool, str]]:
    """Yield the lines above a text in page order, with whether each is set as a heading.

    Args:
        board: whether the page is called by its board; what is set off in a release's own text is
            its second headline then.
    """
    for block in page.blocks[max(0, first - _REACH) : first]:
        if block.linked < 0.5:
            yield from ((_is_set_off(page, block, 0), line) for line in block.text.split("\n"))
    for line in opening:
        yield not board and _is_set_off(page, line.block, line.mark), line.text


def _is_set_off(page: Page, block: Block, mark: int) -> bool:
    return bool((mark | page.marks[block.element]) & HEADING) or block.bold > 0.9
