"""The standfirst: the sentence or two between the headline and the text.

It belongs to the text even where it stands outside the text's container. It is known by what the
page says of itself (the description begins as it does), by its name, or by its place: the only
whole phrase that shares the headline's box. Where none stands before the text, the text's first
lines may hold it.
"""

from collections.abc import Container, Sequence
from typing import Literal

from msgspec import Struct

from monitor.articles.body.author_notes import is_card
from monitor.articles.body.blocks import Block, Page
from monitor.articles.body.captions import REACH
from monitor.articles.body.class_hints import (
    BYLINE,
    CAPTION,
    COMMENTS,
    FIGURE,
    FRAME,
    FURNITURE,
    HIDDEN,
    INSET,
    STANDFIRST,
)
from monitor.articles.body.element_marks import MainText
from monitor.articles.body.furniture import ends_sentence, is_furniture
from monitor.articles.body.strangers import speaks_of_something_else
from monitor.newsroom.credits import is_caption
from monitor.text import letters

_NEVER = BYLINE | CAPTION | COMMENTS | FRAME | FURNITURE | HIDDEN
_SHORTEST, _LONGEST = 30, 700  # bytes
_FEWEST_WORDS = 5  # of a phrase that only its place tells; East Asian ones have no spaces
_SUB_HEADLINES = frozenset({"h2", "h3", "h4"})
_BOX = 3  # elements around the headline that may be its box
_SAME = 24  # folded letters with which description and standfirst begin alike
_LINK = 0.97
_BOLD = 0.9  # of the characters, in a paragraph that is set in bold type
_FIRST = 8  # blocks of the text of which one may be the standfirst


class Standfirst(Struct, frozen=True):
    """The standfirst's words, and its blocks where they stand before the text."""

    text: str = ""
    before: tuple[Block, ...] = ()


def find_standfirst(
    page: Page,
    text: Sequence[Block],
    main: MainText,
    title: str,
    told: Sequence[str],
    printed: int = -1,
    foreign: Container[int] = (),
) -> Standfirst:
    """Return the standfirst.

    Args:
        text: the blocks of the text.
        main: the page's main text; what stands around it says nothing about the standfirst.
        title: the headline.
        told: standfirst and description as the page's metadata give them.
        printed: number of the block that is the headline, -1 where none is known.
        foreign: elements that hold other texts.
    """
    found = _before(page, text, main, title, told, printed)
    before = [block for block in found if block.element not in foreign]
    inside = [] if before else _inside(page, text, title, told)
    return Standfirst(_words(before or inside), tuple(before))


def _words(blocks: Sequence[Block]) -> str:
    return " ".join(dict.fromkeys(block.text.replace("\n", " ") for block in blocks))


def _inside(page: Page, text: Sequence[Block], title: str, told: Sequence[str]) -> list[Block]:
    """Return the one of the text's first blocks that is set apart and begins as it was told."""
    starts = {start for line in told if len(start := letters(line)[:_SAME]) >= _SAME // 2}
    starts.discard(letters(title)[:_SAME])
    for block in text[:_FIRST]:
        sized = _SHORTEST <= block.size <= _LONGEST
        if sized and _is_set_apart(page, block) and letters(block.text[:80])[:_SAME] in starts:
            return [block]
    return []


def _is_set_apart(page: Page, block: Block) -> bool:
    named = page.marks[block.element] | page.marks[page.parents[block.element]]
    return block.bold > _BOLD or page.tags[block.element] == "h2" or bool(named & STANDFIRST)


def _before(
    page: Page,
    own: Sequence[Block],
    main: MainText,
    title: str,
    told: Sequence[str],
    printed: int,
) -> list[Block]:
    """Return the blocks of the standfirst between the headline and the text, in page order."""
    opening = own[0]
    heads = [letters(text)[:60] for text in told if len(text) > 30]
    folded_title = letters(title)
    found: dict[str, list[Block]] = {"known": [], "named": [], "": []}
    headline: Block | None = None
    for at in range(opening.number - 1, max(-1, opening.number - REACH), -1):
        block = page.blocks[at]
        text = letters(block.text)
        again = text == folded_title and (printed < 0 or printed > opening.number)
        if page.tags[block.element] == "h1" or at == printed or again:
            headline = block
            break
        card = at > 0 and is_card(page.blocks[at - 1].text, block.text)
        if _may_be_one(block) and text != folded_title and not card:
            if any(text.startswith(head) for head in heads):
                found["known"].insert(0, block)
            else:
                kind = _kind(page, block, main)
                if kind is not None and not (kind == "" and folded_title in text):
                    found[kind].insert(0, block)
    named = _own_words(page, found["named"], own, title)
    sure = sorted((*found["known"], *named), key=lambda block: block.number)
    if sure or headline is None:
        return sure
    return _own_phrase(page, found[""][:1], headline, own, title)


def _own_words(
    page: Page, named: Sequence[Block], text: Sequence[Block], title: str
) -> Sequence[Block]:
    """Return the blocks called a standfirst that are no note of the site's on its summaries."""
    told = [block.text for block in text] if named else []
    return [
        block
        for block in named
        if not (_is_in_toolbar(page, block) or speaks_of_something_else(block.text, told, title))
    ]


def _is_in_toolbar(page: Page, block: Block) -> bool:
    """Tell whether links alone stand right before and behind a block, in one box with it."""
    beside = page.blocks[block.number - 1 : block.number + 2 : 2] if block.number else ()
    box = page.parents[page.parents[block.element]]
    return len(beside) == 2 and all(
        x.linked > _LINK and page.within(x.element, box) for x in beside
    )


def _own_phrase(
    page: Page, found: Sequence[Block], headline: Block, text: Sequence[Block], title: str
) -> list[Block]:
    """Return the phrase in the headline's box that speaks of what headline and text speak of."""
    placed = [block for block in found if _is_placed(page, block, headline)]
    told = [block.text for block in text] if placed else []
    return [block for block in placed if not speaks_of_something_else(block.text, told, title)]


def _may_be_one(block: Block) -> bool:
    """Tell whether a block is of some length and neither furniture nor a picture's caption."""
    if block.size < _SHORTEST or block.linked > 0.3:
        return False
    return not (is_furniture(block.text) or is_caption(block.text))


def _kind(page: Page, block: Block, main: MainText) -> Literal["named", ""] | None:
    """Return "named" for a block that is called a standfirst, None for what cannot be one."""
    marks = _marks_above(page, block, main)
    if marks & _NEVER or page.marks[block.element] & INSET:
        return None
    if marks & FIGURE and block.number in page.after_picture:
        return None
    if marks & STANDFIRST:
        return "named"
    return None if marks & (FIGURE | INSET) else ""


def _marks_above(page: Page, block: Block, main: MainText) -> int:
    """Return the marks of a block and of the elements around it, but for those of the page."""
    element, marks = block.element, 0
    for _ in range(4):
        if element < 0 or element in main.around:
            break
        own = page.marks[element]
        if page.tags[element] == "form":
            return FURNITURE
        if own & STANDFIRST:
            # "article-intro-social" is an intro all the same, "lead-info" is none.
            own = 0 if own & INSET else own & ~FURNITURE
        marks |= own
        element = page.parents[element]
    return marks


def _is_placed(page: Page, block: Block, headline: Block) -> bool:
    """Tell whether a block is a whole phrase in the headline's own box."""
    words = len(block.text.split()) if block.text.isascii() else block.size // 6
    if words < _FEWEST_WORDS or block.size > _LONGEST:
        return False
    if not (ends_sentence(block.text) or page.tags[block.element] in _SUB_HEADLINES):
        return False
    box = headline.element
    for _ in range(_BOX):
        box = page.parents[box]
        if box < 0:
            return False
        if page.within(block.element, box):
            return True
    return False
