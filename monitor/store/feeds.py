"""Feeds and what is remembered of them."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, select

from monitor import model
from monitor.store import codec
from monitor.store.insertion import insert_new
from monitor.store.schema import feed

_SAVE = (
    feed.update()
    .where(feed.c.id == bindparam("feed_id"))
    .values(state=bindparam("text"), due=bindparam("when"))
)

_SAVE_CLOCKS = _SAVE.where(feed.c.url == bindparam("same_url"))


def known(db: Connection) -> dict[str, tuple[int, model.FeedState]]:
    """Return id and state of every feed that was ever configured, by name."""
    rows = db.execute(select(feed.c.name, feed.c.id, feed.c.state))
    return {row.name: (row.id, _state(row)) for row in rows}


def register(
    db: Connection, feeds: Sequence[model.Feed], now: datetime
) -> dict[str, tuple[int, model.FeedState]]:
    """Make rows for configured feeds that have none, and return id and state by name.

    A feed whose url was changed by the user keeps its entries but forgets its validators.
    """
    rows = {row.name: row for row in db.execute(select(feed))}
    fresh = codec.dump(model.FeedState())
    new = [
        {"name": item.name, "url": item.url, "added": now, "state": fresh}
        for item in feeds
        if item.name not in rows
    ]
    insert_new(db, feed, new)  # another machine may be starting as well
    for item in feeds:
        if item.name in rows and rows[item.name].url != item.url:
            old = _state(rows[item.name])
            kept = codec.dump(model.FeedState(distrust_guid=old.distrust_guid))
            same = feed.c.id == rows[item.name].id
            db.execute(feed.update().where(same).values(url=item.url, state=kept, due=None))
    return known(db)


def _state(row: Any) -> model.FeedState:
    """What is remembered; nothing where it is damaged, and the feed is read as if it were new."""
    return codec.load_or(model.FeedState(), row.state, f"what is remembered of feed {row.name}")


def save(db: Connection, states: Mapping[int, model.FeedState]) -> None:
    """Store what is now remembered of feeds, by id."""
    rows = [
        {"feed_id": feed_id, "text": codec.dump(state), "when": state.due}
        for feed_id, state in states.items()
    ]
    db.execute(_SAVE, rows)


def save_clocks(db: Connection, states: Mapping[int, tuple[str, model.FeedState]]) -> None:
    """Store what was remembered later than it was learnt: url and state of feeds, by id.

    Of a feed whose url the user has changed meanwhile nothing is stored.
    """
    rows = [
        {"feed_id": feed_id, "same_url": url, "text": codec.dump(state), "when": state.due}
        for feed_id, (url, state) in states.items()
    ]
    db.execute(_SAVE_CLOCKS, rows)


def first_added(db: Connection) -> datetime | None:
    """Return when the store first knew of a feed; None when it knows of none."""
    return db.execute(select(feed.c.added).order_by(feed.c.added).limit(1)).scalar()
