"""One form for all spellings of a name, with offsets back to the text as printed.

Folded are, per character: Unicode compatibility forms of letters and digits (NFKC: full-width,
ligatures, half-width kana), letter case, and Han characters (traditional, Japanese and regional
forms become the simplified one). Soft hyphens, zero-width and bidi characters vanish. Hyphens,
apostrophes and middle dots are squashed out, and so are spaces where a script does not need them,
so that Tae-yul and Taeyul are one key, and so are 한·중 and 한중, 외교부 장관 and 외교부장관. In a
text without Han, kana and Hangul single spaces stay: squashed, its words would run into one another
and an automaton would follow thousands of false starts; names get keys with and without spaces
instead (`fold_keys`). Newlines stay: nothing matches across one.

Whether a hit may count is tested on the text as printed (`monitor.text.edges`), never on the
folded one, since folding joins neighbouring words.

A text that is in normal form already is never walked character by character here: `str` methods
and one search for anything unusual do the work, and offsets are summed up only when first asked.
"""

import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from functools import cache, lru_cache
from itertools import accumulate
from pathlib import Path
from typing import NamedTuple

_HYPHENS = "-\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe63\uff0d"
_APOSTROPHES = "'\u2018\u2019\u02bc\u02b9\u2032`\u00b4\uff07"
_DOTS = "\u00b7\u30fb\u318d\u2022\u2027\uff65\u0387\u2219\u22c5"
_SPACES = " \t\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a"
_SPACES += "\u202f\u205f\u3000"
SEPARATORS = frozenset(_HYPHENS + _APOSTROPHES + _DOTS + _SPACES)
# What printers use in every newspaper, as plain characters; rarer ones stand in the tables. A text
# in Latin letters is often ASCII afterwards.
_PRINTERS = (
    ("\u2019", "-"), ("\u2018", "-"), ("\u201c", '"'), ("\u201d", '"'), ("\u2014", "-"),
    ("\u2013", "-"), ("\u2026", "."), ("\u00a0", " "), ("\u00b7", "-"), ("\u30fb", "-"),
    ("\u3000", " "),
)  # fmt: skip
_SPACELESS = re.compile("[\u1100-\u11ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3\uf900-\ufaff]")
_MANY_ODD = 60  # different characters beyond which one pass over all is quicker
_SAMPLE = 256  # characters, of which so many odd ones mean that the whole text is full of them
_MANY_IN_SAMPLE = 24
_TWO_SPACES = re.compile("  ")  # half as long as a search of `str` where single ones abound
_MAX_VARIED = 4  # separators in a name up to which each may be a space or nothing

_VANISHING = "\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufe00-\ufe0f\ufeff"
# A letter with its combining marks, or a Korean syllable in parts, as file systems and PDFs give
# them; composed they are one character.
_MARKS = "\u0300-\u036f\u3099\u309a"
_HALF_WIDTH_MARKS = "\uff9e\uff9f"
_CLUSTER = (
    f"[^\\W_][{_MARKS}]+|[\uff66-\uff9d][{_HALF_WIDTH_MARKS}]|"
    "[\u1100-\u1112][\u1161-\u1175][\u11a8-\u11c2]?"
)
_MATHS = re.compile("[\U0001d400-\U0001d7ff]")  # letters in bold, script, … of the same meaning
_COMPATIBILITY_BLOCKS = (
    (0x00A0, 0x0250), (0x02B0, 0x0400), (0x1E00, 0x2000), (0x2070, 0x2C00), (0x3000, 0x3130),
    (0x3190, 0x3400), (0xF900, 0xFB50), (0xFE30, 0x10000),
)  # fmt: skip


_CASED_BLOCKS = ((0xC0, 0x590), (0x10A0, 0x1400), (0x1C80, 0x2D30), (0xA640, 0xAB70))


class Folded:
    """A folded text and the way back to the text it was made of.

    Attributes:
        source: the text as printed.
        text: the folded, squashed text that terms are looked up in.
        aligned: offsets in `text` are offsets in `source`.
        spaceless: it holds Han, kana or Hangul, so that spaces were squashed, too.
    """

    __slots__ = ("_ends", "_index", "_pieces", "aligned", "source", "spaceless", "text")

    def __init__(
        self,
        source: str,
        pieces: Sequence[str],
        index: tuple[list[int], list[int]] | None,
        *,
        spaceless: bool = False,
    ) -> None:
        self.source = source
        self.spaceless = spaceless
        self.text = "".join(pieces) if len(pieces) > 1 else pieces[0]
        self._pieces = pieces
        self._ends: list[int] | None = None
        self._index = index
        self.aligned = index is None and len(pieces) == 1

    def seams(self) -> Sequence[int]:
        """Return the places in `text` where something was squashed out just before."""
        if self._ends is None:
            self._ends = list(accumulate(map(len, self._pieces)))
        return self._ends

    def is_seam(self, at: int) -> bool:
        """Was something squashed out just before a place in `text`?"""
        seams = self.seams()
        return seams[bisect_left(seams, at)] == at

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
    """Fold a text to look terms up in; any string is accepted, unpaired surrogates too."""
    even, index = _even(text)
    if not even.isascii() and _SPACELESS.search(even):
        return Folded(text, even.replace("-", " ").split(" "), index, spaceless=True)
    even = _spaced(even)
    return Folded(text, even.split("-") if "-" in even else [even], index)


def fold_key(text: str) -> str:
    """Return the key of a name: folded, with every separator squashed out."""
    return _even(text)[0].replace("-", "").replace(" ", "")


def fold_keys(text: str) -> set[str]:
    """Return all forms under which a name may stand in folded texts.

    Each of its separators may be printed as a space or not at all. In long names only the form as
    written, the one with all spaces and the one with none are kept.
    """
    even = _even(text)[0]
    words = even.replace("-", " ").split()
    if len(words) - 1 > _MAX_VARIED:
        return {"".join(words), " ".join(words), _spaced(even).replace("-", "").strip()}
    keys = {words[0]} if words else set()
    for word in words[1:]:
        keys = {key + between + word for key in keys for between in ("", " ")}
    return keys


def _spaced(even: str) -> str:
    """Leave single spaces between words: all others become hyphens, which are squashed out."""
    while _TWO_SPACES.search(even) or ("-" in even and "- " in even):
        even = even.replace("  ", " -").replace("- ", "--")
    return even


def _even(text: str) -> tuple[str, tuple[list[int], list[int]] | None]:
    """Fold all but separators, which become hyphens and spaces, one for one.

    Returns the text, and the places of its characters where they are not those of the source.
    """
    if text.isascii():
        return _lowered(text), None
    tables = _tables()
    if not tables.unusual.search(text) and not _beyond_basic_plane(text):
        return text, None
    even, index = text, None
    for printed, plain in _PRINTERS:
        even = even.replace(printed, plain)
    if not even.isascii():
        if tables.expanding.search(even) or (_beyond_basic_plane(even) and _MATHS.search(even)):
            even, index = _expand(even, tables)
        even = _replace_odd(even, tables)
    return _lowered(even), index


def _beyond_basic_plane(text: str) -> bool:
    """Hold surrogate pairs in UTF-16? Quicker to know than to search a text for rare letters."""
    return len(text.encode("utf-16-le", "surrogatepass")) != 2 * len(text)


def _replace_odd(text: str, tables: "_Tables") -> str:
    """Replace what folds one to one; where it is little, without touching the rest."""
    if len(tables.odd.findall(text, 0, _SAMPLE)) > _MANY_IN_SAMPLE:
        return text.translate(tables.every)
    odd = set(tables.odd.findall(text))
    if len(odd) > _MANY_ODD:
        return text.translate(tables.every)
    for char in odd:
        text = text.replace(char, tables.single[ord(char)])
    return text


def _lowered(even: str) -> str:
    return even.lower().replace("'", "-").replace("`", "-").replace("\t", " ")


class _Tables(NamedTuple):
    """The searches are for classes of characters of the basic plane only: those are fast."""

    odd: re.Pattern[str]  # any key of `single`
    single: dict[int, str]  # what folds one to one
    every: list[int]  # the same with all others as they are: a dict's misses cost twice
    expanding: re.Pattern[str]  # anything that `clusters` may match
    clusters: re.Pattern[str]  # what folds to none or to several characters
    unusual: re.Pattern[str]  # anything at all that a fold changes


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


@lru_cache(maxsize=10_000)  # feeds may send any cluster that there is
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
    single: dict[int, str] = {}
    for char in SEPARATORS:
        if not char.isascii():
            single[ord(char)] = " " if char in _SPACES else "-"
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
    every = list(range(max(single) + 1))
    for code, folded in single.items():
        every[code] = ord(folded)
    several = f"\ud800-\udfff{_VANISHING}{''.join(map(re.escape, longer))}"
    cased = "".join(
        char for block in _CASED_BLOCKS for char in map(chr, range(*block)) if char != char.lower()
    )
    return _Tables(
        odd=re.compile("[" + "".join(map(chr, single)) + "]"),
        single=single,
        every=every,
        expanding=re.compile(f"[{_MARKS}{_HALF_WIDTH_MARKS}\u1100-\u1112{several}]"),
        unusual=re.compile(
            f"[A-Z'`\t{_MARKS}{_HALF_WIDTH_MARKS}\u1100-\u1112{several}"
            f"{''.join(map(chr, single))}{cased}]"
        ),
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
