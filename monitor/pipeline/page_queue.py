"""Pages that are due, and which of them this machine asks for.

Where others share the work, a page is left to the machine that has its host; hosts that are
nobody's are taken in part, so that all machines get some. A page of a feed with a vantage point is
asked for from there alone, and its host is wished for where another machine has it.
"""

from collections.abc import Mapping, Sequence
from math import ceil

from monitor import model
from monitor.pipeline.host_claims import HostClaims
from monitor.pipeline.membership import Membership, passed
from monitor.store.page_work import DuePage
from monitor.web import host_or_none

_AGAIN = 5.0  # seconds until a page or a host is looked at again that other machines have


class PageQueue:
    """What is left to others, and for how long."""

    def __init__(self, member: Membership, hosts: HostClaims) -> None:
        self._member, self._claims = member, hosts
        self._pages_off: dict[int, float] = {}  # until when
        self._hosts_off: dict[str, float] = {}
        self.hosts: frozenset[str] = frozenset()  # of the pages that were ours at the last look

    def put_off(self, page: DuePage, seconds: float = _AGAIN) -> None:
        """Let a page be: others have it, or it could not be filed."""
        self._pages_off[page.id] = passed() + seconds

    async def ours(
        self, found: Sequence[DuePage], feeds: Mapping[str, model.Feed]
    ) -> list[DuePage]:
        """Return those of the pages that are due which are for us to ask for.

        Raises:
            StoreError: hosts cannot be claimed.
        """
        at = passed()
        self._pages_off = {id_: end for id_, end in self._pages_off.items() if end > at}
        if self._member.alone or not found:
            return [page for page in found if page.id not in self._pages_off]
        self._hosts_off = {host: end for host, end in self._hosts_off.items() if end > at}
        kept: list[DuePage] = []
        free: dict[str, list[DuePage]] = {}
        for page in found:
            vantage = feeds[page.feed].vantage if page.feed in feeds else ""
            if page.id in self._pages_off or vantage not in ("", self._member.vantage):
                continue
            host = host_or_none(page.url)
            if vantage or host is None or self._claims.holds(host):
                kept.append(page)
            elif host not in self._hosts_off:
                free.setdefault(host, []).append(page)
        for host in await self._take(list(free), at):
            kept += free[host]
        self.hosts = frozenset(host for page in kept if (host := host_or_none(page.url)))
        return kept

    async def _take(self, hosts: Sequence[str], at: float) -> set[str]:
        if not hosts:
            return set()
        part = hosts[: ceil(len(hosts) / (1 + len(self._member.peers)))]
        taken = await self._claims.take(part)
        self._hosts_off |= {host: at + _AGAIN for host in part if host not in taken}
        return taken
