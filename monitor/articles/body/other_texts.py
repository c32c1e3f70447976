"""Texts on a page that are not its own story's, told by shape: other stories, comments, slides.

What has a headline of its own beside the page's is another story; what runs on above the headline
was there before it; a row of units with a name first in each is what readers wrote.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import islice

from monitor.articles.body.blocks import Block, Page
from monitor.articles.body.class_hints import CAPTION
from monitor.articles.body.furniture import is_moment
from monitor.articles.body.prose import Prose
from monitor.articles.body.teasers import find_teasers_beside
from monitor.articles.body.threads import find_threads

_OWN_TEXT = 3  # paragraphs below the headline before another headline can end the story
_MOST_HEADLINES = 20
_REACH = 3  # blocks from a thread's heading to its first unit
_LINKED = 0.95
# "3/18", "3 von 18", also with a day behind
_COUNTER = re.compile(
    r"(?:[^\W\d]{2,8} )?\d{1,3}\s?(?:[/／]|[^\W\d]{1,3})\s?(?P<all>\d{1,3})(?:\s.{1,20})?"
)
_MOST_SLIDES = 100
_STEPS = 6  # from a slide's number up to the slide
_HEADLINES = frozenset({"h1", "h2", "h3"})
_HEADINGS = frozenset({"h1", "h2", "h3", "h4"})
_LONGEST_BUTTON = 24  # bytes


def find_other_stories(page: Page, prose: Prose, headline: int) -> frozenset[int]:
    """Return the elements that hold stories with headlines of their own.

    Args:
        headline: number of the block with the page's own headline.
    """
    at = page.blocks[headline].element
    told = _told(page, prose, headline)
    return page.spread([*_articles(page, prose, at), *_headed(page, headline, at, told)])


def find_other_texts(page: Page, prose: Prose, headline: int) -> frozenset[int]:
    """Return the elements that by their shape alone hold other texts than the page's own story.

    Args:
        headline: number of the block with the page's own headline.
    """
    at = page.blocks[headline].element
    told = _told(page, prose, headline)
    found = [
        *_next(page, headline, at, told),
        *_above(page, prose, headline, at),
        *find_threads(page, prose, headline, told),
        *_slides(page, prose, headline),
        *find_teasers_beside(page, prose, headline, _first_told(page, prose, headline)),
    ]
    return page.spread(found)


def _told(page: Page, prose: Prose, headline: int) -> tuple[int, ...]:
    """Return the elements of the first paragraphs that run on below the headline."""
    return tuple(page.blocks[at].element for at in _first_told(page, prose, headline))


def _first_told(page: Page, prose: Prose, headline: int) -> tuple[int, ...]:
    """Return the numbers of the blocks with the first paragraphs that run on below the headline.

    A block that `br` divides holds several.
    """
    running = (
        block.number
        for block in page.blocks[headline + 1 :]
        if prose.groups[block.number] >= 0
        for _ in range(1 + block.text.count("\n"))
    )
    return tuple(islice(running, _OWN_TEXT))


def _articles(page: Page, prose: Prose, at: int) -> Iterator[int]:
    """Yield the `article` elements beside the one around the headline."""
    own = at
    while own >= 0 and not (page.tags[own] == "article" and prose.running[own] > 0):
        own = page.parents[own]
    if own >= 0:
        end = page.last[own]
        for element, tag in enumerate(page.tags):
            if tag == "article" and not own <= element <= end and not page.within(own, element):
                yield element


def _headed(page: Page, headline: int, at: int, told: Sequence[int]) -> Iterator[int]:
    """Yield the elements below the own text that have a headline of the first rank."""
    others = [
        block.element
        for block in page.blocks[headline + 1 :]
        if page.tags[block.element] == "h1" and not page.within(at, block.element)
    ]
    for heading in others[:_MOST_HEADLINES]:
        element = _beside(page, heading, at)
        if element != heading and _before(told, element) >= _OWN_TEXT:
            yield element


def _next(page: Page, headline: int, at: int, told: Sequence[int]) -> Iterator[int]:
    """Yield what follows the own text from a headline on that is a link or bears a time."""
    headings = (
        block
        for block in page.blocks[headline + 1 :]
        if page.tags[block.element] in _HEADLINES and not page.within(at, block.element)
    )
    for block in islice(headings, _MOST_HEADLINES):
        heading = block.element
        element, around = _beside(page, heading, at), page.parents[heading]
        flat = element == heading and page.tags[heading] == "h1"
        if not (flat or _is_twin(page, element, at)) or not _is_dated(page, block):
            continue
        if _before(told, element) >= _OWN_TEXT:
            end = page.last[around] if flat else element
            yield from (
                other
                for other in range(element, end + 1)
                if other == element or page.parents[other] == around
            )
            return


def _is_twin(page: Page, element: int, at: int) -> bool:
    """Tell whether an element is of one kind with the one beside it that holds the headline."""
    own = at
    while own >= 0 and page.parents[own] != page.parents[element]:
        own = page.parents[own]
    alike = page.tags[own] == page.tags[element] and page.names[own] == page.names[element]
    return own >= 0 and alike and bool(page.names[own])


def _is_dated(page: Page, heading: Block) -> bool:
    """Tell whether a headline is a link, or a time stands with it, as with a story's own."""
    near = page.blocks[max(0, heading.number - 1) : heading.number + _REACH]
    return heading.linked > _LINKED or any(is_moment(block.text) for block in near)


def _above(page: Page, prose: Prose, headline: int, at: int) -> Iterator[int]:
    """Yield the elements with running text above the headline, where more runs on below it.

    A heading of a lower rank may be one inside the text that says the same.
    """
    if page.tags[at] != "h1":
        return
    below = sum(
        prose.weights[block.number]
        for block in page.blocks[headline + 1 :]
        if prose.groups[block.number] >= 0
    )
    groups = {prose.groups[block.number] for block in page.blocks[:headline]}
    for group in sorted(group for group in groups if group >= 0)[:_MOST_HEADLINES]:
        if not page.within(at, group):
            element = _beside(page, group, at)
            if prose.running[element] < below:
                yield element


def _slides(page: Page, prose: Prose, headline: int) -> Iterator[int]:
    """Yield the slides of a gallery beside a whole text: each holds its number, "3/18"."""
    counted: dict[str, list[int]] = {}
    for block in page.blocks[headline + 1 :]:
        match = _COUNTER.fullmatch(block.text) if block.size <= _LONGEST_BUTTON else None
        if match:
            counted.setdefault(match["all"], []).append(block.element)
    for elements in counted.values():
        if _OWN_TEXT <= len(elements) <= _MOST_SLIDES:
            slides = [_around(page, element, elements) for element in elements]
            told = (
                block
                for block in page.blocks[headline + 1 :]
                if prose.groups[block.number] >= 0
                and not any(page.within(block.element, slide) for slide in slides)
            )
            if len(list(islice(told, _OWN_TEXT))) == _OWN_TEXT:
                yield from (slide for slide in slides if not page.marks[slide] & CAPTION)


def _around(page: Page, element: int, elements: Sequence[int]) -> int:
    """Return the highest of the next elements around one that holds none of the others."""
    for _ in range(_STEPS):
        around = page.parents[element]
        others = (other for other in elements if not page.within(other, element))
        if around < 0 or any(page.within(other, around) for other in others):
            break
        element = around
    return element


def _beside(page: Page, element: int, at: int) -> int:
    """Return the highest element around another that does not hold the headline."""
    while not page.within(at, page.parents[element]):
        element = page.parents[element]
    return element


def _before(told: Sequence[int], element: int) -> int:
    """Return how many of the own story's first paragraphs stand before an element."""
    return sum(own < element for own in told)
