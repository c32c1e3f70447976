"""The numbers of terms: integer products only, the same in every process."""

import zlib
from functools import cache

FIRST, SECOND, THIRD = 0x9E3779B1, 0x85EBCA77, 0xC2B2AE3D  # of two and three characters running
MASK = 0xFFFFFFFF


def term_key(term: str, language: str) -> int:
    """The number of one term, the same in every process."""
    if term.isascii() or not 2 <= len(term) <= 3:
        return zlib.crc32(term.encode("utf-8", "surrogatepass"), _of_language(language))
    codes = zip(map(ord, term), (FIRST, SECOND, THIRD), strict=False)
    return (sum(code * factor for code, factor in codes) + salt(language)) & MASK


@cache
def _of_language(language: str) -> int:
    return zlib.crc32(f"{language}:".encode("utf-8", "surrogatepass"))


@cache
def salt(language: str) -> int:
    """What a language adds to the numbers of its terms."""
    return zlib.crc32(language.encode("utf-8", "surrogatepass"))
