"""Getting over what befell the machine: a disk that was full, a clock that was wrong."""

from datetime import datetime, timedelta

from sqlalchemy import Connection

from monitor.store.schema import (
    article,
    outbox,
    round_log,
)
from monitor.store.transactions import Store


def probe(store: Store) -> None:
    """Make a write reach the disk and leave no trace; raises StoreError when it cannot."""
    with store.write() as db:
        db.execute(round_log.insert().values(started=_EPOCH, ended=_EPOCH, report="{}"))
        db.execute(round_log.delete().where(round_log.c.started == _EPOCH))


_EPOCH = datetime.fromisoformat("1970-01-01T00:00:00+00:00")


def mend_times(db: Connection, now: datetime) -> int:
    """End the waits that a clock set ahead has written down; return how many there were.

    A wait that was begun in the future was begun by a wrong clock; its end may be days away.
    """
    early = now + timedelta(minutes=1)
    messages = (outbox.c.state == "queued") & (outbox.c.created > early)
    pages = article.c.page_due.is_not(None) & (article.c.first_seen > early)
    found = db.execute(outbox.update().where(messages).values(next_attempt=now)).rowcount
    return int(found + db.execute(article.update().where(pages).values(page_due=now)).rowcount)
