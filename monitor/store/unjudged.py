"""Articles that a desk's rules have not judged: who filed them could not read or apply those rules.

They wait for a machine of the desk, which has its own version and files. What its rules break on as
well is tried again by its next version, and whenever somebody asks for it (`left`).
"""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import Connection, func, select

from monitor.store.desk_feeds import called
from monitor.store.insertion import insert_new
from monitor.store.schema import article, feed, unjudged
from monitor.store.whose import desk_of


def leave(
    db: Connection,
    article_ids: Collection[int],
    desk: str,
    why: str,
    now: datetime,
    *,
    left_by: str = "",
) -> None:
    """Leave articles to the machines of a desk.

    Args:
        why: one line for people.
        left_by: version of a machine of the desk that could not judge them either.
    """
    same = (unjudged.c.desk == desk) & unjudged.c.article_id.in_(article_ids)
    db.execute(unjudged.delete().where(same))
    rest = {"desk": desk, "why": why[:500], "at": now, "left_by": left_by}
    insert_new(db, unjudged, [{"article_id": id_, **rest} for id_ in article_ids])


def take(db: Connection, limit: int) -> list[int]:
    """Take the oldest articles that wait for this desk, to be judged in this transaction.

    One that is filed anew meanwhile waits for its end, and is noted again.
    """
    mine = (unjudged.c.desk == desk_of(db)) & (unjudged.c.left_by == "")
    query = select(unjudged.c.article_id).where(mine).order_by(unjudged.c.article_id)
    found = list(db.execute(query.limit(limit).with_for_update(skip_locked=True)).scalars())
    db.execute(unjudged.delete().where(mine, unjudged.c.article_id.in_(found)))
    return found


def any_to_take(db: Connection) -> bool:
    """Tell whether there is something to be judged for this desk."""
    mine = (unjudged.c.desk == desk_of(db)) & (unjudged.c.left_by == "")
    return db.execute(select(unjudged.c.article_id).where(mine).limit(1)).first() is not None


def waiting(db: Connection) -> tuple[int, str]:
    """Return how many articles wait for this desk, and why the newest of them does."""
    mine = unjudged.c.desk == desk_of(db)
    number = db.execute(select(func.count()).select_from(unjudged).where(mine)).scalar_one()
    last = select(unjudged.c.why).where(mine).order_by(unjudged.c.at.desc()).limit(1)
    return int(number), db.execute(last).scalar() or ""


def newest(db: Connection, limit: int) -> list[tuple[str, str]]:
    """Return (feed, title) of what waits for this desk, newest first."""
    query = (
        select(feed.c.name, article.c.title)
        .join(article, article.c.feed_id == feed.c.id)
        .join(unjudged, unjudged.c.article_id == article.c.id)
        .where(unjudged.c.desk == desk_of(db))
    )
    rows = db.execute(query.order_by(article.c.id.desc()).limit(limit))
    names = called(db)
    return [(names.get(row.name, row.name), row.title) for row in rows]


def again(db: Connection, *, version: str = "") -> int:
    """Let what this desk's machines broke on be tried again; return how much that is.

    Args:
        version: what this version broke on stays as it is; empty: everything is tried again.
    """
    mine = (unjudged.c.desk == desk_of(db)) & unjudged.c.left_by.not_in(("", version))
    return db.execute(unjudged.update().where(mine).values(left_by="")).rowcount


def by_desk(db: Connection) -> dict[str, int]:
    """Return how many articles wait for each desk."""
    query = select(unjudged.c.desk, func.count().label("number")).group_by(unjudged.c.desk)
    return {row.desk: row.number for row in db.execute(query)}


def forget(db: Connection, desk: str) -> None:
    """Nothing waits for a desk any more."""
    db.execute(unjudged.delete().where(unjudged.c.desk == desk))
