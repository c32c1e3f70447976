"""The full-text index: every article's newest text, changed in the same transaction as the text.

On SQLite it is an FTS5 table without content (the tokens are ours: `monitor.search.tokenizer`; its
"ascii" tokenizer only parts them at spaces), on PostgreSQL a tsvector beside a GIN index. A table
without content must be told what to take out again, so the old text is read before it goes. The
body is its first column: FTS5 writes two bytes more for a word in any other (fts5.html, 4.2.3),
a quarter of the index.

Articles that were there before the index are caught up with later, a few hundred a transaction:
`search_state` says up to which id the index still lacks them (`below`) and how far the work has
come (`done`). Nobody indexes one of those in between; its turn comes.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, bindparam, column, func, select, table, text

from monitor import model, search
from monitor.store import codec
from monitor.store.many_rows import execute_many
from monitor.store.schema import article, revision

if TYPE_CHECKING:  # what only shows articles does without what cuts them into words
    from monitor.search import IndexWords

BATCH = 300  # articles caught up with in one transaction

_STATE = table("search_state", column("version"), column("below"), column("done"))
_EMPTY_SQLITE = (
    "DROP TABLE IF EXISTS search_index",
    "CREATE VIRTUAL TABLE search_index USING fts5(body, title, content='', tokenize='ascii')",
)
_EMPTY_POSTGRES = (
    "DROP TABLE IF EXISTS search_index",
    "CREATE TABLE search_index (article_id integer PRIMARY KEY, terms tsvector NOT NULL)",
    "CREATE INDEX ix_search_index_terms ON search_index USING gin (terms)",
)
_ADD_SQLITE = text("INSERT INTO search_index (rowid, title, body) VALUES (:id, :title, :body)")
_REMOVE_SQLITE = text(
    "INSERT INTO search_index (search_index, rowid, title, body) "
    "VALUES ('delete', :id, :title, :body)"
)
_ADD_POSTGRES = text("INSERT INTO search_index VALUES (:id, CAST(:terms AS tsvector))")
_REMOVE_POSTGRES = text("DELETE FROM search_index WHERE article_id = :id")
_NEWEST = select(
    article.c.id, article.c.url, article.c.title, article.c.outlet, revision.c.data
).join(
    revision, (revision.c.article_id == article.c.id) & (revision.c.number == article.c.revision)
)
_THESE = _NEWEST.where(article.c.id.in_(bindparam("ids", expanding=True)))


def create(db: Connection) -> None:
    """Make the empty index; what the store holds already waits to be caught up with."""
    db.execute(
        text(
            "CREATE TABLE IF NOT EXISTS search_state (version integer NOT NULL, "
            "below integer NOT NULL, done integer NOT NULL)"
        )
    )
    reset(db)


def reset(db: Connection) -> None:
    """Put an empty index in place of what is there, so that `catch_up` makes it anew."""
    for statement in _EMPTY_SQLITE if db.dialect.name == "sqlite" else _EMPTY_POSTGRES:
        db.execute(text(statement))
    below = db.execute(select(func.coalesce(func.max(article.c.id), 0))).scalar_one()
    db.execute(_STATE.delete())
    db.execute(_STATE.insert().values(version=search.VERSION, below=below, done=0))


def waiting(db: Connection) -> tuple[int, int]:
    """Return (done, below): articles with an id in (done, below] are not in the index yet.

    An index made by another version of the tokens waits as a whole: (-1, newest id).
    """
    row = db.execute(select(_STATE)).one()
    if row.version != search.VERSION:
        newest = db.execute(select(func.coalesce(func.max(article.c.id), 0))).scalar_one()
        return -1, newest
    return row.done, row.below


def left(db: Connection) -> int:
    """Return how many articles are still to be caught up with, about."""
    done, below = waiting(db)
    return max(0, below - max(done, 0))


def catch_up(db: Connection, most: int = BATCH) -> int:
    """Bring the next articles into the index; return how many are left, about."""
    done, below = waiting(db)
    if done < 0:
        reset(db)
        done, below = waiting(db)
    if done >= below:
        return 0
    part = (article.c.id > done) & (article.c.id <= below)
    rows = list(db.execute(_NEWEST.where(part).order_by(article.c.id).limit(most)))
    _insert(db, _words(_texts(rows)))
    done = rows[-1].id if len(rows) == most else below
    db.execute(_STATE.update().values(done=done))
    return max(0, below - done)


def add(db: Connection, words: "Sequence[tuple[int, IndexWords]]") -> None:
    """Index new articles, given as (id, what they are found by)."""
    _insert(db, words)


def replace(db: Connection, article_id: int, new: model.Article) -> None:
    """Index the new text of an article in place of the one that the store still holds."""
    for id_ in _indexed(db, [article_id]):
        old = _texts(db.execute(_THESE, {"ids": [id_]}))
        if [_shown(text) for _, text in old] != [_shown(new)]:
            _delete(db, old)
            _insert(db, _words([(id_, new)]))


def forget(db: Connection, article_ids: Sequence[int]) -> None:
    """Take articles out of the index that are about to be deleted from the store."""
    ids = _indexed(db, article_ids)
    if ids:
        _delete(db, _texts(db.execute(_THESE, {"ids": ids})))


def differences(db: Connection) -> tuple[list[int], list[int]]:
    """Return (articles the index lacks, articles it holds that the store does not)."""
    done, below = waiting(db)
    stored = {id_ for id_ in db.execute(select(article.c.id)).scalars() if not done < id_ <= below}
    if db.dialect.name == "sqlite":
        query = "SELECT id FROM search_index_docsize"
    else:
        query = "SELECT article_id FROM search_index"
    held = set(db.execute(text(query)).scalars())
    return sorted(stored - held), sorted(held - stored)


def other_words(db: Connection, progress: Callable[[int, int], None]) -> list[str]:
    """Return the words that stand in another number of texts than the index says, sorted.

    Args:
        db: a connection.
        progress: called with (texts read, of how many, about).
    """
    done, below = waiting(db)
    if done < 0:
        return []  # it is made anew before anybody searches it
    indexed = ~((article.c.id > done) & (article.c.id <= below))
    total = int(db.execute(select(func.count()).select_from(article).where(indexed)).scalar_one())
    words: Counter[str] = Counter()
    read = last = 0
    query = _NEWEST.where(indexed, article.c.id > bindparam("last"))
    while rows := list(db.execute(query.order_by(article.c.id).limit(BATCH), {"last": last})):
        for _, one in _words(_texts(rows)):
            words.update({*one.title.split(), *one.body.split()})
        read, last = read + len(rows), rows[-1].id
        progress(read, total)
    for word, texts in _vocabulary(db):
        words[word] -= texts
    return sorted(word for word, difference in words.items() if difference)


def _vocabulary(db: Connection) -> Iterator[tuple[str, int]]:
    """Yield every word of the index and the number of texts that it says hold it."""
    if db.dialect.name == "sqlite":
        table_ = "CREATE VIRTUAL TABLE temp.search_words USING fts5vocab(main, search_index, 'row')"
        db.execute(text(table_))
        query = "SELECT term, doc FROM temp.search_words"
    else:
        query = "SELECT word, ndoc FROM ts_stat('SELECT terms FROM search_index')"
    yield from ((row[0], row[1]) for row in db.execute(text(query)))
    if db.dialect.name == "sqlite":
        db.execute(text("DROP TABLE temp.search_words"))


def _indexed(db: Connection, article_ids: Sequence[int]) -> list[int]:
    done, below = waiting(db)
    return [id_ for id_ in article_ids if not done < id_ <= below] if done >= 0 else []


def _texts(rows: Iterable[Any]) -> list[tuple[int, model.Article]]:
    return [(row.id, codec.text_of(row)) for row in rows]


def _shown(text: model.Article) -> tuple[object, ...]:
    return text.title, text.standfirst, text.body


def _words(texts: Iterable[tuple[int, model.Article]]) -> "list[tuple[int, IndexWords]]":
    return [(id_, search.index_words(text)) for id_, text in texts]


def _insert(db: Connection, words: "Sequence[tuple[int, IndexWords]]") -> None:
    if not words:
        return
    if db.dialect.name == "sqlite":
        execute_many(db, _ADD_SQLITE, list(map(_columns, words)))
    else:
        db.execute(_ADD_POSTGRES, [{"id": id_, "terms": _vector(one)} for id_, one in words])


def _delete(db: Connection, texts: Sequence[tuple[int, model.Article]]) -> None:
    if db.dialect.name == "sqlite":
        db.execute(_REMOVE_SQLITE, list(map(_columns, _words(texts))))
    else:
        db.execute(_REMOVE_POSTGRES, [{"id": id_} for id_, _ in texts])


def _columns(item: "tuple[int, IndexWords]") -> dict[str, object]:
    id_, words = item
    return {"id": id_, "title": words.title, "body": words.body}


def _vector(words: "IndexWords") -> str:
    """Return a tsvector's text: the headline's tokens weigh A, and a gap follows them."""
    title = words.title.split()
    placed = (*_placed(title, 1, "A"), *_placed(words.body.split(), len(title) + 2, ""))
    return " ".join(placed)


def _placed(tokens: Sequence[str], first: int, weight: str) -> Iterator[str]:
    for place, token in enumerate(tokens, first):
        yield f"'{token}':{place}{weight}"
