"""What belongs to stories while all of them are grouped anew."""

from datetime import datetime

from msgspec import Struct
from sqlalchemy import Connection, RowMapping, case, exists, func, select

from monitor.store import stories
from monitor.store.insertion import insert_all
from monitor.store.schema import alerted, article, change, flag, mark, signature, story


class Kept(Struct, frozen=True):
    """What the articles alone do not give back.

    Attributes:
        marks: (article on top of the story, mark), of all desks, the latest first.
        alone: (article, first seen) of those in a story that nothing compares with others, as
            what was left aside.
    """

    marks: tuple[tuple[int, RowMapping], ...]
    alone: tuple[tuple[int, datetime], ...]


def clear(db: Connection) -> Kept:
    """Forget all grouping and what followed from it, before it is replayed over the archive."""
    top_first = case((article.c.role == "original", 0), else_=1), article.c.id
    members = select(article.c.id, article.c.story_id).where(
        article.c.story_id.in_(select(mark.c.story_id))
    )
    tops: dict[int, int] = {}
    for row in db.execute(members.order_by(*top_first)):
        tops.setdefault(row.story_id, row.id)
    compared = exists(select(signature.c.article_id).where(signature.c.article_id == article.c.id))
    alone = select(article.c.id, article.c.first_seen).where(
        article.c.story_id.is_not(None), ~compared
    )
    marks = db.execute(select(mark).order_by(mark.c.at.desc())).mappings()
    kept = Kept(
        tuple((tops[row["story_id"]], row) for row in marks if row["story_id"] in tops),
        tuple((row.id, row.first_seen) for row in db.execute(alone)),
    )
    db.execute(mark.delete())
    db.execute(article.update().values(story_id=None, role="original"))
    db.execute(change.delete().where(change.c.kind.in_(("new take", "new level"))))
    db.execute(story.delete())
    return kept


def follow(db: Connection, kept: Kept) -> None:
    """Let all that belongs to stories belong to those of its articles again.

    Of two marks of one kind that come together the later one stays.
    """
    for article_id, seen in kept.alone:
        stories.open_stories(db, [article_id], seen)
    home = select(article.c.story_id).where(article.c.id == change.c.article_id)
    db.execute(change.update().values(story_id=func.coalesce(home.scalar_subquery(), 0)))
    home = (
        select(article.c.story_id)
        .join(flag, flag.c.article_id == article.c.id)
        .where(flag.c.id == alerted.c.flag_id)
    )
    db.execute(alerted.update().values(story_id=func.coalesce(home.scalar_subquery(), 0)))
    marks: dict[tuple[str, int, str], dict[str, object]] = {}
    for top, row in kept.marks:
        story_id = db.execute(select(article.c.story_id).where(article.c.id == top)).scalar_one()
        marks.setdefault((row["desk"], story_id, row["kind"]), {**row, "story_id": story_id})
    insert_all(db, mark, list(marks.values()))
