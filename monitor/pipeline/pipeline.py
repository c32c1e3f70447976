"""The steps of the corridor: read a feed, open entries, read a page, write down what was done.

The crafts behind the feeds (articles, watch, stories) are imported when the first entry needs them:
a poll in which nothing is new should cost little more than its requests.
"""

import asyncio
import dataclasses
import logging
import random
from collections.abc import Collection
from datetime import UTC, datetime, timedelta

from monitor import model
from monitor.errors import MonitorError
from monitor.pipeline import roles, share
from monitor.pipeline.batch_writer import Intake, Reading
from monitor.pipeline.event_log import EventLog
from monitor.pipeline.filer import Filer
from monitor.pipeline.host_claims import HostClaims
from monitor.pipeline.membership import Membership
from monitor.pipeline.page_queue import PageQueue
from monitor.pipeline.poll_feed import Clock, read_feed
from monitor.pipeline.roles import Roles
from monitor.pipeline.round_log import Report, RoundLog
from monitor.store import codec, page_work, rounds, waiting_pages
from monitor.store import feeds as feed_store
from monitor.store.page_work import DuePage
from monitor.web import Client, host_or_none
from monitor.workers import Workers
from monitor.workspace import Desk

log = logging.getLogger(__name__)

_ENTRIES_AT_ONCE = 100
PAGES_AT_ONCE = 200
_PAGES_SEEN = 2000  # of all hosts, where other machines ask some of them
_CLOCK_SLACK = timedelta(minutes=1)
_FILED_BY = timedelta(minutes=10)  # until a page is read again that nobody has filed


class Pipeline:
    """The crafts in their order; see `open_pipeline`.

    Args:
        states: id and state of every feed, by name.
        clock: the time of day, the same on all machines.
        member: this process among the machines.
        hosts: those that it may ask.
    """

    def __init__(
        self,
        desk: Desk,
        client: Client,
        workers: Workers,
        intake: Intake,
        states: dict[str, tuple[int, model.FeedState]],
        clock: Clock,
        member: Membership,
        hosts: HostClaims,
    ) -> None:
        self.desk, self.clock, self.member = desk, clock, member
        self._client, self._workers, self._intake = client, workers, intake
        self._states, self._hosts = states, hosts
        self.roles = Roles(desk.store, member)
        self.filer, self.pages = Filer(desk, clock), PageQueue(member, hosts)
        self._log = RoundLog(clock())
        self._events = EventLog()

    # ---- what this machine has of the work

    @property
    def files(self) -> bool:
        """Whether it is this machine that files."""
        return self.roles.has(roles.FILING)

    async def share_out(self) -> None:
        """Take our share of hosts and roles, and give up what others should have.

        Raises:
            StoreError: the claims cannot be written.
        """
        sites = share.sites(self.desk.feeds.values(), _host)
        await self._hosts.share_out(sites, self.pages.hosts)
        names = [roles.FILING]
        if self.member.kind == "daemon":
            names = roles.all_of(table.name for table in self.desk.config.digest)
        await self.roles.give([role for role in self.roles.held if role not in names])
        if roles.FILING in await self.roles.take(names):
            self.filer.reload_window()  # another machine may have filed since it was loaded

    async def refresh(self, hosts: Collection[str]) -> None:
        """Read again what is remembered of the feeds of hosts that others asked until now."""
        feeds = [feed.name for feed in self.desk.feeds.values() if _host(feed) in hosts]
        if not feeds:
            return

        def read() -> dict[str, tuple[int, model.FeedState]]:
            with self.desk.store.read() as db:
                return feed_store.known(db)

        known = await asyncio.to_thread(read)
        self._states.update({name: known[name] for name in feeds if name in known})

    def _register(self, desk: Desk) -> dict[str, tuple[int, model.FeedState]]:
        with self.desk.store.write() as db:
            return feed_store.register(db, tuple(desk.feeds.values()), self.clock())

    async def adopt(self, desk: Desk) -> None:
        """Go on with other settings and rules on the same store; what is in hand ends as begun.

        Raises StoreError, and nothing was adopted then.
        """
        states = await asyncio.to_thread(self._register, desk)
        old = self.desk
        desk.work_on(old.store)
        for name, feed in desk.feeds.items():
            # What we know of a feed is newer than what the store said a moment ago.
            if name in self._states and name in old.feeds and old.feeds[name].url == feed.url:
                states[name] = self._states[name]
        self.desk, self.filer.desk, self._states = desk, desk, states

    @property
    def at_once(self) -> int:
        """How many feeds (or pages) to have in hand: those in flight, and some more that wait.

        They wait for their host or for being taken in. Without a bound ten thousand answers would
        be held in memory; with a narrow one the feeds of a slow host would hold up all others.
        """
        return 5 * self.desk.config.monitor.in_flight

    def next_due(self) -> datetime | None:
        """Return when our next feed is due, None without feeds or when one was never read."""
        dues = [self._states[feed.name][1].due for feed in self.own_feeds()]
        known = [due for due in dues if due is not None]
        return min(known) if known and len(known) == len(dues) else None

    def hurry(self, now: datetime) -> None:
        """Let the feeds that got no answer at all be due now; the network was away."""
        for name, (feed_id, state) in self._states.items():
            if state.failures and not state.status and state.ok_at is not None:
                self._states[name] = (feed_id, dataclasses.replace(state, due=now))

    def put_off(self, feed: model.Feed, until: datetime) -> None:
        """Let a feed wait, without storing it: its state could not be saved."""
        feed_id, state = self._states[feed.name]
        self._states[feed.name] = (feed_id, dataclasses.replace(state, due=until))

    def due(self, now: datetime) -> list[model.Feed]:
        """Return the feeds of this machine whose time has come, longest overdue first.

        A feed that was last read in the future was read under a wrong clock, and is due now.
        """
        never = datetime.min.replace(tzinfo=UTC)
        wrong = now + _CLOCK_SLACK

        def when(feed: model.Feed) -> datetime:
            state = self._states[feed.name][1]
            if state.polled_at is not None and state.polled_at > wrong:
                return never
            return state.due or never

        waiting = (feed for feed in self.desk.feeds.values() if when(feed) <= now)
        return sorted(filter(self._is_ours, waiting), key=when)

    def own_feeds(self) -> list[model.Feed]:
        """Return the feeds that it is for this machine to read."""
        return list(filter(self._is_ours, self.desk.feeds.values()))

    def may_read(self, feed: model.Feed) -> bool:
        """Tell whether a feed may be read from where this machine stands."""
        return share.readable(feed, self.member.vantage)

    def _is_ours(self, feed: model.Feed) -> bool:
        host = _host(feed)
        return share.readable(feed, self.member.vantage) and (
            not host or self._hosts.holds(host)  # a url that leads nowhere is to be told
        )

    async def read(self, feed: model.Feed) -> Reading:
        """Read one feed and store what it said."""
        feed_id, state = self._states[feed.name]
        reading, after = await read_feed(
            self._client,
            self._intake,
            self._workers,
            feed,
            feed_id,
            state,
            clock=self.clock,
            jitter=random.random(),
        )
        now_known = self.desk.feeds.get(feed.name)
        if now_known is None or now_known.url == feed.url:
            self._states[feed.name] = (feed_id, after)
        else:  # it was moved by a reload meanwhile: what its old url said is not kept
            forgotten = model.FeedState(distrust_guid=after.distrust_guid)
            await asyncio.to_thread(self._save, feed_id, forgotten)
            self._states[feed.name] = (feed_id, forgotten)
        self._log.readings.append(reading)
        self._events.add(reading, len(self.own_feeds()))
        return reading

    def _save(self, feed_id: int, state: model.FeedState) -> None:
        with self.desk.store.write() as db:
            feed_store.save(db, {feed_id: state})

    async def pages_due(self) -> list[DuePage]:
        """Return articles whose page this machine should ask for now."""
        most = PAGES_AT_ONCE if self.member.alone else _PAGES_SEEN

        def query() -> list[DuePage]:
            with self.desk.store.read() as db:
                return page_work.pages_due(db, self.clock(), most)

        found = await self.pages.ours(await asyncio.to_thread(query), self.desk.feeds)
        return found[:PAGES_AT_ONCE]

    async def read_page(self, due: DuePage) -> int:
        """Fetch one page and file it, or leave that to who files; return the flags raised.

        Raises:
            HostElsewhere: another machine asks its host.
        """
        from monitor.pipeline.read_pages import fetch_page, with_told

        stored, told = await asyncio.to_thread(with_told, self.desk, due.id)
        if stored is None:
            return 0
        try:
            found = await fetch_page(self.desk, self._client, self._workers, stored, told)
        except MonitorError:
            raise
        except Exception as error:
            raised = await asyncio.to_thread(self.filer.leave_page, stored, error)
        else:
            if self.files:
                raised = await asyncio.to_thread(self.filer.file_page, stored, found)
            else:
                raised = 0
                await asyncio.to_thread(self._let_wait, stored.id, codec.dump(found))
        self._log.pages += 1
        self._log.flagged += raised
        return raised

    def _let_wait(self, article_id: int, data: str) -> None:
        now = self.clock()
        with self.desk.store.write() as db:
            waiting_pages.put(db, article_id, data, now, again=now + _FILED_BY)

    async def open_entries(self) -> int:
        """Turn stored entries into articles; return the number of flags raised."""
        raised = await asyncio.to_thread(self.filer.open_entries)
        self._log.flagged += raised
        return raised

    async def file_waiting(self) -> int:
        """Work on what other machines brought; return the number of flags raised."""
        raised = await asyncio.to_thread(self.filer.file_waiting)
        self._log.flagged += raised
        return raised

    def begin_round(self) -> None:
        """Count from now on what is done in a round."""
        self._log.started = self.clock()

    def end_of_feeds(self) -> None:
        """Say what was held back in case that the network was away: no more feeds come."""
        self._events.flush()

    def round_is_due(self) -> bool:
        """Look whether there is something to write down of what was done since the last time."""
        return self._log.is_due(self.clock())

    async def log_round(self) -> Report:
        """Write down what was done since the last time, and return it."""
        done, now = self._log, self.clock()
        done.left, self.filer.left = self.filer.left, 0
        self._log, report = RoundLog(now), done.report()

        def write() -> None:
            with self.desk.store.write() as db:
                rounds.add(db, done.started, now, report.to_json())

        await asyncio.to_thread(write)
        return report


def _host(feed: model.Feed) -> str:
    return host_or_none(feed.url) or ""
