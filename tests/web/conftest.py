"""Real clients against real sites on loopback."""

from collections.abc import AsyncIterator, Iterator

import pytest

from monitor.web import Client
from tests.site import Site

AGENT = "wire-monitor/0.1 (+mailto:desk@example.org)"


@pytest.fixture
def site() -> Iterator[Site]:
    """One site on 127.0.0.1."""
    with Site() as running:
        yield running


@pytest.fixture
def other_site() -> Iterator[Site]:
    """Another host: a site on 127.0.0.2."""
    with Site("127.0.0.2") as running:
        yield running


@pytest.fixture
async def client() -> AsyncIterator[Client]:
    """A client that does not wait between requests to one host."""
    async with Client(AGENT, spacing=0, proxies={}) as running:
        yield running
