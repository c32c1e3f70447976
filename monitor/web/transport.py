"""The way to the network: httpx transports, with the guard inside the connection.

`GuardedTransport` is an httpx transport over httpcore's HTTP/1.1 connection, one for each request.
It resolves the name, lets the guard judge every address found, and connects to a judged address:
whatever an address or redirect says, there is no other way to a socket.

Connections are not kept, and the server is told so (RFC 9112 section 9.6). Most feeds are one
request a host, the next page of a host is a second away by our own manners, and a thousand idle
TLS connections cost more than the handshakes that they save. HTTP/2 is not offered for the same
reason: there is nothing to multiplex.

httpx's pool and its anyio backend are left out because they cost as much as all the rest of a
request: `tests/benchmarks/poll_http.py` has the figures. Timeouts are not here either: the client
sets one deadline for the whole.
"""

import asyncio
import os
import ssl
from collections.abc import AsyncIterator, Callable, Sequence

import httpcore
import httpx

from monitor.errors import PrivateAddress, Refused, Unreachable
from monitor.web.guard import Network, refusal
from monitor.web.resolver import Resolver

_CONNECT_SECONDS = 10.0  # for one address, with TLS

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
            OSError, httpcore exceptions: there is no answer.
        """
        asked = request.url
        url = httpcore.URL(
            scheme=asked.raw_scheme, host=asked.raw_host, port=asked.port, target=asked.raw_path
        )
        host = url.host.decode("ascii").strip("[]")
        allowed: tuple[Network, ...] = request.extensions["allowed"]
        places = await resolve_checked(host, url.origin.port, self._resolver, allowed)
        trust = self._trust() if url.scheme == b"https" else None
        stream = await _open(places, url.origin.port, host, trust)
        try:
            request.extensions["sent"]()
            connection = httpcore.AsyncHTTP11Connection(url.origin, stream)
            answer = await connection.handle_async_request(
                httpcore.Request(request.method, url, headers=[*request.headers.raw, _CLOSE])
            )
        except BaseException:
            await stream.aclose()
            raise
        return httpx.Response(
            answer.status,
            headers=answer.headers,
            stream=_Body(answer, stream),
            extensions={"peer": stream.place},
        )


class _Body(httpx.AsyncByteStream):
    def __init__(self, answer: httpcore.Response, stream: "_Stream") -> None:
        self._answer, self._stream = answer, stream

    def __aiter__(self) -> AsyncIterator[bytes]:
        return self._answer.aiter_stream()

    async def aclose(self) -> None:
        await self._stream.aclose()


class _Stream(httpcore.AsyncNetworkStream):
    """httpcore's view of an asyncio connection to an address (`place`)."""

    def __init__(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, place: str
    ) -> None:
        self._reader, self._writer, self.place = reader, writer, place

    async def read(self, max_bytes: int, timeout: float | None = None) -> bytes:  # noqa: ASYNC109
        return await self._reader.read(max_bytes)

    async def write(self, buffer: bytes, timeout: float | None = None) -> None:  # noqa: ASYNC109
        if buffer:  # httpcore writes the body of a GET as well
            self._writer.write(buffer)
            await self._writer.drain()

    async def aclose(self) -> None:
        self._writer.transport.abort()  # does not wait for a peer that never says goodbye


async def _open(
    places: Sequence[str], port: int, host: str, trust: ssl.SSLContext | None
) -> _Stream:
    """Connect to the first address that answers."""
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
            return _Stream(*pair, place)
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
