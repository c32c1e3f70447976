"""Pieces of work that may fail, each by itself, and the pause while nothing can be stored.

While the store cannot be written (a full disk, a lock held elsewhere, a folder made read-only)
nothing is asked, sent or decided, because it could not be remembered. That is said once, tried
again at growing distances, and work goes on by itself when the store takes a write again. Nothing
is lost meanwhile: a feed whose answer could not be stored is asked again.

A single write that failed is no reason to pause: a connection that was cut, or a row that another
was quicker with. So the store is tried first, and where it takes a write the work is only repeated
when its turn comes.
"""

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable, Coroutine

from monitor import shortage
from monitor.daemon.pause import Pause
from monitor.errors import MonitorError, SchemaTooNew, StoreError, Superseded
from monitor.store import Store, recovery

log = logging.getLogger(__name__)


class Guard:
    """Sees to work that fails.

    Args:
        store: gives the store that is tried.
        changed: called when a pause begins or ends.
        resumed: what is done first after a pause.
    """

    def __init__(
        self,
        store: Callable[[], Store],
        changed: Callable[[], None],
        resumed: Callable[[], Coroutine[object, object, None]],
    ) -> None:
        self._store, self._changed, self._resumed = store, changed, resumed
        self.paused = Pause()
        self.superseded: Superseded | None = None  # another machine does our work
        self._others: set[asyncio.Task[bool]] = set()
        self._doubting = asyncio.Lock()

    @property
    def idle(self) -> bool:
        """Whether nothing is to be begun."""
        return bool(self.paused or self.superseded)

    @property
    def tasks(self) -> list[asyncio.Task[bool]]:
        """What was begun here and has not ended."""
        return list(self._others)

    async def run(self, what: str, work: Awaitable[object]) -> bool:
        """Do one piece of work; whatever goes wrong with it is logged and stays its own."""
        try:
            await work
        except Superseded as error:
            self.superseded = error
        except SchemaTooNew as error:  # `Membership.failure` ends the daemon, and is told then
            log.debug("%s: %s", what, error)
        except StoreError as error:
            await self._doubt(what, error)
        except MonitorError as error:
            log.error("%s: %s", what, error)
        except Exception as error:
            if short := shortage.lacking(error):
                log.error("%s: %s", what, short)
            else:
                log.exception("%s: unexpected error", what)
        else:
            return True
        return False

    def begin(self, what: str, work: Coroutine[object, object, None]) -> "asyncio.Task[bool]":
        """Begin a piece of work that nobody waits for."""
        task = asyncio.create_task(self.run(what, work))
        self._others.add(task)
        task.add_done_callback(self._others.discard)
        return task

    def job(
        self, what: str, work: Callable[[], Coroutine[object, object, None]]
    ) -> Callable[[], Awaitable[None]]:
        """Make a job that is let alone while paused, and waited for at the end."""

        async def job() -> None:
            if not self.idle:
                await asyncio.wait({self.begin(what, work())})

        return job

    async def _doubt(self, what: str, error: StoreError) -> None:
        """Pause if the store takes no write."""
        async with self._doubting:
            if self.idle:
                return
            try:
                await asyncio.to_thread(recovery.probe, self._store())
            except Superseded as away:
                self.superseded = away
                return
            except SchemaTooNew:
                return
            except MonitorError as still:
                why = str(still)
            else:
                log.warning("%s: %s; the store can be written, it is tried again", what, error)
                return
        self.paused.begin(why, time.monotonic())
        log.error("paused, since nothing can be stored: %s (%s)", why, what)
        self._changed()

    def look(self) -> None:
        """Try the store if it is time for that."""
        if self.paused.takes_try(time.monotonic()):
            self.begin("store", self._probe())

    async def _probe(self) -> None:
        try:
            await asyncio.to_thread(recovery.probe, self._store())
        except Superseded as error:
            self.superseded = error
            return
        except MonitorError as error:
            self.paused.go_on(str(error), time.monotonic())
            return
        lasted = self.paused.end(time.monotonic())
        log.info("the store can be written again, after %s; going on", lasted)
        self._changed()
        await self.run("entries", self._resumed())
