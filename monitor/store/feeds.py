"""Feeds and what is remembered of them."""

from __future__ import annotations  # who shows stories needs no feed's classes

from collections.abc import Mapping
from typing import Any, NamedTuple

from sqlalchemy import Connection, bindparam, select

from monitor import model
from monitor.store import codec
from monitor.store.many_rows import execute_many
from monitor.store.schema import feed

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
