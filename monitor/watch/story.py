"""An article laid out for matching: one text, its zones, and what is only looked up on demand.

Zones are decided here. *headline* is the title, one sentence whatever its punctuation. *lede* is
the standfirst and the first two paragraphs of the body, but no more than about 120 words: feeds
and portals often give a whole story as one paragraph, and its end is not its lede. *body* is the
rest. Only the first 200,000 characters are read; no news story is longer, hostile pages are.
"""

from bisect import bisect_right
from collections.abc import Sequence
from datetime import UTC, datetime

from monitor.model import Article, Feed, Zone
from monitor.text import Folded, fold, guess_language, sentences
from monitor.text.folding import is_traditional
from monitor.watch.furniture import furniture

MAX_CHARACTERS = 200_000
_BLANK = "\x1f"  # in no term, and no letter of any script
_LEDE_CHARACTERS = {"en": 700, "ko": 350, "zh": 260, "ja": 260}  # about 120 words
_LEDE_PARAGRAPHS = 2
_SCRIPT_SAMPLE = 800


class Story:
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
        "_language", "_sentence_starts", "_sentences", "_starts", "country", "day", "feed",
        "folded", "headline_end", "lede_end", "positions", "printed", "text",
    )  # fmt: skip

    def __init__(
        self,
        article: Article,
        feed: Feed | None = None,
        *,
        now: datetime | None = None,
        country: str = "",
    ) -> None:
        parts = [article.title.replace("\n", " ")]
        positions = [-1]
        if article.standfirst:
            parts.append(article.standfirst.replace("\n", " "))
            positions.append(-2)
        parts.extend(article.body)
        if any("\n" in part for part in article.body):
            parts[len(positions) :] = [part.replace("\n", " ") for part in article.body]
        positions.extend(range(len(article.body)))
        self.printed = "\n".join(parts)[:MAX_CHARACTERS]
        self.positions = positions
        self.feed = feed.name if feed else ""
        self.country = feed.country if feed and feed.country else country
        moment = article.published or now or datetime.now(UTC)
        self.day = moment.date().isoformat()
        self._starts: list[int] = []
        self._sentences: list[tuple[int, int]] | None = None
        self._sentence_starts: list[int] = []
        self._language = article.language[:2].lower() or None
        if self._language is None and feed and feed.language:
            self._language = guess_language(self.printed[:1000], feed.language)
        self.text = self._without_furniture(parts)
        self.headline_end = len(parts[0])
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
        spans = self.sentences()
        index = max(0, bisect_right(self._sentence_starts, offset) - 1)
        return spans[index]

    def sentences(self) -> Sequence[tuple[int, int]]:
        """Return the spans of all sentences, the headline first."""
        if self._sentences is None:
            self._sentences = [(0, self.headline_end)]
            self._sentences += sentences(self.text, self.headline_end + 1)
            self._sentence_starts = [start for start, _ in self._sentences]
        return self._sentences

    def _without_furniture(self, parts: Sequence[str]) -> str:
        """Blank furniture out, one for one, and note where paragraphs start."""
        text = self.printed
        spans: list[tuple[int, int]] = []
        start = body = 0
        for part, position in zip(parts, self.positions, strict=True):
            if start > len(text):
                break
            self._starts.append(start)
            spans += [(start + a, start + b) for a, b in furniture(part, position, start=body)]
            start += len(part) + 1
            body += len(part) if position >= 0 else 0
        if not spans:
            return text
        pieces, done = [], 0
        for a, b in sorted(spans):
            if b > done:
                a = max(a, done)
                pieces += [text[done:a], _BLANK * (b - a)]
                done = b
        pieces.append(text[done:])
        return "".join(pieces)[: len(text)]

    def _find_lede_end(self) -> int:
        first = next((i for i, p in enumerate(self.positions) if p >= 0), len(self.positions))
        beyond = first + _LEDE_PARAGRAPHS
        if first >= len(self._starts):
            return len(self.text)
        end = self._starts[beyond] if beyond < len(self._starts) else len(self.text)
        limit = self._starts[first] + 260
        if end <= limit:
            return end
        limit = self._starts[first] + _LEDE_CHARACTERS.get(self.language, 700)
        if end <= limit:
            return end
        for _, stop in sentences(self.text, self._starts[first], min(end, limit + 1000)):
            if stop >= limit:
                return stop
        return end
