"""Rules that are compiled, and what they say of articles.

Apart from the rules as they were read (`rulebook`): compiling them is two thirds of what loading
costs, and who asks for a rule's name or an entity's names does without.
"""

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from itertools import islice

from monitor.model import Article, Feed
from monitor.text import fold_key
from monitor.watch.desk_tools.explain import Explanation, explain
from monitor.watch.engine.document import Document
from monitor.watch.engine.evaluate import Evaluation
from monitor.watch.engine.matcher import Found, Matcher
from monitor.watch.engine.round_up import RoundUp
from monitor.watch.engine.round_up_items import is_round_up, items_of

Asked = tuple[Article, Feed | None, datetime | None]  # an article, its feed, when it was first seen

_READ_TOGETHER = 256  # articles, of so many characters in all; what they need at once is 20 MB
_CHARACTERS_TOGETHER = 1_000_000


class Judge:
    """Reads articles by compiled rules; may be used by several threads at once."""

    def __init__(self, matcher: Matcher) -> None:
        self.matcher = matcher

    def evaluate(self, article: Article, feed: Feed | None, now: datetime | None) -> Evaluation:
        """Read an article, as `Rulebook.evaluate` says."""
        document = self._document(article, feed, now)
        return self._evaluation(article, feed, now, document, self.matcher.find(document))

    def evaluate_all(self, items: Iterable[Asked]) -> Iterator[Evaluation]:
        """Read articles, as `Rulebook.evaluate_all` says."""
        rest = iter(items)
        while some := list(self._some_documents(rest)):
            documents = [document for _, document in some]
            for (item, document), found in zip(some, self.matcher.find_all(documents), strict=True):
                yield self._evaluation(*item, document, found)

    def explain(
        self, article: Article, feed: Feed | None, now: datetime | None, only: str | None = None
    ) -> Iterator[Explanation]:
        """Yield every rule (or the one of this id) with every block, and what was lacking."""
        evaluation = self.evaluate(article, feed, now)
        for compiled in self.matcher.rules:
            if only in (None, compiled.rule.id):
                yield explain(evaluation.deciding(compiled), compiled)

    def may_hit(self, title: str, summary: str, feed: Feed | None) -> bool:
        """Could an article with this headline and summary interest any rule? Rather yes than no."""
        if is_round_up(title):
            return True
        article = Article(title=title, body=(summary,) if summary else ())
        return self.matcher.hits_anything(self._document(article, feed, None))

    def _evaluation(
        self,
        article: Article,
        feed: Feed | None,
        now: datetime | None,
        document: Document,
        found: Found,
    ) -> Evaluation:
        """Return the rules on an article; on each of its items, too, when it is a round-up."""
        parts = []
        for item in items_of(article):
            one = self._document(item.article, feed, now)
            parts.append((item, Evaluation(self.matcher, one, self.matcher.find(one))))
        if parts:
            return RoundUp(self.matcher, document, found, parts)
        return Evaluation(self.matcher, document, found)

    def _some_documents(self, items: Iterator[Asked]) -> Iterator[tuple[Asked, Document]]:
        """Yield the next items with their articles, as many as are read together."""
        characters = 0
        for item in islice(items, _READ_TOGETHER):
            document = self._document(*item)
            yield item, document
            characters += len(document.text)
            if characters > _CHARACTERS_TOGETHER:
                return

    def _document(self, article: Article, feed: Feed | None, now: datetime | None) -> Document:
        country = ""
        if article.source and not (feed and feed.country):
            country = self.matcher.outlets.get(fold_key(article.source), "")
        return Document(article, feed, now=now or datetime.now(UTC), country=country)
