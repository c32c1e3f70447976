"""robots.txt files as they were last read, for the next process and for other machines."""

from datetime import datetime

from msgspec import Struct
from sqlalchemy import Connection, select

from monitor.store.schema import robots


class RobotsFile(Struct, frozen=True):
    """What an origin answered, and until when that holds."""

    until: datetime
    status: int
    body: bytes


def get(db: Connection, origin: str, now: datetime) -> RobotsFile | None:
    """Return the file of an origin (`https://host:443`) that still holds."""
    same = (robots.c.origin == origin[:300]) & (robots.c.until > now)
    row = db.execute(select(robots.c.until, robots.c.status, robots.c.body).where(same)).first()
    return RobotsFile(row.until, row.status, row.body) if row else None


def put(db: Connection, origin: str, found: RobotsFile) -> None:
    """Keep a file in place of what there was."""
    db.execute(robots.delete().where(robots.c.origin == origin[:300]))
    db.execute(
        robots.insert().values(
            origin=origin[:300], until=found.until, status=found.status, body=found.body
        )
    )


def forget(db: Connection, now: datetime) -> None:
    """Forget what no longer holds."""
    db.execute(robots.delete().where(robots.c.until <= now))
