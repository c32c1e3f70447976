"""The way to the network: httpx transports, with the guard inside the connection.

`GuardedTransport` is an httpx transport over h11, with one connection for each request. It resolves
the name, lets the guard judge every address found, and connects to a judged address: whatever an
address or redirect says, there is no other way to a socket.

Connections are not kept, and the server is told so (RFC 9112 section 9.6). Most feeds are one
request a host, the next page of a host is a second away by our own manners, and a thousand idle
TLS connections cost more than the handshakes that they save. HTTP/2 is not offered for the same
reason: there is nothing to multiplex.

httpx's own way from here on is httpcore, which drives h11 as well, with a pool, locks and traces
that a connection for one request has no use for; they cost as much as all the rest of a request:
`tests/benchmarks/poll_http.py` has the figures. Timeouts are not here either: the client sets one
deadline for the whole.
"""

import asyncio
import os
import ssl
from collections.abc import AsyncIterator, Callable, Sequence
from functools import partial
from typing import cast

import h11
import httpx

from monitor.errors import PrivateAddress, Refused, Unreachable
from monitor.urls import PORTS
from monitor.web.guard import Network, refusal
from monitor.web.resolver import Resolver

_CONNECT_SECONDS = 10.0  # for one address, with TLS

_HEADERS = 100 * 1024  # bytes of the longest headers
_AT_ONCE = 64 * 1024  # bytes
_CLOSE = (b"Connection", b"close")


class GuardedTransport(httpx.AsyncBaseTransport):
    """Answers each request over a new connection to an address that the guard allows.

    Of the request's extensions, "allowed" holds the private networks that it may reach, and "sent"
    is called when it goes out; the response's extension "peer" is the address that answered.

    Args:
        resolver: gives the addresses of a name.
        trust: gives the TLS settings, when first needed.
    """

    def __init__(self, resolver: Resolver, trust: Callable[[], ssl.SSLContext]) -> None:
        self._resolver, self._trust = resolver, trust

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Send a request.

        Raises:
            Refused: the guard says no.
            Unreachable: the name does not resolve.
            OSError: there is no answer.
            h11.ProtocolError: what answers does not speak HTTP.
        """
        url = request.url
        host = url.raw_host.decode("ascii").strip("[]")
        port = url.port or PORTS[url.scheme]
        allowed: tuple[Network, ...] = request.extensions["allowed"]
        places = await resolve_checked(host, port, self._resolver, allowed)
        connection = await _open(
            places, port, host, self._trust() if url.scheme == "https" else None
        )
        try:
            request.extensions["sent"]()
            answer = await connection.ask(
                h11.Request(
                    method=request.method,
                    target=url.raw_path,
                    headers=[*request.headers.raw, _CLOSE],
                )
            )
        except BaseException:
            await connection.aclose()
            raise
        return httpx.Response(
            answer.status_code,
            headers=answer.headers.raw_items(),
            stream=connection,
            extensions={"peer": connection.place},
        )


class _Connection(asyncio.Protocol, httpx.AsyncByteStream):
    """A connection to an address (`place`): it asks once, and its bytes are the answer's body.

    It is a protocol of asyncio's and not a pair of its streams, whose second buffer costs a
    fourteenth of a request.
    """

    def __init__(self, place: str) -> None:
        self.place = place
        self._state = h11.Connection(h11.CLIENT, max_incomplete_event_size=_HEADERS)
        self._unread = 0  # bytes that came since somebody last waited for some
        self._waiting: asyncio.Future[None] | None = None
        self._fault: Exception | None = None
        self._ended = False

    # ---- asyncio.Protocol

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Begin."""
        self._transport = cast("asyncio.Transport", transport)

    def data_received(self, data: bytes) -> None:
        """Take in bytes; a peer that is faster than its reader has to wait."""
        self._state.receive_data(data)
        self._unread += len(data)
        if self._unread > _AT_ONCE:
            self._transport.pause_reading()
        self._wake()

    def eof_received(self) -> None:
        """Take in that no more bytes come."""
        self._end()

    def connection_lost(self, fault: Exception | None) -> None:
        """Take in that the connection ended, in order or by a fault."""
        self._fault = fault
        self._end()

    def _end(self) -> None:
        if not self._ended:
            self._ended = True
            if self._fault is None:
                self._state.receive_data(b"")
        self._wake()

    def _wake(self) -> None:
        if self._waiting is not None and not self._waiting.done():
            self._waiting.set_result(None)

    # ---- what the transport does with it

    async def ask(self, request: h11.Request) -> h11.Response:
        """Send a request without a body; return the beginning of the answer.

        Raises:
            h11.ProtocolError: it is not HTTP.
            OSError: the connection ended.
        """
        self._transport.write(self._state.send(request) or b"")
        self._state.send(h11.EndOfMessage())  # which comes to no bytes
        while not isinstance(event := await self._next(), h11.Response):
            pass  # 103 and its like, which say that the answer is still to come
        return event

    async def __aiter__(self) -> AsyncIterator[bytes]:
        while isinstance(event := await self._next(), h11.Data):
            yield bytes(event.data)

    async def _next(self) -> h11.Event | type[h11.PAUSED]:
        while True:
            event = self._state.next_event()
            if event is not h11.NEED_DATA:
                return event  # type: ignore[return-value]  # mypy does not tell the two classes apart
            if self._fault is not None:
                raise self._fault
            if self._ended:
                raise h11.RemoteProtocolError("it closed the connection without an answer")
            await self._more()

    async def _more(self) -> None:
        """Wait for bytes, or for the end."""
        if self._unread > _AT_ONCE:
            self._transport.resume_reading()
        self._unread = 0
        self._waiting = asyncio.get_running_loop().create_future()
        await self._waiting

    async def aclose(self) -> None:
        """Let go of the connection, without waiting for a peer that never says goodbye."""
        self._transport.abort()


async def _open(
    places: Sequence[str], port: int, host: str, trust: ssl.SSLContext | None
) -> _Connection:
    """Connect to the first address that answers."""
    loop = asyncio.get_running_loop()
    fault: Exception | None = None
    for place in places:
        try:
            async with asyncio.timeout(_CONNECT_SECONDS):
                _, connection = await loop.create_connection(
                    partial(_Connection, place),
                    *(place, port),
                    ssl=trust,
                    server_hostname=host if trust else None,
                )
        except ssl.SSLCertVerificationError:
            raise
        except TimeoutError:
            fault = Unreachable(f"no connection to {host} in {_CONNECT_SECONDS:g} s")
        except OSError as error:
            fault = error
        else:
            return connection
    assert fault is not None
    raise fault


async def resolve_checked(
    host: str, port: int, resolver: Resolver, allowed: tuple[Network, ...]
) -> Sequence[str]:
    """The addresses of a host, all of them judged; at least one.

    Raises:
        Refused: one of them must not be reached.
        Unreachable: the name does not resolve.
    """
    try:
        places: Sequence[str] = (host,)
        why = refusal(host, allowed)
    except ValueError:  # a name
        try:
            places = await resolver(host, port)
        except OSError as error:
            raise Unreachable(f"no such host: {host} ({error.strerror or error})") from None
        if not places:
            raise Unreachable(f"no such host: {host} (it has no address)") from None
        why = next(filter(None, (refusal(place, allowed) for place in places)), "")
    if why:
        named = host if places[0] == host else f"{host} ({', '.join(places)})"
        raise (Refused if allowed else PrivateAddress)(f"{named} is {why}")
    return places


def trust_store() -> ssl.SSLContext:
    """TLS settings with the system's certificates, or certifi's where the system has none."""
    context = ssl.create_default_context()
    paths = ssl.get_default_verify_paths()
    if not paths.cafile and not (paths.capath and os.listdir(paths.capath)):
        import certifi

        context.load_verify_locations(certifi.where())
    context.set_alpn_protocols(["http/1.1"])
    return context
