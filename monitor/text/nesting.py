"""Markup in which elements lie no deeper in each other than anybody writes.

Trees cost more than their size where they are deep: some of their readers walk up or down from each
element. The tags that open too deep are dropped, the text stays.
"""

import re
from collections import Counter

_TAG = re.compile(rb"<(/?)([a-zA-Z][a-zA-Z0-9]*)[^<>]*>?")
# They never have an end tag, or may lack it (HTML, 13.1.2), so that they open without end.
_NOT_COUNTED = frozenset(
    {b"area", b"base", b"br", b"col", b"embed", b"hr", b"img", b"input", b"link", b"meta"}
    | {b"source", b"track", b"wbr", b"p", b"li", b"dd", b"dt", b"option", b"tr", b"td", b"th"}
)


def flattened(page: bytes, deepest: int) -> bytes:
    """Drop the tags that open beyond a depth, and their end tags.

    An end tag closes the nearest element of its name and all that are open in it (HTML, 13.2.6.4.7,
    "any other end tag"); where none is open it closes nothing.

    Args:
        page: HTML in a coding that has ASCII for its tags.
        deepest: elements that may be open; those that need no end tag do not count.
    """
    if page.count(b"<") <= deepest:
        return page
    opened: list[bytes] = []
    number: Counter[bytes] = Counter()  # of them, by name
    kept: list[bytes] = []
    at = 0
    for match in _TAG.finditer(page):
        name = match[2].lower()
        if name in _NOT_COUNTED:
            continue
        if not match[1]:
            opened.append(name)
            number[name] += 1
            drop = len(opened) > deepest
        elif number[name]:
            drop = _close(opened, number, name) > deepest
        else:
            continue
        if drop:
            kept.append(page[at : match.start()])
            at = match.end()
    if not kept:
        return page
    kept.append(page[at:])
    return b" ".join(kept)


def _close(opened: list[bytes], number: Counter[bytes], name: bytes) -> int:
    """Take the nearest element of a name off those that are open; return how deep it lay."""
    while True:
        depth, last = len(opened), opened.pop()
        number[last] -= 1
        if last == name:
            return depth
