"""Articles and their revisions."""

import re
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from msgspec import Struct
from sqlalchemy import Connection, bindparam, exists, func, select

from monitor import model, search
from monitor.store import codec, search_index
from monitor.store.chunks import chunks
from monitor.store.insertion import insert_all, next_ids
from monitor.store.schema import article, feed, revision
from monitor.url_logins import with_login

if TYPE_CHECKING:
    from monitor.search import IndexWords

_OF_A_COUNTER = 20  # revisions; a toll, which readers want to see rise, seldom has as many
_FIGURE = re.compile(r"\d[\d.,:]*+")


class StoredArticle(Struct, frozen=True):
    """An article with its newest text and what is known about its page."""

    id: int
    feed: str
    address: str
    url: str  # of its page; `text.url` is where the text came from
    outlet: str
    first_seen: datetime
    story: int | None
    role: model.Role
    fresh: bool
    page: model.PageState
    page_tries: int
    page_error: str
    withdrawn: datetime | None
    revision: int
    text: model.Article


_STORED = (
    select(article, feed.c.name.label("feed"), revision.c.data)
    .join(feed, feed.c.id == article.c.feed_id)
    .join(
        revision,
        (revision.c.article_id == article.c.id) & (revision.c.number == article.c.revision),
    )
)

# Built once: SQLAlchemy spends more on making a statement than on running it.
_THIS = article.c.id == bindparam("article")
_GET = _STORED.where(_THIS)
_FEED_IDS = select(feed.c.name, feed.c.id).where(
    feed.c.name.in_(bindparam("names", expanding=True))
)
_STANDING = (
    select(article.c.address, article.c.id, feed.c.name, article.c.title)
    .join(feed, feed.c.id == article.c.feed_id)
    .where(article.c.address.in_(bindparam("addresses", expanding=True)))
)
_SET_STORY = (
    article.update().where(_THIS).values(story_id=bindparam("story"), role=bindparam("place"))
)
_THIS_URL = article.update().where(_THIS).values(url=bindparam("to"))
_OTHER = article.alias("other")
_MOVE = (
    article.update()
    .where(_THIS, ~exists(select(_OTHER.c.id).where(_OTHER.c.address == bindparam("to"))))
    .values(address=bindparam("to"))
)


def get(db: Connection, article_id: int) -> StoredArticle | None:
    """Return the article with this id."""
    row = db.execute(_GET, {"article": article_id}).first()
    return _stored(row) if row else None


def some(db: Connection, article_ids: Sequence[int]) -> list[StoredArticle]:
    """Return the articles with these ids, in the same order."""
    found: dict[int, StoredArticle] = {}
    for ids in chunks(article_ids):
        part = article.c.id.in_(ids)
        found.update((row.id, _stored(row)) for row in db.execute(_STORED.where(part)))
    return [found[id_] for id_ in article_ids if id_ in found]


class NewArticle(Struct, frozen=True):
    """An article as it is to be stored for the first time.

    Attributes:
        words: what it is found by, where that is known already.
    """

    feed: str
    address: str
    outlet: str
    first_seen: datetime
    fresh: bool
    page: model.PageState
    text: model.Article
    words: "IndexWords | None" = None


def new_ids(db: Connection, count: int) -> Sequence[int]:
    """Return ids for so many new articles; only who files adds any, so nobody else takes them."""
    return next_ids(db, article, count) if count else ()


def add(db: Connection, new: Sequence[NewArticle], ids: Sequence[int] = ()) -> list[int]:
    """Store new articles with their first revisions; return their ids in the same order.

    Args:
        ids: theirs, where `new_ids` has given them already.
    """
    if not new:
        return []
    ids = ids or new_ids(db, len(new))
    names = {item.feed for item in new}
    feeds = {row.name: row.id for row in db.execute(_FEED_IDS, {"names": names})}
    rows = [
        {
            "id": id_,
            "feed_id": feeds[item.feed],
            "address": item.address,
            "outlet": item.outlet,
            "first_seen": item.first_seen,
            "revision": 1,
            "role": "original",
            "fresh": item.fresh,
            "page": item.page,
            "page_tries": 0,
            "page_due": item.first_seen if item.page == "todo" else None,
            "page_error": "",
            **_columns(item.text),
        }
        for id_, item in zip(ids, new, strict=True)
    ]
    insert_all(db, article, rows)
    texts = [
        _revision(id_, 1, item.text, item.first_seen) for id_, item in zip(ids, new, strict=True)
    ]
    insert_all(db, revision, texts)
    words = [item.words or search.index_words(item.text) for item in new]
    search_index.add(db, list(zip(ids, words, strict=True)))
    return list(ids)


class Standing(Struct, frozen=True):
    """What stands at a url."""

    article: int
    feed: str
    title: str


def standing(db: Connection, addresses: Sequence[str]) -> dict[str, Standing]:
    """Return the articles at some urls, by `address`."""
    found = {}
    for part in chunks(addresses):
        for row in db.execute(_STANDING, {"addresses": part}):
            found[row.address] = Standing(row.id, row.name, row.title)
    return found


def revise(db: Connection, stored: StoredArticle, text: model.Article, now: datetime) -> None:
    """Store a new text of an article.

    The page's text takes the place of the feed's own (that is no change of the story), and what a
    counter in it says that of what it said before; any other text becomes a new revision. A login
    by which the page was asked for is kept for the next time: no text says one.
    """
    search_index.replace(db, stored.id, text)
    in_place = stored.text.origin == "feed" and text.origin == "page"
    in_place = in_place or _only_counts(db, stored, text)
    number = stored.revision if in_place else stored.revision + 1
    if in_place:
        same = (revision.c.article_id == stored.id) & (revision.c.number == number)
        db.execute(revision.delete().where(same))
    db.execute(revision.insert().values(_revision(stored.id, number, text, now)))
    columns = {**_columns(text), "url": with_login(text.url, stored.url)}
    values = {"revision": number, "outlet": text.source or stored.outlet, **columns}
    db.execute(article.update().where(article.c.id == stored.id).values(values))


def _only_counts(db: Connection, stored: StoredArticle, text: model.Article) -> bool:
    """Tell whether an article has said the same but for its figures many times over.

    It counts its readers, its comments or its age then ("3 hours ago"), or comes in two states by
    turns, and would grow with every reading of its feed.
    """
    if stored.revision < _OF_A_COUNTER:
        return False
    number = stored.revision - _OF_A_COUNTER + 1
    same = (revision.c.article_id == stored.id) & (revision.c.number == number)
    before = db.execute(select(revision.c.text).where(same)).scalar()
    return before is not None and _but_figures(before) == _but_figures(_whole(text))


def _but_figures(text: str) -> str:
    return _FIGURE.sub("0", text)


def _whole(text: model.Article) -> str:
    return "\n".join(line for line in (text.title, text.standfirst, *text.body) if line)


def _columns(text: model.Article) -> dict[str, object]:
    published = text.published
    if published is not None and published.tzinfo is None:
        published = published.replace(tzinfo=UTC)
    return {
        "url": text.url,
        "title": text.title,
        "language": text.language,
        "published": published,
    }


def _revision(
    article_id: int, number: int, text: model.Article, seen: datetime
) -> dict[str, object]:
    return {
        "article_id": article_id,
        "number": number,
        "seen": seen,
        "text": _whole(text),
        "data": codec.dump(text),
    }


def revisions(db: Connection, article_id: int) -> list[tuple[datetime, model.Article]]:
    """Return all texts of an article with the time each was seen, oldest first."""
    query = (
        select(article, revision.c.seen, revision.c.data)
        .join(revision, revision.c.article_id == article.c.id)
        .where(article.c.id == article_id)
    )
    rows = db.execute(query.order_by(revision.c.number))
    return [(row.seen, codec.text_of(row)) for row in rows]


def set_story(db: Connection, article_id: int, story: int, role: model.Role) -> None:
    """Say which story an article belongs to, and what it is there."""
    db.execute(_SET_STORY, {"article": article_id, "story": story, "place": role})


def has_story(db: Connection, article_id: int) -> bool:
    """Tell whether an article is in a story."""
    query = select(article.c.story_id).where(article.c.id == article_id)
    return db.execute(query).scalar() is not None


def move(db: Connection, article_id: int, *, address: str, url: str) -> bool:
    """Let an article be at another url from now on; False where another article is."""
    moved = db.execute(_MOVE, {"article": article_id, "to": address}).rowcount > 0
    if moved:
        db.execute(_THIS_URL, {"article": article_id, "to": url})
    return moved


def since(db: Connection, start: datetime | None) -> Iterator[StoredArticle]:
    """Yield the stored articles first seen since `start` (all when None), oldest first."""
    query = _STORED.order_by(article.c.id)
    if start is not None:
        query = query.where(article.c.first_seen >= start)
    for row in db.execute(query, execution_options={"yield_per": 200}):
        yield _stored(row)


def count_since(db: Connection, start: datetime | None) -> int:
    """Return how many articles `since` would yield."""
    query = select(func.count()).select_from(article)
    if start is not None:
        query = query.where(article.c.first_seen >= start)
    return int(db.execute(query).scalar_one())


def _stored(row: Any) -> StoredArticle:
    values = row._mapping  # SQLAlchemy's public name for it
    kept = {
        name: values[name]
        for name in StoredArticle.__struct_fields__
        if name not in {"story", "text"}
    }
    return StoredArticle(**kept, story=values["story_id"], text=codec.text_of(row))
