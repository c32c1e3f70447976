"""The queue of pages: how it stands with the page of each article, and which are due."""

from datetime import datetime

from msgspec import Struct
from sqlalchemy import Connection, bindparam, func, select

from monitor import model
from monitor.store.schema import article, feed

# Built once: SQLAlchemy spends more on making a statement than on running it.
_DUE = (
    select(article.c.id, feed.c.name, article.c.url, article.c.address)
    .join(feed, feed.c.id == article.c.feed_id)
    .where(article.c.page.in_(("todo", "done")), article.c.page_due <= bindparam("now"))
    .order_by(article.c.id.desc())
    .limit(bindparam("limit"))
)


class PageWork(Struct, frozen=True):
    """How it stands with the page of an article.

    Attributes:
        tries: how often it was asked for.
        due: when to ask (again); None = not any more.
        error: why there is no page, in one line.
    """

    state: model.PageState
    tries: int = 0
    due: datetime | None = None
    error: str = ""


def set_page(db: Connection, article_id: int, page: PageWork) -> None:
    """Say how it stands with the page of an article."""
    values = {
        "page": page.state,
        "page_tries": page.tries,
        "page_due": page.due,
        "page_error": page.error,
    }
    db.execute(article.update().where(article.c.id == article_id).values(values))


def withdraw(db: Connection, article_id: int, now: datetime) -> None:
    """Remember that the outlet took the page away."""
    unset = (article.c.id == article_id) & article.c.withdrawn.is_(None)
    db.execute(article.update().where(unset).values(withdrawn=now))


class DuePage(Struct, frozen=True):
    """An article whose page should be asked for now."""

    id: int
    feed: str
    url: str


def pages_due(db: Connection, now: datetime, limit: int) -> list[DuePage]:
    """Return the articles whose page should be asked for now, newest first."""
    rows = db.execute(_DUE, {"now": now, "limit": limit})
    return [DuePage(row.id, row.name, row.url or row.address) for row in rows]


def pages_waiting(db: Connection) -> int:
    """Return how many articles still lack their page."""
    query = select(func.count()).select_from(article).where(article.c.page == "todo")
    return int(db.execute(query).scalar_one())
