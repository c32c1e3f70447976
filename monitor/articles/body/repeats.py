"""Lines that a text has twice: labels, paragraphs for two widths, quotations set large."""

import re
from collections import Counter
from collections.abc import Sequence

from msgspec import Struct

from monitor.articles.body.blocks import Block, Page
from monitor.articles.body.class_hints import HEADING, LIST, QUOTE, TABLE
from monitor.text import letters

_STRUCTURAL = re.compile(
    r"[\[【<〈(]?[^\[\]【】<>〈〉()]{1,20}(?:[\]】>〉)][:：]?|[:：])$|[QA]\.?$|\W*\d+\s?[-:–]\s?\d+\W*$"
)
_SHORTEST = 20  # letters of a quotation that is set large
_MOST_PULLED = 60  # lines that are looked at


class Line(Struct):
    """One line of the text, with where it stood."""

    text: str
    block: Block
    mark: int
    prose: bool  # reads like a sentence or more


def without_repeats(page: Page, lines: list[Line], trunk: int) -> list[Line]:
    """Return the lines without labels that stand several times, and prose only once.

    A speaker's label ("[앵커]", "Q:") and a result stand as often as the text needs them. Part of a
    paragraph that a box of its own repeats is a quotation set large.

    Args:
        trunk: the element that holds most of the paragraphs.
    """
    times = Counter(line.text for line in lines)
    seen: set[str] = set()
    kept: list[Line] = []
    for line in lines:
        if times[line.text] > 1 and not _STRUCTURAL.match(line.text):
            if line.text in seen or not (line.prose or line.mark & QUOTE):
                continue
            seen.add(line.text)
        kept.append(line)
    pulled = _pulled(page, kept, trunk)
    return [line for at, line in enumerate(kept) if at not in pulled]


def _pulled(page: Page, lines: Sequence[Line], trunk: int) -> set[int]:
    """Return the places of lines in boxes of their own that another line holds whole."""
    usual = Counter(page.tags[line.block.element] for line in lines).most_common(1)
    tag = usual[0][0] if usual else ""
    apart = [at for at, line in enumerate(lines) if at and _stands_apart(page, line, trunk, tag)]
    if not apart or len(apart) > _MOST_PULLED:
        return set()
    told = {at: key for at in apart if len(key := letters(lines[at].text)) >= _SHORTEST}
    whole = "\n".join(letters(line.text) for line in lines) if told else ""
    return {at for at, key in told.items() if whole.count(key) > 1}


def _stands_apart(page: Page, line: Line, trunk: int, usual: str) -> bool:
    if line.mark & (HEADING | LIST | TABLE):
        return False
    element = line.block.element
    beside = element != trunk and page.parents[element] != trunk
    return bool(line.mark & QUOTE) or beside or page.tags[element] != usual
