"""Reading that can be ended: worker processes, with a limit for each document.

What comes from outside is parsed by code that was never meant for it, some of it in C, where no
thread can be stopped. So documents that might cost much are read in a process of their own, which
the system ends when a document takes more processor time or memory than any honest one. The next
document gets a new process, and nobody else waits.

Processes come from Python's fork server: they start in milliseconds, share what they import, and
hold nothing of ours (no sockets, no locks, no database). They are started when first needed. The
program that opened the pool is not run again in them, as multiprocessing would, so that a script
needs no `if __name__ == "__main__"`. Where no process can be started, documents are read here.
"""

import asyncio
import contextlib
import logging
import multiprocessing
import resource
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from multiprocessing import forkserver
from multiprocessing.connection import Connection
from types import ModuleType
from typing import Any, Self, TypeVar, cast

from monitor.errors import MonitorError, TooCostly

log = logging.getLogger(__name__)

T = TypeVar("T")

SECONDS = 5.0  # of processor time for one document; the slowest honest ones take one
REST = 60.0
_SERVER_RESTS = 5.0  # times a worker's rest: the fork server takes half a second to come back
_MEMORY = 768 * 1024 * 1024  # bytes of address space of a worker
_UNTIL_GONE = 10.0  # seconds in which the system tells that and how a process ended; mostly at once
_BY_THE_CLOCK = 12  # times the processor time: on a machine so busy, or for one that sleeps
_FAULTS = {signal.SIGSEGV, signal.SIGBUS, signal.SIGABRT, signal.SIGFPE, signal.SIGILL}
# Once, for all workers, which share the memory.
_IMPORTED = ["monitor.feeds.read.feed_document", "monitor.articles.extraction"]


class Workers:
    """A pool of processes; an async context manager.

    Args:
        count: processes at most; 0: everything is done in threads of this process, without limits.
        seconds: processor time that one document may take.
        rest: seconds after which a process that has nothing to do is ended; the next document
            that needs one gets a new one within milliseconds. When none was needed for five times
            as long, the fork server goes as well.
    """

    def __init__(self, count: int, seconds: float = SECONDS, rest: float = REST) -> None:
        self._count, self._seconds, self._rest = count, seconds, rest
        self._idle: list[_Worker] = []
        self._busy: set[_Worker] = set()
        self._newest: _Worker | None = None
        self._closed = False
        self._failed = False  # no process could be started

    def __bool__(self) -> bool:
        return self._count > 0

    async def __aenter__(self) -> Self:
        self._room = asyncio.Semaphore(max(1, self._count))
        self._threads = ThreadPoolExecutor(max(1, self._count), thread_name_prefix="worker")
        return self

    async def __aexit__(self, *_: object) -> None:
        self._closed = True
        for worker in (*self._idle, *self._busy):
            worker.end()
        await asyncio.to_thread(self._threads.shutdown, cancel_futures=True)

    async def run(self, work: Callable[..., T], *arguments: object, **named: object) -> T:
        """Return what `work` returns, or raise what it raises.

        Args:
            work: a function of a module, which the worker imports.
            arguments: they and the result must pickle.

        Raises:
            TooCostly: it took too much time or memory, or its process died.
        """
        if not self._count:
            return await asyncio.to_thread(work, *arguments, **named)
        task = (work, arguments, named, self._seconds)
        async with self._room:
            try:
                done, value = await self._ask(task)
            except _NotStartedError as error:
                if not self._failed:
                    log.warning("no worker process can be started (%s): reading without", error)
                self._failed = True
                return await asyncio.to_thread(work, *arguments, **named)
            except _EndedError:  # from outside, by the system or somebody; not for what it did
                try:
                    done, value = await self._ask(task)
                except (_EndedError, _NotStartedError):
                    raise TooCostly("its reader was ended twice") from None
        if done:
            return cast("T", value)
        raise value

    async def _ask(self, task: "_Task") -> tuple[bool, Any]:
        loop = asyncio.get_running_loop()
        worker = self._idle.pop() if self._idle else None
        if worker is None:
            self._newest = None  # before it is begun: the fork server must not end under it
            worker = self._newest = await loop.run_in_executor(self._threads, _Worker)
        self._busy.add(worker)
        try:
            answer = await loop.run_in_executor(self._threads, worker.ask, task)
        except BaseException:  # cancelled, or it died: either way it is of no use any more
            worker.end()
            if self._closed:  # by us, so this says nothing of the document
                raise asyncio.CancelledError from None
            raise
        finally:
            self._busy.discard(worker)
        if self._closed:
            worker.end()
        else:
            worker.idle_from = loop.time()
            self._idle.append(worker)
            loop.call_later(self._rest, self._let_go, worker, worker.idle_from)
        return answer

    def _let_go(self, worker: "_Worker", idle_from: float) -> None:
        """End a process that has had nothing to do since a time: it holds 20 MB."""
        if worker in self._idle and worker.idle_from == idle_from:
            self._idle.remove(worker)
            worker.end()
            if self._newest is not None and not self._idle and not self._busy:
                loop = asyncio.get_running_loop()
                loop.call_later(_SERVER_RESTS * self._rest, self._let_server_go, self._newest)

    def _let_server_go(self, newest: "_Worker") -> None:
        """End the fork server, which holds 24 MB, unless a worker was wanted since the newest."""
        if not self._closed:
            self._threads.submit(self._end_server, newest)

    def _end_server(self, newest: "_Worker") -> None:
        with _starting, contextlib.suppress(OSError):  # somebody may have ended it before
            if newest is self._newest:
                forkserver._forkserver._stop()  # type: ignore[attr-defined]  # no public way


_Task = tuple[Callable[..., Any], tuple[object, ...], dict[str, object], float]


class _EndedError(Exception):
    """A process ended, and not for what it did."""


class _NotStartedError(Exception):
    """The system gives us no process, or no pipe to one."""


_starting = threading.Lock()


class _Worker:
    """One process, and our end of the pipe to it; raises _NotStartedError."""

    def __init__(self) -> None:
        self.idle_from = 0.0  # by the loop's clock
        end = time.monotonic() + _UNTIL_GONE
        while True:
            try:
                self._start()
                return
            except (ConnectionError, EOFError):  # somebody ended the server: the next try makes one
                if time.monotonic() > end:
                    raise _NotStartedError("the fork server ends each time") from None
                time.sleep(0.01)  # until the system knows that it is gone
            except OSError as error:
                raise _NotStartedError(error.strerror or error) from None

    def _start(self) -> None:
        context = multiprocessing.get_context("forkserver")
        context.set_forkserver_preload(_IMPORTED)
        self._pipe, theirs = context.Pipe()
        with theirs, _starting, _unknown_program():
            self._process = context.Process(target=_serve, args=(theirs,), daemon=True)
            self._process.start()

    def ask(self, task: _Task) -> tuple[bool, Any]:
        """Hand over a task and wait for (True, result) or (False, exception)."""
        limit = task[-1]
        costly = TooCostly(f"reading it takes more than {limit:g} s of processor time")
        try:
            self._pipe.send(task)
            if self._pipe.poll(limit * _BY_THE_CLOCK):
                return cast("tuple[bool, Any]", self._pipe.recv())
        except (EOFError, OSError):
            self._process.join(_UNTIL_GONE)
            code = -(self._process.exitcode or 0)
            if code == signal.SIGPROF:
                raise costly from None
            if code in _FAULTS:
                name = signal.Signals(code).name
                raise TooCostly(f"its reader died of it ({name})") from None
            raise _EndedError from None
        raise costly

    def end(self) -> None:
        """End the process, whatever it does; a second time is no harm.

        A thread that waits for it finds its end of the pipe closed.
        """
        with contextlib.suppress(OSError):
            if self._process.is_alive():  # else its id may be another's by now
                self._process.kill()


@contextlib.contextmanager
def _unknown_program() -> Iterator[None]:
    """Let multiprocessing see no main module, which it would run again in each new process."""
    program = sys.modules["__main__"]
    sys.modules["__main__"] = ModuleType("__main__")
    try:
        yield
    finally:
        sys.modules["__main__"] = program


def _serve(pipe: Connection) -> None:
    """Do one task after the other until the other end is closed."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # a terminal sends it to us as well
    signal.signal(signal.SIGPROF, signal.SIG_DFL)
    for what, most in ((resource.RLIMIT_AS, _MEMORY), (resource.RLIMIT_CORE, 0)):
        with contextlib.suppress(ValueError, OSError):  # a sandbox may forbid it
            resource.setrlimit(what, (most, most))
    while True:
        try:
            work, arguments, named, seconds = pipe.recv()
        except (EOFError, OSError):
            return
        # The system ends us by itself, wherever we are; nothing of Python need run for it.
        signal.setitimer(signal.ITIMER_PROF, seconds)
        try:
            answer = (True, work(*arguments, **named))
        except MonitorError as error:
            answer = (False, error)
        except (MemoryError, RecursionError) as error:
            answer = (
                False,
                TooCostly(f"reading it takes too much memory ({type(error).__name__})"),
            )
        except Exception as error:
            answer = (False, _portable(error))
        finally:
            signal.setitimer(signal.ITIMER_PROF, 0)
        pipe.send(answer)


def _portable(error: Exception) -> Exception:
    """The error itself, or its words where it cannot be handed over."""
    import pickle

    try:
        pickle.loads(pickle.dumps(error))
    except Exception:
        return RuntimeError(f"{type(error).__name__}: {error}")
    return error
