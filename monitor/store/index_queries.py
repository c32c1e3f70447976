"""How the index is asked: a query's tree in the language of FTS5 and in that of tsquery.

Hits are ranked by bm25 with the headline weighing more (on PostgreSQL by `ts_rank`), among the
newest `RANKED` of them: of a hundred thousand texts with one word, an old one is not what a desk
looks for, and weighing all of them costs a second.
"""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, Select, column, func, literal, literal_column, select, table
from sqlalchemy import cast as sql_cast

from monitor.search import And, Near, Node, Not, Or, Phrase
from monitor.store.schema import article

RANKED = 5_000  # newest hits that are weighed against each other
RANKED_BY_VECTOR = 1_000  # the same where the words of each must be unpacked first
_HEADLINE, _TEXT = 5.0, 1.0  # weights for bm25

_FTS = table("search_index", column("rowid"), column("article_id"), column("terms"))
_WHOLE: ColumnElement[str] = literal_column("search_index")


class Sqlite:
    """FTS5's query language (sqlite.org/fts5.html, 3)."""

    def found(self, asked: str, conditions: Sequence[ColumnElement[bool]]) -> Select[tuple[int]]:
        """Return the query for the ids of what an expression finds, if the conditions hold."""
        matches = _WHOLE.op("MATCH", is_comparison=True)(literal(asked))
        if not conditions:  # looking up each article takes longer than finding and weighing it
            return select(_FTS.c.rowid.label("id")).where(matches)
        joined = select(article.c.id).join_from(_FTS, article, article.c.id == _FTS.c.rowid)
        return joined.where(matches, *conditions)

    def weighed(self, latest: Select[tuple[int]], _asked: str) -> Select[tuple[int, float]]:
        """Return (id, rank) of the newest hits, given as what `found` gave in that order."""
        rank = func.bm25(_WHOLE, _TEXT, _HEADLINE)
        return latest.add_columns(rank.label("rank")).limit(RANKED)

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


class Postgres:
    """tsquery (PostgreSQL manual, 8.11.2)."""

    @staticmethod
    def _query(asked: str) -> ColumnElement[str]:
        # The dialect costs 20 ms to import, and most stores are SQLite.
        from sqlalchemy.dialects.postgresql import TSQUERY

        return sql_cast(asked, TSQUERY)

    def found(self, asked: str, conditions: Sequence[ColumnElement[bool]]) -> Select[tuple[int]]:
        """Return the query for the ids of what an expression finds, if the conditions hold.

        The index is asked by itself: in one query with an order and a limit the planner goes
        through the newest articles instead and unpacks the words of each.
        """
        matches = _FTS.c.terms.op("@@", is_comparison=True)(self._query(asked))
        hits = select(_FTS.c.article_id.label("id")).where(matches).cte()
        hits = hits.prefix_with("MATERIALIZED")
        if not conditions:
            return select(hits.c.id)
        joined = select(article.c.id).join_from(hits, article, article.c.id == hits.c.id)
        return joined.where(*conditions)

    def weighed(self, latest: Select[tuple[int]], asked: str) -> Select[tuple[int, float]]:
        """Return (id, rank) of the newest hits, given as what `found` gave in that order."""
        few = latest.limit(RANKED_BY_VECTOR).subquery()
        rank = -func.ts_rank(_FTS.c.terms, self._query(asked), 1)
        joined = select(few.c.id, rank.label("rank"))
        return joined.join_from(few, _FTS, _FTS.c.article_id == few.c.id)

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
