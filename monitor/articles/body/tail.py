"""What stands behind a text, told by where it stands."""

import re
from collections import Counter
from collections.abc import Sequence
from itertools import takewhile

from monitor.articles.body.blocks import Page
from monitor.articles.body.class_hints import HEADING, LIST, POST, QUOTE, TABLE
from monitor.articles.body.furniture import ends_sentence
from monitor.articles.body.repeats import Line
from monitor.text.language import EAST_ASIAN

_MOST_OF_IT = 0.9  # of the text, in the element that holds its paragraphs
_FEWEST_LABELS = 2
_FEWEST_PARAGRAPHS = 3
_EAST = re.compile(f"[{EAST_ASIAN}]")
_MOST_APPEALS = 2  # lines
# Boxes and circles open the paragraphs of offices' releases, "※" their notes.
_SIGNS = frozenset("▶▷►▸★☆☞☎")


def without_tail(page: Page, lines: list[Line], group: int) -> list[Line]:
    """Return the lines without the last ones where they stand apart from the main text.

    They stand apart where the main text has ended, in elements of another kind than its paragraphs.

    Args:
        group: the element that holds the main text, -1 when that is not known.
    """
    inside = [line for line in lines if page.within(line.block.element, group)]
    own, size = sum(line.block.size for line in inside), sum(line.block.size for line in lines)
    if group < 0 or not inside or own < _MOST_OF_IT * size:
        return lines
    kinds = Counter(_kind(page, line, group) for line in inside)
    usual = kinds.most_common(1)[0][0]
    end = len(lines)
    while lines[end - 1].block.number > inside[-1].block.number:
        if _kind(page, lines[end - 1], group) == usual:
            return lines
        end -= 1
    return lines[:end]


def without_labels(page: Page, lines: list[Line]) -> list[Line]:
    """Return the lines without several last ones that are no sentences and stand otherwise.

    Cards of other stories without a link of their own come so: a label, then headlines. Lists,
    tables, quotations and sub-headlines are editors' and stay, and so does what stands where the
    paragraphs do.
    """
    tail = list(takewhile(lambda line: not line.prose, reversed(lines)))
    prose = [line for line in lines if line.prose]
    if len(tail) < _FEWEST_LABELS or len(prose) < _FEWEST_PARAGRAPHS:
        return lines
    places = Counter(_place(page, line) for line in prose)
    usual = places.most_common(1)[0][0]
    if any(_is_own(line) or _place(page, line) == usual for line in tail):
        return lines
    return lines[: len(lines) - len(tail)]


def without_appeals(lines: list[Line]) -> list[Line]:
    """Return the lines without the last one or two that a sign of their own opens: "▷ …", "★ …".

    Outlets address their readers so. More such lines, or some in the text as well, are a list.
    """
    end = len(lines)
    while end and lines[end - 1].text[0] in _SIGNS and not lines[end - 1].mark & (LIST | TABLE):
        end -= 1
    signs = {line.text[0] for line in lines[end:]}
    if not 0 < len(lines) - end <= _MOST_APPEALS or not any(line.prose for line in lines[:end]):
        return lines
    return lines if any(line.text[0] in signs for line in lines[:end]) else lines[:end]


def without_loose_end(lines: list[Line]) -> list[Line]:
    """Return the lines of an East Asian text without last ones of another kind.

    They are in Latin letters, or no sentences where all others are. Latin texts end with a place,
    an agency or a stroke at times.
    """
    lines = without_appeals(lines)
    end = len(lines)
    while end > 1 and _is_loose(lines[end - 1], lines[: end - 1]):
        end -= 1
    return lines[:end]


def _is_loose(line: Line, above: Sequence[Line]) -> bool:
    prose = [other.text for other in above if other.prose]
    own = not prose or line.mark & (LIST | TABLE | QUOTE | HEADING | POST)
    if own or not all(map(_EAST.search, prose)):
        return False
    if not _EAST.search(line.text):
        return True
    told = [x.text for x in above if not x.mark & (LIST | TABLE | QUOTE | HEADING | POST)]
    ended = len(told) > 1 and all(map(ends_sentence, told))
    return ended and not (line.prose or _is_own(line))


def _is_own(line: Line) -> bool:
    """Tell whether a last line is a sentence, a figure or set as editors set parts of a text."""
    if line.mark & (LIST | TABLE | QUOTE | HEADING | POST) or ends_sentence(line.text):
        return True
    return any(map(str.isdigit, line.text))


def _place(page: Page, line: Line) -> tuple[str, int]:
    """Return the tag of a line's element and how deep it stands."""
    return page.tags[line.block.element], page.depths[line.block.element]


def _kind(page: Page, line: Line, group: int) -> str:
    element = line.block.element
    return "" if element == group else page.tags[element]
