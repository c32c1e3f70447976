"""All desks that share the store, as a machine sees them that reads and files for all of them.

* Each desk publishes what it has in force when a process of it starts or reloads: its own rule and
  entity files with the version that read them, and its feeds (`store.desks`, `store.desk_feeds`).
  Secrets are not published: targets, mail and passwords stay with the desk's own machines, which
  alone make its digests and alerts and send its messages.
* Feeds are the union of what desks want, each read once, as often and as widely as any of them
  asks. What came in is judged by the rules of every desk, in the order of their names.
* Whoever files looks before each batch whether anything was published since. A feed's entries are
  stored after it was published, so no entry is filed before the rules of who wanted it are known.
* A rule file that this version cannot read, and a text on which a desk's rules break, concern that
  desk alone. What is filed meanwhile is noted (`store.unjudged`) in the transaction that files it,
  and judged by that desk's machines.
* Of one desk's machines the last one that started or reloaded says what is in force.
"""

from __future__ import annotations  # else types alone would load the rules' engine

import hashlib
import logging
import threading
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from msgspec.structs import replace

import monitor
from monitor import model, watch
from monitor.desk import Desk
from monitor.errors import ConfigError
from monitor.pipeline.judging import Judged
from monitor.pipeline.rules_of_desks import RuleFiles, RulesOfDesks
from monitor.store import Connection, Store, desk_feeds, published_desks
from monitor.store import feeds as feed_store
from monitor.store.articles import StoredArticle
from monitor.store.desk_feeds import WantedFeed
from monitor.store.feeds import KnownFeed
from monitor.store.published_desks import OwnFiles, PublishedDesk
from monitor.text import one_line

log = logging.getLogger(__name__)

_WIDTH = ("none", "hits", "all")


class Desks:
    """The desks of a store; `own` is that of this process.

    Attributes:
        feeds: those that this machine may read, by the name of their row.
        elsewhere: rows that only machines of other desks can read.
    """

    def __init__(
        self, own: Desk, compiled: dict[OwnFiles, watch.Rulebook | str] | None = None
    ) -> None:
        self.own = own
        self.feeds: dict[str, model.Feed] = dict(own.feeds)
        self.elsewhere: frozenset[str] = frozenset()
        self._digests: dict[str, str] = {}
        self._published: list[PublishedDesk] = []
        self._called: dict[str, dict[str, model.Feed]] = {}  # by desk and row, as the desk has it
        self._names: dict[str, str] = {}  # by row, what our own desk calls it where that differs
        self._rules: RulesOfDesks | None = None
        self._compiled: dict[OwnFiles, watch.Rulebook | str] = {} if compiled is None else compiled
        self._changing = threading.Lock()

    def with_own(self, own: Desk) -> Desks:
        """Return the same desks, our own with other settings; what was compiled is kept."""
        return Desks(own, dict(self._compiled))

    @property
    def store(self) -> Store:
        """The store, as our own desk sees it."""
        return self.own.store

    def row(self, feed: model.Feed) -> str:
        """Return the name of the row of one of our own feeds."""
        mine = self._called.get(self.store.desk, {})
        return next((row for row, known in mine.items() if known.name == feed.name), feed.name)

    def feed(self, row: str) -> model.Feed | None:
        """Return the settings with which a feed is read."""
        return self.feeds.get(row)

    def as_called(self, feed: model.Feed) -> model.Feed:
        """Return a feed, named by its row until here, as our own desk calls it."""
        name = self.name_of(feed.name)
        return feed if name == feed.name else replace(feed, name=name)

    def name_of(self, row: str) -> str:
        """Return what our own desk calls the feed of a row."""
        return self._names.get(row, row)

    # ---- what is published

    def publish(self, db: Connection, machine: str, now: datetime) -> dict[str, KnownFeed]:
        """Publish what our own desk has in force; return all feeds that are known, by row.

        Args:
            machine: this one.
        """
        files = self.own.own_files
        feeds = tuple(self.own.feeds.values())
        keep = self.own.config.monitor.keep_days
        digest = _hash(files, feeds, keep, monitor.__version__)
        if published_desks.digests(db).get(self.store.desk) != digest:
            states = desk_feeds.register(db, feeds, now)
            published_desks.publish(
                db,
                PublishedDesk(
                    self.store.desk, files, digest, monitor.__version__, machine, keep, now
                ),
            )
        else:
            states = feed_store.known(db)
        self.refresh(db)
        if not self.feeds.keys() <= states.keys():  # the store was mended by hand
            states = desk_feeds.register(db, feeds, now)
            self._read(db)
        return states

    def refresh(self, db: Connection) -> bool:
        """Take over what was published since the last time; tell whether anything was."""
        found = published_desks.digests(db)
        if found == self._digests:
            return False
        self._read(db)
        self._digests = found
        return True

    def _read(self, db: Connection) -> None:
        wanted = desk_feeds.wanted(db, self.own.feeds)
        called: dict[str, dict[str, model.Feed]] = {}
        for wish in wanted:
            called.setdefault(wish.desk, {})[wish.row] = wish.settings
        names = desk_feeds.called(db)
        with self._changing:
            self._called, self._names = called, names
            self.feeds, self.elsewhere = union(self.store.desk, self.own.feeds, wanted)
            self._published, self._rules = published_desks.everyone(db), None
        mine = self._called.get(self.store.desk, {}).values()
        if unread := self.own.feeds.keys() - {feed.name for feed in mine}:
            self._tell_of_unread(sorted(unread))

    def _tell_of_unread(self, names: Sequence[str]) -> None:
        by = next((one.machine for one in self._published if one.name == self.store.desk), "")
        log.warning(
            "no longer read of this config.toml: %s, since %s has published other feeds for this "
            "desk; a reload here puts these in force, and another desk needs a name of its own "
            '(desk = "…" under [monitor])',
            names[0] if len(names) == 1 else f"{names[0]} and {len(names) - 1} more",
            by,
        )

    # ---- judging

    @property
    def rules(self) -> RulesOfDesks:
        """The rules in force, compiled when they are first needed."""
        with self._changing:
            if self._rules is None:
                known = {one.name: self._rules_of(one) for one in self._published}
                self._compiled = {
                    one.files: self._compiled[one.files]
                    for one in self._published
                    if one.files in self._compiled
                }
                known.setdefault(self.store.desk, self.own.rulebook)
                rules = dict(sorted(known.items()))
                self._rules = RulesOfDesks(rules, self._called, self.feeds)
            return self._rules

    def rule_files(self, rows: Collection[str]) -> RuleFiles:
        """Return the rules in force with what is to be known of some feeds, by their rows."""
        with self._changing:
            files = {self.store.desk: self.own.own_files}
            files |= {one.name: one.files for one in self._published}
            called = {
                desk: {row: feeds[row] for row in rows if row in feeds}
                for desk, feeds in self._called.items()
            }
            feeds = {row: self.feeds[row] for row in rows if row in self.feeds}
        return RuleFiles(dict(sorted(files.items())), called, feeds)

    def _rules_of(self, one: PublishedDesk) -> watch.Rulebook | str:
        if one.files == self.own.own_files:
            return self.own.rulebook
        if one.files not in self._compiled:
            self._compiled[one.files] = _compile(one)
        rules = self._compiled[one.files]
        if one.name != self.store.desk:
            return rules
        if isinstance(rules, str):
            return self.own.rulebook
        log.warning(
            "the rules of this desk are from now on those that %s has published, which are not "
            "those of this machine; a reload here puts these in force",
            one.machine,
        )
        self.own.take_rules(rules)
        return rules

    def judge(self, text: model.Article, row: str, seen: datetime) -> Judged:
        """Return what the rules of all desks say of a text."""
        (found,) = self.rules.judge([(text, row, seen)])
        return found

    def judge_own(self, stored: Sequence[StoredArticle]) -> list[Judged]:
        """Return what the rules of our own desk alone say of articles."""
        own = RulesOfDesks({self.store.desk: self.own.rulebook}, self._called, self.feeds)
        return own.judge((one.text, one.feed, one.first_seen) for one in stored)


def union(
    own: str, feeds: Mapping[str, model.Feed], wanted: Sequence[WantedFeed]
) -> tuple[dict[str, model.Feed], frozenset[str]]:
    """Return the feeds that a machine may read, by row, and the rows that only others can read.

    Args:
        own: the desk of the machine.
        feeds: that desk's own, which alone hold passwords.
        wanted: what all desks have published.
    """
    read: dict[str, model.Feed] = {}
    for wish in sorted(wanted, key=lambda one: (one.desk != own, one.desk)):
        if wish.desk == own and wish.settings.name in feeds:
            settings = feeds[wish.settings.name]
        elif wish.own:
            continue
        else:
            settings = wish.settings
        settings = replace(settings, name=wish.row)
        before = read.get(wish.row)
        read[wish.row] = settings if before is None else _widest(before, settings)
    return read, frozenset(wish.row for wish in wanted) - read.keys()


def _widest(one: model.Feed, other: model.Feed) -> model.Feed:
    """Return a feed that is read as often and as widely as two desks ask."""
    return replace(
        one,
        every=min(one.every, other.every),
        pages=max(one.pages, other.pages, key=_WIDTH.index),
        max_items=max(one.max_items, other.max_items),
        vantage=one.vantage or other.vantage,
    )


def _compile(one: PublishedDesk) -> watch.Rulebook | str:
    try:
        return watch.load_texts(one.files)
    except ConfigError as error:
        why = (
            f'the rules of desk "{one.name or "main"}" that {one.machine} published (version '
            f"{one.version}) cannot be read by version {monitor.__version__}: "
            f"{one_line(str(error))}"
        )
        log.warning("%s; its own machines judge for it", why)
        return why


def _hash(*parts: object) -> str:
    return hashlib.blake2b(repr(parts).encode(), digest_size=16).hexdigest()
