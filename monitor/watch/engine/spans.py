"""Places in a text: between two ends, apart from one another, as far as some words reach."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence

from monitor.watch.engine.scanning import Span

Place = tuple[int, int, int]  # start, end, atom


def window(text: str, start: int, end: int, words: int, low: int, high: int) -> Span:
    """Return the reach of some words around a hit; two Han or kana characters are a word."""
    left, room = start, words * 2
    while left > low and (room := room - _weight(text, left - 1)) >= 0:
        left -= 1
    right, room = end, words * 2
    while right < high and (room := room - _weight(text, right)) >= 0:
        right += 1
    return left, right


def _weight(text: str, at: int) -> int:
    """Half-words that a character uses up: a space ends a word, Han and kana count each."""
    char = text[at]
    if char == " ":
        return 2
    return 1 if "\u3041" <= char <= "\u9fff" else 0


def places_between(places: Sequence[Place], begin: int, end: int) -> list[Place]:
    at = bisect_left(places, (begin, -1, -1))
    hits = []
    while at < len(places) and places[at][0] < end:
        if places[at][1] <= end:
            hits.append(places[at])
        at += 1
    return hits


def spans_apart(marks: Sequence[Span]) -> Iterator[Span]:
    """Yield marks without overlaps, so that they can be shown one after the other."""
    done = 0
    for a, b in marks:
        if a >= done:
            yield a, b
            done = b
