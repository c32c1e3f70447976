"""The client: one GET from asking to answer, redirects and all.

The order of a hop: robots.txt if asked for; the host's turn; the guard; the exchange; the host's
wishes noted. A redirect starts all of that again for its target. A fetch ends in a Response of
whatever status, or in one error of the FetchError tree.

* The deadline counts the time in which the network was waited for, name lookup included, over all
  hops together, and decoding; waiting for a turn and asking robots.txt do not count.
* A body is read up to the cap as it comes, and decoded up to the cap.
* Validators are sent verbatim, to the target of a redirect too: that is where they came from.

httpx's own client is not used: what it adds to its transports (redirects, cookies shared by all
requests, decoding without a cap, timeouts by phase) has other rules here.
"""

import asyncio
import ssl
import time
from collections.abc import Awaitable, Callable, Mapping
from functools import lru_cache, partial
from typing import Self, TypeVar

import httpx

from monitor.errors import FetchError, TimedOut
from monitor.model import Request, Response
from monitor.url_logins import redact
from monitor.web import content_encoding, guard, politeness, proxy, redirects
from monitor.web.cookies import Jar
from monitor.web.exchange import Hop, decoded, exchange, is_coded
from monitor.web.guard import Network
from monitor.web.host_queue import Turn, Turns
from monitor.web.permission import Alone, Permission, RobotsShelf
from monitor.web.politeness import Limits
from monitor.web.redirects import Trail
from monitor.web.resolver import Resolver, SystemResolver
from monitor.web.robots import MAX_BYTES as MAX_ROBOTS_BYTES
from monitor.web.robots import Robots
from monitor.web.transport import GuardedTransport, trust_store
from monitor.web.weburl import WebUrl, parse

T = TypeVar("T")

_CONTROLS = bytes(range(0x20)) + b"\x7f"


class Client:
    """Fetches politely; an async context manager, to be shared by everything in the process.

    Args:
        user_agent: as `politeness.user_agent` makes it.
        in_flight: requests at once, over all hosts.
        per_host: requests at once to one host.
        spacing: seconds between the starts of two requests to one host.
        resolver: gives the addresses of a name; None: the system's.
        proxies: as `proxy.from_environment` gives them; None: from the environment.
        clock: monotonic seconds, by which hosts are spaced and paused and robots.txt ages.
        permission: asked before each request, where several machines share the work.
        shelf: where robots.txt files are kept beyond this process.
    """

    def __init__(
        self,
        user_agent: str,
        *,
        in_flight: int = 50,
        per_host: int = 2,
        spacing: float = 1.0,
        resolver: Resolver | None = None,
        proxies: Mapping[str, str] | None = None,
        clock: Callable[[], float] = time.monotonic,
        permission: Permission | None = None,
        shelf: RobotsShelf | None = None,
    ) -> None:
        self._agent = user_agent
        self._names = SystemResolver()
        self._resolver = resolver or self._names
        self._proxies = proxy.from_environment() if proxies is None else proxies
        self.turns = Turns(Limits(per_host, spacing), in_flight, clock)
        self._permission: Permission = permission or Alone()
        self._robots = Robots(clock, shelf)
        self._direct = GuardedTransport(self._resolver, self._trusted)
        self._by_proxy: dict[str, proxy.ProxyTransport] = {}
        self._trust: ssl.SSLContext | None = None

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *exc: object) -> None:
        for through in self._by_proxy.values():
            await through.aclose()
        self._names.close()
        await asyncio.sleep(0)  # lets asyncio close the sockets before its loop ends

    async def fetch(self, request: Request) -> Response:
        """GET one url.

        Raises:
            Refused: not http(s), a private address, or robots.txt forbids it.
            HostPaused: the host asked us to stay away for now.
            HostElsewhere: another machine is the one that asks this host.
            Unreachable: no name, connection, TLS or HTTP; a body that is not what it says; or a
                robots.txt that cannot be read.
            TimedOut: not complete by the deadline.
            TooLarge: more bytes, decoded, than `request.max_bytes`, or 100 KiB of headers.
            BadRedirect: a loop, more than 20 hops, or a target that is no url.
        """
        try:
            return await self._follow(request, guard.PRIVATE if request.private else ())
        except FetchError as error:
            error.url = redact(request.url)
            raise

    async def _follow(
        self, request: Request, allowed: tuple[Network, ...], *, cut: bool = False
    ) -> Response:
        url = parse(request.url)
        jar = Jar(request.cookies)
        trail = Trail()
        spent = 0.0
        while True:
            if request.robots:
                await self._ask_robots(url, request, allowed)
            cookies = jar.text
            await self._permission.admit(url.host)  # nothing may come between this and the turn
            async with self.turns.turn(url.host) as turn:
                start = time.monotonic()
                headers = self._headers(url, request, jar)
                sent = partial(self._sent, url.host, turn)
                hop = Hop(url, headers, allowed, request.max_bytes, cut, sent)
                left = request.deadline - spent
                reply = await _within(left, exchange(self._transport(url), hop), hop, request)
                spent += time.monotonic() - start
                asked = (reply.headers.get(name, "") for name in ("retry-after", "date"))
                if turn.answered(reply.status, *asked):
                    await self._permission.remember(url.host)
            jar.receive(url.text, reply.set_cookies)
            location = reply.headers.get("location", "")
            if reply.status not in redirects.STATUSES or not location:
                body = reply.body
                if is_coded(reply):
                    start, left = time.monotonic(), request.deadline - spent
                    decoding = decoded(reply, request.max_bytes, cut=cut)
                    body = await _within(left, decoding, hop, request)
                    spent += time.monotonic() - start
                return Response(
                    status=reply.status,
                    url=url.text,
                    headers=reply.headers,
                    body=body,
                    redirects=trail.hops,
                    cookies=jar.text,
                    seconds=spent,
                )
            trail, url = redirects.follow(
                trail, url, reply.status, location, sent=cookies, cookies=jar.text
            )
            allowed = () if reply.network is None else (reply.network,)

    async def _ask_robots(
        self, url: WebUrl, request: Request, allowed: tuple[Network, ...]
    ) -> None:
        async def ask(robots: WebUrl) -> tuple[int, bytes]:
            answer = await self._follow(
                Request(
                    url=str(robots),
                    user_agent=request.user_agent,
                    max_bytes=MAX_ROBOTS_BYTES,
                    deadline=request.deadline,
                ),
                allowed,
                cut=True,
            )
            return answer.status, answer.body

        token = politeness.product_token(request.user_agent or self._agent)
        policy = await self._robots.policy(url, token, ask)
        if self.turns.slow_down(url.host, policy.delay(token)):
            await self._permission.remember(url.host)
        policy.check(url, token)

    def _sent(self, host: str, turn: Turn) -> None:
        self._permission.check(host)
        turn.sent()

    def _transport(self, url: WebUrl) -> httpx.AsyncBaseTransport:
        through = proxy.proxy_for(url, self._proxies) if self._proxies else ""
        if not through:
            return self._direct
        if through not in self._by_proxy:
            self._by_proxy[through] = proxy.ProxyTransport(through, self._resolver, self._trusted())
        return self._by_proxy[through]

    def _headers(self, url: WebUrl, request: Request, jar: Jar) -> list[tuple[bytes, bytes]]:
        fields = (
            (b"Host", url.url.netloc.decode("ascii")),
            (b"User-Agent", request.user_agent or self._agent),
            (b"Accept", request.accept),
            (b"Accept-Encoding", content_encoding.ACCEPTED),
            (b"If-None-Match", request.etag),
            (b"If-Modified-Since", request.last_modified),
            (b"Authorization", url.authorization),
            (b"Cookie", jar.header(url.text)),
        )
        return [(name, _sendable(value)) for name, value in fields if value]

    def _trusted(self) -> ssl.SSLContext:
        if self._trust is None:
            self._trust = trust_store()
        return self._trust


async def _within(seconds: float, work: Awaitable[T], hop: Hop, request: Request) -> T:
    try:
        async with asyncio.timeout(max(0.0, seconds)):
            return await work
    except TimeoutError:
        whole = request.deadline
        raise TimedOut(f"no whole answer from {hop.url.host} in {whole:g} s") from None


@lru_cache(4096)  # most are sent again and again
def _sendable(value: str) -> bytes:
    """A header value without what could end it early (RFC 9110 section 5.5)."""
    return value.encode("latin-1", "ignore").translate(None, _CONTROLS).strip()
