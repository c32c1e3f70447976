"""A daemon's life between its start and its end: jobs, clock, reloads, what it makes known.

What the jobs do is in `work`, what becomes of what fails in `failures`.
"""

import asyncio
import logging
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

from apscheduler.schedulers.asyncio import AsyncIOScheduler
from msgspec import structs

from monitor.daemon import clock, heartbeat, jobs, sd_notify, status
from monitor.daemon.failures import Guard
from monitor.daemon.heartbeat import Bulletin
from monitor.daemon.jobs import Every, Job
from monitor.daemon.reloading import needs_restart, read_desk
from monitor.daemon.state_guard import Premises
from monitor.daemon.work import Work
from monitor.errors import MonitorError, StoreError, StoreUnavailable, Superseded
from monitor.lock import Lock
from monitor.logs import without_secrets
from monitor.pipeline import Pipeline, drain
from monitor.settings import Config
from monitor.text import count

log = logging.getLogger(__name__)

_DRAIN = 4.0  # seconds that work in hand has to end after a signal

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
        self._guard = Guard(lambda: pipeline.desk.store, self._pause_changed, self._resume)
        self._work = Work(pipeline, self._guard, about)
        self._clock = clock.ClockWatch(datetime.now(UTC), time.monotonic())
        self._premises = Premises(pipeline.desk.state, pipeline.desk.store.path)

    @property
    def state(self) -> Path:
        """The state folder."""
        return self._pipeline.desk.state

    @property
    def superseded(self) -> Superseded | None:
        """Why others have taken over all that we held, or None; whatever noticed it first."""
        return self._guard.superseded or self._pipeline.member.lost

    def start(self) -> None:
        """Begin to work."""
        self._schedule()
        self._scheduler.start()
        self._tell()

    def _schedule(self) -> None:
        desk, work, job = self._pipeline.desk, self._work, self._guard.job
        log_round, forget = job("round log", work.log_round), job("upkeep", work.forget)
        index = job("index", work.index)
        found = [
            Job("feeds", work.read_due_feeds, Every(_SECOND)),
            Job("pages", work.read_due_pages, Every(_SECOND)),
            Job("entries", job("entries", work.open_left_entries), Every(2 * _SECOND)),
            Job("alerts", job("alerts", work.alert), Every(5 * _SECOND)),
            Job("outbox", work.begin_to_post, Every(5 * _SECOND)),
            Job("bulletin", self._publish, Every(10 * _SECOND)),
            Job("clocks", job("clocks", work.settle), Every(10 * _SECOND)),
            Job("round log", log_round, Every(_MINUTE, first=_MINUTE), grace=_MINUTE),
            Job("index", index, Every(_MINUTE, first=5 * _SECOND)),
            Job("searches", job("searches", work.write_searches), Every(5 * _MINUTE)),
            Job("upkeep", forget, Every(timedelta(days=1), first=15 * _MINUTE)),
        ]
        for table in desk.config.digest:
            name = f"digest {table.name}"
            zone = desk.config.zone_of(table)
            send = job(name, partial(work.send_digest, table.name))
            found.append(Job(name, send, jobs.daily_at(table.at, table.days, zone)))
            # What was missed while we were down or paused, or another machine did it.
            found.append(Job(f"{name}, if missed", send, Every(_MINUTE)))
        jobs.schedule(self._scheduler, found)

    def in_one_line(self) -> str:
        """Return what we are doing, for a supervisor."""
        if self._guard.paused:
            return f"paused: {self._guard.paused.why}"
        return f"watching {count(len(self._pipeline.desks.feeds), 'feed')}"

    # ---- what surrounds the work

    def look(self, held: Lock) -> None:
        """See how it stands with clock, state folder, lease and a pause."""
        if moved := self._clock.look(datetime.now(UTC), time.monotonic()):
            log.warning("%s", clock.moved_words(moved))
            if moved < timedelta(0):  # after a leap ahead, all that was missed is due by itself
                self._schedule()
                self._guard.begin("clock", self._work.mend_times())
        member = self._pipeline.member
        self.failure = self._premises.fault(held) or member.failure
        conductor = self._work.conductor
        if not member.is_valid and (len(conductor.feeds) or len(conductor.pages)):
            # Others may begin with what we have in hand.
            self._guard.begin("lease", conductor.cancel())
        self._guard.look()

    def is_working(self, limit: float) -> bool:
        """Tell whether the work has come round within the last seconds.

        It has when the loop runs its jobs and the threads answer; a store that waits for room is
        no reason to be restarted.
        """
        oldest = min(self._work.came_round.values())
        if time.monotonic() - oldest < limit:
            return True
        log.error("the work has stood still for %.0f seconds", time.monotonic() - oldest)
        return False

    async def reload(self, read: Callable[[], Config]) -> bool:
        """Take in changed config, rules, entities and profiles; keep the old if the new are bad.

        False: the store takes no write, or others do our work by now; it is to be tried again.
        """
        sd_notify.reloading()
        old = self._pipeline.desk
        try:
            desk = await asyncio.to_thread(read_desk, read, old.state)
            await self._pipeline.adopt(desk)
        except (StoreUnavailable, Superseded) as error:
            log.warning("%s; the reload is tried again", error)
            sd_notify.ready(f"the reload waits: {error}")
            return False
        except MonitorError as error:
            self.about.reload_error = without_secrets(str(error))
            self.about.reloads += 1  # now that its outcome is known
            log.error("reload failed, the old configuration stays in force: %s", error)
            sd_notify.ready("reload failed, the old configuration stays in force")
            return True
        await self._work.claim()
        self.about.reload_error = ""
        self.about.at_next_start = needs_restart(self._begun_with, desk.config)
        self.about.reloads += 1
        self.about.loaded = datetime.now(UTC).isoformat(timespec="seconds")
        self._schedule()
        if late := needs_restart(old.config, desk.config):
            log.warning("%s changed: that takes effect with the next start", " and ".join(late))
        log.info("reloaded: %s", self.in_one_line())
        sd_notify.ready(self.in_one_line())
        return True

    async def finish(self) -> None:
        """Let what is in hand end for a few seconds, with what it begins, and drop the rest."""
        self._scheduler.pause()
        await drain(self._in_hand, 0 if self.superseded else _DRAIN)
        if self.failure is None and not self._guard.idle:
            await self._guard.run("round log", self._work.log_round())
            await self._publish()
        self._scheduler.shutdown(wait=False)

    def _in_hand(self) -> list[asyncio.Task[Any]]:
        conductor = self._work.conductor
        tasks = [*conductor.feeds.tasks, *conductor.pages.tasks, *self._guard.tasks]
        return [task for task in tasks if not task.done()]

    # ---- what is made known

    def _pause_changed(self) -> None:
        self._tell()
        sd_notify.status(self.in_one_line())

    async def _resume(self) -> None:
        """Go on after a pause: what was to be written may be lacking in the window."""
        self._pipeline.filer.recent.reload()
        await self._work.conductor.open_entries()

    def _tell(self) -> None:
        about, now = self.about, self._pipeline.clock()
        paused = self._guard.paused
        about.beat = now.isoformat(timespec="seconds")
        if paused and not about.paused:
            about.paused_since = about.beat
        about.paused = paused.why
        turns = jobs.next_turns(self._scheduler)
        about.next_jobs = {
            name: turn.astimezone(UTC).isoformat(timespec="seconds")
            for name, turn in turns.items()
            if name == "upkeep" or (name.startswith("digest ") and not name.endswith("if missed"))
        }
        due = self._pipeline.feeds.next_due()
        about.next_feed = due.isoformat(timespec="seconds") if due else ""
        about.in_hand = {
            "feeds": len(self._work.conductor.feeds),
            "pages": len(self._work.conductor.pages),
            "tasks": len(asyncio.all_tasks()),
        }
        about.seconds = {name: structs.asdict(seen) for name, seen in self._work.timed.items()}
        heartbeat.write(self.state, about)

    async def _publish(self) -> None:
        self._tell()

    async def metrics(self) -> str:
        """Return all that is known in the text format of Prometheus; raises StoreError."""
        self._tell()
        desk = self._pipeline.desk
        found = await asyncio.to_thread(status.collect, desk, self._pipeline.clock())
        from monitor.daemon import metrics

        return metrics.text(found)
