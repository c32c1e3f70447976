"""How it stands with the feeds of a desk, told alike by lists, `monitor status` and digests."""

from datetime import datetime
from typing import NamedTuple

from monitor import feeds, model
from monitor.desk import Desk
from monitor.pipeline import share
from monitor.store import Connection, desk_feeds, machines


class FeedHealth(NamedTuple):
    """A feed, what is remembered of it, and the gravest thing wrong with it, if anything is."""

    feed: model.Feed
    state: model.FeedState
    trouble: model.FeedTrouble | None


def feed_health(desk: Desk, db: Connection, now: datetime) -> list[FeedHealth]:
    """Return how it stands with the feeds of a desk, in the order of its config."""
    configured = tuple(desk.feeds.values())
    states, alive = desk_feeds.remembered(db, configured), machines.vantages(db)

    def health(feed: model.Feed) -> FeedHealth:
        state = states[feed.name]
        nobody = share.nobody_reads(feed, state, alive, now)
        return FeedHealth(feed, state, nobody or feeds.trouble(feed, state, now))

    return list(map(health, configured))
