"""Where in a text a line or half a line names its writer."""

import re
from collections.abc import Iterator

_BYLINE = re.compile(
    r"^(?:By|Reporting by|Written by) [A-Z][^\n]{0,120}$|"
    r"(?<![\w])By [A-Z][a-z]+ [A-Z][\w-]+(?= [A-Z]{3,}[,( ])",
    re.MULTILINE,
)
_KOREAN_BYLINE = re.compile(
    r"[가-힣]{2,4}\s?(?:기자|특파원|인턴기자|선임기자|논설위원)"
    r"(?=\s*[=(\[]|\s*[\w.]{1,40}@|[ \t]*$)",
    re.MULTILINE,
)


def byline_spans(text: str, start: int, head: int) -> Iterator[tuple[int, int]]:
    """Yield the spans of lines and half-lines of text[start:] that name the writer.

    Args:
        text: paragraphs, a line each.
        start: where the first paragraph begins; `head`: up to where a "By …" is believed.
    """
    opening = text[start:head]
    if "By " in opening and (found := _BYLINE.search(opening)):
        yield start + found.start(), start + found.end()
    if "기자" in text or "특파원" in text:
        for match in _KOREAN_BYLINE.finditer(text, start):
            yield match.span()
