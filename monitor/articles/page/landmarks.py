"""The elements that several readers look for, found in one query.

A query over a page costs about as much however few tags it names, and head, headline, times,
standfirst and lead picture are all looked for among the same ones. Page order is kept, since much
depends on what stands before or after the headline.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from selectolax.lexbor import LexborHTMLParser, LexborNode

_QUERY = (
    'html, title, meta, link[rel="canonical" i], script[type*="ld+json" i],'
    " h1, h2, h3, p, time, figcaption"
)


@dataclass(frozen=True, slots=True)
class Landmarks:
    """Tags and elements in page order."""

    elements: Sequence[tuple[str, LexborNode]]

    def of(self, *tags: str) -> list[LexborNode]:
        """Return the elements of these tags in page order.

        `link` are canonical urls alone, `script` structured data alone.
        """
        return [node for tag, node in self.elements if tag in tags]

    def first(self, tag: str) -> LexborNode | None:
        """Return the first element of a tag, if there is one."""
        return next((node for name, node in self.elements if name == tag), None)


def find_landmarks(tree: LexborHTMLParser) -> Landmarks:
    """Query a parsed page once for all elements of these kinds."""
    return Landmarks([(node.tag or "", node) for node in tree.css(_QUERY)])
