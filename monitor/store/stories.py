"""Stories: which articles belong together, their signatures, and what happened to them."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import datetime

from sqlalchemy import Connection, Update, bindparam, case, func, or_, select

from monitor import model
from monitor.store import marks
from monitor.store.chunks import chunks
from monitor.store.insertion import insert_all
from monitor.store.many_rows import execute_many
from monitor.store.schema import (
    alerted,
    article,
    by_hand,
    change,
    flag,
    signature,
    story,
)
from monitor.store.whose import desk_of

# Built once: SQLAlchemy spends more on making a statement than on running it.
_THIS = story.c.id == bindparam("story")
_LAST_SEEN = select(story.c.last_seen, story.c.merged_into).where(_THIS)
_SEEN = story.update().where(_THIS).values(last_seen=bindparam("seen"), merged_into=None)
_ALONE = (
    article.update()
    .where(article.c.id == bindparam("alone"))
    .values(story_id=article.c.id, role="original")
)
_CHOICES = select(by_hand).order_by(by_hand.c.at, by_hand.c.article_id)


def _put_on_top() -> Update:
    top = article.c.id == bindparam("top")
    language = select(article.c.language).where(top).scalar_subquery()
    role = case(
        (top, "original"),
        (article.c.language != language, "translation"),
        (article.c.role.in_(("original", "translation")), "copy"),
        else_=article.c.role,
    )
    this = (article.c.story_id == bindparam("story")) & (article.c.role != role)
    return article.update().where(this).values(role=role)


_PUT_ON_TOP = _put_on_top()


def put_signature(db: Connection, article_id: int, seen: datetime, data: bytes) -> None:
    """Keep the signature of an article's newest text."""
    db.execute(signature.delete().where(signature.c.article_id == article_id))
    db.execute(signature.insert().values(article_id=article_id, seen=seen, data=data))


def add_signatures(db: Connection, new: Sequence[tuple[int, datetime, bytes]]) -> None:
    """Keep (article id, first seen, signature) of articles that have none yet."""
    rows = [{"article_id": id_, "seen": seen, "data": data} for id_, seen, data in new]
    insert_all(db, signature, rows)


def open_stories(db: Connection, article_ids: Sequence[int], seen: datetime) -> None:
    """Let each of some new articles be a story of its own."""
    if article_ids:
        rows = [{"id": id_, "first_seen": seen, "last_seen": seen} for id_ in article_ids]
        insert_all(db, story, rows)
        execute_many(db, _ALONE, [{"alone": id_} for id_ in article_ids])


def signatures(db: Connection, since: datetime | None) -> Iterator[tuple[int, int | None, bytes]]:
    """Yield (article id, story id, signature) of articles seen since then, in order of id."""
    query = select(signature.c.article_id, article.c.story_id, signature.c.data).join(
        article, article.c.id == signature.c.article_id
    )
    if since is not None:
        query = query.where(signature.c.seen >= since)
    rows = db.execute(query.order_by(signature.c.article_id), execution_options={"yield_per": 1000})
    for row in rows:
        yield row.article_id, row.story_id, row.data


def flagged_signatures(
    db: Connection, since: datetime, until: datetime
) -> Iterator[tuple[int, int, bytes]]:
    """Yield (article id, story id, signature) of flagged stories, of articles seen in a window."""
    told = (
        select(article.c.story_id)
        .join(flag, flag.c.article_id == article.c.id)
        .where(flag.c.at >= since, flag.c.level != "log", article.c.story_id.is_not(None))
        .where(flag.c.desk == desk_of(db))
    )
    query = (
        select(signature.c.article_id, article.c.story_id, signature.c.data)
        .join(article, article.c.id == signature.c.article_id)
        .where(signature.c.seen.between(since, until), article.c.story_id.in_(told))
        .order_by(signature.c.article_id)
    )
    for row in db.execute(query):
        yield row.article_id, row.story_id, row.data


def put_on_top(db: Connection, story_id: int, article_id: int) -> None:
    """Let one article of a story be its original, and the others what they are beside it."""
    db.execute(_PUT_ON_TOP, {"story": story_id, "top": article_id})


def touch(db: Connection, story_id: int, seen: datetime) -> None:
    """Make the story if it is new, and remember when it was last added to.

    One that was merged into another is none of its parts any more.
    """
    row = db.execute(_LAST_SEEN, {"story": story_id}).first()
    if row is None:
        db.execute(story.insert().values(id=story_id, first_seen=seen, last_seen=seen))
    elif row.last_seen < seen or row.merged_into is not None:
        db.execute(_SEEN, {"story": story_id, "seen": max(seen, row.last_seen)})


def merge(db: Connection, story_id: int, into: int) -> None:
    """Move everything of one story into another, which a late article showed to be the same."""
    moved = article.update().where(article.c.story_id == story_id)
    db.execute(moved.values(story_id=into))
    db.execute(change.update().where(change.c.story_id == story_id).values(story_id=into))
    db.execute(alerted.update().where(alerted.c.story_id == story_id).values(story_id=into))
    db.execute(story.update().where(story.c.id == story_id).values(merged_into=into))
    marks.move(db, story_id, into)


def move(
    db: Connection, articles: Mapping[int, int], seen: datetime, *, copies: Collection[int] = ()
) -> None:
    """Move articles to the stories that they turned out to belong to.

    One that was an original is from now on a copy, where it is among `copies`, or a rewrite.

    What was told and what happened goes with its article; a story that is left empty is merged into
    that of its first article, with its marks.
    """
    ids = sorted(articles)
    before: dict[int, int] = {}
    for some in chunks(ids):
        part = article.c.id.in_(some)
        query = select(article.c.id, article.c.story_id).where(
            part, article.c.story_id.is_not(None)
        )
        before |= {row.id: row.story_id for row in db.execute(query)}
    homes: dict[int, list[int]] = {}
    for article_id, old in before.items():
        if articles[article_id] != old:
            homes.setdefault(articles[article_id], []).append(article_id)
    for story_id, moved in homes.items():
        touch(db, story_id, seen)
        for some in chunks(moved):
            _move_to(db, story_id, [one for one in some if one in copies], "copy")
            _move_to(db, story_id, [one for one in some if one not in copies], "rewrite")
    for old in sorted({before[one] for moved in homes.values() for one in moved}):
        if (
            db.execute(select(article.c.id).where(article.c.story_id == old).limit(1)).first()
            is None
        ):
            first = min(one for one, home in before.items() if home == old)
            merge(db, old, into=articles[first])


def _move_to(db: Connection, story_id: int, ids: Sequence[int], demoted: model.Role) -> None:
    if not ids:
        return
    role = case((article.c.role == "original", demoted), else_=article.c.role)
    moved = article.update().where(article.c.id.in_(ids))
    db.execute(moved.values(story_id=story_id, role=role))
    db.execute(change.update().where(change.c.article_id.in_(ids)).values(story_id=story_id))
    told = alerted.c.flag_id.in_(select(flag.c.id).where(flag.c.article_id.in_(ids)))
    db.execute(alerted.update().where(told).values(story_id=story_id))


def choose(db: Connection, article_id: int, other_id: int, now: datetime) -> None:
    """Remember that a person joined two articles, or parted one from all others (0).

    Of two decisions on the same articles the later one holds.
    """
    if other_id:
        about = by_hand.c.article_id.in_((article_id, other_id))
        db.execute(by_hand.delete().where(about, by_hand.c.other_id == 0))
    else:
        pair = or_(by_hand.c.article_id == article_id, by_hand.c.other_id == article_id)
        db.execute(by_hand.delete().where(pair, by_hand.c.other_id != 0))
    same = (by_hand.c.article_id == article_id) & (by_hand.c.other_id == other_id)
    db.execute(by_hand.delete().where(same))
    db.execute(by_hand.insert().values(article_id=article_id, other_id=other_id, at=now))


def choices(db: Connection) -> list[tuple[int, int]]:
    """Return what persons decided, in order: (article, other), other 0 where it was parted."""
    rows = db.execute(_CHOICES)
    return [(row.article_id, row.other_id) for row in rows]


def members(db: Connection, story_id: int) -> list[int]:
    """Return the ids of a story's articles, oldest first."""
    query = select(article.c.id).where(article.c.story_id == story_id).order_by(article.c.id)
    return list(db.execute(query).scalars())


def original(db: Connection, story_id: int) -> int:
    """Return the article that stands on top of a story; its first one, where none or two do."""
    query = select(article.c.id).where(article.c.story_id == story_id)
    top = case((article.c.role == "original", 0), else_=1)
    return int(db.execute(query.order_by(top, article.c.id).limit(1)).scalar_one())


def count(db: Connection) -> int:
    """Return the number of stories that were not merged into another."""
    query = select(func.count()).select_from(story).where(story.c.merged_into.is_(None))
    return int(db.execute(query).scalar_one())
