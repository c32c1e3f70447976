"""The work of a running daemon: what is in hand, what is due, and when nothing can be done.

While the store cannot be written (a full disk, a lock held elsewhere, a folder made read-only)
nothing is asked, sent or decided, because it could not be remembered. That is said once, tried
again at growing distances, and work goes on by itself when the store takes a write again. Nothing
is lost meanwhile: a feed whose answer could not be stored is asked again.
"""

import asyncio
import dataclasses
import logging
import time
from collections.abc import Awaitable, Callable, Coroutine
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

from apscheduler.schedulers.asyncio import AsyncIOScheduler

from monitor import model
from monitor.daemon import clock, heartbeat, jobs, sd_notify, status
from monitor.daemon.heartbeat import Bulletin
from monitor.daemon.histogram import Histogram
from monitor.daemon.jobs import Every, Job
from monitor.daemon.pause import Pause
from monitor.daemon.reloading import needs_restart, read_desk
from monitor.daemon.state_guard import Premises
from monitor.errors import MonitorError, StoreError
from monitor.lock import Lock
from monitor.logs import without_secrets
from monitor.pipeline import Pipeline, Reading, make_digests, post_outbox, raise_alerts
from monitor.settings import Config
from monitor.store import recovery, retention, search_index
from monitor.store.articles import StoredArticle

log = logging.getLogger(__name__)

_DRAIN = 4.0  # seconds that work in hand has to end after a signal
_PAGES_IN_HAND = 50
_UNSAVED = timedelta(seconds=5)  # until a feed is asked again whose answer could not be stored

_SECOND, _MINUTE = timedelta(seconds=1), timedelta(minutes=1)


class Service:
    """A scheduler, and the work in hand.

    Args:
        pipeline: opened; its desk is the one in force.
        about: what is made known of this process; kept up to date here.
    """

    def __init__(self, pipeline: Pipeline, about: Bulletin) -> None:
        self.about = about
        self.failure: StoreError | None = None  # why the daemon has to end
        self._pipeline = pipeline
        self._begun_with = pipeline.desk.config
        self._scheduler = AsyncIOScheduler(timezone=UTC)
        self._feeds: dict[str, asyncio.Task[None]] = {}
        self._pages: dict[int, asyncio.Task[None]] = {}
        self._others: set[asyncio.Task[bool]] = set()
        self._opening, self._digesting = asyncio.Lock(), asyncio.Lock()
        self._sending: set[str] = set()  # what the outbox is busy with
        self._open_next = False  # an opening of entries waits for its turn
        self._unanswered = 0  # requests in a row that no server answered
        self._clock = clock.ClockWatch(datetime.now(UTC), time.monotonic())
        self._worked = dict.fromkeys(("feeds", "pages"), time.monotonic())
        self._paused = Pause()
        self._timed = {"feed": Histogram(), "page": Histogram()}
        self._premises = Premises(pipeline.desk.state, pipeline.desk.store.path)

    @property
    def state(self) -> Path:
        """The state folder."""
        return self._pipeline.desk.state

    def start(self) -> None:
        """Begin to work."""
        self._schedule()
        self._scheduler.start()
        self._tell()

    def _schedule(self) -> None:
        desk = self._pipeline.desk
        log_round = self._tracked("round log", self._log_round)
        forget = self._tracked("upkeep", self._forget)
        work = [
            Job("feeds", self._read_due_feeds, Every(_SECOND)),
            Job("pages", self._read_due_pages, Every(_SECOND)),
            Job("entries", self._tracked("entries", self._open_entries), Every(30 * _SECOND)),
            Job("alerts", self._tracked("alerts", self._alert), Every(5 * _SECOND)),
            Job("outbox", self._begin_to_post, Every(5 * _SECOND)),
            Job("bulletin", self._publish, Every(10 * _SECOND)),
            Job("round log", log_round, Every(_MINUTE, first=_MINUTE), grace=_MINUTE),
            Job("index", self._tracked("index", self._index), Every(_MINUTE, first=5 * _SECOND)),
            Job("searches", self._tracked("searches", self._write_searches), Every(5 * _MINUTE)),
            Job("upkeep", forget, Every(timedelta(days=1), first=15 * _MINUTE)),
        ]
        for table in desk.config.digest:
            name = f"digest {table.name}"
            zone = table.timezone or desk.config.monitor.timezone
            send = self._tracked(name, partial(self._send_digest, table.name))
            work.append(Job(name, send, jobs.daily_at(table.at, table.days, zone)))
            # What was missed while we were down or paused.
            work.append(Job(f"{name}, if missed", send, Every(5 * _MINUTE)))
        jobs.schedule(self._scheduler, work)

    def in_one_line(self) -> str:
        """Return what we are doing, for a supervisor."""
        if self._paused:
            return f"paused: {self._paused.why}"
        return f"watching {len(self._pipeline.desk.feeds)} feeds"

    # ---- what surrounds the work

    def look(self, held: Lock) -> None:
        """See whether the clock jumped, the state folder is still there, and a pause is over."""
        if moved := self._clock.look(datetime.now(UTC), time.monotonic()):
            log.warning("%s", clock.moved_words(moved))
            if moved < timedelta(0):  # after a leap ahead, all that was missed is due by itself
                self._schedule()
                self._begin("clock", self._mend_times())
        self.failure = self._premises.fault(held)
        if self._paused.takes_try(time.monotonic()):
            self._begin("store", self._probe())

    def is_working(self, limit: float) -> bool:
        """Tell whether the work has come round within the last seconds.

        It has when the loop runs its jobs and the threads answer; a store that waits for room is
        no reason to be restarted.
        """
        oldest = min(self._worked.values())
        if time.monotonic() - oldest < limit:
            return True
        log.error("the work stands still since %.0f seconds", time.monotonic() - oldest)
        return False

    async def reload(self, read: Callable[[], Config]) -> None:
        """Take in changed config, rules, entities and profiles; keep the old if the new are bad."""
        sd_notify.reloading()
        old = self._pipeline.desk
        try:
            desk = await asyncio.to_thread(read_desk, read, old.state)
            await self._pipeline.adopt(desk)
        except MonitorError as error:
            self.about.reload_error = without_secrets(str(error))
            self.about.reloads += 1  # now that its outcome is known
            log.error("reload failed, the old configuration stays in force: %s", error)
            sd_notify.ready("reload failed, the old configuration stays in force")
            return
        self.about.reload_error = ""
        self.about.at_next_start = needs_restart(self._begun_with, desk.config)
        self.about.reloads += 1
        self.about.loaded = datetime.now(UTC).isoformat(timespec="seconds")
        self._schedule()
        if late := needs_restart(old.config, desk.config):
            log.warning("%s changed: that takes effect with the next start", " and ".join(late))
        log.info("reloaded: %s", self.in_one_line())
        sd_notify.ready(self.in_one_line())

    async def finish(self) -> None:
        """Let what is in hand end for a few seconds, and drop the rest."""
        self._scheduler.pause()
        tasks: list[asyncio.Task[Any]] = [*self._feeds.values(), *self._pages.values()]
        tasks += self._others
        if tasks:
            _, late = await asyncio.wait(tasks, timeout=_DRAIN)
            for task in late:
                task.cancel()
            await asyncio.gather(*late, return_exceptions=True)
        if self.failure is None and not self._paused:
            await self._guarded("round log", self._log_round())
            await self._publish()
        self._scheduler.shutdown(wait=False)

    # ---- pause and go on

    def _pause(self, what: str, error: StoreError) -> None:
        if self._paused:
            return
        self._paused.begin(str(error), time.monotonic())
        log.error("paused, since nothing can be stored: %s (%s)", error, what)
        self._tell()
        sd_notify.status(self.in_one_line())

    async def _probe(self) -> None:
        desk = self._pipeline.desk
        try:
            await asyncio.to_thread(recovery.probe, desk.store)
        except MonitorError as error:
            self._paused.go_on(str(error), time.monotonic())
            return
        lasted = self._paused.end(time.monotonic())
        log.info("the store can be written again, after %s; going on", lasted)
        self._pipeline.reload_window()
        self._tell()
        sd_notify.status(self.in_one_line())
        await self._guarded("entries", self._open_entries())

    async def _guarded(self, what: str, work: Awaitable[object]) -> bool:
        """Do one piece of work; whatever goes wrong with it is logged and stays its own."""
        try:
            await work
        except StoreError as error:
            self._pause(what, error)
        except MonitorError as error:
            log.error("%s: %s", what, error)
        except Exception:
            log.exception("%s: unexpected error", what)
        else:
            return True
        return False

    def _tracked(
        self, what: str, work: Callable[[], Coroutine[object, object, None]]
    ) -> Callable[[], Awaitable[None]]:
        """Make a job that is let alone while paused, and waited for at the end."""

        async def job() -> None:
            if not self._paused:
                await asyncio.wait({self._begin(what, work())})

        return job

    def _begin(self, what: str, work: Coroutine[object, object, None]) -> "asyncio.Task[bool]":
        task = asyncio.create_task(self._guarded(what, work))
        self._others.add(task)
        task.add_done_callback(self._others.discard)
        return task

    # ---- jobs

    async def _read_due_feeds(self) -> None:
        self._worked["feeds"] = time.monotonic()
        if self._paused:
            return
        most = self._pipeline.at_once
        for feed in self._pipeline.due(datetime.now(UTC)):
            if feed.name not in self._feeds and len(self._feeds) < most:
                self._feeds[feed.name] = asyncio.create_task(self._read_feed(feed))

    async def _read_feed(self, feed: model.Feed) -> None:
        start = time.monotonic()
        try:
            if await self._guarded(f"feed {feed.name}", self._take(feed)):
                self._timed["feed"].add(time.monotonic() - start)
            elif feed.name in self._pipeline.desk.feeds:
                self._pipeline.put_off(feed, datetime.now(UTC) + max(_UNSAVED, feed.every))
        finally:
            self._feeds.pop(feed.name, None)

    async def _take(self, feed: model.Feed) -> None:
        reading = await self._pipeline.read(feed)
        self._hear(reading)
        self._count("feeds_read" if not reading.error else "feeds_failed")
        self._count("entries_new", reading.new)
        if reading.new:
            self._begin("entries", self._open_entries())

    def _hear(self, reading: Reading) -> None:
        """Tell a network that was away from feeds that fail: then all of them are asked again.

        They were put off as if each had failed by itself, some for hours.
        """
        if not reading.status:
            self._unanswered += 1
            return
        if self._unanswered >= max(2, len(self._pipeline.desk.feeds)):
            log.info("the network is back after %d requests in vain", self._unanswered)
            self._pipeline.hurry(datetime.now(UTC))
        self._unanswered = 0

    async def _open_entries(self) -> None:
        if self._open_next:
            return  # one that waits for its turn will find these entries as well
        self._open_next = True
        async with self._opening:
            self._open_next = False
            self._count("flags_raised", await self._pipeline.open_entries())

    async def _read_due_pages(self) -> None:
        if self._paused or len(self._pages) >= _PAGES_IN_HAND:
            self._worked["pages"] = time.monotonic()
            return
        (asked,), _ = await asyncio.wait({self._begin("pages", self._begin_pages())})
        if not asked.cancelled() and asked.result():
            self._worked["pages"] = time.monotonic()

    async def _begin_pages(self) -> None:
        for stored in await self._pipeline.pages_due():
            if stored.id not in self._pages and len(self._pages) < _PAGES_IN_HAND:
                self._pages[stored.id] = asyncio.create_task(self._read_page(stored))

    async def _read_page(self, stored: StoredArticle) -> None:
        start = time.monotonic()

        async def read() -> None:
            self._count("flags_raised", await self._pipeline.read_page(stored))

        try:
            if await self._guarded(f"page of article {stored.id}", read()):
                self._timed["page"].add(time.monotonic() - start)
                self._count("pages_read")
        finally:
            self._pages.pop(stored.id, None)

    async def _send_digest(self, name: str) -> None:
        desk, now = self._pipeline.desk, datetime.now(UTC)

        def make() -> None:
            table = desk.config.digest_named(name)
            if (due := make_digests.due_digest(desk, table, now)) is not None:
                made = make_digests.send_digest(desk, table, due, now)
                log.info("digest %s made%s", name, "" if made else " (empty, not sent)")

        async with self._digesting:  # its turn and the look for missed ones may come together
            await asyncio.to_thread(make)
        await self._begin_to_post()

    async def _alert(self) -> None:
        desk, now = self._pipeline.desk, datetime.now(UTC)
        self._count("alerts_made", await asyncio.to_thread(raise_alerts.send_alerts, desk, now))

    async def _post(self) -> None:
        desk = self._pipeline.desk
        await post_outbox.post(desk, datetime.now(UTC), in_hand=self._sending)

    async def _begin_to_post(self) -> None:
        """Post without waiting for the end: other targets must not wait for one that stalls."""
        if not self._paused:
            self._begin("outbox", self._post())

    async def _log_round(self) -> None:
        if self._pipeline.round_is_due():
            await self._pipeline.log_round()

    async def _index(self) -> None:
        """Bring what was stored before there was an index into it, without holding up others."""
        store = self._pipeline.desk.store

        def some() -> int:
            with store.read() as db:
                if not search_index.left(db):
                    return 0
            with store.write() as db:
                return search_index.catch_up(db)

        while await asyncio.to_thread(some):
            pass

    async def _write_searches(self) -> None:
        """Bring the files of saved searches up to date."""
        desk = self._pipeline.desk
        if any(table.to for table in desk.config.search):
            from monitor.pipeline.write_searches import write_searches

            await asyncio.to_thread(write_searches, desk, datetime.now(UTC))

    async def _forget(self) -> None:
        desk = self._pipeline.desk
        keep = timedelta(days=desk.config.monitor.keep_days)
        gone = await asyncio.to_thread(retention.forget, desk.store, datetime.now(UTC), keep)
        await asyncio.to_thread(self._pipeline.expire)
        if gone:
            log.info("forgotten: %s", gone)

    async def _mend_times(self) -> None:
        def mend() -> None:
            with self._pipeline.desk.store.write() as db:
                recovery.mend_times(db, datetime.now(UTC))

        await asyncio.to_thread(mend)

    # ---- what is made known

    def _count(self, what: str, number: int = 1) -> None:
        self.about.counters[what] = self.about.counters.get(what, 0) + number

    def _tell(self) -> None:
        about, now = self.about, datetime.now(UTC)
        about.beat = now.isoformat(timespec="seconds")
        if self._paused and not about.paused:
            about.paused_since = about.beat
        about.paused = self._paused.why
        turns = jobs.next_turns(self._scheduler)
        about.next_jobs = {
            name: turn.astimezone(UTC).isoformat(timespec="seconds")
            for name, turn in turns.items()
            if name == "upkeep" or (name.startswith("digest ") and not name.endswith("if missed"))
        }
        due = self._pipeline.next_due()
        about.next_feed = due.isoformat(timespec="seconds") if due else ""
        about.in_hand = {
            "feeds": len(self._feeds),
            "pages": len(self._pages),
            "tasks": len(asyncio.all_tasks()),
        }
        about.seconds = {name: dataclasses.asdict(seen) for name, seen in self._timed.items()}
        heartbeat.write(self.state, about)

    async def _publish(self) -> None:
        self._tell()

    async def metrics(self) -> str:
        """Return all that is known in the text format of Prometheus; raises StoreError."""
        self._tell()
        desk, now = self._pipeline.desk, datetime.now(UTC)
        found = await asyncio.to_thread(status.collect, desk, now)
        from monitor.daemon import metrics

        return metrics.text(found)
