"""File a text: flag it, find its story, and store all of that at once.

Filing is repeatable. Flags are replaced, a signature is replaced, a story is kept; what has
already been told to a reader is never taken back. Flagging and signing happen before the write
lock is taken, finding the story happens under it, so that two copies of one item that arrive
together still meet.
"""

import logging
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from monitor import model, stories, watch
from monitor.errors import StoreError
from monitor.store import Connection
from monitor.store import articles as article_store
from monitor.store import stories as story_store
from monitor.store.articles import PageWork, StoredArticle
from monitor.workspace import Desk

log = logging.getLogger(__name__)

_COMPARED = 100  # articles of a story that a new one is held against; some have thousands of copies


def load_window(desk: Desk, now: datetime) -> stories.Window:
    """Return the index of the last days' articles, as the store remembers them."""
    window = stories.Window()
    with desk.store.read() as db:
        for article_id, story, data in story_store.signatures(db, now - stories.KEEP):
            try:
                signature = stories.Signature.from_bytes(data)
            except StoreError as error:  # of another version: later copies will not find it
                log.warning("article %d is left out of grouping: %s", article_id, error)
                continue
            if story is not None:
                window.add(signature, story)
    return window


def sign(
    text: model.Article,
    mentions: Sequence[watch.Mention],
    *,
    seen: datetime,
    outlet: str,
    article_id: int = 0,
) -> stories.Signature:
    """Return the signature by which copies of a text are known."""
    # What a story names first tells it from others; the body names everybody.
    early = [mention for mention in mentions if mention.zone != "body"]
    return stories.sign(
        text,
        id=article_id,
        seen=seen,
        outlet=text.source or outlet,
        entities=tuple(dict.fromkeys(mention.entity for mention in early)),
        sides=tuple(dict.fromkeys(side for mention in early for side in mention.sides)),
    )


def file_text(
    desk: Desk,
    window: stories.Window,
    stored: StoredArticle,
    text: model.Article,
    now: datetime,
    page: PageWork,
) -> tuple[model.Flag, ...]:
    """Store a text of an article with its flags and story, and what became of its page.

    Returns the flags that are new or at a higher level than before.
    """
    # An undated text is judged by who held an office when it was first seen, on later readings too.
    read = desk.rulebook.evaluate(text, desk.feeds.get(stored.feed), now=stored.first_seen)
    flags, seen = read.flags(), stored.first_seen
    signature = sign(text, read.mentions(), seen=seen, outlet=stored.outlet, article_id=stored.id)
    changed = stories.is_new_revision(stored.text, text) or (
        stored.text.origin == "feed" and text.origin == "page"
    )
    with desk.store.write() as db:
        # Another process may have filed the same page while ours was being read.
        stored = article_store.get(db, stored.id) or stored
        if changed:
            article_store.revise(db, stored, text, now)
        raised = article_store.put_flags(db, stored.id, flags, now)
        if page.due is None and page.state == "done":
            page = replace(page, due=recheck(stored, bool(flags), now))
        article_store.set_page(db, stored.id, page)
        story_store.put_signature(db, stored.id, stored.first_seen, signature.to_bytes())
        if stored.story is None:
            story = _join(db, window.place(signature), window, signature, now)
        else:
            story = stored.story
            story_store.touch(db, story, now)
            window.add(signature, story)
        if changed and stored.text.origin == "page" and (kind := stories.notice(stored.text, text)):
            change = model.Change(now, kind, text.title or stored.text.title)
            story_store.add_change(db, story, stored.id, change)
    return raised


def file_new(
    db: Connection,
    window: stories.Window,
    new: Sequence[tuple[stories.Signature, Sequence[model.Flag]]],
    now: datetime,
) -> None:
    """File many new articles that keep their feed's own text, inside the caller's transaction."""
    flags = [(signature.id, flag) for signature, found in new for flag in found]
    article_store.add_flags(db, flags, now)
    kept = [(signature.id, signature.seen, signature.to_bytes()) for signature, _ in new]
    story_store.add_signatures(db, kept)
    alone: list[int] = []
    for signature, _ in new:
        placement = window.place(signature)
        if placement.story is None and not placement.merges:
            window.add(signature, signature.id)
            alone.append(signature.id)
            continue
        if not {placement.story, *placement.merges}.isdisjoint(alone):
            story_store.open_stories(db, alone, now)
            alone.clear()
        _join(db, placement, window, signature, now)
    story_store.open_stories(db, alone, now)


def _join(
    db: Connection,
    placement: stories.Placement,
    window: stories.Window,
    signature: stories.Signature,
    now: datetime,
) -> int:
    """Put an article where it was placed, let the source stand on top, and note what is new."""
    story = signature.id if placement.story is None else placement.story
    for other in placement.merges:
        story_store.merge(db, other, into=story)
    before = story_store.signatures_of(db, story, _COMPARED)
    known = [stories.Signature.from_bytes(data) for data in before]
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


def recheck(stored: StoredArticle, flagged: bool, now: datetime) -> datetime | None:
    """Return when a page is to be read again, None when it is not."""
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
        window = stories.Window()
        for done, signature in enumerate(sorted(known, key=lambda one: (one.seen, one.id)), 1):
            window.expire(signature.seen - window.keep)
            _join(db, window.place(signature), window, signature, signature.seen)
            progress("articles", done, len(known))
        story_store.follow(db)
        return len(known), story_store.count(db)
