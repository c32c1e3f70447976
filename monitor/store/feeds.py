"""Feeds and what is remembered of them."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import Connection, bindparam, select

from monitor import model
from monitor.store import codec
from monitor.store.many_rows import execute_many
from monitor.store.schema import desk, feed
from monitor.store.whose import desk_of

_SAVE = (
    feed.update()
    .where(feed.c.id == bindparam("feed_id"))
    .values(state=bindparam("text"), due=bindparam("when"))
)

_SAVE_CLOCKS = _SAVE.where(feed.c.url == bindparam("same_url"))


class KnownFeed(NamedTuple):
    """A feed as the store knows it: the id of its row, and what is remembered of it."""

    id: int
    state: model.FeedState


def known(db: Connection) -> dict[str, KnownFeed]:
    """Return every feed that was ever configured, by the name of its row."""
    rows = db.execute(select(feed.c.name, feed.c.id, feed.c.state))
    return {row.name: KnownFeed(row.id, state_of(row)) for row in rows}


def by_url(db: Connection) -> dict[str, model.FeedState]:
    """Return what is remembered of every feed that was ever configured, by its url."""
    rows = db.execute(select(feed.c.name, feed.c.url, feed.c.state))
    return {row.url: state_of(row) for row in rows}


def state_of(row: Any) -> model.FeedState:
    """What is remembered; nothing where it is damaged, and the feed is read as if it were new."""
    return codec.load_or(model.FeedState(), row.state, f"what is remembered of feed {row.name}")


def save(db: Connection, states: Mapping[int, model.FeedState]) -> None:
    """Store what is now remembered of feeds, by id."""
    rows = [
        {"feed_id": feed_id, "text": codec.dump(state), "when": state.due}
        for feed_id, state in states.items()
    ]
    execute_many(db, _SAVE, rows)


def save_clocks(db: Connection, states: Mapping[int, tuple[str, model.FeedState]]) -> None:
    """Store what was remembered later than it was learnt: url and state of feeds, by id.

    Of a feed whose url the user has changed meanwhile nothing is stored.
    """
    rows = [
        {"feed_id": feed_id, "same_url": url, "text": codec.dump(state), "when": state.due}
        for feed_id, (url, state) in states.items()
    ]
    execute_many(db, _SAVE_CLOCKS, rows)


def began(db: Connection) -> datetime | None:
    """Return when the desk began to look at what comes in; None when it never did.

    A desk with a name has not looked at what others had read before it was there. The one without
    has, since that is its own: it looks since the store first knew of a feed.
    """
    first = db.execute(select(feed.c.added).order_by(feed.c.added).limit(1)).scalar()
    if first is None or not desk_of(db):
        return first
    own = db.execute(select(desk.c.since).where(desk.c.name == desk_of(db))).first()
    return (own.since or first) if own is not None else None
