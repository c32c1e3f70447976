"""Whether a machine may still store anything: the look with which each of its transactions begins.

It may not when others have taken over its work (`machines`), and not when the database is no longer
the one that it has worked with. A server that was started anew, a standby that took its place and a
backup that was restored may lack what was committed last, while the machine still has it in memory:
the marks of a feed that it has read, by which the feed would answer that nothing is new, or the
stories of articles that are gone. So the machine has to begin anew with what is there.

The first two are told by when the server was started, the third by the row of the machine, which is
older than its last renewal then.
"""

from datetime import datetime

from msgspec import Struct
from sqlalchemy import Connection, bindparam, func, select

from monitor.errors import Superseded
from monitor.store.schema import machine

_CHECK = (
    select(machine.c.incarnation, machine.c.seen)
    .where(machine.c.name == bindparam("machine_name"))
    .with_for_update(read=True, key_share=True)
)
_CHECK_SERVER = _CHECK.add_columns(func.pg_postmaster_start_time().label("began"))


class Incarnation(Struct, frozen=True):
    """A machine from one start to its end, and the database that it has worked with.

    Attributes:
        machine: its name.
        number: the fencing token; another one once the machine was reaped, or began anew.
        server: the `server` that it works with; None where there is none.
        renewed: when it renewed its lease last, if it did.
    """

    machine: str
    number: int
    server: datetime | None = None
    renewed: datetime | None = None


def server(db: Connection) -> datetime | None:
    """Return when the server that answers was started, which tells it from others; else None."""
    if db.dialect.name == "sqlite":
        return None
    found: datetime = db.execute(select(func.pg_postmaster_start_time())).scalar_one()
    return found


def check(db: Connection, mine: Incarnation) -> None:
    """Keep a machine from being reaped until the transaction ends.

    Nor does anybody migrate the database until then (`migration`).

    Raises:
        Superseded: it was reaped, another of its name has begun, or the database is another.
    """
    name = mine.machine
    query = _CHECK if mine.server is None else _CHECK_SERVER
    row = db.execute(query, {"machine_name": name}).first()
    if row is None or row.incarnation != mine.number:
        raise Superseded(f"{name} was away for longer than its lease: others do its work by now")
    if mine.server is not None and row.began != mine.server:
        raise Superseded(
            "the database server was started anew, or another took its place; what it may lack of "
            f"what {name} stored last is read again"
        )
    if mine.renewed is not None and row.seen < mine.renewed:
        raise Superseded(f"the database is an older state of itself, without what {name} stored")
