"""Datelines, bylines, agency lines and credits: words of the trade that are no part of the article.

"SEOUL, Sept. 30 (Yonhap) --" says where the reporter sat, "By Kim Soo-jin" who wrote,
"(서울=연합뉴스) 홍길동 기자 =" and "新华社北京9月30日电（记者 …）" both. Left in, they would
count as mentions of Seoul, Beijing or China. They are set apart before matching: `blanked`
returns their spans, and the document blanks them out one for one, so that every offset stays true.

Datelines stand at the head of a paragraph, but portals glue headline, editor's note, byline and
dateline into one line; so a dateline that names its agency in brackets is believed anywhere in the
first part of the text.
"""

import re
from collections.abc import Iterator

from monitor.newsroom import byline_spans, dateline_spans
from monitor.newsroom.credits import is_tail

_HEAD = 500  # how far into the text a dateline may stand
_ADDRESS = re.compile(r"[\w.+-]{1,64}@[\w-]{1,64}(?:\.[\w-]{1,32}){1,4}|https?://[^\s<>\"]{1,300}")
_TAIL_LENGTH = 1500  # copyright lines and links to other stories stand at the end
# "… - Reuters", "… | The Korea Herald": the outlet at the end of a headline.
_OUTLET_MARKS = ("|", " - ", "｜", "–", "—")
_OUTLET = re.compile(r"\s[|｜–—-]\s(?:The )?[^|｜–—]{2,40}$")
_SHORTEST_HEADLINE = 12
# "(LEAD)", "(2nd LEAD)", "LEAD:": an agency numbers its takes; nobody leads anything.
_LEAD = re.compile(
    r"[(\[]\s?(?:\d{1,2}(?:st|nd|rd|th) )?lead(?: \d)?\s?[)\]]|^\s?lead\s?:", re.IGNORECASE
)


def blanked(text: str, headline_end: int, body: int) -> Iterator[tuple[int, int]]:
    """Yield the spans of an article that are no part of it, in no order; they may overlap.

    Args:
        text: headline, standfirst and paragraphs, a line each.
        headline_end: where the headline ends; body: where the first body paragraph begins.
    """
    headline = text[:headline_end]
    if any(mark in headline for mark in _OUTLET_MARKS):
        found = _OUTLET.search(headline)
        if found and found.start() > _SHORTEST_HEADLINE:
            yield found.span()
    yield from (match.span() for match in _LEAD.finditer(headline))
    head = body + _HEAD
    for start, end in dateline_spans(text[body:head]):
        yield body + start, body + end
    yield from byline_spans(text, body, head)
    if "@" in text or "http" in text:
        for match in _ADDRESS.finditer(text, body):
            yield match.span()
    yield from _tail(text, max(body, len(text) - _TAIL_LENGTH))


def _tail(text: str, start: int) -> Iterator[tuple[int, int]]:
    """Yield the lines near the end that are copyright lines and links to other stories."""
    for line in text[start:].split("\n"):
        if is_tail(line):
            yield start, start + len(line)
        start += len(line) + 1
