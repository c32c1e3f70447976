"""What a text is found by: words of spaced scripts, overlapping pairs of characters of the others.

The text is folded as watch rules fold it (width, case, Han variants, decomposed Hangul, invisible
characters), so 韩国, 韓國 and 韓国 are one, and so are 3000 and ３０００.

* Han, kana and Hangul have no reliable spaces, so a run of them gives every pair of neighbours, and
  at its end its last character: 미사일 gives 미사 사일 일. A word of two characters is found
  exactly, one character is found as the beginning of a pair. Spaces and hyphens inside a run count
  for nothing (수출 통제 is 수출통제), since people write compounds either way.
* All else gives words. Hyphens part words (Jae-myung is Jae Myung), dots of abbreviations vanish
  (D.P.R.K. is DPRK), and so do commas in 3,000, accents and the possessive. Singular and plural are
  one, by the S-stemmer (Harman, "How effective is suffixing?", JASIS 42, 1991) with its rule for es
  kept to sibilants; more stemming would find what a reader did not ask for, and `word*` is there.
"""

import re
import unicodedata
from itertools import pairwise
from typing import NamedTuple

from monitor.text import fold_in_place

VERSION = 2  # an index made by another version is made anew
_LONGEST = 100  # characters of a word; what is longer is no word, and a database refuses it

_SPACELESS = (
    "\u1100-\u11ff\uac00-\ud7a3"  # Hangul
    "\u3040-\u30fa\u30fc-\u30ff"  # kana
    "\u3005\u3007\u3400-\u9fff\uf900-\ufaff"  # Han
)
_PIECE = re.compile(
    # Greedy over separators, of which none stands at the end, since the run ends in a character.
    f"(?P<run>[{_SPACELESS}](?>[- ]*+[{_SPACELESS}])*+)"
    r"|(?P<dotted>(?<![^\W_])(?>[a-z]\.){2,}+[a-z]?(?![^\W_]))"
    r"|(?P<number>(?<!\d)\d{1,3}(?>,\d{3})++(?!\d))"
    f"|(?P<word>[^\\W_{_SPACELESS}]++)"
)
_ACCENTED = re.compile("[\u00c0-\u024f\u1e00-\u1eff]")
_MARK = re.compile("[\u0300-\u036f]")
_POSSESSIVE = re.compile("['\u2018\u2019\u02bc\u2032\uff07](?<=[^\\W_].)[sS](?![^\\W_])")


class Token(NamedTuple):
    """One token and where it stands in the text as printed."""

    text: str
    start: int
    end: int
    closes: bool = False  # the last character of a run, given once more by itself


def terms(text: str) -> list[str]:
    """Return the tokens of a text in order, without their places: what an index holds.

    Any string is accepted; the work is linear in its length.
    """
    folded, _ = fold_in_place(_POSSESSIVE.sub("  ", text))
    found: list[str] = []
    for match in _PIECE.finditer(folded):
        piece, kind = match[0], match.lastgroup
        if kind == "run":
            run = piece.replace(" ", "").replace("-", "")
            found.extend(map("".join, pairwise(run)))
            found.append(run[-1])
        else:
            found.append(_word(piece, kind))
    return found


def tokens(text: str) -> list[Token]:
    """Return the same tokens with their places in `text`."""
    folded, index = fold_in_place(_POSSESSIVE.sub("  ", text))
    starts, ends = index or (range(len(folded)), range(1, len(folded) + 1))
    found: list[Token] = []
    for match in _PIECE.finditer(folded):
        if match.lastgroup == "run":
            at = [i for i in range(match.start(), match.end()) if folded[i] not in "- "]
            found.extend(Token(folded[i] + folded[j], starts[i], ends[j]) for i, j in pairwise(at))
            found.append(Token(folded[at[-1]], starts[at[-1]], ends[at[-1]], closes=True))
            continue
        start, end = starts[match.start()], ends[match.end() - 1]
        found.append(Token(_word(match[0], match.lastgroup), start, end))
    return found


def _word(word: str, kind: str | None) -> str:
    word = word[:_LONGEST]
    if kind == "dotted":
        return word.replace(".", "")
    if kind == "number":
        return word.replace(",", "")
    if word.isascii():
        return singular(word)
    if _ACCENTED.search(word):
        word = _MARK.sub("", unicodedata.normalize("NFD", word))
    return singular(word) if word.isascii() else word


def singular(word: str) -> str:
    """Return an English word without the s of its plural."""
    if len(word) < 4 or not word.endswith("s") or word.endswith(("ss", "us", "is")):
        return word
    if word.endswith("ies") and not word.endswith(("eies", "aies")) and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith(("sses", "ches", "shes", "xes", "zzes")):
        return word[:-2]
    return word[:-1]
