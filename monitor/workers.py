"""Reading that can be ended: worker processes, with a limit for each document.

What comes from outside is parsed by code that was never meant for it, some of it in C, where no
thread can be stopped. So documents that might cost much are read in a process of their own, which
the system ends when a document takes more processor time or memory than any honest one. The next
document gets a new process, and nobody else waits.

Each is a Python started anew, and no fork of this one: it holds nothing of ours (no sockets, no
locks, no database), and when it has gone nothing is left. A fork server would start them sooner
(in milliseconds instead of a tenth to a third of a second), but holds 30 MB for as long as it
lives, and what its children share of that is little: counting references writes to it. Where no
process can be started, documents are read here.
"""

import asyncio
import contextlib
import logging
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any, Self, TypeVar, cast

from monitor.errors import TooCostly
from monitor.worker_handle import EndedError, NotStartedError, WorkerHandle
from monitor.worker_process import Task

log = logging.getLogger(__name__)

T = TypeVar("T")

SECONDS = 5.0  # of processor time for one document; the slowest honest ones take one
REST = 60.0


class Workers:
    """A pool of processes; an async context manager.

    Attributes:
        count: processes at most; 0: everything is done in threads of this process, without limits.

    Args:
        count: see above.
        seconds: processor time that one document may take.
        rest: seconds after which a process that has nothing to do is ended; the next document
            that needs one gets a new one.
    """

    def __init__(self, count: int, seconds: float = SECONDS, rest: float = REST) -> None:
        self.count, self._seconds, self._rest = count, seconds, rest
        self._idle: list[WorkerHandle] = []
        self._busy: set[WorkerHandle] = set()
        self._closed = False
        self._failed = False  # no process could be started

    def __bool__(self) -> bool:
        return self.count > 0

    @property
    def started(self) -> bool:
        """Whether there is a process already."""
        return bool(self._idle or self._busy)

    async def __aenter__(self) -> Self:
        self._room = asyncio.Semaphore(max(1, self.count))
        self._none_busy = asyncio.Event()
        self._none_busy.set()
        self._threads = ThreadPoolExecutor(max(1, self.count), thread_name_prefix="worker")
        return self

    async def __aexit__(self, *_: object) -> None:
        self._closed = True
        for worker in (*self._idle, *self._busy):
            worker.kill()
        await self._none_busy.wait()
        for worker in self._idle:
            self._end(worker)
        await asyncio.to_thread(self._threads.shutdown)

    async def run(self, work: Callable[..., T], *arguments: object, **named: object) -> T:
        """Return what `work` returns, or raise what it raises.

        Args:
            work: a function of a module, which the worker imports.
            arguments: they and the result must pickle.

        Raises:
            TooCostly: it took too much time or memory, or its process died.
        """
        if not self.count:
            return await asyncio.to_thread(work, *arguments, **named)
        task: Task = (work, arguments, named, self._seconds)
        async with self._room:
            if self._closed:  # while it waited
                raise asyncio.CancelledError
            try:
                done, value = await self._ask(task)
            except NotStartedError as error:
                if not self._failed:
                    log.warning("no worker process can be started (%s): reading without", error)
                self._failed = True
                return await asyncio.to_thread(work, *arguments, **named)
            except EndedError:  # from outside, by the system or somebody; not for what it did
                try:
                    done, value = await self._ask(task, anew=True)
                except (EndedError, NotStartedError):
                    raise TooCostly("its reader was ended twice") from None
        if done:
            return cast("T", value)
        raise value

    async def _ask(self, task: Task, *, anew: bool = False) -> tuple[bool, Any]:
        """Ask a worker; `anew`: none that waits, since those may have been ended with another."""
        loop = asyncio.get_running_loop()
        worker = WorkerHandle(self._threads) if anew or not self._idle else self._idle.pop()
        self._busy.add(worker)
        self._none_busy.clear()
        try:
            answer = await worker.ask(task)
        except BaseException:  # cancelled, or it died: either way it is of no use any more
            worker.kill()
            self._end(worker)
            if self._closed:  # by us, so this says nothing of the document
                raise asyncio.CancelledError from None
            raise
        else:
            worker.idle_from = loop.time()
            self._idle.append(worker)
            if not self._closed:
                loop.call_later(self._rest, self._let_go, worker, worker.idle_from)
            return answer
        finally:
            self._busy.discard(worker)
            if not self._busy:
                self._none_busy.set()

    def _end(self, worker: WorkerHandle) -> None:
        with contextlib.suppress(RuntimeError):  # no more threads: one that is there will do it
            self._threads.submit(worker.end)

    def _let_go(self, worker: WorkerHandle, idle_from: float) -> None:
        """End a process that has had nothing to do since a time."""
        if worker in self._idle and worker.idle_from == idle_from and not self._closed:
            self._idle.remove(worker)
            worker.kill()
            self._end(worker)
