"""What our own code could not work on: entries and pages left aside, by which version, and why.

The words that a feed said are in the store all the same; what is left aside is only the work on
them. It is tried again by the next version, and whenever somebody asks for it.
"""

from datetime import datetime

from msgspec import Struct
from sqlalchemy import Connection, func, select

from monitor.store.desk_feeds import called
from monitor.store.schema import article, entry, feed


class Left(Struct, frozen=True):
    """One entry or page that was left aside; its feed as the desk calls it."""

    what: str  # "entry" or "page"
    feed: str
    title: str
    why: str  # one line


def leave_entry(db: Connection, entry_id: int, *, article_id: int, version: str, why: str) -> None:
    """Leave an entry aside that was to be worked on.

    Args:
        article_id: the article that holds the feed's own words meanwhile.
        version: of this program.
        why: one line for people.
    """
    this = entry.update().where(entry.c.id == entry_id)
    db.execute(this.values(work="left", left_by=version, left_why=why[:500], article_id=article_id))


def leave_page(db: Connection, article_id: int, *, version: str, why: str) -> None:
    """Leave the page of an article aside: it is not asked for by this version any more."""
    values = {"page": "lost", "page_due": None, "left_by": version, "page_error": why[:500]}
    db.execute(article.update().where(article.c.id == article_id).values(values))


def again(db: Connection, now: datetime, *, version: str = "") -> int:
    """Let what was left aside be worked on again; return how much that is.

    Args:
        version: what this version left aside stays where it is; empty: everything is tried again.
    """
    entries = (entry.c.work == "left") & (entry.c.left_by != version)
    pages = (article.c.left_by != "") & (article.c.left_by != version)
    tried = db.execute(
        entry.update().where(entries).values(work="todo", left_by="", left_why="")
    ).rowcount
    page = {"page": "todo", "page_due": now, "page_tries": 0, "left_by": ""}
    return int(tried + db.execute(article.update().where(pages).values(page)).rowcount)


def count(db: Connection) -> int:
    """Return how many entries and pages are left aside."""
    entries = select(func.count()).select_from(entry).where(entry.c.work == "left")
    pages = select(func.count()).select_from(article).where(article.c.left_by != "")
    return int(db.execute(entries).scalar_one() + db.execute(pages).scalar_one())


def newest(db: Connection, limit: int) -> list[Left]:
    """Return what is left aside, newest first, `limit` of each kind at most."""
    entries = (
        select(feed.c.name, entry.c.title, entry.c.left_why.label("why"))
        .join(feed, feed.c.id == entry.c.feed_id)
        # Without the inner query SQLite goes through all entries, the newest first.
        .where(entry.c.id.in_(select(entry.c.id).where(entry.c.work == "left")))
        .order_by(entry.c.id.desc())
        .limit(limit)
    )
    pages = (
        select(feed.c.name, article.c.title, article.c.page_error.label("why"))
        .join(feed, feed.c.id == article.c.feed_id)
        .where(article.c.id.in_(select(article.c.id).where(article.c.left_by != "")))
        .order_by(article.c.id.desc())
        .limit(limit)
    )
    names = called(db)
    return [
        Left(what, names.get(row.name, row.name), row.title, row.why)
        for what, query in (("entry", entries), ("page", pages))
        for row in db.execute(query)
    ]
