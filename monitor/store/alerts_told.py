"""What is to be told at once, and what was told to whom, so that nobody hears of it again.

An alert and its messages (`outbox`) are stored in one transaction.
"""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection, func, select

from monitor.store.changes import MATERIAL
from monitor.store.schema import alerted, article, change, flag
from monitor.store.whose import desk_of


def unalerted(
    db: Connection, audience: str, *, since: datetime, rules: Sequence[str] = ()
) -> list[tuple[int, str, int]]:
    """Return (flag id, rule, story id) of fresh "now" flags not yet told to an audience."""
    told = select(alerted.c.flag_id).where(alerted.c.audience == audience)
    query = (
        select(flag.c.id, flag.c.rule, article.c.story_id)
        .join(article, article.c.id == flag.c.article_id)
        .where(flag.c.level == "now", flag.c.at >= since, flag.c.id.not_in(told))
        .where(flag.c.desk == desk_of(db))
        .where(article.c.fresh, article.c.story_id.is_not(None))
        .order_by(flag.c.id)
    )
    if rules:
        query = query.where(flag.c.rule.in_(rules))
    return [(row.id, row.rule, row.story_id) for row in db.execute(query)]


def changed(
    db: Connection, audience: str, *, since: datetime, rules: Sequence[str] = ()
) -> list[tuple[int, str, int]]:
    """Return (flag id, rule, story id) told to an audience whose story changed materially since."""
    told = (
        select(
            alerted.c.story_id,
            alerted.c.rule,
            func.max(alerted.c.flag_id).label("flag_id"),
            func.max(alerted.c.at).label("at"),
        )
        .where(alerted.c.audience == audience, alerted.c.message_id != "")
        .group_by(alerted.c.story_id, alerted.c.rule)
        .subquery()
    )
    query = (
        select(told.c.flag_id, told.c.rule, told.c.story_id)
        .join(change, change.c.story_id == told.c.story_id)
        .where(change.c.at > told.c.at, change.c.at >= since, change.c.kind.in_(MATERIAL))
        .distinct()
    )
    if rules:
        query = query.where(told.c.rule.in_(rules))
    return [(row.flag_id, row.rule, row.story_id) for row in db.execute(query)]


def add_alert(
    db: Connection,
    audience: str,
    told: Sequence[tuple[int, str, int]],
    *,
    message_id: str,
    now: datetime,
) -> None:
    """Remember that an audience was told of some (flag id, rule, story id)."""
    rows = [
        {
            "audience": audience,
            "story_id": story_id,
            "rule": rule,
            "flag_id": flag_id,
            "at": now,
            "message_id": message_id,
        }
        for flag_id, rule, story_id in told
    ]
    if rows:
        db.execute(alerted.insert(), rows)


def last_told(db: Connection, audience: str, story_id: int, rule: str) -> datetime | None:
    """Return when an audience was last alerted of a story under a rule.

    Where it never was, an article that came as a copy of what was told counts: it may since have
    come into another story, and what it says was heard.
    """
    query = (
        select(alerted.c.at)
        .where(alerted.c.audience == audience, alerted.c.story_id == story_id)
        .where(alerted.c.rule == rule)
        .order_by(alerted.c.message_id == "", alerted.c.at.desc())
    )
    return db.execute(query.limit(1)).scalar()
