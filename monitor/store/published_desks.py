"""The desks that share a store, and the rules that each has in force.

What a desk publishes are its own rule and entity files as they were read; what the program brings
along is the same everywhere but for the version. So whoever files can judge for all desks.
"""

from datetime import datetime
from json import dumps, loads

from msgspec import Struct
from sqlalchemy import Connection, func, select

from monitor.store import desk_feeds, unjudged
from monitor.store.insertion import insert_new
from monitor.store.schema import desk, feed
from monitor.store.whose import desk_of

OwnFiles = tuple[tuple[str, str], ...]  # (name, text) in the order in which they are read
_DIGESTS = select(desk.c.name, desk.c.digest).order_by(desk.c.name)  # asked before every batch


class PublishedDesk(Struct, frozen=True):
    """A desk as it was last published.

    Attributes:
        name: "" for the only one.
        files: its own rules and entities.
        digest: of all that it published; another one whenever something of it changes.
        version: of the program that read them.
        machine: that published them.
        keep_days: how long it wants texts to be kept.
    """

    name: str
    files: OwnFiles
    digest: str
    version: str
    machine: str
    keep_days: int
    at: datetime


def publish(db: Connection, one: PublishedDesk) -> None:
    """Put what a desk has in force in the place of what it had."""
    values = {
        "files": dumps(one.files, ensure_ascii=False),
        "digest": one.digest,
        "version": one.version,
        "machine": one.machine[:64],
        "keep_days": one.keep_days,
        "at": one.at,
    }
    insert_new(db, desk, [{"name": one.name, "since": one.at, **values}])
    db.execute(desk.update().where(desk.c.name == one.name).values(**values))


def digests(db: Connection) -> dict[str, str]:
    """Return the digest of what each desk has published."""
    return {row.name: row.digest for row in db.execute(_DIGESTS)}


def everyone(db: Connection) -> list[PublishedDesk]:
    """Return all desks, by name."""
    return [
        PublishedDesk(
            row.name,
            tuple((name, text) for name, text in loads(row.files)),
            row.digest,
            row.version,
            row.machine,
            row.keep_days,
            row.at,
        )
        for row in db.execute(select(desk).order_by(desk.c.name))
    ]


def longest_keep(db: Connection, days: int) -> int:
    """Return for how many days some desk wants texts to be kept, `days` at least."""
    return max(days, db.execute(select(func.max(desk.c.keep_days))).scalar() or 0)


def forget(db: Connection, name: str) -> bool:
    """Let a desk want and judge nothing any more; what it flagged stays. False: there is none."""
    desk_feeds.forget(db, name)
    unjudged.forget(db, name)
    return db.execute(desk.delete().where(desk.c.name == name)).rowcount > 0


def began(db: Connection) -> datetime | None:
    """Return when the desk began to look at what comes in; None when it never did.

    A desk with a name has not looked at what others had read before it was there. The one without
    has, since that is its own: it looks since the store first knew of a feed.
    """
    first = db.execute(select(feed.c.added).order_by(feed.c.added).limit(1)).scalar()
    if first is None or not desk_of(db):
        return first
    own = db.execute(select(desk.c.since).where(desk.c.name == desk_of(db))).first()
    return (own.since or first) if own is not None else None
