"""Whether a text is the one that a headline stands for."""

import re
from collections.abc import Iterable, Sequence
from itertools import islice

from monitor.text import letters
from monitor.text.language import EAST_ASIAN

KIN = 0.5  # of the headline's words, which a text about the same thing has
_EAST = re.compile(f"[{EAST_ASIAN}]")
_OPENING = 40  # folded letters
_FIRST = 3  # paragraphs


def kinship(
    paragraphs: Iterable[str], title: str, lead: Sequence[str], enough: float = 1.0
) -> float:
    """Return how much of the headline's words, or of the description, a text has (0..1).

    Args:
        title: the headline; East Asian ones are compared by pairs of characters.
        lead: standfirst and description; a text that holds the opening of one is its own.
        enough: where the first paragraphs have so much, the rest is not looked at.
    """
    openings = [letters(line)[:_OPENING] for line in lead if len(line) > 30]
    # Most texts show what they are in their first paragraphs, and folding the rest costs.
    lines = iter(paragraphs)
    text = letters(" ".join(islice(lines, _FIRST)))
    if any(opening in text for opening in openings):
        return 1.0
    words = _words(title)
    if words and (share := sum(word in text for word in words) / len(words)) >= enough:
        return share
    text += letters(" ".join(lines))
    if any(opening in text for opening in openings):
        return 1.0
    return sum(word in text for word in words) / len(words) if words else 0.0


def _words(title: str) -> set[str]:
    words: set[str] = set()
    for word in re.findall(r"\w{2,}", title.casefold()):
        if not word.isascii() and _EAST.search(word):
            words.update(word[at : at + 2] for at in range(len(word) - 1))
        elif len(word) > 3:
            words.add(letters(word))
    return words


def shares_a_line(one: Sequence[str], other: Sequence[str]) -> bool:
    """Tell whether a text holds the opening of one of another's longer lines."""
    text = letters(" ".join(one))
    return any(letters(line)[:_OPENING] in text for line in other if len(line) > 30)
