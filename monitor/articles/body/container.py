"""Which element holds the article's text.

Each block that reads like prose lends its weight to the elements above it, less at each step up.
The heaviest element is the first guess; it is widened to an ancestor as long as that brings in
more prose than furniture (texts split over sibling containers, with an insert between).
"""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from monitor.articles.body.blocks import Block, Page
from monitor.articles.body.class_hints import (
    BODY,
    BYLINE,
    CAPTION,
    COMMENTS,
    FIGURE,
    FRAME,
    FURNITURE,
    HEADING,
    HIDDEN,
    INSET,
    LIST,
    POST,
    PULLED,
    QUOTE,
    STANDFIRST,
    TABLE,
)

DECAY = 0.72
STEPS = 7
EXTRA = 0.2
ANCHOR = 250.0  # as much as a paragraph of a thousand bytes
_SENTENCE = re.compile(r"[.!?…।][\"'”’»”)\]]*(?:\s|$)|[。！？]|다\.")

# Marks that are void on an element which holds much of the prose it is judged against.
DOUBTFUL = FRAME | FURNITURE | BYLINE | CAPTION | FIGURE | HIDDEN | COMMENTS | INSET | PULLED

# Marks that tell against an element when the container is chosen.
NOISE = DOUBTFUL & ~(INSET | PULLED)
# Elements whose names are those of single paragraphs, not of boxes.
TEXT_TAGS = frozenset({"p", "h2", "h3", "h4", "ul", "ol", "li", "blockquote"})


@dataclass(frozen=True, slots=True)
class Choice:
    """The chosen element and what is known of it."""

    element: int
    skipped: frozenset[int]  # elements directly below it that are none of the article
    mass: Sequence[float]  # prose at or below each element


def prose_weight(block: Block) -> float:
    """Return how much a block reads like prose; 0 for menus, headings and short lines."""
    if block.linked > 0.5 or block.size < 30:
        return 0.0
    if block.size < 90 and _SENTENCE.search(block.text) is None:
        return 0.0
    return float(block.size**0.8) * (1.0 - block.linked)


def prose_mass(page: Page, weights: Sequence[float]) -> list[float]:
    """Return the prose at or below each element."""
    mass = [0.0] * len(page.tags)
    for block, weight in zip(page.blocks, weights, strict=True):
        mass[block.element] += weight
    parents = page.parents
    for element in range(len(mass) - 1, 0, -1):
        above = parents[element]
        if above >= 0:
            mass[above] += mass[element]
    return mass


def marks_below(page: Page, container: int, mass: Sequence[float], share: float) -> dict[int, int]:
    """Return the marks each element below `container` has or inherits from within it.

    The doubtful marks of an element that holds more than `share` of the container's prose say
    nothing about that prose ("has-sidebar", "page-with-comments") and are dropped; so are those of
    a name that many small elements bear which hold as much together (`<p class="paywall">`).
    """
    end = page.last[container] + 1
    own, parents, names = page.marks, page.parents, page.names
    limit = share * mass[container]
    by_name: dict[str, float] = {}
    for element in range(container + 1, end):
        if own[element] & (FURNITURE | HIDDEN | INSET) and names[element]:
            name = names[element]
            by_name[name] = by_name.get(name, 0.0) + mass[element]
    headlines = [at for at, tag in enumerate(page.tags) if tag in ("h1", "main")]
    below = {container: 0}
    for element in range(container + 1, end):
        mark = own[element]
        if not mark:
            below[element] = below[parents[element]] & ~BODY
            continue
        if mark & HEADING:
            mark &= ~INSET
        if mark & DOUBTFUL:
            held = mass[element]
            alike = by_name.get(names[element], 0.0)
            if page.tags[element] in TEXT_TAGS or alike > 0.6 * mass[container]:
                held = max(held, alike)
            if mark & COMMENTS:
                # Long comments outweigh a short item; what holds the headline is no comment.
                void = any(element < at <= page.last[element] for at in headlines)
            elif mark & FRAME:
                void = held > 0.85 * mass[container] > 0
            else:
                void = held > limit > 0 or bool(mark & BODY)
            if void:
                mark &= ~DOUBTFUL
        if mark & POST and page.tags[element] == "blockquote":
            below[element] = QUOTE | POST
        else:
            below[element] = mark | (below[parents[element]] & ~BODY)
    return below


def given_container(page: Page, element: int) -> Choice:
    """Return an element named by a site profile as the container."""
    mass = prose_mass(page, [prose_weight(block) for block in page.blocks])
    return Choice(element, frozenset(), mass)


def choose_container(page: Page, openings: Sequence[str] = ()) -> Choice | None:
    """Return the element that holds the article, or None when the page has no prose.

    Args:
        page: the page's blocks.
        openings: how the article begins by the page's own metadata (description, JSON-LD
            articleBody); a block that holds one of them is an anchor.
    """
    blocks = page.blocks
    if not blocks:
        return None
    weights = _without_copies(blocks, [prose_weight(block) for block in blocks])
    mass = prose_mass(page, weights)
    marks = marks_below(page, 0, mass, 0.5)
    parents = page.parents
    anchors = [opening[:30] for opening in openings if len(opening.encode()) > 30]
    scores: dict[int, float] = {}
    adjusted: list[float] = []
    for block, weight in zip(blocks, weights, strict=True):
        if not weight:
            adjusted.append(0.0)
            continue
        mark = marks[block.element]
        if mark & (COMMENTS | HEADING):
            weight = 0.0
        elif mark & (FRAME | FURNITURE | HIDDEN):
            weight *= 0.15
        elif mark & (CAPTION | BYLINE):
            weight *= 0.3
        elif mark & (LIST | TABLE):
            weight *= 0.6
        adjusted.append(weight)
        if (
            anchors
            and not mark & (NOISE | HEADING | STANDFIRST)
            and any(anchor in block.text for anchor in anchors)
        ):
            weight += ANCHOR
        element = block.element
        if page.tags[element] in ("p", "li", "blockquote", "pre"):
            element = parents[element]
        for _ in range(STEPS):
            if element < 0:
                break
            scores[element] = scores.get(element, 0.0) + weight
            weight *= DECAY
            element = parents[element]
    if not scores:
        return None
    for element in scores:
        if page.marks[element] & BODY:
            scores[element] *= 1.4
    best = max(scores, key=lambda element: (scores[element], element))

    good, bad = _sums(page, adjusted, marks)
    element, skipped = _widen(page, best, good, bad, mass, marks)
    return Choice(element, skipped, mass)


def _without_copies(blocks: Sequence[Block], weights: list[float]) -> list[float]:
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
    page: Page, weights: Sequence[float], marks: Mapping[int, int]
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
    mass: Sequence[float],
    marks: Mapping[int, int],
) -> tuple[int, frozenset[int]]:
    """Return the element that holds the whole article, and the children of it to leave out."""
    parents, names, tags, last = page.parents, page.names, page.tags, page.last
    at = branch = best
    skipped: frozenset[int] = frozenset()
    left: list[int] = []
    closed = False
    for level in range(6):
        branch, at = at, parents[at]
        closed = closed or tags[branch] in ("article", "main")
        if at <= 0:
            break
        joined: list[int] = []
        extra = 0.0
        child = at + 1
        while child <= last[at]:
            if child != branch:
                noise = marks[child] & NOISE
                alike = tags[child] == tags[branch] and _alike(names[child], names[branch])
                if alike and mass[child] > 0.7 * bad[child] and not noise & COMMENTS:
                    joined.append(child)
                    extra += mass[child]
                elif not noise and level < 3 and good[child] > 3 * bad[child] and not closed:
                    joined.append(child)
                    extra += good[child]
                elif noise or bad[child]:
                    left.append(child)
            child = last[child] + 1
        if extra > EXTRA * good[best]:
            best, skipped = at, frozenset(left)
    return best, skipped


def _alike(one: str, other: str) -> bool:
    """Tell whether two elements share most of their class names (all but a hash or a number)."""
    if not one or not other:
        return False
    if one == other:
        return True
    first, second = set(one.split()), set(other.split())
    shared = first & second
    return len(shared) >= 2 and 2 * len(shared) > max(len(first), len(second))
