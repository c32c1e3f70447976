"""One hop: a GET sent, and its answer read and decoded within the caps."""

import asyncio
import ssl
from collections.abc import Callable
from dataclasses import dataclass

import httpcore
import httpx

from monitor.errors import TooLarge, Unreachable
from monitor.web import coding, guard, redirects
from monitor.web.address import Address
from monitor.web.guard import Network

_OFF_THE_LOOP = 128 * 1024  # coded bytes from which decoding goes to a thread


@dataclass(frozen=True, slots=True)
class Hop:
    """What to ask and how.

    `max_bytes` is the cap on the body, as it comes and decoded; with `cut` a longer one is cut off
    there instead of refused. `sent` is called when the request goes out.
    """

    address: Address
    headers: list[tuple[bytes, bytes]]
    allowed: tuple[Network, ...]
    max_bytes: int
    cut: bool
    sent: Callable[[], None]


@dataclass(frozen=True, slots=True)
class Reply:
    """What came of a hop; `network` is the private network that it came from."""

    status: int
    headers: dict[str, str]
    set_cookies: list[str]
    body: bytes
    network: Network | None


async def exchange(transport: httpx.AsyncBaseTransport, hop: Hop) -> Reply:
    """Ask and read the answer.

    Raises:
        Refused: the guard says no.
        Unreachable: no answer, or one that is not what it says.
        TooLarge: a body beyond the cap, or headers without end.
    """
    try:
        request = httpx.Request(
            "GET",
            hop.address.url,
            headers=hop.headers,
            extensions={"allowed": hop.allowed, "sent": hop.sent},
        )
        response = await transport.handle_async_request(request)
        try:
            # What stands in a redirect is nobody's reading, and in a 304 nothing can.
            unread = response.status_code == 304 or response.status_code in redirects.STATUSES
            body, whole = (b"", True) if unread else await _read(response, hop.max_bytes)
        finally:
            await response.aclose()
    except (httpx.TransportError, httpcore.NetworkError, OSError, ValueError) as fault:
        # ValueError: a name that can stand in a URL but not in TLS or DNS.
        raise Unreachable(f"no answer from {hop.address.host}: {_words(fault)}") from None
    except httpcore.ProtocolError as fault:
        # What h11 found is the cause; its word for headers without end is 431.
        if getattr(fault.__cause__, "error_status_hint", 0) == 431:
            raise TooLarge("the headers are longer than 100 KiB") from None
        raise Unreachable(f"{hop.address.host} speaks broken HTTP: {fault}") from None
    headers, set_cookies = _fields(response)
    if not whole and not hop.cut:
        raise TooLarge(f"more than {hop.max_bytes} bytes")
    if body and (encoding := headers.get("content-encoding", "")):
        body = await _decoded(body, encoding, hop.max_bytes)
        if len(body) > hop.max_bytes and not hop.cut:
            raise TooLarge(f"more than {hop.max_bytes} bytes when decoded from {encoding}")
    peer = response.extensions["peer"]
    network = guard.network_of(peer) if peer else None
    return Reply(response.status_code, headers, set_cookies, body[: hop.max_bytes], network)


def _fields(response: httpx.Response) -> tuple[dict[str, str], list[str]]:
    """Headers by lower-case name, repeated ones joined (RFC 9110 section 5.3); and Set-Cookies."""
    headers: dict[str, str] = {}
    set_cookies: list[str] = []
    for raw_name, raw_value in response.headers.raw:
        name, value = raw_name.decode("latin-1").lower(), raw_value.decode("latin-1")
        if name == "set-cookie":
            set_cookies.append(value)
        else:
            headers[name] = f"{headers[name]}, {value}" if name in headers else value
    return headers, set_cookies


async def _read(response: httpx.Response, limit: int) -> tuple[bytes, bool]:
    """The body as it comes, up to `limit` bytes, and whether that is all of it."""
    body = bytearray()
    async for piece in response.aiter_raw():
        body += piece
        if len(body) > limit:
            return bytes(body[:limit]), False
    return bytes(body), True


async def _decoded(body: bytes, encoding: str, limit: int) -> bytes:
    try:
        if len(body) < _OFF_THE_LOOP:
            return coding.decode(body, encoding, limit)
        return await asyncio.to_thread(coding.decode, body, encoding, limit)
    except coding.CodingError as fault:
        raise Unreachable(f"the body is not what its headers say: {fault}") from None


def _words(fault: Exception) -> str:
    if isinstance(fault, ssl.SSLCertVerificationError):
        return f"its certificate is refused ({fault.verify_message})"
    if isinstance(fault, OSError) and fault.strerror:
        return fault.strerror
    return str(fault) or type(fault).__name__
