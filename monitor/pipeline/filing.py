"""File a text: flag it, find its story, and store all of that at once.

Filing is repeatable. Flags are replaced, a signature is replaced, a story is kept; what has
already been told to a reader is never taken back. Flagging and signing happen before the write
lock is taken, finding the story happens under it, so that two copies of one item that arrive
together still meet.
"""

import logging
from datetime import datetime, timedelta

from sqlalchemy import Connection

from monitor import model, stories
from monitor.desk import Desk
from monitor.errors import UsageError
from monitor.store import articles as article_store
from monitor.store import stories as story_store
from monitor.store.articles import StoredArticle

log = logging.getLogger(__name__)

WINDOW = timedelta(days=4)  # how long an article can be joined by later copies


def load_window(desk: Desk, now: datetime) -> stories.Window:
    """Return the index of the last days' articles, as the store remembers them."""
    window = stories.Window()
    with desk.store.read() as db:
        for _, story, data in story_store.signatures(db, now - WINDOW):
            if story is not None:
                window.add(stories.Signature.from_bytes(data), story)
    return window


def sign(desk: Desk, stored: StoredArticle, text: model.Article) -> stories.Signature:
    """Return the signature by which copies of a text are known."""
    feed = desk.feeds.get(stored.feed)
    mentions = desk.rulebook.mentions(text, feed)
    return stories.sign(
        text,
        id=stored.id,
        seen=stored.first_seen,
        outlet=stored.outlet,
        entities=tuple(dict.fromkeys(mention.entity for mention in mentions)),
        sides=tuple(dict.fromkeys(side for mention in mentions for side in mention.sides)),
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
        merges: tuple[int, ...] = ()
        story = stored.story
        if story is None:
            placement = window.place(signature)
            story = stored.id if placement.story is None else placement.story
            merges = placement.merges
            for other in merges:
                story_store.merge(db, other, into=story)
            _join(db, story, signature, placement.role, now)
        story_store.touch(db, story, now)
        if changed and stored.text.origin == "page" and (kind := stories.notice(stored.text, text)):
            change = model.Change(now, kind, text.title or stored.text.title)
            story_store.add_change(db, story, stored.id, change)
        window.add(signature, story, merges)
    return raised


def _join(
    db: Connection, story: int, signature: stories.Signature, role: str, now: datetime
) -> None:
    """Put an article into a story, let the source stand on top, and note what is new in it."""
    before = story_store.signatures_of(db, story)
    known = [stories.Signature.from_bytes(data) for data in before.values()]
    article_store.set_story(db, signature.id, story, role)
    if not known:
        return
    if change := stories.material(known, [*known, signature]):
        told = model.Change(now, change.kind, change.what)
        story_store.add_change(db, story, signature.id, told)
    top = stories.choose_original([*known, signature])
    story_store.put_on_top(db, story, top)


# A flagged page is read again an hour, six hours and a day after it was first seen, with a
# conditional request: corrections and withdrawals come early or not at all.
_RECHECKS = (timedelta(hours=1), timedelta(hours=6), timedelta(days=1))


def _recheck(stored: StoredArticle, flagged: bool, now: datetime) -> datetime | None:
    if not flagged:
        return None
    return next((when for step in _RECHECKS if (when := stored.first_seen + step) > now), None)


def refile(desk: Desk, article_id: int, now: datetime) -> tuple[model.Flag, ...]:
    """Flag a stored article again by the rules in force; raises UsageError if there is none."""
    with desk.store.read() as db:
        stored = article_store.get(db, article_id)
    if stored is None:
        raise UsageError(f"no article has the id {article_id}")
    flags = desk.rulebook.flags(stored.text, desk.feeds.get(stored.feed), now=now)
    with desk.store.write() as db:
        return article_store.put_flags(db, stored.id, flags, now)
