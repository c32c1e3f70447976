"""Texts made comparable: one family of folds, from the mildest to the one that finds names.

- `fold_width`: lower case, character width and composition made one; marks and spaces stay.
- `letters`: letters and digits alone; headlines and lines are the same when their letters are.
- `fold_key`, `fold_keys`: the key of a name, and all forms under which it may stand in a text.
- `fold`: a text to look names up in, with the way back to the print.
- `fold_in_place`: the same fold with the separators left standing, for who cuts a text into words.

`fold` and the keys fold, per character: Unicode compatibility forms of letters and digits (NFKC:
full-width, ligatures, half-width kana), letter case, and Han characters (traditional, Japanese and
regional forms become the simplified one). Soft hyphens, zero-width and bidi characters vanish.
Hyphens, apostrophes and middle dots are squashed out, and so are spaces where a script does not
need them, so that Tae-yul and Taeyul are one key, and so are 한·중 and 한중, 외교부 장관 and
외교부장관. In a text without Han, kana and Hangul single spaces stay: squashed, its words would run
into one another and an automaton would follow thousands of false starts; names get keys with and
without spaces instead (`fold_keys`). Newlines stay: nothing matches across one.

Whether a hit may count is tested on the text as printed (`monitor.text.edges`), never on the
folded one, since folding joins neighbouring words.

A text that is in normal form already is never walked character by character here: `str` methods
and one search for anything unusual do the work, and offsets are summed up only when first asked.
"""

import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from functools import lru_cache
from itertools import accumulate

from monitor.text.fold_tables import MATHS, Tables, expanded, tables

# Commonest of what folds one to one, as `tables` has it. A text in Latin letters is often ASCII
# afterwards.
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
# Letters and digits that NFKC would change: full and half width, loose jamo, combining marks,
# compatibility ideographs. Looking for them costs a tenth of normalising every text.
_OTHER_WIDTH = re.compile(
    "[\uff10-\uff5a\uff66-\uffdc\u1100-\u11ff\u0300-\u036f\u3099\u309a\uf900-\ufaff]"
)
_LABEL = 200  # characters of what may be a headline, a name or a label
_LETTERS = re.compile(r"[^\W_]+")
_ASCII_MARKS = bytes(code for code in range(128) if not chr(code).isalnum())
_LOWER = bytes(range(256)).lower()


def fold_width(text: str) -> str:
    """Return `text` in lower case, with character width and composition made one (NFKC)."""
    if not text.isascii() and _OTHER_WIDTH.search(text):
        text = unicodedata.normalize("NFKC", text)
    return text.lower()


def letters(text: str) -> str:
    """Return the letters and digits of a text: compatibility forms made one (NFKC), case folded."""
    # Most texts are ASCII, and the table of bytes takes a twentieth of the time.
    if text.isascii():
        return text.encode().translate(_LOWER, _ASCII_MARKS).decode()
    return _odd_letters(text) if len(text) <= _LABEL else _letters_of(text)


def _letters_of(text: str) -> str:
    folded = unicodedata.normalize("NFKC", text).casefold()
    # In UTF-8 a table deletes spaces and ASCII marks; the runs of letters are long afterwards.
    packed = folded.encode("utf-8", "surrogatepass").translate(None, _ASCII_MARKS)
    return "".join(_LETTERS.findall(packed.decode("utf-8", "surrogatepass")))


# A headline or a name is compared many times over.
_odd_letters = lru_cache(maxsize=2048)(_letters_of)


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
    even, index = fold_in_place(text)
    if not even.isascii() and _SPACELESS.search(even):
        return Folded(text, even.replace("-", " ").split(" "), index, spaceless=True)
    even = _spaced(even)
    return Folded(text, even.split("-") if "-" in even else [even], index)


def fold_key(text: str) -> str:
    """Return the key of a name: folded, with every separator squashed out."""
    return fold_in_place(text)[0].replace("-", "").replace(" ", "")


def fold_keys(text: str) -> set[str]:
    """Return all forms under which a name may stand in folded texts.

    Each of its separators may be printed as a space or not at all. In long names only the form as
    written, the one with all spaces and the one with none are kept.
    """
    even = fold_in_place(text)[0]
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


def fold_in_place(text: str) -> tuple[str, tuple[list[int], list[int]] | None]:
    """Fold a text, but leave its separators: each becomes one hyphen or one space.

    Returns the folded text and where its characters start and end in `text`; None when they stand
    where they stood.
    """
    if text.isascii():
        return _lowered(text), None
    known = tables()
    if not known.unusual.search(text) and not _beyond_basic_plane(text):
        return text, None
    even, index = text, None
    for printed, plain in _PRINTERS:
        even = even.replace(printed, plain)
    if not even.isascii():
        if known.expanding.search(even) or (_beyond_basic_plane(even) and MATHS.search(even)):
            even, index = _expand(even, known)
        even = _replace_odd(even, known)
    return _lowered(even), index


def _beyond_basic_plane(text: str) -> bool:
    """Hold surrogate pairs in UTF-16? Quicker to know than to search a text for rare letters."""
    return len(text.encode("utf-16-le", "surrogatepass")) != 2 * len(text)


def _replace_odd(text: str, known: Tables) -> str:
    """Replace what folds one to one; where it is little, without touching the rest."""
    if len(known.odd.findall(text, 0, _SAMPLE)) > _MANY_IN_SAMPLE:
        return text.translate(known.every)
    odd = set(known.odd.findall(text))
    if len(odd) > _MANY_ODD:
        return text.translate(known.every)
    for char in odd:
        text = text.replace(char, known.single[ord(char)])
    return text


def _lowered(even: str) -> str:
    return even.lower().replace("'", "-").replace("`", "-").replace("\t", " ")


def _expand(text: str, known: Tables) -> tuple[str, tuple[list[int], list[int]]]:
    """Replace what does not fold one to one; return the text and its index into the old one."""
    parts: list[str] = []
    starts: list[int] = []
    stops: list[int] = []
    done = 0
    for match in known.clusters.finditer(text):
        at, end = match.span()
        parts.append(text[done:at])
        starts.extend(range(done, at))
        stops.extend(range(done + 1, at + 1))
        new = expanded(match[0])
        parts.append(new)
        starts.extend([at] * len(new))
        stops.extend([end] * len(new))
        done = end
    parts.append(text[done:])
    starts.extend(range(done, len(text)))
    stops.extend(range(done + 1, len(text) + 1))
    return "".join(parts), (starts, stops)
