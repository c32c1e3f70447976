"""A sample of a text's word sequences, small enough to keep for every article of some days.

A shingle is four words running of a spaced script, or six characters running of a text written
without spaces (Han, kana); punctuation, case and width do not count. A shingle is kept when the
low `level` bits of its key are zero, so one in 2**level is kept, and which ones depends on nothing
but the words: a cut or a copied text keeps the same ones. A text's level grows with its length, so
that it keeps about 64 to 128: one in eight of an ordinary news story, all of a flash, one in 256
(then some hundreds) of a report of 200 pages. Two texts are compared at the coarser of their two
levels, where both samples are complete. A coarser part of the sample, at most 48, serves to find a
text; the whole of it to compare.

A word counts by its first eight letters. Keys are made of integer products only: the same in every
process, on every machine and Python, because they are stored. They are computed for a whole text
at once, as lanes of 128 (words) or 64 bits (characters) inside one long integer, which is what
makes this fast in pure Python; a dict of word hashes costs three times as much, since it misses
the processor's cache at every word.
"""

import re
import zlib
from itertools import compress

from monitor.text import fold_width

MOST = 128  # shingles kept of one text, about
INDEXED = 48  # of them, those under which the text can be found
CEILING = 4_000_000  # characters read of one text

_WORD = re.compile(r"\w+")
_UNSPACED = re.compile("[\u3041-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]+")
_HANGUL = re.compile("[\uac00-\ud7a3]+")
_ASTRAL = re.compile("[\U00010000-\U0010ffff]")
_TYPOGRAPHY = "“”‘’–—…"
_ASCII_EDGES = {code: " " for code in range(128) if not (chr(code).isalnum() or chr(code) == "_")}

_LETTERS = 8  # of a word that count
# Four UTF-16 letters (64 bits) times 2**29, twice times 2**15, and the sums stay below 2**128; a
# character (16 bits) times 2**23 twice stays below 2**64. So no lane carries into the next.
_HALF_FACTORS = (0x1E3779B1, 0x15EBCA6B)
_WORD_FACTORS = (0x5E2D, 0x6B43)
_CHARACTER_FACTORS = (0x79E3B1, 0x685EBD, 0x57C2A7)
# Where in a lane lie the 64 bits that make its key (lower, the letters of the first word show
# through; higher, they are missing) and the byte that decides on sampling.
_WORD_WINDOW, _WORD_SAMPLE, _CHARACTER_SAMPLE = 4, 9, 4
_MIX = 0x9E3779B97F4A7C15
_LOW_HALF = b"\xff" * 8 + b"\0" * 8
_USUAL = 4096  # words
_USUAL_MASK = int.from_bytes(_LOW_HALF * _USUAL, "little")
_DEEPEST = 8
_KEPT = [
    bytes(byte & (1 << level) - 1 == 0 for byte in range(256)) for level in range(_DEEPEST + 1)
]


def word_key(word: str) -> int:
    """A 32-bit number for a word, the same for ever."""
    return zlib.crc32(word.encode("utf-8", "surrogatepass"))


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
    folded = fold_width(text[:CEILING])
    words = words_in(folded)
    if is_unspaced(folded):
        lanes, samples = _character_lanes("".join(words))
    else:
        lanes, samples = _word_lanes(words)
    level = 0
    while len(samples) >> level > MOST and level < _DEEPEST:
        level += 1
    kept = samples.translate(_KEPT[level])
    # A key: the sampling byte lowest, above it 24 bits mixed from all of the lane.
    keys = [
        (lanes[number] * _MIX >> 40) & 0xFFFFFF00 | samples[number]
        for number in compress(range(len(kept)), kept)
    ]
    return level, tuple(dict.fromkeys(keys))


def _word_lanes(words: list[str]) -> tuple[memoryview, bytes]:
    """64 bits for every four words running, and the byte of each that decides on sampling."""
    count = len(words)
    if count < 4:
        return memoryview(b""), b""
    pattern = f"%-{_LETTERS}.{_LETTERS}s" * count
    data = (pattern % tuple(words)).encode("utf-16-le", "surrogatepass")
    if len(data) != 2 * _LETTERS * count:
        return _word_lanes([_ASTRAL.sub("?", word) for word in words])
    letters = int.from_bytes(data, "little")
    mask = _USUAL_MASK if count <= _USUAL else int.from_bytes(_LOW_HALF * count, "little")
    first, second = _HALF_FACTORS
    ones = (letters & mask) * first + (letters >> 64 & mask) * second
    first, second = _WORD_FACTORS
    pairs = ones + (ones >> 128) * first
    fours = pairs + (pairs >> 256) * second
    sums = fours.to_bytes(16 * count + 16, "little")
    window = sums[_WORD_WINDOW : 16 * (count - 3) + _WORD_WINDOW]
    return memoryview(window).cast("Q")[::2], window[_WORD_SAMPLE - _WORD_WINDOW :: 16]


def _character_lanes(text: str) -> tuple[memoryview, bytes]:
    """64 bits for every six characters running, and the byte that decides on sampling."""
    count = len(text)
    if count < 6:
        return memoryview(b""), b""
    # Three nulls after each character make its two bytes a lane of eight.
    spaced = _ASTRAL.sub("?", text).replace("", "\0\0\0")[3:]
    ones = int.from_bytes(spaced.encode("utf-16-le", "surrogatepass"), "little")
    first, second, third = _CHARACTER_FACTORS
    pairs = ones + (ones >> 64) * first
    sixes = pairs + (pairs >> 128) * second + (pairs >> 256) * third
    sums = sixes.to_bytes(8 * count + 8, "little")
    sums = sums[: 8 * (count - 5)]
    return memoryview(sums).cast("Q"), sums[_CHARACTER_SAMPLE::8]


def coarser(keys: tuple[int, ...], level: int, wanted: int) -> tuple[int, ...]:
    """The keys that a sample taken at `wanted` (not finer than `level`) would have kept."""
    if wanted <= level:
        return keys
    unwanted = (1 << wanted) - 1
    return tuple([key for key in keys if not key & unwanted])


def index_level(keys: tuple[int, ...], level: int) -> int:
    """The finest level at which no more than `INDEXED` of the keys are left, about."""
    count = len(keys)
    while count > INDEXED and level < _DEEPEST:
        level, count = level + 1, count // 2
    return level
