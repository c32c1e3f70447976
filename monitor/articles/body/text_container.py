"""Which element holds the article's text.

Each block that reads like prose lends its weight to the elements above it, less at each step up.
The heaviest element is the first guess; it is widened to an ancestor as long as that brings in
more prose than furniture (texts split over sibling containers, with an insert between).
"""

import re
from collections import Counter
from collections.abc import Sequence

from msgspec import Struct

from monitor.articles.body.blocks import Block, Page
from monitor.articles.body.class_hints import (
    BODY,
    BYLINE,
    CAPTION,
    COMMENTS,
    FIGURE,
    HEADING,
    STANDFIRST,
)
from monitor.articles.body.element_marks import NOISE, MainText, marks_below, trust
from monitor.articles.body.own_story import OwnStory
from monitor.articles.body.prose import Prose

DECAY = 0.72
STEPS = 7
EXTRA = 0.2
_NEAR = 3  # levels on which elements are joined that are not of one kind
_MOST_LEVELS = 6  # of elements with other texts beside the one below
_NUMBERED = re.compile(r"\d")  # a post's own id
ANCHOR = 250.0  # as much as a paragraph of a thousand bytes


class Choice(Struct, frozen=True):
    """The chosen element and what is known of it."""

    element: int
    skipped: frozenset[int]  # elements below it, with all below them, that are none of the article


def choose_container(
    page: Page, prose: Prose, story: OwnStory, main: MainText, openings: Sequence[str] = ()
) -> Choice | None:
    """Return the element that holds the article, or None when the page has no prose.

    Args:
        page: the page's blocks.
        prose: how much prose each element holds.
        story: where the page's own headline stands.
        main: the page's main text.
        openings: how the article begins by the page's own metadata (description, JSON-LD
            articleBody); a block that holds one of them is an anchor.
    """
    if not page.blocks:
        return None
    marks = marks_below(page, 0, prose, main)
    weights = _without_copies(page.blocks, prose.weights)
    adjusted = [
        weight * trust(marks[block.element]) * near
        if weight and block.element not in story.foreign
        else 0.0
        for block, weight, near in zip(page.blocks, weights, story.nearness, strict=True)
    ]
    scores = _scores(page, adjusted, _anchors(page, prose, marks, openings))
    if not scores:
        return None
    own = main.around & scores.keys()
    best = max(own or scores, key=lambda element: (scores[element], element))
    if page.tags[best] == "blockquote" and page.parents[best] >= 0:
        best = page.parents[best]  # somebody introduces what is quoted
    good, bad = _sums(page, adjusted, marks)
    element, skipped = _widen(page, best, good, bad, prose, marks)
    return Choice(element, skipped | story.foreign)


def _anchors(page: Page, prose: Prose, marks: Sequence[int], openings: Sequence[str]) -> set[int]:
    """Return the blocks of prose with which the article begins by its metadata."""
    wanted = [opening[:30] for opening in openings if len(opening.encode()) > 30]
    if not wanted:
        return set()
    return {
        block.number
        for block in page.blocks
        if prose.weights[block.number]
        and not marks[block.element] & (NOISE | HEADING | STANDFIRST)
        and any(opening in block.text for opening in wanted)
    }


def _scores(page: Page, weights: Sequence[float], anchors: set[int]) -> dict[int, float]:
    """Let each block lend its weight to the elements above it, less at each step up."""
    scores: dict[int, float] = {}
    for block, weight in zip(page.blocks, weights, strict=True):
        if block.number in anchors:
            weight += ANCHOR
        elif not weight:
            continue
        element = block.element
        if page.tags[element] in ("p", "li", "blockquote", "pre"):
            element = page.parents[element]
        for _ in range(STEPS):
            if element < 0:
                break
            scores[element] = scores.get(element, 0.0) + weight
            weight *= DECAY
            element = page.parents[element]
    for element in scores:
        if page.marks[element] & BODY:
            scores[element] *= 1.4
    return scores


def _without_copies(blocks: Sequence[Block], weights: Sequence[float]) -> Sequence[float]:
    """Return the weights with those of texts that stand twice on the page (tickers) made small.

    A page that holds most of its prose twice has the article twice, for two widths of screen.
    """
    times = Counter(block.text for block, weight in zip(blocks, weights, strict=True) if weight > 0)
    if len(times) == sum(times.values()):
        return weights
    twice = [
        weight if weight and times[block.text] > 1 else 0.0
        for block, weight in zip(blocks, weights, strict=True)
    ]
    if sum(twice) > 0.7 * sum(weights):
        return weights
    return [
        0.1 * weight if copied else weight for weight, copied in zip(weights, twice, strict=True)
    ]


def _sums(
    page: Page, weights: Sequence[float], marks: Sequence[int]
) -> tuple[list[float], list[float]]:
    """Return, for each element, the prose and the other text at or below it."""
    count = len(page.tags)
    good, bad = [0.0] * count, [0.0] * count
    for block, weight in zip(page.blocks, weights, strict=True):
        if weight:
            good[block.element] += weight
        elif block.linked > 0.5:
            bad[block.element] += block.size**0.8
        elif not marks[block.element] & (CAPTION | BYLINE | HEADING | FIGURE):
            bad[block.element] += 0.5 * block.size**0.8
    parents = page.parents
    for element in range(count - 1, 0, -1):
        above = parents[element]
        good[above] += good[element]
        bad[above] += bad[element]
    return good, bad


def _widen(
    page: Page,
    best: int,
    good: Sequence[float],
    bad: Sequence[float],
    prose: Prose,
    marks: Sequence[int],
) -> tuple[int, frozenset[int]]:
    """Return the element that holds the whole article, and the children of it to leave out."""
    parents, tags, last = page.parents, page.tags, page.last
    at = branch = best
    skipped: frozenset[int] = frozenset()
    left: list[int] = []
    closed = False
    level = 0
    while level < _MOST_LEVELS:
        branch, at = at, parents[at]
        closed = closed or tags[branch] in ("article", "main")
        if at <= 0:
            break
        if good[at] + bad[at] <= good[branch] + bad[branch]:
            continue  # an element around nothing else brings it no farther away
        extra = 0.0
        child = at + 1
        while child <= last[at]:
            if child != branch:
                noise = marks[child] & NOISE
                # Farther off a line by itself is the page's.
                runs_on = level == 0 or (level < _NEAR and prose.running[child] > 0)
                if _is_part(page, child, branch, prose.mass[child], bad[child], noise):
                    extra += prose.mass[child]
                elif runs_on and not (noise or closed) and good[child] > 3 * bad[child]:
                    extra += good[child]
                elif noise or bad[child]:
                    left.append(child)
            child = last[child] + 1
        if extra > EXTRA * good[best]:
            best, skipped = at, frozenset(left)
        level += 1
    return best, page.spread(skipped)


def _is_part(page: Page, child: int, branch: int, mass: float, bad: float, noise: int) -> bool:
    """Tell whether an element is of one kind with the one beside it that holds the text."""
    tag = page.tags[child]
    alike = tag == page.tags[branch] and _alike(page.names[child], page.names[branch], tag)
    return alike and mass > 0.7 * bad and not noise & COMMENTS


def _alike(one: str, other: str, tag: str) -> bool:
    """Tell whether two elements share most of their class names (all but a hash or a number)."""
    if not one or not other:
        return False
    if one == other:
        return True
    first, second = set(one.split()), set(other.split())
    shared = first & second
    if tag == "article" and shared == {
        name for name in first | second if not _NUMBERED.search(name)
    }:
        return bool(shared)
    return len(shared) >= 2 and 2 * len(shared) > max(len(first), len(second))
