"""What the reader asks of the store, as frozen values; and the marks, the one thing it writes.

Every question is bounded, so that a store of a million articles answers at once. The functions
here wait for the database, so they are called in a thread.
"""

import logging
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime

from msgspec import Struct
from msgspec.structs import replace

from monitor import model, search
from monitor.desk import Desk
from monitor.digest.card import Card, describe
from monitor.digest.phrasing import link
from monitor.errors import MonitorError, StoreError
from monitor.reader.days import Days
from monitor.store import articles, marks, search_index, views
from monitor.store import search as searches
from monitor.store.articles import StoredArticle

MOST_STORIES = 500  # listed at once
MOST_HITS = 200

log = logging.getLogger(__name__)


class Listed(Struct, frozen=True):
    """A story with the words that a digest has for it."""

    view: model.StoryView
    card: Card

    @property
    def unread(self) -> bool:
        """Whether nobody has read it yet."""
        return not has(self.view.marks, "read")


class Section(Struct, frozen=True):
    """The stories of a rule, the newest first; each stands under the first rule that flags it."""

    rule: str
    name: str
    stories: tuple[Listed, ...]


class Listing(Struct, frozen=True):
    """The stories of some days; `total` of them, of which the newest are in the sections."""

    days: Days
    today: date
    sections: tuple[Section, ...]
    total: int

    @property
    def stories(self) -> tuple[Listed, ...]:
        """All stories in the order in which they are shown."""
        return tuple(story for section in self.sections for story in section.stories)


class Version(Struct, frozen=True):
    """A text of an article, and when it was first seen."""

    seen: datetime
    text: model.Article


class Opened(Struct, frozen=True):
    """One article of a story, as it is read.

    Attributes:
        story: the story it belongs to; None for an article that is in none yet.
        names: what rules are called, by id.
        article: the copy that is shown.
        versions: its texts, the oldest first.
        wanted: phrases of the search that led here.
        today: the reader's day.
        related: stories of the same happening, once they were looked for.
    """

    story: Listed | None
    names: Mapping[str, str]
    article: StoredArticle
    versions: tuple[Version, ...]
    wanted: tuple[search.Phrase, ...]
    today: date
    related: tuple[model.Related, ...] = ()

    @property
    def url(self) -> str:
        """Where the copy can be read; "" when that is no link."""
        return link(self.article.text.canonical or self.article.text.url)

    @property
    def copies(self) -> tuple[int, ...]:
        """The ids of the articles of the story, the original first."""
        if self.story is None:
            return (self.article.id,)
        return tuple(copy.article for copy in self.story.view.copies)


class SearchHit(Struct, frozen=True):
    """An article that a search found, with the marks of its story."""

    article: StoredArticle
    title: search.Snippet
    text: search.Snippet
    marks: tuple[model.Mark, ...]

    @property
    def unread(self) -> bool:
        """Whether nobody has read its story yet."""
        return not has(self.marks, "read")


class SearchResult(Struct, frozen=True):
    """What a search found, the best or the newest first, and whether there is more."""

    hits: tuple[SearchHit, ...]
    more: bool
    wanted: tuple[search.Phrase, ...]
    today: date


def has(held: Iterable[model.Mark], kind: model.MarkKind) -> bool:
    """Tell whether there is a mark of a kind."""
    return any(mark.kind == kind for mark in held)


class Archive:
    """The store of a desk as its readers see it.

    Args:
        desk: the opened desk.
        clock: gives the moment, aware.
    """

    def __init__(self, desk: Desk, clock: Callable[[], datetime]) -> None:
        self.desk, self.clock = desk, clock
        self.zone = desk.config.zone
        self._names: dict[str, str] | None = None
        self.unwritable = False  # a mark could not be written; reading alone tries no more

    def today(self) -> Days:
        """Return the day that the desk's clock shows."""
        return Days(self._today(), self.zone)

    def load_names(self) -> None:
        """Read the rules, which takes a moment, for their names, order and entities.

        Until then rules are shown by their ids. Raises ConfigError when they have faults.
        """
        rulebook = self.desk.rulebook
        self._names = {rule.id: rule.name or rule.id for rule in rulebook.rules}

    def listed(self, days: Days) -> Listing:
        """Return the stories flagged in some days; raises StoreError."""
        with self.desk.store.read() as db:
            found = views.flagged(db, since=days.since, until=days.until, most=MOST_STORIES)
            total = len(found)
            if total == MOST_STORIES:
                total = views.count_flagged(db, since=days.since, until=days.until)
        return Listing(days, self._today(), self._sections(found), total)

    def opened(self, article: int, wanted: Sequence[search.Phrase] = ()) -> Opened | None:
        """Return an article with its story; None when there is none of this id any more."""
        with self.desk.store.read() as db:
            stored = articles.get(db, article)
            if stored is None:
                return None
            versions = articles.revisions(db, article)
            found = views.stories(db, [stored.story] if stored.story is not None else [])
        if self._names is not None:
            found = self._told(found)
        names = self._order(found)
        return Opened(
            story=next((self._listed(view, names) for view in found), None),
            names=names,
            article=stored,
            versions=tuple(Version(seen, text) for seen, text in versions),
            wanted=tuple(wanted),
            today=self._today(),
        )

    def related(self, view: model.StoryView) -> tuple[model.Related, ...]:
        """Return the stories that tell of steps of the same happening; takes a moment."""
        from monitor.pipeline.relate_stories import with_related

        with self.desk.store.read() as db:
            (found,) = with_related(db, [view])
        return found.related

    def _told(self, found: Sequence[model.StoryView]) -> list[model.StoryView]:
        """Put the desk's names, labels and machine headlines into stories."""
        from monitor.pipeline.gloss_headlines import glossed_before  # not for the first screen
        from monitor.pipeline.reader_names import with_names

        glossed = glossed_before(self.desk, found)
        return [replace(with_names(self.desk, view), machine=glossed.of(view)) for view in found]

    def search(self, query: str, *, newest: bool) -> SearchResult:
        """Return what a query finds.

        Raises:
            QueryError, UsageError: the query cannot be read.
            StoreError: the store cannot be asked.
        """
        from monitor.pipeline.read_query import read_query

        node = read_query(self.desk, query, self.clock())
        wanted = tuple(search.phrases(node))
        with self.desk.store.read() as db:
            found = searches.find(db, node, limit=MOST_HITS, newest=newest)
            stories = {item.story for item in found.articles if item.story is not None}
            held = marks.of(db, sorted(stories))
        hits = tuple(
            SearchHit(
                item, *search.article_snippets(item.text, wanted), held.get(item.story or 0, ())
            )
            for item in found.articles
        )
        return SearchResult(hits, found.more, wanted, self._today())

    def index_some(self) -> int:
        """Bring some hundred articles into the search index that lack there; return what is left.

        A store that cannot be written to stays as it is, and is searched as far as it is indexed.
        """
        with self.desk.store.read() as db:
            if not (left := search_index.left(db)):
                return 0
        try:
            with self.desk.store.write() as db:
                return search_index.catch_up(db)
        except MonitorError as error:
            log.warning("%d articles are not in the search index yet: %s", left, error)
            return 0

    def mark(self, story: int, kind: model.MarkKind, text: str | None) -> None:
        """Mark a story, or take the mark away (None); raises StoreError."""
        try:
            with self.desk.store.write() as db:
                if (number := marks.story_of(db, story)) is None:
                    return
                if text is None:
                    marks.remove(db, number, kind)
                else:
                    marks.put(db, number, kind, text, self.clock())
        except StoreError:
            self.unwritable = True
            raise

    def _today(self) -> date:
        return self.clock().astimezone(self.zone).date()

    def _sections(self, found: Sequence[model.StoryView]) -> tuple[Section, ...]:
        names = self._order(found)
        told: dict[str, list[Listed]] = {rule: [] for rule in names}
        for view in found:
            told[_home(view, names)].append(self._listed(view, names))
        return tuple(
            Section(rule, names[rule], tuple(stories)) for rule, stories in told.items() if stories
        )

    def _listed(self, view: model.StoryView, names: Mapping[str, str]) -> Listed:
        card = describe(
            view,
            number=0,
            rule=_home(view, names),
            names=names,
            since=None,
            today=self._today(),
            zone=self.zone,
            reader_language=self.desk.config.monitor.reader_language,
        )
        return Listed(view, card)

    def _order(self, found: Iterable[model.StoryView]) -> dict[str, str]:
        """Return the names of rules by id, in their order; rules that are no more come last."""
        flagged = {flag.rule for view in found for flag in view.flags}
        known = self._names
        if known is None:
            first = [rule for table in self.desk.config.digest for rule in table.rules]
            known = {rule: rule for rule in first if rule in flagged}
        return known | {rule: rule for rule in sorted(flagged - known.keys())}


def _home(view: model.StoryView, names: Iterable[str]) -> str:
    """Return the first rule that puts a story before a reader; "" when none does."""
    flags = {flag.rule for flag in view.flags if flag.level != "log"}
    return next((rule for rule in names if rule in flags), "")
