"""What a page declares about itself: meta tags, canonical url, JSON-LD.

Everything is collected in a few CSS queries over the one parse; later readers (title, bylines,
times, section, pictures) work on these values and do not go over the page again. Values are kept
as printed, but cleaned of control and bidi characters and cut to a sane length, since a hostile
page may put a megabyte anywhere.
"""

from collections.abc import Iterable, Iterator, Mapping
from itertools import islice

from msgspec import Struct, field
from selectolax.lexbor import LexborNode

from monitor import urls
from monitor.articles.page import jsonld
from monitor.articles.page.landmarks import Landmarks
from monitor.text import one_line

_LONGEST = 4000  # characters of one meta value
_MOST = 400  # tags of one kind


class Head(Struct, frozen=True):
    """A page's own declarations.

    Attributes:
        meta: lower-case name, property or itemprop of a meta tag -> its contents in page order,
            raw; `contents` and `first` give them cleaned.
        nodes: every JSON-LD object; `article` is the one of the page's own article, or empty.
        canonical: absolute http(s) url, or "".
    """

    url: str
    title_tag: str
    meta: Mapping[str, tuple[str, ...]]
    nodes: tuple[jsonld.Node, ...] = ()
    article: jsonld.Node = field(default_factory=dict)
    canonical: str = ""

    def first(self, *names: str) -> str:
        """Return the first non-empty content of the first of these names that has one."""
        for name in names:
            if name in self.meta:
                for content in self.contents(name):
                    return content
        return ""

    def contents(self, name: str) -> Iterator[str]:
        """Yield the contents of one name that are not empty, cleaned and on one line."""
        for raw in self.meta.get(name, ()):
            content = one_line(raw[:_LONGEST])
            if content:
                yield content


def read_head(landmarks: Landmarks, url: str = "") -> Head:
    """Collect the declarations of a parsed page fetched from `url`."""
    meta: dict[str, list[str]] = {}
    for node in landmarks.of("meta")[:_MOST]:
        attributes = node.attributes
        content = attributes.get("content")
        if not content:
            continue
        for key in ("property", "name", "itemprop"):
            name = attributes.get(key)
            if name:
                meta.setdefault(name.lower().strip(), []).append(content)
                break
    nodes = jsonld.read_nodes(list(_structured(landmarks.of("script"))))
    canonical = _canonical(landmarks, meta, url)
    title = landmarks.first("title")
    return Head(
        url=url,
        title_tag=one_line(title.text()[:_LONGEST]) if title else "",
        meta={name: tuple(values) for name, values in meta.items()},
        nodes=nodes,
        article=jsonld.article_node(nodes, url or canonical),
        canonical=canonical,
    )


def canonical_url(landmarks: Landmarks, url: str = "") -> str:
    """Return the url of the page's canonical link, or ""."""
    for link in landmarks.of("link")[:_MOST]:
        if (link.attributes.get("rel") or "").casefold() == "canonical":
            return urls.absolute(link.attributes.get("href") or "", url)
    return urls.absolute("", url)


def _structured(scripts: Iterable[LexborNode]) -> Iterator[str]:
    for node in islice(scripts, _MOST):
        if "ld+json" in (node.attributes.get("type") or "").lower():
            yield node.text()


def _canonical(landmarks: Landmarks, meta: Mapping[str, list[str]], url: str) -> str:
    found = canonical_url(landmarks, url)
    if not found:
        found = urls.absolute(next(iter(meta.get("og:url", ())), ""), url)
    # A canonical url that is the site's front page is a template's fault.
    parts = urls.split(found)
    return found if parts.path.strip("/") or parts.query else ""


def shown_text(node: LexborNode, longest: int = 2000) -> str:
    """Return an element's text on one line, with a space where a line break or block ends a word.

    Ruby readings (`rt`, `rp`) and scripts inside are left out.
    """
    only = node.first_child
    if only is not None and only.is_text_node and only.next is None:
        return one_line((only.text_content or "")[:longest])
    parts: list[str] = []
    length = 0
    for inner in node.traverse(include_text=True):
        if inner.is_text_node:
            parent = inner.parent
            if parent is not None and parent.tag in {"script", "style", "rt", "rp", "svg"}:
                continue
            text = inner.text_content or ""
            parts.append(text)
            length += len(text)
            if length > longest:
                break
        elif inner.tag in _BREAKING:
            parts.append(" ")
    return one_line("".join(parts)[:longest])


_BREAKING = frozenset({"br", "p", "div", "li", "tr", "td", "h1", "h2", "h3", "h4", "ul", "section"})
