"""Boxes beside the main text that speak of something else, told by their words.

A paragraph has a third of its longer words and names in common with the rest of its story. One in
seventy shares less than a tenth of them, but every second paragraph of another story does, and so
do forms and notices.
"""

from collections.abc import Iterable, Sequence

from monitor.articles.body.blocks import Page
from monitor.articles.body.class_hints import HEADING
from monitor.articles.body.element_marks import MainText
from monitor.articles.body.relevance import KIN, kinship
from monitor.articles.body.repeats import Line
from monitor.text import telling_words

_SHARED = (0.09, 0.045)  # of a box's words; the second of what may be a part of the story
_PART = 3  # paragraphs of such a part
_SHORT = 5  # letters below which a word of a spaced script is in any text
_FEWEST = 6  # words of a box that is judged
_ENOUGH = 30  # words of a main text that others are held against
# Of the words of a headline, and of a short item, that the rest of its story comes back to; the
# endings of Korean and Japanese verbs come back in any text.
_AGAIN = (0.15, 0.2)
_ITEM = 2  # paragraphs of a short item at most
_FEWEST_LINES = 4  # beside a short item, where at most one of them is a sentence: a ticker
_DIGEST = 3  # headings that make what follows the parts of a digest
_MOST_OF_IT = 0.5  # of the lines, in the main text
_TEXTS = frozenset(
    {"p", "h2", "h3", "h4", "ul", "ol", "blockquote", "pre", "table", "center", "details"}
)


def without_strangers(page: Page, lines: list[Line], main: MainText, title: str) -> list[Line]:
    """Return the lines without those of boxes that speak of something else.

    Boxes of the main text's own kind are the items of a digest or the posts of a live blog, which
    may speak of anything.

    Args:
        main: the page's main text.
        title: the headline.
    """
    group = main.group
    if group < 0:
        return lines
    boxes: dict[int, list[Line]] = {}
    own: list[Line] = []
    for line in lines:
        box = _box(page, line.block.element, group, main.around)
        (own if box < 0 else boxes.setdefault(box, [])).append(line)
    judged = {
        box: held
        for box, held in boxes.items()
        if _may_be_strange(held, own) and not _is_of_one_kind(page, box, main)
    }
    size = sum(line.block.size for line in own)
    if not judged or size < _MOST_OF_IT * sum(line.block.size for line in lines):
        return lines
    told = _words(_texts(own)) | _words([title])
    if len(told) < _ENOUGH:
        return lines
    strange = {box for box, held in judged.items() if _is_strange(held, told, _words([title]))}
    left = {id(line) for box in strange for line in boxes[box]}
    return [line for line in lines if id(line) not in left] if left else lines


def without_more(page: Page, lines: list[Line], headline: int, title: str) -> list[Line]:
    """Return the lines of a short item alone where all others speak of something else.

    Those may be far more; the item stands in one box with its headline, or in one right below it.

    Args:
        headline: number of its block, -1 where it is not printed.
    """
    told = next((line for line in lines if line.prose and line.block.number > headline), None)
    if headline < 0 or told is None:
        return lines
    item = box = told.block.element
    while not page.within(page.blocks[headline].element, item):
        box, item = item, page.parents[item]
    if page.within(lines[-1].block.element, item) and _is_alone(page, box, lines):
        item = box  # headline and item stand in boxes of their own side by side
    own = [line for line in lines if page.within(line.block.element, item)]
    others = [line for line in lines if not page.within(line.block.element, item)]
    if sum(line.prose for line in own) > _ITEM or not _are_another_s(own, others, title):
        return lines
    return own if kinship(_texts(own), title, ()) >= KIN else lines


def _is_alone(page: Page, box: int, lines: Sequence[Line]) -> bool:
    """Tell whether a box is no paragraph, and only lines of a ticker stand below it.

    A text may lie in several boxes, but then they hold sentences.
    """
    below = [line for line in lines if line.block.element > page.last[box]]
    return page.tags[box] not in _TEXTS and sum(line.prose for line in below) <= 1


def _are_another_s(own: Sequence[Line], others: Sequence[Line], title: str) -> bool:
    """Tell whether lines beside a short item come back to nothing that it says."""
    if sum(line.prose for line in others) <= 1 and len(others) < _FEWEST_LINES:
        return False
    if sum(line.mark & HEADING > 0 for line in others) >= _DIGEST:
        return False
    words = _words(_texts(others))
    told = zip((_words([title]), _words(_texts(own))), _AGAIN, strict=True)
    return len(words) >= _FEWEST and all(
        len(said & words) <= again * len(said) for said, again in told
    )


def _is_of_one_kind(page: Page, box: int, main: MainText) -> bool:
    """Tell whether a box is called as the one beside it that holds the main text."""
    kind = page.parents[box], page.tags[box], page.names[box]
    beside = ((page.parents[at], page.tags[at], page.names[at]) for at in main.around)
    return box in main.wrappers or (bool(page.names[box]) and kind in beside)


def _box(page: Page, element: int, group: int, around: frozenset[int]) -> int:
    """Return the box beside the main text in which an element lies, -1 where it lies in none."""
    if element in around:
        return -1 if element == group else element
    while page.parents[element] not in around:
        element = page.parents[element]
    inside = page.parents[element] == group and page.tags[element] in _TEXTS
    return -1 if inside else element


def _texts(lines: Iterable[Line]) -> Sequence[str]:
    return [line.text for line in lines]


def _words(texts: Iterable[str]) -> frozenset[str]:
    words = telling_words(" ".join(texts))
    return frozenset(
        word for word in words if len(word) >= _SHORT or not word.isalpha() or not word.isascii()
    )


def _may_be_strange(lines: Sequence[Line], own: Sequence[Line]) -> bool:
    """Tell whether a box holds prose and is more than one paragraph between the main text's."""
    alone = len(lines) == 1 and bool(own)
    if alone and own[0].block.number < lines[0].block.number < own[-1].block.number:
        return False
    return any(line.prose for line in lines)


def _is_strange(lines: Sequence[Line], told: frozenset[str], headline: frozenset[str]) -> bool:
    part = sum(line.prose for line in lines) >= _PART
    return _shares_little(_words(_texts(lines)), told, headline, _SHARED[part])


def speaks_of_something_else(phrase: str, texts: Sequence[str], title: str) -> bool:
    """Tell whether a phrase shares hardly a word with a text and its headline."""
    headline = _words([title])
    told = _words(texts) | headline
    return len(told) >= _ENOUGH and _shares_little(_words([phrase]), told, headline, _SHARED[0])


def _shares_little(
    words: frozenset[str], told: frozenset[str], headline: frozenset[str], least: float
) -> bool:
    if len(words) < _FEWEST or 2 * len(words & headline) >= len(headline) > 0:
        return False
    return len(words & told) < least * len(words)
