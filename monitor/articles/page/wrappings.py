"""Markup in which a parser without scripts or frames finds no text, though every browser shows it.

* A declarative shadow root (`<template shadowrootmode=open>`, HTML 4.12.3) becomes an element, and
  what its host holds goes into its slots.
* What a page of frames shows where there are none (`noframes`) becomes its text.
"""

import re

from selectolax.lexbor import LexborHTMLParser, LexborNode

_TEMPLATE = re.compile(rb"<(/?)template\b([^<>]*)>", re.IGNORECASE)
_ROOT = re.compile(rb"\bshadowrootmode\b", re.IGNORECASE)
_MARK = "data-shadow-root"
_MOST_ROOTS, _MOST_SLOTS = 60, 500
_FRAMES = re.compile(rb"</?(?:frameset|frame|noframes)\b[^<>]*>", re.IGNORECASE)
_REACH = 8_000  # bytes in which a page says that it is made of frames


def without_frames(page: bytes) -> bytes:
    """Return a page's markup with what it shows without frames in their place."""
    return _FRAMES.sub(b"", page) if b"<frameset" in page[:_REACH].lower() else page


def fill_slots(tree: LexborHTMLParser) -> None:
    """Put what the hosts of shadow roots hold where their slots are."""
    left = _MOST_SLOTS
    for root in tree.css(f"[{_MARK}]")[:_MOST_ROOTS]:
        for slot in root.css("slot")[:left]:
            left -= 1
            if root.parent is not None and _root_of(slot) == root.mem_id:
                _fill(slot, root.parent, root.mem_id)


def with_roots(page: bytes) -> bytes:
    """Return a page's markup with its shadow roots as elements; `fill_slots` does the rest."""
    opened: list[bool] = []  # whether each open template is a shadow root

    def rewrite(match: re.Match[bytes]) -> bytes:
        if match[1]:
            return b"</div>" if opened and opened.pop() else match[0]
        opened.append(_ROOT.search(match[2]) is not None)
        return f"<div {_MARK}>".encode() if opened[-1] else match[0]

    return _TEMPLATE.sub(rewrite, page)


def _root_of(slot: LexborNode) -> int:
    """Return the number of the shadow root that a slot belongs to, 0 where there is none."""
    node = slot.parent
    while node is not None and _MARK not in node.attributes:
        node = node.parent
    return node.mem_id if node is not None else 0


def _fill(slot: LexborNode, host: LexborNode, root: int) -> None:
    name, node = slot.attributes.get("name") or "", host.first_child
    while node is not None:
        following = node.next
        if node.is_text_node:
            if not name and (text := node.text_content or "").strip():
                slot.insert_before(text)
                node.decompose()
        elif node.mem_id != root and (node.attributes.get("slot") or "") == name:
            slot.insert_before(node)
            node.decompose()
        node = following
