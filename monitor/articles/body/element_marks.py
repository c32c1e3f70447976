"""Which marks hold, and for which elements: a name is evidence, not a verdict.

Marks are inherited from the chosen container down. The doubtful ones, most of them read off class
names, are void where the text itself says otherwise: around the main text, on what holds much of
the container's running text, on a name that most of the paragraphs bear.
"""

import math
from collections.abc import Sequence
from itertools import islice

from msgspec import Struct

from monitor.articles.body.blocks import Page
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
    TABLE,
    TAG_MARKS,
)
from monitor.articles.body.prose import Prose

DOUBTFUL = FRAME | FURNITURE | BYLINE | CAPTION | FIGURE | HIDDEN | COMMENTS | INSET | PULLED
_COUNTED = HIDDEN | FURNITURE | INSET
# Marks that tell against an element when the container is chosen.
NOISE = DOUBTFUL & ~(INSET | PULLED)
# Elements whose names are those of single paragraphs, not of boxes.
_TEXT_TAGS = frozenset({"p", "h2", "h3", "h4", "ul", "ol", "li", "blockquote"})
# Of the running text, in one hidden box or in several; more is a story that a script will show.
_MOST_HIDDEN = (0.6, 0.4)
_FEWEST_BESIDE = 2  # paragraphs
_MOST_HEADLINES = 50
_MOST = 0.6  # of the prose, in elements of one name
_LEVELS = 4  # of elements around a block that say something of it
# What editors set among the paragraphs; boxes of furniture are no such elements.
_RANKED = frozenset({"h2", "h3", "h4", "blockquote"})


class MainText(Struct, frozen=True):
    """The running text that must be the article's; names around it are void.

    Attributes:
        group: the element that holds its paragraphs; -1 when the page has no such text.
        around: that element and those above it.
        names: what most of the paragraphs are called.
        wrappers: boxes around single paragraphs, where most paragraphs have one, and the posts of a
            live blog.
    """

    group: int = -1
    around: frozenset[int] = frozenset()
    names: frozenset[str] = frozenset()
    wrappers: frozenset[int] = frozenset()


def trust(mark: int) -> float:
    """Return what prose counts that stands in an element with this mark."""
    if mark & (COMMENTS | HEADING):
        return 0.0
    if mark & (FRAME | FURNITURE | HIDDEN):
        return 0.15
    if mark & (CAPTION | BYLINE):
        return 0.3
    return 0.6 if mark & (LIST | TABLE) else 1.0


def marks_below(
    page: Page,
    container: int,
    prose: Prose,
    main: MainText | None = None,
    *,
    share: float = 2.0,
    by_name: bool = True,
) -> Sequence[int]:
    """Return the marks each element below `container` has or inherits from within it.

    Args:
        main: the main text; doubtful marks around it are void.
        share: marks of what holds more than this part of the running text are void; above 1: none.
        by_name: whether to believe class names at all; comments are told by them all the same.
    """
    judge = _Judge(page, container, prose, main or MainText(), share)
    own, parents, tags = page.marks, page.parents, page.tags
    below = [0] * len(tags)
    inherited = ~BODY
    for element in range(container + 1, page.last[container] + 1):
        mark = own[element]
        if not mark:
            below[element] = below[parents[element]] & inherited
            continue
        if mark & HEADING:
            mark &= ~INSET
        if mark & DOUBTFUL:
            mark &= ~judge.void(element, mark)
            if not by_name and not mark & COMMENTS:
                mark &= ~DOUBTFUL | TAG_MARKS.get(tags[element], 0) | HIDDEN
        if mark & POST and tags[element] == "blockquote":
            below[element] = QUOTE | POST
        else:
            below[element] = mark | (below[parents[element]] & inherited)
    return below


def marks_around(page: Page, element: int, main: MainText) -> int:
    """Return the marks of an element and the nearest around it, but for those of the main text."""
    marks = 0
    for _ in range(_LEVELS):
        if element < 0 or element in main.around:
            break
        marks |= page.marks[element]
        element = page.parents[element]
    return marks


class _Judge:
    """Says which doubtful marks of an element are void."""

    def __init__(
        self, page: Page, container: int, prose: Prose, main: MainText, share: float
    ) -> None:
        self.page, self.prose, self.main = page, prose, main
        mass = prose.mass[container]
        self.running = prose.running[container] or mass
        self.much = share * self.running or math.inf
        start, end = container + 1, page.last[container] + 1
        alike: dict[str, float] = {}
        hidden: list[int] = []
        for element, mark in enumerate(page.marks[start:end], start):
            if mark & _COUNTED:
                if mark & HIDDEN:
                    hidden.append(element)
                name = _name(page, element)
                if mark & (FURNITURE | INSET) and prose.mass[element] and name:
                    alike[name] = alike.get(name, 0.0) + prose.mass[element]
        # Names whose elements hold much together, and those whose elements hold most.
        self.several = {name for name, held in alike.items() if held > share * mass > 0}
        self.most = {name for name in self.several if alike[name] > _MOST * mass}
        self.shown_later = self._is_shown_later(hidden)
        tags = page.tags[start:end]
        headlines = [at for at, tag in enumerate(tags, start) if tag == "h1" or tag == "main"]
        self.headlines = headlines[:_MOST_HEADLINES]
        # One `article` alone is no card among others, if it does not stand among paragraphs.
        self.article = tags.index("article") + start if tags.count("article") == 1 else -1
        if self.article >= 0 and self._stands_among_paragraphs(self.article):
            self.article = -1

    def _is_shown_later(self, elements: Sequence[int]) -> bool:
        """Tell whether the hidden elements hold the story, or the rest of it."""
        hidden, boxes, end = 0.0, 0, -1
        for element in elements:
            if element > end:
                hidden += self.prose.running[element]
                boxes += self.prose.running[element] > 0
                end = self.page.last[element]
        return hidden > _MOST_HIDDEN[boxes > 1] * self.running

    def _stands_among_paragraphs(self, element: int) -> bool:
        """Tell whether paragraphs stand right beside an element."""
        page, weights = self.page, self.prose.weights
        around = page.parents[element]
        beside = (b for b in page.blocks if page.parents[b.element] == around and weights[b.number])
        return len(list(islice(beside, _FEWEST_BESIDE))) == _FEWEST_BESIDE

    def void(self, element: int, mark: int) -> int:
        """Return the marks of an element that say nothing about its text."""
        page, main = self.page, self.main
        if element in main.around or element in main.wrappers:
            return DOUBTFUL
        if main.names and self._is_common(element):
            return DOUBTFUL
        if mark & COMMENTS:
            # Long comments outweigh a short item; what holds the headline is no comment.
            last = page.last[element]
            holds = any(element < headline <= last for headline in self.headlines)
            return DOUBTFUL if holds else 0
        void = HIDDEN if self.shown_later else 0
        void |= INSET if element == self.article else 0
        if page.parents[element] == main.group:
            # What unfolds among the paragraphs is the story's.
            void |= FURNITURE if page.tags[element] in _RANKED else 0
            void |= INSET if page.tags[element] == "details" else 0
        much = mark & BODY or self.prose.running[element] > self.much
        if not mark & FRAME and (much or (self.several and self._is_one_of_many(element))):
            void |= DOUBTFUL & ~HIDDEN
        return void

    def _is_common(self, element: int) -> bool:
        """Tell whether most paragraphs of the main text have this name."""
        name = self.page.names[element]
        return name in self.main.names and self.page.within(element, self.main.group)

    def _is_one_of_many(self, element: int) -> bool:
        """Tell whether the elements of this one's name hold much together."""
        name = _name(self.page, element)
        return name in self.several and (name in self.most or self.page.tags[element] in _TEXT_TAGS)


def _name(page: Page, element: int) -> str:
    """Return what an element is called; questions that unfold are alike without a name."""
    tag = page.tags[element]
    return page.names[element] or (tag if tag == "details" else "")
