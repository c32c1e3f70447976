"""robots.txt by RFC 9309, read with protego.

* It is asked once a day for each scheme, host and port, by the same client with the same manners,
  and kept where the next process, or another machine, finds it.
* 2xx: its rules hold, of which the first 512 KiB are read. 3xx: followed like everything else; a
  chain that leads nowhere counts as no robots.txt. 4xx: there are no rules. 5xx, or no answer:
  nothing may be asked, and we look again after an hour; rules known from before stay in force.
* A group is ours when it names our product token, whatever its case and version, else `*`.
* A crawl-delay or request-rate of our group holds for every request to the host from then on.
"""

import asyncio
import math
import re
import time
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING

from msgspec import Struct

from monitor.errors import (
    BadRedirect,
    FetchError,
    HostElsewhere,
    HostPaused,
    PrivateAddress,
    Refused,
    Unreachable,
)
from monitor.web.permission import RobotsShelf
from monitor.web.weburl import WebUrl, resolve

if TYPE_CHECKING:
    from protego import Protego

MAX_BYTES = 512 * 1024
_DAY, _HOUR = 86_400.0, 3_600.0
_MOST_SITES = 5_000
_MOST_TEXT = 2 * 1024 * 1024  # bytes of all files; protego makes up to 60 times that of them
_AGENT_LINE = re.compile(r"(?im)^[ \t]*user[- ]?agent[ \t]*[: \t][ \t]*([^#\r\n]*)")

Origin = tuple[str, str, int]
Ask = Callable[[WebUrl], Awaitable[tuple[int, bytes]]]


class Policy(Struct, frozen=True):
    """What one site lets us do."""

    rules: "Protego | None" = None
    closed: str = ""  # why nothing may be asked
    size: int = 0  # bytes that the rules were read from

    def check(self, url: WebUrl, token: str) -> None:
        """Return when a url may be asked.

        Raises:
            Refused: the rules forbid it to us.
            Unreachable: the rules cannot be read, so that nothing may be asked for now.
        """
        if self.closed:
            raise Unreachable(f"{url.host} may not be asked: {self.closed}")
        if self.rules is not None and not self.rules.can_fetch(url.path, token):
            raise Refused(f"the robots.txt of {url.host} forbids {url.path}")

    def delay(self, token: str) -> float:
        """Seconds between requests that the rules ask for; 0 for none, infinite beyond numbers."""
        if self.rules is None:
            return 0.0
        delay = self.rules.crawl_delay(token) or 0.0
        if (rate := self.rules.request_rate(token)) is None:
            return delay
        try:
            return max(delay, rate.seconds / rate.requests)
        except OverflowError:  # hundreds of digits
            return math.inf


def read(status: int, body: bytes, token: str) -> Policy:
    """The policy that an answer to robots.txt amounts to.

    Args:
        status: final, after redirects.
        body: its first `MAX_BYTES`.
        token: our product token.
    """
    if status >= 500:
        return Policy(closed=f"its robots.txt answers {status}")
    if not 200 <= status < 300:
        return Policy()
    from protego import Protego

    text = body.decode("utf-8-sig", "replace")
    rules = Protego.parse(_AGENT_LINE.sub(lambda line: _group(line, token), text))
    return Policy(rules=rules, size=len(body))


def _group(line: re.Match[str], token: str) -> str:
    # Groups of others become one. A file of 4,000 agents with 40,000 rules would otherwise be
    # 160 million rules, and an agent called "wire" would be taken for ours.
    name = line[1].strip()
    if name != "*" and name.partition("/")[0].rstrip("* ").lower() != token.lower():
        name = "someone-else"
    return f"User-agent: {name if name in ('*', 'someone-else') else token}"


class Robots:
    """The policies of all sites, each asked for when first needed.

    Args:
        clock: monotonic seconds.
        shelf: where files are kept beyond this process, for the next one and for other machines.
    """

    def __init__(
        self, clock: Callable[[], float] = time.monotonic, shelf: RobotsShelf | None = None
    ) -> None:
        self._clock, self._shelf = clock, shelf
        self._known: dict[Origin, tuple[float, Policy]] = {}  # until when it holds
        self._asking: dict[Origin, asyncio.Lock] = {}
        self._text = 0

    async def policy(self, url: WebUrl, token: str, ask: Ask) -> Policy:
        """What the site of a url lets us do.

        Args:
            url: what is to be asked.
            token: our product token.
            ask: fetches a robots.txt; (status, first bytes).

        Raises:
            HostPaused: the host asked us to stay away.
        """
        policy = self._fresh(url.origin)
        if policy is not None:
            return policy
        try:
            async with self._asking.setdefault(url.origin, asyncio.Lock()):
                return self._fresh(url.origin) or await self._ask(url, token, ask)
        finally:
            self._asking.pop(url.origin, None)

    def _fresh(self, origin: Origin) -> Policy | None:
        until, policy = self._known.get(origin, (0.0, None))
        return policy if self._clock() < until else None

    async def _ask(self, url: WebUrl, token: str, ask: Ask) -> Policy:
        seconds = _DAY
        origin = "{}://{}:{}".format(*url.origin)
        if self._shelf is not None and (found := await self._shelf.recall(origin)) is not None:
            left, status, body = found
            policy = await asyncio.to_thread(read, status, body, token)
            self._keep(url.origin, self._clock() + left, policy)
            return policy
        try:
            status, body = await ask(resolve(url, "/robots.txt"))
            policy = await asyncio.to_thread(read, status, body, token)
            if self._shelf is not None and not policy.closed:
                await self._shelf.keep(origin, seconds, status, body)
        except (HostPaused, HostElsewhere, PrivateAddress):
            raise
        except BadRedirect:
            policy = Policy()
        except FetchError as fault:
            policy = Policy(closed=f"its robots.txt cannot be read ({fault})")
        if policy.closed:
            seconds = _HOUR
            _, policy = self._known.get(url.origin, (0.0, policy))
        self._keep(url.origin, self._clock() + seconds, policy)
        return policy

    def _keep(self, origin: Origin, until: float, policy: Policy) -> None:
        _, before = self._known.pop(origin, (0.0, Policy()))
        self._text += policy.size - before.size
        self._known[origin] = until, policy
        while len(self._known) > _MOST_SITES or self._text > _MOST_TEXT:
            _, oldest = self._known.pop(next(iter(self._known)))
            self._text -= oldest.size
