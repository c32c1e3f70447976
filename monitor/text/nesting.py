"""Markup in which elements lie no deeper in each other than anybody writes.

Trees cost more than their size where they are deep: some of their readers walk up or down from each
element. The tags that open too deep are dropped, the text stays.
"""

import re

_TAG = re.compile(rb"<(/?)([a-zA-Z][a-zA-Z0-9]*)[^<>]*>?")
# They never have an end tag, or may lack it (HTML, 13.1.2), so that they open without end.
_NOT_COUNTED = frozenset(
    {b"area", b"base", b"br", b"col", b"embed", b"hr", b"img", b"input", b"link", b"meta"}
    | {b"source", b"track", b"wbr", b"p", b"li", b"dd", b"dt", b"option", b"tr", b"td", b"th"}
)


def flattened(page: bytes, deepest: int) -> bytes:
    """Drop the tags that open beyond a depth.

    Args:
        page: HTML in a coding that has ASCII for its tags.
        deepest: elements that may be open; those that need no end tag do not count.
    """
    if _depth(page) <= deepest:
        return page
    depth = 0
    kept: list[bytes] = []
    at = 0
    for match in _TAG.finditer(page):
        name = match[2].lower()
        if name in _NOT_COUNTED:
            continue
        depth = max(0, depth - 1) if match[1] else depth + 1
        if depth > deepest:
            kept.append(page[at : match.start()])
            at = match.end()
    kept.append(page[at:])
    return b" ".join(kept)


def _depth(page: bytes) -> int:
    """Return how many elements are open at most: few pages are deep, and counting is cheap."""
    depth = most = 0
    for closing, name in _TAG.findall(page):
        if name.lower() in _NOT_COUNTED:
            continue
        if closing:
            depth = depth - 1 if depth else 0
        else:
            depth += 1
            if depth > most:
                most = depth
    return most
