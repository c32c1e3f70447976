"""File a text: flag it, find its story, and store all of that at once.

Filing is repeatable. Flags are replaced, a signature is replaced, a story is kept; what has
already been told to a reader is never taken back. Flagging and signing happen before the write
lock is taken, finding the story happens under it, so that two copies of one item that arrive
together still meet.
"""

import logging
from collections.abc import Callable
from datetime import datetime, timedelta

from sqlalchemy import Connection

from monitor import model, stories
from monitor.desk import Desk
from monitor.errors import StoreError
from monitor.store import articles as article_store
from monitor.store import stories as story_store
from monitor.store.articles import StoredArticle

log = logging.getLogger(__name__)

WINDOW = timedelta(days=4)  # how long an article can be joined by later copies


def load_window(desk: Desk, now: datetime) -> stories.Window:
    """Return the index of the last days' articles, as the store remembers them."""
    window = stories.Window()
    with desk.store.read() as db:
        for article_id, story, data in story_store.signatures(db, now - WINDOW):
            try:
                signature = stories.Signature.from_bytes(data)
            except StoreError as error:  # of another version: later copies will not find it
                log.warning("article %d is left out of grouping: %s", article_id, error)
                continue
            if story is not None:
                window.add(signature, story)
    return window


def sign(desk: Desk, stored: StoredArticle, text: model.Article) -> stories.Signature:
    """Return the signature by which copies of a text are known."""
    # What a story names first tells it from others; the body names everybody.
    mentions = desk.rulebook.mentions(text, desk.feeds.get(stored.feed))
    early = [mention for mention in mentions if mention.zone != "body"]
    return stories.sign(
        text,
        id=stored.id,
        seen=stored.first_seen,
        outlet=text.source or stored.outlet,
        entities=tuple(dict.fromkeys(mention.entity for mention in early)),
        sides=tuple(dict.fromkeys(side for mention in early for side in mention.sides)),
    )


def file_text(
    desk: Desk,
    window: stories.Window,
    stored: StoredArticle,
    text: model.Article,
    now: datetime,
    *,
    page: str,
    tries: int,
    due: datetime | None = None,
    error: str = "",
) -> tuple[model.Flag, ...]:
    """Store a text of an article with its flags and story, and what became of its page.

    Returns the flags that are new or at a higher level than before.
    """
    flags = desk.rulebook.flags(text, desk.feeds.get(stored.feed), now=now)
    signature = sign(desk, stored, text)
    changed = stories.is_new_revision(stored.text, text) or (
        stored.text.origin == "feed" and text.origin == "page"
    )
    with desk.store.write() as db:
        if changed:
            article_store.revise(db, stored, text, now)
        raised = article_store.put_flags(db, stored.id, flags, now)
        if due is None and page == "done":
            due = _recheck(stored, bool(flags), now)
        article_store.set_page(db, stored.id, page, tries=tries, due=due, error=error)
        story_store.put_signature(db, stored.id, stored.first_seen, signature.to_bytes())
        if stored.story is None:
            story = _place(db, window, signature, now)
        else:
            story = stored.story
            story_store.touch(db, story, now)
            window.add(signature, story)
        if changed and stored.text.origin == "page" and (kind := stories.notice(stored.text, text)):
            change = model.Change(now, kind, text.title or stored.text.title)
            story_store.add_change(db, story, stored.id, change)
    return raised


def _place(
    db: Connection, window: stories.Window, signature: stories.Signature, now: datetime
) -> int:
    """Put an article into its story, let the source stand on top, and note what is new in it."""
    placement = window.place(signature)
    story = signature.id if placement.story is None else placement.story
    for other in placement.merges:
        story_store.merge(db, other, into=story)
    before = story_store.signatures_of(db, story)
    known = [stories.Signature.from_bytes(data) for data in before.values()]
    article_store.set_story(db, signature.id, story, placement.role)
    story_store.touch(db, story, now)
    window.add(signature, story, placement.merges)
    if not known:
        return story
    if change := stories.material(known, [*known, signature]):
        told = model.Change(now, change.kind, change.what)
        story_store.add_change(db, story, signature.id, told)
    top = stories.choose_original([*known, signature])
    story_store.put_on_top(db, story, top)
    return story


# A flagged page is read again an hour, six hours and a day after it was first seen, with a
# conditional request: corrections and withdrawals come early or not at all.
_RECHECKS = (timedelta(hours=1), timedelta(hours=6), timedelta(days=1))


def _recheck(stored: StoredArticle, flagged: bool, now: datetime) -> datetime | None:
    if not flagged:
        return None
    return next((when for step in _RECHECKS if (when := stored.first_seen + step) > now), None)


def regroup(desk: Desk, progress: Callable[[str, int, int], None]) -> tuple[int, int]:
    """Group all stored articles anew, in the order they were seen.

    All of it is one transaction: it is done or not done. Returns the numbers of articles and
    stories.
    """
    with desk.store.write() as db:
        known = [
            stories.Signature.from_bytes(data) for _, _, data in story_store.signatures(db, None)
        ]
        story_store.clear(db)
        window = stories.Window(keep=WINDOW)
        for done, signature in enumerate(sorted(known, key=lambda one: (one.seen, one.id)), 1):
            window.expire(signature.seen - window.keep)
            _place(db, window, signature, signature.seen)
            progress("articles", done, len(known))
        return len(known), story_store.count(db)
