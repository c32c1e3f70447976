"""Turns: the waiting that manners ask for, host by host, first come, first served.

A request first waits for its host and only then for one of the places in flight, so that a busy
host holds up nobody else. A request that is still unanswered after `PATIENCE` seconds gives its
place to the next one and goes on outside: fifty servers that never answer do not stop a thousand
that do. The number of those outside is bounded too.
"""

import asyncio
import math
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Self

from monitor.dates import http
from monitor.errors import HostPaused
from monitor.web import politeness
from monitor.web.politeness import HostState, Limits

PATIENCE = 1.0  # seconds
_OUTSIDE_FOR_EACH_PLACE = 4


class _Host:
    """One host's state and the queue before it."""

    __slots__ = ("changed", "gate", "name", "state", "waiting")

    def __init__(self, name: str) -> None:
        self.name = name
        self.state = HostState()
        self.gate = asyncio.Lock()
        self.changed: asyncio.Future[None] | None = None  # awaited by who stands in the gate
        self.waiting = 0

    def now(self, state: HostState) -> None:
        """Take a new state and let the first in the queue look at it."""
        self.state = state
        if self.changed is not None and not self.changed.done():
            self.changed.set_result(None)


class Turn:
    """One request's turn: to be waited for with `async with`, whose block is the request."""

    __slots__ = ("_host", "_inside", "_timer", "_turns", "unsent")

    def __init__(self, host: _Host, turns: "Turns") -> None:
        self._host, self._turns = host, turns
        self._inside = True  # has one of the places in flight
        self.unsent = True

    async def __aenter__(self) -> Self:
        """Wait for the host, then for a place.

        Raises:
            HostPaused: the host asked us to stay away for now.
        """
        await self._turns.wait_for(self._host)
        self._timer = asyncio.get_running_loop().call_later(PATIENCE, self._step_outside)
        return self

    async def __aexit__(self, *exc: object) -> None:
        self._timer.cancel()
        self._turns.leave(self._host, inside=self._inside, unsent=self.unsent)

    def _step_outside(self) -> None:
        self._inside = not self._turns.step_outside()

    def sent(self) -> None:
        """The request goes out."""
        self.unsent = False
        self._host.now(politeness.sent(self._host.state, self._turns.clock()))

    def answered(self, status: int, retry_after: str, date: str = "") -> bool:
        """Remember what an answer asked of us.

        Args:
            retry_after: that header; a date in it is by the server's clock.
            date: that header, which tells the server's clock.

        Returns whether it asked for a pause.
        """
        if status not in (429, 503):
            return False
        wait = http.retry_after(retry_after, http.read(date) or datetime.now(UTC))
        host, before = self._host, self._host.state
        host.now(politeness.answered(before, status, wait, self._turns.clock()))
        return host.state != before


class Turns:
    """Hands out turns; one for all requests of a client.

    Args:
        limits: what every host is spared.
        in_flight: places, over all hosts.
        clock: monotonic seconds.
        remember: hosts from which on those are forgotten that want nothing of us.
    """

    def __init__(
        self,
        limits: Limits,
        in_flight: int,
        clock: Callable[[], float] = time.monotonic,
        remember: int = 10_000,
    ) -> None:
        self._limits, self.clock = limits, clock
        self._hosts: dict[str, _Host] = {}
        self._remember = self._most_hosts = remember
        self._places = asyncio.Semaphore(in_flight)
        self._outside = 0
        self._most_outside = in_flight * _OUTSIDE_FOR_EACH_PLACE

    def slow_down(self, name: str, delay: float) -> bool:
        """Keep `delay` seconds between requests to a host from now on; True when that is new."""
        host, before = self._host(name), self._host(name).state
        host.now(politeness.asked_to_crawl_slowly(before, delay))
        return host.state != before

    def is_idle(self, name: str) -> bool:
        """Tell whether nothing is under way to a host, and nothing waits for it."""
        host = self._hosts.get(name)
        return host is None or not (host.waiting or host.state.in_flight)

    def known(self, name: str) -> politeness.Known:
        """Return what another process has to know to ask a host next."""
        host = self._hosts.get(name)
        return politeness.known(host.state, self.clock()) if host else politeness.Known()

    def recall(self, name: str, found: politeness.Known) -> None:
        """Take over what another process knew of a host."""
        host = self._host(name)
        host.now(politeness.recalled(host.state, found, self.clock()))

    def turn(self, name: str) -> Turn:
        """Return the next request's turn at a host."""
        return Turn(self._host(name), self)

    # ---- what a turn asks for

    async def wait_for(self, host: _Host) -> None:
        """Wait for a host, then for a place; raises HostPaused."""
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
                host.now(politeness.started(host.state))
        finally:
            host.waiting -= 1

    def step_outside(self) -> bool:
        """Give a place to the next request, if one more can go on outside; tell whether."""
        if self._outside >= self._most_outside:
            return False
        self._outside += 1
        self._places.release()
        return True

    def leave(self, host: _Host, *, inside: bool, unsent: bool) -> None:
        """A request has ended."""
        if inside:
            self._places.release()
        else:
            self._outside -= 1
        if unsent:
            host.now(politeness.given_up(host.state))
        else:
            host.now(politeness.ended(host.state, self.clock()))

    async def _until_free(self, host: _Host) -> None:
        while True:
            self._refuse_if_paused(host)
            seconds = politeness.wait(host.state, self._limits, self.clock())
            if seconds == 0:
                return
            if math.isinf(seconds):
                host.changed = asyncio.get_running_loop().create_future()
                await host.changed
            else:
                await asyncio.sleep(seconds)

    def _refuse_if_paused(self, host: _Host) -> None:
        if seconds := politeness.pause(host.state, self.clock()):
            until = datetime.now(UTC) + timedelta(seconds=seconds)
            raise HostPaused(
                f"{host.name} asked us to stay away until {until:%Y-%m-%d %H:%M:%S} UTC",
                until=until,
            )

    def _host(self, name: str) -> _Host:
        host = self._hosts.get(name)
        if host is None:
            if len(self._hosts) >= self._most_hosts:
                self._forget()
            host = self._hosts[name] = _Host(name)
        return host

    def _forget(self) -> None:
        now = self.clock()
        self._hosts = {
            name: host
            for name, host in self._hosts.items()
            if host.waiting or host.state.in_flight or politeness.must_remember(host.state, now)
        }
        self._most_hosts = max(self._remember, 2 * len(self._hosts))
