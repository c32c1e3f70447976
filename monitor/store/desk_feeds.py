"""The feeds that desks want: each is a row that is read once, whatever the desks call it.

A feed is its url. Where two desks name one url differently they share its row, which bears the name
of the desk that had it first; each desk sees it by its own. Where two desks give one name to
different urls, the second's row is called `name@desk`. A row goes on while any desk wants it.

What a desk publishes of a feed are its settings. A url that carries a password is published without
it, and is read by the machines that have it in their own config alone.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Subquery, func, or_, select, text

from monitor import model, urls
from monitor.store import codec
from monitor.store.feeds import state_of
from monitor.store.insertion import insert_new
from monitor.store.schema import desk_feed, feed
from monitor.store.whose import desk_of


@dataclass(frozen=True, slots=True)
class WantedFeed:
    """A feed as one desk wants it.

    Attributes:
        row: the name of its row, which entries and articles bear.
        id: of its row.
        desk: whose wish this is.
        settings: named as the desk names it.
        own: only machines of that desk can read it: the url needs a password.
    """

    row: str
    id: int
    desk: str
    settings: model.Feed
    own: bool


def register(
    db: Connection, feeds: Sequence[model.Feed], now: datetime
) -> dict[str, tuple[int, model.FeedState]]:
    """Say which feeds the desk wants; return id and state of each row, by the name of the row.

    A feed whose url was changed by the user keeps its entries but forgets its validators, unless
    another desk wants it as it was. Those that the desk no longer wants stay known.
    """
    if db.dialect.name == "postgresql":  # two desks may be about to share a row
        db.execute(text("LOCK TABLE desk_feed IN SHARE ROW EXCLUSIVE MODE"))
    places = _Places(db, feeds)
    chosen = {item.name: places.of(item) for item in feeds}
    fresh = codec.dump(model.FeedState())
    new = [
        {"name": row, "url": item.url, "added": now, "state": fresh}
        for item in feeds
        if (row := chosen[item.name]) not in places.rows
    ]
    insert_new(db, feed, new)
    for item in feeds:
        old = places.rows.get(chosen[item.name])
        if old is not None and old.url != item.url:
            kept = codec.dump(model.FeedState(distrust_guid=state_of(old).distrust_guid))
            same = feed.c.id == old.id
            db.execute(feed.update().where(same).values(url=item.url, state=kept, due=None))
    found = {row.name: row for row in db.execute(select(feed))}
    db.execute(desk_feed.delete().where(desk_feed.c.desk == desk_of(db)))
    rows = [
        {
            "desk": desk_of(db),
            "name": item.name,
            "feed_id": found[chosen[item.name]].id,
            "data": codec.dump(replace(item, url=urls.redact(item.url))),
        }
        for item in feeds
    ]
    if rows:
        db.execute(desk_feed.insert(), rows)
    return {name: (row.id, state_of(row)) for name, row in found.items()}


class _Places:
    """The rows that feeds of the desk have, or are to have."""

    def __init__(self, db: Connection, feeds: Sequence[model.Feed]) -> None:
        self.rows: dict[str, Any] = {row.name: row for row in db.execute(select(feed))}
        self._desk = desk_of(db)
        names: dict[int, str] = {row.id: row.name for row in self.rows.values()}
        wishes = list(db.execute(select(desk_feed.c.desk, desk_feed.c.name, desk_feed.c.feed_id)))
        self._mine: dict[str, str] = {
            wish.name: names[wish.feed_id] for wish in wishes if wish.desk == self._desk
        }
        self._others = {names[wish.feed_id] for wish in wishes if wish.desk != self._desk}
        others = sorted(self._others, reverse=True)
        self._shared: dict[str, str] = {self.rows[name].url: name for name in others}
        configured = {item.name for item in feeds}
        self._taken = {row for name, row in self._mine.items() if name in configured}

    def of(self, item: model.Feed) -> str:
        """Return the name of the row of a feed, which may not be there yet."""
        before = self._mine.get(item.name, "")
        if before and self.rows[before].url == item.url:
            return before
        shared = self._shared.get(item.url)
        if shared is not None and shared not in self._taken:
            self._taken.add(shared)
            return shared
        if before and before not in self._others:
            return before
        if item.name not in self._others | self._taken:
            self._taken.add(item.name)
            return item.name
        return f"{item.name}@{self._desk or 'main'}"


def wanted(db: Connection, own: Mapping[str, model.Feed] | None = None) -> list[WantedFeed]:
    """Return the wishes of all desks, by desk; what cannot be read is not wanted.

    Args:
        own: the feeds of our desk, by name, which need not be read then.
    """
    mine = own or {}
    query = select(desk_feed, feed.c.name.label("row")).join(feed, feed.c.id == desk_feed.c.feed_id)
    found = []
    for row in db.execute(query.order_by(desk_feed.c.desk, desk_feed.c.name)):
        if row.desk == desk_of(db) and row.name in mine:
            found.append(WantedFeed(row.row, row.feed_id, row.desk, mine[row.name], own=False))
            continue
        nothing = model.Feed(row.name, "")
        what = f'feed "{row.name}" of desk "{row.desk}"'
        settings = codec.load_or(nothing, row.data, what)
        if settings.url:
            secret = "***@" in settings.url
            found.append(WantedFeed(row.row, row.feed_id, row.desk, settings, secret))
    return found


def called(db: Connection) -> dict[str, str]:
    """Return what the desk calls the rows of feeds, where that is not the name of the row.

    A row of others' that bears the desk's name of another feed is called `name@desk` of theirs.
    """
    rows = select(desk_feed.c.name, feed.c.name.label("row")).join(
        feed, feed.c.id == desk_feed.c.feed_id
    )
    mine = (desk_feed.c.desk == desk_of(db)) & (desk_feed.c.name != feed.c.name)
    found = {row.row: row.name for row in db.execute(rows.where(mine))}
    if found:
        theirs = (desk_feed.c.desk != desk_of(db)) & feed.c.name.in_(found.values())
        for row in db.execute(rows.add_columns(desk_feed.c.desk).where(theirs)):
            found.setdefault(row.row, f"{row.row}@{row.desk or 'main'}")
    return found


def named(desk: str) -> Subquery:
    """Return feeds (id, name) as a desk calls them; others' by the names of their rows.

    Others' that bear a name which the desk has for another feed are left out.
    """
    mine = (desk_feed.c.feed_id == feed.c.id) & (desk_feed.c.desk == desk)
    taken = select(desk_feed.c.name).where(desk_feed.c.desk == desk)
    name = func.coalesce(desk_feed.c.name, feed.c.name).label("name")
    own = desk_feed.c.name.is_not(None)
    query = select(feed.c.id, name).outerjoin(desk_feed, mine)
    return query.where(or_(own, feed.c.name.not_in(taken))).subquery()


def by_row(db: Connection, own: Mapping[str, model.Feed]) -> dict[str, model.Feed]:
    """Return the desk's own feeds by the names of their rows.

    Args:
        own: by the names that the desk has for them.
    """
    names = called(db)
    rows = {name: row for row, name in names.items()}
    return {rows.get(name, name): one for name, one in own.items()}


def forget(db: Connection, desk: str) -> None:
    """Let a desk want nothing any more."""
    db.execute(desk_feed.delete().where(desk_feed.c.desk == desk))
