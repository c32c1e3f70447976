"""A sample of a text's word sequences, small enough to keep for every article of some days.

A shingle is four words running of a spaced script, or six characters running of a text written
without spaces (Han, kana); punctuation, case and width do not count. A shingle is kept when the
low `level` bits of its key are zero, so one in 2**level is kept, and which ones depends on nothing
but the words: a cut or a copied text keeps the same ones. A text's level grows with its length, so
that it keeps about 64 to 128: one in eight of an ordinary news story, all of a flash, one in 256
(then some hundreds) of a report of 200 pages. Two texts are compared at the coarser of their two
levels, where both samples are complete.

Keys are made of CRC-32 values and integer products only: the same in every process, on every
machine and Python, because they are stored. They are computed for a whole text at once, as lanes
of 64 bits inside one long integer, which is what makes this fast in pure Python.
"""

import re
import unicodedata
import zlib
from itertools import compress

MOST = 128  # shingles kept of one text, about
CEILING = 4_000_000  # characters read of one text

_WORD = re.compile(r"\w+")
_UNSPACED = re.compile("[\u3041-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]+")
_HANGUL = re.compile("[\uac00-\ud7a3]+")
# Letters and digits that NFKC would change: full and half width, loose jamo, combining marks,
# compatibility ideographs. Looking for them costs a tenth of normalising every text.
_UNFOLDED = re.compile(
    "[\uff10-\uff5a\uff66-\uffdc\u1100-\u11ff\u0300-\u036f\u3099\u309a\uf900-\ufaff]"
)
_TYPOGRAPHY = "“”‘’–—…"
_ASCII_EDGES = {code: " " for code in range(128) if not (chr(code).isalnum() or chr(code) == "_")}

# Lanes are multiplied by each of these in turn. CRC-32 values stay below 2**62, code points below
# 2**60, so that no lane carries into the next.
_WORD_FACTORS = (0x5E2D, 0x6B43)
_CHARACTER_FACTORS = (0x9E3B1, 0x85EBD, 0x7C2A7)
_SAMPLE_BYTE = 4  # of a lane's eight; it stands above where the inputs are regular
_SAMPLE_SHIFT = 8 * _SAMPLE_BYTE
_MIX = 0x9E3779B97F4A7C15
_DEEPEST = 8
_KEPT = [
    bytes(byte & (1 << level) - 1 == 0 for byte in range(256)) for level in range(_DEEPEST + 1)
]


class _WordKeys(dict[str, bytes]):
    """CRC-32 of each word as a lane, remembered: news uses the same words again and again."""

    full = 1 << 17

    def __missing__(self, word: str) -> bytes:
        if len(self) >= self.full:
            self.clear()
        lane = self[word] = word_key(word).to_bytes(8, "little")
        return lane


_LANES = _WordKeys()


def word_key(word: str) -> int:
    """A 32-bit number for a word, the same for ever."""
    return zlib.crc32(word.encode("utf-8", "surrogatepass"))


def fold(text: str) -> str:
    """`text` in lower case, with character width and composition made one (NFKC)."""
    if not text.isascii() and _UNFOLDED.search(text):
        text = unicodedata.normalize("NFKC", text)
    return text.lower()


def words_in(folded: str) -> list[str]:
    """The runs of letters and digits (`\\w+`) of a folded text."""
    plain = folded
    if not plain.isascii():
        for character in _TYPOGRAPHY:
            plain = plain.replace(character, " ")
    # Same words either way; splitting ASCII costs a fifth of what the pattern does.
    return plain.translate(_ASCII_EDGES).split() if plain.isascii() else _WORD.findall(folded)


def is_unspaced(text: str) -> bool:
    """Whether `text` is written without spaces between words, by its first 600 characters."""
    start = text[:600]
    if start.isascii():
        return False
    unspaced = sum(map(len, _UNSPACED.findall(start)))
    return unspaced > max(len(start) // 5, sum(map(len, _HANGUL.findall(start))))


def sample(text: str) -> tuple[int, tuple[int, ...]]:
    """The level of a text and its kept shingle keys (32-bit), in the order of the text.

    A text of fewer words than a shingle has none. A repeated shingle is kept once.
    """
    folded = fold(text[:CEILING])
    words = words_in(folded)
    if is_unspaced(folded):
        sums, count = _character_sums("".join(words))
    else:
        sums, count = _word_sums(words)
    if count < 1:
        return 0, ()
    level = 0
    while count >> level > MOST and level < _DEEPEST:
        level += 1
    lanes = memoryview(sums).cast("Q")
    kept = compress(lanes, sums[_SAMPLE_BYTE : 8 * count : 8].translate(_KEPT[level]))
    # A key: the lane's sampling byte lowest, above it 24 bits mixed from all of the lane.
    keys = [(lane * _MIX >> 40) & 0xFFFFFF00 | lane >> _SAMPLE_SHIFT & 0xFF for lane in kept]
    return level, tuple(dict.fromkeys(keys))


def _word_sums(words: list[str]) -> tuple[bytes, int]:
    """A lane for every four words running, and how many there are."""
    first, second = _WORD_FACTORS
    lanes = int.from_bytes(b"".join(map(_LANES.__getitem__, words)), "little")
    pairs = lanes + (lanes >> 64) * first
    fours = pairs + (pairs >> 128) * second
    return fours.to_bytes(8 * len(words) + 8, "little"), len(words) - 3


def _character_sums(text: str) -> tuple[bytes, int]:
    """A lane for every six characters running, and how many there are."""
    first, second, third = _CHARACTER_FACTORS
    # A null after each character makes its four bytes a lane of eight.
    lanes = int.from_bytes(
        text.replace("", "\0")[1:].encode("utf-32-le", "surrogatepass"), "little"
    )
    pairs = lanes + (lanes >> 64) * first
    sixes = pairs + (pairs >> 128) * second + (pairs >> 256) * third
    return sixes.to_bytes(8 * len(text) + 8, "little"), len(text) - 5


def coarser(keys: tuple[int, ...], level: int, wanted: int) -> tuple[int, ...]:
    """The keys that a sample taken at `wanted` (not finer than `level`) would have kept."""
    if wanted <= level:
        return keys
    unwanted = (1 << wanted) - 1
    return tuple(key for key in keys if not key & unwanted)
