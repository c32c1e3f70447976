"""The steps of the pipeline: read a feed, open entries, read a page, write down what was done.

The stages behind the feeds (articles, watch, stories) are imported when the first entry needs them:
a poll in which nothing is new should cost little more than its requests.
"""

import asyncio
import random
from collections.abc import Callable, Collection, Iterable, Mapping
from datetime import timedelta

from monitor import model, shortage
from monitor.desk import Desk
from monitor.errors import MonitorError
from monitor.pipeline import roles
from monitor.pipeline.desks import Desks
from monitor.pipeline.event_log import EventLog
from monitor.pipeline.feeds_in_force import FeedsInForce
from monitor.pipeline.filer import Filer
from monitor.pipeline.host_claims import HostClaims
from monitor.pipeline.intake import Reading
from monitor.pipeline.membership import Membership
from monitor.pipeline.page_queue import PageQueue
from monitor.pipeline.poll_feed import Clock, read_feed
from monitor.pipeline.roles import Roles
from monitor.pipeline.round_log import Report, RoundLog
from monitor.pipeline.tools import Tools
from monitor.store import codec, page_work, rounds, waiting_pages
from monitor.store import feeds as feed_store
from monitor.store.feeds import KnownFeed
from monitor.store.page_work import DuePage

_PAGES = 200  # that are due and looked at together
_PAGES_SEEN = 2000  # likewise, of all hosts where other machines ask some of them
_FILED_BY = timedelta(minutes=10)  # until a page is read again that nobody has filed


class Pipeline:
    """The stages in their order; see `open_pipeline`.

    Args:
        desks: opened and published; ours is `desk`.
        tools: opened.
        known: what is known of every feed, by row.
        clock: the time of day, the same on all machines.
        member: this process among the machines.
        hosts: those that it may ask.
    """

    def __init__(
        self,
        desks: Desks,
        tools: Tools,
        known: dict[str, KnownFeed],
        clock: Clock,
        member: Membership,
        hosts: HostClaims,
    ) -> None:
        self.desks, self.clock, self.member = desks, clock, member
        self._tools, self._hosts = tools, hosts
        self._adopted: Mapping[str, model.Feed] = desks.feeds
        self.feeds = FeedsInForce(self._adopted, known, member, hosts)
        self.roles = Roles(desks.store, member)
        self.filer, self.pages = Filer(desks, clock, tools.ahead), PageQueue(member, hosts)
        self._log = RoundLog(clock())
        self._events = EventLog()

    @property
    def desk(self) -> Desk:
        """The desk of this process, with the settings in force."""
        return self.desks.own

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
        await self._heed_desks()
        await self._hosts.share_out(self.feeds.sites(), self.pages.hosts)
        names = [roles.FILING]
        if self.member.kind == "daemon":
            digests = [table.name for table in self.desk.config.digest]
            names = roles.all_of(digests, self.desk.store.desk)
        await self.roles.give([role for role in self.roles.held if role not in names])
        if roles.FILING in await self.roles.take(names):
            self.filer.recent.reload()  # another machine may have filed since it was loaded

    async def refresh(self, hosts: Collection[str]) -> None:
        """Read again what is remembered of the feeds of hosts that others asked until now."""
        feeds = self.feeds.at(hosts)
        if not feeds:
            return

        def read() -> dict[str, KnownFeed]:
            with self.desk.store.read() as db:
                return feed_store.known(db)

        known = await asyncio.to_thread(read)
        for name in feeds:
            if name in known:
                self.feeds[name] = known[name]

    async def _heed_desks(self) -> None:
        """Read from now on what other desks want to be read."""
        desks = self.desks

        def look() -> tuple[Mapping[str, model.Feed], dict[str, KnownFeed]]:
            with desks.store.read() as db:
                desks.refresh(db)  # who files may have done so before us
                feeds = desks.feeds
                return feeds, {} if feeds is self._adopted else feed_store.known(db)

        feeds, known = await asyncio.to_thread(look)
        if known and self.desks is desks:
            self._go_on_with(desks, feeds, known)

    def _go_on_with(
        self,
        desks: Desks,
        feeds: Mapping[str, model.Feed],
        known: dict[str, KnownFeed],
    ) -> None:
        """Read these feeds from now on; what we know of one is newer than what the store said."""
        for name, feed in feeds.items():
            if name in self._adopted and self._adopted[name].url == feed.url:
                known[name] = self.feeds[name]
        self.desks, self.filer.desks, self._adopted = desks, desks, feeds
        self.feeds.adopt(feeds, known)

    def _publish(self, desks: Desks) -> dict[str, KnownFeed]:
        with desks.store.write() as db:
            return desks.publish(db, self.member.name, self.clock())

    async def adopt(self, desk: Desk) -> None:
        """Go on with other settings and rules on the same store; what is in hand ends as begun.

        Raises StoreError, and nothing was adopted then.
        """
        old = self.desks
        desk.work_on(old.store)
        desks = old.with_own(desk)
        known = await asyncio.to_thread(self._publish, desks)
        self._go_on_with(desks, desks.feeds, known)

    @property
    def at_once(self) -> int:
        """How many feeds (or pages) to have in hand: those in flight, and some more that wait.

        They wait for their host or for being taken in. Without a bound ten thousand answers would
        be held in memory; with a narrow one the feeds of a slow host would hold up all others.
        """
        return 5 * self.desk.config.monitor.in_flight

    def as_read(self, feeds: Iterable[model.Feed]) -> list[model.Feed]:
        """Return feeds of our desk as they are read for all desks."""
        found = (self.desks.feed(self.desks.row(feed)) for feed in feeds)
        return [feed for feed in found if feed is not None]

    async def read(self, feed: model.Feed) -> Reading:
        """Read one feed and store what it said."""
        known = self.feeds[feed.name]
        reading, after = await read_feed(
            self._tools,
            self.desks.as_called(feed),
            known,
            clock=self.clock,
            jitter=random.random(),
        )
        now_known = self.desks.feeds.get(feed.name)
        if now_known is None or now_known.url == feed.url:
            self.feeds[feed.name] = KnownFeed(known.id, after)
        else:  # it was moved by a reload meanwhile: what its old url said is not kept
            forgotten = model.FeedState(distrust_guid=after.distrust_guid)
            await asyncio.to_thread(self._save, known.id, forgotten)
            self.feeds[feed.name] = KnownFeed(known.id, forgotten)
        self._log.readings.append(reading)
        self._events.add(reading, self.feeds.count())
        return reading

    def _save(self, feed_id: int, state: model.FeedState) -> None:
        with self.desk.store.write() as db:
            feed_store.save(db, {feed_id: state})

    async def settle(self) -> None:
        """Store what was put by of the feeds' clocks; raises StoreError."""
        await self._tools.intake.settle()

    async def pages_due(self) -> list[DuePage]:
        """Return articles whose page this machine should ask for now."""
        most = _PAGES if self.member.alone else _PAGES_SEEN

        def query() -> list[DuePage]:
            with self.desk.store.read() as db:
                return page_work.pages_due(db, self.clock(), most)

        due = await asyncio.to_thread(query)
        found = await self.pages.ours(
            [page for page in due if page.feed not in self.desks.elsewhere], self.desks.feeds
        )
        return found[:_PAGES]

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
            found = await fetch_page(self.desks, self._tools, stored, told)
        except MonitorError:
            raise
        except Exception as error:
            if (short := shortage.of(error)) is not None:
                raise short from error
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
        return await self._counted(self.filer.open_entries)

    async def file_waiting(self) -> int:
        """Work on what other machines brought; return the number of flags raised."""
        return await self._counted(self.filer.file_waiting)

    async def judge_left(self) -> int:
        """Judge for our own desk what others could not; return the number of flags raised."""
        return await self._counted(self.filer.judge_left)

    async def _counted(self, work: Callable[[], int]) -> int:
        """Do work that blocks, and count the flags that it raised for the round."""
        raised = await asyncio.to_thread(work)
        self._log.flagged += raised
        return raised

    def begin_round(self, feeds: Iterable[model.Feed]) -> None:
        """Count from now on what is done in a round of these feeds, and prepare for much."""
        self._log.started = self.clock()
        new = sum(self.feeds[feed.name].state.ok_at is None for feed in feeds)
        if self.files:
            self._tools.ahead.prepare(self.desks.rule_files(()), new)

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
