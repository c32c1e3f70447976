"""Read feeds and work on what they brought, many at once and each on its own.

The crafts behind the feeds (articles, watch, stories) are imported when the first entry needs them:
a poll in which nothing is new should cost little more than its requests.
"""

import asyncio
import contextlib
import dataclasses
import logging
import random
import threading
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Sequence
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, TypeVar

import monitor
from monitor import model, urls
from monitor.errors import MonitorError
from monitor.pipeline.batch_writer import Intake, Reading
from monitor.pipeline.event_log import EventLog
from monitor.pipeline.poll_feed import Clock, read_feed
from monitor.pipeline.round_log import Report, RoundLog
from monitor.store import articles as article_store
from monitor.store import entries as entry_store
from monitor.store import feeds as feed_store
from monitor.store import left, rounds
from monitor.web import Client, user_agent
from monitor.workers import Workers
from monitor.workspace import Desk

if TYPE_CHECKING:
    from monitor.stories import Window

log = logging.getLogger(__name__)

T = TypeVar("T")
Progress = Callable[[str, int, int], None]  # what, done, of how many

_ENTRIES_AT_ONCE = 100
_PAGES_AT_ONCE = 200
_CLOCK_SLACK = timedelta(minutes=1)


def utc_now() -> datetime:
    """Return the time of day, the only place where the pipeline's edge asks for it."""
    return datetime.now(UTC)


def _silent(_what: str, _done: int, _total: int) -> None:
    pass


@contextlib.asynccontextmanager
async def open_pipeline(desk: Desk, *, clock: Clock = utc_now) -> "AsyncIterator[Pipeline]":
    """Give the pipeline of a desk until the block ends; raises StoreError."""
    table = desk.config.monitor
    states = await asyncio.to_thread(_prepare, desk, clock())
    client = Client(
        user_agent(table.contact, monitor.__version__),
        in_flight=table.in_flight,
        per_host=table.per_host,
        spacing=table.spacing,
    )
    workers = Workers(table.workers)
    async with client, workers, Intake(desk.store) as intake:
        yield Pipeline(desk, client, workers, intake, states, clock)


def _prepare(desk: Desk, now: datetime) -> dict[str, tuple[int, model.FeedState]]:
    """Return id and state of every feed; what another version left aside is tried by this one."""
    with desk.store.write() as db:
        states = feed_store.register(db, tuple(desk.feeds.values()), now)
        if left.count(db):
            left.again(db, now, version=monitor.__version__)
    return states


class Pipeline:
    """The crafts in their order; see `open_pipeline`.

    Args:
        states: id and state of every feed, by name.
    """

    def __init__(
        self,
        desk: Desk,
        client: Client,
        workers: Workers,
        intake: Intake,
        states: dict[str, tuple[int, model.FeedState]],
        clock: Clock,
    ) -> None:
        self.desk, self.clock = desk, clock
        self._client, self._workers, self._intake = client, workers, intake
        self._states = states
        self._window: Window | None = None
        self._loading = threading.Lock()
        self._log = RoundLog(clock())
        self._events = EventLog()

    def _register(self, desk: Desk) -> dict[str, tuple[int, model.FeedState]]:
        with self.desk.store.write() as db:
            return feed_store.register(db, tuple(desk.feeds.values()), self.clock())

    async def adopt(self, desk: Desk) -> None:
        """Go on with other settings and rules on the same store; what is in hand ends as begun.

        Raises StoreError, and nothing was adopted then.
        """
        states = await asyncio.to_thread(self._register, desk)
        old = self.desk
        desk.work_on(old.store)
        for name, feed in desk.feeds.items():
            # What we know of a feed is newer than what the store said a moment ago.
            if name in self._states and name in old.feeds and old.feeds[name].url == feed.url:
                states[name] = self._states[name]
        self.desk, self._states = desk, states

    @property
    def at_once(self) -> int:
        """How many feeds (or pages) to have in hand: those in flight, and some more that wait.

        They wait for their host or for being taken in. Without a bound ten thousand answers would
        be held in memory; with a narrow one the feeds of a slow host would hold up all others.
        """
        return 5 * self.desk.config.monitor.in_flight

    def next_due(self) -> datetime | None:
        """Return when the next feed is due, None without feeds or when one was never read."""
        dues = [self._states[name][1].due for name in self.desk.feeds]
        known = [due for due in dues if due is not None]
        return min(known) if known and len(known) == len(dues) else None

    def hurry(self, now: datetime) -> None:
        """Let the feeds that got no answer at all be due now; the network was away."""
        for name, (feed_id, state) in self._states.items():
            if state.failures and not state.status and state.ok_at is not None:
                self._states[name] = (feed_id, dataclasses.replace(state, due=now))

    def put_off(self, feed: model.Feed, until: datetime) -> None:
        """Let a feed wait, without storing it: its state could not be saved."""
        feed_id, state = self._states[feed.name]
        self._states[feed.name] = (feed_id, dataclasses.replace(state, due=until))

    def due(self, now: datetime) -> list[model.Feed]:
        """Return the feeds whose time has come, longest overdue first.

        A feed that was last read in the future was read under a wrong clock, and is due now.
        """
        never = datetime.min.replace(tzinfo=UTC)
        wrong = now + _CLOCK_SLACK

        def when(feed: model.Feed) -> datetime:
            state = self._states[feed.name][1]
            if state.polled_at is not None and state.polled_at > wrong:
                return never
            return state.due or never

        waiting = (feed for feed in self.desk.feeds.values() if when(feed) <= now)
        return sorted(waiting, key=when)

    async def read(self, feed: model.Feed) -> Reading:
        """Read one feed and store what it said."""
        feed_id, state = self._states[feed.name]
        reading, after = await read_feed(
            self._client,
            self._intake,
            self._workers,
            feed,
            feed_id,
            state,
            clock=self.clock,
            jitter=random.random(),
        )
        now_known = self.desk.feeds.get(feed.name)
        if now_known is None or now_known.url == feed.url:
            self._states[feed.name] = (feed_id, after)
        else:  # it was moved by a reload meanwhile: what its old address said is not kept
            forgotten = model.FeedState(distrust_guid=after.distrust_guid)
            await asyncio.to_thread(self._save, feed_id, forgotten)
            self._states[feed.name] = (feed_id, forgotten)
        self._log.readings.append(reading)
        self._events.add(reading, len(self.desk.feeds))
        return reading

    def _save(self, feed_id: int, state: model.FeedState) -> None:
        with self.desk.store.write() as db:
            feed_store.save(db, {feed_id: state})

    async def open_entries(self) -> int:
        """Turn stored entries into articles; return the number of flags raised."""
        raised = await asyncio.to_thread(self._open_entries)
        self._log.flagged += raised
        return raised

    def _open_entries(self) -> int:
        raised = 0
        while True:
            with self.desk.store.read() as db:
                batch = entry_store.todo(db, _ENTRIES_AT_ONCE)
            if not batch:
                return raised
            raised += self._open(batch)

    def _open(self, batch: Sequence[entry_store.StoredEntry]) -> int:
        """Open entries together; one that cannot be opened must not stand in the others' way."""
        from monitor.pipeline.ingest import open_entries
        from monitor.pipeline.leave_aside import leave_entry

        try:
            return open_entries(self.desk, self.window, batch, self.clock())
        except MonitorError:
            raise
        except Exception as error:
            middle = len(batch) // 2
            if middle:
                return self._open_rest(batch[:middle]) + self._open_rest(batch[middle:])
            log.exception("entry %d of feed %s left aside", batch[0].id, batch[0].feed)
            self._log.left += 1
            return len(leave_entry(self.desk, batch[0], error, self.clock()))

    def _open_rest(self, batch: Sequence[entry_store.StoredEntry]) -> int:
        """Open those of a broken batch that were not done before it broke."""
        with self.desk.store.read() as db:
            rest = entry_store.todo(db, len(batch), among=[item.id for item in batch])
        return self._open(rest) if rest else 0

    async def pages_due(self) -> list[article_store.StoredArticle]:
        """Return articles whose page should be asked for now."""

        def query() -> list[article_store.StoredArticle]:
            with self.desk.store.read() as db:
                return article_store.pages_due(db, self.clock(), _PAGES_AT_ONCE)

        return await asyncio.to_thread(query)

    async def read_page(self, stored: article_store.StoredArticle) -> int:
        """Fetch and file one page; return the number of flags raised."""
        from monitor.pipeline.leave_aside import leave_page
        from monitor.pipeline.read_pages import read_page

        window = await asyncio.to_thread(lambda: self.window)
        try:
            raised = await read_page(
                self.desk, self._client, self._workers, window, stored, clock=self.clock
            )
        except MonitorError:
            raise
        except Exception as error:  # a page that breaks us is not asked for again and again
            log.exception("page %s left aside", urls.redact(stored.url))
            self._log.left += 1
            raised = await asyncio.to_thread(leave_page, self.desk, stored, error, self.clock())
        self._log.pages += 1
        self._log.flagged += len(raised)
        return len(raised)

    @property
    def window(self) -> "Window":
        """The recent stories, loaded when the first article needs them."""
        from monitor.pipeline.file_article import load_window

        with self._loading:
            if self._window is None:
                self._window = load_window(self.desk, self.clock())
        return self._window

    def expire(self) -> None:
        """Forget stories too old to be joined, as a process that runs for months must."""
        if self._window is not None:
            with self.desk.store.write():  # as for all that changes the window
                self._window.expire(self.clock() - self._window.keep)

    def reload_window(self) -> None:
        """Take the recent stories from the store again: it may lack what was to be written."""
        self._window = None

    async def round(self, feeds: Sequence[model.Feed], *, progress: Progress = _silent) -> Report:
        """Read these feeds once and work on everything that waits; never raises for a feed."""
        self._log.started = self.clock()
        most = self.at_once
        await _all("feeds", map(self.read, feeds), len(feeds), progress, at_once=most)
        self._events.flush()
        await self.open_entries()
        asked: set[int] = set()
        while waiting := [item for item in await self.pages_due() if item.id not in asked]:
            asked |= {item.id for item in waiting}
            await _all("pages", map(self.read_page, waiting), len(waiting), progress, at_once=most)
        return await self.log_round()

    def round_is_due(self) -> bool:
        """Look whether there is something to write down of what was done since the last time."""
        return self._log.is_due(self.clock())

    async def log_round(self) -> Report:
        """Write down what was done since the last time, and return it."""
        done, now = self._log, self.clock()
        self._log, report = RoundLog(now), done.report()

        def write() -> None:
            with self.desk.store.write() as db:
                rounds.add(db, done.started, now, report.to_json())

        await asyncio.to_thread(write)
        return report


async def _all(
    what: str, jobs: Iterable[Awaitable[T]], total: int, progress: Progress, *, at_once: int
) -> list[T]:
    """Run jobs, some at once; return their results in the order they ended."""
    results: list[T] = []
    waiting = iter(jobs)

    async def work() -> None:
        for job in waiting:
            results.append(await job)
            progress(what, len(results), total)

    progress(what, 0, total)
    await asyncio.gather(*(work() for _ in range(min(at_once, total))))
    return results
