"""Cuts a feed document into its head, its items and its tail, so that only new items are parsed.

A feed that changed mostly lists what it listed before. Each item's text has a hash; items whose
hash was in the last body are known word for word. A reduced document of head, new items and tail is
a hundredth of the work of the whole one and reads to the same entries.

Only a document that cuts cleanly is cut: items closed, not nested and of one name, nothing but
white space and comments between them. What is in CDATA sections, comments and processing
instructions is never mistaken for an item.

What an item shares with its neighbours decides its identity (one guid on several items, one
url), so the known items that may share something with a new one are found by their text and
read beside it: `suspects`.
"""

import functools
import re
import zlib
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from monitor.feeds.read import repair

# Possessive, and with runs of all but one character: this looks at every character of every feed.
_TOKEN = re.compile(
    r"<(?:!\[CDATA\[(?>[^\]]++|\](?!\]>))*+(?:\]\]>|\Z)|!--.*?(?:-->|\Z)|\?.*?(?:\?>|\Z)"
    r"|(?P<close>/?+)(?P<name>(?:item|entry)|[A-Za-z0-9_.-]++:(?:item|entry))(?=[\s>/])"
    r"""(?>[^<>"']++|"[^"<]*"|'[^'<]*')*+>)""",
    re.S,
)
_BETWEEN = re.compile(r"(?>\s++|<!--(?>[^-]++|-(?!->))*+-->)*+")
_NAMING = re.compile(
    r"""<(?>[A-Za-z0-9_.-]+:)?+(?:link\b[^<>]*?\bhref\s*=\s*["'](?P<href>[^"'<>]*)"""
    r"""|(?:item|entry)\b[^<>]*?\babout\s*=\s*["'](?P<about>[^"'<>]*)"""
    r"|(?:guid|id|link|title)\b[^<>]*>\s*"
    r"(?:<!\[CDATA\[(?P<cdata>(?>[^\]]++|\](?!\]>))*+)|(?P<text>[^<>]*)))",
    re.I | re.S,
)
_PLAIN_RUN = re.compile(r"[^\s&<>\"'?#/=](?:[^&<>\"'?#/=\n]*[^\s&<>\"'?#/=])?")
_LONG_NUMBER = re.compile(r"\d{7,}")
_FEW_PROBES = 32  # that are sought one by one before an automaton for all of them is made


@dataclass(frozen=True)
class Segments:
    """A document in parts; `head + "".join(items) + tail` is the document but for white space."""

    head: str
    items: tuple[str, ...]
    tail: str
    hashes: tuple[str, ...]  # one an item
    left_out: int = 0  # items beyond the limit

    def only(self, wanted: Iterable[int]) -> str:
        """The reduced document with the items of these numbers, which are in order."""
        return "".join((self.head, *(self.items[number] for number in wanted), self.tail))

    @functools.cached_property
    def enclosing(self) -> tuple[str, str]:
        """The start tags of the elements that the items stand in, and their end tags.

        What else the head and the tail hold may be a megabyte; this is what an item needs to be
        read alone. Both are well-formed together.
        """
        opened = repair.open_elements(self.head)
        start = "".join(tag for _, tag in opened)
        return start, "".join(f"</{name}>" for name, _ in reversed(opened))


def cut(markup: str, limit: int) -> Segments | None:
    """Cut an RSS, RDF or Atom document; None when it does not cut cleanly.

    Args:
        markup: the document without XML declaration and document type.
        limit: items after that many are left out.
    """
    items: list[str] = []
    name = ""
    left_out = 0
    head_end = begun = ended = -1
    for token in _TOKEN.finditer(markup):
        close, found = token.group("close", "name")
        if found is None:
            continue
        if close:
            if begun < 0 or found != name:
                return None
            ended = token.end()
            if len(items) < limit:
                items.append(markup[begun:ended])
            else:
                left_out += 1
            begun = -1
            continue
        if begun >= 0 or markup.endswith("/>", 0, token.end()) or found != (name or found):
            return None
        begun = token.start()
        if head_end < 0:
            head_end, name = begun, found
        elif not _BETWEEN.fullmatch(markup, ended, begun):
            return None
    if begun >= 0 or not items:
        return None
    hashes = tuple(_hash(item.encode("utf-8", "replace")) for item in items)
    return Segments(markup[:head_end], tuple(items), markup[ended:], hashes, left_out)


def _hash(item: bytes) -> str:
    """Two checksums of an item, 64 bits in a third of the time of a cryptographic hash.

    Who makes up an item whose sums are those of another one of the same feed hides his own news.
    """
    return f"{zlib.crc32(item):08x}{zlib.adler32(item):08x}"


def suspects(segments: Segments, new: Collection[int]) -> list[int]:
    """Numbers of the known items whose text holds a name, url or headline of a new one."""
    numbers = frozenset(new)
    probes = {probe for number in numbers for probe in _probes(segments.items[number])}
    known = [(number, item) for number, item in enumerate(segments.items) if number not in numbers]
    if len(probes) <= _FEW_PROBES:
        return [number for number, item in known if any(probe in item for probe in probes)]
    import ahocorasick_rs

    # One pass over the known items, whatever the number of probes.
    automaton = ahocorasick_rs.AhoCorasick(probes)
    return [number for number, item in known if automaton.find_matches_as_indexes(item)]


def _probes(item: str) -> set[str]:
    """Pieces of an item's text that a neighbour with the same guid, url or title also holds."""
    found: set[str] = set()
    for naming in _NAMING.finditer(item):
        value = next(filter(None, naming.groups()), "").strip()
        if not value:
            continue
        found.update(_LONG_NUMBER.findall(value))
        if value.startswith(("http:", "https:")):
            # The last part of the path survives a change of scheme, host and query.
            value = re.split(r"[?#]", value, maxsplit=1)[0].rstrip("/").rsplit("/", 1)[-1]
        found.add(max(_PLAIN_RUN.findall(value), key=len, default=value))
    found.discard("")
    return found
