"""The JSON that a page's scripts hold, however they hand it over.

Publishing systems send the story as JSON and let a script draw it: in a script of type JSON, as an
assigned value, as the argument of any call (`….push({…})`, `render("x", {…})`), as a string given
to `JSON.parse`, percent-encoded or in base 64, in pieces (`self.__next_f`), in an element's
attribute, in a form field. Scripts are never run. Where an object is no JSON (bare keys, functions)
its long strings are still read.

Readers are bounded: at most `MAX_CHARS` of text and `MAX_FAILURES` false starts a script.
"""

import json
import re
from base64 import b64decode
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Any
from urllib.parse import unquote

from selectolax.lexbor import LexborHTMLParser

from monitor.articles.body.flat_values import is_flat, restored

MAX_CHARS = 4_000_000
MAX_FAILURES = 40  # in one script: each costs a count of the lines before it
_SHORTEST = 200  # characters of a script or an attribute that may hold a story
_WINDOW = 16  # characters
_LONG = 150  # characters of a string that may be a story by itself
_MOST_ELEMENTS = 20_000

# Where a value may begin: behind an assignment, a key, a comma or the bracket of a call.
_START = re.compile(r"[=(:,\[]\s{0,8}(?=\{\s{0,8}[\"}]|\[\s{0,8}[{\[\"])")
_ENCODED = re.compile(
    r"\b(?P<how>JSON\.parse|decodeURIComponent|unescape|atob)\(\s{0,8}"
    r"(?:(?:JSON\.parse|decodeURIComponent|unescape|escape|atob)\(\s{0,8}){0,3}"
    r"(?:\"(?P<double>(?:[^\"\\]|\\.)*)\"|'(?P<single>(?:[^'\\]|\\.)*)'|`(?P<tick>[^`]*)`)",
    re.DOTALL,
)
_CALLS = ("JSON.parse(", "decodeURIComponent(", "unescape(", "atob(")
_CALL = re.compile(r"(?:JSON\.parse|decodeURIComponent|unescape|atob)\(")
_LITERAL = re.compile(
    # An escaped quotation mark opens nothing.
    rf"(?<!\\)(?:\"((?>[^\"\\\n]|\\.){{{_LONG},}}+)\"|'((?>[^'\\\n]|\\.){{{_LONG},}}+)')"
    rf"|`([^`]{{{_LONG},}}+)`"
)
_FLIGHT = re.compile(r"self\.__next_f\.push\(\s*(?=\[)")
_FLIGHT_ROW = re.compile(r"(?:^|\n)[0-9a-f]{1,4}:(?=[\[{])")
_FLIGHT_TEXT = re.compile(r"(?:^|\n)[0-9a-f]{1,4}:T([0-9a-f]+),")
_UNDEFINED = re.compile(r"(?<=[:,\[])\s?(?:undefined|NaN)(?=[,}\]])")
_ESCAPE = re.compile(r"\\(?:u([0-9a-fA-F]{4})|x([0-9a-fA-F]{2})|(.))", re.DOTALL)
_BASE64 = re.compile(r"[A-Za-z0-9+/]{200,}={0,2}")
_CONTROL = {"n": "\n", "r": "\n", "t": " ", "b": "", "f": ""}
_DECODER = json.JSONDecoder(strict=False)


def script_values(tree: LexborHTMLParser, wanted: Sequence[str] = ()) -> Iterator[Any]:
    """Yield the JSON values that a page's scripts hold.

    Args:
        wanted: texts of which a script has to hold a part, plain or escaped; none for all scripts.
    """
    windows: set[str] = set() if wanted else {""}
    for text in wanted:
        half = len(text) // 2
        windows |= {text[:_WINDOW], text[half : half + _WINDOW], text[-_WINDOW:]}
    windows |= {json.dumps(window)[1:-1] for window in windows}
    flight: list[str] = []
    left = MAX_CHARS
    for node in tree.css("script"):
        attributes = node.attributes
        kind = attributes.get("type") or ""
        if attributes.get("src") or "ld+json" in kind:
            continue
        text = node.text() or ""
        left -= len(text)
        if left < 0:
            break
        plain = any(window in text for window in windows)
        if "__next_f" in text[:300]:
            flight.extend(_flight_pieces(text))
        elif len(text) < _SHORTEST or not (plain or _hands_on(text)):
            continue
        elif "json" in kind:
            for value in _decode(text.lstrip(), 0):
                yield restored(value) if is_flat(value) else value
        else:
            yield from _script(text)
    if flight:
        yield from _flight_values("".join(flight))


def parked_values(tree: LexborHTMLParser) -> Iterator[Any]:
    """Yield what scripts will fetch from elsewhere on the page: form fields and attributes."""
    yield from _fields(tree)
    yield from _attributes(tree)


def _script(text: str) -> Iterator[Any]:
    """Yield the values in a script's text; its long strings when none of them is JSON."""
    found = False
    for value in _encoded(text):
        found = True
        yield value
    if "undefined" in text:
        text = _UNDEFINED.sub("null", text)
    at = failures = 0
    for match in _START.finditer(text):
        if match.start() < at:
            continue
        failures += 1
        for value, end in _decode_at(text, match.end()):
            # A short value may be a false start inside a larger one that is no JSON.
            found = found or end - match.end() > _LONG
            at, failures = end, failures - 1
            yield value
        if failures > MAX_FAILURES:
            break
    if not found or failures:
        for match in _LITERAL.finditer(text):
            yield {"text": _unescaped(match[1] or match[2] or match[3] or "")}


def _encoded(text: str) -> Iterator[Any]:
    """Yield the values that are handed to `JSON.parse` or a decoder as a string."""
    for match in _handed_on(text):
        literal = match["double"] or match["single"] or match["tick"] or ""
        if len(literal) < _SHORTEST:
            continue
        literal = _unescaped(literal)
        yield from _decode(_plain(literal).lstrip(), 0)


def _hands_on(text: str) -> bool:
    """Tell whether a string is handed to `JSON.parse` or a decoder."""
    return next(_handed_on(text), None) is not None


def _handed_on(text: str) -> Iterator[re.Match[str]]:
    """Yield the calls that are given a string; they are sought where a call's name stands."""
    end = 0
    for call in _CALL.finditer(text) if any(name in text for name in _CALLS) else ():
        if call.start() >= end and (match := _ENCODED.match(text, call.start())):
            end = match.end()
            yield match


def _plain(text: str) -> str:
    """Undo percent-encoding and base 64."""
    if "%7B" in text[:60] or "%5B" in text[:60] or "%22" in text[:60]:
        return unquote(text)
    if _BASE64.fullmatch(text):
        try:
            return unquote(b64decode(text).decode("utf-8", "replace"))
        except ValueError:
            return text
    return text


def _unescaped(literal: str) -> str:
    """Return the text of a JavaScript string literal."""
    if "\\" not in literal:
        return literal
    try:
        return str(_DECODER.decode(f'"{literal}"'))
    except ValueError:
        return _ESCAPE.sub(_character, literal)


def _character(match: re.Match[str]) -> str:
    code = match[1] or match[2]
    if code:
        return chr(int(code, 16))
    return _CONTROL.get(match[3], match[3])


def _flight_pieces(text: str) -> Iterator[str]:
    # A script holds one piece, a few at most; a hundred thousand are there to keep us busy.
    for match in islice(_FLIGHT.finditer(text), MAX_FAILURES):
        for value in _decode(text, match.end()):
            if isinstance(value, list) and len(value) > 1 and isinstance(value[1], str):
                yield value[1]


def _flight_values(stream: str) -> Iterator[Any]:
    for match in _FLIGHT_TEXT.finditer(stream):
        yield {"text": stream[match.end() : match.end() + int(match.group(1)[:6], 16)]}
    for match in _FLIGHT_ROW.finditer(stream):
        yield from _decode(stream, match.end())


def _fields(tree: LexborHTMLParser) -> Iterator[Any]:
    """Some systems park the story's markup in a form field and move it from there by script.

    What stands in a `template` or `noscript` was parsed with the page and has no text of its own.
    """
    for node in tree.css("textarea, template, noscript"):
        text = (node.text() if node.tag == "textarea" else node.html) or ""
        if node.tag != "textarea":
            text = text[text.find(">") + 1 : text.rfind("<")]
        if len(text) > _LONG and "<p" in text:
            yield {"text": text[:MAX_CHARS]}


def _attributes(tree: LexborHTMLParser) -> Iterator[Any]:
    """Yield the values that stand in attributes, as frameworks hand a page its state."""
    root = tree.body
    if root is None:
        return
    left = MAX_CHARS
    for number, node in enumerate(root.traverse()):
        if number > _MOST_ELEMENTS:
            break
        attributes = node.attributes
        for value in attributes.values():
            if not value or len(value) < _SHORTEST:
                continue
            opening = value.lstrip()[:2]
            left -= len(value)
            if left > 0 and opening[:1] in ("{", "["):
                yield from _decode(value.lstrip(), 0)
            elif left > 0 and opening in ("<p", "<d"):
                yield attributes  # what else the element is given is the story's as well
                break


def _decode(text: str, at: int) -> Iterator[Any]:
    for value, _ in _decode_at(text, at):
        yield value


def _decode_at(text: str, at: int) -> Iterator[tuple[Any, int]]:
    """Yield the JSON value at an offset and its end; nothing when there is none."""
    try:
        yield _DECODER.raw_decode(text, at)
    except (ValueError, RecursionError):
        return
