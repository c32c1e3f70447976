"""Whose turn it is, kept by a real client against real hosts."""

import asyncio
import threading
from datetime import UTC, datetime, timedelta

import pytest

from monitor.errors import HostPaused
from monitor.model import Request
from monitor.web import Client
from monitor.web.host_queue import Turns
from monitor.web.permission import Alone
from monitor.web.politeness import Limits
from tests.loop_clock import LoopClock
from tests.site import Answer, Asked, Site
from tests.waiting import PATIENCE
from tests.web.conftest import AGENT


class Gauge:
    """A route that counts how many requests are inside it at once."""

    def __init__(self, site: Site, together: int) -> None:
        self.lock, self.inside, self.peak = threading.Lock(), 0, 0
        self.full = threading.Event()
        self.site, self.together = site, together

    def __call__(self, asked: Asked) -> Answer:
        with self.lock:
            self.inside += 1
            self.peak = max(self.peak, self.inside)
            if self.inside == self.together:
                self.full.set()
        self.full.wait(PATIENCE)
        with self.lock:
            self.inside -= 1
        return Answer()


async def test_a_host_sees_no_more_than_its_limit(site: Site) -> None:
    """Failure mode 22: of many requests to a host, at most `per_host` are in flight."""
    gauge = Gauge(site, 2)
    site.at("/", gauge)
    async with Client(AGENT, per_host=2, spacing=0, proxies={}) as client:
        await asyncio.gather(*(client.fetch(Request(site.url(), private=True)) for _ in range(9)))
    assert gauge.peak == 2
    assert len(site.asked) == 9


async def test_all_hosts_together_see_no_more_than_the_limit(
    site: Site, other_site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    """`in_flight` holds over all hosts, of requests that are answered in time."""
    LoopClock(monkeypatch)
    gauge = Gauge(site, 3)
    site.at("/", gauge)
    other_site.at("/", gauge)
    async with Client(AGENT, in_flight=3, per_host=9, spacing=0, proxies={}) as client:
        urls = [site.url(), other_site.url()] * 5
        await asyncio.gather(*(client.fetch(Request(url, private=True)) for url in urls))
    assert gauge.peak == 3


async def test_waiting_for_one_host_holds_up_no_other(site: Site, other_site: Site) -> None:
    """A host whose spacing is not over takes no place from the others."""
    async with Client(AGENT, in_flight=1, spacing=3600, proxies={}) as client:
        await client.fetch(Request(site.url("/first"), private=True))
        waiting = [
            asyncio.create_task(client.fetch(Request(site.url("/later"), private=True)))
            for _ in range(3)
        ]
        response = await client.fetch(Request(other_site.url(), private=True))
        assert response.status == 404
        assert site.paths() == ["/first"]
        for task in waiting:
            task.cancel()
        await asyncio.gather(*waiting, return_exceptions=True)


async def test_requests_that_are_given_up_leave_no_trace(site: Site) -> None:
    """Cancelled or failed, in the queue or in flight: the next request finds the host free."""
    arrived = threading.Event()

    def silent(asked: Asked) -> Answer:
        arrived.set()
        return Answer(silent=True)

    site.at("/silent", silent)
    async with Client(AGENT, in_flight=1, per_host=1, spacing=0, proxies={}) as client:
        tasks = [
            asyncio.create_task(client.fetch(Request(site.url("/silent"), private=True)))
            for _ in range(3)
        ]
        assert await asyncio.to_thread(arrived.wait, PATIENCE)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        site.at("/good", Answer(body=b"good"))
        assert (await client.fetch(Request(site.url("/good"), private=True))).body == b"good"


@pytest.mark.parametrize("status", [429, 503])
async def test_retry_after_pauses_the_whole_host(site: Site, other_site: Site, status: int) -> None:
    """Failure mode 22: other requests to the host are refused with the time, until it is over."""
    now = [1000.0]
    site.at("/busy", Answer(status, headers={"Retry-After": "120"}))
    site.at("/", Answer(body=b"good"))
    async with Client(AGENT, spacing=0, proxies={}, clock=lambda: now[0]) as client:
        busy = await client.fetch(Request(site.url("/busy"), private=True))
        assert busy.status == status
        with pytest.raises(HostPaused) as paused:
            await client.fetch(Request(site.url(), private=True))
        left = paused.value.until - datetime.now(UTC)
        assert timedelta(0) < left <= timedelta(seconds=120)
        assert paused.value.url == site.url()
        assert site.paths() == ["/busy"]
        assert (await client.fetch(Request(other_site.url(), private=True))).status == 404
        now[0] += 120
        assert (await client.fetch(Request(site.url(), private=True))).body == b"good"


@pytest.mark.parametrize(("in_flight", "per_host"), [(9, 1), (1, 2)])
async def test_a_pause_reaches_those_already_waiting(
    site: Site, in_flight: int, per_host: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Requests that waited for the host or for a place when the host said no are not sent."""
    LoopClock(monkeypatch)
    site.at("/", Answer(429))
    async with Client(
        AGENT, in_flight=in_flight, per_host=per_host, spacing=0, proxies={}
    ) as client:
        results = await asyncio.gather(
            *(client.fetch(Request(site.url(), private=True)) for _ in range(5)),
            return_exceptions=True,
        )
    assert len(site.asked) == 1
    assert [type(result).__name__ for result in results] == ["Response"] + ["HostPaused"] * 4


async def test_a_place_that_a_paused_host_cannot_use_is_the_next_ones() -> None:
    """Who waited for a place and learns of a pause gives it back."""
    turns = Turns(Limits(2, 0.0), 1, lambda: 1000.0)
    async with turns.turn("a.example") as first:
        first.sent()
        second = asyncio.ensure_future(turns.turn("a.example").__aenter__())
        for _ in range(5):
            await asyncio.sleep(0)
        first.answered(429, "60")
    with pytest.raises(HostPaused):
        await second
    async with asyncio.timeout(PATIENCE), turns.turn("b.example") as other:
        assert other.unsent


async def test_ports_of_a_host_share_its_clock(site: Site) -> None:
    """A host is a name, whatever its port: a pause holds for all of them."""
    site.at("/", Answer(429))
    with Site() as neighbour:
        async with Client(AGENT, spacing=0, proxies={}) as client:
            await client.fetch(Request(site.url(), private=True))
            with pytest.raises(HostPaused):
                await client.fetch(Request(neighbour.url(), private=True))


async def test_a_date_to_wait_for_is_by_the_servers_clock() -> None:
    """A machine whose clock is hours off waits as long as the server meant."""
    turns = Turns(Limits(2, 0.0), 5, lambda: 1000.0)
    async with turns.turn("a.example") as turn:
        turn.sent()
        turn.answered(429, "Tue, 01 Jan 2030 10:02:00 GMT", date="Tue, 01 Jan 2030 10:00:00 GMT")
    assert turns.known("a.example").pause == 120


async def test_hosts_that_want_nothing_are_forgotten_and_others_are_not() -> None:
    """Years of hosts do not pile up, but no pause is lost for it."""
    now = [1000.0]
    turns = Turns(Limits(2, 0.0), 5, lambda: now[0], remember=3)
    async with turns.turn("paused.example") as turn:
        turn.sent()
        turn.answered(429, "3600")
    for number in range(20):
        async with turns.turn(f"{number}.example") as turn:
            turn.sent()
        now[0] += 100
    assert turns.known("0.example").asked_ago == float("inf")
    assert turns.known("19.example").asked_ago == 100
    with pytest.raises(HostPaused):
        async with turns.turn("paused.example"):
            raise AssertionError


def test_a_host_that_wants_to_be_asked_slowly_is_news_once() -> None:
    """Who keeps such wishes beyond this process need not write the same one again."""
    turns = Turns(Limits(2, 1.0), 5, lambda: 1000.0)
    assert turns.slow_down("a.example", 5.0)
    assert not turns.slow_down("a.example", 5.0)
    assert turns.slow_down("a.example", 8.0)
    assert not turns.slow_down("b.example", 0.0)


async def test_a_host_is_idle_when_nothing_is_under_way_to_it() -> None:
    """As is one that was never heard of."""
    turns = Turns(Limits(2, 0.0), 5, lambda: 1000.0)
    assert turns.is_idle("a.example")
    async with turns.turn("a.example") as turn:
        assert not turns.is_idle("a.example")
        turn.sent()
        assert not turns.is_idle("a.example")
        assert turns.is_idle("b.example")
    assert turns.is_idle("a.example")
    assert turns.known("a.example").asked_ago == 0


async def test_a_hosts_spacing_begins_with_the_answer() -> None:
    """Not when the request went out, unless another is still under way."""
    now = [1000.0]
    turns = Turns(Limits(2, 1.0), 5, lambda: now[0])
    async with turns.turn("a.example") as turn:
        turn.sent()
        now[0] += 10
    now[0] += 3
    assert turns.known("a.example").asked_ago == 3


async def test_a_host_for_which_somebody_waits_is_not_idle() -> None:
    """Though nothing was sent to it yet."""
    turns = Turns(Limits(1, 0.0), 1, lambda: 1000.0)

    async def ask() -> None:
        async with turns.turn("b.example") as turn:
            turn.sent()

    async with turns.turn("a.example") as turn:
        turn.sent()
        waiting = asyncio.create_task(ask())
        await asyncio.sleep(0)
        assert not turns.is_idle("b.example")
    await waiting
    assert turns.is_idle("b.example")


class Queue:
    """Requests to hosts of their own that are never answered, on a clock that is moved by hand."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, in_flight: int) -> None:
        self.clock = LoopClock(monkeypatch)
        self.turns = Turns(Limits(1, 0.0), in_flight, lambda: 1000.0)
        self.inside: list[int] = []
        self.tasks: list[asyncio.Task[None]] = []
        self.over = asyncio.Event()

    async def ask(self, most: int = 1) -> None:
        """Begin some requests more, and let those in that may be."""
        for _ in range(most):
            self.tasks.append(asyncio.create_task(self._one(len(self.tasks))))
        for _ in range(20):
            await asyncio.sleep(0)

    async def _one(self, number: int) -> None:
        async with self.turns.turn(f"{number}.example") as turn:
            turn.sent()
            self.inside.append(number)
            await self.over.wait()

    async def wait(self, seconds: float = 1.5) -> None:
        """Let so much time go by."""
        self.clock.moved += seconds
        await self.ask(0)

    async def end(self) -> None:
        """Answer all."""
        self.over.set()
        await asyncio.gather(*self.tasks)


async def test_who_is_not_answered_goes_on_outside(monkeypatch: pytest.MonkeyPatch) -> None:
    """And leaves its place after a second: of one place four may have gone, then the next waits."""
    queue = Queue(monkeypatch, 1)
    await queue.ask(8)
    seen = [list(queue.inside)]
    for _ in range(6):
        await queue.wait()
        seen.append(list(queue.inside))
    assert list(map(len, seen)) == [1, 2, 3, 4, 5, 5, 5]
    await queue.end()
    assert len(queue.inside) == 8


async def test_an_answered_request_gives_its_place_back_once(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Whether it had gone outside or not; nothing is left of it later."""
    queue = Queue(monkeypatch, 1)
    await queue.ask(3)
    await queue.wait(0.5)
    assert queue.inside == [0]  # not before its second is over
    await queue.wait()
    await queue.end()
    queue.over.clear()
    await queue.wait(10)
    await queue.ask(7)
    assert len(queue.inside) == 4
    for _ in range(6):
        await queue.wait()
    assert len(queue.inside) == 8
    await queue.end()


async def test_a_turn_in_which_nothing_was_sent_leaves_the_host_free() -> None:
    """A request that is refused on its way costs the next one nothing."""
    turns = Turns(Limits(1, 3600.0), 1, lambda: 1000.0)
    for _ in range(2):
        async with asyncio.timeout(PATIENCE), turns.turn("a.example"):
            assert not turns.is_idle("a.example")
        assert turns.is_idle("a.example")
    assert turns.known("a.example").asked_ago == float("inf")


class Ledger(Alone):
    """A machine that notes what it is told."""

    def __init__(self) -> None:
        self.told: list[str] = []

    async def admit(self, host: str) -> None:
        self.told.append(f"may I ask {host}")

    def check(self, host: str) -> None:
        self.told.append(f"{host} is asked")

    async def remember(self, host: str) -> None:
        self.told.append(f"{host} wants something")


async def test_other_machines_hear_what_a_host_asked_of_us(site: Site) -> None:
    """A pause, and a new pace; an answer without a wish is told to nobody."""
    ledger = Ledger()
    asking = ["may I ask 127.0.0.1", "127.0.0.1 is asked"]
    site.at("/robots.txt", Answer(body=b"User-agent: *\nCrawl-delay: 0.01"))
    site.at("/busy", Answer(429))
    async with Client(AGENT, spacing=0, proxies={}, permission=ledger) as client:
        response = await client.fetch(Request(site.url("/page"), private=True))
        assert 0 < response.seconds < PATIENCE
        assert ledger.told == asking
        for _ in range(2):
            await client.fetch(Request(site.url("/page"), private=True, robots=True))
        assert ledger.told == [*asking, *asking, "127.0.0.1 wants something", *asking, *asking]
        del ledger.told[:]
        await client.fetch(Request(site.url("/busy"), private=True))
    assert ledger.told == [*asking, "127.0.0.1 wants something"]


async def test_what_one_process_was_asked_for_the_next_one_keeps(site: Site) -> None:
    """A host that asked one machine to stay away is not asked by another that was told of it."""
    site.at("/busy", Answer(429, headers={"Retry-After": "600"}))
    async with Client(AGENT, proxies={}) as first, Client(AGENT, proxies={}) as second:
        await first.fetch(Request(site.url("/busy"), private=True))
        second.turns.recall("127.0.0.1", first.turns.known("127.0.0.1"))
        with pytest.raises(HostPaused):
            await second.fetch(Request(site.url("/page"), private=True))
    assert site.paths() == ["/busy"]
