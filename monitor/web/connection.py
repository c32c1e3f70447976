"""One HTTP/1.1 connection: a checked address, a socket or TLS, and h11 for the framing.

h11 is the protocol engine inside httpx. It is driven here without the layers above it because
what those add (a pool, redirects, cookies, decoding, timeouts by phase) has other rules in this
room, and costs several times the request itself: see `tests/benchmarks/poll_http.py`.

A connection serves one request at a time and may serve another after a complete response. Whatever
is odd about a response (headers without end, bytes after it, an early hang-up) ends the connection.
"""

import asyncio
import ssl
from collections.abc import Sequence

import h11

from monitor.errors import Refused, TooLarge, Unreachable
from monitor.web.address import Address
from monitor.web.guard import Network, Resolver, network_of, refusal

MAX_HEAD = 64 * 1024  # bytes of status line and headers
_CONNECT_SECONDS = 5.0  # for an address that is not the last one of its name

Headers = list[tuple[bytes, bytes]]


class Connection(asyncio.Protocol):
    """One connection; made by `connect`. `network` is the private network it reaches into."""

    def __init__(self) -> None:
        self.network: Network | None = None
        self._http = h11.Connection(h11.CLIENT, max_incomplete_event_size=MAX_HEAD)
        self._transport: asyncio.Transport | None = None
        self._waiter: asyncio.Future[None] | None = None
        self._ended = False
        self._asking = False
        self._fault: Exception | None = None

    # ---- asyncio.Protocol

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        if not self._asking:  # nobody asked: what comes now belongs to no request
            self.close()
            return
        self._http.receive_data(data)
        self._wake()

    def eof_received(self) -> None:
        self._end(None)

    def connection_lost(self, exc: Exception | None) -> None:
        self._end(exc)

    def _end(self, fault: Exception | None) -> None:
        if not self._ended:
            self._ended, self._fault = True, fault
            if fault is None:
                self._http.receive_data(b"")
            self._wake()

    def _wake(self) -> None:
        if self._waiter is not None and not self._waiter.done():
            self._waiter.set_result(None)

    # ---- what the client calls

    @property
    def idle(self) -> bool:
        """Whether another request may be sent."""
        return not self._asking and not self._ended

    async def ask(self, target: str, headers: Headers) -> h11.Response:
        """Send one GET and wait for the head of its response.

        Raises:
            Unreachable: the peer hung up or does not speak HTTP.
            TooLarge: the head of the response is longer than `MAX_HEAD`.
        """
        assert self._transport is not None
        self._asking = True
        request = h11.Request(method=b"GET", target=target.encode("ascii"), headers=headers)
        head = self._http.send(request) or b""
        self._transport.write(head + (self._http.send(h11.EndOfMessage()) or b""))
        while True:
            event = await self._event()
            if isinstance(event, h11.Response):
                return event
            if not isinstance(event, h11.InformationalResponse):
                raise Unreachable("the peer hung up without an answer")

    async def body(self, limit: int) -> tuple[bytes, bool]:
        """The body as it came over the wire, up to `limit` bytes, and whether that was all of it.

        After a whole body the connection is `idle` again, if the peer keeps it open.

        Raises:
            Unreachable: the body broke off.
        """
        pieces: list[bytes] = []
        size = 0
        while True:
            event = await self._event()
            if isinstance(event, h11.Data):
                pieces.append(bytes(event.data))
                size += len(pieces[-1])
                if size > limit:
                    self.close()
                    return b"".join(pieces)[:limit], False
            elif isinstance(event, h11.EndOfMessage):
                break
            else:
                raise Unreachable("the peer hung up in the middle of an answer")
        http = self._http
        if http.our_state is h11.DONE and http.their_state is h11.DONE and not self._ended:
            if http.trailing_data[0]:
                self.close()
            else:
                http.start_next_cycle()
                self._asking = False
        else:
            self.close()
        return b"".join(pieces), True

    def close(self) -> None:
        """End the connection at once; to be called however often."""
        self._ended = True
        if self._transport is not None:
            self._transport.abort()

    async def _event(self) -> object:
        while True:
            try:
                event = self._http.next_event()
            except h11.RemoteProtocolError as fault:
                self.close()
                if fault.error_status_hint == 431:
                    raise TooLarge(f"more than {MAX_HEAD} bytes of headers") from None
                raise Unreachable(f"broken HTTP: {fault}") from None
            if event is not h11.NEED_DATA:
                return event
            if self._ended:
                raise Unreachable(f"the peer hung up: {self._fault or 'connection closed'}")
            self._waiter = asyncio.get_running_loop().create_future()
            await self._waiter


async def connect(
    address: Address,
    *,
    resolver: Resolver,
    allowed: Sequence[Network],
    trust: ssl.SSLContext | None,
) -> Connection:
    """Resolve, let the guard judge every address found, and connect to the first that answers.

    Args:
        address: where to.
        resolver: gives the addresses of a name; not asked for a literal address.
        allowed: private networks that may be reached.
        trust: TLS settings, for https.

    Raises:
        Refused: the name resolves to an address we must not reach.
        Unreachable: no such name, no connection, or no TLS.
    """
    found = await resolve_checked(address, resolver=resolver, allowed=allowed)
    loop = asyncio.get_running_loop()
    fault: Exception | None = None
    for place in found:
        try:
            async with asyncio.timeout(_CONNECT_SECONDS if place != found[-1] else None):
                _, connection = await loop.create_connection(
                    Connection,
                    place,
                    address.port,
                    ssl=trust,
                    server_hostname=address.host if trust else None,
                )
        except ssl.SSLCertVerificationError as error:
            raise Unreachable(f"certificate refused: {error.verify_message}") from None
        except OSError as error:  # TimeoutError and SSLError among them
            fault = error
            continue
        connection.network = network_of(place)
        return connection
    raise Unreachable(f"no connection: {fault or 'the name has no address'}")


async def resolve_checked(
    address: Address, *, resolver: Resolver, allowed: Sequence[Network]
) -> Sequence[str]:
    """The addresses of a host, all of them judged.

    Raises:
        Refused: one of them must not be reached.
        Unreachable: the name does not resolve.
    """
    if _literal(address.host):
        found: Sequence[str] = (address.host,)
    else:
        try:
            found = await resolver(address.host, address.port)
        except OSError as error:
            raise Unreachable(f"no such host: {error.strerror or error}") from None
    for place in found:
        if why := refusal(place, allowed):
            hint = "" if allowed else "; private = true allows private ones"
            raise Refused(f"{address.host} is {place}, {why}{hint}")
    return found


def _literal(host: str) -> bool:
    try:
        network_of(host)
    except ValueError:
        return False
    return True
