"""Names, looked up as the system does it."""

import asyncio
import threading

import pytest

from monitor.errors import Unreachable
from monitor.model import Request
from monitor.web import Client, SystemResolver
from tests.site import Answer, Site
from tests.waiting import PATIENCE
from tests.web.conftest import AGENT


async def test_all_addresses_of_a_name_are_given() -> None:
    """Names from the system's files or servers come back as addresses, however many ask at once."""
    resolver = SystemResolver()
    found = await asyncio.gather(*(resolver("localhost", 80) for _ in range(20)))
    resolver.close()
    assert all({"127.0.0.1", "::1"} & set(addresses) for addresses in found)


@pytest.mark.parametrize("name", ["a" * 70 + ".example", "two..dots.example"])
async def test_what_cannot_be_a_name_does_not_resolve(name: str) -> None:
    """A label that DNS cannot carry is an OSError like any name that is not there."""
    resolver = SystemResolver()
    with pytest.raises(OSError, match=r"."):
        await resolver(name, 80)
    resolver.close()


async def test_a_lookup_that_is_given_up_harms_no_other() -> None:
    """Cancelling one leaves the next ones their answer."""
    resolver = SystemResolver()
    given_up = asyncio.create_task(resolver("localhost", 80))
    await asyncio.sleep(0)
    given_up.cancel()
    assert await resolver("localhost", 80)
    await asyncio.gather(given_up, return_exceptions=True)
    resolver.close()


async def test_the_client_asks_the_system_by_default(site: Site) -> None:
    """Without a resolver of the caller's, in threads that end with the client."""
    site.at("/", Answer(body=b"here"))
    before = set(threading.enumerate())
    async with Client(AGENT, proxies={}) as client:
        request = Request(f"http://localhost:{site.port}/", private=True)
        assert (await client.fetch(request)).body == b"here"
        started = set(threading.enumerate()) - before
        (looking,) = (thread for thread in started if thread.name == "resolver")
    looking.join(PATIENCE)
    assert not looking.is_alive()


async def test_a_name_is_looked_up_for_the_port_of_its_scheme() -> None:
    """80 and 443, unless the url says another."""
    asked: list[int] = []

    async def resolver(host: str, port: int) -> list[str]:
        asked.append(port)
        return []

    async with Client(AGENT, resolver=resolver, proxies={}) as client:
        for url in ("http://a.example/", "https://b.example/", "https://c.example:8443/"):
            with pytest.raises(Unreachable):
                await client.fetch(Request(url))
    assert asked == [80, 443, 8443]


async def test_lookups_stand_side_by_side_and_their_threads_end() -> None:
    """A slow name holds up no other, and no thread keeps the program from ending."""
    before = set(threading.enumerate())
    names = SystemResolver()
    for _ in range(2):  # one after the other
        await names("localhost", 80)
    await asyncio.gather(*(names("localhost", port) for port in range(1, 4)))
    started = set(threading.enumerate()) - before
    assert len([thread for thread in started if thread.name == "resolver"]) == 3
    assert all(thread.daemon for thread in started)
    for _ in range(3):
        await names("localhost", 80)
    assert set(threading.enumerate()) - before == started  # who is free takes the next
    names.close()
    for thread in started:
        thread.join(PATIENCE)
    assert not any(thread.is_alive() for thread in started)
    assert "127.0.0.1" in await names("localhost", 80)
    names.close()
