"""Forgetting by age.

What is forgotten, when `keep` days have gone by:

* Bodies first: the texts of articles that no rule flagged, and what their entries said beside
  headline and url. Flagged and marked articles stay whole, with every revision, for ever.
* Identities a month later, and never while the feed may still list the entry: one whose keys are
  forgotten would come back as news (FreshRSS #3532, nextcloud/news #1908). Feeds list their newest
  entries, so the newest of each feed stay, twice as many as its last document held.
* What the desk's translator said: it is asked again where it is wanted again.
* Sent messages after a month: only what was not sent yet has to be found again.

Every step works on a few hundred rows a transaction, so that nobody waits long for the write lock.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from typing import Any

from msgspec import Struct
from sqlalchemy import ColumnElement, Connection, Row, Select, exists, func, or_, select

from monitor import model
from monitor.progress import Progress, silent
from monitor.store import codec, search_index
from monitor.store.schema import (
    article,
    change,
    entry,
    entry_key,
    feed,
    flag,
    gloss,
    mark,
    outbox,
    revision,
    signature,
    story,
    waiting_page,
)
from monitor.store.story_numbers import HOLDS_ARTICLES
from monitor.store.transactions import Store

_IDENTITY = timedelta(days=30)  # how long identities outlive bodies
_SENT = timedelta(days=30)
_BATCH = 300


class Forgotten(Struct, frozen=True):
    """What one pass of `forget` removed."""

    bodies: int = 0
    identities: int = 0
    messages: int = 0

    def __bool__(self) -> bool:
        return bool(self.bodies or self.identities or self.messages)

    def __str__(self) -> str:
        return (
            f"the texts of {self.bodies} articles, {self.identities} entries, "
            f"{self.messages} sent messages"
        )


def forget(
    store: Store, now: datetime, keep: timedelta, *, progress: Progress = silent
) -> Forgotten:
    """Remove what is older than `keep`, as the module says; can be repeated and interrupted.

    Args:
        progress: called with ("texts" or "feeds", done, of how many).
    """
    old = now - keep
    with store.write() as db:
        db.execute(gloss.delete().where(gloss.c.at < old))
    return Forgotten(
        bodies=_forget_bodies(store, old, progress),
        identities=_forget_identities(store, old - _IDENTITY, progress),
        messages=_forget_messages(store, now - _SENT),
    )


def _unflagged() -> ColumnElement[bool]:
    """No rule flagged the article, and nobody marked its story."""
    flagged = exists(select(flag.c.id).where(flag.c.article_id == article.c.id))
    marked = exists(select(mark.c.kind).where(mark.c.story_id == article.c.story_id))
    return ~flagged & ~marked


def _forget_bodies(store: Store, before: datetime, progress: Progress) -> int:
    """Leave of an old text what a list shows: headline, url, times and names."""
    # What was forgotten has its headline as its whole text, so no mark of its own is needed.
    query = (
        select(article.c.id, article.c.revision, article.c.title)
        .join(revision, revision.c.article_id == article.c.id)
        .where(article.c.first_seen < before, revision.c.text != article.c.title, _unflagged())
        .distinct()
    )
    with store.read() as db:
        total = db.execute(select(func.count()).select_from(query.subquery())).scalar_one()
    done = 0
    for rows in _batches(store, query, article.c.id):
        progress("texts", done, total)
        with store.write() as db:
            for row in rows:
                mine = revision.c.article_id == row.id
                db.execute(revision.delete().where(mine, revision.c.number != row.revision))
                whole = select(article, revision.c.data).join(revision)
                slim = codec.text_of(db.execute(whole.where(mine)).one())
                slim = model.Article(
                    url=slim.url,
                    title=slim.title,
                    section=slim.section,
                    published=slim.published,
                    published_text=slim.published_text,
                    source=slim.source,
                    authors=slim.authors,
                    agency=slim.agency,
                    language=slim.language,
                    canonical=slim.canonical,
                    access=slim.access,
                    origin=slim.origin,
                    notes=("text no longer kept",),
                )
                search_index.replace(db, row.id, slim)
                values = {"text": row.title, "data": codec.dump(slim)}
                db.execute(revision.update().where(mine).values(values))
                here = article.c.id == row.id
                db.execute(article.update().where(here).values(page_due=None))
                _forget_summaries(db, row.id)
        done += len(rows)
    return done


def _forget_summaries(db: Connection, article_id: int) -> None:
    same = entry.c.article_id == article_id
    for row in db.execute(select(entry).where(same)).all():
        told = codec.entry_of(row)
        slim = model.Entry(told.guid, told.url, told.title, published=told.published)
        here = entry.c.id == row.id
        db.execute(entry.update().where(here).values(data=codec.dump(slim)))


def _forget_identities(store: Store, before: datetime, progress: Progress) -> int:
    done = 0
    lists = _lists(store)
    for number, (feed_id, listed) in enumerate(lists):
        progress("feeds", number, len(lists))
        newest = (
            select(entry.c.id)
            .where(entry.c.feed_id == feed_id)
            .order_by(entry.c.id.desc())
            .limit(2 * listed)
        )
        recent = exists(
            select(entry_key.c.key).where(
                entry_key.c.entry_id == entry.c.id, entry_key.c.listed >= before
            )
        )
        kept = select(article.c.id).where(~_unflagged())
        query = select(entry.c.id, entry.c.article_id).where(
            entry.c.feed_id == feed_id,
            entry.c.first_seen < before,
            entry.c.work != "todo",
            ~recent,
            or_(entry.c.article_id.is_(None), entry.c.article_id.not_in(kept)),
            entry.c.id.not_in(newest),
        )
        for rows in _batches(store, query, entry.c.id):
            ids = [row.id for row in rows]
            with store.write() as db:
                db.execute(entry_key.delete().where(entry_key.c.entry_id.in_(ids)))
                db.execute(entry.delete().where(entry.c.id.in_(ids)))
                _forget_articles(db, [row.article_id for row in rows if row.article_id])
            done += len(rows)
    return done


def _lists(store: Store) -> list[tuple[int, int]]:
    """(feed, how much it listed last); of a feed whose state is damaged nobody knows."""
    with store.read() as db:
        rows = db.execute(select(feed.c.id, feed.c.name, feed.c.state)).all()
    nothing = model.FeedState()
    what = "what is remembered of feed"
    states = ((row.id, codec.load_or(nothing, row.state, f"{what} {row.name}")) for row in rows)
    return [(feed_id, state.listed) for feed_id, state in states if state is not nothing]


def _forget_articles(db: Connection, ids: list[int]) -> None:
    """Remove those articles that no entry leads to any more, and stories without articles."""
    for article_id in ids:
        led = select(entry.c.id).where(entry.c.article_id == article_id).limit(1)
        if db.execute(led).first() is not None:
            continue
        gone = db.execute(select(article.c.story_id).where(article.c.id == article_id)).first()
        search_index.forget(db, [article_id])
        for table in (revision, signature, change, waiting_page):
            db.execute(table.delete().where(table.c.article_id == article_id))
        db.execute(article.delete().where(article.c.id == article_id))
        if gone is None or gone.story_id is None:
            continue
        left = select(article.c.id).where(article.c.story_id == gone.story_id).limit(1)
        if db.execute(left).first() is None:
            db.execute(change.delete().where(change.c.story_id == gone.story_id))
            # Those merged into it have no articles either; nobody can ask for them again.
            ended = (story.c.id == gone.story_id) | (story.c.merged_into == gone.story_id)
            db.execute(story.delete().where(ended, ~HOLDS_ARTICLES))


def _forget_messages(store: Store, before: datetime) -> int:
    with store.write() as db:
        old = (outbox.c.state == "sent") & (outbox.c.sent < before)
        return int(db.execute(outbox.delete().where(old)).rowcount)


def _batches(
    store: Store, query: Select[Any], key: ColumnElement[int]
) -> Iterator[Sequence[Row[Any]]]:
    """Yield the rows of a query, some hundred at a time, in order of a key."""
    after = 0
    while True:
        with store.read() as db:
            rows = db.execute(query.where(key > after).order_by(key).limit(_BATCH)).all()
        if not rows:
            return
        yield rows
        after = int(rows[-1].id)
