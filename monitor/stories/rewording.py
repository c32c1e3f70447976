"""What is changed between two headlines: which words stand in whose place.

A headline is read as words: numbers, Latin words, runs of Hangul or katakana, Han characters one by
one; a name that the gazetteer knows is one word however it is printed. Hiragana is left out.
"""

import re
from collections.abc import Mapping
from difflib import SequenceMatcher
from functools import lru_cache

from monitor.stories.known_names import MARKED, is_known, read_mark
from monitor.text import fold_width, simplified

Tokens = tuple[str, ...]
Printed = Mapping[str, str]  # the words that a known name is printed as
Change = tuple[int, Tokens, Tokens]  # where in the first, and what stands there in either
_Piece = tuple[int, int, int, int]  # where two headlines differ: start and end in either

_TOKEN = re.compile(rf"{MARKED}|[0-9][0-9.,]*|[a-z]+|[가-힣]+|[ァ-ヺー]+|[㐀-鿿]|[^\W_]")
_NUMBER = re.compile(r"([0-9]+(?:\.[0-9]+)?)\.*")
_PARTICLE = re.compile("[가-힣]{2}(에서|으로|[이가은는을를에의와과도로서전])$")
_LONGEST_MOVED = {False: 3, True: 6}  # words (characters, where True: in Han) of a name
STEM = 4  # letters


@lru_cache(maxsize=1 << 10)
def read_words(headline: str) -> tuple[Tokens, Printed]:
    """Words and numbers of a headline; Han characters one by one, no hiragana.

    A marked name is one token, whatever is printed; what is, stands beside.
    """
    tokens: list[str] = []
    printed: dict[str, str] = {}
    for token in _TOKEN.findall(simplified(fold_width(headline))):
        if is_known(token):
            token, words = read_mark(token)
            printed.setdefault(token, words)
        tokens.append(token)
    return tuple(tokens), printed


def without_particles(tokens: Tokens, other: Tokens) -> Tokens:
    """The tokens, Korean words without the particle that they have beyond another's word."""
    known = set(other)
    return tuple(
        [
            token[: -len(match[1])]
            if token not in known
            and (match := _PARTICLE.search(token)) is not None
            and token[: -len(match[1])] in known
            else token
            for token in tokens
        ]
    )


def changes(one: Tokens, other: Tokens) -> list[Change]:
    """Where two headlines differ: the place in the first, and what stands there in either.

    What stands alone between an insertion and an omission is part of the change: 利马 and 马尼拉
    have a character in common by chance, "Line 2" and "Airport Line" a word.
    """
    found = [
        (start, end, from_, to)
        for tag, start, end, from_, to in SequenceMatcher(None, one, other, False).get_opcodes()
        if tag != "equal"
    ]
    changed: list[Change] = []
    number = 0
    while number < len(found):
        start, end, from_, to = found[number]
        if number + 1 < len(found):
            following = found[number + 1]
            placed = _moved(one, other, found[number], following)
            if placed is not None:
                changed += placed
                number += 2
                continue
            if _are_one(one, other, found[number], following):
                found[number + 1] = (start, following[1], from_, following[3])
                number += 1
                continue
        changed.append((start, one[start:end], other[from_:to]))
        number += 1
    return changed


def _are_one(one: Tokens, other: Tokens, change: _Piece, following: _Piece) -> bool:
    """Whether two changes are one, which a single word (or Han character) breaks by chance."""
    (start, end, from_, to), (start2, end2, from2, to2) = change, following
    if start2 - end != 1:
        return False
    omitted = [from_ == to, from2 == to2]
    inserted = [start == end, start2 == end2]
    if not any(omitted + inserted):
        return False
    if "\u3400" <= one[end] <= "\u9fff":
        return True
    mine, theirs = one[start:end] + one[start2:end2], other[from_:to] + other[from2:to2]
    said = {token[:STEM] for token in mine} & {token[:STEM] for token in theirs}
    return any(omitted) and any(inserted) and not said


def _moved(
    one: Tokens, other: Tokens, change: _Piece, following: _Piece
) -> list[tuple[int, Tokens, Tokens]] | None:
    """What stands in whose place where a name that both have stands in two places.

    "A beats B" and "B beats C" have B in common, and are a form filled with A, B and with B, C.
    Where both have the same names the other way round, nothing is changed. None: nothing moved.
    """
    (start, end, from_, to), (start2, end2, from2, to2) = change, following
    name = one[end:start2]
    if len(name) > _LONGEST_MOVED[is_han(name)]:
        return None
    if start == end and from2 == to2:  # before the name there, after it here
        ahead, behind = other[from_:to], one[start2:end2]
    elif from_ == to and start2 == end2:
        ahead, behind = one[start:end], other[from2:to2]
    else:
        return None
    size = min(len(ahead), len(behind))
    form = next((n for n in range(size, 0, -1) if ahead[-n:] == behind[:n]), 0)
    first, last = ahead[: len(ahead) - form], behind[form:]
    if first == last:
        return []
    if not (form and first and last):  # no predicate moved with it: it is another order of words
        return None
    if start == end:
        return [(start, name, first), (start2 + form, last, name)]
    return [(start, first, name), (start + len(first) + form, name, last)]


def is_han(piece: Tokens) -> bool:
    return "\u3400" <= piece[0] <= "\u9fff" and all(
        token.isascii() or "\u3400" <= token <= "\u9fff" for token in piece
    )


def headline_numbers(headline: str) -> set[float]:
    """The numbers that a headline prints in digits."""
    found = map(number_of, read_words(headline)[0])
    return {number for number in found if number is not None}


def number_of(token: str) -> float | None:
    """The number that a token prints in digits; None where it prints none (17.5.1 or ① is none)."""
    match = _NUMBER.fullmatch(token.replace(",", ""))
    return float(match[1]) if match else None
