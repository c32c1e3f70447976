"""A sample of a text's word sequences, small enough to keep for every article of some days.

A shingle is four words running of a spaced script, or six characters running of a text written
without spaces (Han, kana); punctuation, case and width do not count. A shingle is kept when the
low `level` bits of its key are zero, so one in 2**level is kept, and which ones depends on nothing
but the words: a cut or a copied text keeps the same ones. A text's level grows with its length so
that it keeps about 64 to 128 (one in eight of an ordinary news story, all of a flash, one in a
thousand of a 200-page report). Two texts are compared at the coarser of their two levels, where
both samples are complete.

Keys are made of CRC-32 values and integer products only: the same in every process, on every
machine and Python, because they are stored. They are computed for a whole text at once, as lanes
of 64 bits inside one long integer, which is what makes this fast in pure Python.
"""

import re
import unicodedata
import zlib
from array import array
from functools import lru_cache

MOST = 128  # shingles kept of one text, about
CEILING = 4_000_000  # characters read of one text

_WORD = re.compile(r"\w+")
_UNSPACED = re.compile("[\u3041-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]")
_HANGUL = re.compile("[\uac00-\ud7a3]")

# Odd multipliers below 2**28: six products of a 32-bit lane stay below 2**63, so that no lane
# carries into the next.
_FACTORS = (0xB8B34B3, 0x6A09E67, 0xBB67AE9, 0x3C6EF37, 0xA54FF53, 0x510E527)
_SAMPLE_BIT = 29  # the sampling bits of a lane start here, above where its inputs are regular
_MIX = 0x9E3779B97F4A7C15
_DEEPEST = 12


@lru_cache(maxsize=1 << 17)
def word_key(word: str) -> int:
    """A 32-bit number for a word, the same for ever."""
    return zlib.crc32(word.encode("utf-8", "surrogatepass"))


def fold(text: str) -> str:
    """`text` with case and character width made one (NFKC, lower case)."""
    return (text if text.isascii() else unicodedata.normalize("NFKC", text)).lower()


def is_unspaced(text: str) -> bool:
    """Whether `text` is written without spaces between words, by its first 600 characters."""
    start = text[:600]
    return len(_UNSPACED.findall(start)) > max(len(start) // 5, len(_HANGUL.findall(start)))


def sample(text: str) -> tuple[int, tuple[int, ...]]:
    """The level of a text and its kept shingle keys (32-bit), in the order of the text.

    A text of fewer words than a shingle has none. A repeated shingle is kept once.
    """
    folded = fold(text[:CEILING])
    words = _WORD.findall(folded)
    if is_unspaced(folded):
        run = array("Q", array("I", "".join(words).encode("utf-32-le", "surrogatepass")))
        width = 6
    else:
        run = array("Q", map(word_key, words))
        width = 4
    count = len(run) - width + 1
    if count < 1:
        return 0, ()
    lanes = int.from_bytes(run.tobytes(), "little")
    total = 0
    for place in range(width):
        total += (lanes >> 64 * place) * _FACTORS[place]
    sums = memoryview(total.to_bytes(8 * (len(run) + 1), "little")).cast("Q")[:count]
    level = 0
    while count >> level > MOST and level < _DEEPEST:
        level += 1
    unwanted = (1 << level) - 1 << _SAMPLE_BIT
    kept = dict.fromkeys([_key(lane) for lane in sums if not lane & unwanted])
    return level, tuple(kept)


def _key(lane: int) -> int:
    """32 bits of a lane: its sampling bits lowest, the rest mixed from all of it."""
    return (lane * _MIX >> 40) & 0xFFFFF000 | (lane >> _SAMPLE_BIT) & 0xFFF


def coarser(keys: tuple[int, ...], level: int, wanted: int) -> tuple[int, ...]:
    """The keys that a sample taken at `wanted` (not finer than `level`) would have kept."""
    if wanted <= level:
        return keys
    unwanted = (1 << wanted) - 1
    return tuple(key for key in keys if not key & unwanted)
