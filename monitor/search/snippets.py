"""Lines that show why a text was found: the print around the best match, its words marked."""

from collections.abc import Sequence

from msgspec import Struct

from monitor.model import Article
from monitor.search.query_tree import Phrase
from monitor.search.tokenizer import Token, tokens

_BEFORE = 60  # characters shown before the first marked word, about
_HEADLINE = 400  # characters shown of a headline
_LONGEST = 20_000  # characters looked at; what is found further down shows the opening instead


class Snippet(Struct, frozen=True):
    """A stretch of a text as printed; `marks` are spans of the words that were found in it."""

    text: str
    marks: tuple[tuple[int, int], ...]


def article_snippets(article: Article, wanted: Sequence[Phrase]) -> tuple[Snippet, Snippet]:
    """Return the headline of an article with its marks, and the stretch of its text to show."""
    lines = [line for line in (article.standfirst, *article.body) if line]
    return snippet(article.headline, wanted, _HEADLINE), snippet("\n".join(lines), wanted)


def snippet(text: str, wanted: Sequence[Phrase], width: int = 240) -> Snippet:
    """Return the stretch of `text` that holds the most of what was wanted.

    Args:
        text: the text as printed.
        wanted: the phrases of the query.
        width: most characters of the stretch.
    """
    text = text[:_LONGEST]
    spans = _spans(tokens(text), wanted)
    if not spans:
        return _cut(text, 0, width, ())
    best, most = 0, 0
    for number, (start, _, _) in enumerate(spans):
        inside = {which for begin, end, which in spans[number:] if end <= start + width - _BEFORE}
        if len(inside) > most:
            best, most = number, len(inside)
    return _cut(text, spans[best][0] - _BEFORE, width, [(begin, end) for begin, end, _ in spans])


def _spans(found: Sequence[Token], wanted: Sequence[Phrase]) -> list[tuple[int, int, int]]:
    """Return (start, end, which phrase) of every match, by place."""
    places: dict[str, list[int]] = {}
    for number, token in enumerate(found):
        places.setdefault(token.text, []).append(number)
    spans: list[tuple[int, int, int]] = []
    for which, phrase in enumerate(dict.fromkeys(wanted)):
        first, rest = phrase.tokens[0], phrase.tokens
        if len(rest) == 1 and phrase.prefix:
            starts = [i for word, at in places.items() if word.startswith(first) for i in at]
        else:
            starts = places.get(first, [])
        for start in starts:
            row = found[start : start + len(rest)]
            if len(row) == len(rest) and all(
                token.text == word
                or (phrase.prefix and i == len(rest) - 1 and token.text.startswith(word))
                for i, (token, word) in enumerate(zip(row, rest, strict=True))
            ):
                end = row[-1].end
                if phrase.prefix and row[-1].text != rest[-1] and len(rest[-1]) == 1:
                    end = min(end, row[-1].start + 1)  # one character, found as part of a pair
                spans.append((row[0].start, end, which))
    return sorted(spans)


def _cut(text: str, start: int, width: int, spans: Sequence[tuple[int, int]]) -> Snippet:
    start = max(0, min(start, len(text) - width))
    if start:
        blank = text.find(" ", start, start + 20)
        start = blank + 1 if blank >= 0 else start
    end = min(len(text), start + width)
    lead, tail = ("…" if start else ""), ("…" if end < len(text) else "")
    marks: list[tuple[int, int]] = []
    for begin, stop in spans:
        if begin >= start and stop <= end:
            begin, stop = begin - start + len(lead), stop - start + len(lead)
            if marks and begin <= marks[-1][1]:
                marks[-1] = (marks[-1][0], max(stop, marks[-1][1]))
            else:
                marks.append((begin, stop))
    return Snippet(f"{lead}{text[start:end]}{tail}".replace("\n", " "), tuple(marks))
