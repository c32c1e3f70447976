"""Who may ask a host, where several machines share the work.

A client asks for permission before each request, at its start and once more when it goes out, and
hands over what it learnt of a host. Alone, everything is permitted.
"""

from typing import Protocol


class Permission(Protocol):
    """Decides for one process which hosts it may ask."""

    async def admit(self, host: str) -> None:
        """Return when a host may be asked; raises HostElsewhere."""

    def check(self, host: str) -> None:
        """Raise HostElsewhere when a request that goes out now would break in on others."""

    async def remember(self, host: str) -> None:
        """Write down what a host has just asked of us, for whoever asks it next."""


class RobotsShelf(Protocol):
    """Where robots.txt files are kept beyond this process."""

    async def recall(self, origin: str) -> tuple[float, int, bytes] | None:
        """Return for how many seconds a file still holds, its status and its bytes."""

    async def keep(self, origin: str, seconds: float, status: int, body: bytes) -> None:
        """Keep a file for so many seconds."""


class Alone:
    """Everything is permitted, and nobody needs to be told."""

    async def admit(self, host: str) -> None:
        """Return at once."""

    def check(self, host: str) -> None:
        """Do nothing."""

    async def remember(self, host: str) -> None:
        """Do nothing."""
