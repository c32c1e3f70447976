"""What was told at once, and to whom, so that nobody hears of it again.

An alert and its messages (`outbox`) are stored in one transaction.
"""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection, select

from monitor.store.schema import alerted


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
