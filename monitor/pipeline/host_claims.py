"""The hosts that this process may ask: taken, kept, and given up with what is known of them.

Feeds' hosts are shared out among the machines after every renewal of the lease (`share`). A host
that only a page or a redirect leads to is taken when it is first met, and given up once nothing was
asked there for a while. Whoever takes a host keeps the distance to the last request of the machine
that had it before; of one that died, that is the moment in which it was found dead.

A host is no longer asked from the moment in which it is to be given up, and others can take it when
that is written. Where it could not be written it is written with the next sharing out.
"""

import asyncio
import contextlib
import math
from collections.abc import Awaitable, Callable, Collection, Iterable, Mapping
from datetime import datetime, timedelta
from typing import Protocol

from monitor.errors import HostElsewhere, StoreError
from monitor.pipeline import share
from monitor.pipeline.membership import Membership
from monitor.store import Store, claims, robots_files
from monitor.store.claims import Claim, HostMemory
from monitor.web import Known


async def _nothing(_hosts: Collection[str]) -> None:
    pass


async def _settled() -> None:
    pass


_LINGER = 20.0  # seconds that a host of pages is kept after its last request
_RENEWAL = 10.0  # seconds that a request waits for a lease that ran out while we slept


class HostQueue(Protocol):
    """What the client's queue knows of hosts (`web.host_queue.Turns`)."""

    def is_idle(self, name: str) -> bool:
        """Tell whether nothing is under way to a host."""

    def known(self, name: str) -> Known:
        """Return what another process has to know of a host."""

    def recall(self, name: str, found: Known) -> None:
        """Take over what another process knew of a host."""


class HostClaims:
    """What one process holds.

    Args:
        store: the fenced one.
    """

    def __init__(
        self,
        store: Store,
        membership: Membership,
    ) -> None:
        self._store, self._membership = store, membership
        self._changed: Callable[[Collection[str]], Awaitable[None]] = _nothing
        self._settle: Callable[[], Awaitable[None]] = _settled
        self._held: set[str] = set()
        self._unwritten: set[str] = set()  # given up, and still ours as others see it
        self.changes = 0  # how often what is held has changed
        self._queue: HostQueue | None = None
        self._one = asyncio.Lock()  # what is given up must be written before it is asked for again

    def watch(self, queue: HostQueue) -> None:
        """Say where it is known how it stands with each host."""
        self._queue = queue

    def tell(
        self,
        changed: Callable[[Collection[str]], Awaitable[None]],
        settle: Callable[[], Awaitable[None]],
    ) -> None:
        """Say who is to know of hosts that come and go.

        Args:
            changed: told of hosts that were just taken, before anything is asked there.
            settle: stores what was learnt of their feeds, before others may read it.
        """
        self._changed, self._settle = changed, settle

    def holds(self, host: str) -> bool:
        """Tell whether we are the one who asks a host."""
        return host in self._held and self._membership.is_valid

    # ---- the client's questions (`web.Permission`)

    async def admit(self, host: str) -> None:
        """Return when a host may be asked; raises HostElsewhere."""
        if not self._membership.is_valid:
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(_RENEWAL):
                    await self._membership.renew()
            self._refuse_if_lapsed(host)
        if host not in self._held and host not in await self.take([host]):
            raise HostElsewhere(f"{host} is asked by {await self._want(host)}")

    def check(self, host: str) -> None:
        """Raise HostElsewhere when our lease is over, or the host is no longer ours."""
        self._refuse_if_lapsed(host)
        if host not in self._held:
            raise HostElsewhere(f"{host} was given up")

    def _refuse_if_lapsed(self, host: str) -> None:
        if not self._membership.is_valid:
            raise HostElsewhere(f"{host} is not asked: the lease of this machine ran out")

    async def remember(self, host: str) -> None:
        """Write down what a host has just asked of us."""
        if self._queue is None or host not in self._held:
            return
        memory = self._memory(host)

        def write() -> None:
            with self._store.write() as db:
                claims.remember(db, claims.host(host), memory)

        await asyncio.to_thread(write)

    # ---- robots.txt (`web.RobotsShelf`)

    async def recall(self, origin: str) -> tuple[float, int, bytes] | None:
        """Return for how many seconds a robots.txt still holds, its status and its bytes."""
        now = self._membership.now()

        def read() -> robots_files.RobotsFile | None:
            with self._store.read() as db:
                return robots_files.get(db, origin, now)

        found = await asyncio.to_thread(read)
        if found is None:
            return None
        return (found.until - now).total_seconds(), found.status, found.body

    async def keep(self, origin: str, seconds: float, status: int, body: bytes) -> None:
        """Keep a robots.txt; where it cannot be kept it is asked for again some day."""
        file = robots_files.RobotsFile(
            self._membership.now() + timedelta(seconds=seconds), status, body
        )

        def write() -> None:
            with self._store.write() as db:
                robots_files.put(db, origin, file)

        with contextlib.suppress(StoreError):
            await asyncio.to_thread(write)

    # ---- taking and giving up

    async def take(self, hosts: Collection[str]) -> set[str]:
        """Take those of some hosts that are free; return those that we hold then."""
        async with self._one:
            if lacking := [host for host in hosts if host not in self._held]:
                found, now = await asyncio.to_thread(self._take, lacking)
                await self._took(found, now)
        return {host for host in hosts if host in self._held}

    async def give(self, hosts: Iterable[str]) -> None:
        """Give hosts up, for others to take."""
        async with self._one:
            going = [host for host in hosts if host in self._held | self._unwritten]
            self._held.difference_update(going)
            self._unwritten.update(going)
            self.changes += 1
            memories = {claims.host(host): self._memory(host) for host in going}
            if memories:
                await self._settle()
                await asyncio.to_thread(self._give, memories)
                self._unwritten.difference_update(going)

    async def share_out(self, sites: Mapping[str, str], busy: Collection[str]) -> None:
        """Take our share of the hosts of feeds, and give up what others should have.

        Args:
            sites: hosts of feeds with their vantage points.
            busy: hosts of pages that wait to be asked for.
        """
        member = self._membership
        if not member.is_valid:
            return
        if member.alone:
            await self.take(
                [host for host, place in sites.items() if place in ("", member.vantage)]
            )
            return
        await self.give(tuple(self._unwritten))
        found, now = await asyncio.to_thread(self._claims, sites)
        if member.kind == "command":
            free = (host for host in sites if host not in found or found[host].machine is None)
            await self.take([host for host in free if sites[host] in ("", member.vantage)])
            return
        others = tuple(peer.vantage for peer in member.peers)
        place = share.Place(member.name, member.vantage, others, member.lease)
        plan = share.decide(sites, found, place, idle=self._is_idle, now=now)
        await self.give([*plan.give, *self._lingering(sites, busy)])
        if plan.take:
            await self.take(plan.take)

    async def close(self) -> None:
        """Give up everything."""
        await self.give(self._held | self._unwritten)

    def _lingering(self, sites: Mapping[str, str], busy: Collection[str]) -> list[str]:
        return [
            host
            for host in self._held
            if host not in sites
            and host not in busy
            and self._is_idle(host)
            and (self._queue is None or self._queue.known(host).asked_ago > _LINGER)
        ]

    def _is_idle(self, host: str) -> bool:
        return self._queue is None or self._queue.is_idle(host)

    def _take(self, hosts: Collection[str]) -> tuple[list[tuple[str, Claim]], datetime]:
        member = self._membership
        by_key = {claims.host(host): host for host in hosts}
        with self._store.write() as db:
            now = member.now()
            found = claims.take(db, member.name, by_key, now, wish=member.lease)
        return [(by_key[claim.key], claim) for claim in found], now

    async def _took(self, found: Iterable[tuple[str, Claim]], now: datetime) -> None:
        hosts = []
        for host, claim in found:
            if self._queue is not None:
                self._queue.recall(host, _known(claim.memory, now))
            hosts.append(host)
        if hosts:
            await self._changed(hosts)
        self._held.update(hosts)
        self._unwritten.difference_update(hosts)
        self.changes += 1

    def _give(self, memories: Mapping[str, HostMemory]) -> None:
        member = self._membership
        with self._store.write() as db:
            claims.give(db, member.name, memories, member.now())

    async def _want(self, host: str) -> str:
        member = self._membership

        def write() -> str:
            with self._store.write() as db:
                wishes = member.kind == "daemon"  # a command does not wait for it
                return claims.want(
                    db, member.name, claims.host(host), member.now() if wishes else None
                )

        return await asyncio.to_thread(write) or "another machine in a moment"

    def _claims(self, hosts: Collection[str]) -> tuple[dict[str, Claim], datetime]:
        by_key = {claims.host(host): host for host in hosts}
        with self._store.read() as db:
            found = claims.some(db, by_key)
        return {by_key[key]: claim for key, claim in found.items()}, self._membership.now()

    def _memory(self, host: str) -> HostMemory:
        if self._queue is None:
            return HostMemory()
        now, known = self._membership.now(), self._queue.known(host)
        return HostMemory(
            None if math.isinf(known.asked_ago) else now - timedelta(seconds=known.asked_ago),
            known.crawl_delay,
            now + timedelta(seconds=known.pause) if known.pause else None,
        )


def _known(memory: HostMemory, now: datetime) -> Known:
    asked, paused = memory.asked, memory.paused_until
    return Known(
        math.inf if asked is None else max(0.0, (now - asked).total_seconds()),
        memory.crawl_delay,
        max(0.0, (paused - now).total_seconds()) if paused else 0.0,
    )
