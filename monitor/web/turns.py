"""Turns: the waiting that manners ask for, host by host, first come, first served.

A request first waits for its host and only then for one of the places in flight, so that a busy
host holds up nobody else. A request that is still unanswered after `PATIENCE` seconds gives its
place to the next one and goes on outside: fifty servers that never answer do not stop a thousand
that do. The number of those outside is bounded too.
"""

import asyncio
import math
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta

from monitor.errors import HostPaused
from monitor.web import manners
from monitor.web.manners import HostState, Limits

PATIENCE = 1.0  # seconds
_OUTSIDE_FOR_EACH_PLACE = 4
_MOST_HOSTS = 10_000


class Host:
    """One host's state and the queue before it."""

    __slots__ = ("freed", "gate", "name", "state", "waiting")

    def __init__(self, name: str) -> None:
        self.name = name
        self.state = HostState()
        self.gate = asyncio.Lock()
        self.freed: asyncio.Future[None] | None = None
        self.waiting = 0


class Turns:
    """Hands out turns; one for all requests of a client."""

    def __init__(
        self, limits: Limits, in_flight: int, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._limits, self._clock = limits, clock
        self._hosts: dict[str, Host] = {}
        self._places = asyncio.Semaphore(in_flight)
        self._outside = 0
        self._most_outside = in_flight * _OUTSIDE_FOR_EACH_PLACE

    def host(self, name: str) -> Host:
        """The one record of a host."""
        host = self._hosts.get(name)
        if host is None:
            if len(self._hosts) >= _MOST_HOSTS:
                self._forget()
            host = self._hosts[name] = Host(name)
        return host

    def note(self, host: Host, status: int, retry_after: str) -> None:
        """Remember what an answer asked of us."""
        if status in (429, 503):
            seconds = manners.retry_after(retry_after, datetime.now(UTC)) if retry_after else None
            host.state = manners.answered(host.state, status, seconds, self._clock())

    @asynccontextmanager
    async def turn(self, name: str) -> AsyncIterator[Host]:
        """Wait for a host, then for a place; the block is the request.

        Raises:
            HostPaused: the host asked us to stay away for now.
        """
        host = self.host(name)
        host.waiting += 1
        try:
            async with host.gate:
                await self._until_free(host)
                await self._places.acquire()
                try:
                    self._refuse_if_paused(host)
                except HostPaused:
                    self._places.release()
                    raise
                host.state = manners.started(host.state, self._clock())
        finally:
            host.waiting -= 1
        inside = True

        def step_outside() -> None:
            nonlocal inside
            if self._outside < self._most_outside:
                inside = False
                self._outside += 1
                self._places.release()

        timer = asyncio.get_running_loop().call_later(PATIENCE, step_outside)
        try:
            yield host
        finally:
            timer.cancel()
            if inside:
                self._places.release()
            else:
                self._outside -= 1
            host.state = manners.ended(host.state)
            if host.freed is not None and not host.freed.done():
                host.freed.set_result(None)

    async def _until_free(self, host: Host) -> None:
        while True:
            self._refuse_if_paused(host)
            seconds = manners.wait(host.state, self._limits, self._clock())
            if seconds == 0:
                return
            if math.isinf(seconds):
                host.freed = asyncio.get_running_loop().create_future()
                await host.freed
            else:
                await asyncio.sleep(seconds)

    def _refuse_if_paused(self, host: Host) -> None:
        if seconds := manners.pause(host.state, self._clock()):
            until = datetime.now(UTC) + timedelta(seconds=seconds)
            raise HostPaused(
                f"{host.name} asked us to stay away until {until:%Y-%m-%d %H:%M:%S} UTC",
                until=until,
            )

    def _forget(self) -> None:
        now = self._clock()
        self._hosts = {
            name: host
            for name, host in self._hosts.items()
            if host.waiting or host.state.in_flight or manners.must_remember(host.state, now)
        }
