"""Roles: work that one machine at a time does for all.

Filing (stories are found in memory), upkeep, and of each desk its digests and alerts are claimed by
whoever finds them free, and kept until that machine goes or is found dead. What a role does is
written in fenced transactions, so a machine that slept through its lease files and tells nothing.
"""

import asyncio
from collections.abc import Collection, Iterable

from monitor.pipeline.membership import Membership
from monitor.store import Store, claims
from monitor.store.claims import HostMemory

FILING, UPKEEP = "filing", "upkeep"  # for all desks


def digest(name: str, desk: str = "") -> str:
    """Return the role of making a digest of a desk."""
    return _of_desk(f"digest {name}", desk)


def alerts(desk: str = "") -> str:
    """Return the role of telling a desk at once of what cannot wait."""
    return _of_desk("alerts", desk)


def all_of(digests: Iterable[str], desk: str = "") -> list[str]:
    """Return the roles of a daemon of a desk with these digests."""
    return [FILING, UPKEEP, alerts(desk), *(digest(name, desk) for name in digests)]


def _of_desk(role: str, desk: str) -> str:
    return f"{role} of {desk}" if desk else role


class Roles:
    """The roles that this process has."""

    def __init__(self, store: Store, membership: Membership) -> None:
        self._store, self._membership = store, membership
        self._held: set[str] = set()
        self._unwritten: set[str] = set()  # given up, and still ours as others see it

    def has(self, role: str) -> bool:
        """Tell whether a role is ours."""
        return role in self._held and self._membership.is_valid

    async def take(self, roles: Collection[str]) -> list[str]:
        """Take those that are free; return those that were just taken."""
        lacking = {claims.role(role): role for role in roles if role not in self._held}
        if not lacking or not self._membership.is_valid:
            return []

        def write() -> list[str]:
            member = self._membership
            with self._store.write() as db:
                found = claims.take(db, member.name, lacking, member.now(), wish=member.lease)
            return [lacking[claim.key] for claim in found]

        taken = await asyncio.to_thread(write)
        self._held.update(taken)
        self._unwritten.difference_update(taken)
        return taken

    @property
    def held(self) -> frozenset[str]:
        """The roles that we took, those among them that could not be given up yet."""
        return frozenset(self._held | self._unwritten)

    async def give(self, roles: Collection[str]) -> None:
        """Give roles up, such as that of a digest that our settings no longer know."""
        going = {claims.role(role): HostMemory() for role in roles if role in self.held}
        self._unwritten.update(role for role in roles if role in self._held)
        self._held.difference_update(roles)

        def write() -> None:
            with self._store.write() as db:
                claims.give(db, self._membership.name, going, self._membership.now())

        if going:
            await asyncio.to_thread(write)
            self._unwritten.difference_update(roles)
