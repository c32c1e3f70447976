"""The article's text out of an app's script payload, for pages whose elements hold none.

Publishing systems send the story as JSON and let a script draw it: Arc ("Fusion.globalContent"),
Next.js ("__NEXT_DATA__", "self.__next_f"), Nuxt, Apollo and plain "window.STATE = {...}". Scripts
are never run. Every JSON value in them is read, and the list of blocks (or the one long string)
that holds most prose is taken; lists of other stories are told apart by their items having
headlines and addresses of their own. JSON-LD `articleBody` comes last: it has usually lost its
paragraphs.

Readers are bounded: at most `MAX_CHARS` of script text and `MAX_VALUES` JSON values are looked at.
"""

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from selectolax.lexbor import LexborHTMLParser

from monitor.articles.body.blocks import read_blocks
from monitor.text import letters

MAX_CHARS = 4_000_000
MAX_VALUES = 200_000
MAX_TEXT = 400_000  # characters of one string
MAX_NESTING = 200
MAX_FAILURES = 40  # in one script: each costs a count of the lines before it
MAX_DEPTH = 7  # from a block of the list down to its text

_TEXT_KEYS = ("content", "text", "html", "value", "body", "paragraph", "markup", "data")
_BODY_KEYS = frozenset(
    {
        "articlebody",
        "body",
        "content",
        "text",
        "html",
        "bodytext",
        "bodyhtml",
        "articletext",
        "story",
        "contenthtml",
        "articlecontent",
        "maintext",
        "fulltext",
        "description_full",
        "detail",
    }
)
_NO_TEXT = re.compile(
    r"image|photo|video|audio|gallery|caption|credit|^ad$|advert|promo|newsletter|related|interstitial|"
    r"oembed|embed|reference|raw_html|divider|byline|author|tag|share|poll|quiz|podcast",
    re.IGNORECASE,
)
_STORY_KEYS = frozenset(
    {"headline", "headlines", "canonical_url", "slug", "permalink", "canonicalUrl"}
)
_ASSIGNED = re.compile(
    r"=\s{0,8}(?:(?=\{\s{0,8}\"|\[\s{0,8}[{\[\"])|JSON\.parse\(\s{0,8}(?=[\"']))"
)
_FLIGHT = re.compile(r"self\.__next_f\.push\(\s*(?=\[)")
_FLIGHT_ROW = re.compile(r"(?:^|\n)[0-9a-f]{1,4}:(?=[\[{])")
_FLIGHT_TEXT = re.compile(r"(?:^|\n)[0-9a-f]{1,4}:T([0-9a-f]+),")
_NESTING = re.compile(r"<(/?)(?!br|img|hr|p\b|li\b)[a-z]", re.IGNORECASE)
_TAG = re.compile(r"<[^<>]*>")
_UNDEFINED = re.compile(r"(?<=[:,\[])\s?(?:undefined|NaN)(?=[,}\]])")
_SENTENCE = re.compile(r"[.!?…][\"'”’»)\]]*(?:\s|<|$)|[。！？]|다\.")


def read_payload(tree: LexborHTMLParser, title: str = "") -> list[str]:
    """Return the paragraphs the page's scripts hold, or an empty list.

    Args:
        tree: the parsed page with its scripts.
        title: the headline; the text beside it is preferred to other stories' texts.
    """
    best: list[str] = []
    best_score = 0
    budget = MAX_VALUES
    folded = letters(title)
    for value in _values(tree):
        found, score, budget = _best_text(value, folded, budget)
        if score > best_score:
            best, best_score = found, score
        if budget <= 0:
            break
    return best


def split_text(text: str) -> list[str]:
    """Return the paragraphs of a string that may be HTML or plain text."""
    text = text[:MAX_TEXT]
    if _is_deep(text):
        text = _TAG.sub("\n", text)
    if "<" in text and re.search(r"<(?:p|br|div|h\d|li)\b", text, re.IGNORECASE):
        root = LexborHTMLParser(text).body
        if root is None:
            return []
        return [
            line for block in read_blocks(root).blocks for line in block.text.split("\n") if line
        ]
    if "<" in text or "&" in text:
        root = LexborHTMLParser(text).body
        text = root.text() if root is not None else text
    return [line for line in (" ".join(part.split()) for part in text.split("\n")) if line]


def _is_deep(text: str) -> bool:
    """Tell whether markup nests deeper than a story's: parsing that costs depth times length."""
    depth = 0
    for match in _NESTING.finditer(text):
        depth += -1 if match.group(1) else 1
        if depth > MAX_NESTING:
            return True
    return False


def article_body(jsonld: Iterable[Mapping[str, Any]]) -> str:
    """Return the longest `articleBody` of the page's JSON-LD objects, or an empty string."""
    bodies = [item.get("articleBody") for item in jsonld]
    return max((body for body in bodies if isinstance(body, str)), key=len, default="")


def _values(tree: LexborHTMLParser) -> Iterator[Any]:
    """Yield the JSON values that the page's scripts hold or assign."""
    decoder = json.JSONDecoder(strict=False)
    flight: list[str] = []
    left = MAX_CHARS
    for node in tree.css("script"):
        attributes = node.attributes
        kind = attributes.get("type") or ""
        if attributes.get("src") or "ld+json" in kind:
            continue
        text = node.text() or ""
        left -= len(text)
        if len(text) < 200 or left < 0:
            continue
        if "json" in kind:
            yield from _decode(decoder, text.lstrip(), 0)
        elif "__next_f" in text[:300]:
            for match in _FLIGHT.finditer(text):
                flight.extend(
                    value[1]
                    for value in _decode(decoder, text, match.end())
                    if isinstance(value, list) and len(value) > 1 and isinstance(value[1], str)
                )
        else:
            if "undefined" in text:
                text = _UNDEFINED.sub("null", text)
            at, failures = 0, 0
            for match in _ASSIGNED.finditer(text):
                if match.start() < at:
                    continue
                failures += 1
                for value, end in _decode_at(decoder, text, match.end()):
                    at, failures = end, failures - 1
                    if isinstance(value, str):
                        yield from _decode(decoder, value, 0)
                    else:
                        yield value
                if failures > MAX_FAILURES:
                    break
    # Some systems park the story's markup in a form field and move it from there by script.
    for node in tree.css("textarea"):
        text = node.text() or ""
        if len(text) > 300 and "<p" in text:
            yield {"body": text[:MAX_CHARS]}
    if flight:
        stream = "".join(flight)
        for match in _FLIGHT_TEXT.finditer(stream):
            yield {"body": stream[match.end() : match.end() + int(match.group(1)[:6], 16)]}
        for match in _FLIGHT_ROW.finditer(stream):
            yield from _decode(decoder, stream, match.end())


def _decode(decoder: json.JSONDecoder, text: str, at: int) -> Iterator[Any]:
    for value, _ in _decode_at(decoder, text, at):
        yield value


def _decode_at(decoder: json.JSONDecoder, text: str, at: int) -> Iterator[tuple[Any, int]]:
    """Yield the JSON value at an offset and its end; nothing when there is none."""
    try:
        yield decoder.raw_decode(text, at)
    except (ValueError, RecursionError):
        return


def _best_text(value: Any, title: str, budget: int) -> tuple[list[str], int, int]:
    """Return the paragraphs of the list or string with most prose, its score and what is left."""
    best: list[str] = []
    best_score = 0
    stack: list[tuple[Any, str, int]] = [(value, "", 0)]  # value, its key, nearness of the title
    while stack and budget > 0:
        budget -= 1
        item, key, near = stack.pop()
        if isinstance(item, str):
            if len(item) > 300 and key.lower() in _BODY_KEYS and _SENTENCE.search(item):
                score = len(item) * (3 if near else 1)
                if score > best_score:
                    lines = split_text(item)
                    score = _prose(lines) * (3 if near else 1)
                    if score > best_score:
                        best, best_score = lines, score
        elif isinstance(item, dict):
            if title and any(letters(text) == title for text in _headings(item)):
                near = 3
            for name, inner in item.items():
                if isinstance(inner, (dict, list)) or (isinstance(inner, str) and len(inner) > 300):
                    stack.append((inner, str(name), max(0, near - 1) if near < 3 else 2))
        elif isinstance(item, list):
            lines, used = _list_text(item)
            budget -= used
            score = _prose(lines) * (3 if near else 1)
            if score > best_score:
                best, best_score = lines, score
            stack.extend(
                (inner, key, max(0, near - 1)) for inner in item if isinstance(inner, (dict, list))
            )
    return best, best_score, budget


def _headings(item: Mapping[str, Any]) -> Iterator[str]:
    for key in ("headline", "title", "headlines", "name"):
        found = item.get(key)
        if isinstance(found, dict):
            found = found.get("basic")
        if isinstance(found, str) and len(found) < 400:
            yield found


def _list_text(items: Sequence[Any]) -> tuple[list[str], int]:
    """Return the paragraphs of a list of blocks, in order, and how many values were looked at."""
    lines: list[str] = []
    used = 0
    stack: list[tuple[Any, int]] = [(item, 0) for item in reversed(items)]
    while stack and used < 20_000:
        item, depth = stack.pop()
        used += 1
        if isinstance(item, str):
            if depth == 0 and len(item) > 40 and " " in item:
                lines.extend(split_text(item))
            continue
        if depth > MAX_DEPTH:
            continue
        if isinstance(item, list):
            stack.extend(
                (inner, depth + 1) for inner in reversed(item) if isinstance(inner, (dict, list))
            )
        elif isinstance(item, dict):
            if _STORY_KEYS & item.keys():
                continue
            kind = item.get("type") or item.get("__typename") or item.get("kind") or ""
            if isinstance(kind, str) and _NO_TEXT.search(kind):
                continue
            if isinstance(kind, str) and kind.lower() in (
                "paragraph",
                "heading",
                "p",
                "blockquote",
            ):
                text = _joined(item)
                if text:
                    lines.extend(split_text(text))
                continue
            own = next((item[key] for key in _TEXT_KEYS if isinstance(item.get(key), str)), None)
            if own is not None:
                lines.extend(split_text(own))
                continue
            stack.extend(
                (inner, depth + 1)
                for inner in reversed(list(item.values()))
                if isinstance(inner, (dict, list))
            )
    return lines, used


def _joined(item: Mapping[str, Any]) -> str:
    """Return the text of a rich-text node: its own, or its leaves' put together."""
    pieces: list[str] = []
    stack: list[tuple[Any, int]] = [(item, 0)]
    while stack:
        node, depth = stack.pop()
        if isinstance(node, dict):
            own = next((node[key] for key in _TEXT_KEYS if isinstance(node.get(key), str)), None)
            if own is not None:
                pieces.append(own)
            elif depth < MAX_DEPTH:
                stack.extend(
                    (inner, depth + 1)
                    for inner in reversed(list(node.values()))
                    if isinstance(inner, (dict, list))
                )
        elif isinstance(node, list) and depth < MAX_DEPTH:
            stack.extend((inner, depth + 1) for inner in reversed(node))
    return "".join(pieces)


def _prose(lines: Sequence[str]) -> int:
    return sum(len(line) for line in lines if len(line) > 25 and _SENTENCE.search(line + " "))
