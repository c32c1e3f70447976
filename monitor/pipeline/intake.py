"""Take in what feeds answered: off the event loop, and those that wait together (group commit).

One thread does it. The interpreter runs one at a time anyway, SQLite has one writer, and threads
that queue for both spend more on queueing than on work. While a batch is in hand the next gather,
and where several came together, others have a moment to join them: so a lone feed waits for nobody
and a thousand share the cost of a change of thread and of a transaction. Within it each feed's new
entries and its new state become visible together.

Most answers change nothing but a feed's clocks. Those are put by and written together, seconds
later (`settle`): a process that is killed before has lost that it asked, and asks again.
"""

import asyncio
import contextlib
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from typing import NamedTuple, Self

from msgspec import Struct

from monitor import feeds, model
from monitor.errors import StoreUnavailable
from monitor.store import Store
from monitor.store import entries as entry_store
from monitor.store import feeds as feed_store
from monitor.store.new_entry import Found, NewEntry

_AT_ONCE = 40  # feeds in one transaction; others may want to write as well
_GATHER = 0.2  # seconds that answers wait for others where they come one after the other


class Reading(Struct, frozen=True):
    """What came of reading one feed.

    Attributes:
        reached: whether anybody answered; None where nobody was asked, as where our own guard or a
            host's wish to be left alone forbids it. That tells nothing of the network.
    """

    feed: str
    status: int  # HTTP status; 0 = no response
    reached: bool | None = True
    new: int = 0
    to_open: int = (
        0  # new entries that are to be worked on, at most; the others are only remembered
    )
    unchanged: bool = False
    error: str = ""
    events: tuple[str, ...] = ()  # what began or ended with it, a line each


Outcome = tuple[Reading, model.FeedState]


class Understood(Struct, frozen=True):
    """What is to be stored of an answer.

    Attributes:
        entries: all that it told.
        at: when it came.
        outcome: what comes of it, by how many of them the store did not know; the state is saved.
    """

    entries: Sequence[NewEntry]
    at: datetime
    outcome: Callable[[int], Outcome]


Understand = Callable[[], Understood]


class _Answer(NamedTuple):
    feed_id: int
    understand: Understand
    outcome: asyncio.Future[Outcome]


class Intake:
    """Understands and stores answers, in the order they came."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="intake")
        self._waiting: list[_Answer] = []
        self._enough = asyncio.Event()  # wait for a whole transaction, or nothing more is wanted
        self._work: asyncio.Task[None] | None = None
        self._put_by: dict[int, tuple[str, model.FeedState]] = {}  # url and state, by feed id
        self._saving: dict[int, tuple[str, model.FeedState]] = {}  # those being stored
        self._settling = asyncio.Lock()

    async def take(self, feed_id: int, understand: Understand) -> Outcome:
        """Return what came of an answer when it is stored.

        Args:
            feed_id: whose state is saved.
            understand: reads the answer, and runs on the thread of the intake.

        Raises:
            StoreError: it cannot be stored. What `understand` raises is passed on.
        """
        for older in (self._put_by, self._saving):
            older.pop(feed_id, None)
        loop = asyncio.get_running_loop()
        outcome: asyncio.Future[Outcome] = loop.create_future()
        self._waiting.append(_Answer(feed_id, understand, outcome))
        if len(self._waiting) >= _AT_ONCE:
            self._enough.set()
        if self._work is None or self._work.done():
            self._work = loop.create_task(self._work_off())
        return await outcome

    def put_by(self, feed_id: int, url: str, state: model.FeedState) -> None:
        """Have a feed's state stored with the next `settle`; of little worth until then.

        Args:
            url: as the feed was configured when it was asked.
        """
        self._put_by[feed_id] = (url, state)

    async def settle(self) -> None:
        """Return when all that was put by until now is stored; raises StoreError, keeping it."""
        async with self._settling:
            self._saving, self._put_by = self._put_by, {}
            if not self._saving:
                return
            loop = asyncio.get_running_loop()
            try:
                await loop.run_in_executor(self._thread, self._save_clocks, dict(self._saving))
            except BaseException:
                self._put_by = self._saving | self._put_by
                raise

    def _save_clocks(self, states: Mapping[int, tuple[str, model.FeedState]]) -> None:
        with self._store.write() as db:
            feed_store.save_clocks(db, states)

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *error: object) -> None:
        await self.close()

    async def close(self) -> None:
        """Return when nothing is in hand any more; what waited is left."""
        self._waiting.clear()
        self._enough.set()
        await asyncio.to_thread(self._thread.shutdown, cancel_futures=True)

    async def _work_off(self) -> None:
        loop = asyncio.get_running_loop()
        while self._waiting:
            batch, self._waiting = self._waiting[:_AT_ONCE], self._waiting[_AT_ONCE:]
            results: Sequence[Outcome | Exception]
            try:
                results = await loop.run_in_executor(self._thread, self._take_in, batch)
            except Exception as error:  # no thread to be had, say; who waits is to hear of it
                results = [error] * len(batch)
            for answer, result in zip(batch, results, strict=True):
                if answer.outcome.done():
                    continue  # nobody waits for it any more
                if isinstance(result, Exception):
                    answer.outcome.set_exception(result)
                else:
                    answer.outcome.set_result(result)
            if len(batch) > 1:
                await self._gathered()

    async def _gathered(self) -> None:
        """Return when a whole batch waits, or after a moment."""
        self._enough.clear()
        if len(self._waiting) < _AT_ONCE:
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(_GATHER):
                    await self._enough.wait()

    def _take_in(self, batch: Sequence[_Answer]) -> list[Outcome | Exception]:
        read = [(answer.feed_id, _understood(answer)) for answer in batch]
        stored = iter(
            self._keep([(id_, what) for id_, what in read if not isinstance(what, Exception)])
        )
        return [what if isinstance(what, Exception) else next(stored) for _, what in read]

    def _keep(self, understood: Sequence[tuple[int, Understood]]) -> Sequence[Outcome | Exception]:
        """Store together; what cannot be stored must not stand in the others' way."""
        if not understood:
            return ()
        found = [Found(feed_id, what.entries, what.at) for feed_id, what in understood]
        try:
            with self._store.write() as db:
                new = entry_store.add_all(
                    db, found, recognise=feeds.recognise, spare=feeds.spare_key
                )
                outcomes = [
                    what.outcome(len(ids)) for (_, what), ids in zip(understood, new, strict=True)
                ]
                states = zip(understood, outcomes, strict=True)
                feed_store.save(db, {feed_id: state for (feed_id, _), (_, state) in states})
            return outcomes
        except Exception as error:
            if len(understood) == 1 or isinstance(error, StoreUnavailable):
                return [error] * len(understood)
            return [self._keep([one])[0] for one in understood]


def _understood(answer: _Answer) -> Understood | Exception:
    try:
        return answer.understand()
    except Exception as error:  # for the one who handed it over
        return error
