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

from monitor.stories.known_names import MARKED, are_of_two, is_known, plain
from monitor.stories.rewording import (
    STEM,
    Change,
    Printed,
    Tokens,
    changes,
    is_han,
    number_of,
    read_words,
    without_particles,
)

_ALIKE = 0.75  # share of the characters of the shorter of two pieces
_LONGER = 3  # times as long as the other: not a name for a name
_LOWER = 3  # words in small letters, by which a headline is seen not to be In Title Case
_HAN_NAME = 3  # characters that a name in Han characters counts as, however long
_SHORTEST, _LONGEST = 2, 6  # characters of a name; of one in Han characters
_NEARLY_ALL = 0.6  # share of the longer headline, beside which a name for a name is seen
_ROUNDED = 1.1  # times as much, that two reports of one number may differ by
_ROUND = 100  # the least that is a rounding of something else
_KATAKANA = frozenset(map(chr, range(0x30A1, 0x30FD)))
_HANJA = 2  # Han characters of a word in short, as Korean headlines print it (北, 韓美)


def is_filled_otherwise(
    headline: str,
    other_headline: str,
    *,
    later: bool = False,
    counted: bool = False,
    measured: bool = True,
    grows: bool = False,
) -> bool:
    """Whether two headlines are one form of words filled with other things.

    Args:
        headline: of one article, with known names marked (see `known_names`) or without.
        other_headline: of the other.
        later: whether one was told so much later that it is no other wording of one report: then
            one thing in another's place is enough, wherever it stands.
        counted: whether their numbers count what may grow meanwhile (the dead of an accident).
        measured: whether the numbers that differ have a unit of which it is known how reports
            differ in it; others are of two events where they are two numbers.
        grows: whether a number without a unit may be such a count all the same.
    """
    # The longer first, so that the answer is the same either way.
    headline, other_headline = sorted(
        (headline, other_headline), key=lambda text: (-len(plain(text)), text)
    )
    (one, printed), (other, printed_too) = read_words(headline), read_words(other_headline)
    one, other = without_particles(one, other), without_particles(other, one)
    changed = changes(one, other)
    if not changed or any(not mine or not theirs for _, mine, theirs in changed):
        return False
    kept = len(one) - sum([len(mine) for _, mine, _ in changed])
    mine, theirs = _names(headline, one), _names(other_headline, other)
    is_form = kept >= sum([_size(first, second) for _, first, second in changed])
    # A name of several words is one thing, where names can be told.
    if not is_form and not (mine and theirs and kept >= len(changed)):
        return False
    spelled = {**printed_too, **printed}
    swapped = [part for part in changed if _is_swapped(part[1], part[2], spelled)]
    if later and is_form and not _are_grown(swapped, counted=counted):
        return True
    nearly_all = kept >= _NEARLY_ALL * max(len(one), len(other)) and len(swapped) == len(changed)
    if nearly_all and _is_refilled(one, changed, measured=measured, grows=grows):
        return True
    return _are_two(swapped, mine, theirs, is_form=is_form)


def _is_refilled(one: Tokens, changed: Sequence[Change], *, measured: bool, grows: bool) -> bool:
    """Whether nothing but names, or numbers that are exact, stands in the place of others."""
    return _are_renamed(one, changed) or (not measured and _are_other_numbers(changed, grows=grows))


def _are_grown(swapped: Sequence[Change], *, counted: bool) -> bool:
    """Whether nothing is in another's place but numbers that may have grown."""
    return all(counted and "".join(piece).isdigit() for _, piece, _ in swapped)


def _are_other_numbers(changed: Sequence[Change], *, grows: bool) -> bool:
    """Whether all that changed are numbers, and more than two roundings of one."""
    for _, mine, theirs in changed:
        numbers = [number_of(piece[0]) for piece in (mine, theirs) if len(piece) == 1]
        if len(numbers) < 2 or None in numbers:
            return False
        less, more = sorted(number for number in numbers if number is not None)
        if more <= _ROUNDED * less and (grows or _are_roundings(less, more)):
            return False
    return True


def _are_roundings(one: float, other: float) -> bool:
    """Whether one of two numbers may be the other, rounded: 2500 is 2537, but it is not 2600."""
    steps = (_step_of(one), _step_of(other))
    return steps[0] != steps[1] and max(steps) >= _ROUND and abs(one - other) < max(steps)


def _step_of(number: float) -> int:
    """The greatest power of ten that a whole number counts in, 0 for a fraction."""
    whole = int(number)
    if whole != number or not whole:
        return 0
    return int(10 ** (len(str(whole)) - len(str(whole).rstrip("0"))))


def _are_two(swapped: Sequence[Change], mine: set[str], theirs: set[str], *, is_form: bool) -> bool:
    """Whether the things that stand in each other's place make two events of one form.

    They do where both are names, or hold one beside a title; where names cannot be told, where
    there are several things, or one at the beginning.
    """
    if mine and theirs:
        return any(
            (_are_of(mine, first) and _are_of(theirs, second))
            or (
                is_form and _hold_other_names(mine.intersection(first), theirs.intersection(second))
            )
            for _, first, second in swapped
        )
    return len(swapped) > 1 or any(start == 0 for start, _, _ in swapped)


def _are_of(names: set[str], piece: Tokens) -> bool:
    """Whether all words of a piece are names, and it is not a number alone."""
    words = [token for token in piece if not token[0].isdigit()]
    return bool(words) and names.issuperset(words)


def _hold_other_names(mine: set[str], theirs: set[str]) -> bool:
    return bool(mine) and bool(theirs) and not mine & theirs


def _are_renamed(one: Tokens, changed: Sequence[Change]) -> bool:
    """Whether all that changed is one name for another, before the end: a predicate stands there.

    Of scripts without capitals a name is told by its size, and by having no character of the other
    (names in katakana have some by chance).
    """
    return all(
        start + len(mine) < len(one) and _is_name_for_name(mine, theirs)
        for start, mine, theirs in changed
    )


def _is_name_for_name(mine: Tokens, theirs: Tokens) -> bool:
    if any(map(is_known, mine)) and any(map(is_known, theirs)):
        return True
    shared = set("".join(mine)) & set("".join(theirs))
    return not shared - _KATAKANA and all(map(_has_size_of_a_name, (mine, theirs)))


def _has_size_of_a_name(piece: Tokens) -> bool:
    if all(map(is_known, piece)):
        return True
    text = "".join(piece)
    if text.isascii() or len(text) < _SHORTEST:
        return False
    return len(piece) == 1 or (
        len(piece) <= _LONGEST and all("\u3400" <= token <= "\u9fff" for token in piece)
    )


def _is_swapped(first: Tokens, second: Tokens, printed: Printed) -> bool:
    """Whether two pieces are two things, and not one word's long and short forms, or a phrase."""
    known = are_of_two(first, second)
    if known is not None:
        return known
    one, other = (
        "".join([printed.get(token, token) for token in piece]) for piece in (first, second)
    )
    if one.isdigit() or other.isdigit():
        return one != other
    shorter, longer = sorted((one, other), key=len)
    if len(longer) > _LONGER * len(shorter):
        return False
    if one.isascii() and other.isascii():
        return one[:STEM] != other[:STEM]
    if _is_hanja(one, other) or _is_hanja(other, one):
        return False
    blocks = SequenceMatcher(None, one, other, False).get_matching_blocks()
    if sum([block.size for block in blocks]) < _ALIKE * len(shorter):
        return True
    # Long and short forms begin alike (or the one holds the other); names may end alike.
    return (
        one[0] != other[0] and shorter not in longer and _is_spelled(first) and _is_spelled(second)
    )


def _is_hanja(one: str, other: str) -> bool:
    """Whether one is Han characters, where the other is Hangul: a Korean word in short."""
    return (
        len(one) <= _HANJA
        and all("\u3400" <= c <= "\u9fff" for c in one)
        and "가" <= other[0] <= "힣"
    )


def _is_spelled(piece: Tokens) -> bool:
    """Whether a piece is one word in Hangul or katakana."""
    return len(piece) == 1 and ("가" <= piece[0][0] <= "힣" or "ァ" <= piece[0][0] <= "ー")


def _size(first: Tokens, second: Tokens) -> int:
    """How many words the longer of two pieces is; a name in Han characters is so many at most.

    A letter or a number may be part of such a name (北极星C).
    """
    longer = max(len(first), len(second))
    return min(longer, _HAN_NAME) if is_han(first) and is_han(second) else longer


def _names(headline: str, tokens: Tokens) -> set[str]:
    """Folded words of a headline that are written as names, where its other words are not.

    With them the names in it that the gazetteer knows.
    """
    words = re.findall(r"[A-Za-z]+(?:['-][A-Za-z]+)*", re.sub(MARKED, " ", headline))
    if sum(word.islower() for word in words) < _LOWER:
        return set()
    named = " ".join(word for word in words if word[0].isupper())
    return {*re.findall("[a-z]+", named.lower()), *filter(is_known, tokens)}
