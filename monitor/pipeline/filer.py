"""Filing: entries become articles, pages give them their text, and both find their story.

One machine at a time files, since stories are found in memory. All of it blocks, and is to be
called off the event loop. What our own code cannot work on is left aside and counted.
"""

import logging
from collections import deque
from collections.abc import Iterator, Sequence
from contextlib import suppress
from typing import TYPE_CHECKING

import monitor
from monitor import shortage, url_logins
from monitor.errors import MonitorError
from monitor.pipeline.poll_feed import Clock
from monitor.pipeline.recent_stories import RecentStories, Stopped
from monitor.store import articles as article_store
from monitor.store import codec, entry_work, unjudged, waiting_pages
from monitor.store import flags as flag_store
from monitor.store.stored_entry import StoredEntry

if TYPE_CHECKING:
    from monitor.pipeline.desks import Desks
    from monitor.pipeline.draft_ahead import DraftAhead, Drafting
    from monitor.pipeline.drafts import Draft
    from monitor.pipeline.read_pages import Page
    from monitor.pipeline.rules_of_desks import RuleFiles
    from monitor.stories import Window

log = logging.getLogger(__name__)

_AT_ONCE = 100  # entries, or pages, in one transaction
_IN_VIEW = 4 * _AT_ONCE
_JUDGED_AT_ONCE = 20  # while nobody else writes


class Filer:
    """Files what came in.

    Attributes:
        desks: whose rules are in force.
        left: what was left aside so far.
        recent: the stories that articles are placed in.

    Args:
        ahead: reads entries in another process, where many wait.
    """

    def __init__(self, desks: "Desks", clock: Clock, ahead: "DraftAhead") -> None:
        self.desks, self._clock, self._ahead = desks, clock, ahead
        self.left = 0
        self.recent = RecentStories(self._load)
        self._stopped = False

    def open_entries(self) -> int:
        """Turn the entries that wait by now into articles; return the number of flags raised.

        Who brings others meanwhile asks for them: so many come together then, not a few at a time.
        """
        with self.desks.store.read() as db:
            newest = entry_work.newest(db)
        raised, ahead = 0, False
        while newest and (waiting := self._waiting(_IN_VIEW, up_to=newest)):
            ahead = ahead or self._ahead.is_worth_it(len(waiting))
            for batch, drafting in self._batches(waiting, ahead=ahead):
                if self._stopped:
                    return raised
                drafts = drafting.result(self._rules_for(batch)) if drafting else None
                with suppress(Stopped):
                    raised += self._open(batch, drafts)
        return raised

    def _waiting(
        self, most: int, *, after: int = 0, up_to: int = entry_work.ANY
    ) -> list[StoredEntry]:
        """Return the oldest entries that wait, of those with ids in (after, up_to]."""
        with self.desks.store.read() as db:
            found = entry_work.todo(db, most, after=after, up_to=up_to)
            self.desks.refresh(db)  # who wanted the feeds of these is published by now
        return found

    def _batches(
        self, waiting: Sequence[StoredEntry], *, ahead: bool
    ) -> Iterator[tuple[Sequence[StoredEntry], "Drafting | None"]]:
        """Yield entries in their order, to be filed together, and who reads them meanwhile.

        Args:
            ahead: they are read meanwhile. Those after them are yielded as well, as long as enough
                wait for a whole batch.
        """
        parts = [waiting[at : at + _AT_ONCE] for at in range(0, len(waiting), _AT_ONCE)]
        if not ahead:
            yield from ((part, None) for part in parts)
            return
        begun = deque((part, self._begin(part)) for part in parts)
        while begun:
            last, _ = begun[-1]
            more = self._waiting(_AT_ONCE, after=last[-1].id)
            if len(more) == _AT_ONCE:
                begun.append((more, self._begin(more)))
            yield begun.popleft()

    def _begin(self, batch: Sequence[StoredEntry]) -> "Drafting":
        return self._ahead.begin(self._rules_for(batch), batch)

    def _rules_for(self, batch: Sequence[StoredEntry]) -> "RuleFiles":
        return self.desks.rule_files({stored.feed for stored in batch})

    def _open(
        self,
        batch: Sequence[StoredEntry],
        drafts: "Sequence[Draft] | None" = None,
    ) -> int:
        """Open entries together; one that cannot be opened must not stand in the others' way.

        Args:
            drafts: of the entries, where they were read elsewhere.
        """
        from monitor.pipeline.drafts import draft_all
        from monitor.pipeline.ingest import open_entries
        from monitor.pipeline.leave_aside import leave_entry

        desks = self.desks
        try:
            read = draft_all(desks.rules, batch) if drafts is None else drafts
            return open_entries(
                desks, self.recent, batch, read, self._clock(), lambda: self._stopped
            )
        except (MonitorError, Stopped):
            raise
        except Exception as error:
            if (short := shortage.of(error)) is not None:  # the next one would miss it as well
                raise short from error
            middle = len(batch) // 2
            if middle:
                return self._open_rest(batch[:middle]) + self._open_rest(batch[middle:])
            feed = desks.name_of(batch[0].feed)
            log.exception("entry %d of feed %s left aside", batch[0].id, feed)
            self.left += 1
            return len(leave_entry(self.desks, batch[0], error, self._clock()))

    def _open_rest(self, batch: Sequence[StoredEntry]) -> int:
        """Open those of a broken batch that were not done before it broke."""
        with self.desks.store.read() as db:
            rest = entry_work.todo(db, len(batch), among=[item.id for item in batch])
        return self._open(rest) if rest else 0

    def file_page(self, stored: article_store.StoredArticle, found: "Page") -> int:
        """File what came of asking for a page; return the number of flags raised."""
        from monitor.pipeline.read_pages import file_page

        with self.desks.store.read() as db:
            self.desks.refresh(db)
        try:
            return len(file_page(self.desks, self.recent, stored, found, self._clock()))
        except MonitorError:
            raise
        except Exception as error:
            if (short := shortage.of(error)) is not None:
                raise short from error
            return self.leave_page(stored, error)

    def leave_page(self, stored: article_store.StoredArticle, error: Exception) -> int:
        """Leave a page aside that breaks us, so that it is not asked for again and again."""
        from monitor.pipeline.leave_aside import leave_page

        log.error("page %s left aside", url_logins.redact(stored.url), exc_info=error)
        self.left += 1
        return len(leave_page(self.desks, stored, error, self._clock()))

    def stored(self, article_id: int) -> article_store.StoredArticle | None:
        """Return an article with its newest text."""
        with self.desks.store.read() as db:
            return article_store.get(db, article_id)

    def file_waiting(self) -> int:
        """Work on what other machines brought; return the number of flags raised."""
        raised = self.open_entries()
        while True:
            with self.desks.store.read() as db:
                waiting = waiting_pages.some(db, _AT_ONCE)
            if not waiting:
                return raised
            from monitor.pipeline.read_pages import Page

            for article_id, data in waiting:
                if self._stopped:
                    return raised
                if (stored := self.stored(article_id)) is not None:
                    raised += self.file_page(stored, codec.load(Page, data))
                with self.desks.store.write() as db:
                    waiting_pages.done(db, article_id, data)

    def judge_left(self) -> int:
        """Judge for our own desk what others could not; return the number of flags raised."""
        raised = 0
        while True:
            with self.desks.store.read() as db:
                if self._stopped or not unjudged.any_to_take(db):
                    return raised
            with self.desks.store.write() as db:
                stored = article_store.some(db, unjudged.take(db, _JUDGED_AT_ONCE))
                now, own = self._clock(), self.desks.store.desk
                for one, judged in zip(stored, self.desks.judge_own(stored), strict=True):
                    raised += len(flag_store.put(db, one.id, judged.flags[own], now))
                    if why := judged.unjudged.get(own):
                        unjudged.leave(db, [one.id], own, why, now, left_by=monitor.__version__)
            if not stored:  # another machine of the desk has them in hand
                return raised

    def _load(self) -> "Window":
        from monitor.pipeline.file_article import load_window

        return load_window(self.desks, self._clock())

    def expire(self) -> None:
        """Forget stories too old to be joined, as a process that runs for months must."""
        self.recent.expire(self._clock())

    def stop(self) -> None:
        """Have whoever files end after what is in hand; the rest stays for the next time.

        A thread cannot be cancelled, and the process would wait for it.
        """
        self._stopped = True
