"""The log of poll rounds, which `monitor status` and digests look back on."""

from datetime import datetime, timedelta

from sqlalchemy import Connection, select

from monitor.store.schema import round_log

_KEPT = timedelta(days=30)


def add(db: Connection, started: datetime, ended: datetime, report: str) -> None:
    """Remember a round (its report as JSON), and forget those of more than 30 days ago."""
    db.execute(round_log.delete().where(round_log.c.started < ended - _KEPT))
    db.execute(round_log.insert().values(started=started, ended=ended, report=report))


def last(db: Connection) -> tuple[datetime, datetime, str] | None:
    """Return (started, ended, report) of the newest round."""
    row = db.execute(select(round_log).order_by(round_log.c.id.desc()).limit(1)).first()
    return (row.started, row.ended, row.report) if row else None
