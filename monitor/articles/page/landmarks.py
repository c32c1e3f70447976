"""The elements that several readers look for, gathered in the one walk over the page.

A query over a page costs about as much as walking over it, and head, headline, times, authors and
lead picture are all looked for among the same elements. Page order is kept, since much depends on
what stands before or after the headline.
"""

from collections import defaultdict

from selectolax.lexbor import LexborHTMLParser, LexborNode

# Elements are landmarks by their tag (`title`, `h1` ...) or for what they are called:
BYLINE = "byline"
DATE = "date"
_HEAD = frozenset({"title", "meta", "link", "script"})
_MOST_PARAGRAPHS = 8  # language and name at the top are sought in no more


class Landmarks:
    """Elements by what they are, in page order."""

    # Two plain lists a kind: objects by the hundred on each page keep the garbage collector busy.
    __slots__ = ("_nodes", "_noted", "_places")

    def __init__(self) -> None:
        self._nodes: dict[str, list[LexborNode]] = defaultdict(list)
        self._places: dict[str, list[int]] = defaultdict(list)
        self._noted = 0

    def note(self, kind: str, node: LexborNode) -> None:
        """Take note of an element, of paragraphs only the first; called in page order."""
        nodes = self._nodes[kind]
        if kind == "p" and len(nodes) == _MOST_PARAGRAPHS:
            return
        self._noted += 1
        nodes.append(node)
        self._places[kind].append(self._noted)

    def of(self, *kinds: str) -> list[LexborNode]:
        """Return the elements of these kinds in page order."""
        found = [kind for kind in kinds if kind in self._nodes]
        if len(found) <= 1:
            return self._nodes[found[0]] if found else []
        places = [place for kind in found for place in self._places[kind]]
        nodes = [node for kind in found for node in self._nodes[kind]]
        return [nodes[at] for at in sorted(range(len(nodes)), key=places.__getitem__)]

    def first(self, kind: str) -> LexborNode | None:
        """Return the first element of a kind, if there is one."""
        return self._nodes[kind][0] if kind in self._nodes else None


def head_landmarks(tree: LexborHTMLParser) -> Landmarks:
    """Return the landmarks of a page outside of its body."""
    found = Landmarks()
    if tree.root is not None:
        found.note("html", tree.root)
    head = tree.head
    node = head.first_child if head is not None else None
    while node is not None:
        tag = node.tag or ""
        if tag in _HEAD:
            found.note(tag, node)
        node = node.next
    return found
