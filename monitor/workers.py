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
import pickle
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any, Self, TypeVar, cast

from monitor.errors import TooCostly
from monitor.worker_process import READY, Task

log = logging.getLogger(__name__)

T = TypeVar("T")

SECONDS = 5.0  # of processor time for one document; the slowest honest ones take one
REST = 60.0
_UNTIL_GONE = 10.0  # seconds in which the system tells that and how a process ended; mostly at once
_UNTIL_READY = 60.0  # seconds for a start of a third of a second, on the busiest machine
_BY_THE_CLOCK = 12  # times the processor time: on a machine so busy, or for one that sleeps
# Bytes read at a time, which most answers have fewer of: after each piece a thread waits its turn.
_BUFFER = 256 * 1024
_FAULTS = {signal.SIGSEGV, signal.SIGBUS, signal.SIGABRT, signal.SIGFPE, signal.SIGILL}
# What a worker is told to run; where our modules are it learns from our own path.
_PROGRAM = """
import sys
sys.path[:] = sys.argv[2:]
from monitor.worker_process import serve
serve(int(sys.argv[1]))
"""


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
        self._idle: list[_Worker] = []
        self._busy: set[_Worker] = set()
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
        self._threads = ThreadPoolExecutor(max(1, self.count), thread_name_prefix="worker")
        return self

    async def __aexit__(self, *_: object) -> None:
        self._closed = True
        for worker in (*self._idle, *self._busy):
            worker.kill()
        await asyncio.to_thread(self._threads.shutdown, cancel_futures=True)
        for worker in self._idle:
            worker.end()

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

    async def _ask(self, task: Task) -> tuple[bool, Any]:
        loop = asyncio.get_running_loop()
        worker = self._idle.pop() if self._idle else _Worker()
        asked = self._threads.submit(worker.ask, task)
        self._busy.add(worker)
        try:
            answer = await asyncio.wrap_future(asked)
        except BaseException:  # cancelled, or it died: either way it is of no use any more
            worker.kill()
            asked.add_done_callback(lambda _: worker.end())  # not while a thread uses it
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
        """End a process that has had nothing to do since a time."""
        if worker in self._idle and worker.idle_from == idle_from and not self._closed:
            self._idle.remove(worker)
            worker.kill()
            asyncio.get_running_loop().run_in_executor(None, worker.end)


class _EndedError(Exception):
    """A process ended, and not for what it did."""


class _NotStartedError(Exception):
    """The system gives us no process, or no channel to one."""


class _Worker:
    """One process, which is started when it is first asked, and our end of the channel to it."""

    def __init__(self) -> None:
        self.idle_from = 0.0  # by the loop's clock
        self._process: subprocess.Popen[bytes] | None = None
        self._starting = threading.Lock()
        self._unwanted = False

    def _start(self) -> None:
        """Return when the process waits for tasks.

        Raises:
            _NotStartedError: there is none.
            _EndedError: it was ended before.
        """
        try:
            self._channel, theirs = socket.socketpair()
        except OSError as error:
            raise _NotStartedError(error.strerror or error) from None
        self._answers = self._channel.makefile("rb", _BUFFER)
        number = theirs.fileno()
        command = [sys.executable, "-c", _PROGRAM, str(number), *sys.path]
        with theirs, self._starting:
            if self._unwanted:
                self._close()
                raise _EndedError
            try:
                self._process = subprocess.Popen(
                    command,
                    stdin=subprocess.DEVNULL,
                    pass_fds=[number],
                    process_group=0,  # what a terminal sends to ours is not for it
                )
            except OSError as error:
                self._close()
                raise _NotStartedError(error.strerror or error) from None
        self._channel.settimeout(_UNTIL_READY)
        with contextlib.suppress(OSError):
            if self._answers.read(len(READY)) == READY:
                return
        code = self.end(_UNTIL_GONE)
        if code is None or code < 0:
            raise _EndedError
        raise _NotStartedError(f"it ended with exit code {code}")

    def ask(self, task: Task) -> tuple[bool, Any]:
        """Hand over a task and wait for (True, result) or (False, exception).

        Where it raises an exception instead, the process is gone.
        """
        if self._process is None:
            self._start()
        limit = task[-1]
        costly = TooCostly(f"reading it takes more than {limit:g} s of processor time")
        self._channel.settimeout(limit * _BY_THE_CLOCK)
        try:
            self._channel.sendall(pickle.dumps(task, pickle.HIGHEST_PROTOCOL))
            return cast("tuple[bool, Any]", pickle.load(self._answers))
        except TimeoutError:
            self.end()
            raise costly from None
        except (EOFError, OSError, pickle.UnpicklingError):  # it broke off, perhaps in its answer
            code = -(self.end(_UNTIL_GONE) or 0)
        except BaseException:
            self.end()
            raise
        if code == signal.SIGPROF:
            raise costly
        if code in _FAULTS:
            raise TooCostly(f"its reader died of it ({signal.Signals(code).name})")
        raise _EndedError

    def kill(self) -> None:
        """Have the process ended, whatever it does; who waits for its answer hears of that."""
        with self._starting:
            self._unwanted = True
        if self._process is not None:
            self._process.kill()

    def end(self, by_itself: float = 0.0) -> int | None:
        """End the process and return its exit code; None: the system did not tell.

        Args:
            by_itself: seconds that it is given to end as it was about to.
        """
        if self._process is None:
            return None
        self._close()
        for seconds in (by_itself, _UNTIL_GONE):
            with contextlib.suppress(subprocess.TimeoutExpired):
                return self._process.wait(seconds)
            self._process.kill()
        return None

    def _close(self) -> None:
        self._answers.close()
        self._channel.close()
