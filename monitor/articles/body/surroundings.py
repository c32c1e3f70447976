"""The lines around a text, in which section, times, source and writers stand."""

from collections.abc import Sequence
from itertools import takewhile

from msgspec import Struct

from monitor.articles.body.blocks import Block, Page
from monitor.articles.body.captions import REACH
from monitor.articles.body.class_hints import COMMENTS, FRAME, FURNITURE
from monitor.articles.body.element_marks import MainText, marks_around
from monitor.articles.body.repeats import Line
from monitor.text import telling_words

_BEFORE = 4  # blocks above the headline that may hold section and time
_MOST_ABOVE = 2  # lines before the first paragraph that may be a byline
_FIRST = 3  # paragraphs among which a byline may stand
_NEAR = 10  # blocks above the text, where no headline is
_AFTER = 4  # blocks from the text's last one in which a signature stands
_HEADLINES = frozenset({"h1", "h2"})


class Surroundings(Struct, frozen=True):
    """What stands around a text.

    Attributes:
        above: the lines from a little above the headline down to the first paragraph.
        below: those around the text's end.
        head: the texts below the headline that are none of the story's, up to its third paragraph,
            each as its elements divide it.
    """

    above: tuple[str, ...] = ()
    below: tuple[str, ...] = ()
    head: tuple[tuple[str, ...], ...] = ()


def read_surroundings(
    page: Page,
    kept: Sequence[Line],
    main: MainText,
    headline: int,
    standfirst: Sequence[Block],
    title: str,
) -> Surroundings:
    """Return what stands around a text.

    Args:
        kept: the text's lines.
        main: the page's main text.
        headline: number of the headline's block, -1 where it is not printed.
        standfirst: the blocks of the standfirst before the text.
        title: the headline, for pages that print it otherwise.
    """
    if not kept:
        return Surroundings()
    own = {block.number for block in standfirst}
    text = [line for line in kept if line.block.number not in own]
    first = text[0].block.number if text else 0
    last = kept[-1].block.number
    start = max(0, headline - _BEFORE, first - REACH) if headline >= 0 else first
    # Between deck and text a byline stands as well, and was none of the lines.
    told = next((line.block.number for line in text[:_FIRST] if line.prose), first)
    kept_too = own | {line.block.number for line in text}
    above = [block for block in page.blocks[start:told] if block.number not in kept_too]
    below = [
        block
        for block in page.blocks[max(first, last - 1) : last + _AFTER]
        if not marks_around(page, block.element, main) & (COMMENTS | FRAME | FURNITURE)
    ]
    opening = takewhile(lambda line: not line.prose, text[:_MOST_ABOVE])
    head = [
        block.parts or tuple(block.text.split("\n"))
        for block in _in_head(page, text, headline, title)
        if block.number not in own
    ]
    return Surroundings(
        (*_texts(above), *(line.text for line in opening)), _texts(below), tuple(head)
    )


def _in_head(page: Page, text: Sequence[Line], headline: int, title: str) -> Sequence[Block]:
    """Return the blocks below the headline that stand before or among the first paragraphs.

    Where the headline is not printed, the heading that is most like it stands in for it.
    """
    if not text:
        return ()
    first, start = text[0].block.number, headline + 1
    if not start or start > first:
        before = range(max(0, first - REACH), first)
        headings = [at for at in before if page.tags[page.blocks[at].element] in _HEADLINES]
        start = max(headings, key=lambda at: _likeness(page, at, title), default=first - _NEAR) + 1
    told = [line.block.number for line in text if line.prose][:_FIRST]
    blocks = page.blocks[max(start, first - REACH, 0) : max(told, default=first)]
    return [block for block in blocks if block.number not in told]


def _likeness(page: Page, number: int, title: str) -> tuple[int, bool, int]:
    """Rank a heading by the words it shares with the title, its own rank and its place."""
    block = page.blocks[number]
    shared = telling_words(block.text) & telling_words(title)
    return len(shared), page.tags[block.element] == "h1", number


def _texts(blocks: Sequence[Block]) -> tuple[str, ...]:
    return tuple(line for block in blocks for line in block.text.split("\n"))
