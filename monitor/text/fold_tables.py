"""The tables and searches behind `monitor.text.normalize`: which character folds to what.

Folding is context-free: what a character becomes never depends on the text around it, but for a
letter with its combining marks, which are one character. `han_variants.txt` holds the Han forms.
"""

import re
import unicodedata
from functools import cache, lru_cache
from pathlib import Path
from typing import NamedTuple

_HYPHENS = "-\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe63\uff0d"
_APOSTROPHES = "'\u2018\u2019\u02bc\u02b9\u2032`\u00b4\uff07"
_DOTS = "\u00b7\u30fb\u318d\u2022\u2027\uff65\u0387\u2219\u22c5"
_SPACES = " \t\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a"
_SPACES += "\u202f\u205f\u3000"
SEPARATORS = frozenset(_HYPHENS + _APOSTROPHES + _DOTS + _SPACES)
# Printers' marks that are neither letters nor separators, as plain characters.
_MARKS_OF_PRINT = {"\u201c": '"', "\u201d": '"', "\u2026": "."}
_VANISHING = "\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufe00-\ufe0f\ufeff"
# A letter with its combining marks, or a Korean syllable in parts, as file systems and PDFs give
# them; composed they are one character.
_MARKS = "\u0300-\u036f\u3099\u309a"
_HALF_WIDTH_MARKS = "\uff9e\uff9f"
_CLUSTER = (
    f"[^\\W_][{_MARKS}]+|[\uff66-\uff9d][{_HALF_WIDTH_MARKS}]|"
    "[\u1100-\u1112][\u1161-\u1175][\u11a8-\u11c2]?"
)
MATHS = re.compile("[\U0001d400-\U0001d7ff]")  # letters in bold, script, … of the same meaning
_COMPATIBILITY_BLOCKS = (
    (0x00A0, 0x0250), (0x02B0, 0x0400), (0x1E00, 0x2000), (0x2070, 0x2C00), (0x3000, 0x3130),
    (0x3190, 0x3400), (0xF900, 0xFB50), (0xFE30, 0x10000),
)  # fmt: skip
_CASED_BLOCKS = ((0xC0, 0x590), (0x10A0, 0x1400), (0x1C80, 0x2D30), (0xA640, 0xAB70))


class Tables(NamedTuple):
    """The searches are for classes of characters of the basic plane only: those are fast."""

    odd: re.Pattern[str]  # any key of `single`
    single: dict[int, str]  # what folds one to one
    every: list[int]  # the same with all others as they are: a dict's misses cost twice
    expanding: re.Pattern[str]  # anything that `clusters` may match
    clusters: re.Pattern[str]  # what folds to none or to several characters
    unusual: re.Pattern[str]  # anything at all that a fold changes


@lru_cache(maxsize=10_000)  # feeds may send any cluster that there is
def expanded(cluster: str) -> str:
    """Return what a match of `Tables.clusters` folds to: no, one or several characters."""
    if "\ud800" <= cluster <= "\udfff":
        return "\ufffd"
    if re.fullmatch(f"[{_VANISHING}]", cluster):
        return ""
    # A line that starts inside a compatibility character would break the offsets of paragraphs.
    return _compatible(cluster).replace("\n", " ")


def _single_and_longer() -> tuple[dict[int, str], list[str]]:
    """Return what folds one to one, by code, and the characters that fold to several."""
    single = {ord(c): " " if c in _SPACES else "-" for c in SEPARATORS if not c.isascii()}
    single.update((ord(mark), plain) for mark, plain in _MARKS_OF_PRINT.items())
    # `str.lower` makes of it what its place in the word asks for.
    single[ord("\u03a3")] = "\u03c3"
    longer: list[str] = []
    for block in _COMPATIBILITY_BLOCKS:
        for char in map(chr, range(*block)):
            folded = _compatible(char)
            if ord(char) in single or not char.isprintable() or not any(map(str.isalnum, folded)):
                continue
            if len(folded) > 1:
                longer.append(char)
            elif folded != char.lower():
                single[ord(char)] = folded
    for table in han_tables():
        for char, simple in table.items():
            single.setdefault(ord(char), simple)
    # A compatibility ideograph folds as the ideograph does (龍).
    return {code: single.get(ord(folded), folded) for code, folded in single.items()}, longer


def _compatible(char: str) -> str:
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", char).casefold())


@cache
def tables() -> Tables:
    """Make the tables, once a process (a tenth of a second)."""
    single, longer = _single_and_longer()
    every = list(range(max(single) + 1))
    for code, folded in single.items():
        every[code] = ord(folded)
    several = f"\ud800-\udfff{_VANISHING}{''.join(map(re.escape, longer))}"
    cased = "".join(
        char for block in _CASED_BLOCKS for char in map(chr, range(*block)) if char != char.lower()
    )
    return Tables(
        odd=re.compile("[" + "".join(map(chr, single)) + "]"),
        single=single,
        every=every,
        expanding=re.compile(f"[{_MARKS}{_HALF_WIDTH_MARKS}\u1100-\u1112{several}]"),
        unusual=re.compile(
            f"[A-Z'`\t{_MARKS}{_HALF_WIDTH_MARKS}\u1100-\u1112{several}"
            f"{''.join(map(chr, single))}{cased}]"
        ),
        clusters=re.compile(f"{_CLUSTER}|[{several}]|{MATHS.pattern}"),
    )


def han_tables() -> tuple[dict[str, str], dict[str, str]]:
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


def single_folds() -> dict[str, str]:
    """Return what folds one to one beyond NFKC and lower case, for a fold outside Python."""
    folds = {}
    for code, folded in tables().single.items():
        plain = unicodedata.normalize("NFKC", chr(code)).lower()
        if len(plain) == 1 and plain != folded:
            folds[plain] = folded
    return folds


@cache
def _simpler() -> list[int]:
    """Every character of the basic plane, since a dict's misses cost twice."""
    simple = list(range(0x10000))
    for char, plain in han_tables()[0].items():
        simple[ord(char)] = ord(plain)
    return simple


def simplified(text: str) -> str:
    """Return a text with traditional Han characters as simplified ones, one for one.

    Only for comparing: 發 and 髮 become one.
    """
    return text if text.isascii() else text.translate(_simpler())
