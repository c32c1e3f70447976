"""One hop: a GET sent and its answer read, and what is left of that after its coding is undone."""

import asyncio
import ssl
from collections.abc import Callable

import h11
import httpx
from msgspec import Struct

from monitor.errors import TooLarge, Unreachable
from monitor.web import content_encoding, guard, redirects
from monitor.web.guard import Network
from monitor.web.weburl import WebUrl

_NOTHING = httpx.ByteStream(b"")  # the body of a GET
_AT_ONCE = 32 * 1024  # coded bytes that are decoded on the loop,
_AT_ONCE_DECODED = 256 * 1024  # as long as they become no more than these


class Hop(Struct, frozen=True):
    """What to ask and how.

    `headers` are all that are sent, Host first (RFC 9110 section 7.2). `max_bytes` is the cap on
    the body as it comes; with `cut` a longer one is cut off there instead of refused. `sent` is
    called when the request goes out.
    """

    url: WebUrl
    headers: list[tuple[bytes, bytes]]
    allowed: tuple[Network, ...]
    max_bytes: int
    cut: bool
    sent: Callable[[], None]


class Reply(Struct, frozen=True):
    """What came of a hop: `body` still coded, `network` the private network that it came from."""

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
            hop.url.url,
            headers=hop.headers,
            stream=_NOTHING,  # else httpx looks for what it might add to them, at some cost
            extensions={"allowed": hop.allowed, "sent": hop.sent},
        )
        response = await transport.handle_async_request(request)
        try:
            # What stands in a redirect is nobody's reading, and in a 304 nothing can.
            unread = response.status_code == 304 or response.status_code in redirects.STATUSES
            body = b"" if unread else await _read(response, hop)
        finally:
            await response.aclose()
    except (httpx.TransportError, OSError, ValueError) as fault:
        # ValueError: a name that can stand in a URL but not in TLS or DNS.
        raise Unreachable(f"no answer from {hop.url.host}: {_words(fault)}") from None
    except h11.ProtocolError as fault:
        if fault.error_status_hint == 431:  # its word for headers without end
            raise TooLarge("the headers are longer than 100 KiB") from None
        raise Unreachable(f"{hop.url.host} speaks broken HTTP: {fault}") from None
    headers, set_cookies = _fields(response)
    peer = response.extensions["peer"]
    network = guard.network_of(peer) if peer else None
    return Reply(response.status_code, headers, set_cookies, body, network)


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


async def _read(response: httpx.Response, hop: Hop) -> bytes:
    limit = hop.max_bytes
    too_large = TooLarge(f"more than {limit} bytes")
    if int(response.headers.get("content-length", 0)) > limit and not hop.cut:
        raise too_large
    body = bytearray()
    async for piece in response.aiter_raw():
        body += piece
        if len(body) > limit:
            if not hop.cut:
                raise too_large
            break
    return bytes(body[:limit])


def _words(fault: Exception) -> str:
    if isinstance(fault, ssl.SSLCertVerificationError):
        return f"its certificate is refused ({fault.verify_message})"
    if isinstance(fault, OSError) and fault.strerror:
        return fault.strerror
    return str(fault) or type(fault).__name__


def is_coded(reply: Reply) -> bool:
    """Tell whether a reply names content codings to be undone."""
    return bool(reply.headers.get("content-encoding"))


async def decoded(reply: Reply, max_bytes: int, *, cut: bool) -> bytes:
    """The body without its content codings.

    Args:
        reply: as `exchange` gave it, with a coding (`is_coded`).
        max_bytes: cap on the result.
        cut: cut a longer one off there instead of refusing it.

    Raises:
        Unreachable: the body is not what its Content-Encoding says.
        TooLarge: it becomes longer than the cap.
    """
    encoding = reply.headers["content-encoding"]
    try:
        body = b""
        small = min(max_bytes, _AT_ONCE_DECODED)
        if at_once := len(reply.body) <= _AT_ONCE:
            body = content_encoding.decode(reply.body, encoding, small)
        if not at_once or len(body) > small:
            body = await asyncio.to_thread(content_encoding.decode, reply.body, encoding, max_bytes)
    except content_encoding.CodingError as fault:
        raise Unreachable(f"the body is not what its headers say: {fault}") from None
    if len(body) > max_bytes and not cut:
        raise TooLarge(f"more than {max_bytes} bytes when decoded from {encoding}")
    return body[:max_bytes]
