"""What stood behind a window: which feeds were read, and when nobody looked.

Nothing is claimed for a time in which the monitor was not there. It was there from the day it first
knew a feed, and between two rounds unless they lie further apart than `APART`: a daemon writes a
round down at least every half hour, and whoever polls by hand or cron less often than that reads
everything a feed still lists, but did not look in between.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from monitor import model
from monitor.desk import Desk
from monitor.pipeline.feed_health import feed_health
from monitor.store import (
    Connection,
    entries_seen,
    flags,
    left,
    page_work,
    published_desks,
    rounds,
    unjudged,
    views,
)

APART = timedelta(hours=3)  # between two rounds; what is longer is told
_LEFT_NAMED = 3  # of what our own code could not work on
_DAY = timedelta(days=1)


def coverage(
    desk: Desk, db: Connection, since: datetime, until: datetime, now: datetime
) -> model.Coverage:
    """Say what stood behind a window: feeds read, feeds in trouble, pages still missing."""
    began = published_desks.began(db)
    read, troubles = 0, []
    own, others = entries_seen.by_desk(db, max(since, began), until) if began else (0, 0)
    for feed, state, trouble in feed_health(desk, db, now):
        fine = was_read(state, since, until)
        read += fine
        if trouble is None and not fine:
            troubles.append(_unread(feed, state))
        elif trouble is not None:
            troubles.append(trouble)
    in_force = [rule for rule, _ in desk.rule_names()]
    gone = flags.of_rules_gone(db, in_force, since, until)
    return model.Coverage(
        feeds=len(desk.feeds),
        read=read,
        entries=own,
        entries_of_others=others,
        troubles=tuple(troubles),
        began=began if began is not None and began > since else None,
        absent=absent(rounds.between(db, since - APART, until), began, since, until),
        pages_waiting=page_work.pages_waiting(db),
        left_out=sum(gone.values()),
        left_out_why="; ".join(
            f"{number} flagged by {rule}, which is no rule any more"
            for rule, number in gone.items()
        ),
        left_aside=left.count(db),
        left_aside_what=tuple(
            f"{item.feed}: {item.title}" for item in left.newest(db, _LEFT_NAMED)[:_LEFT_NAMED]
        ),
        unjudged=unjudged.waiting(db)[0],
        unjudged_what=tuple(f"{feed}: {title}" for feed, title in unjudged.newest(db, _LEFT_NAMED)),
    )


def was_read(state: model.FeedState, since: datetime, until: datetime) -> bool:
    """Tell whether a feed was read in a window, or so shortly before that it was not due in it."""
    if state.ok_at is None or state.failures:
        return False
    return state.ok_at >= since or (state.due is not None and state.due >= until)


def absent(
    rounds: Sequence[tuple[datetime, datetime]],
    began: datetime | None,
    since: datetime,
    until: datetime,
) -> tuple[tuple[datetime, datetime], ...]:
    """Return the parts of a window in which nobody looked, longer than `APART`.

    The time before the monitor began is none of them.

    Args:
        rounds: (start, end) of those that touch the window, in order; from `APART` before it on.
        began: when the monitor first knew of a feed; None when it never did.
        since, until: the window.
    """
    if began is None or began >= until:
        return ()
    found = []
    at = max(since, began)
    for start, end in (*rounds, (until, until)):
        if start - at > APART:
            found.append((at, min(start, until)))
        at = max(at, end)
    return tuple(found)


def history(
    db: Connection, rules: Sequence[str], until: datetime, days: int = 7
) -> Mapping[str, Sequence[int | None]]:
    """Return the stories a day of each rule before a window; None for a day nobody looked on."""
    counts = views.history(db, rules, until, days)
    began = published_desks.began(db)
    starts = [until - _DAY * n for n in range(days, 0, -1)]
    looked = [
        began is not None and began <= start and entries_seen.between(db, start, start + _DAY) > 0
        for start in starts
    ]
    return {
        rule: tuple(n if n or known else None for n, known in zip(found, looked, strict=True))
        for rule, found in counts.items()
    }


def _unread(feed: model.Feed, state: model.FeedState) -> model.FeedTrouble:
    """Say why a feed was not read that is in no trouble: nobody asked, or it failed just now."""
    if state.failures:
        return model.FeedTrouble(feed.name, "failing", state.failing_since, state.error)
    why = "nobody asked for it in this window"
    return model.FeedTrouble(feed.name, "not read", state.ok_at, why)
