"""Troubles of feeds that somebody knows of, and does not want to be told of again."""

from collections.abc import Iterable
from datetime import datetime

from msgspec import Struct
from sqlalchemy import Connection, Select, select

from monitor.model import FeedTrouble
from monitor.store import desk_feeds
from monitor.store.schema import acknowledged
from monitor.store.whose import desk_of


class Acknowledged(Struct, frozen=True):
    """That the trouble of a feed is known."""

    feed: str
    at: datetime
    until: datetime | None  # None: as long as this trouble lasts
    why: str

    def covers(self, trouble: FeedTrouble, now: datetime) -> bool:
        """Tell whether a trouble is the known one: begun before, and the time not over."""
        begun = trouble.since is None or trouble.since <= self.at
        return begun and trouble.feed == self.feed and (self.until is None or now < self.until)


def put(db: Connection, one: Acknowledged) -> None:
    """Remember that the trouble of a feed is known; of a feed that was never read, too."""
    remove(db, one.feed)
    this = _id_of(db, one.feed).scalar_subquery()
    values = {
        "desk": desk_of(db), "feed_id": this, "at": one.at, "until": one.until, "why": one.why
    }  # fmt: skip
    db.execute(acknowledged.insert().values(values))


def remove(db: Connection, name: str) -> None:
    """Let the trouble of a feed be told again."""
    ours = acknowledged.c.desk == desk_of(db)
    db.execute(acknowledged.delete().where(ours, acknowledged.c.feed_id.in_(_id_of(db, name))))


def _id_of(db: Connection, name: str) -> Select[tuple[int]]:
    feeds = desk_feeds.named(desk_of(db))
    return select(feeds.c.id).where(feeds.c.name == name)


def known(db: Connection) -> dict[str, Acknowledged]:
    """Return what the desk has acknowledged, by feed."""
    feeds = desk_feeds.named(desk_of(db))
    query = (
        select(feeds.c.name, acknowledged)
        .join(feeds, feeds.c.id == acknowledged.c.feed_id)
        .where(acknowledged.c.desk == desk_of(db))
    )
    return {
        row.name: Acknowledged(row.name, row.at, row.until, row.why) for row in db.execute(query)
    }


def told(
    troubles: Iterable[FeedTrouble], known_of: dict[str, Acknowledged], now: datetime
) -> tuple[tuple[FeedTrouble, ...], tuple[Acknowledged, ...]]:
    """Return the troubles that nobody has acknowledged, and what covers the others."""
    open_, covered = [], []
    for trouble in troubles:
        one = known_of.get(trouble.feed)
        if one is not None and one.covers(trouble, now):
            covered.append(one)
        else:
            open_.append(trouble)
    return tuple(open_), tuple(covered)
