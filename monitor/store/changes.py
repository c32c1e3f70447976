"""What happened to stories after they were first seen."""

from collections.abc import Sequence
from datetime import timedelta

from sqlalchemy import Connection, func, select

from monitor import model
from monitor.store import schema
from monitor.store.schema import alerted, change

MATERIAL = ("correction", "withdrawal", "new take", "new level")  # changes that readers are told
_IN_HAND = timedelta(minutes=10)  # the longest from finding a change to storing it


def add(
    db: Connection, story_id: int, article_id: int, what: model.Change, *, read: bool = False
) -> None:
    """Remember that something happened to a story; what is known already is not said again.

    What was found while a digest or alert was made, and comes to be stored only now, bears a time
    before it; nobody would be told of it any more. So it happened after, unless what was made could
    be `read` to hold it. So did what comes before the end of a digest's window that was made
    already, by a clock that is a moment behind.
    """
    same = (change.c.story_id == story_id) & (change.c.kind == what.kind)
    if db.execute(select(change.c.id).where(same, change.c.what == what.what)).first():
        return
    told = [
        db.execute(select(func.max(schema.digest_run.c.until))).scalar(),
        db.execute(select(func.max(alerted.c.at)).where(alerted.c.story_id == story_id)).scalar(),
    ]
    beaten = [at for at in told if at is not None and timedelta(0) <= at - what.at < _IN_HAND]
    at = max(beaten) + timedelta(microseconds=1) if beaten and not read else what.at
    values = {"story_id": story_id, "article_id": article_id, "at": at}
    db.execute(change.insert().values(kind=what.kind, what=what.what, **values))


def of(db: Connection, story_ids: Sequence[int]) -> dict[int, tuple[model.Change, ...]]:
    """Return what happened to some stories, oldest first."""
    found: dict[int, list[model.Change]] = {}
    query = select(change).where(change.c.story_id.in_(story_ids)).order_by(change.c.id)
    for row in db.execute(query):
        what = model.Change(row.at, row.kind, row.what, row.article_id or 0)
        found.setdefault(row.story_id, []).append(what)
    return {story_id: tuple(items) for story_id, items in found.items()}
