"""Whether the text that a page's scripts hold goes before the text of its elements."""

from collections.abc import Sequence

from monitor.articles.body.furniture import is_furniture, without_notes
from monitor.articles.body.payload import Payload
from monitor.articles.body.relevance import KIN, kinship, shares_a_line
from monitor.newsroom.credits import is_caption
from monitor.text import letters, one_line

_CLOSER = 0.25  # by how much more a text must be the headline's to go before a longer one
_LONGEST_NOTICE = 160  # characters
LEAST = 80  # bytes of a script's text where the elements hold none


def size_of(paragraphs: Sequence[str]) -> int:
    return sum(len(paragraph.encode()) for paragraph in paragraphs)


def clean_payload(lines: Sequence[str], title: str) -> list[str]:
    """Return the lines of a payload that are the article's text."""
    folded = letters(title)
    kept = [without_notes(one_line(line)) for line in lines]
    return [
        line
        for line in kept
        if line
        and not is_furniture(line)
        and not is_caption(line)
        and not _asks_for_scripts(line)
        and letters(line) != folded
    ]


def _asks_for_scripts(line: str) -> bool:
    """Tell whether a line says what a `noscript` says, in whatever language."""
    return len(line) <= _LONGEST_NOTICE and "JavaScript" in line


def text_of_scripts(
    payload: Payload, paragraphs: Sequence[str], kin: float, title: str, lead: Sequence[str]
) -> list[str]:
    """Return the text of the page's scripts where it is the story more than `paragraphs` are.

    Args:
        paragraphs: the elements' text, whose kinship with the headline is `kin`.
    """
    hidden = clean_payload(payload.lines, title)
    own = 1.0 if payload.headed else kinship(hidden, title, lead)
    return hidden if _is_better(hidden, own, paragraphs, kin) else []


def _is_better(hidden: Sequence[str], own: float, paragraphs: Sequence[str], kin: float) -> bool:
    """Tell whether a script's text is the page's story, and the elements' text less so.

    Args:
        hidden: the script's text, whose kinship with the headline is `own`.
        paragraphs: the elements' text, whose kinship with the headline is `kin`.
    """
    size, shown = size_of(hidden), size_of(paragraphs)
    if size < shown and shares_a_line(paragraphs, hidden):
        return False  # it is the same story, or what introduces it
    if size < (LEAST if kin < KIN else 300):
        return False
    if size > 1.5 * shown:
        return own >= KIN or shares_a_line(hidden, paragraphs)
    return own >= KIN and own > kin + _CLOSER
