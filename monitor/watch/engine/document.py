"""An article laid out for matching: one text, its zones, and what is only looked up on demand.

Zones are decided here. *headline* is the title, one sentence whatever its punctuation. *lede* is
the standfirst and the first two paragraphs of the body, but no more than about 120 words: feeds
and portals often give a whole story as one paragraph, and its end is not its lede. *body* is the
rest. Only the first 200,000 characters are read; no news story is longer, hostile pages are.
"""

from bisect import bisect_right
from collections.abc import Sequence
from datetime import datetime
from itertools import accumulate

from monitor.model import Article, Feed, Zone
from monitor.text import Folded, fold, guess_language, is_traditional, sentences
from monitor.watch.engine.blanked import blanked

MAX_CHARACTERS = 200_000
_BLANK = "\x1f"  # in no term, and no letter of any script
_LEDE_CHARACTERS = {"en": 700, "ko": 350, "zh": 260, "ja": 260}  # about 120 words
_SHORT_LEDE = min(_LEDE_CHARACTERS.values())
_LEDE_PARAGRAPHS = 2
_LONGEST_SENTENCE = 400
_SCRIPT_SAMPLE = 800


class Document:
    """One article as the matcher reads it.

    Attributes:
        text: headline, standfirst and paragraphs, a line each, furniture blanked out.
        folded: the same for looking terms up.
        headline_end, lede_end: where those zones end in `text`.
        language: "en", "ko", "zh", "ja" or another code.
        day: of publication, "2026-11-23"; decides who held an office.
        country: of the outlet, if known; decides what "Korea" alone means.
        feed: name of the feed, "" if none.
    """

    __slots__ = (
        "_body", "_language", "_sentences", "_starts", "country", "day", "feed",
        "folded", "headline_end", "lede_end", "positions", "printed", "text",
    )  # fmt: skip

    def __init__(
        self,
        article: Article,
        feed: Feed | None = None,
        *,
        now: datetime,
        country: str = "",
    ) -> None:
        parts = [article.title]
        positions = [-1]
        if article.standfirst:
            parts.append(article.standfirst)
            positions.append(-2)
        parts += article.body
        printed = "\n".join(parts)
        if printed.count("\n") >= len(parts):
            parts = [part.replace("\n", " ") for part in parts]
            printed = "\n".join(parts)
        self.printed = printed[:MAX_CHARACTERS]
        self._body = len(positions)
        self.positions = [*positions, *range(len(article.body))]
        self._starts = [0, *accumulate(len(part) + 1 for part in parts[:-1])]
        if len(printed) > MAX_CHARACTERS:
            del self._starts[bisect_right(self._starts, MAX_CHARACTERS) :]
        self.headline_end = min(len(parts[0]), MAX_CHARACTERS)
        self.feed = feed.name if feed else ""
        self.country = feed.country if feed and feed.country else country
        self.day = (article.published or now).date().isoformat()
        self._sentences: dict[int, tuple[list[tuple[int, int]], list[int]]] = {}
        self._language = article.language[:2].lower() or None
        if self._language is None and feed and feed.language:
            self._language = guess_language(self.printed[:1000], feed.language)
        self.text = self._without_asides()
        self.lede_end = self._find_lede_end()
        self.folded: Folded = fold(self.text)

    @property
    def language(self) -> str:
        """The article's language, guessed by script when it says none."""
        if self._language is None:
            self._language = guess_language(self.printed[:1000])
        return self._language

    @property
    def variety(self) -> str:
        """The language with the script of Chinese: "zh-Hans" or "zh-Hant"."""
        if self.language != "zh":
            return self.language
        traditional = is_traditional(self.printed[:_SCRIPT_SAMPLE])
        return "zh-Hant" if traditional else "zh-Hans"

    def zone(self, offset: int) -> Zone:
        """Return the zone of a place in `text`."""
        if offset <= self.headline_end:
            return "headline"
        return "lede" if offset < self.lede_end else "body"

    def paragraph(self, offset: int) -> tuple[int, int, int]:
        """Return (position, start, end) of the paragraph at `offset`."""
        index = bisect_right(self._starts, offset) - 1
        end = self._starts[index + 1] - 1 if index + 1 < len(self._starts) else len(self.text)
        return self.positions[index], self._starts[index], end

    def sentence(self, offset: int) -> tuple[int, int]:
        """Return the span of the sentence at `offset`; the headline is one sentence."""
        if offset <= self.headline_end:
            return 0, self.headline_end
        spans, starts = self._sentences_at(bisect_right(self._starts, offset) - 1)
        if not spans:
            return self.paragraph(offset)[1:]
        return spans[max(0, bisect_right(starts, offset) - 1)]

    def sentences(self) -> Sequence[tuple[int, int]]:
        """Return the spans of all sentences, the headline first."""
        spans = [(0, self.headline_end)]
        for index in range(1, len(self._starts)):
            spans += self._sentences_at(index)[0]
        return spans

    def _sentences_at(self, index: int) -> tuple[list[tuple[int, int]], list[int]]:
        """Split one paragraph when it is first asked for."""
        found = self._sentences.get(index)
        if found is None:
            _, start, end = self.paragraph(self._starts[index])
            spans = sentences(self.text, start, end)
            found = self._sentences[index] = spans, [begin for begin, _ in spans]
        return found

    def _without_asides(self) -> str:
        """Blank out what is no part of the article, one for one."""
        text = self.printed
        body = self._starts[self._body] if self._body < len(self._starts) else len(text)
        spans = sorted(blanked(text, self.headline_end, body))
        if not spans:
            return text
        pieces, done = [], 0
        for start, end in spans:
            if end > done:
                start = max(start, done)
                pieces += [text[done:start], _BLANK * (end - start)]
                done = end
        pieces.append(text[done:])
        return "".join(pieces)

    def _find_lede_end(self) -> int:
        if self._body >= len(self._starts):
            return len(self.text)
        begin = self._starts[self._body]
        beyond = self._body + _LEDE_PARAGRAPHS
        end = self._starts[beyond] if beyond < len(self._starts) else len(self.text)
        if end - begin <= _SHORT_LEDE:
            return end
        limit = begin + _LEDE_CHARACTERS.get(self.language, _LEDE_CHARACTERS["en"])
        if end <= limit:
            return end
        rest = sentences(self.text, limit, min(end, limit + _LONGEST_SENTENCE))
        return rest[0][1] if rest else end
