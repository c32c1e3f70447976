"""One hop: a GET sent and its answer read, and what is left of that after its coding is undone."""

import asyncio
import ssl
from dataclasses import dataclass

import h11
import httpx

from monitor.errors import TooLarge, Unreachable
from monitor.web import content_encoding, guard, redirects
from monitor.web.guard import Network
from monitor.web.hop import Answer, Hop, Way

_AT_ONCE = 32 * 1024  # coded bytes that are decoded on the loop,
_AT_ONCE_DECODED = 256 * 1024  # as long as they become no more than these


@dataclass(frozen=True, slots=True)
class Reply:
    """What came of a hop: `body` still coded, `network` the private network that it came from."""

    status: int
    headers: dict[str, str]
    set_cookies: list[str]
    body: bytes
    network: Network | None


async def exchange(way: Way, hop: Hop) -> Reply:
    """Ask and read the answer.

    Raises:
        Refused: the guard says no.
        Unreachable: no answer, or one that is not what it says.
        TooLarge: a body beyond the cap, or headers without end.
    """
    try:
        answer = await way.ask(hop)
        try:
            headers, set_cookies = _fields(answer.headers)
            # What stands in a redirect is nobody's reading, and in a 304 nothing can.
            unread = answer.status == 304 or answer.status in redirects.STATUSES
            body = b"" if unread else await _read(answer, headers, hop)
        finally:
            await answer.aclose()
    except (httpx.TransportError, OSError, ValueError) as fault:
        # ValueError: a name that can stand in a URL but not in TLS or DNS.
        raise Unreachable(f"no answer from {hop.url.host}: {_words(fault)}") from None
    except h11.ProtocolError as fault:
        if fault.error_status_hint == 431:  # its word for headers without end
            raise TooLarge("the headers are longer than 100 KiB") from None
        raise Unreachable(f"{hop.url.host} speaks broken HTTP: {fault}") from None
    network = guard.network_of(answer.peer) if answer.peer else None
    return Reply(answer.status, headers, set_cookies, body, network)


def _fields(fields: list[tuple[bytes, bytes]]) -> tuple[dict[str, str], list[str]]:
    """Headers by lower-case name, repeated ones joined (RFC 9110 section 5.3); and Set-Cookies."""
    headers: dict[str, str] = {}
    set_cookies: list[str] = []
    for raw_name, raw_value in fields:
        name, value = raw_name.decode("latin-1").lower(), raw_value.decode("latin-1")
        if name == "set-cookie":
            set_cookies.append(value)
        else:
            headers[name] = f"{headers[name]}, {value}" if name in headers else value
    return headers, set_cookies


async def _read(answer: Answer, headers: dict[str, str], hop: Hop) -> bytes:
    limit = hop.max_bytes
    too_large = TooLarge(f"more than {limit} bytes")
    if int(headers.get("content-length", 0)) > limit and not hop.cut:
        raise too_large
    body = bytearray()
    async for piece in answer.body():
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


async def decoded(reply: Reply, max_bytes: int, *, cut: bool) -> bytes:
    """The body without its content codings.

    Args:
        reply: as `exchange` gave it.
        max_bytes: cap on the result.
        cut: cut a longer one off there instead of refusing it.

    Raises:
        Unreachable: the body is not what its Content-Encoding says.
        TooLarge: it becomes longer than the cap.
    """
    encoding = reply.headers.get("content-encoding", "")
    if not encoding or not reply.body:
        return reply.body
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
