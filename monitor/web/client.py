"""The client: one GET from asking to answer, redirects and all.

The order of one fetch: robots.txt if asked for; the host's turn; the guard; the exchange; the
host's wishes noted; the redirect, which starts all of that again for its target. A fetch ends in a
Response of whatever status, or in one error of the FetchError tree.

* The deadline counts the time in which the network was waited for, name lookup included, over all
  hops together; waiting for a turn does not count.
* A response is read up to the cap, as it came and once more when decoded.
* Validators are sent verbatim, to the target of a redirect too: that is where they came from.
* A connection is kept only while others wait for the same host. Most feeds are one request a host,
  and a thousand idle TLS connections cost more than a thousand handshakes save.
"""

import asyncio
import os
import ssl
import time
from collections.abc import Callable
from dataclasses import dataclass
from types import TracebackType
from typing import Self

from monitor.errors import BadRedirect, FetchError, Refused, TimedOut, TooLarge, Unreachable
from monitor.model import Request, Response
from monitor.web import address as addresses
from monitor.web import coding, guard
from monitor.web.address import Address
from monitor.web.connection import Connection, Headers, connect
from monitor.web.guard import Network, Resolver
from monitor.web.manners import Limits
from monitor.web.turns import Turns

MAX_HOPS = 5
_REDIRECTS = frozenset((301, 302, 303, 307, 308))
_IDLE_SECONDS = 15.0
_OFF_THE_LOOP = 128 * 1024  # coded bytes from which decoding goes to a thread


@dataclass(frozen=True, slots=True)
class Reply:
    """One answer, before anything is made of it."""

    status: int
    headers: dict[str, str]
    set_cookies: tuple[str, ...]
    body: bytes
    network: Network | None


class Client:
    """Fetches politely; an async context manager, to be shared by everything in the process.

    Args:
        user_agent: see `manners.user_agent`.
        in_flight: requests at once, over all hosts.
        per_host: requests at once to one host.
        spacing: seconds between the starts of two requests to one host.
        resolver: the addresses of a name.
        clock: monotonic seconds, for pauses and spacing.
    """

    def __init__(
        self,
        user_agent: str,
        *,
        in_flight: int = 50,
        per_host: int = 2,
        spacing: float = 1.0,
        resolver: Resolver = guard.lookup,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._agent = user_agent
        self._resolver = resolver
        self._turns = Turns(Limits(per_host, spacing), in_flight, clock)
        self._idle: dict[tuple[str, str, int], list[tuple[float, Connection]]] = {}
        self._live: set[Connection] = set()
        self._trust: ssl.SSLContext | None = None

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        for connection in self._live:
            connection.close()
        await asyncio.sleep(0)  # lets asyncio close the sockets before its loop ends

    async def fetch(self, request: Request) -> Response:
        """GET one address.

        Raises:
            Refused: not http(s), a private address, or robots.txt forbids it.
            HostPaused: the host asked us to stay away for now.
            Unreachable: no name, connection, TLS or HTTP; or a body that is not what it says.
            TimedOut: not complete by the deadline.
            TooLarge: more bytes, decoded, than `request.max_bytes`, or 64 KiB of headers.
            BadRedirect: a loop, more than 5 hops, or a target that is no address.
        """
        try:
            return await self._follow(request)
        except FetchError as error:
            error.address = error.address or addresses.redact(request.url)
            raise

    async def _follow(self, request: Request) -> Response:
        address = addresses.parse(request.url)
        allowed = guard.PRIVATE if request.private else ()
        hops: list[tuple[int, str]] = []
        spent = 0.0
        while True:
            async with self._turns.turn(address.host) as host:
                start = time.monotonic()
                reply = await self._in_time(address, request, allowed, spent)
                spent += time.monotonic() - start
                self._turns.note(host, reply.status, reply.headers.get("retry-after", ""))
            location = reply.headers.get("location", "")
            if reply.status not in _REDIRECTS or not location:
                return Response(
                    status=reply.status,
                    url=address.url,
                    headers=reply.headers,
                    body=reply.body,
                    redirects=tuple(hops),
                    cookies=request.cookies,
                    seconds=spent,
                )
            address = self._next(address, location, hops)
            hops.append((reply.status, address.url))
            allowed = (reply.network,) if reply.network is not None else ()

    def _next(self, address: Address, location: str, hops: list[tuple[int, str]]) -> Address:
        if len(hops) == MAX_HOPS:
            raise BadRedirect(f"more than {MAX_HOPS} redirects, the last from {address.url}")
        try:
            target = addresses.resolve(address, location)
        except Refused as fault:
            raise BadRedirect(f"{address.url} redirects to what is {fault}") from None
        if target.url == address.url or any(target.url == url for _, url in hops):
            raise BadRedirect(f"redirects go round in a circle at {target.url}")
        return target

    async def _in_time(
        self, address: Address, request: Request, allowed: tuple[Network, ...], spent: float
    ) -> Reply:
        try:
            async with asyncio.timeout(max(0.0, request.deadline - spent)):
                return await self._exchange(address, request, allowed)
        except TimeoutError:
            raise TimedOut(
                f"no complete answer from {address.host} in {request.deadline:g} s"
            ) from None

    async def _exchange(
        self, address: Address, request: Request, allowed: tuple[Network, ...]
    ) -> Reply:
        headers = self._headers(address, request)
        connection = self._take_idle(address, allowed)
        if connection is not None:
            try:
                return await self._converse(connection, address, request, headers)
            except Unreachable:
                pass  # it was closed while it lay idle; once more on a new one
        trust = self._trusted() if address.scheme == "https" else None
        connection = await connect(address, resolver=self._resolver, allowed=allowed, trust=trust)
        self._live.add(connection)
        return await self._converse(connection, address, request, headers)

    async def _converse(
        self, connection: Connection, address: Address, request: Request, headers: Headers
    ) -> Reply:
        try:
            head = await connection.ask(address.path, headers)
            body, whole = await connection.body(request.max_bytes)
            fields: dict[str, str] = {}
            set_cookies: list[str] = []
            for raw_name, raw_value in head.headers:
                name, value = raw_name.decode("latin-1"), raw_value.decode("latin-1")
                if name == "set-cookie":
                    set_cookies.append(value)
                elif name in fields:
                    fields[name] += ", " + value
                else:
                    fields[name] = value
            if not whole:
                raise TooLarge(f"more than {request.max_bytes} bytes")
            encoding = fields.get("content-encoding", "")
            if body and encoding:
                body = await self._decode(body, encoding, request.max_bytes)
            return Reply(head.status_code, fields, tuple(set_cookies), body, connection.network)
        finally:
            if connection.idle and self._turns.host(address.host).waiting:
                self._keep(address, connection)
            else:
                connection.close()
                self._live.discard(connection)

    async def _decode(self, body: bytes, encoding: str, limit: int) -> bytes:
        try:
            if len(body) < _OFF_THE_LOOP:
                body = coding.decode(body, encoding, limit)
            else:
                body = await asyncio.to_thread(coding.decode, body, encoding, limit)
        except coding.CodingError as fault:
            raise Unreachable(f"the body is not what its headers say: {fault}") from None
        if len(body) > limit:
            raise TooLarge(f"more than {limit} bytes when decoded from {encoding}")
        return body

    def _headers(self, address: Address, request: Request) -> Headers:
        fields = [
            ("Host", address.authority),
            ("User-Agent", request.user_agent or self._agent),
            ("Accept", request.accept),
            ("Accept-Encoding", coding.ACCEPTED),
            ("If-None-Match", request.etag),
            ("If-Modified-Since", request.last_modified),
            ("Authorization", address.authorization),
        ]
        return [(name.encode("ascii"), _sendable(value)) for name, value in fields if value]

    def _take_idle(self, address: Address, allowed: tuple[Network, ...]) -> Connection | None:
        kept = self._idle.get(address.origin)
        while kept:
            since, connection = kept.pop()
            fresh = time.monotonic() - since < _IDLE_SECONDS
            if (
                connection.idle
                and fresh
                and (not connection.network or connection.network in allowed)
            ):
                return connection
            connection.close()
            self._live.discard(connection)
        return None

    def _keep(self, address: Address, connection: Connection) -> None:
        self._idle.setdefault(address.origin, []).append((time.monotonic(), connection))

    def _trusted(self) -> ssl.SSLContext:
        if self._trust is None:
            self._trust = trust_store()
        return self._trust


def _sendable(value: str) -> bytes:
    """A header value without what could end it early (RFC 9110 section 5.5)."""
    raw = value.encode("latin-1", "ignore")
    return bytes(sign for sign in raw if sign >= 0x20 and sign != 0x7F).strip()


def trust_store() -> ssl.SSLContext:
    """TLS settings with the system's certificates, or certifi's where the system has none."""
    context = ssl.create_default_context()
    paths = ssl.get_default_verify_paths()
    if not paths.cafile and not (paths.capath and os.listdir(paths.capath)):
        import certifi

        context.load_verify_locations(certifi.where())
    context.set_alpn_protocols(["http/1.1"])
    return context
