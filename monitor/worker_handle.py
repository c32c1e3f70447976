"""One worker process as who asks it sees it: begun, asked, ended.

What is asked goes over a socket that the event loop looks after, so that an answer costs no change
of threads. Only what may wait for the system is done in one: starting a process, and ending it.
"""

import asyncio
import contextlib
import pickle
import signal
import socket
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from typing import Any, cast

from monitor.errors import TooCostly
from monitor.worker_process import LENGTH, READY, Task

_UNTIL_GONE = 10.0  # seconds in which the system tells that and how a process ended; mostly at once
_UNTIL_READY = 60.0  # seconds for a start of a third of a second, on the busiest machine
# Times the processor time: on a machine so busy, beside which a worker is served last, or for one
# that sleeps.
_BY_THE_CLOCK = 24
_BUFFER = 256 * 1024  # bytes read at a time, which most answers have fewer of
_LARGE = 1024 * 1024  # bytes of an answer that would keep the event loop for milliseconds
_FAULTS = {signal.SIGSEGV, signal.SIGBUS, signal.SIGABRT, signal.SIGFPE, signal.SIGILL}
# What a worker is told to run; where our modules are it learns from our own path.
_PROGRAM = """
import sys
sys.path[:] = sys.argv[2:]
from monitor.worker_process import serve
serve(int(sys.argv[1]))
"""


class EndedError(Exception):
    """A process ended, and not for what it did."""


class NotStartedError(Exception):
    """The system gives us no process, or no channel to one."""


class WorkerHandle:
    """One process, which is started when it is first asked, and our end of the channel to it.

    Attributes:
        idle_from: since when it has nothing to do, by the loop's clock.

    Args:
        threads: that start and end it.
    """

    def __init__(self, threads: ThreadPoolExecutor) -> None:
        self.idle_from = 0.0
        self._threads = threads
        self._channel: socket.socket | None = None
        self._process: subprocess.Popen[bytes] | None = None
        self._starting = threading.Lock()
        self._unwanted = False

    async def ask(self, task: Task) -> tuple[bool, Any]:
        """Hand over a task and wait for (True, result) or (False, exception).

        Where it raises an exception instead, the process is of no use any more; see `end`.

        Raises:
            TooCostly: the process took too long, or died of the task.
            EndedError: it was ended from outside.
            NotStartedError: there is none.
        """
        if self._channel is None:
            await self._start()
        assert self._channel is not None
        limit = task[-1]
        costly = TooCostly(f"reading it takes more than {limit:g} s of processor time")
        try:
            async with asyncio.timeout(limit * _BY_THE_CLOCK):
                return await self._exchange(self._channel, task)
        except TimeoutError:
            await self._ended()
            raise costly from None
        except (EOFError, OSError):  # it broke off, perhaps in its answer
            code = await self._ended(_UNTIL_GONE)
        if code == -signal.SIGPROF:
            raise costly
        if code is not None and -code in _FAULTS:
            raise TooCostly(f"its reader died of it ({signal.Signals(-code).name})")
        raise EndedError

    async def _exchange(self, channel: socket.socket, task: Task) -> tuple[bool, Any]:
        loop = asyncio.get_running_loop()
        await loop.sock_sendall(channel, pickle.dumps(task, pickle.HIGHEST_PROTOCOL))
        answer = bytearray()
        size = LENGTH
        while len(answer) < size:
            piece = await loop.sock_recv(channel, _BUFFER)
            if not piece:
                raise EOFError
            answer += piece
            if size == LENGTH <= len(answer):
                size += int.from_bytes(answer[:LENGTH], "little")
        told = memoryview(answer)[LENGTH:]
        if size > _LARGE:
            return cast("tuple[bool, Any]", await asyncio.to_thread(pickle.loads, told))
        return cast("tuple[bool, Any]", pickle.loads(told))

    async def _start(self) -> None:
        """Return when the process waits for tasks.

        Raises:
            NotStartedError: there is none.
            EndedError: it was ended before.
        """
        loop = asyncio.get_running_loop()
        try:
            channel = await loop.run_in_executor(self._threads, self._open)
        except RuntimeError as error:  # no thread
            raise NotStartedError(error) from None
        with contextlib.suppress(OSError):  # TimeoutError is one
            async with asyncio.timeout(_UNTIL_READY):
                if await loop.sock_recv(channel, len(READY)) == READY:
                    return
        code = await self._ended(_UNTIL_GONE)
        if code is None or code < 0:
            raise EndedError
        raise NotStartedError(f"it ended with exit code {code}")

    def _open(self) -> socket.socket:
        """Start the process and return our end of the channel; raises as `_start`."""
        try:
            ours, theirs = socket.socketpair()
        except OSError as error:
            raise NotStartedError(error.strerror or error) from None
        number = theirs.fileno()
        command = [sys.executable, "-c", _PROGRAM, str(number), *sys.path]
        with theirs, self._starting:
            if self._unwanted:
                ours.close()
                raise EndedError
            try:
                self._process = subprocess.Popen(
                    command,
                    stdin=subprocess.DEVNULL,
                    pass_fds=[number],
                    process_group=0,  # what a terminal sends to ours is not for it
                )
            except OSError as error:
                ours.close()
                raise NotStartedError(error.strerror or error) from None
            ours.setblocking(False)
            self._channel = ours
        return ours

    async def _ended(self, by_itself: float = 0.0) -> int | None:
        """End it in a thread; None as well where no more are to be had."""
        loop = asyncio.get_running_loop()
        try:
            return await loop.run_in_executor(self._threads, self.end, by_itself)
        except RuntimeError:
            return None

    def kill(self) -> None:
        """Have the process ended, whatever it does; who waits for its answer hears of that."""
        with self._starting:
            self._unwanted = True
        if self._process is not None:
            self._process.kill()

    def end(self, by_itself: float = 0.0) -> int | None:
        """End the process and return its exit code; None: the system did not tell.

        It blocks, and is for when nobody waits for an answer any more.

        Args:
            by_itself: seconds that it is given to end as it was about to.
        """
        with self._starting:
            self._unwanted = True
        if self._channel is not None:
            self._channel.close()
        if self._process is None:
            return None
        for seconds in (by_itself, _UNTIL_GONE):
            with contextlib.suppress(subprocess.TimeoutExpired):
                return self._process.wait(seconds)
            self._process.kill()
        return None
