"""The optional /metrics page of a running daemon, for Prometheus, on loopback only.

One short answer a connection: no keep-alive, no other path, nothing read but a request's head, and
that within limits. What it shows is numbers and the names of feeds and digests; no address, no
headline, no error text.
"""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Awaitable, Callable

from monitor.errors import MonitorError, UsageError

_PATIENCE = 5.0  # seconds for a request's head
_AT_ONCE = 8


@contextlib.asynccontextmanager
async def serve(address: str, metrics: Callable[[], Awaitable[str]]) -> AsyncIterator[None]:
    """Answer GET /metrics at "127.0.0.1:9464" or "[::1]:9464" until the block ends.

    Raises:
        UsageError: the port is taken or not allowed.
    """
    turns = asyncio.Semaphore(_AT_ONCE)

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with contextlib.closing(writer), contextlib.suppress(OSError, TimeoutError, ValueError):
            async with turns, asyncio.timeout(_PATIENCE):
                writer.write(await _reply(reader, metrics))
                await writer.drain()

    host, _, port = address.rpartition(":")
    try:
        server = await asyncio.start_server(answer, host.strip("[]"), int(port), limit=16384)
    except OSError as error:
        raise UsageError(f"metrics: {address} cannot be served: {error.strerror}") from None
    try:
        yield
    finally:
        server.close()


async def _reply(reader: asyncio.StreamReader, metrics: Callable[[], Awaitable[str]]) -> bytes:
    try:
        head = await reader.readuntil(b"\r\n\r\n")
    except (asyncio.IncompleteReadError, asyncio.LimitOverrunError):
        return _page("400 Bad Request", "no request\n")
    method, path, *_ = (*head.split(b"\r\n", 1)[0].split(b" "), b"", b"")
    if path.partition(b"?")[0] != b"/metrics":
        return _page("404 Not Found", "only /metrics is here\n")
    if method not in (b"GET", b"HEAD"):
        return _page("405 Method Not Allowed", "only GET\n")
    try:
        page = _page("200 OK", await metrics())
    except MonitorError:
        return _page("503 Service Unavailable", "the store cannot be read\n")
    return page if method == b"GET" else page.partition(b"\r\n\r\n")[0] + b"\r\n\r\n"


def _page(status: str, text: str) -> bytes:
    body = text.encode()
    head = (
        f"HTTP/1.1 {status}\r\nContent-Type: text/plain; version=0.0.4; charset=utf-8\r\n"
        f"Content-Length: {len(body)}\r\nConnection: close\r\n\r\n"
    )
    return head.encode() + body
