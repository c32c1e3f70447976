"""What trends are made of: stories with a name and a moment, and how much was read when."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime

from sqlalchemy import Column, Connection, func, select

from monitor import model
from monitor.search import Node
from monitor.store import codec, search
from monitor.store.schema import article, entry, flag
from monitor.store.whose import desk_of

Happening = tuple[str, int, datetime]
_SHOWN = (flag.c.level != "log") & article.c.story_id.is_not(None)


def by_rule(db: Connection, since: datetime, until: datetime) -> Iterator[Happening]:
    """Yield (rule, story, when it was first flagged by it in the window)."""
    query = (
        select(flag.c.rule, article.c.story_id, func.min(flag.c.at).label("at"))
        .join(article, article.c.id == flag.c.article_id)
        .where(flag.c.at >= since, flag.c.at < until, flag.c.desk == desk_of(db), _SHOWN)
        .group_by(flag.c.rule, article.c.story_id)
    )
    for row in db.execute(query):
        yield row.rule, row.story_id, row.at


def by_outlet(db: Connection, since: datetime, until: datetime) -> Iterator[Happening]:
    """Yield (outlet, flagged story, when the outlet first carried it)."""
    yield from _carried(db, article.c.outlet, since, until)


def by_language(db: Connection, since: datetime, until: datetime) -> Iterator[Happening]:
    """Yield (language, flagged story, when it was first carried in it)."""
    yield from _carried(db, article.c.language, since, until)


def by_entity(db: Connection, since: datetime, until: datetime) -> Iterator[Happening]:
    """Yield (entity id, story, when a flag first named it)."""
    query = (
        select(flag.c.id, article.c.story_id, flag.c.at, flag.c.reasons)
        .join(article, article.c.id == flag.c.article_id)
        .where(flag.c.at >= since, flag.c.at < until, flag.c.desk == desk_of(db), _SHOWN)
    )
    for row in db.execute(query):
        reasons = codec.load_all_or_none(model.Reason, row.reasons, f"why flag {row.id} was raised")
        for name in {hit.entity for reason in reasons for hit in reason.hits if hit.entity}:
            yield name, row.story_id, row.at


BY: dict[str, Callable[[Connection, datetime, datetime], Iterator[Happening]]] = {
    "rule": by_rule,
    "outlet": by_outlet,
    "language": by_language,
    "entity": by_entity,
}


def by_search(
    db: Connection, name: str, node: Node, since: datetime, until: datetime
) -> Iterator[Happening]:
    """Yield (name, story, when it was first seen) of what a search finds, flagged or not."""
    ids = search.matching(db, node)
    query = select(
        func.coalesce(article.c.story_id, article.c.id).label("story"),
        func.min(article.c.first_seen).label("at"),
    ).where(article.c.id.in_(ids), article.c.first_seen >= since, article.c.first_seen < until)
    for row in db.execute(query.group_by(func.coalesce(article.c.story_id, article.c.id))):
        yield name, row.story, row.at


def read(db: Connection, since: datetime, until: datetime) -> Iterator[tuple[datetime, int]]:
    """Yield (an hour, entries first seen in it)."""
    if db.dialect.name == "sqlite":
        hour = func.substr(entry.c.first_seen, 1, 13)
    else:
        hour = func.to_char(func.timezone("UTC", entry.c.first_seen), "YYYY-MM-DD HH24")
    query = (
        select(hour.label("hour"), func.count().label("entries"))
        .where(entry.c.first_seen >= since, entry.c.first_seen < until)
        .group_by(hour)
    )
    for row in db.execute(query):
        yield datetime.strptime(row.hour, "%Y-%m-%d %H").replace(tzinfo=UTC), row.entries


def _carried(
    db: Connection, column: Column[str], since: datetime, until: datetime
) -> Iterator[Happening]:
    flagged = select(article.c.story_id).join(flag, flag.c.article_id == article.c.id)
    flagged = flagged.where(flag.c.desk == desk_of(db))
    query = (
        select(column.label("name"), article.c.story_id, func.min(article.c.first_seen).label("at"))
        .where(article.c.first_seen >= since, article.c.first_seen < until)
        .where(article.c.story_id.in_(flagged.where(flag.c.level != "log")))
        .group_by(column, article.c.story_id)
    )
    for row in db.execute(query):
        yield row.name or "unknown", row.story_id, row.at
