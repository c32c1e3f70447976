"""What readers wrote below a story, told by its shape: units with a name first in each.

A line says that they follow, or all units have the same words (those of a button), or a time beside
the name.
"""

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import islice

from monitor import dates
from monitor.articles.body.blocks import Block, Page
from monitor.articles.body.furniture import announces_comments, ends_sentence, speaks_of_comments
from monitor.articles.body.prose import Prose

_OWN_TEXT = 3  # paragraphs of the story before a thread that nothing announces
_MOST_THREADS = 20  # that are looked at
_FEWEST_UNITS = 4  # of a thread that nothing announces
_FEWEST_DATED, _MOST_UNITS = 2, 200  # units with a time beside the name
_MOST_PARTS = 30  # blocks of one unit, with the answers to it
_REACH = 3  # blocks from a thread's heading to its first unit
_NEARLY_ALL = 0.8  # of a thread's units
_HEADINGS = frozenset({"h1", "h2", "h3", "h4"})
_LONGEST_BUTTON = 24  # bytes
_LONGEST_NAME = 90  # bytes of a reader's name with the time
# "kim 3h", "3시간 전", "5小时前"
_AGE = re.compile(r"\b\d{1,3}\s?(?:[smhdw]|[^\W\d_]{1,7}\s?(?:ago|전|前))$")


def find_threads(page: Page, prose: Prose, headline: int, told: Sequence[int]) -> Iterator[int]:
    """Yield the elements of threads: units alike, a short line first and the same words in each.

    Below a line that announces them they may follow a story of one sentence.

    Args:
        headline: number of the block with the page's own headline.
        told: the elements of the first paragraphs that run on below it.
    """
    yield from _announced(page, prose, headline)
    yield from _dated(page, prose, headline, told)
    looked_at = 0
    for parent, units in _rows(page, prose, headline).items():
        if looked_at >= _MOST_THREADS:
            return
        looked_at += 1
        parts = list(_parts(page, units).values())
        if not all(_may_be_comment(page, prose, unit) for unit in parts):
            continue
        # A live blog may have a short text above its posts, and buttons in each.
        same = _share_words(parts) or all(map(_is_dated, parts))
        below_text = sum(own < parent for own in told) >= _OWN_TEXT
        if (same and below_text) or _is_announced(page, parts[0][0]):
            yield parent


def _rows(page: Page, prose: Prose, headline: int) -> dict[int, list[int]]:
    """Return the elements below the first prose that hold little but units of one tag."""
    at, children = page.blocks[headline].element, dict[int, list[int]]()
    below = (b.element for b in page.blocks[headline + 1 :] if prose.weights[b.number])
    first = next(below, len(page.tags))
    for element in range(first + 1, len(page.tags)):
        parent = page.parents[element]
        if prose.mass[element] and not page.within(at, parent):
            children.setdefault(parent, []).append(element)
    rows: dict[int, list[int]] = {}
    for parent, units in children.items():
        if len(units) < _FEWEST_UNITS:
            continue
        tag = Counter(page.tags[unit] for unit in units).most_common(1)[0][0]
        alike = [unit for unit in units if page.tags[unit] == tag]
        held = sum(prose.mass[unit] for unit in alike)
        if len(alike) >= _FEWEST_UNITS and held >= _NEARLY_ALL * prose.mass[parent]:
            rows[parent] = alike
    return rows


def _announced(page: Page, prose: Prose, headline: int) -> Iterator[int]:
    """Yield the boxes with a line that announces comments and one that may be a reader's below it.

    A box holds none of the story where nothing that reads like prose stands above that line.
    """
    at = page.blocks[headline].element
    labels = (
        block
        for block in page.blocks[headline + 1 :]
        if block.size <= _LONGEST_NAME and speaks_of_comments(block.text)
    )
    for label in islice(labels, _MOST_THREADS):
        above = page.blocks[headline + 1 : label.number]
        told = [block.element for block in above if prose.weights[block.number]]
        if told and _opens_unit(page, prose, label.number + 1, [label.element]):
            box = _apart(page, label.element, [at, told[-1]])
            if box != label.element:
                yield box


def _dated(page: Page, prose: Prose, headline: int, told: Sequence[int]) -> Iterator[int]:
    """Yield the boxes below a text that open with names and times, where they are several."""
    if len(told) < _OWN_TEXT:
        return
    text = [page.blocks[headline].element, told[-1]]
    found = [
        block.element
        for block in page.blocks[headline + 1 :]
        if block.element > told[-1]
        and _opens_unit(page, prose, block.number, text)
        and _is_dated([block])
    ]
    if len(found) >= _FEWEST_DATED:
        yield from (_apart(page, element, text) for element in found[:_MOST_UNITS])


def _opens_unit(page: Page, prose: Prose, number: int, others: Sequence[int]) -> bool:
    """Tell whether a block is a name with what somebody wrote below it in one box.

    Args:
        others: elements that this box does not hold.
    """
    if number + 1 >= len(page.blocks) or not prose.weights[number + 1]:
        return False
    name, said = page.blocks[number : number + 2]
    if not _may_be_name(prose, name) or page.tags[name.element] in _HEADINGS:
        return False
    return page.within(said.element, _apart(page, name.element, others))


def _apart(page: Page, element: int, others: Sequence[int]) -> int:
    """Return the highest element around another that holds none of several others."""
    while not any(page.within(other, page.parents[element]) for other in others):
        element = page.parents[element]
    return element


def _parts(page: Page, units: Sequence[int]) -> dict[int, list[Block]]:
    """Return the blocks of each of several elements, given in page order.

    In broken markup an element's own words may come after those of the elements behind it.
    """
    parts: dict[int, list[Block]] = {unit: [] for unit in units}
    for block in page.blocks:
        at = bisect_right(units, block.element) - 1
        if at >= 0 and block.element <= page.last[units[at]]:
            parts[units[at]].append(block)
    return parts


def _may_be_comment(page: Page, prose: Prose, blocks: Sequence[Block]) -> bool:
    """Tell whether a unit has a name or a time first, then what somebody wrote, in few words.

    The posts of a live blog have headings, or a time alone.
    """
    if not _may_be_name(prose, blocks[0]):
        return False
    headed = any(page.tags[block.element] in _HEADINGS for block in blocks)
    return 1 < len(blocks) <= _MOST_PARTS and not headed


def _may_be_name(prose: Prose, block: Block) -> bool:
    named = block.size <= _LONGEST_NAME and not block.text[0].isdigit()
    return named and not prose.weights[block.number] and not ends_sentence(block.text)


def _is_dated(blocks: Sequence[Block]) -> bool:
    """Tell whether a clock or an age stands behind the name that opens a unit."""
    text = blocks[0].text
    if _AGE.search(text):
        return True
    reading = dates.read(text)  # a day alone opens the parts of a chronicle
    return (
        reading is not None and reading.precision == "instant" and not text.startswith(reading.text)
    )


def _is_announced(page: Page, first: Block) -> bool:
    """Tell whether a line right before a thread's first block says that comments follow."""
    before = page.blocks[max(0, first.number - _REACH) : first.number]
    return any(announces_comments(block.text) for block in before)


def _share_words(parts: Sequence[Sequence[Block]]) -> bool:
    """Tell whether nearly all units have the same words in a block, such as those of a button."""
    times = Counter(
        text
        for blocks in parts
        for text in {block.text for block in blocks[1:] if block.size <= _LONGEST_BUTTON}
        if not any(map(str.isdigit, text))
    )
    return bool(times) and max(times.values()) >= _NEARLY_ALL * len(parts)
