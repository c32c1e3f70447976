"""Whether two headlines are one form of words that is filled with other names and numbers.

"Fire at Busan warehouse injures 12" and "Fire at Daegu warehouse injures 31" share most of their
words, and so do the reports of all fires. Reports of one event differ in other ways: words are left
out, put in or moved, or one word is said otherwise. So headlines of two events are those that
differ only by putting one thing in another's place, and that at the beginning (what is talked
about), in two places or more, or one name for another (by capitals, or by its shape inside what is
otherwise the same).
"""

import re
from collections.abc import Sequence
from difflib import SequenceMatcher
from functools import lru_cache

from monitor.text import fold_width

Tokens = tuple[str, ...]
Piece = tuple[int, int, int, int]  # where two headlines differ: start and end in either

_TOKEN = re.compile(r"[0-9][0-9.,]*|[a-z]+|[가-힣]+|[ァ-ヺー]+|[㐀-鿿]|[^\W_]")
_STEM = 4  # letters
_ALIKE = 0.75  # share of the characters of the shorter of two pieces
_LONGER = 3  # times as long as the other: not a name for a name
_LOWER = 3  # words in small letters, by which a headline is seen not to be In Title Case
_HAN_NAME = 3  # characters that a name in Han characters counts as, however long
_LONGEST_MOVED = {False: 3, True: 6}  # words (characters, where True: in Han) of a name
_SHORTEST, _LONGEST = 2, 4  # characters of a name; of one in Han characters
_NEARLY_ALL = 0.6  # share of the longer headline, beside which a name for a name is seen


def is_filled_otherwise(
    headline: str, other_headline: str, *, later: bool = False, counted: bool = False
) -> bool:
    """Whether two headlines are one form of words filled with other things.

    Args:
        headline: of one article.
        other_headline: of the other.
        later: whether one was told so much later that it is no other wording of one report: then
            one thing in another's place is enough, wherever it stands.
        counted: whether their numbers count what may grow meanwhile (the dead of an accident).
    """
    # The longer first, so that the answer is the same either way.
    headline, other_headline = sorted(
        (headline, other_headline), key=lambda text: (-len(text), text)
    )
    one, other = _tokens(headline), _tokens(other_headline)
    changed = _changes(one, other)
    if not changed or any(not mine or not theirs for _, mine, theirs in changed):
        return False
    kept = len(one) - sum([len(mine) for _, mine, _ in changed])
    mine, theirs = _names(headline), _names(other_headline)
    is_form = kept >= sum([_size(first, second) for _, first, second in changed])
    # A name of several words is one thing, where names can be told.
    if not is_form and not (mine and theirs and kept >= len(changed)):
        return False
    swapped = [part for part in changed if _is_swapped("".join(part[1]), "".join(part[2]))]
    if later and is_form and not _are_grown(swapped, counted=counted):
        return True
    if kept >= _NEARLY_ALL * max(len(one), len(other)) and _is_renamed(one, changed):
        return True
    return _are_two(swapped, mine, theirs)


def _are_grown(swapped: Sequence[tuple[int, Tokens, Tokens]], *, counted: bool) -> bool:
    """Whether nothing is in another's place but numbers that may have grown."""
    return all(counted and "".join(piece).isdigit() for _, piece, _ in swapped)


def _are_two(
    swapped: Sequence[tuple[int, Tokens, Tokens]], mine: set[str], theirs: set[str]
) -> bool:
    """Whether the things that stand in each other's place make two events of one form.

    They do where both are names; where names cannot be told, where there are several things, or
    one at the beginning.
    """
    if mine and theirs:
        return any(_are_of(mine, first) and _are_of(theirs, second) for _, first, second in swapped)
    return len(swapped) > 1 or any(start == 0 for start, _, _ in swapped)


def _are_of(names: set[str], piece: Tokens) -> bool:
    """Whether all words of a piece are names, and it is not a number alone."""
    words = [token for token in piece if not token[0].isdigit()]
    return bool(words) and names.issuperset(words)


def _is_renamed(one: Tokens, changed: Sequence[tuple[int, Tokens, Tokens]]) -> bool:
    """Whether all that changed is one name for another, before the end: a predicate stands there.

    Of scripts without capitals a name is told by its size, and by having no character of the other.
    """
    return all(
        start + len(mine) < len(one)
        and not set("".join(mine)) & set("".join(theirs))
        and all(_has_size_of_a_name(piece) for piece in (mine, theirs))
        for start, mine, theirs in changed
    )


def _has_size_of_a_name(piece: Tokens) -> bool:
    text = "".join(piece)
    if text.isascii() or len(text) < _SHORTEST:
        return False
    return len(piece) == 1 or (
        len(piece) <= _LONGEST and all("\u3400" <= token <= "\u9fff" for token in piece)
    )


def _changes(one: Tokens, other: Tokens) -> list[tuple[int, Tokens, Tokens]]:
    """Where two headlines differ: the place in the first, and what stands there in either.

    A single Han character that two changed pieces have between them is part of the change (利马 and
    马尼拉 have one in common by chance).
    """
    found: list[Piece] = []
    size = 0  # of what is equal before the piece
    for tag, start, end, from_, to in SequenceMatcher(None, one, other, False).get_opcodes():
        if tag == "equal":
            size = end - start
        elif found and size == 1 and "\u3400" <= one[start - 1] <= "\u9fff":
            found[-1] = (found[-1][0], end, found[-1][2], to)
        else:
            found.append((start, end, from_, to))
    changed: list[tuple[int, Tokens, Tokens]] = []
    number = 0
    while number < len(found):
        start, end, from_, to = found[number]
        pair = found[number : number + 2]
        placed = _moved(one, other, *pair) if len(pair) == 2 else None
        if placed is None:
            changed.append((start, one[start:end], other[from_:to]))
        else:
            changed += placed
        number += 1 if placed is None else 2
    return changed


def _moved(
    one: Tokens, other: Tokens, change: Piece, following: Piece
) -> list[tuple[int, Tokens, Tokens]] | None:
    """What stands in whose place where a name that both have stands in two places.

    "A beats B" and "B beats C" have B in common, and are a form filled with A, B and with B, C.
    Where both have the same names the other way round, nothing is changed. None: nothing moved.
    """
    (start, end, from_, to), (start2, end2, from2, to2) = change, following
    name = one[end:start2]
    if len(name) > _LONGEST_MOVED[_is_han(name)]:
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


def _is_swapped(one: str, other: str) -> bool:
    """Whether two pieces are two things, and not one word's long and short forms, or a phrase."""
    if one.isdigit() or other.isdigit():
        return one != other
    shorter, longer = sorted((len(one), len(other)))
    if longer > _LONGER * shorter:
        return False
    if one.isascii() and other.isascii():
        return one[:_STEM] != other[:_STEM]
    blocks = SequenceMatcher(None, one, other, False).get_matching_blocks()
    return sum([block.size for block in blocks]) < _ALIKE * shorter


def _size(first: Tokens, second: Tokens) -> int:
    """How many words the longer of two pieces is; a name in Han characters is so many at most.

    A letter or a number may be part of such a name (北极星C).
    """
    longer = max(len(first), len(second))
    return min(longer, _HAN_NAME) if _is_han(first) and _is_han(second) else longer


def _is_han(piece: Tokens) -> bool:
    return "\u3400" <= piece[0] <= "\u9fff" and all(
        token.isascii() or "\u3400" <= token <= "\u9fff" for token in piece
    )


def _names(headline: str) -> set[str]:
    """Folded words of a headline that are written as names, where its other words are not."""
    words = re.findall(r"[A-Za-z]+(?:['-][A-Za-z]+)*", headline)
    if sum(word.islower() for word in words) < _LOWER:
        return set()
    named = " ".join(word for word in words if word[0].isupper())
    return set(re.findall("[a-z]+", named.lower()))


def headline_numbers(headline: str) -> set[float]:
    """The numbers that a headline prints in digits."""
    digits = (token.replace(",", "").rstrip(".") for token in _tokens(headline))
    return {float(token) for token in digits if token[:1].isdigit() and token.count(".") < 2}


@lru_cache(maxsize=1 << 10)
def _tokens(headline: str) -> Tokens:
    """Words and numbers of a headline; Han characters one by one, no hiragana."""
    return tuple(_TOKEN.findall(fold_width(headline)))
