"""Which running text is the article's, whatever the elements around it are called.

Names lower a text's chances, but a text that no other comes near to is the article: a body that
lies in "tone-comment", "widget-content" or "nav_body" has no rival, while readers' comments, rules
of a forum and notes on cookies stand farther from the headline or are shorter.
"""

from collections import Counter
from collections.abc import Mapping, Sequence

from monitor.articles.body.blocks import Page, unnumbered
from monitor.articles.body.class_hints import COMMENTS
from monitor.articles.body.element_marks import NOISE, MainText, marks_below, trust
from monitor.articles.body.own_story import OwnStory
from monitor.articles.body.prose import Prose

_DOUBTED = 0.35  # the least that a text counts for its names
_FEWEST_POSTS = 3  # without a name
_LINKED = 0.95
_HEADLINES = frozenset({"h2", "h3", "h4", "h5", "h6"})
_MOST_COMMENTS = 50.0  # what comments count at most: as much as two short paragraphs


def find_main_text(page: Page, prose: Prose, story: OwnStory) -> MainText:
    """Find the page's main text.

    Args:
        prose: how much prose each element holds.
        story: where the page's own headline stands.
    """
    if not page.blocks:
        return MainText()
    marks = marks_below(page, 0, prose)
    scores: dict[int, float] = {}
    left = page.blocks if story.shaped else ()
    own = Counter(prose.groups[b.number] for b in left if b.element not in story.shaped)
    for block, weight in zip(page.blocks, prose.weights, strict=True):
        if not weight:
            continue
        group = prose.groups[block.number]
        # A paragraph that only other stories stand beside does not run on with them.
        if group < 0 or (story.shaped and own[group] == 1 and group != block.element):
            group = page.parents[block.element]
            weight *= trust(marks[block.element])
        if block.element in story.shaped or group in story.foreign:
            continue
        if group >= 0:
            near = story.nearness[block.number]
            weight *= near * near * max(_DOUBTED, trust(marks[group]))
            scores[group] = scores.get(group, 0.0) + weight
    if not scores:
        return MainText()
    told = _first_told(page, prose, marks, story)
    for group in scores:
        if marks[group] & COMMENTS and told < group:
            scores[group] = min(scores[group], _MOST_COMMENTS)
    group = _heaviest(page, scores)
    around: list[int] = []
    element = group
    while element >= 0:
        around.append(element)
        element = page.parents[element]
    return MainText(
        group,
        frozenset(around),
        _common_names(page, prose, group),
        _wrappers(page, prose, group) | _posts(page, prose, story, around),
    )


def _heaviest(page: Page, scores: Mapping[int, float]) -> int:
    """Return the text with the highest score, parts that stand side by side taken together."""
    places: dict[tuple[int, str], float] = {}
    for group, score in scores.items():
        place = page.parents[group], page.tags[group]
        places[place] = places.get(place, 0.0) + score
    return max(
        scores, key=lambda group: (places[page.parents[group], page.tags[group]], scores[group])
    )


def _first_told(page: Page, prose: Prose, marks: Sequence[int], story: OwnStory) -> int:
    """Return the first element after the headline that holds a text of no doubtful name."""
    for block in page.blocks[story.headline + 1 :]:
        group = prose.groups[block.number]
        if group >= 0 and not marks[block.element] & NOISE:
            return group
    return len(page.tags)


def _common_names(page: Page, prose: Prose, group: int) -> frozenset[str]:
    """Return the names that most of a group's paragraphs bear."""
    names: Counter[str] = Counter()
    for block in page.blocks:
        if prose.groups[block.number] == group and block.element != group:
            names[page.names[block.element]] += block.size
    whole = sum(names.values())
    return frozenset(name for name, size in names.items() if name and size > 0.5 * whole)


def _wrappers(page: Page, prose: Prose, group: int) -> frozenset[int]:
    """Return the boxes around single paragraphs, where most paragraphs of a group have one."""
    held: dict[int, int] = {}
    for block in page.blocks:
        element = block.element
        if page.within(element, group) and element != group:
            while page.parents[element] != group:
                element = page.parents[element]
            alone = prose.groups[block.number] == group and element != block.element
            held[element] = held.get(element, 0) + (1 if alone else 2)
    single = [element for element, blocks in held.items() if blocks == 1]
    return frozenset(single) if 2 * len(single) > len(held) else frozenset()


def _posts(page: Page, prose: Prose, story: OwnStory, around: Sequence[int]) -> frozenset[int]:
    """Return the posts of a live blog, and the list items around them.

    They are `article` elements of one name side by side below the page's headline. The main text
    stands in one of them, or in their list where each of them has a single paragraph.
    """
    if story.headline < 0:
        return frozenset()
    place, name = _place_of_posts(page, story, around)
    if place < 0:
        return frozenset()
    posts = [
        element
        for element in range(place + 1, page.last[place] + 1)
        if page.tags[element] == "article"
        and _list_around(page, element) == place
        and prose.mass[element]
        and unnumbered(page.names[element]) == name
    ]
    if (not name and len(posts) < _FEWEST_POSTS) or _are_cards(page, posts):
        return frozenset()
    items = (page.parents[post] for post in posts)
    return frozenset(posts).union(item for item in items if item != place)


def _are_cards(page: Page, posts: Sequence[int]) -> bool:
    """Tell whether most of several elements have a headline that is a link: other stories."""
    headed = {
        post
        for block in page.blocks
        if block.linked > _LINKED and page.tags[block.element] in _HEADLINES
        for post in posts
        if page.within(block.element, post)
    }
    return 2 * len(headed) > len(posts)


def _place_of_posts(page: Page, story: OwnStory, around: Sequence[int]) -> tuple[int, str]:
    """Return the element in which posts stand, -1 where there is none, and what they are called."""
    headline, group = page.blocks[story.headline].element, around[0]
    below = range(max(group, headline) + 1, page.last[group] + 1)
    inner = (at for at in below if page.tags[at] == "article" and _list_around(page, at) == group)
    outer = (at for at in around if page.tags[at] == "article")
    post = next(inner, next(outer, -1))
    if post <= headline:
        return -1, ""
    return _list_around(page, post), unnumbered(page.names[post])


def _list_around(page: Page, element: int) -> int:
    """Return the element that holds a post beside the others, an item of a list not counted."""
    parent = page.parents[element]
    return page.parents[parent] if page.tags[parent] == "li" else parent
