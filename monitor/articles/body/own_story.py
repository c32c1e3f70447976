"""Which part of a page is its own story's: the part that the page's headline stands over.

Pages carry other stories in full: the next ones of an endless page, a live ticker, columns beside
the text. Theirs may be longer, so length does not tell. The headline does: the text that shares
the nearest element with it is its own; what has a headline of its own beside that is another's.
"""

from collections.abc import Sequence

from msgspec import Struct

from monitor.articles.body.blocks import Page
from monitor.articles.body.machine_summaries import find_machine_summaries
from monitor.articles.body.other_texts import find_other_stories, find_other_texts
from monitor.articles.body.prose import Prose
from monitor.text import letters

_STEP = 0.88  # what the prose of each further circle around the headline counts
_FARTHEST = 0.5
_ABOVE = 0.8  # what the prose before the headline counts
_MOST_CIRCLES = 8
_RANKS = {"h1": 0, "h2": 1, "h3": 2}
_NO_HEADING = 3
_SHORTEST = 12  # folded letters of a headline that are compared by their beginnings too


class OwnStory(Struct, frozen=True):
    """Where the page's own story stands.

    Attributes:
        headline: number of the block with the headline; -1 when the page does not print it.
        nearness: what each block's prose counts, 1 beside the headline and less farther off.
        foreign: elements that hold other texts, and all elements below them.
        shaped: those of them that were told by their shape alone.
    """

    headline: int
    nearness: Sequence[float]
    foreign: frozenset[int]
    shaped: frozenset[int] = frozenset()


def find_own_story(page: Page, prose: Prose, title: str, *, by_shape: bool = True) -> OwnStory:
    """Find the part of the page that its headline stands over.

    Args:
        title: the headline as read from metadata and headings.
        by_shape: whether to leave out what only its shape tells from the story.
    """
    headline, printed = _headline(page, title)
    if headline < 0:
        return OwnStory(-1, [1.0] * len(page.blocks), frozenset())
    at = page.blocks[headline].element
    circles = _circles(page, prose, at)
    above, below = _nearness(page, circles, _ABOVE), _nearness(page, circles, 1.0)
    nearness = [above[block.element] for block in page.blocks[:headline]]
    nearness += [below[block.element] for block in page.blocks[headline:]]
    foreign = find_other_stories(page, prose, headline)
    foreign |= find_machine_summaries(page, prose, headline)
    shaped = find_other_texts(page, prose, headline) if by_shape and printed else frozenset()
    return OwnStory(headline, nearness, foreign | shaped, shaped - foreign)


def _headline(page: Page, title: str) -> tuple[int, bool]:
    """Return the first block that is the headline, headings of the first rank before others.

    A page's only heading of the first rank stands in for a headline that it prints otherwise; False
    comes with it, and with -1 where there is none.
    """
    first = [block.number for block in page.blocks if page.tags[block.element] == "h1"]
    best, best_rank = (first[0] if len(first) == 1 else -1), 9
    wanted = letters(title)
    if len(wanted) < 4:
        return best, False
    shortest, longest = len(wanted) - 1, len(title) + 20
    largest = 3 * len(title.encode("utf-8", "replace")) + 60
    for block in page.blocks:
        if block.size > largest or block.linked > 0.9:
            continue
        rank = _RANKS.get(page.tags[block.element], _NO_HEADING)
        # What is no heading has to be the headline letter by letter.
        if rank >= best_rank or (rank == _NO_HEADING and not shortest < len(block.text) < longest):
            continue
        text = letters(block.text)
        close = len(wanted) > _SHORTEST and len(text) > _SHORTEST and rank < _NO_HEADING
        if text == wanted or (close and (text in wanted or wanted in text)):
            best, best_rank = block.number, rank
    return best, best_rank <= _NO_HEADING


def _circles(page: Page, prose: Prose, element: int) -> list[int]:
    """Return the elements around the headline that bring in more running text, innermost first."""
    found: list[int] = []
    held = 0.0
    while element >= 0 and len(found) < _MOST_CIRCLES:
        if prose.running[element] > 1.02 * held:
            found.append(element)
            held = prose.running[element]
        element = page.parents[element]
    return found


def _nearness(page: Page, circles: Sequence[int], most: float) -> list[float]:
    """Return what the prose of each element counts for the circles that it lies outside of.

    Args:
        most: what prose counts inside all circles.
    """
    factors = [max(_FARTHEST, most * _STEP ** len(circles))] * len(page.tags)
    for steps in range(len(circles) - 1, -1, -1):
        circle = circles[steps]
        held = page.last[circle] + 1 - circle
        factors[circle : circle + held] = [max(_FARTHEST, most * _STEP**steps)] * held
    return factors
