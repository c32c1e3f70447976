"""What machines claim: hosts to ask, and roles (filing, a digest, alerts, upkeep).

A claim is a row that names its holder, or nobody. It is taken by whoever finds it free, without
waiting for others who look at the same row (FOR UPDATE SKIP LOCKED), and given back by its holder
alone or by the reaping of it (`machines`). What has to be known of a host travels with the row:
when it was last asked, the crawl-delay of its robots.txt, and until when it asked to be left alone.

A machine that meets a host of another's (a redirect leads there) says that it wants it. The holder
gives it up at its next idle moment, and until the wish is a lease old nobody else takes it.
"""

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime, timedelta

from msgspec import Struct
from sqlalchemy import Connection, bindparam, or_, select, update

from monitor.store.chunks import chunks
from monitor.store.insertion import insert_new
from monitor.store.schema import claim

_GIVE = (
    claim.update()
    .where((claim.c.key == bindparam("claim_key")) & (claim.c.machine == bindparam("holder")))
    .values(
        machine=None,
        since=bindparam("at"),
        asked=bindparam("last"),
        crawl_delay=bindparam("delay"),
        paused_until=bindparam("until"),
    )
)


class HostMemory(Struct, frozen=True):
    """What is known of a host whoever asks it; times by the database's clock, None for never."""

    asked: datetime | None = None
    crawl_delay: float = 0.0  # seconds
    paused_until: datetime | None = None


class Claim(Struct, frozen=True):
    """One claim, held or free."""

    key: str
    machine: str | None
    since: datetime
    wanted_by: str = ""
    memory: HostMemory = HostMemory()


def host(name: str) -> str:
    """Return the key of a host."""
    return f"host {name}"[:300]


def role(name: str) -> str:
    """Return the key of a role."""
    return f"role {name}"


def take(
    db: Connection, machine: str, keys: Collection[str], at: datetime, *, wish: timedelta
) -> list[Claim]:
    """Take what is free of these, or this machine's; what others hold or just take is left out.

    Args:
        at: the database's time.
        wish: how long another's wish keeps a free claim for it.
    """
    wanted = sorted(keys)
    insert_new(db, claim, [{"key": key, "since": at} for key in wanted])
    taken: list[Claim] = []
    for part in chunks(wanted):
        unwished = or_(
            claim.c.wanted_by.in_(("", machine)),
            claim.c.wanted_at <= at - wish,
        )
        free = or_(claim.c.machine == machine, claim.c.machine.is_(None) & unwished)
        query = select(claim).where(claim.c.key.in_(part), free).order_by(claim.c.key)
        rows = db.execute(query.with_for_update(skip_locked=True)).all()
        taken += [_claim(row) for row in rows]
    for part in chunks([one.key for one in taken]):
        values = {"machine": machine, "since": at, "wanted_by": "", "wanted_at": None}
        db.execute(update(claim).where(claim.c.key.in_(part)).values(**values))
    return taken


def give(db: Connection, machine: str, memories: Mapping[str, HostMemory], at: datetime) -> None:
    """Give claims back, with what is to be known of them."""
    rows = [
        {
            "claim_key": key,
            "holder": machine,
            "at": at,
            "last": memory.asked,
            "delay": memory.crawl_delay,
            "until": memory.paused_until,
        }
        for key, memory in sorted(memories.items())
    ]
    if rows:
        db.execute(_GIVE, rows)


def remember(db: Connection, key: str, memory: HostMemory) -> None:
    """Write down at once what a successor has to know of a host."""
    values = {"crawl_delay": memory.crawl_delay, "paused_until": memory.paused_until}
    db.execute(update(claim).where(claim.c.key == key).values(**values))


def want(db: Connection, machine: str, key: str, at: datetime | None) -> str:
    """Return who holds a claim, "" when it is free; with `at`, say that a machine wants it."""
    holder = db.execute(select(claim.c.machine).where(claim.c.key == key)).scalar()
    if holder is not None and holder != machine and at is not None:
        values = {"wanted_by": machine, "wanted_at": at}
        db.execute(update(claim).where(claim.c.key == key).values(**values))
    return holder or ""


def some(db: Connection, keys: Iterable[str]) -> dict[str, Claim]:
    """Return these claims, by key; those that nobody ever made are not there."""
    found: dict[str, Claim] = {}
    for part in chunks(sorted(keys)):
        found |= {
            row.key: _claim(row) for row in db.execute(select(claim).where(claim.c.key.in_(part)))
        }
    return found


def held(db: Connection) -> dict[str, tuple[int, tuple[str, ...]]]:
    """Return how many hosts each machine holds, and its roles."""
    query = select(claim.c.machine, claim.c.key).where(claim.c.machine.is_not(None))
    found: dict[str, tuple[int, tuple[str, ...]]] = {}
    for name, key in db.execute(query.order_by(claim.c.key)):
        hosts, roles = found.get(name, (0, ()))
        what, _, which = key.partition(" ")
        found[name] = (hosts + (what == "host"), (*roles, which) if what == "role" else roles)
    return found


def forget(db: Connection, before: datetime) -> None:
    """Forget hosts that nobody held since a day."""
    old = claim.c.machine.is_(None) & (claim.c.since < before)
    paused = or_(claim.c.paused_until.is_(None), claim.c.paused_until < before)
    db.execute(claim.delete().where(old, paused))


def _claim(row: object) -> Claim:
    memory = HostMemory(row.asked, row.crawl_delay, row.paused_until)  # type: ignore[attr-defined]
    return Claim(row.key, row.machine, row.since, row.wanted_by, memory)  # type: ignore[attr-defined]
