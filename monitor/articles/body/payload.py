"""The article's text out of a script's JSON, for pages whose elements hold none.

The text is known by its shape, whatever its key is called: a string, or a list of blocks, that
reads like prose, near the headline. Of several the one with most prose is taken; what stands in the
object that bears the page's headline counts several times. Lists of other stories are told apart by
their items having headlines and urls of their own.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any

from msgspec import Struct, field
from selectolax.lexbor import LexborHTMLParser

from monitor.articles.body.script_values import parked_values, script_values
from monitor.text import letters, markup, one_line
from monitor.text.language import EAST_ASIAN

MAX_VALUES = 200_000
MAX_DEPTH = 7  # from a block of the list down to its text
_SHORTEST = 120  # bytes of a string that may be the whole text
_TELLING = 12  # characters of words that tell one script from others
_NEAR = 3  # values below the object with the page's headline whose texts count more
_MORE = (1, 3, 6, 6)  # how much more, by nearness

_TEXT_KEYS = ("content", "text", "html", "value", "body", "paragraph", "markup", "data")
_NO_TEXT = re.compile(
    r"image|photo|video|audio|gallery|caption|credit|^ad$|advert|promo|newsletter|related|interstitial|"
    r"oembed|embed|reference|raw_html|divider|byline|author|tag|share|poll|quiz|podcast|"
    r"licen[cs]e|legal|policy|terms|disclaimer|copyright|style|script|message|bio$",
    re.IGNORECASE,
)
_HEADINGS = ("headline", "title", "headlines", "name", "heading", "subject")
_ADDRESSES = ("url", "canonical_url", "canonicalUrl", "slug", "permalink", "href", "link")
# Most objects have none of these keys, which one look at all of an object's keys tells.
_ANY_TEXT, _ANY_HEADING = frozenset(_TEXT_KEYS), frozenset(_HEADINGS)
_ANY_HEADLINE = frozenset(_HEADINGS[:3])
_PARAGRAPHS = frozenset({"paragraph", "heading", "p", "blockquote"})
_SENTENCE = re.compile(r"[.!?…][\"'”’»)\]]*(?:\s|<|$)|[。！？]|다\.")
_EAST = re.compile(f"[{EAST_ASIAN}]{{4}}")


class Payload(Struct, frozen=True):
    """What the scripts hold of the story.

    Attributes:
        lines: its paragraphs.
        headed: they stand beside the page's headline.
        bearer: the object with the headline, empty when there is none.
    """

    lines: list[str]
    headed: bool
    bearer: Mapping[str, Any]

    def headline_in(self, title: str) -> str:
        """Return the headline that the bearer gives where it is `title` without head or tail."""
        whole = one_line(title)
        told = (one_line(text) for text in _headings(self.bearer))
        parts = (text for text in told if _is_phrase(text) and text != whole)
        inner = (text for text in parts if whole.startswith(text) or whole.endswith(text))
        return max(inner, key=len, default="")


def read_payload(
    tree: LexborHTMLParser, title: str = "", *, shown: str = "", headed: bool = False
) -> Payload:
    """Return the text that the page's scripts hold.

    Args:
        tree: the parsed page with its scripts.
        title: the headline; the text beside it is preferred to other stories' texts.
        shown: how the text begins that the page's elements hold; a script that holds more of it has
            these words or the headline.
        headed: only look at scripts in which the headline stands.
    """
    search = _Search(letters(title))
    wanted = [text for text in (title, shown) if len(text) >= _TELLING] if shown or headed else []
    search.look_at(script_values(tree, wanted))
    if not (headed or search.headed):
        search.look_at(parked_values(tree))
    return Payload(search.best, search.headed, search.bearer)


def article_body(jsonld: Iterable[Mapping[str, Any]]) -> str:
    """Return the longest `articleBody` of the page's JSON-LD objects, or an empty string."""
    bodies = [item.get("articleBody") for item in jsonld]
    return max((body for body in bodies if isinstance(body, str)), key=len, default="")


class _Search(Struct):
    """The text with most prose seen so far."""

    title: str  # folded
    left: int = MAX_VALUES
    best: list[str] = field(default_factory=list)
    headed: bool = False  # `best` stands beside the page's headline
    bearer: Mapping[str, Any] = field(default_factory=dict)  # the object with the headline
    score: int = 0

    def look_at(self, values: Iterable[Any]) -> None:
        """Look through JSON values as long as there is time for them."""
        for value in values:
            self.look_through(value)
            if self.left <= 0:
                break

    def look_through(self, value: Any) -> None:
        """Look at everything in a JSON value."""
        stack: list[tuple[Any, int]] = [(value, 0)]  # value, nearness of the headline
        while stack and self.left > 0:
            self.left -= 1
            item, near = stack.pop()
            if isinstance(item, dict):
                stack.extend(self._inner(item, near))
            elif isinstance(item, list):
                self._offer(self._list_text(item), near)
                below = max(0, near - 1)
                stack.extend((inner, below) for inner in item if isinstance(inner, (dict, list)))
            elif isinstance(item, str) and _reads_like_prose(item):
                # Splitting costs, and a shorter string cannot win.
                longest = 3 * len(item) * _MORE[near]
                self._offer([*markup.paragraphs(item)] if longest > self.score else [], near)

    def _inner(self, item: Mapping[str, Any], near: int) -> Iterator[tuple[Any, int]]:
        if self.title and any(self._is_title(text) for text in _headings(item)):
            near = _NEAR
            if len(item) > len(self.bearer):
                self.bearer = item
        for key, inner in item.items():
            if isinstance(inner, str):
                if len(inner) >= _SHORTEST // 3 and not _names_no_text(key):
                    yield inner, near
            elif isinstance(inner, (dict, list)):
                yield inner, 2 if near == _NEAR else max(0, near - 1)

    def _is_title(self, text: str) -> bool:
        folded = letters(text)
        if folded == self.title:
            return True
        shorter = min(folded, self.title, key=len)
        return _is_phrase(shorter) and (folded in self.title or self.title in folded)

    def _offer(self, lines: list[str], near: int) -> None:
        score = _prose(lines) * _MORE[near]
        if score > self.score:
            self.best, self.headed, self.score = lines, near > 0, score

    def _list_text(self, items: Sequence[Any]) -> list[str]:
        """Return the paragraphs of a list of blocks, in order."""
        lines: list[str] = []
        told = [item for item in reversed(items) if isinstance(item, (str, dict, list))]
        stack: list[tuple[Any, int]] = [(item, 0) for item in told]
        self.left -= len(items) - len(told)
        for _ in range(20_000):
            if not stack:
                break
            self.left -= 1
            item, depth = stack.pop()
            if isinstance(item, str):
                if depth == 0 and _reads_like_text(item):
                    lines.extend(markup.paragraphs(item))
            elif depth > MAX_DEPTH:
                continue
            elif isinstance(item, list):
                stack.extend((inner, depth + 1) for inner in _held(reversed(item)))
            elif isinstance(item, dict):
                text = _block_text(item)
                if text is None:
                    inner = _held(item.values())
                    stack.extend((value, depth + 1) for value in reversed(inner))
                elif text:
                    lines.extend(markup.paragraphs(text))
        return lines


def _held(values: Iterable[Any]) -> list[Any]:
    """Return the objects and lists among JSON values."""
    return [value for value in values if isinstance(value, (dict, list))]


@lru_cache(maxsize=1024)  # a payload has few names, each in many objects
def _names_no_text(name: str) -> bool:
    return _NO_TEXT.search(name) is not None


def _block_text(item: Mapping[str, Any]) -> str | None:
    """Return the text of a block; "" for what is none, None when its inner values may tell."""
    if _is_story(item):
        return ""
    kind = item.get("type") or item.get("__typename") or item.get("kind") or ""
    if kind and isinstance(kind, str) and _names_no_text(kind):
        return ""
    if isinstance(kind, str) and kind.lower() in _PARAGRAPHS:
        return _joined(item)
    own = _own_text(item)
    if own is not None:
        return own
    told = [
        value
        for key, value in item.items()
        if isinstance(value, str) and _reads_like_text(value) and not _names_no_text(key)
    ]
    return max(told, key=len) if told else None


def _own_text(item: Mapping[str, Any]) -> str | None:
    """Return the text of an object's own key for text; None where it has no such key."""
    if _ANY_TEXT.isdisjoint(item):
        return None
    return next((item[key] for key in _TEXT_KEYS if isinstance(item.get(key), str)), None)


def _is_story(item: Mapping[str, Any]) -> bool:
    """Tell whether a block is another story: it has a headline and a url of its own."""
    if _ANY_HEADLINE.isdisjoint(item):
        return False
    headed = any(isinstance(item.get(key), (str, dict)) for key in _HEADINGS[:3])
    return ("headlines" in item or "headline" in item) or (
        headed and any(isinstance(item.get(key), str) for key in _ADDRESSES)
    )


def _headings(item: Mapping[str, Any]) -> Iterator[str]:
    for key, found in item.items():
        named = key in _ANY_HEADING
        if named and isinstance(found, dict):
            found = next((text for text in found.values() if isinstance(text, str)), None)
        if isinstance(found, str) and len(found) < 400 and (named or _is_phrase(found)):
            yield found


def _is_phrase(text: str) -> bool:
    """Tell whether a string is long enough for a headline; East Asian ones have fewer letters."""
    return len(text) > _TELLING or len(text.encode("utf-8", "replace")) > 2 * _TELLING


def _joined(item: Mapping[str, Any]) -> str:
    """Return the text of a rich-text node: its own, or its leaves' put together."""
    pieces: list[str] = []
    stack: list[tuple[Any, int]] = [(item, 0)]
    while stack:
        node, depth = stack.pop()
        if isinstance(node, dict):
            own = _own_text(node)
            if own is not None:
                pieces.append(own)
            elif depth < MAX_DEPTH:
                inner = _held(node.values())
                stack.extend((value, depth + 1) for value in reversed(inner))
        elif isinstance(node, list) and depth < MAX_DEPTH:
            stack.extend((inner, depth + 1) for inner in reversed(node))
    return "".join(pieces)


def _reads_like_prose(text: str) -> bool:
    """Tell whether a string may be a whole text: long enough, and in sentences."""
    if len(text) < _SHORTEST and len(text.encode("utf-8", "replace")) < _SHORTEST:
        return False
    return _reads_like_text(text) and _SENTENCE.search(text) is not None


def _reads_like_text(text: str) -> bool:
    """Tell words from identifiers, urls and codes."""
    start = text[:400]
    if start.startswith(("http", "/", "data:", "function", "{", "[")) or len(start) < 12:
        return False
    return start.count(" ") * 14 > len(start) or _EAST.search(start) is not None


def _prose(lines: Sequence[str]) -> int:
    """Return the bytes of a text's sentences; 0 when it is half something else."""
    prose = whole = 0
    for line in lines:
        size = len(line.encode("utf-8", "replace"))
        whole += size
        prose += size if len(line) > 12 and _SENTENCE.search(line + " ") else 0
    return prose if 2 * prose > whole else 0
