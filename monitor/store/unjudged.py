"""Articles that a desk's rules have not judged, since who filed them could not read those rules.

They wait for a machine of the desk, which has its own version and files.
"""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import Connection, func, select

from monitor.store.insertion import insert_new
from monitor.store.schema import unjudged
from monitor.store.whose import desk_of


def leave(db: Connection, article_ids: Iterable[int], desk: str, why: str, now: datetime) -> None:
    """Leave articles to the machines of a desk.

    Args:
        why: one line for people.
    """
    rest = {"desk": desk, "why": why[:500], "at": now}
    insert_new(db, unjudged, [{"article_id": id_, **rest} for id_ in article_ids])


def take(db: Connection, limit: int) -> list[int]:
    """Take the oldest articles that wait for this desk, to be judged in this transaction.

    One that is filed anew meanwhile waits for its end, and is noted again.
    """
    mine = unjudged.c.desk == desk_of(db)
    query = select(unjudged.c.article_id).where(mine).order_by(unjudged.c.article_id)
    found = list(db.execute(query.limit(limit).with_for_update(skip_locked=True)).scalars())
    db.execute(unjudged.delete().where(mine, unjudged.c.article_id.in_(found)))
    return found


def waiting(db: Connection) -> tuple[int, str]:
    """Return how many articles wait for this desk, and why the newest of them does."""
    mine = unjudged.c.desk == desk_of(db)
    number = db.execute(select(func.count()).select_from(unjudged).where(mine)).scalar_one()
    last = select(unjudged.c.why).where(mine).order_by(unjudged.c.at.desc()).limit(1)
    return int(number), db.execute(last).scalar() or ""


def by_desk(db: Connection) -> dict[str, int]:
    """Return how many articles wait for each desk."""
    query = select(unjudged.c.desk, func.count().label("number")).group_by(unjudged.c.desk)
    return {row.desk: row.number for row in db.execute(query)}


def forget(db: Connection, desk: str) -> None:
    """Nothing waits for a desk any more."""
    db.execute(unjudged.delete().where(unjudged.c.desk == desk))
