"""Which flagged stories tell of steps of one happening: what came before, what was answered.

Only flagged stories are held against one another, so a digest reads the signatures of its own days
and of the day and a half around it. They were grouped when they were filed; nothing moves here.
"""

from collections.abc import Sequence

from msgspec.structs import replace

from monitor import model, stories
from monitor.errors import StoreError
from monitor.store import Connection
from monitor.store import articles as article_store
from monitor.store import stories as story_store

_NAMED = 12  # related stories of one


def with_related(db: Connection, views: Sequence[model.StoryView]) -> list[model.StoryView]:
    """Put to each story those it follows from and those that follow from it, the nearest first."""
    if not views:
        return []
    newest = max(view.first_seen for view in views)
    first = max(min(view.first_seen for view in views), newest - stories.KEEP)
    window = stories.Window()
    near = story_store.flagged_signatures(db, first - stories.NEAR, newest + stories.NEAR)
    for _, story, data in near:
        try:
            window.add(stories.Signature.from_bytes(data), story)
        except StoreError:
            continue  # of an earlier version; it is made anew when the daemon next starts
    tops: dict[int, model.Related | None] = {}
    return [replace(view, related=_related(db, window, view, tops)) for view in views]


def _related(
    db: Connection,
    window: stories.Window,
    view: model.StoryView,
    tops: dict[int, model.Related | None],
) -> tuple[model.Related, ...]:
    if not view.copies:
        return ()
    article = view.copies[0].article
    found: dict[int, model.Related] = {}
    for other in window.related(article):
        story = window.story_of(other)
        if story is None or story in found or story == view.id:
            continue
        if story not in tops:
            tops[story] = _top(db, story)
        if (top := tops[story]) is not None:
            found[story] = replace(top, kind=window.step_beside(article, other))
    return tuple(found.values())[:_NAMED]


def _top(db: Connection, story: int) -> model.Related | None:
    stored = article_store.get(db, story_store.original(db, story))
    if stored is None:
        return None
    return model.Related("earlier", stored.id, stored.text.headline, stored.text.language)
