"""One form for all spellings of a name, with offsets back to the text as printed.

Folded are, per character: Unicode compatibility forms of letters and digits (NFKC: full-width,
ligatures, half-width kana), letter case, and Han characters (traditional, Japanese and regional
forms become the simplified one). Soft hyphens, zero-width and bidi characters vanish. Hyphens,
apostrophes, middle dots and spaces of every kind are squashed out, so that Tae-yul, Tae yul and
Taeyul are one key, and so are 한·중 and 한중. Newlines stay: nothing matches across one.

Whether a hit may count is tested on the text as printed (`monitor.text.edges`), never on the
folded one, since folding joins neighbouring words.

A text that is in normal form already is never walked character by character here: `str` methods
and one search for anything unusual do the work, and offsets are summed up only when first asked.
"""

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Sequence
from functools import cache
from itertools import accumulate
from pathlib import Path
from typing import NamedTuple

_HYPHENS = "-\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe63\uff0d"
_APOSTROPHES = "'\u2018\u2019\u02bc\u02b9\u2032`\u00b4\uff07"
_DOTS = "\u00b7\u30fb\u318d\u2022\u2027\uff65\u0387\u2219\u22c5"
_SPACES = " \t\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a"
_SPACES += "\u202f\u205f\u3000"
SEPARATORS = frozenset(_HYPHENS + _APOSTROPHES + _DOTS + _SPACES)
_ASCII_SEPARATORS = str.maketrans(dict.fromkeys("-'`\t", " "))
# Full-width and rare separators stand in the table of odd characters; these are in every newspaper.
_PRINTERS_SEPARATORS = "\u2019\u2018\u2014\u2013\u00a0\u00b7\u30fb\u3000"

_VANISHING = "\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufe00-\ufe0f\ufeff"
# A letter with its combining marks, or a Korean syllable in parts, as file systems and PDFs give
# them; composed they are one character.
_MARKS = "\u0300-\u036f\u3099\u309a"
_CLUSTER = f"[^\\W_][{_MARKS}]+|[\u1100-\u1112][\u1161-\u1175][\u11a8-\u11c2]?"
_MATHS = re.compile("[\U0001d400-\U0001d7ff]")  # letters in bold, script, … of the same meaning
_COMPATIBILITY_BLOCKS = (
    (0x00A0, 0x0250), (0x02B0, 0x0400), (0x1E00, 0x2000), (0x2070, 0x2C00), (0x3000, 0x3130),
    (0x3190, 0x3400), (0xF900, 0xFB50), (0xFE30, 0x10000),
)  # fmt: skip


class Folded:
    """A folded text and the way back to the text it was made of.

    Attributes:
        source: the text as printed.
        text: the folded, squashed text that terms are looked up in.
    """

    __slots__ = ("_ends", "_index", "_pieces", "source", "text")

    def __init__(
        self,
        source: str,
        pieces: Sequence[str],
        index: tuple[list[int], list[int]] | None,
    ) -> None:
        self.source = source
        self.text = "".join(pieces)
        self._pieces = pieces
        self._ends: list[int] | None = None
        self._index = index

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Return where folded[start:end] (not empty) stands in `source`."""
        ends = self._ends
        if ends is None:
            ends = self._ends = list(accumulate(map(len, self._pieces)))
        last = end - 1
        start += bisect_right(ends, start)
        last += bisect_right(ends, last)
        if self._index is None:
            return start, last + 1
        starts, stops = self._index
        return starts[start], stops[last]


def fold(text: str) -> Folded:
    """Fold `text`; any string is accepted, unpaired surrogates too."""
    index = None
    if text.isascii():
        even = text.lower().translate(_ASCII_SEPARATORS)
    else:
        tables = _tables()
        even = text
        if tables.expanding.search(even) or _MATHS.search(even):
            even, index = _expand(even, tables)
        if tables.odd.search(even):
            even = even.translate(tables.single)
        even = even.lower()
        for separator in _PRINTERS_SEPARATORS:
            even = even.replace(separator, " ")
        even = even.replace("-", " ").replace("'", " ").replace("`", " ").replace("\t", " ")
    return Folded(text, even.split(" "), index)


def fold_key(text: str) -> str:
    """Return only the folded text, for keys and comparisons."""
    return fold(text).text


class _Tables(NamedTuple):
    """The searches are for classes of characters of the basic plane only: those are fast."""

    odd: re.Pattern[str]  # any key of `single`
    single: dict[int, str]  # what folds one to one
    expanding: re.Pattern[str]  # anything that `clusters` may match
    clusters: re.Pattern[str]  # what folds to none or to several characters


def _expand(text: str, tables: _Tables) -> tuple[str, tuple[list[int], list[int]]]:
    """Replace what does not fold one to one; return the text and its index into the old one."""
    parts: list[str] = []
    starts: list[int] = []
    stops: list[int] = []
    done = 0
    for match in tables.clusters.finditer(text):
        at, end = match.span()
        parts.append(text[done:at])
        starts.extend(range(done, at))
        stops.extend(range(done + 1, at + 1))
        new = _expanded(match[0])
        parts.append(new)
        starts.extend([at] * len(new))
        stops.extend([end] * len(new))
        done = end
    parts.append(text[done:])
    starts.extend(range(done, len(text)))
    stops.extend(range(done + 1, len(text) + 1))
    return "".join(parts), (starts, stops)


@cache
def _expanded(cluster: str) -> str:
    if "\ud800" <= cluster <= "\udfff":
        return "\ufffd"
    if re.fullmatch(f"[{_VANISHING}]", cluster):
        return ""
    # A line that starts inside a compatibility character would break the offsets of paragraphs.
    folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", cluster).casefold())
    return folded.replace("\n", " ")


@cache
def _tables() -> _Tables:
    single: dict[int, str] = dict.fromkeys(
        (ord(c) for c in SEPARATORS if c not in _PRINTERS_SEPARATORS and not c.isascii()), " "
    )
    longer: list[str] = []
    for first, beyond in _COMPATIBILITY_BLOCKS:
        for code in range(first, beyond):
            char = chr(code)
            if code in single or char in SEPARATORS or not char.isprintable():
                continue
            folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", char).casefold())
            if (folded == char.lower() and len(folded) == 1) or not any(
                c.isalnum() for c in folded
            ):
                continue
            if len(folded) == 1:
                single[code] = folded
            else:
                longer.append(char)
    for table in _han_tables():
        for char, simple in table.items():
            single.setdefault(ord(char), simple)
    for code, folded in single.items():
        single[code] = single.get(ord(folded), folded)  # 龍 as a compatibility ideograph, too
    several = f"\ud800-\udfff{_VANISHING}{''.join(map(re.escape, longer))}"
    return _Tables(
        odd=re.compile("[" + "".join(map(chr, single)) + "]"),
        single=single,
        expanding=re.compile(f"[{_MARKS}\u1100-\u1112{several}]"),
        clusters=re.compile(f"{_CLUSTER}|[{several}]|{_MATHS.pattern}"),
    )


def _han_tables() -> tuple[dict[str, str], dict[str, str]]:
    """Read the two tables of han_variants.txt: traditional, and Japanese and regional forms."""
    tables: dict[str, dict[str, str]] = {}
    lines = [
        line
        for line in (Path(__file__).parent / "han_variants.txt").read_text("utf-8").splitlines()
        if line and not line.startswith("#")
    ]
    name, above = "", ""
    for line in lines:
        if line.startswith("["):
            name, above = line.strip("[]"), ""
        elif above:
            tables.setdefault(name, {}).update(zip(above, line, strict=True))
            above = ""
        else:
            above = line
    return tables["traditional"], tables["japanese"]


@cache
def _traditional() -> re.Pattern[str]:
    return re.compile("[" + "".join(_han_tables()[0]) + "]")


def is_traditional(text: str) -> bool:
    """Tell traditional from simplified Chinese: is one in twenty Han characters traditional?"""
    return len(_traditional().findall(text)) * 20 >= len(text)
