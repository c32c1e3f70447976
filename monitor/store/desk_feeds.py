"""The feeds that desks want: each is a row that is read once, whatever the desks call it.

A feed is its url: one that a desk renames goes on as the row that it was. Where two desks name one
url differently they share its row, which bears the name that it had first; each desk sees it by its
own. A name that another url's row bears is taken: the row is called `name@desk`. A row goes on
while any desk wants it.

What a desk publishes of a feed are its settings. A url that carries a password is published without
it, and is read by the machines that have it in their own config alone.
"""

from __future__ import annotations  # who shows stories needs no feed's classes

import logging
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from itertools import chain, count
from typing import Any

from msgspec import Struct
from msgspec.structs import replace
from sqlalchemy import Connection, Subquery, func, or_, select, text

from monitor import model, url_logins
from monitor.store import codec
from monitor.store.feeds import KnownFeed, state_of
from monitor.store.insertion import insert_new
from monitor.store.schema import desk_feed, feed
from monitor.store.whose import desk_of

log = logging.getLogger(__name__)


class WantedFeed(Struct, frozen=True):
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


def register(db: Connection, feeds: Sequence[model.Feed], now: datetime) -> dict[str, KnownFeed]:
    """Say which feeds the desk wants; return all that are known then, by the names of their rows.

    A feed whose url was changed by the user keeps its entries but forgets its validators, unless
    another desk wants it as it was. Those that the desk no longer wants stay known.
    """
    if db.dialect.name == "postgresql":  # two desks may be about to share a row
        db.execute(text("LOCK TABLE desk_feed IN SHARE ROW EXCLUSIVE MODE"))
    places = _Places(db, feeds)
    chosen = places.chosen
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
    for before, name in places.renamed():
        was = "feed %s has the url of what was feed %s, and goes on as that did"
        log.info(was, name, before)
    found = {row.name: row for row in db.execute(select(feed))}
    db.execute(desk_feed.delete().where(desk_feed.c.desk == desk_of(db)))
    rows = [
        {
            "desk": desk_of(db),
            "name": item.name,
            "feed_id": found[chosen[item.name]].id,
            "data": codec.dump(replace(item, url=url_logins.redact(item.url))),
        }
        for item in feeds
    ]
    if rows:
        db.execute(desk_feed.insert(), rows)
    return {name: KnownFeed(row.id, state_of(row)) for name, row in found.items()}


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
        # The rows of each url, those that the desk has had first, then those of others.
        had, theirs = sorted(self._mine.values()), sorted(self._others)
        self._of_url: dict[str, list[str]] = defaultdict(list)
        for row in dict.fromkeys([*had, *theirs, *sorted(self.rows)]):
            self._of_url[self.rows[row].url].append(row)
        self._taken: set[str] = set()
        self.chosen: dict[str, str] = {}  # by the name of the feed
        for choose in (self._same, self._by_url, self._by_name):
            for item in feeds:
                if item.name not in self.chosen and (row := choose(item)):
                    self.chosen[item.name] = row
                    self._taken.add(row)

    def renamed(self) -> Iterator[tuple[str, str]]:
        """Yield feeds that the desk called otherwise: their former and their present names."""
        before = {row: name for name, row in self._mine.items()}
        for name, row in self.chosen.items():
            if before.get(row, name) != name:
                yield before[row], name

    def _same(self, item: model.Feed) -> str:
        """Return the row that the desk has for this name and url."""
        row = self._mine.get(item.name, "")
        return row if row and self.rows[row].url == item.url else ""

    def _by_url(self, item: model.Feed) -> str:
        """Return a row of this url: the desk called the feed otherwise, or another desk has it."""
        return next((row for row in self._of_url[item.url] if row not in self._taken), "")

    def _by_name(self, item: model.Feed) -> str:
        """Return the row of this name, whose url is changed, or a name for a new row."""
        other = f"{item.name}@{self._desk or 'main'}"
        names = (self._mine.get(item.name, ""), item.name, other)
        numbered = (f"{other}-{number}" for number in count(2))
        return next(filter(self._is_free, chain(names, numbered)))

    def _is_free(self, row: str) -> bool:
        return bool(row) and row not in self._others and row not in self._taken


def remembered(db: Connection, feeds: Sequence[model.Feed]) -> dict[str, model.FeedState]:
    """Return what is remembered of feeds of the desk, by their names; nothing of one that is new.

    They may be called otherwise than when they were last read.
    """
    places = _Places(db, feeds)

    def of(item: model.Feed) -> model.FeedState:
        row = places.rows.get(places.chosen[item.name])
        return state_of(row) if row is not None and row.url == item.url else model.FeedState()

    return {item.name: of(item) for item in feeds}


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
