"""Getting over what befell the machine: a disk that was full, a clock that was wrong."""

import uuid
from datetime import datetime, timedelta

from sqlalchemy import Connection, text

from monitor.errors import StoreError
from monitor.store.schema import article, outbox, round_log
from monitor.store.transactions import Store


def probe(store: Store) -> None:
    """Make a write reach the disk and leave no trace; raises StoreError when it cannot.

    The next try is then made over new connections: an old one may be to a server that has become a
    standby, or remember that it was to read only.
    """
    try:
        with store.write() as db:
            db.execute(round_log.insert().values(started=_EPOCH, ended=_EPOCH, report="{}"))
            db.execute(round_log.delete().where(round_log.c.started == _EPOCH))
            if db.dialect.name == "postgresql":
                _ask_for_room(db)
    except StoreError:
        store.renew_connections()
        raise


def _ask_for_room(db: Connection) -> None:
    """Make a table, which is gone at once: a small row may find a place where the disk is full."""
    name = f"room_{uuid.uuid4().hex}"
    with db.begin_nested() as attempt:
        db.execute(text(f"CREATE TABLE {name} AS {_ROOM}"))
        attempt.rollback()


_ROOM = "SELECT repeat(md5(n::text), 30) FROM generate_series(1, 1000) AS n"  # 1 MB
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
