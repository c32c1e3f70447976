"""Searches: a query's tree as SQL over the full-text index and what is known of articles.

Parts that are text alone become one question to the index (`MATCH`, `@@`), the rest conditions on
tables. Hits are ranked by bm25 with the headline weighing more (on PostgreSQL by `ts_rank`), among
the newest `RANKED` of them: of a hundred thousand texts with one word, an old one is not what a
desk looks for, and weighing all of them costs a second.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import (
    ColumnElement,
    Connection,
    Select,
    and_,
    column,
    exists,
    func,
    literal,
    literal_column,
    not_,
    or_,
    select,
    table,
    true,
)
from sqlalchemy import cast as sql_cast

from monitor.search import And, Field, Near, Node, Not, Or, Phrase
from monitor.store import articles
from monitor.store.articles import StoredArticle
from monitor.store.schema import article, change, feed, flag

RANKED = 5_000  # newest hits that are weighed against each other
_TOGETHER = 300  # articles read at once
_HEADLINE, _TEXT = 5.0, 1.0  # weights for bm25

_FTS = table("search_index", column("rowid"), column("article_id"), column("terms"))
_WHOLE: ColumnElement[str] = literal_column("search_index")


@dataclass(frozen=True, slots=True)
class Hits:
    """The best or newest articles, and whether there are more."""

    articles: tuple[StoredArticle, ...]
    more: bool


def find(db: Connection, node: Node, *, limit: int, newest: bool = False) -> Hits:
    """Return the articles that a query asks for, the best first, or the newest first."""
    query, rank = _matching(db, node)
    latest = query.order_by(query.selected_columns.id.desc())
    if rank is None or newest:
        ids: list[int] = list(db.scalars(latest.limit(limit + 1)))
    else:
        few = latest.add_columns(rank.label("rank")).limit(RANKED)
        hits = few.subquery()
        best = select(hits.c.id).order_by(hits.c.rank, hits.c.id.desc()).limit(limit + 1)
        ids = list(db.scalars(best))
    return Hits(tuple(articles.some(db, ids[:limit])), more=len(ids) > limit)


def count(db: Connection, node: Node) -> int:
    """Return how many articles a query finds."""
    query, _ = _matching(db, node)
    return int(db.execute(select(func.count()).select_from(query.subquery())).scalar_one())


def every(db: Connection, node: Node) -> Iterator[list[StoredArticle]]:
    """Yield all articles that a query finds, the newest first, some hundred at a time."""
    query = matching(db, node)
    ids: list[int] = list(db.scalars(query.order_by(query.selected_columns.id.desc())))
    for start in range(0, len(ids), _TOGETHER):
        yield articles.some(db, ids[start : start + _TOGETHER])


def matching(db: Connection, node: Node) -> Select[tuple[int]]:
    """Return the query for the ids of all articles that a search finds."""
    return _matching(db, node)[0]


def _matching(db: Connection, node: Node) -> tuple[Select[tuple[int]], ColumnElement[float] | None]:
    """Return the query for ids, and what ranks them; None when no word is asked for."""
    parts = node.parts if isinstance(node, And) else (node,)
    index = _Sqlite() if db.dialect.name == "sqlite" else _Postgres()
    texts = [part for part in parts if index.expression(part) is not None]
    if texts:  # the index knows what to leave out, if it is told what to take
        texts += [part for part in parts if _leaves_out(part, index) and part not in texts]
    others = [part for part in parts if part not in texts]
    conditions = [_condition(part, index) for part in others]
    if not texts:
        return select(article.c.id).where(*conditions), None
    asked = index.expression(And(tuple(texts)) if len(texts) > 1 else texts[0])
    assert asked is not None
    if conditions:
        query = select(article.c.id).join_from(_FTS, article, article.c.id == index.key)
    else:  # looking up an article for each hit takes twice as long as finding and weighing it
        query = select(index.key.label("id")).select_from(_FTS)
    return query.where(index.matches(asked), *conditions), index.rank(asked)


def _leaves_out(node: Node, index: "_Sqlite | _Postgres") -> bool:
    return isinstance(node, Not) and index.expression(node.part) is not None


def _condition(node: Node, index: "_Sqlite | _Postgres") -> ColumnElement[bool]:
    expression = index.expression(node)
    if expression is not None:
        return article.c.id.in_(select(index.key).where(index.matches(expression)))
    match node:
        case And():
            return and_(true(), *(_condition(part, index) for part in node.parts))
        case Or():
            return or_(*(_condition(part, index) for part in node.parts))
        case Not():
            return not_(_condition(node.part, index))
        case Field():
            return _field(node)
    raise AssertionError(f"no condition for {node!r}")


def _field(field: Field) -> ColumnElement[bool]:
    value = field.value
    flagged = flag.c.article_id == article.c.id
    match field.name:
        case "outlet":
            return article.c.outlet.icontains(str(value), autoescape=True)
        case "feed":
            name = feed.c.name == value
            if "*" in str(value):
                name = feed.c.name.like(_like(str(value)), escape="\\")
            return article.c.feed_id.in_(select(feed.c.id).where(name))
        case "lang":
            return or_(
                article.c.language == value,
                article.c.language.startswith(f"{value}-", autoescape=True),
            )
        case "story":
            return article.c.story_id == value
        case "since":
            return article.c.first_seen >= value
        case "until":
            return article.c.first_seen < value
        case "rule":
            return exists().where(flagged, flag.c.rule == value)
        case "level":
            return exists().where(flagged, flag.c.level == value)
        case _:
            return _has(str(value))


def _has(what: str) -> ColumnElement[bool]:
    if what == "flag":
        return exists().where(flag.c.article_id == article.c.id)
    if what == "page":
        return article.c.page == "done"
    return exists().where(change.c.article_id == article.c.id, change.c.kind == what)


def _like(pattern: str) -> str:
    for special in ("\\", "%", "_"):
        pattern = pattern.replace(special, f"\\{special}")
    return pattern.replace("*", "%")


class _Sqlite:
    """FTS5's query language (sqlite.org/fts5.html, 3)."""

    key = _FTS.c.rowid

    def matches(self, asked: str) -> ColumnElement[bool]:
        return _WHOLE.op("MATCH", is_comparison=True)(literal(asked))

    def rank(self, _asked: str) -> ColumnElement[float]:
        return func.bm25(_WHOLE, _TEXT, _HEADLINE)

    def expression(self, node: Node) -> str | None:
        """Return what to ask of the index; None for what it does not know."""
        match node:
            case Phrase():
                return self._phrase(node)
            case Near():
                inside = " ".join(self._words(phrase) for phrase in node.phrases)
                near = f"NEAR({inside}, {node.distance})"
                return f"(title : {near})" if any(p.title for p in node.phrases) else near
            case Or():
                parts = [self.expression(part) for part in node.parts]
                return None if None in parts else "(" + " OR ".join(map(str, parts)) + ")"
            case And():
                return self._every(node)
        return None

    def _every(self, node: And) -> str | None:
        wanted = [self.expression(part) for part in node.parts if not isinstance(part, Not)]
        shunned = [self.expression(part.part) for part in node.parts if isinstance(part, Not)]
        if not wanted or None in wanted or None in shunned:
            return None
        asked = "(" + " AND ".join(map(str, wanted)) + ")"
        for part in shunned:
            asked = f"({asked} NOT {part})"
        return asked

    def _phrase(self, phrase: Phrase) -> str:
        words = self._words(phrase)
        return f"(title : {words})" if phrase.title else words

    def _words(self, phrase: Phrase) -> str:
        return f'"{" ".join(phrase.tokens)}"' + (" *" if phrase.prefix else "")


class _Postgres:
    """tsquery (PostgreSQL manual, 8.11.2)."""

    key = _FTS.c.article_id

    @staticmethod
    def _query(asked: str) -> ColumnElement[str]:
        # The dialect costs 20 ms to import, and most stores are SQLite.
        from sqlalchemy.dialects.postgresql import TSQUERY

        return sql_cast(asked, TSQUERY)

    def matches(self, asked: str) -> ColumnElement[bool]:
        return _FTS.c.terms.op("@@", is_comparison=True)(self._query(asked))

    def rank(self, asked: str) -> ColumnElement[float]:
        return -func.ts_rank(_FTS.c.terms, self._query(asked), 1)

    def expression(self, node: Node) -> str | None:
        """Return what to ask of the index; None for what it does not know."""
        match node:
            case Phrase():
                return self._phrase(node)
            case Near():
                return self._near(node)
            case Or() | And():
                parts = [self.expression(part) for part in node.parts]
                sign = " | " if isinstance(node, Or) else " & "
                return None if None in parts else "(" + sign.join(map(str, parts)) + ")"
            case Not():
                part = self.expression(node.part)
                return None if part is None else f"!({part})"
        return None

    def _near(self, node: Near) -> str:
        # <n> asks for a distance of just n, so every distance and order is an alternative.
        first, second = map(self._phrase, node.phrases)
        ways = [
            f"{one} <{steps}> {other}"
            for one, other in ((first, second), (second, first))
            for steps in range(1, node.distance + 2)
        ]
        return "(" + " | ".join(ways) + ")"

    def _phrase(self, phrase: Phrase) -> str:
        weight = "A" if phrase.title else ""
        last = len(phrase.tokens) - 1
        words = []
        for number, token in enumerate(phrase.tokens):
            ends = ("*" if phrase.prefix and number == last else "") + weight
            words.append(f"'{token}'" + (f":{ends}" if ends else ""))
        return words[0] if last == 0 else "(" + " <-> ".join(words) + ")"
