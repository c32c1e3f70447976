"""Start, run, reload and stop."""

import asyncio
import contextlib
import logging
import signal
from collections.abc import Callable, Coroutine
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.triggers.cron import CronTrigger

from monitor import digest, model
from monitor.config import Config
from monitor.daemon import lock
from monitor.desk import Desk
from monitor.errors import MonitorError
from monitor.pipeline import Pipeline, Reading, editions, posting, summarise
from monitor.service import notify
from monitor.store import rounds
from monitor.store.articles import StoredArticle

log = logging.getLogger(__name__)

Reload = Callable[[], Config]

_DRAIN = 4.0  # seconds that work in hand has to end after a signal
_PAGES_IN_HAND = 50


async def run(desk: Desk, reload: Reload) -> None:
    """Run until SIGTERM or SIGINT.

    Args:
        desk: the desk; its rules and references are checked before anything starts.
        reload: reads the config file again, for SIGHUP.

    Raises:
        AlreadyRunning: another daemon runs on this state folder.
        ConfigError: rules, entities or references are wrong.
    """
    with lock.hold(desk.state, datetime.now(UTC)):
        desk.check_references()
        async with Pipeline(desk) as pipeline:
            service = Service(pipeline, reload)
            service.start()
            notify.ready(f"watching {len(desk.feeds)} feeds")
            log.warning("ready: watching %d feeds, state in %s", len(desk.feeds), desk.state)
            await service.stopped.wait()
            log.warning("stopping")
            notify.stopping()
            await service.finish()


class Service:
    """The running daemon: a scheduler, and the work in hand."""

    def __init__(self, pipeline: Pipeline, reload: Reload) -> None:
        self.stopped = asyncio.Event()
        self._pipeline, self._reload = pipeline, reload
        self._scheduler = AsyncIOScheduler(timezone=UTC)
        self._feeds: dict[str, asyncio.Task[None]] = {}
        self._pages: dict[int, asyncio.Task[None]] = {}
        self._opening = asyncio.Lock()
        self._readings: list[Reading] = []
        self._logged = datetime.now(UTC)

    def start(self) -> None:
        """Start the scheduler and listen to signals."""
        loop = asyncio.get_running_loop()
        for number in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(number, self.stopped.set)
        loop.add_signal_handler(signal.SIGHUP, self.reload)
        # One run at a time and none for each that was missed: after a suspended night, one look
        # at what is due is what a hundred looks would have found.
        once = {"coalesce": True, "max_instances": 1, "misfire_grace_time": None}
        for job, seconds in (
            (self._read_due_feeds, 1),
            (self._read_due_pages, 1),
            (self._alert, 5),
            (self._post, 5),
            (self._log_round, 60),
        ):
            self._scheduler.add_job(job, "interval", seconds=seconds, id=job.__name__, **once)
        if (limit := notify.watchdog_interval()) is not None:
            every = limit / 2  # as sd_watchdog_enabled(3) advises
            self._scheduler.add_job(self._say_alive, "interval", seconds=every.total_seconds())
        self._schedule_digests()
        self._scheduler.start()

    def _schedule_digests(self) -> None:
        for job in self._scheduler.get_jobs():
            if job.id.startswith("digest "):
                job.remove()
        config = self._pipeline.desk.config
        for table in config.digest:
            fields = digest.cron_fields(table.at, table.days)
            zone = ZoneInfo(table.timezone or config.monitor.timezone)
            self._scheduler.add_job(
                self._send_digest,
                CronTrigger(**fields, timezone=zone),
                args=[table.name],
                id=f"digest {table.name}",
                coalesce=True,
                max_instances=1,
                misfire_grace_time=None,  # late is better than never
            )
            # What was missed while we were down, or while the machine slept through its time.
            self._scheduler.add_job(
                self._send_digest,
                "interval",
                minutes=5,
                next_run_time=datetime.now(UTC),
                args=[table.name],
                id=f"digest {table.name}, if missed",
                coalesce=True,
                max_instances=1,
                misfire_grace_time=None,
            )

    def reload(self) -> None:
        """Take in changed config, rules, entities and profiles; keep the old if the new are bad."""
        notify.reloading()
        old = self._pipeline.desk
        try:
            desk = Desk(self._reload(), old.state)
            desk.check_references()
        except MonitorError as error:
            log.error("reload failed, the old configuration stays in force:\n%s", error)
            notify.ready("reload failed, the old configuration stays in force")
        else:
            self._pipeline.adopt(desk)
            self._schedule_digests()
            log.warning("reloaded: watching %d feeds", len(desk.feeds))
            notify.ready(f"watching {len(desk.feeds)} feeds")

    async def finish(self) -> None:
        """Let what is in hand end for a few seconds, and drop the rest."""
        self._scheduler.shutdown(wait=False)
        tasks = [*self._feeds.values(), *self._pages.values()]
        if tasks:
            _, late = await asyncio.wait(tasks, timeout=_DRAIN)
            for task in late:
                task.cancel()
            await asyncio.gather(*late, return_exceptions=True)
        with contextlib.suppress(MonitorError):
            await self._log_round()

    # ---- jobs

    async def _read_due_feeds(self) -> None:
        for feed in self._pipeline.due(datetime.now(UTC)):
            if feed.name not in self._feeds:
                work = _guarded(f"feed {feed.name}", self._read_feed(feed))
                self._feeds[feed.name] = asyncio.create_task(work)

    async def _read_feed(self, feed: model.Feed) -> None:
        try:
            reading = await self._pipeline.read(feed)
            self._readings.append(reading)
            if reading.new:
                async with self._opening:
                    await self._pipeline.open_entries()
        finally:
            self._feeds.pop(feed.name, None)

    async def _read_due_pages(self) -> None:
        if len(self._pages) >= _PAGES_IN_HAND:
            return
        for stored in await self._pipeline.pages_due():
            if stored.id not in self._pages and len(self._pages) < _PAGES_IN_HAND:
                work = _guarded(f"page {stored.text.url}", self._read_page(stored))
                self._pages[stored.id] = asyncio.create_task(work)

    async def _read_page(self, stored: StoredArticle) -> None:
        try:
            await self._pipeline.read_page(stored)
        finally:
            self._pages.pop(stored.id, None)

    async def _send_digest(self, name: str) -> None:
        desk, now = self._pipeline.desk, datetime.now(UTC)

        def make() -> None:
            table = desk.config.digest_named(name)
            if (due := editions.due_digest(desk, table, now)) is not None:
                made = editions.send_digest(desk, table, due, now)
                log.warning("digest %s made%s", name, "" if made else " (empty, not sent)")

        await _guarded(f"digest {name}", asyncio.to_thread(make))
        await self._post()

    async def _alert(self) -> None:
        desk, now = self._pipeline.desk, datetime.now(UTC)
        await _guarded("alerts", asyncio.to_thread(editions.send_alerts, desk, now))

    async def _post(self) -> None:
        await _guarded("outbox", posting.post(self._pipeline.desk, datetime.now(UTC)))

    async def _log_round(self) -> None:
        readings, self._readings = self._readings, []
        started, self._logged = self._logged, datetime.now(UTC)
        if not readings:
            return

        def write() -> None:
            with self._pipeline.desk.store.write() as db:
                rounds.add(db, started, self._logged, summarise(readings).to_json())

        await _guarded("round log", asyncio.to_thread(write))

    async def _say_alive(self) -> None:
        notify.watchdog()


async def _guarded(what: str, work: Coroutine[object, object, object]) -> None:
    """Run one piece of work; whatever goes wrong with it is logged and stays its own."""
    try:
        await work
    except MonitorError as error:
        log.error("%s: %s", what, error)
    except Exception:
        log.exception("%s: unexpected error", what)
