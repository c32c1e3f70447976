"""Pages that one machine has read and another, which files, has not filed yet."""

from datetime import datetime

from sqlalchemy import Connection, select

from monitor.store.schema import article, waiting_page


def put(db: Connection, article_id: int, data: str, now: datetime, *, again: datetime) -> None:
    """Let a page wait, in place of one that waits already.

    Args:
        data: the page, as who files it reads it.
        again: when the page is asked for anew if nobody has filed it by then.
    """
    db.execute(waiting_page.delete().where(waiting_page.c.article_id == article_id))
    db.execute(waiting_page.insert().values(article_id=article_id, read=now, data=data))
    db.execute(article.update().where(article.c.id == article_id).values(page_due=again))


def some(db: Connection, limit: int) -> list[tuple[int, str]]:
    """Return (article id, page) of those that wait longest."""
    query = select(waiting_page.c.article_id, waiting_page.c.data)
    rows = db.execute(query.order_by(waiting_page.c.read, waiting_page.c.article_id).limit(limit))
    return [(row.article_id, row.data) for row in rows]


def done(db: Connection, article_id: int, data: str) -> None:
    """A page was filed; one that was read since then still waits."""
    same = (waiting_page.c.article_id == article_id) & (waiting_page.c.data == data)
    db.execute(waiting_page.delete().where(same))
