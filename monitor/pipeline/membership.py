"""This process among the machines that share its store: its lease, its roles, the common time.

The lease is renewed four times in its length, and every second once it is over. What a machine may
do is decided here from its own side, by a clock that goes on while it is stopped or asleep and
counts from before the renewal was asked for; so a machine knows that its lease is over before any
other does. From then on it asks nobody anything, and when it wakes up it first renews. If others
have taken over meanwhile (`lost`), all that it holds is void: whoever runs the pipeline opens it
anew.

After a time in which the database was away everybody's lease may have run out. A machine whose own
renewal came late spares the others for as long, so that all find their claims as they were; one
that is merely slow reaps the dead a little later, and not never.

A server that was started anew, or that took the place of another, may hold less than what was
committed, and so does a backup that was restored under a machine at work; what it has in memory is
void then as well, and it begins anew.

Alone on its store (SQLite) a machine cannot be superseded, and its lease is a sign of life only.
"""

import asyncio
import logging
import os
import socket
import time
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

import monitor
from monitor.dates.durations import spoken
from monitor.errors import AlreadyRunning, MonitorError, SchemaTooNew, StoreError, Superseded
from monitor.store import Connection, Store, fencing, machines, migration
from monitor.store.fencing import Incarnation
from monitor.store.machines import Machine, MachineKind

log = logging.getLogger(__name__)

ALONE = timedelta(minutes=3)  # the lease of a machine that nobody waits for
_TURNS = 4  # renewals in the length of a lease
_MARGIN = 1.5  # seconds by which our own count ends earlier
_AGAIN = 1.0  # seconds until a machine without a lease tries again to get one
_CLOCK_WRONG = timedelta(minutes=1)


class Joining(Struct, frozen=True):
    """As what a process joins the others.

    Attributes:
        name: "" for the host's.
        vantage: where it stands; it alone reads the feeds that name this.
    """

    name: str = ""
    vantage: str = ""
    kind: MachineKind = "command"

    def called(self, desk: str = "") -> str:
        """Return the name it is known by; that of a desk's own tells it from other desks' here."""
        host = socket.gethostname().partition(".")[0] or "monitor"
        name = self.name or (f"{host}-{desk}" if desk else host)
        return (name if self.kind == "daemon" else f"{name}/{os.getpid()}")[:64]


def passed() -> float:
    """Return seconds on a clock that also counts while the machine sleeps, where there is one."""
    return time.clock_gettime(getattr(time, "CLOCK_BOOTTIME", time.CLOCK_MONOTONIC))


class Membership:
    """One incarnation of one machine; see `join`.

    Attributes:
        name, vantage: as the others know it.
        alone: nobody else can be at work on the store.
        others: the machines that are alive beside it, as of the last renewal.
        lost: why all that it holds is void, such as that others took it over; None while it is not.
        failure: why it has to end: a newer version has migrated the database.
    """

    def __init__(
        self,
        store: Store,
        joining: Joining,
        incarnation: Incarnation,
        lease: timedelta,
    ) -> None:
        self.name, self.vantage = incarnation.machine, joining.vantage
        self.kind, self.lease = joining.kind, lease
        self._incarnation = incarnation  # with the server that what we have in memory was read from
        self.alone = store.path is not None
        self.others: tuple[Machine, ...] = ()
        self.lost: Superseded | None = None
        self.failure: StoreError | None = None
        self._store = store
        self._valid_until = passed()
        self._renewed = passed()
        self._at, self._anchor = datetime.now(UTC), passed()
        self._told_of_clock = False

    def fence(self, db: Connection) -> None:
        """Begin a transaction of this machine; raises Superseded or SchemaTooNew."""
        try:
            fencing.check(db, self._incarnation)
        except Superseded:
            self._look_at_version(db)  # who migrates ends all that have begun
            raise

    def _look_at_version(self, db: Connection) -> None:
        try:
            migration.check_version(db)
        except SchemaTooNew as error:
            self.failure = error
            raise

    def now(self) -> datetime:
        """Return the time by the database's clock, wherever this machine's own stands."""
        if self.alone:
            return datetime.now(UTC)
        return self._at + timedelta(seconds=passed() - self._anchor)

    @property
    def is_valid(self) -> bool:
        """Whether the lease holds as far as we know ourselves."""
        return self.alone or (passed() < self._valid_until and not self.lost)

    @property
    def peers(self) -> tuple[Machine, ...]:
        """The daemons that share the work, this one among them if it is one."""
        return tuple(one for one in self.others if one.kind == "daemon")

    async def keep(self, each: Callable[[], Awaitable[None]]) -> None:
        """Renew the lease for as long as this runs; `each` is awaited after every renewal."""
        turn = self.lease.total_seconds() / _TURNS
        while not (self.lost or self.failure):
            await asyncio.sleep(turn if self.is_valid else min(turn, _AGAIN))
            try:
                if await self.renew():
                    await each()
            except MonitorError as error:
                log.debug("claims could not be looked after: %s", error)
            except Exception:  # without its lease nothing else could go on
                log.exception("claims could not be looked after")

    async def renew(self) -> bool:
        """Renew the lease now; False when that failed, for now or for good."""
        try:
            await asyncio.to_thread(self._renew)
        except Superseded as error:  # told by whoever ends, or begins anew, for it
            self.lost = error
            return False
        except StoreError as error:
            log.debug("the lease of %s could not be renewed: %s", self.name, error)
            return False
        return True

    def _renew(self) -> None:
        began = passed()
        with self._store.write(fenced=False) as db:
            self._look_at_version(db)
            at = machines.renew(db, self._incarnation, self.lease)
            if not self.alone:
                for name in machines.reap(db, self.name, spared=self._late(began)):
                    log.warning("%s is gone: its work is free to be taken over", name)
                found = machines.everyone(db)
                self.others = tuple(
                    one for one in found if one.is_alive(at) and one.name != self.name
                )
        self._renewed, self._incarnation = began, replace(self._incarnation, renewed=at)
        length = self.lease.total_seconds()
        self._valid_until = began + length - min(_MARGIN, length / 4)
        self._at, self._anchor = at, passed()
        self._look_at_clock(at)

    def _late(self, now: float) -> timedelta:
        """Return by how much this renewal comes late, as if the database had been away so long."""
        turn = self.lease.total_seconds() / _TURNS
        return timedelta(seconds=max(0.0, now - self._renewed - turn))

    def _look_at_clock(self, at: datetime) -> None:
        wrong = datetime.now(UTC) - at
        if abs(wrong) < _CLOCK_WRONG or self.alone:
            self._told_of_clock = False
        elif not self._told_of_clock:
            self._told_of_clock = True
            log.warning(
                "the clock of this machine is %s %s the database's, which is the one that counts; "
                "set it right (NTP)",
                spoken(abs(wrong)),
                "ahead of" if wrong > timedelta(0) else "behind",
            )

    def leave(self) -> None:
        """Go in order; others may take over at once."""
        with self._store.write(fenced=False) as db:
            machines.leave(db, self._incarnation)


async def join(store: Store, state: Path, joining: Joining, lease: timedelta) -> Membership:
    """Take part under a name; one of that name that died elsewhere is waited for.

    Raises:
        AlreadyRunning: a machine of that name is alive elsewhere.
        StoreError: the store cannot be written.
    """
    alone = store.path is not None
    length = ALONE if alone else lease
    token = _token(state)

    name = joining.called(store.desk)

    def begin() -> Incarnation | Machine:
        with store.write(fenced=False) as db:
            migration.check_version(db)
            found = machines.join(
                db,
                name,
                token=token,
                kind=joining.kind,
                version=monitor.__version__,
                vantage=joining.vantage,
                lease=length,
                alone=alone,
                desk=store.desk,
            )
            if isinstance(found, Machine):
                return found
            return Incarnation(name, found, fencing.server(db))

    first: Machine | None = None
    while True:
        found = await asyncio.to_thread(begin)
        if isinstance(found, Incarnation):
            break
        if first is not None and (found.seen, found.incarnation) != (first.seen, first.incarnation):
            raise AlreadyRunning(
                f'a machine called "{found.name}" is at work already (since '
                f"{found.started:%Y-%m-%d %H:%M} UTC, version {found.version}); give this one "
                "another name: monitor run --name NAME"
            )
        if first is None:
            log.info('waiting whether "%s", last seen %s, is alive', found.name, found.seen)
        first = first or found
        await asyncio.sleep(min(1.0, length.total_seconds() / _TURNS))
    member = Membership(store, joining, found, length)
    await member.renew()
    return member


def _token(state: Path) -> str:
    """Return what tells a state folder from all others; one process holds its lock.

    It is the file of the lock, on this boot of this machine: a copy of the folder is another.
    """
    try:
        file = (state / "daemon.lock").stat()
        place = f"{file.st_dev}:{file.st_ino}"
    except OSError:
        return f"{socket.gethostname()}:{os.getpid()}:{state.absolute()}"[:200]
    try:
        boot = Path("/proc/sys/kernel/random/boot_id").read_text().strip()
    except OSError:
        boot = socket.gethostname()
    return f"{boot}:{place}"[:200]
