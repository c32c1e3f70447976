"""In what state flagged stories are, in short: who made something of one sees whether it moved."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from msgspec import Struct
from sqlalchemy import Connection, func, select

from monitor.store.schema import article, change, flag, mark, revision, story
from monitor.store.story_numbers import HOLDS_ARTICLES
from monitor.store.whose import desk_of


class StoryState(Struct, frozen=True):
    """A flagged story and a short text that is another one whenever the story is."""

    id: int
    first_seen: datetime
    state: str


def flagged(db: Connection, rules: Sequence[str]) -> Iterator[StoryState]:
    """Yield the state of every story that one of some rules flags at more than "log"."""
    mine, marked = flag.c.desk == desk_of(db), mark.c.desk == desk_of(db)
    wanted = (
        select(article.c.story_id)
        .join(flag, flag.c.article_id == article.c.id)
        .where(flag.c.level != "log", flag.c.rule.in_(rules), article.c.story_id.is_not(None))
        .where(mine)
    )
    copies = select(
        article.c.story_id,
        func.min(article.c.first_seen).label("first_seen"),
        func.count(),
        func.max(article.c.id),
        func.sum(article.c.revision),
        func.sum(func.length(article.c.role) * article.c.id),
        func.count(article.c.withdrawn),
        func.max(revision.c.seen),  # a page's text takes the place of the feed's without a number
    ).join(
        revision,
        (revision.c.article_id == article.c.id) & (revision.c.number == article.c.revision),
    )
    flags = select(
        article.c.story_id,
        func.count(),
        func.max(flag.c.id),
        func.max(flag.c.at),
        func.sum(flag.c.score),
        func.sum(func.length(flag.c.level) * flag.c.id),
        func.sum(func.length(flag.c.reasons)),
    ).join(flag, flag.c.article_id == article.c.id)
    changes = select(change.c.story_id, func.count(), func.max(change.c.id))
    marks = select(mark.c.story_id, func.count(), func.max(mark.c.at))
    parts: dict[int, list[str]] = {}
    for query, column in (
        (flags.where(mine).group_by(article.c.story_id), article.c.story_id),
        (changes.group_by(change.c.story_id), change.c.story_id),
        (marks.where(marked).group_by(mark.c.story_id), mark.c.story_id),
    ):
        for row in db.execute(query.where(column.in_(wanted))):
            parts.setdefault(row[0], []).append(" ".join(map(str, row[1:])))
    query = copies.where(article.c.story_id.in_(wanted)).group_by(article.c.story_id)
    for row in db.execute(query):
        told = [" ".join(map(str, row[2:])), *parts.get(row.story_id, ())]
        yield StoryState(row.story_id, row.first_seen, "; ".join(told))


def merged(db: Connection) -> dict[int, int]:
    """Return the stories that became part of another one, each with the one it ended in."""
    query = select(story.c.id, story.c.merged_into)
    query = query.where(story.c.merged_into.is_not(None), ~HOLDS_ARTICLES)
    into = {row.id: row.merged_into for row in db.execute(query)}
    ends = {}
    for story_id in into:
        seen, end = {story_id}, into[story_id]
        while end in into and end not in seen:
            seen.add(end)
            end = into[end]
        ends[story_id] = end
    return ends
