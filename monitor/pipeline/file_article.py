"""File a text: flag it, find its story, and store all of that at once.

Filing is repeatable. Flags are replaced, a signature is replaced, and the story is found anew; it
may bring other articles together, or move some. What has already been told to a reader is
remembered with the article that it was told of, and never told again. Flagging and signing happen
before the write lock is taken.
"""

import logging
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

from msgspec.structs import replace

from monitor import model, stories
from monitor.errors import StoreError
from monitor.pipeline.desks import Desks
from monitor.pipeline.file_flags import add_judged, put_judged
from monitor.pipeline.judging import Judged
from monitor.pipeline.placing import Placed, heed, place
from monitor.pipeline.recent_stories import RecentStories
from monitor.pipeline.signing import sign
from monitor.progress import Progress
from monitor.store import Connection, changes, page_work, regrouping
from monitor.store import articles as article_store
from monitor.store import stories as story_store
from monitor.store.articles import StoredArticle
from monitor.store.page_work import PageWork

log = logging.getLogger(__name__)


def load_window(desks: Desks, now: datetime) -> stories.Window:
    """Return the index of the last days' articles, as the store remembers them."""
    window = stories.Window()
    with desks.store.read() as db:
        for signature, story in _signatures(desks, db, now - stories.KEEP):
            if story is not None:
                window.add(signature, story)
        for article, other in story_store.choices(db):
            window.decide(article, other)  # the store has what follows from it
    return window


def _signatures(
    desks: Desks, db: Connection, since: datetime | None
) -> Iterator[tuple[stories.Signature, int | None]]:
    """Yield signatures with their stories; those of another version are made anew."""
    stale: list[tuple[int, int | None]] = []
    for article_id, story, data in story_store.signatures(db, since):
        try:
            yield stories.Signature.from_bytes(data), story
        except StoreError:
            stale.append((article_id, story))
    if stale:
        log.info("%d articles are read again for grouping: an earlier version did it", len(stale))
    for article_id, story in stale:
        stored = article_store.get(db, article_id)
        if stored is not None:
            judged = desks.judge(stored.text, stored.feed, stored.first_seen)
            yield (
                sign(
                    stored.text,
                    judged.mentions,
                    seen=stored.first_seen,
                    outlet=stored.outlet,
                    article_id=article_id,
                ),
                story,
            )


def file_text(
    desks: Desks,
    recent: RecentStories,
    stored: StoredArticle,
    text: model.Article,
    now: datetime,
    page: PageWork,
) -> tuple[model.Flag, ...]:
    """Store a text of an article with its flags and story, and what became of its page.

    Returns the flags that are new or at a higher level than before.
    """
    # An undated text is judged by who held an office when it was first seen, on later readings too.
    seen = stored.first_seen
    judged = desks.judge(text, stored.feed, seen)
    signature = sign(text, judged.mentions, seen=seen, outlet=stored.outlet, article_id=stored.id)
    changed = stories.is_new_revision(stored.text, text) or (
        stored.text.origin == "feed" and text.origin == "page"
    )
    with recent.changing() as window, desks.store.write() as db:
        # Another process may have filed the same page while ours was being read.
        stored = article_store.get(db, stored.id) or stored
        if changed:
            article_store.revise(db, stored, text, now)
        raised = put_judged(db, stored.id, judged, now)
        if page.due is None and page.state == "done":
            page = replace(page, due=recheck(stored, bool(judged.number or judged.unjudged), now))
        page_work.set_page(db, stored.id, page)
        story_store.put_signature(db, stored.id, stored.first_seen, signature.to_bytes())
        _heed(db, window, now)
        placed = place(window, signature)
        _put(db, placed, now)
        if changed and stored.text.origin == "page" and (kind := stories.notice(stored.text, text)):
            change = model.Change(now, kind, text.title or stored.text.title)
            changes.add(db, placed.story, stored.id, change)
    return raised


def file_new(
    db: Connection,
    window: stories.Window,
    new: Sequence[tuple[stories.Signature, Judged]],
    places: Sequence[Placed],
    now: datetime,
) -> None:
    """File many new articles that keep their feed's own text, inside the caller's transaction.

    Args:
        places: theirs.
    """
    add_judged(db, [(signature.id, judged) for signature, judged in new], now)
    kept = [(signature.id, signature.seen, signature.to_bytes()) for signature, _ in new]
    story_store.add_signatures(db, kept)
    alone: list[int] = []
    for placed in places:
        if placed.opens:
            alone.append(placed.article)
            continue
        story_store.open_stories(db, alone, now)  # it may bring some of them together
        alone.clear()
        _put(db, placed, now)
    story_store.open_stories(db, alone, now)
    _heed(db, window, now)  # what was decided while they were placed


def _heed(db: Connection, window: stories.Window, now: datetime) -> None:
    for moved in heed(window, story_store.choices(db)):
        story_store.move(db, moved, now)


def _put(db: Connection, placed: Placed, now: datetime) -> None:
    """Put an article where it was placed, and others that it moved; note what is new."""
    moved = {**placed.moved, placed.article: placed.story}
    story_store.move(db, moved, now, copies=placed.copies)
    article_store.set_story(db, placed.article, placed.story, placed.role)
    story_store.touch(db, placed.story, now)
    for story, top in placed.tops.items():
        story_store.put_on_top(db, story, top)
    if change := placed.change:
        # Who was told since an article came that was filed before this one has read it.
        new = change.article == placed.article
        told = model.Change(now if new else change.since, change.kind, change.what)
        changes.add(db, placed.story, change.article, told, read=not new)


# A flagged page is read again an hour, six hours and a day after it was first seen, with a
# conditional request: corrections and withdrawals come early or not at all.
_RECHECKS = (timedelta(hours=1), timedelta(hours=6), timedelta(days=1))


def recheck(stored: StoredArticle, flagged: bool, now: datetime) -> datetime | None:
    """Return when a page is to be read again, None when it is not."""
    if not flagged:
        return None
    return next((when for step in _RECHECKS if (when := stored.first_seen + step) > now), None)


def regroup(desks: Desks, progress: Progress) -> tuple[int, int]:
    """Group all stored articles anew, in the order they were seen.

    All of it is one transaction: it is done or not done. Returns the numbers of articles and
    stories.
    """
    with desks.store.write() as db:
        signed = [signature for signature, _ in _signatures(desks, db, None)]
        kept = regrouping.clear(db)
        window = stories.Window()
        for article, other in story_store.choices(db):
            window.decide(article, other)
        for done, signature in enumerate(sorted(signed, key=lambda one: (one.seen, one.id)), 1):
            window.expire(signature.seen - stories.KEEP)
            story_store.put_signature(db, signature.id, signature.seen, signature.to_bytes())
            _put(db, place(window, signature), signature.seen)
            progress("articles", done, len(signed))
        regrouping.follow(db, kept)
        return len(signed), story_store.count(db)
