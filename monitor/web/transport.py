"""The direct way to the network: HTTP/1.1 over a connection that the guard allows.

`DirectWay` resolves a name, lets the guard judge every address found, and connects to a judged
address: whatever an address or redirect says, there is no other way to a socket. HTTP itself is
h11's, the protocol inside httpx: fed by hand it costs a third of what it does through httpx's
transports and their pool (`tests/benchmarks/poll_http.py` has the figures), and a poll is little
else.

Connections are not kept, and the server is told so (RFC 9112 section 9.6). Most feeds are one
request a host, the next page of a host is a second away by our own manners, and a thousand idle
TLS connections cost more than the handshakes that they save. HTTP/2 is not offered for the same
reason: there is nothing to multiplex. Timeouts are not here either: the client sets one deadline
for the whole.
"""

import asyncio
import os
import ssl
from collections.abc import AsyncIterator, Callable, Sequence

import h11

from monitor.errors import PrivateAddress, Refused, Unreachable
from monitor.web.guard import Network, refusal
from monitor.web.hop import Hop
from monitor.web.resolver import Resolver

_CONNECT_SECONDS = 10.0  # for one address, with TLS
_MOST_HEADERS = 100 * 1024  # bytes
_AT_ONCE = 64 * 1024  # bytes read from a socket

_CLOSE = (b"Connection", b"close")


class DirectWay:
    """Asks over a new connection each time.

    Args:
        resolver: gives the addresses of a name.
        trust: gives the TLS settings, when first needed.
    """

    def __init__(self, resolver: Resolver, trust: Callable[[], ssl.SSLContext]) -> None:
        self._resolver, self._trust = resolver, trust

    async def ask(self, hop: Hop) -> "DirectAnswer":
        """Send a request; raises as `Way.ask` does."""
        scheme, host, port = hop.url.origin
        places = await resolve_checked(host, port, self._resolver, hop.allowed)
        trust = self._trust() if scheme == "https" else None
        reader, writer, place = await _open(places, port, host, trust)
        try:
            hop.sent()
            connection = h11.Connection(h11.CLIENT, max_incomplete_event_size=_MOST_HEADERS)
            request = h11.Request(
                method=b"GET",
                target=hop.url.url.raw_path,
                headers=[(b"Host", hop.url.url.netloc), *hop.headers, _CLOSE],
            )
            writer.write(connection.send(request) or b"")
            connection.send(h11.EndOfMessage())
            await writer.drain()
            head = await _event(connection, reader)
            while not isinstance(head, h11.Response):  # 100 and its like
                head = await _event(connection, reader)
        except BaseException:
            writer.transport.abort()
            raise
        return DirectAnswer(head, connection, reader, writer, place)


class DirectAnswer:
    """An answer whose body may still be under way."""

    def __init__(
        self,
        head: h11.Response,
        connection: h11.Connection,
        reader: asyncio.StreamReader,
        writer: asyncio.StreamWriter,
        peer: str,
    ) -> None:
        self.status, self.headers, self.peer = head.status_code, list(head.headers), peer
        self._connection, self._reader, self._writer = connection, reader, writer

    async def body(self) -> AsyncIterator[bytes]:
        """Give the body as it comes; raises h11.ProtocolError when it breaks off."""
        while isinstance(event := await _event(self._connection, self._reader), h11.Data):
            yield event.data

    async def aclose(self) -> None:
        """End the connection, without waiting for a peer that never says goodbye."""
        self._writer.transport.abort()


async def _event(connection: h11.Connection, reader: asyncio.StreamReader) -> h11.Event:
    """Read until something is understood."""
    while (event := connection.next_event()) is h11.NEED_DATA:
        data = await reader.read(_AT_ONCE)
        if not data and connection.their_state is h11.SEND_RESPONSE:
            raise h11.RemoteProtocolError("Server disconnected without sending a response.")
        connection.receive_data(data)
    if event is h11.PAUSED:  # it switches to a protocol that nobody asked for
        raise h11.RemoteProtocolError("Server changes the protocol")
    assert not isinstance(event, type)
    return event


async def _open(
    places: Sequence[str], port: int, host: str, trust: ssl.SSLContext | None
) -> tuple[asyncio.StreamReader, asyncio.StreamWriter, str]:
    """Connect to the first address that answers; return it with the connection."""
    fault: Exception | None = None
    for place in places:
        try:
            async with asyncio.timeout(_CONNECT_SECONDS):
                pair = await asyncio.open_connection(
                    place, port, ssl=trust, server_hostname=host if trust else None
                )
        except ssl.SSLCertVerificationError:
            raise
        except TimeoutError:
            fault = Unreachable(f"no connection to {host} in {_CONNECT_SECONDS:g} s")
        except OSError as error:
            fault = error
        else:
            return *pair, place
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
