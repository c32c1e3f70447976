"""The daemon's jobs: how often each runs, and what becomes of runs that were missed.

Runs are missed while the machine sleeps, while the process is stopped or while a run takes longer
than its turn. What to do then is a matter of each job:

* Looking (feeds and pages that are due, alerts, the outbox, what was left over) has no turns to
  make up for: one look finds all that a hundred missed ones would have found. `Every` therefore
  counts from now and not from the last turn, so an hour of sleep is one run and costs no
  arithmetic over 3,600 missed ones, and a clock set ahead by years costs no more.
* A digest has a time of day. Missed turns are one run (coalesced), however late: what it has to
  hold is decided from the store, which knows what was sent.
* The round log is history: a turn that is missed by more than a minute is left out, since the next
  one covers its time as well.
* Upkeep runs once a day counted from the last run, because a machine that sleeps every night would
  never see a fixed hour of the night.

A clock that is set back would leave every next turn in the future; `clock` notices and the jobs
are begun anew.
"""

import asyncio
import contextlib
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.triggers.base import BaseTrigger
from apscheduler.triggers.cron import CronTrigger
from msgspec import Struct

from monitor import digest

Work = Callable[[], Awaitable[None]]


class Every(BaseTrigger):  # type: ignore[misc]
    """A turn some time after now, whatever was missed.

    Args:
        step: from one turn to the next.
        first: until the first turn.
    """

    def __init__(self, step: timedelta, first: timedelta = timedelta(0)) -> None:
        self.step, self.first = step, first

    def get_next_fire_time(self, previous_fire_time: datetime | None, now: datetime) -> datetime:
        """Return the next turn; APScheduler's interface."""
        return now + (self.first if previous_fire_time is None else self.step)


class Job(Struct, frozen=True):
    """One job; never two runs of it at a time.

    `grace` is how late a missed turn may still run, None for however late. Several missed turns
    are one run (`coalesce`) unless the job says otherwise.
    """

    name: str
    work: Work
    trigger: BaseTrigger
    grace: timedelta | None = None
    coalesce: bool = True


def daily_at(at: str, days: str, zone: str) -> CronTrigger:
    """Return the trigger of a digest's time of day in its zone."""
    return CronTrigger(**digest.cron_fields(at, days), timezone=ZoneInfo(zone))


def schedule(scheduler: AsyncIOScheduler, jobs: list[Job]) -> None:
    """Let these jobs take the place of all that were scheduled."""
    scheduler.remove_all_jobs()
    for job in jobs:
        grace = None if job.grace is None else max(1, int(job.grace.total_seconds()))
        scheduler.add_job(
            _run,
            job.trigger,
            args=[job.work],
            id=job.name,
            name=job.name,
            coalesce=job.coalesce,
            max_instances=1,
            misfire_grace_time=grace,
        )


async def _run(work: Work) -> None:
    """Do a job; that the scheduler ends one that waits when it is shut down is no failure of it."""
    with contextlib.suppress(asyncio.CancelledError):
        await work()


def next_turns(scheduler: AsyncIOScheduler) -> dict[str, datetime]:
    """Return the next turn of each job by name."""
    found: list[Any] = scheduler.get_jobs()
    return {job.id: job.next_run_time for job in found if job.next_run_time is not None}
