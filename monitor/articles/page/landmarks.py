"""The elements that several readers look for, gathered in the one walk over the page.

A query over a page costs about as much as walking over it, and head, headline, times, authors and
lead picture are all looked for among the same elements. Page order is kept, since much depends on
what stands before or after the headline.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain

from selectolax.lexbor import LexborHTMLParser, LexborNode

Found = tuple[str, LexborNode]
# Elements are landmarks by their tag (`title`, `h1` ...) or for what they are called:
BYLINE = "byline"
DATE = "date"
_HEAD = frozenset({"title", "meta", "link", "script"})


class Landmarks:
    """Elements by what they are, in page order."""

    def __init__(self, found: Iterable[Found]) -> None:
        self._by_kind: dict[str, list[tuple[int, LexborNode]]] = defaultdict(list)
        for number, (kind, node) in enumerate(found):
            self._by_kind[kind].append((number, node))

    def of(self, *kinds: str) -> list[LexborNode]:
        """Return the elements of these kinds in page order."""
        lists: list[Sequence[tuple[int, LexborNode]]] = [self._by_kind.get(k, ()) for k in kinds]
        if len(lists) == 1:
            return [node for _, node in lists[0]]
        return [node for _, node in sorted(chain(*lists), key=lambda found: found[0])]

    def first(self, kind: str) -> LexborNode | None:
        """Return the first element of a kind, if there is one."""
        found = self._by_kind.get(kind)
        return found[0][1] if found else None


def head_landmarks(tree: LexborHTMLParser) -> Iterator[Found]:
    """Yield the landmarks of a page outside of its body."""
    if tree.root is not None:
        yield "html", tree.root
    node = tree.head.first_child if tree.head is not None else None
    while node is not None:
        tag = node.tag or ""
        if tag in _HEAD:
            yield tag, node
        node = node.next
