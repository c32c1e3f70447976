"""What goes over a way to the network, and what comes back."""

from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from typing import Protocol

from monitor.web.guard import Network
from monitor.web.weburl import WebUrl


@dataclass(frozen=True, slots=True)
class Hop:
    """What to ask and how.

    `max_bytes` is the cap on the body as it comes; with `cut` a longer one is cut off there instead
    of refused. `allowed` are the private networks that may be reached. `sent` is called when the
    request goes out.
    """

    url: WebUrl
    headers: list[tuple[bytes, bytes]]
    allowed: tuple[Network, ...]
    max_bytes: int
    cut: bool
    sent: Callable[[], None]


class Answer(Protocol):
    """The head of an answer, and the way to its body."""

    @property
    def status(self) -> int:
        """The HTTP status."""

    @property
    def headers(self) -> list[tuple[bytes, bytes]]:
        """All header fields in their order."""

    @property
    def peer(self) -> str:
        """The network address that answered; "" when only a proxy knows."""

    def body(self) -> AsyncIterator[bytes]:
        """Give the body as it comes, its codings not undone."""

    async def aclose(self) -> None:
        """Leave the rest unread."""


class Way(Protocol):
    """A way to the network."""

    async def ask(self, hop: Hop) -> Answer:
        """Send a request and return the head of its answer, which is to be closed.

        Raises:
            Refused: the guard says no.
            Unreachable: the name does not resolve.
            OSError, h11.ProtocolError, httpx.TransportError: there is no answer.
        """
