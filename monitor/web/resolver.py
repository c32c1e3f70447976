"""Names become addresses by the system's resolver, in threads of our own.

`socket.getaddrinfo` blocks for as long as a name server is silent. In the event loop's few threads
that would hold up all other names, and threads that are not daemons would hold up the end of the
process; so there are as many threads as there are lookups at once, and they are daemons.
"""

import asyncio
import contextlib
import socket
import threading
from collections.abc import Awaitable, Callable, Sequence
from queue import SimpleQueue

Resolver = Callable[[str, int], Awaitable[Sequence[str]]]
_Job = tuple[asyncio.AbstractEventLoop, "asyncio.Future[list[str]]", str, int]


class SystemResolver:
    """A `Resolver`: all addresses of a name, in the order that the system prefers."""

    def __init__(self) -> None:
        self._jobs: SimpleQueue[_Job | None] = SimpleQueue()
        self._threads = 0
        self._busy = 0

    async def __call__(self, host: str, port: int) -> Sequence[str]:
        """Look a name up.

        Raises:
            OSError: the name does not resolve, or is none.
        """
        loop = asyncio.get_running_loop()
        answer: asyncio.Future[list[str]] = loop.create_future()
        self._busy += 1
        if self._busy > self._threads:
            self._threads += 1
            threading.Thread(target=self._work, name="resolver", daemon=True).start()
        self._jobs.put((loop, answer, host, port))
        return await answer

    def close(self) -> None:
        """End the threads that have nothing to do; the others end when they have."""
        for _ in range(self._threads):
            self._jobs.put(None)
        self._threads = 0

    def _work(self) -> None:
        while (job := self._jobs.get()) is not None:
            loop, answer, host, port = job
            result: list[str] | OSError
            try:
                found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
                result = list(dict.fromkeys(str(entry[4][0]) for entry in found))
            except OSError as fault:
                result = fault
            except UnicodeError as fault:  # a label too long for DNS
                result = OSError(str(fault))
            with contextlib.suppress(RuntimeError):  # the loop has ended meanwhile
                loop.call_soon_threadsafe(self._settle, answer, result)

    def _settle(self, answer: "asyncio.Future[list[str]]", result: list[str] | OSError) -> None:
        self._busy -= 1
        if answer.done():  # given up meanwhile
            return
        if isinstance(result, OSError):
            answer.set_exception(result)
        else:
            answer.set_result(result)
