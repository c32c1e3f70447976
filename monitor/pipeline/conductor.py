"""Which step of the pipeline is begun when, for one round as for a daemon.

Feeds and pages are in hand many at once, each once. Entries are opened by one at a time; who comes
while they are being opened waits for the next turn, and a third need not, since that turn finds its
entries as well. While other feeds answer, a turn may be put off by a moment, so that what they
bring is filed in one transaction; one of its own costs an entry more than its article does.

On a machine that does not file, entries and pages wait in the store for the one that does; there
`file_waiting` looks for what the others brought.
"""

import asyncio
import logging
import math
from collections import deque
from collections.abc import Awaitable, Iterable, Sequence
from datetime import timedelta
from itertools import islice
from typing import Protocol

from msgspec import structs

from monitor import model
from monitor.errors import HostElsewhere
from monitor.pipeline.in_hand import InHand
from monitor.pipeline.intake import Reading
from monitor.pipeline.pipeline import Pipeline
from monitor.pipeline.round_log import Report
from monitor.progress import Progress, silent
from monitor.store.page_work import DuePage

log = logging.getLogger(__name__)

PAGES_AT_ONCE = 50
_ELSEWHERE = timedelta(seconds=5)  # until a host that another machine asks is tried again
_UNFILED = 60.0  # seconds until a page is asked for again of which nothing could be stored


class Audience(Protocol):
    """Who hears what came of the work, and sees to what goes wrong with it."""

    async def guard(self, what: str, work: Awaitable[None]) -> bool:
        """Do a piece of work; tell whether it was done."""

    def feed_read(self, feed: model.Feed, reading: Reading, seconds: float) -> None:
        """A feed was read."""

    def feed_unsaved(self, feed: model.Feed) -> None:
        """What a feed said could not be stored."""

    def page_read(self, seconds: float, flags: int) -> None:
        """A page was read."""

    def flags_raised(self, flags: int) -> None:
        """Entries were opened or judged; so many flags came of it."""


class Quiet:
    """Nobody needs to hear anything, and whatever goes wrong ends the work."""

    async def guard(self, _what: str, work: Awaitable[None]) -> bool:
        """Do it."""
        await work
        return True

    def feed_read(self, feed: model.Feed, reading: Reading, seconds: float) -> None:
        """Do nothing."""

    def feed_unsaved(self, feed: model.Feed) -> None:
        """Do nothing."""

    def page_read(self, seconds: float, flags: int) -> None:
        """Do nothing."""

    def flags_raised(self, flags: int) -> None:
        """Do nothing."""


class Conductor:
    """Begins the steps of a pipeline.

    Args:
        pipeline: whose steps.
        audience: who hears of them.
        pages: at once.
        gather: seconds between two openings of entries, as long as feeds are in hand.
    """

    def __init__(
        self,
        pipeline: Pipeline,
        audience: Audience | None = None,
        pages: int = PAGES_AT_ONCE,
        gather: float = 0.0,
    ) -> None:
        self._pipeline = pipeline
        self._audience: Audience = audience or Quiet()
        self.feeds: InHand[str] = InHand(pipeline.at_once)
        self.pages: InHand[int] = InHand(pages)
        self.elsewhere: dict[str, str] = {}  # feeds whose host another machine asks, and why
        self._opening = asyncio.Lock()
        self._open_next = False  # an opening of entries waits for its turn
        self._gather, self._opened = gather, -math.inf  # when the last one began

    def begin_feeds(self, feeds: Iterable[model.Feed]) -> int:
        """Begin to read feeds as far as there is room; return how many were taken in hand."""
        self.feeds.most = self._pipeline.at_once
        begun = 0
        for feed in feeds:
            if not self.feeds.room:
                break
            if feed.name not in self.feeds:
                self.feeds.begin(feed.name, self._read_feed(feed))
                begun += 1
        return begun

    def begin_pages(self, pages: Iterable[DuePage]) -> None:
        """Begin to read pages as far as there is room."""
        for due in pages:
            if not self.pages.room:
                break
            if due.id not in self.pages:
                self.pages.begin(due.id, self._read_page(due))

    async def open_entries(self) -> None:
        """Turn stored entries into articles, if it is this machine that files."""
        if self._open_next or not self._pipeline.files:
            return
        self._open_next = True
        try:
            await self._gathered()
            await self._opening.acquire()
        finally:
            self._open_next = False
        try:
            self._opened = asyncio.get_running_loop().time()
            self._audience.flags_raised(await self._pipeline.open_entries())
        finally:
            self._opening.release()

    async def _gathered(self) -> None:
        """Return when it is time for an opening: at once, unless one has just been and feeds are
        in hand that may bring more.
        """
        now = asyncio.get_running_loop().time
        while (left := self._opened + self._gather - now()) > 0:
            asking = [task for task in self.feeds.tasks if not task.done()]
            if not asking:
                return
            await asyncio.wait(asking, timeout=left)

    async def file_waiting(self) -> None:
        """File what other machines have read, if it is this machine that files.

        What another could not judge for our desk is judged here in any case.
        """
        if self._pipeline.files:
            async with self._opening:
                self._audience.flags_raised(await self._pipeline.file_waiting())
        self._audience.flags_raised(await self._pipeline.judge_left())

    async def cancel(self) -> None:
        """End what is in hand now; it is begun again when it is due."""
        await self.feeds.cancel()
        await self.pages.cancel()

    async def _read_feed(self, feed: model.Feed) -> None:
        start = asyncio.get_running_loop().time()
        name = self._pipeline.desks.name_of(feed.name)

        async def read() -> None:
            try:
                reading = await self._pipeline.read(feed)
            except HostElsewhere as error:
                log.debug("feed %s: %s", name, error)
                self.elsewhere[name] = str(error)
                self._pipeline.feeds.put_off(feed, self._pipeline.clock() + _ELSEWHERE)
                return
            self._audience.feed_read(feed, reading, asyncio.get_running_loop().time() - start)

        if not await self._audience.guard(f"feed {name}", read()):
            self._audience.feed_unsaved(feed)

    async def _read_page(self, due: DuePage) -> None:
        start = asyncio.get_running_loop().time()

        async def read() -> None:
            try:
                flags = await self._pipeline.read_page(due)
            except HostElsewhere as error:
                log.debug("page %d: %s", due.id, error)
                self._pipeline.pages.put_off(due)
                return
            self._audience.page_read(asyncio.get_running_loop().time() - start, flags)

        if not await self._audience.guard(f"page of article {due.id}", read()):
            self._pipeline.pages.put_off(due, _UNFILED)


class _Counting(Quiet):
    """Counts what feeds brought that nobody has begun to open."""

    def __init__(self) -> None:
        self.unopened = 0

    def feed_read(self, feed: model.Feed, reading: Reading, seconds: float) -> None:
        """Count it."""
        self.unopened += reading.to_open

    async def open(self, conductor: Conductor) -> None:
        """Have them opened, and those that come meanwhile."""
        await conductor.open_entries()
        self.unopened = 0


async def round_of(
    pipeline: Pipeline,
    feeds: Sequence[model.Feed],
    *,
    progress: Progress = silent,
    open_from: int = 400,
) -> Report:
    """Read these feeds once and work on everything that waits; never raises for a feed.

    Args:
        open_from: entries to be opened from which on they are while other feeds are in hand: most
            of a long round is waiting for servers. Fewer are opened at the end, together.

    Raises:
        StoreError: something cannot be stored.
    """
    counting = _Counting()
    conductor = Conductor(pipeline, counting, pages=pipeline.at_once)
    conductor.elsewhere |= {
        pipeline.desks.name_of(feed.name): f'it is read at the vantage point "{feed.vantage}"'
        for feed in feeds
        if not pipeline.feeds.may_read(feed)
    }
    feeds = [feed for feed in feeds if pipeline.feeds.may_read(feed)]
    pipeline.begin_round(feeds)
    waiting = deque(feeds)
    opening: InHand[str] = InHand(1)
    progress("feeds", 0, len(feeds))
    try:
        while waiting or len(conductor.feeds):
            some = list(islice(waiting, conductor.feeds.room))
            for _ in range(conductor.begin_feeds(some)):
                waiting.popleft()
            await conductor.feeds.next_end()
            progress("feeds", len(feeds) - len(waiting) - len(conductor.feeds), len(feeds))
            if counting.unopened >= open_from and opening.room:
                opening.begin("entries", counting.open(conductor))
        await opening.next_end()
    finally:
        await opening.cancel()
    pipeline.end_of_feeds()
    await pipeline.settle()
    await conductor.open_entries()
    await conductor.file_waiting()
    asked: set[int] = set()
    while pages := [due for due in await pipeline.pages_due() if due.id not in asked]:
        asked.update(due.id for due in pages)
        progress("pages", len(asked) - len(pages), len(asked))
        queue = deque(pages)
        while queue or len(conductor.pages):
            while queue and conductor.pages.room:
                conductor.begin_pages([queue.popleft()])
            await conductor.pages.next_end()
            progress("pages", len(asked) - len(queue) - len(conductor.pages), len(asked))
    report = await pipeline.log_round()
    return structs.replace(report, elsewhere=conductor.elsewhere)
