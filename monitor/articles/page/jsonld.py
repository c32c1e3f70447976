"""Structured data in script tags (JSON-LD 1.1 with schema.org words): what pages say of themselves.

Publishers write graphs, lists, lists in lists, several scripts, and JSON that is none: comments and
CDATA marks around it, raw line feeds in strings, commas before a closing bracket, two objects in a
row, HTML entities for quotes. What can be mended without guessing is mended; of what cannot, the
simple `"key": "value"` pairs that name the article's own fields are still read.
"""

import html
import json
import re
from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

_TYPE = "@type"
Node = Mapping[str, Any]

_LARGEST = 2_000_000  # characters of one script; real ones are far below
_MOST_NODES = 400
_OTHER_STORIES = frozenset({"liveBlogUpdate", "isPartOf", "isRelatedTo", "mentions"})
_ARTICLE = re.compile(r"(?:Article|BlogPosting|Report|LiveBlogPosting|Posting|Review)$")


def read_nodes(scripts: Sequence[str]) -> tuple[Node, ...]:
    """Return every object with an @type in the scripts, outer ones before inner ones.

    Args:
        scripts: texts of the page's `application/ld+json` scripts, in page order.
    """
    nodes: list[Node] = []
    for script in scripts:
        if len(script) > _LARGEST:
            continue
        for value in _parse(script):
            nodes.extend(_walk(value, _MOST_NODES - len(nodes)))
    return tuple(nodes)


def article_node(nodes: Sequence[Node], url: str = "") -> Node:
    """Return the node that describes the page's own article, or an empty one.

    Of several articles (teasers are marked up too) the one whose url is the page's wins, then
    the one with most of headline, datePublished and author, then the first.
    """
    articles = [node for node in nodes if is_article(node)]
    if not articles:
        articles = [
            node
            for node in nodes
            if "VideoObject" not in kinds(node) and ("datePublished" in node or "headline" in node)
        ]
    if not articles:
        return {}
    if len(articles) == 1:
        return articles[0]
    here = _address_key(url)

    def weight(node: Node) -> tuple[bool, int]:
        own = {_address_key(address) for address in _addresses(node)}
        filled = sum(key in node for key in ("headline", "datePublished", "author", "articleBody"))
        return (bool(here) and here in own, filled)

    return max(articles, key=weight)


def is_article(node: Node) -> bool:
    """Tell whether a node is a NewsArticle or one of its kin."""
    return any(_ARTICLE.search(kind) for kind in kinds(node))


def kinds(node: Node) -> tuple[str, ...]:
    """Return the node's types without their vocabulary's url."""
    value = node.get(_TYPE)
    values = value if isinstance(value, list) else [value]
    return tuple(str(kind).rpartition("/")[2] for kind in values if isinstance(kind, str))


def text(value: Any) -> str:
    """Return a literal, or the first literal of a list or language map, unescaped; else ""."""
    for _ in range(3):
        if isinstance(value, list):
            value = value[0] if value else ""
        elif isinstance(value, Mapping):
            value = value.get("@value") or value.get("name") or ""
        else:
            break
    if isinstance(value, int | float) and not isinstance(value, bool):
        return str(value)
    if not isinstance(value, str):
        return ""
    return html.unescape(value) if "&" in value else value


def texts(value: Any) -> Iterator[str]:
    """Yield every literal of a value that may be one thing or a list of them."""
    for item in value if isinstance(value, list) else [value]:
        found = text(item)
        if found:
            yield found


def objects(value: Any) -> Iterator[Node]:
    """Yield a value's objects; a bare name counts as an object with that name."""
    for item in value if isinstance(value, list) else [value]:
        if isinstance(item, Mapping):
            yield item
        elif isinstance(item, str) and item:
            yield {"name": item}
        elif isinstance(item, list):
            for inner in item:
                if isinstance(inner, Mapping):
                    yield inner
                elif isinstance(inner, str) and inner:
                    yield {"name": inner}


def resolve(node: Node, nodes: Sequence[Node]) -> Node:
    """Follow a bare `{"@id": …}` to the node of that id, if the page has it."""
    identity = node.get("@id")
    if identity is None or "name" in node:
        return node
    for other in nodes:
        if other is not node and other.get("@id") == identity and "name" in other:
            return other
    return node


def _addresses(node: Node) -> Iterator[str]:
    for key in ("url", "mainEntityOfPage", "@id"):
        value = node.get(key)
        if isinstance(value, Mapping):
            value = value.get("@id") or value.get("url")
        if isinstance(value, str):
            yield value


def _address_key(url: str) -> str:
    return re.sub(r"^https?://(?:www\.|m\.)?|[?#].*$|/$", "", url.strip().lower())


def _walk(value: Any, limit: int) -> Iterator[Node]:
    queue: deque[Any] = deque([value])
    while queue and limit > 0:
        item = queue.popleft()
        if isinstance(item, dict):
            if _TYPE in item:
                limit -= 1
                yield item
            queue.extend(
                inner
                for key, inner in item.items()
                if isinstance(inner, dict | list) and key not in _OTHER_STORIES
            )
        elif isinstance(item, list):
            queue.extend(inner for inner in item[:_MOST_NODES] if isinstance(inner, dict | list))


# ------------------------------------------------------------------ broken JSON

_DECODER = json.JSONDecoder(strict=False)
_WRAPPING = re.compile(
    r"^\s*(?:<!--|//\s*<!\[CDATA\[|<!\[CDATA\[|/\*.*?\*/)+|(?://\s*)?(?:-->|\]\]>)\s*+;?+\s*+$"
)
_TRAILING_COMMA = re.compile(r",(?=\s*[}\]])")
_BARE_BACKSLASH = re.compile(r'\\(?!["\\/bfnrtu])')
_FIELD = re.compile(
    r'"(headline|datePublished|dateModified|articleSection|inLanguage|description|articleBody)"'
    r'\s*:\s*"((?:[^"\\]|\\.)*)"'
)
_NAMED = re.compile(r'"author"\s*:\s*[\[{][^\]}]{0,1000}?"name"\s*:\s*"((?:[^"\\]|\\.)*)"')
_KIND = re.compile(r'"@type"\s*+:\s*+\[?+\s*+"([A-Za-z]*(?:Article|Posting))"')


def _parse(script: str) -> list[Any]:
    try:
        return [_DECODER.decode(script)]
    except (ValueError, RecursionError):
        pass
    script = _WRAPPING.sub("", script.replace("\x00", "")).strip().rstrip(";")
    if script.startswith(("{&quot;", "[{&quot;")):
        script = html.unescape(script)
    for mended in (script, _TRAILING_COMMA.sub("", _BARE_BACKSLASH.sub(r"\\\\", script))):
        values = _in_a_row(mended)
        if values:
            return values
    return _pairs(script)


def _in_a_row(script: str) -> list[Any]:
    values: list[Any] = []
    at = 0
    while at < len(script) and len(values) < 50:
        try:
            value, at = _DECODER.raw_decode(script, at)
        except (ValueError, RecursionError):
            # What follows a whole object may be anything; a broken first one is for other means.
            return values
        values.append(value)
        while at < len(script) and script[at] in " \t\r\n,;":
            at += 1
    return values


def _pairs(script: str) -> list[Any]:
    kind = _KIND.search(script)
    if kind is None:
        return []
    node: dict[str, Any] = {_TYPE: kind[1]}
    for match in _FIELD.finditer(script, kind.start() if kind.start() < 2000 else 0):
        node.setdefault(match[1], _unquoted(match[2]))
    author = _NAMED.search(script)
    if author:
        node["author"] = {_TYPE: "Person", "name": _unquoted(author[1])}
    return [node]


def _unquoted(literal: str) -> str:
    try:
        return str(_DECODER.decode(f'"{literal}"'))
    except ValueError:
        return literal
