"""What a desk wrote on its stories: read, starred, taken by somebody, a note, wanted or not.

A story has one mark of a kind. Marks stay with their story when it is merged into another.
"""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, exists, select

from monitor import model
from monitor.store.chunks import chunks
from monitor.store.schema import article, mark, story
from monitor.store.story_numbers import HOLDS_ARTICLES
from monitor.store.whose import desk_of
from monitor.text import one_line

_LONGEST: dict[model.MarkKind, int] = {"taken": 100, "note": 2000}  # characters; others have none
_OPPOSITE: dict[model.MarkKind, model.MarkKind] = {"wanted": "unwanted", "unwanted": "wanted"}


def put(db: Connection, story_id: int, kind: model.MarkKind, text: str, now: datetime) -> None:
    """Mark a story; an earlier mark of that kind gives way, and so does its opposite.

    A name or note is kept as one line, cut to a bearable length; an empty one is no mark.
    """
    remove(db, story_id, kind)
    if kind in _OPPOSITE:
        remove(db, story_id, _OPPOSITE[kind])
    if kind in _LONGEST:
        text = one_line(text)[: _LONGEST[kind]]
        if not text:
            return
    whose = {"desk": desk_of(db), "story_id": story_id}
    db.execute(mark.insert().values(kind=kind, text=text, at=now, **whose))


def remove(db: Connection, story_id: int, kind: model.MarkKind) -> bool:
    """Take a mark off a story; return whether it was there."""
    this = _of_desk(db) & (mark.c.story_id == story_id) & (mark.c.kind == kind)
    return db.execute(mark.delete().where(this)).rowcount > 0


def of(db: Connection, story_ids: Sequence[int]) -> dict[int, tuple[model.Mark, ...]]:
    """Return the marks of some stories, the oldest first."""
    found: dict[int, tuple[model.Mark, ...]] = {}
    for some in chunks(story_ids):
        part = mark.c.story_id.in_(some)
        query = select(mark).where(part, _of_desk(db))
        for row in db.execute(query.order_by(mark.c.at, mark.c.kind)):
            one = model.Mark(row.kind, row.text, row.at)
            found[row.story_id] = (*found.get(row.story_id, ()), one)
    return found


def move(db: Connection, story_id: int, into: int) -> None:
    """Let a story's marks go with it into another, those of all desks.

    Where both have one of a kind, the other's stays.
    """
    held = mark.alias()
    both = exists(select(held.c.kind)).where(
        held.c.story_id == into, held.c.kind == mark.c.kind, held.c.desk == mark.c.desk
    )
    here = mark.c.story_id == story_id
    db.execute(mark.delete().where(here, both))
    db.execute(mark.update().where(here).values(story_id=into))


def story_of(db: Connection, number: int) -> int | None:
    """Return the story that a number names: its own, or that of one of its articles."""
    found = db.execute(select(article.c.story_id).where(article.c.id == number)).scalar()
    if found is not None:
        return int(found)
    seen = set()
    while number not in seen:
        seen.add(number)
        query = select(story.c.merged_into, HOLDS_ARTICLES.label("alive"))
        row = db.execute(query.where(story.c.id == number)).first()
        if row is None:
            return None
        if row.merged_into is None or row.alive:
            return number
        number = row.merged_into
    return None


def judged(db: Connection) -> dict[int, list[int]]:
    """Return the articles of each story marked as wanted or unwanted, by story."""
    query = (
        select(mark.c.story_id, article.c.id)
        .join(article, article.c.story_id == mark.c.story_id)
        .where(mark.c.kind.in_(("wanted", "unwanted")), _of_desk(db))
        .order_by(mark.c.story_id, article.c.id)
    )
    found: dict[int, list[int]] = {}
    for row in db.execute(query):
        found.setdefault(row.story_id, []).append(row.id)
    return found


def _of_desk(db: Connection) -> ColumnElement[bool]:
    return mark.c.desk == desk_of(db)
