"""The log of poll rounds, which `monitor status` and digests look back on."""

import logging
from datetime import datetime, timedelta
from typing import Generic, TypeVar

from msgspec import Struct
from sqlalchemy import Connection, select

from monitor.store import codec
from monitor.store.schema import round_log

log = logging.getLogger(__name__)

T = TypeVar("T")

_KEPT = timedelta(days=30)


def add(db: Connection, started: datetime, ended: datetime, report: str) -> None:
    """Remember a round (its report as JSON), and forget those of more than 30 days ago."""
    db.execute(round_log.delete().where(round_log.c.started < ended - _KEPT))
    db.execute(round_log.insert().values(started=started, ended=ended, report=report))


class Round(Struct, Generic[T], frozen=True):
    """One round: when it was, and what it did."""

    started: datetime
    ended: datetime
    report: T


def last(db: Connection, kind: type[T]) -> Round[T] | None:
    """Return the newest round, its report as a value of type `kind`; None when there is none, or
    its row is damaged.
    """
    row = db.execute(select(round_log).order_by(round_log.c.id.desc()).limit(1)).first()
    if row is None:
        return None
    try:
        return Round(row.started, row.ended, codec.load(kind, row.report))
    except ValueError:
        log.warning("what is stored of round %d cannot be read", row.id)
        return None


def between(db: Connection, since: datetime, until: datetime) -> list[tuple[datetime, datetime]]:
    """Return (started, ended) of the rounds that touch a window, in order."""
    query = select(round_log.c.started, round_log.c.ended).where(
        round_log.c.ended >= since, round_log.c.started < until
    )
    return [(row.started, row.ended) for row in db.execute(query.order_by(round_log.c.started))]
