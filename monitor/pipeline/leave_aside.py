"""What our own code cannot work on: its words are flagged all the same, and it is told.

A fault of ours must not cost the reader a story. The words that the feed gave are filed as they
are, by the shortest way there is (no page, no grouping), and what is left to do waits in the store
(`monitor.store.left`) for another version.
"""

from datetime import datetime

import monitor
from monitor import model
from monitor.pipeline.desks import Desks
from monitor.pipeline.file_flags import put_judged
from monitor.pipeline.judging import Judged
from monitor.store import Connection, left
from monitor.store import articles as article_store
from monitor.store import stories as story_store
from monitor.store.articles import StoredArticle
from monitor.store.stored_entry import StoredEntry


def leave_entry(
    desks: Desks, stored: StoredEntry, error: Exception, now: datetime
) -> tuple[model.Flag, ...]:
    """File the feed's own words of an entry, and leave the rest of the work aside.

    Returns the flags that were raised; raises StoreError.
    """
    told = stored.entry
    body = told.content or tuple(line for line in told.summary.splitlines() if line)
    text = model.Article(
        url=told.url,
        title=told.title,
        body=body,
        published=told.published,
        published_text=told.published_text,
        source=told.outlet or desks.name_of(stored.feed),
        authors=told.authors,
        origin="feed",
    )
    judged = desks.judge(text, stored.feed, stored.first_seen)
    with desks.store.write() as db:
        article_id = _put_words(db, stored, text, now)
        raised = _tell(db, article_id, judged, now)
        left.leave_entry(
            db,
            stored.id,
            article_id=article_id,
            version=monitor.__version__,
            why=_in_words(error),
        )
    return raised


def leave_page(
    desks: Desks, stored: StoredArticle, error: Exception, now: datetime
) -> tuple[model.Flag, ...]:
    """Flag the words that are there of an article, and leave its page aside.

    Returns the flags that were raised; raises StoreError.
    """
    judged = desks.judge(stored.text, stored.feed, stored.first_seen)
    with desks.store.write() as db:
        raised = _tell(db, stored.id, judged, now)
        left.leave_page(db, stored.id, version=monitor.__version__, why=_in_words(error))
    return raised


def _put_words(db: Connection, stored: StoredEntry, text: model.Article, now: datetime) -> int:
    """Store the words in the article of the entry, in a new one if it has none; return its id."""
    known = article_store.get(db, stored.article) if stored.article is not None else None
    if known is None:
        return _add(db, stored, text)
    if known.text.origin == "feed" and known.feed == stored.feed:
        article_store.revise(db, known, text, now)
    return known.id


def _add(db: Connection, stored: StoredEntry, text: model.Article) -> int:
    new = article_store.NewArticle(
        feed=stored.feed,
        address=f"entry:{stored.id}",
        outlet=text.source,
        first_seen=stored.first_seen,
        fresh=stored.fresh,
        page="never",
        text=text,
    )
    return article_store.add(db, [new])[0]


def _tell(db: Connection, article_id: int, judged: Judged, now: datetime) -> tuple[model.Flag, ...]:
    """Store flags of an article, in a story of its own if it has none: only stories are shown."""
    raised = put_judged(db, article_id, judged, now)
    if not article_store.has_story(db, article_id):
        story_store.open_stories(db, [article_id], now)
    return raised


def _in_words(error: Exception) -> str:
    return f"internal error: {type(error).__name__}: {error}".replace("\n", " ")
