"""Markup in which elements lie no deeper in each other than anybody writes.

Trees cost more than their size where they are deep: some of their readers walk up or down from each
element. The tags that open too deep are dropped, the text stays.
"""

import re
from collections import defaultdict

_TAG = re.compile(rb"<(/?)([a-zA-Z][a-zA-Z0-9]*)[^<>]*>?")
# They never have an end tag, or may lack it (HTML, 13.1.2), so that they open without end.
_NOT_COUNTED = frozenset(
    {b"area", b"base", b"br", b"col", b"embed", b"hr", b"img", b"input", b"link", b"meta"}
    | {b"source", b"track", b"wbr", b"p", b"li", b"dd", b"dt", b"option", b"tr", b"td", b"th"}
)


# What an end tag does not reach across: a lighter element's leaves a heavier one open, as parsers
# have it (libxml2's priorities of end tags; HTML, 13.2.4.2, "special").
_WEIGHTS = {
    **dict.fromkeys(b"article aside blockquote center dl form main nav ol section ul".split(), 1),
    b"div": 2,
    **dict.fromkeys((b"tbody", b"tfoot", b"thead"), 3),
    b"table": 4,
}
_HEAVIEST = 4


def flattened(page: bytes, deepest: int) -> bytes:
    """Drop the tags that open beyond a depth, and their end tags.

    An end tag closes the nearest element of its name and all that are open in it, if none of these
    is heavier; where none is open it closes nothing.

    Args:
        page: HTML in a coding that has ASCII for its tags.
        deepest: elements that may be open; those that need no end tag do not count.
    """
    if page.count(b"<") <= deepest:
        return page
    opened: list[bytes] = []
    by_name: defaultdict[bytes, list[int]] = defaultdict(list)  # places in `opened`
    by_weight: list[list[int]] = [[] for _ in range(_HEAVIEST + 1)]  # likewise
    kept: list[bytes] = []
    at = 0
    for match in _TAG.finditer(page):
        name = match[2].lower()
        if name in _NOT_COUNTED:
            continue
        weight = _WEIGHTS.get(name, 0)
        if match[1]:
            place = by_name[name][-1] if by_name[name] else len(opened)
            heavier = (places[-1] for places in by_weight[weight + 1 :] if places)
            if place == len(opened) or max(heavier, default=-1) > place:
                continue
            while len(opened) > place:
                last = opened.pop()
                by_name[last].pop()
                by_weight[_WEIGHTS.get(last, 0)].pop()
        else:
            place = len(opened)
            opened.append(name)
            by_name[name].append(place)
            by_weight[weight].append(place)
        if place >= deepest:
            kept.append(page[at : match.start()])
            at = match.end()
    if not kept:
        return page
    kept.append(page[at:])
    return b" ".join(kept)
