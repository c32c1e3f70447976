"""Where sentences end: by punctuation and the habits of each script.

A sentence ends at a newline; at 。！？ with the closing marks that follow (not before と, which
goes on after a Japanese quotation); at . ? ! before a space and a capital, digit or opening mark,
unless an abbreviation stands before the stop; and after a Korean verb ending with a stop even when
no space follows, as portals glue paragraphs together.

Libraries were measured and left out: they make the same mistake at "9 a.m. Monday", and more in
Japanese and Chinese quotations.
"""

import re

_STOP = re.compile(r"[\n.?!…。！？]+")
_CLOSERS = re.compile("[\"'”’」』）)\\]]*")
# What may follow a stop in Latin letters: a space, then a capital, a digit or an opening mark.
_NEXT = re.compile(r"\s+[\"'“‘「『(\[<]*[A-Z0-9À-Þ가-힣一-鿿ぁ-ヿ]")
_ABBREVIATION = re.compile(
    r"(?:\b(?:[A-Z]|Mr|Mrs|Ms|Dr|Prof|Gen|Lt|Col|Maj|Sgt|Capt|Adm|Cmdr|Sen|Rep|Gov|Hon|Amb|Rev|St|"
    r"Mt|vs|Inc|Corp|Co|Ltd|Jr|Sr|Jan|Feb|Mar|Apr|Aug|Sept|Sep|Oct|Nov|Dec|Mon|Tue|Wed|"
    r"Thu|Fri|Sat|Sun|pct|approx|etc|e\.g|i\.e)|\b(?:[A-Za-z]\.)+[A-Za-z])$"
)
_NUMBER = re.compile(r"\bNos?$")
_LONGEST_ABBREVIATION = 16
_FULL_STOPS = frozenset("。！？")


def sentences(text: str, start: int = 0, end: int | None = None) -> list[tuple[int, int]]:
    """Return the spans of the sentences of text[start:end], without the space between them."""
    end = len(text) if end is None else end
    spans: list[tuple[int, int]] = []
    begin = start
    for match in _STOP.finditer(text, start, end):
        if match.start() < begin:
            continue
        stop, resume = _after(text, match, begin, end)
        if resume < 0:
            continue
        _add(spans, text, begin, stop)
        begin = resume
        while begin < end and text[begin] in " \t\u3000":
            begin += 1
    _add(spans, text, begin, end)
    return spans


def _add(spans: list[tuple[int, int]], text: str, begin: int, stop: int) -> None:
    if begin < stop and not text[begin:stop].isspace():
        spans.append((begin, stop))


def _after(text: str, match: re.Match[str], begin: int, end: int) -> tuple[int, int]:
    """Return where the sentence ends and where to go on; (0, -1) when it goes on here."""
    at, stops = match.start(), match[0]
    if "\n" in stops:
        newline = at + stops.index("\n")
        return newline, match.end()
    closed = _CLOSERS.match(text, match.end(), end)
    stop = closed.end() if closed else match.end()
    following = text[stop : stop + 1]
    if stop >= end:
        return end, end
    if stops[-1] in _FULL_STOPS:
        # "……。」と述べた": the quotation ends, the sentence does not.
        return (0, -1) if following in "とって、，」』" else (stop, stop)
    before = text[at - 1 : at]
    if "가" <= before <= "힣" and following not in " \t.,\n" and not following.isdigit():
        return stop, stop
    if stops == "." and following.isupper() and _glued(text, at):
        return stop, stop
    if not _NEXT.match(text, stop, end):
        return 0, -1
    if stops[0] == ".":
        # No abbreviation holds a space: only the last word is asked.
        near = max(begin, at - _LONGEST_ABBREVIATION, text.rfind(" ", begin, at) + 1)
        if _ABBREVIATION.search(text, near, at):
            return 0, -1
        if text[stop : stop + 3].lstrip()[:1].isdigit() and _NUMBER.search(text, near, at):
            return 0, -1
    return stop, stop


def _glued(text: str, at: int) -> bool:
    """Is this the stop of a sentence glued to the next ("a new era.President Lee")?"""
    before, after = text[at - 2 : at], text[at + 1 : at + 3]
    return (
        len(before) == 2 and before.isascii() and before.isalpha() and before.islower()
        and len(after) == 2 and after[0].isupper() and after[1].islower() and after.isascii()
    )  # fmt: skip
