"""Searches: a query's tree as SQL over the full-text index and what is known of articles.

Parts that are text alone become one question to the index (`MATCH`, `@@`), the rest conditions on
tables.
"""

from collections.abc import Iterator, Mapping, Sequence

from msgspec import Struct
from msgspec.structs import replace
from sqlalchemy import (
    ColumnElement,
    Connection,
    Select,
    and_,
    exists,
    func,
    not_,
    or_,
    select,
    text,
    true,
)

from monitor.search import And, Field, Node, Not, Or
from monitor.store import articles, desk_feeds
from monitor.store.articles import StoredArticle
from monitor.store.index_queries import Postgres, Sqlite
from monitor.store.schema import article, change, flag
from monitor.store.whose import desk_of

_TOGETHER = 300  # articles read at once


class Hits(Struct, frozen=True):
    """The best or newest articles, and whether there are more."""

    articles: tuple[StoredArticle, ...]
    more: bool


def find(db: Connection, node: Node, *, limit: int, newest: bool = False) -> Hits:
    """Return the articles that a query asks for, the best first, or the newest first."""
    index = _index(db)
    query, asked = _matching(node, index, desk_of(db))
    latest = query.order_by(query.selected_columns.id.desc())
    if not asked or newest:
        ids: list[int] = list(db.scalars(latest.limit(limit + 1)))
    else:
        hits = index.weighed(latest, asked).subquery()
        best = select(hits.c.id).order_by(hits.c.rank, hits.c.id.desc()).limit(limit + 1)
        ids = list(db.scalars(best))
    return Hits(tuple(_some(db, ids[:limit], desk_feeds.called(db))), more=len(ids) > limit)


def count(db: Connection, node: Node) -> int:
    """Return how many articles a query finds."""
    query = matching(db, node)
    return int(db.execute(select(func.count()).select_from(query.subquery())).scalar_one())


def every(db: Connection, node: Node) -> Iterator[list[StoredArticle]]:
    """Yield all articles that a query finds, the newest first, some hundred at a time."""
    query = matching(db, node)
    ids: list[int] = list(db.scalars(query.order_by(query.selected_columns.id.desc())))
    called = desk_feeds.called(db)
    for start in range(0, len(ids), _TOGETHER):
        yield _some(db, ids[start : start + _TOGETHER], called)


def _some(db: Connection, ids: Sequence[int], called: Mapping[str, str]) -> list[StoredArticle]:
    """Return articles with the names that the desk has for their feeds (`desk_feeds.called`)."""
    return [
        replace(one, feed=called[one.feed]) if one.feed in called else one
        for one in articles.some(db, ids)
    ]


def matching(db: Connection, node: Node) -> Select[tuple[int]]:
    """Return the query for the ids of all articles that a search finds."""
    return _matching(node, _index(db), desk_of(db))[0]


def _index(db: Connection) -> Sqlite | Postgres:
    """Return how to ask the index of this database, and prepare the transaction for it."""
    if db.dialect.name == "sqlite":
        return Sqlite()
    # Reading every row looks cheap to the planner, which does not count unpacking its vector.
    db.execute(text("SET LOCAL enable_seqscan = off"))
    return Postgres()


def _matching(node: Node, index: Sqlite | Postgres, desk: str) -> tuple[Select[tuple[int]], str]:
    """Return the query for ids, and what it asks of the index; "" when no word is asked for."""
    parts = node.parts if isinstance(node, And) else (node,)
    texts = [part for part in parts if index.expression(part) is not None]
    if texts:  # the index knows what to leave out, if it is told what to take
        texts += [part for part in parts if _leaves_out(part, index) and part not in texts]
    conditions = [_condition(part, index, desk) for part in parts if part not in texts]
    if not texts:
        return select(article.c.id).where(*conditions), ""
    asked = index.expression(And(tuple(texts)) if len(texts) > 1 else texts[0])
    assert asked is not None
    return index.found(asked, conditions), asked


def _leaves_out(node: Node, index: Sqlite | Postgres) -> bool:
    return isinstance(node, Not) and index.expression(node.part) is not None


def _condition(node: Node, index: Sqlite | Postgres, desk: str) -> ColumnElement[bool]:
    expression = index.expression(node)
    if expression is not None:
        return article.c.id.in_(index.found(expression, ()))
    match node:
        case And():
            return and_(true(), *(_condition(part, index, desk) for part in node.parts))
        case Or():
            return or_(*(_condition(part, index, desk) for part in node.parts))
        case Not():
            return not_(_condition(node.part, index, desk))
        case Field():
            return _field(node, desk)
    raise AssertionError(f"no condition for {node!r}")


def _field(field: Field, desk: str) -> ColumnElement[bool]:
    value = field.value
    flagged = _flagged(desk)
    match field.name:
        case "outlet":
            return article.c.outlet.icontains(str(value), autoescape=True)
        case "feed":
            feeds = desk_feeds.named(desk)
            name = feeds.c.name == value
            if "*" in str(value):
                name = feeds.c.name.like(_like(str(value)), escape="\\")
            return article.c.feed_id.in_(select(feeds.c.id).where(name))
        case "lang":
            return or_(
                article.c.language == value,
                article.c.language.startswith(f"{value}-", autoescape=True),
            )
        case "story":
            return article.c.story_id == _story_of(value)
        case "since":
            return article.c.first_seen >= value
        case "until":
            return article.c.first_seen < value
        case "rule":
            return exists().where(flagged, flag.c.rule == value)
        case "level":
            return exists().where(flagged, flag.c.level == value)
        case _:
            return _has(str(value), desk)


def _story_of(article_id: object) -> ColumnElement[int]:
    """The story that people call by the id of one of its articles, also of one that went since."""
    named = article.alias()
    story = select(named.c.story_id).where(named.c.id == article_id)
    return func.coalesce(story.scalar_subquery(), article_id)


def _flagged(desk: str) -> ColumnElement[bool]:
    return (flag.c.article_id == article.c.id) & (flag.c.desk == desk)


def _has(what: str, desk: str) -> ColumnElement[bool]:
    if what == "flag":
        return exists().where(_flagged(desk))
    if what == "page":
        return article.c.page == "done"
    return exists().where(change.c.article_id == article.c.id, change.c.kind == what)


def _like(pattern: str) -> str:
    for special in ("\\", "%", "_"):
        pattern = pattern.replace(special, f"\\{special}")
    return pattern.replace("*", "%")
