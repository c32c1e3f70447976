"""Summaries that a machine made of the story, set above its text.

They say again what the text says, and may be wrong. A line says who made them, in front of their
points or behind them; it stands in one box with them, or their list follows it.
"""

import re
from collections.abc import Iterator

from monitor.articles.body.blocks import Block, Page
from monitor.articles.body.prose import Prose

_MACHINE = re.compile(r"(?<![A-Za-z])AI(?![A-Za-z])|인공지능|人工智能|人工智慧|人工知能")
_LONGEST_LINE = 200  # bytes of a line that says who made a summary
_LONGEST_LABEL = 30  # bytes of one above a summary that is no list
_LONGEST = 1500  # bytes of a box
_REACH = 12  # blocks from the headline to such a line
_STEPS = 4  # elements around the line


def find_machine_summaries(page: Page, prose: Prose, headline: int) -> frozenset[int]:
    """Return the elements of machines' summaries between a headline and its text.

    Args:
        headline: number of its block; where it speaks of such machines itself, so may any line.
    """
    if _MACHINE.search(page.blocks[headline].text):
        return frozenset()
    return page.spread(_boxes(page, prose, headline))


def _boxes(page: Page, prose: Prose, headline: int) -> Iterator[int]:
    at = page.blocks[headline].element
    for block in page.blocks[headline + 1 : headline + 1 + _REACH]:
        if block.size > _LONGEST_LINE or block.linked or not _MACHINE.search(block.text):
            continue
        if page.tags[block.element] != "li":
            yield from _around(page, prose, block, at)


def _around(page: Page, prose: Prose, line: Block, at: int) -> Iterator[int]:
    """Yield the box in which a line stands with a summary, or the line and the list below it."""
    element, parent = line.element, page.parents[line.element]
    for _ in range(_STEPS):
        if parent < 0 or page.within(at, parent):
            break
        held = [block for block in page.blocks if page.within(block.element, parent)]
        if sum(block.size for block in held) > _LONGEST:
            break
        if len(held) > 1:
            listed = any(page.tags[block.element] == "li" for block in held)
            if listed or (line.size <= _LONGEST_LABEL and prose.mass[parent]):
                yield parent
                return
        element, parent = parent, page.parents[parent]
    following = page.last[element] + 1
    if following < len(page.tags) and page.tags[following] in ("ul", "ol"):
        yield from (element, following)
