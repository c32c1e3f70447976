"""Where a desk stands, in what six lines hold; what `monitor status` tells is much more."""

from datetime import datetime

from msgspec import Struct

from monitor import lock
from monitor.daemon.digests_due import next_digests
from monitor.dates.moments import moment
from monitor.desk import Desk
from monitor.pipeline.round_log import Report
from monitor.store import rounds, views
from monitor.store.rounds import Round


class Standing(Struct, frozen=True):
    """What runs, what was read and flagged today, and what comes next.

    Attributes:
        running: who holds the state folder; None when nobody does.
        last_round: the newest round of reading feeds; None when there was none.
        today: stories flagged since midnight by the desk's clock, `unread` of them read by nobody.
        next_digest: the name and time of the digest that is due next; None when none is set.
    """

    now: datetime
    feeds: int
    running: lock.Holder | None
    last_round: Round[Report] | None
    today: int
    unread: int
    next_digest: tuple[str, datetime] | None


def standing(desk: Desk, now: datetime) -> Standing:
    """Return where a desk stands; a store that is not there yet is not made. Raises StoreError."""
    last, today, unread = None, 0, 0
    if desk.has_store:
        midnight = moment("today", now, desk.config.zone)
        with desk.store.read() as db:
            last = rounds.last(db, Report)
            today = views.count_flagged(db, since=midnight, until=now)
            unread = views.count_flagged(db, since=midnight, until=now, unread=True)
    first = min(((due, name) for name, due in next_digests(desk, now).items()), default=None)
    return Standing(
        now=now,
        feeds=len(desk.feeds),
        running=lock.holder(desk.state),
        last_round=last,
        today=today,
        unread=unread,
        next_digest=(first[1], first[0]) if first else None,
    )
