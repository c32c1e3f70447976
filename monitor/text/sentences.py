"""Where sentences end: by punctuation and the habits of each script.

A sentence ends at a newline; at 。！？ with the closing marks that follow (not before と, which
goes on after a Japanese quotation); at . ? ! before a space and a capital, digit or opening mark,
unless an abbreviation stands before the stop; and after a Korean verb ending with a stop even when
no space follows, as portals glue paragraphs together.

Libraries were measured and left out: they make the same mistake at "9 a.m. Monday", and more in
Japanese and Chinese quotations.
"""

import re

_CLOSERS = "[\"'”’」』）)\\]]*"
_END = re.compile(
    rf"\n+|[。！？]+{_CLOSERS}(?![とというって、，」』])"
    rf"|[.?!…]+{_CLOSERS}(?=\s+[\"'“‘「『(\[<]*[A-Z0-9À-Þ가-힣一-鿿ぁ-ヿ])"
    rf"|(?<=[가-힣])[.?!]+{_CLOSERS}(?=[^\s\d.,])"
    r"|(?<=[a-z]{2})\.(?=[A-Z][a-z])"
)
_ABBREVIATION = re.compile(
    r"(?:\b(?:[A-Z]|Mr|Mrs|Ms|Dr|Prof|Gen|Lt|Col|Maj|Sgt|Capt|Adm|Cmdr|Sen|Rep|Gov|Hon|Amb|Rev|St|"
    r"Mt|No|Nos|vs|Inc|Corp|Co|Ltd|Jr|Sr|Jan|Feb|Mar|Apr|Aug|Sept|Sep|Oct|Nov|Dec|Mon|Tue|Wed|"
    r"Thu|Fri|Sat|Sun|pct|approx|etc|e\.g|i\.e)|\b(?:[A-Za-z]\.)+[A-Za-z])$"
)
_MARKUP_TAIL = 16


def sentences(text: str, start: int = 0, end: int | None = None) -> list[tuple[int, int]]:
    """Return the spans of the sentences of text[start:end], without the space between them."""
    end = len(text) if end is None else end
    spans: list[tuple[int, int]] = []
    begin = start
    for match in _END.finditer(text, start, end):
        stop = match.end()
        at = match.start()
        if text[at] == "." and _ABBREVIATION.search(text, max(begin, at - _MARKUP_TAIL), at):
            continue
        if text[at] == "\n":
            stop = at
        if text[begin:stop].strip():
            spans.append((begin, stop))
        begin = match.end()
        while begin < end and text[begin] in " \t\u3000":
            begin += 1
    if begin < end and text[begin:end].strip():
        spans.append((begin, end))
    return spans
