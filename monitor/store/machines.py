"""The machines that share a store: who is there, for how long, and whose word still counts.

A machine has a lease that it renews every few seconds. Everything that it claims (`claims`) hangs
on that one lease, so renewing is one row however many hosts it reads. A machine that let its lease
run out is *reaped* by any other: its number of incarnation goes up and its claims are free, in one
transaction. The incarnation is the fencing token (Kleppmann, "How to do distributed locking"):
every transaction of a machine begins by looking whether its own is still in force
(`fencing.check`), so one that slept through its lease stores nothing, whatever it was about to do.

That look locks the row against reaping until the transaction ends (FOR KEY SHARE against FOR
UPDATE), and who reaps passes over rows that are so locked; a transaction whose machine fell silent
before its lease ran out is ended. No lock outlives a transaction, since poolers hand a session on
with each.

Only the clock of the database is asked. A machine whose own is wrong works by the database's.
On SQLite all of this is the same code with one machine: who holds the lock of the state folder is
alone, so it reaps everybody else at its start and is never reaped.
"""

from datetime import UTC, datetime, timedelta
from typing import Literal

from msgspec import Struct
from sqlalchemy import Connection, func, select, text, update

from monitor.errors import StoreError
from monitor.store.fencing import Incarnation, check
from monitor.store.insertion import insert_new
from monitor.store.schema import claim, machine, outbox

MachineKind = Literal["daemon", "command"]
MachineState = Literal["here", "left", "gone"]

_CUT_OFF = text(
    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
    " WHERE datname = current_database() AND usename = current_user AND pid <> pg_backend_pid()"
    " AND state = 'active' AND wait_event_type = 'Client' AND state_change < :since"
    " AND pid IN (SELECT pid FROM pg_locks"
    " WHERE relation = 'machine'::regclass AND mode = 'RowShareLock')"
)


class Machine(Struct, frozen=True):
    """One machine as the others see it; times by the database's clock.

    Attributes:
        token: of the state folder that it holds.
        until: the end of its lease.
        state: "left" when it went in order, "gone" when others found its lease run out.
    """

    name: str
    incarnation: int
    token: str
    kind: MachineKind
    version: str
    vantage: str
    started: datetime
    seen: datetime
    until: datetime
    state: MachineState
    desk: str = ""

    def is_alive(self, now: datetime) -> bool:
        """Tell whether its lease holds."""
        return self.state == "here" and self.until > now


def now(db: Connection) -> datetime:
    """Return the time by the database's clock, aware, in UTC."""
    if db.dialect.name == "sqlite":
        return datetime.now(UTC)
    found: datetime = db.execute(select(func.clock_timestamp())).scalar_one()
    return found.astimezone(UTC)


def join(
    db: Connection,
    name: str,
    *,
    token: str,
    kind: MachineKind,
    version: str,
    vantage: str,
    lease: timedelta,
    alone: bool,
    desk: str = "",
) -> int | Machine:
    """Begin a new incarnation of a machine, and free what the one before it held.

    Args:
        token: of its state folder: who has the same one knows that its predecessor is gone.
        alone: nobody else can be at work on this store.

    Returns:
        The incarnation; or the machine of that name that is alive elsewhere.
    """
    at = now(db)
    values = {"version": version, "vantage": vantage, "kind": kind, "token": token, "desk": desk}
    times = {"started": at, "seen": at, "until": at + lease, "state": "here"}
    insert_new(db, machine, [{"name": name, "incarnation": 0, **values, **times}])
    mine = machine.c.name == name
    row = db.execute(select(machine).where(mine).with_for_update()).one()
    before = Machine(**row._mapping)
    if before.incarnation and before.is_alive(at) and before.token != token and not alone:
        return before
    _free(db, name, at, asked=None if before.state == "left" else at)
    if alone:
        others = db.execute(select(machine.c.name).where(~mine)).scalars().all()
        for other in others:
            _bury(db, other, at)
    number = before.incarnation + 1
    db.execute(update(machine).where(mine).values(incarnation=number, **values, **times))
    return number


def renew(db: Connection, mine: Incarnation, lease: timedelta) -> datetime:
    """Begin the lease of a machine anew; return the time, by which it is known from then on.

    Raises:
        Superseded: as `fencing.check`.
    """
    check(db, mine)
    at = now(db)
    this = machine.c.name == mine.machine
    db.execute(update(machine).where(this).values(seen=at, until=at + lease))
    return at


def reap(db: Connection, name: str, *, spared: timedelta = timedelta(0)) -> list[str]:
    """Take their claims from machines whose lease ran out; return their names.

    Args:
        name: who looks, and reaps everybody but itself.
        spared: for how long a lease must be over.
    """
    at = now(db)
    over = (machine.c.until <= at - spared) & (machine.c.state == "here") & (machine.c.name != name)
    query = select(machine.c.name, machine.c.until).where(over).order_by(machine.c.name)
    lapsed = {row.name: row.until for row in db.execute(query)}
    if not lapsed:
        return []
    gone = list(db.execute(query.with_for_update(skip_locked=True)).scalars())
    for other in gone:
        _bury(db, other, at)
    if held := lapsed.keys() - gone:
        _cut_off(db, max(lapsed[other] for other in held))
    return gone


def _cut_off(db: Connection, since: datetime) -> None:
    """End sessions that stand in the middle of a transaction, and are silent since a time.

    A process that is stopped between two statements is rolled back by the server, but not one that
    is stopped while it sends many at once: the server takes it for busy, and would for ever. What
    locks no machine, such as a dump, is let alone.
    """
    if db.dialect.name == "postgresql":
        db.execute(_CUT_OFF, {"since": since})


def end_all(db: Connection) -> None:
    """End every incarnation: nobody who has begun writes any more."""
    at = now(db)
    for one in everyone(db):
        _bury(db, one.name, at)


def leave(db: Connection, mine: Incarnation) -> None:
    """Go in order; what a command claimed is forgotten with its name.

    That another server may lack what it stored last is no matter then.

    Raises:
        Superseded: it was reaped, or another of its name has begun.
    """
    name = mine.machine
    check(db, Incarnation(name, mine.number))
    at = now(db)
    _free(db, name, at)
    this = machine.c.name == name
    if db.execute(select(machine.c.kind).where(this)).scalar() == "command":
        db.execute(machine.delete().where(this))
    else:
        db.execute(update(machine).where(this).values(state="left", seen=at, until=at))


def forget(db: Connection, name: str) -> bool:
    """Forget a machine that is not alive; False when there is none.

    Raises:
        StoreError: it is alive.
    """
    row = db.execute(select(machine).where(machine.c.name == name).with_for_update()).first()
    if row is None:
        return False
    if Machine(**row._mapping).is_alive(now(db)):
        raise StoreError(f"{name} is alive; stop it first")
    _free(db, name, now(db))
    db.execute(machine.delete().where(machine.c.name == name))
    return True


def everyone(db: Connection) -> list[Machine]:
    """Return all machines that are known, by name."""
    rows = db.execute(select(machine).order_by(machine.c.name))
    return [Machine(**row._mapping) for row in rows]


def vantages(db: Connection) -> frozenset[str]:
    """Return the vantage points at which a machine is alive."""
    at = now(db)
    return frozenset(one.vantage for one in everyone(db) if one.is_alive(at))


def _bury(db: Connection, name: str, at: datetime) -> None:
    """End an incarnation that nobody will hear of again."""
    _free(db, name, at, asked=at)
    mine = machine.c.name == name
    if db.execute(select(machine.c.kind).where(mine)).scalar() == "command":
        db.execute(machine.delete().where(mine))
    else:
        up = machine.c.incarnation + 1
        here = machine.c.state == "here"
        db.execute(update(machine).where(mine, here).values(incarnation=up, state="gone"))


def _free(db: Connection, name: str, at: datetime, *, asked: datetime | None = None) -> None:
    """Free what a machine holds or wishes for, messages that it was sending among it.

    Args:
        asked: when it may have made its last requests.
    """
    values: dict[str, object] = {"machine": None, "since": at}
    if asked is not None:
        values["asked"] = asked
    db.execute(update(claim).where(claim.c.machine == name).values(**values))
    unwished = {"wanted_by": "", "wanted_at": None}
    db.execute(update(claim).where(claim.c.wanted_by == name).values(**unwished))
    sending = (
        (outbox.c.machine == name) & (outbox.c.state == "queued") & (outbox.c.claimed_by != "")
    )
    released = {"next_attempt": at, "claimed_by": "", "machine": ""}
    db.execute(update(outbox).where(sending).values(**released))


def forget_old(db: Connection, before: datetime) -> None:
    """Forget machines that went, or died, before a time."""
    db.execute(machine.delete().where(machine.c.until < before))
