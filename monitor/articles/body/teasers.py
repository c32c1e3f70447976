"""Boxes that lead to other stories: several of one kind, each a linked headline over a sentence.

What they are called does not matter. A text may be made of such boxes itself (a digest of the day);
then they hold much of its prose and are no teasers, unless a page has nothing but short ones.
"""

from collections import Counter
from collections.abc import Collection, Sequence

from monitor.articles.body.blocks import Block, Page
from monitor.articles.body.prose import Prose
from monitor.articles.body.relevance import KIN, kinship

_LINKED = 0.95
_SHORTEST = 14  # bytes of a headline
_STEPS = 3  # from a headline up to its box
_FEWEST = 2
_MOST = 0.5  # of the container's prose
_ALL = 0.95  # of it, on a page that only lists stories
_LIST = 4  # teasers of such a page at least
_TEASER = 250  # bytes; the parts of a digest or of a list of products say more
_HEADLINES = frozenset({"h2", "h3", "h4", "h5", "h6"})


def find_teasers(page: Page, chosen: int, prose: Prose) -> frozenset[int]:
    """Return the elements of the teasers below the chosen one."""
    boxes: dict[int, tuple[int, str, str]] = {}
    for block in page.blocks:
        headline = block.linked > _LINKED and block.size >= _SHORTEST
        if not headline or page.tags[block.element] not in _HEADLINES:
            continue
        box = page.parents[block.element]
        for _ in range(_STEPS):
            if not chosen < box <= page.last[chosen]:
                break
            if prose.mass[box] or _says_more(page, block, box):
                boxes[box] = (page.parents[box], page.tags[box], page.names[box])
                break
            box = page.parents[box]
    kinds = Counter(boxes.values())
    found = [box for box, kind in boxes.items() if kinds[kind] >= _FEWEST]
    held = sum(prose.mass[box] for box in found)
    if _MOST * prose.mass[chosen] < held < _ALL * prose.mass[chosen]:
        return frozenset()
    if held >= _ALL * prose.mass[chosen] and not _are_short(prose, found):
        return frozenset()
    return page.spread(found)


def find_teasers_beside(page: Page, prose: Prose, headline: int, told: Sequence[int]) -> list[int]:
    """Return the teasers that stand apart from a text: a column longer than the text itself.

    Args:
        headline: number of its block.
        told: numbers of the first paragraphs below it that run on.
    """
    found = _short_rows(page, prose)
    covered = page.spread(found)
    own = [at for at in told if page.blocks[at].element not in covered]
    places = {prose.groups[at] for at in own}
    if found and len(own) < _FEWEST:
        places = {_flash(page, prose, headline, covered)}
    if not places or places == {-1}:
        return []
    # The parts of a digest stand where its opening does.
    places |= {_article_around(page, place) for place in places}
    return [box for box in found if not any(page.within(box, at) for at in places if at >= 0)]


def _short_rows(page: Page, prose: Prose) -> list[int]:
    """Return the boxes that stand in rows of one kind, each a linked headline over a sentence."""
    rows: dict[tuple[int, str, str], list[int]] = {}
    for block in page.blocks:
        if block.linked > _LINKED and block.size >= _SHORTEST:
            box = _short_box(page, block, prose)
            row = rows.setdefault((page.parents[box], page.tags[box], page.names[box]), [])
            if box > 0 and box not in row[-1:]:
                row.append(box)
    return [box for row in rows.values() if len(row) >= _LIST for box in row]


def _flash(page: Page, prose: Prose, headline: int, besides: Collection[int]) -> int:
    """Return the element of a first paragraph that by itself is the headline's, -1 of none."""
    below = page.blocks[headline + 1 :]
    told = (b for b in below if prose.weights[b.number] and b.element not in besides)
    first = next(told, None)
    if first is None or kinship([first.text], page.blocks[headline].text, ()) < KIN:
        return -1
    return first.element


def _article_around(page: Page, element: int) -> int:
    """Return the `article` element in which another one lies, -1 where it lies in none."""
    while element >= 0 and page.tags[element] != "article":
        element = page.parents[element]
    return element


def _short_box(page: Page, headline: Block, prose: Prose) -> int:
    """Return the box of a linked headline and a sentence or two, 0 where there is none."""
    at = headline.element
    box = page.parents[at] if page.tags[at] in _HEADLINES else at
    for _ in range(_STEPS):
        if box <= 0 or prose.mass[box]:
            break
        box = page.parents[box]
    return box if box > 0 and 0 < prose.mass[box] <= _TEASER**0.8 else 0


def _says_more(page: Page, headline: Block, box: int) -> bool:
    """Tell whether a box holds another text right before or behind a headline."""
    beside = page.blocks[max(0, headline.number - 1) : headline.number + 2]
    return any(page.within(block.element, box) for block in beside if block is not headline)


def _are_short(prose: Prose, boxes: Sequence[int]) -> bool:
    """Tell whether the boxes of a page that has no other text say no more than teasers do."""
    return len(boxes) >= _LIST and max(prose.mass[box] for box in boxes) <= _TEASER**0.8
