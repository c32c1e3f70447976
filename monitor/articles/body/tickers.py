"""Tickers: rows of headlines with a clock in front of each, beside the text.

A programme or a chronicle inside the text looks the same; it stands where the paragraphs do.
"""

import re
from collections.abc import Iterator, Sequence

from monitor.articles.body.blocks import Block, Page
from monitor.articles.body.furniture import ends_sentence
from monitor.articles.body.prose import Prose

_CLOCK = re.compile(r"^[0-2]?\d[:：][0-5]\d(?!\d)", re.MULTILINE)
_FEWEST = 3  # lines
_NEARLY_ALL = 0.7  # of a row's lines
_PARAGRAPHS = frozenset({"p", "li", "blockquote"})


def find_tickers(page: Page, prose: Prose, chosen: int) -> frozenset[int]:
    """Return the elements of the tickers below the chosen one."""
    end = page.last[chosen]
    told = [block for block in page.blocks if chosen <= block.element <= end]
    if sum(_clocks(block.text) for block in told) < _FEWEST:
        return frozenset()
    heaviest = max(told, key=lambda block: prose.weights[block.number])
    if not prose.weights[heaviest.number]:
        return frozenset()
    place = heaviest.element
    if page.tags[place] in _PARAGRAPHS or "\n" not in heaviest.text:
        place = page.parents[place]
    rows: dict[int, list[Block]] = {}
    for block in told:
        at = block.element
        row = page.parents[at] if page.tags[at] == "li" else at
        rows.setdefault(row, []).append(block)
    return page.spread(
        row
        for row, blocks in rows.items()
        if _is_ticker(list(_lines(blocks))) and not (page.within(row, place) and row != place)
    )


def _clocks(text: str) -> int:
    """Return how many of a block's lines begin with a clock."""
    return len(_CLOCK.findall(text)) if text[0].isdigit() or "\n" in text else 0


def _lines(blocks: Sequence[Block]) -> Iterator[str]:
    return (line for block in blocks for line in block.text.split("\n"))


def _is_ticker(lines: Sequence[str]) -> bool:
    timed = [line for line in lines if _CLOCK.match(line)]
    several = len(timed) >= _FEWEST and len(timed) >= _NEARLY_ALL * len(lines)
    return several and not any(map(ends_sentence, timed))
