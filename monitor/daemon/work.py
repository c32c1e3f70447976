"""What a daemon does in its jobs: feeds and pages by the conductor, and what it has a role for.

Each role (filing, a digest, alerts, upkeep) is one machine's at a time; the jobs of a machine that
does not have it find that out and do nothing.
"""

import asyncio
import logging
import time
from collections.abc import Awaitable
from datetime import timedelta

from monitor import model
from monitor.daemon.failures import Guard
from monitor.daemon.heartbeat import Bulletin
from monitor.daemon.histogram import Histogram
from monitor.errors import StoreError
from monitor.pipeline import (
    Conductor,
    Pipeline,
    Reading,
    make_digests,
    post_outbox,
    raise_alerts,
    roles,
)
from monitor.store import (
    claims,
    machines,
    outbox,
    published_desks,
    recovery,
    retention,
    robots_files,
    search_index,
)

log = logging.getLogger(__name__)

_UNSAVED = timedelta(seconds=5)  # until a feed is asked again whose answer could not be stored
_PAGES_REST = 5.0  # seconds between two looks for pages while nothing is found or filed
_GATHER = 1.0  # seconds; alerts are looked for every five
_OWN_ENTRIES = 30.0  # seconds between two looks for entries that our own reading left behind
_UNCLAIMED = timedelta(days=2)  # how long what is known of a host is kept that nobody asks
_GONE = timedelta(days=30)  # how long a machine is remembered


class Work:
    """The jobs' work.

    Args:
        pipeline: opened.
        guard: sees to what fails.
        about: where it is counted.
    """

    def __init__(self, pipeline: Pipeline, guard: Guard, about: Bulletin) -> None:
        self._pipeline, self._guard, self._about = pipeline, guard, about
        self.conductor = Conductor(pipeline, self, gather=_GATHER)
        self.timed = {"feed": Histogram(), "page": Histogram()}
        self.came_round = dict.fromkeys(("feeds", "pages"), time.monotonic())
        self._digesting = asyncio.Lock()
        self._sending: set[str] = set()  # what the outbox is busy with
        self._unanswered = 0  # requests in a row that no server answered
        self._looked = time.monotonic()  # for entries that were left behind
        self._pages_from = 0.0  # when there may be pages to ask for

    # ---- what the conductor tells (`pipeline.conductor.Audience`)

    async def guard(self, what: str, work: Awaitable[None]) -> bool:
        """Do a piece of work; tell whether it was done."""
        return await self._guard.run(what, work)

    def feed_read(self, feed: model.Feed, reading: Reading, seconds: float) -> None:
        """A feed was read: count it, and have its entries opened."""
        self.timed["feed"].add(seconds)
        self._hear(reading)
        self.count("feeds_read" if not reading.error else "feeds_failed")
        self.count("entries_new", reading.new)
        if reading.new:
            self._guard.begin("entries", self.conductor.open_entries())

    def feed_unsaved(self, feed: model.Feed) -> None:
        """What a feed said could not be stored: ask it again, but not at once."""
        if feed.name in self._pipeline.desks.feeds:
            self._pipeline.feeds.put_off(feed, self._pipeline.clock() + max(_UNSAVED, feed.every))

    def page_read(self, seconds: float, flags: int) -> None:
        """A page was read."""
        self._pages_from = 0.0
        self.timed["page"].add(seconds)
        self.count("pages_read")
        self.count("flags_raised", flags)

    def flags_raised(self, flags: int) -> None:
        """Entries were opened or judged."""
        self._pages_from = 0.0
        self.count("flags_raised", flags)

    def count(self, what: str, number: int = 1) -> None:
        """Add to a counter of this process."""
        self._about.counters[what] = self._about.counters.get(what, 0) + number

    def _hear(self, reading: Reading) -> None:
        """Tell a network that was away from feeds that fail: then all of them are asked again.

        They were put off as if each had failed by itself, some for hours.
        """
        if reading.reached is None:
            return
        if not reading.reached:
            self._unanswered += 1
            return
        if self._unanswered >= max(2, self._pipeline.feeds.count()):
            log.info("the network is back after %d requests in vain", self._unanswered)
            self._pipeline.feeds.hurry(self._pipeline.clock())
        self._unanswered = 0

    # ---- jobs

    async def read_due_feeds(self) -> None:
        """Begin to read the feeds whose time has come."""
        self.came_round["feeds"] = time.monotonic()
        if not self._guard.idle:
            self.conductor.begin_feeds(self._pipeline.feeds.due(self._pipeline.clock()))

    async def read_due_pages(self) -> None:
        """Begin to read the pages whose time has come."""
        now = time.monotonic()
        if self._guard.idle or not self.conductor.pages.room or now < self._pages_from:
            self.came_round["pages"] = now
            return
        if self._pipeline.member.alone:  # else others may file what is for us to ask for
            self._pages_from = now + _PAGES_REST  # unless something is found or filed meanwhile
        (asked,), _ = await asyncio.wait({self._guard.begin("pages", self._begin_pages())})
        if not asked.cancelled() and asked.result():
            self.came_round["pages"] = time.monotonic()

    async def _begin_pages(self) -> None:
        if pages := await self._pipeline.pages_due():
            self._pages_from = 0.0
            self.conductor.begin_pages(pages)

    async def open_left_entries(self) -> None:
        """File what was left behind, and what other machines have read."""
        late = time.monotonic() - self._looked >= _OWN_ENTRIES
        if late or self._pipeline.member.others:
            self._looked = time.monotonic()
            await self.conductor.file_waiting()

    async def send_digest(self, name: str) -> None:
        """Make a digest whose time has come."""
        desk, now = self._pipeline.desk, self._pipeline.clock()
        if not self._pipeline.roles.has(roles.digest(name, desk.store.desk)):
            return

        def make() -> None:
            table = desk.config.digest_named(name)
            if (due := make_digests.due_digest(desk, table, now)) is not None:
                made = make_digests.send_digest(desk, table, due, now)
                log.info("digest %s made%s", name, "" if made else " (empty, not sent)")

        async with self._digesting:  # its turn and the look for missed ones may come together
            await asyncio.to_thread(make)
        await self.begin_to_post()

    async def alert(self) -> None:
        """Tell at once what cannot wait."""
        desk, now = self._pipeline.desk, self._pipeline.clock()
        if self._pipeline.roles.has(roles.alerts(desk.store.desk)):
            self.count("alerts_made", await asyncio.to_thread(raise_alerts.send_alerts, desk, now))

    async def _post(self) -> None:
        desk, member = self._pipeline.desk, self._pipeline.member
        by = outbox.Claimant(machine=member.name)
        await post_outbox.post(desk, self._pipeline.clock(), by=by, in_hand=self._sending)

    async def begin_to_post(self) -> None:
        """Post without waiting for the end: other targets must not wait for one that stalls."""
        if not self._guard.idle:
            self._guard.begin("outbox", self._post())

    async def settle(self) -> None:
        """Store the clocks of the feeds that had nothing new."""
        await self._pipeline.settle()

    async def log_round(self) -> None:
        """Write down what was done since the last time, if anything was."""
        if self._pipeline.round_is_due():
            await self._pipeline.log_round()

    async def index(self) -> None:
        """Bring what was stored before there was an index into it, without holding up others."""
        if not self._pipeline.roles.has(roles.UPKEEP):
            return
        store = self._pipeline.desk.store

        def some() -> int:
            with store.read() as db:
                if not search_index.left(db):
                    return 0
            with store.write() as db:
                return search_index.catch_up(db)

        while await asyncio.to_thread(some):
            pass

    async def write_searches(self) -> None:
        """Bring the files of saved searches up to date; each machine writes its own."""
        desk = self._pipeline.desk
        if any(table.to for table in desk.config.search):
            from monitor.pipeline.write_searches import write_searches

            await asyncio.to_thread(write_searches, desk, self._pipeline.clock())

    async def forget(self) -> None:
        """Forget what is old."""
        await asyncio.to_thread(self._pipeline.filer.expire)
        if not self._pipeline.roles.has(roles.UPKEEP):
            return
        desk, now = self._pipeline.desk, self._pipeline.clock()
        with desk.store.read() as db:
            days = published_desks.longest_keep(db, desk.config.monitor.keep_days)
        gone = await asyncio.to_thread(retention.forget, desk.store, now, timedelta(days=days))

        def tidy() -> None:
            with desk.store.write() as db:
                at = machines.now(db)
                claims.forget(db, at - _UNCLAIMED)
                robots_files.forget(db, at)
                machines.forget_old(db, at - _GONE)

        await asyncio.to_thread(tidy)
        if gone:
            log.info("forgotten: %s", gone)

    async def mend_times(self) -> None:
        """End waits that a wrong clock has written down."""

        def mend() -> None:
            with self._pipeline.desk.store.write() as db:
                recovery.mend_times(db, self._pipeline.clock())

        await asyncio.to_thread(mend)

    async def claim(self) -> None:
        """Take what there is to do, as after each renewal of the lease."""
        try:
            await self._pipeline.share_out()
        except StoreError as error:
            log.debug("claims could not be looked after: %s", error)
