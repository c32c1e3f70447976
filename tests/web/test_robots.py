"""robots.txt by RFC 9309, as a reading and as asked for over HTTP."""

import asyncio
import contextlib
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.errors import HostPaused, Refused, Unreachable
from monitor.model import Request
from monitor.web import Client
from monitor.web.robots import MAX_BYTES, Robots, read
from monitor.web.weburl import WebUrl, parse
from tests.site import Answer, Site
from tests.web.conftest import AGENT

TOKEN = "wire-monitor"


def allows(rules: str, path: str) -> bool:
    """Whether a robots.txt lets us ask for a path."""
    try:
        read(200, rules.encode(), TOKEN).check(parse(f"http://news.example{path}"), TOKEN)
    except Refused:
        return False
    return True


def test_the_group_that_names_us_goes_before_the_star() -> None:
    """Our own group holds, whatever its case and version; others' groups do not."""
    rules = "User-agent: *\nDisallow: /\n\nUser-Agent: WIRE-Monitor/9\nDisallow: /private/\n"
    assert allows(rules, "/news/1")
    assert not allows(rules, "/private/1")
    assert not allows("User-agent: *\nDisallow: /", "/news/1")
    for other in ("wire", "monitor", "wire-monitor-pro", "newsbot"):
        assert allows(f"User-agent: {other}\nDisallow: /", "/news/1")


def test_the_longest_rule_wins() -> None:
    """Allow and Disallow by length of match, with * and $."""
    rules = "user-agent: *\ndisallow: /news/\nallow: /news/korea\ndisallow: /*.pdf$\n"
    assert allows(rules, "/news/korea/1")
    assert not allows(rules, "/news/china/1")
    assert not allows(rules, "/a.pdf")
    assert allows(rules, "/a.pdf?page=2")
    assert allows("", "/")


@pytest.mark.parametrize(
    ("status", "closed"), [(200, False), (404, False), (403, False), (500, True), (503, True)]
)
def test_a_missing_file_allows_and_a_broken_server_forbids(status: int, closed: bool) -> None:
    """RFC 9309 section 2.3.1: 4xx allows all, 5xx allows nothing."""
    assert bool(read(status, b"", TOKEN).closed) is closed


def test_a_crawl_delay_or_rate_is_read() -> None:
    """The slower of the two counts; nonsense counts for nothing."""
    assert read(200, b"User-agent: *\nCrawl-delay: 2.5", TOKEN).delay(TOKEN) == 2.5
    assert read(200, b"User-agent: *\nRequest-rate: 1/10s", TOKEN).delay(TOKEN) == 10
    assert read(200, b"User-agent: *\nCrawl-delay: soon", TOKEN).delay(TOKEN) == 0
    endless = b"User-agent: *\nRequest-rate: 1/1%s" % (b"0" * 400)
    assert read(200, endless, TOKEN).delay(TOKEN) == math.inf
    assert read(404, b"", TOKEN).delay(TOKEN) == 0


def test_a_hostile_file_takes_no_hostile_time() -> None:
    """Thousands of groups over thousands of wildcard rules do not hang the reading."""
    agents = "".join(f"User-agent: a{n}\n" for n in range(8_000))
    rules = "".join(f"Disallow: /{n}*a*a*a*b$\n" for n in range(15_000))
    assert allows((agents + rules)[:MAX_BYTES], "/" + "a" * 4000)


@given(st.binary(max_size=400))
def test_any_bytes_are_a_policy(body: bytes) -> None:
    """No robots.txt breaks the reading."""
    policy = read(200, body, TOKEN)
    with contextlib.suppress(Refused):
        policy.check(parse("http://news.example/a"), TOKEN)
    assert policy.delay(TOKEN) >= 0


async def test_robots_is_asked_once_and_only_when_wanted(client: Client, site: Site) -> None:
    """Feeds go straight in; of many pages the first one asks, and one answer is for all."""
    site.at("/robots.txt", Answer(body=b"User-agent: *\nDisallow: /closed"))
    await client.fetch(Request(site.url("/feed"), private=True))
    assert site.paths() == ["/feed"]
    pages = [Request(site.url(f"/{n}"), private=True, robots=True) for n in range(6)]
    await asyncio.gather(*(client.fetch(page) for page in pages))
    assert site.paths().count("/robots.txt") == 1
    with pytest.raises(Refused, match=r"robots\.txt"):
        await client.fetch(Request(site.url("/closed/1"), private=True, robots=True))
    assert "/closed/1" not in site.paths()


async def test_a_redirect_into_a_closed_place_is_not_followed(
    client: Client, site: Site, other_site: Site
) -> None:
    """The rules of each host hold for each hop."""
    site.at("/", Answer(302, headers={"Location": other_site.url("/closed")}))
    other_site.at("/robots.txt", Answer(body=b"User-agent: *\nDisallow: /closed"))
    with pytest.raises(Refused, match=r"127\.0\.0\.2"):
        await client.fetch(Request(site.url(), private=True, robots=True))
    assert other_site.paths() == ["/robots.txt"]


async def test_rules_are_asked_again_after_a_day(site: Site) -> None:
    """An answer holds for 24 hours."""
    now = [0.0]
    site.at("/robots.txt", Answer(body=b"User-agent: *\nDisallow: /"))
    page = Request(site.url("/page"), private=True, robots=True)
    async with Client(AGENT, spacing=0, proxies={}, clock=lambda: now[0]) as client:
        with pytest.raises(Refused):
            await client.fetch(page)
        site.at("/robots.txt", Answer(404))
        now[0] += 86_399
        with pytest.raises(Refused):
            await client.fetch(page)
        now[0] += 1
        site.at("/page", Answer(body=b"open"))
        assert (await client.fetch(page)).body == b"open"


@pytest.mark.parametrize(
    "broken", [Answer(500), Answer(reset=True), Answer(headers={"X": "y" * 1_000_000})]
)
async def test_rules_that_cannot_be_read_forbid_for_an_hour(site: Site, broken: Answer) -> None:
    """5xx and no answer mean: not now; what was known before stays in force."""
    now = [0.0]
    site.at("/robots.txt", broken)
    site.at("/page", Answer(body=b"open"))
    page = Request(site.url("/page"), private=True, robots=True)
    async with Client(AGENT, spacing=0, proxies={}, clock=lambda: now[0]) as client:
        for seconds in (0, 3_599):
            now[0] += seconds
            with pytest.raises(Unreachable, match=r"robots\.txt"):
                await client.fetch(page)
        assert site.paths() == ["/robots.txt"]
        now[0] += 1
        site.at("/robots.txt", Answer(body=b"User-agent: *\nDisallow: /closed"))
        assert (await client.fetch(page)).body == b"open"
        now[0] += 86_401
        site.at("/robots.txt", broken)
        assert (await client.fetch(page)).body == b"open"
        with pytest.raises(Refused):
            await client.fetch(Request(site.url("/closed"), private=True, robots=True))


async def test_the_oldest_rules_make_room() -> None:
    """What is kept of robots.txt is bounded by its size; what was dropped is asked for again."""
    asked: list[str] = []

    async def ask(url: WebUrl) -> tuple[int, bytes]:
        asked.append(url.host)
        return 200, b"#" * MAX_BYTES

    robots = Robots()
    for number in (1, 2, 3, 4, 5, 5, 1):
        await robots.policy(parse(f"http://{number}.example/page"), TOKEN, ask)
    assert asked == [f"{number}.example" for number in (1, 2, 3, 4, 5, 1)]


async def test_rules_that_are_read_anew_take_the_place_of_the_old() -> None:
    """A large file that is asked for each day takes no more room than once."""
    now, asked = [0.0], 0

    async def ask(url: WebUrl) -> tuple[int, bytes]:
        nonlocal asked
        asked += 1
        return 200, b"#" * MAX_BYTES

    robots = Robots(lambda: now[0])
    for _ in range(6):
        for _ in range(2):
            await robots.policy(parse("http://a.example/page"), TOKEN, ask)
        now[0] += 86_400
    assert asked == 6


async def test_rules_of_so_many_sites_are_kept() -> None:
    """Of 5,000, also where they take no room."""
    asked: list[str] = []

    async def ask(url: WebUrl) -> tuple[int, bytes]:
        asked.append(url.host)
        return 404, b""

    robots = Robots()
    for number in (*range(5_001), 1, 0):
        await robots.policy(parse(f"http://{number}.example/page"), TOKEN, ask)
    assert asked[5_001:] == ["0.example"]


async def test_a_robots_file_may_be_elsewhere_or_in_a_circle(client: Client, site: Site) -> None:
    """Redirects are followed; a chain that leads nowhere counts as no file."""
    site.at("/robots.txt", Answer(301, headers={"Location": "/real"}))
    site.at("/real", Answer(body=b"User-agent: *\nDisallow: /closed"))
    with pytest.raises(Refused):
        await client.fetch(Request(site.url("/closed"), private=True, robots=True))
    with Site("127.0.0.3") as circle:
        circle.at("/robots.txt", Answer(301, headers={"Location": "/robots.txt"}))
        page = Request(circle.url("/page"), private=True, robots=True)
        assert (await client.fetch(page)).status == 404


async def test_robots_has_the_deadline_of_what_is_asked(client: Client, site: Site) -> None:
    """A site that never tells its rules keeps nobody waiting for longer."""
    site.at("/robots.txt", Answer(silent=True))
    with pytest.raises(Unreachable, match=r"no whole answer from 127\.0\.0\.1 in 0\.2 s"):
        await client.fetch(Request(site.url(), private=True, robots=True, deadline=0.2))


async def test_only_the_first_512_kib_count(client: Client, site: Site) -> None:
    """A longer file is cut, not refused."""
    head = b"User-agent: *\nDisallow: /closed\n"
    body = head + b"#" * 512 * 1024 + b"\nDisallow: /page\n"
    site.at("/robots.txt", Answer(body=body))
    site.at("/page", Answer(body=b"open"))
    page = Request(site.url("/page"), private=True, robots=True)
    assert (await client.fetch(page)).body == b"open"
    with pytest.raises(Refused):
        await client.fetch(Request(site.url("/closed"), private=True, robots=True))


async def test_a_crawl_delay_is_kept_by_all_requests(
    client: Client, site: Site, other_site: Site
) -> None:
    """Once robots.txt has asked for a delay, neither feeds nor pages of the host come sooner."""
    site.at("/robots.txt", Answer(body=b"User-agent: *\nDisallow: /closed\nCrawl-delay: 50"))
    with pytest.raises(Refused):
        await client.fetch(Request(site.url("/closed"), private=True, robots=True))
    requests = [
        Request(site.url("/p"), private=True, robots=True),
        Request(site.url(), private=True),
    ]
    waiting = [asyncio.create_task(client.fetch(request)) for request in requests]
    for _ in range(5):
        await client.fetch(Request(other_site.url(), private=True))
    assert site.paths() == ["/robots.txt"]
    for task in waiting:
        task.cancel()
    await asyncio.gather(*waiting, return_exceptions=True)


async def test_a_pause_told_by_robots_holds_for_the_page(client: Client, site: Site) -> None:
    """429 on robots.txt allows by the RFC and pauses by manners."""
    site.at("/robots.txt", Answer(429, headers={"Retry-After": "60"}))
    with pytest.raises(HostPaused):
        await client.fetch(Request(site.url("/page"), private=True, robots=True))
    assert site.paths() == ["/robots.txt"]


@pytest.mark.parametrize(
    ("status", "allowed"), [(200, False), (206, False), (299, False), (300, True), (404, True)]
)
def test_only_a_2xx_brings_rules(status: int, allowed: bool) -> None:
    """What else a robots.txt answers below 500 is no word on what we may ask."""
    policy = read(status, b"User-agent: *\nDisallow: /\n", "wire-monitor")
    with contextlib.nullcontext() if allowed else pytest.raises(Refused):
        policy.check(parse("https://news.example/a"), "wire-monitor")


class Shelf:
    """Files that another process has left, and those that are left for the next."""

    def __init__(self) -> None:
        self.files: dict[str, tuple[float, int, bytes]] = {}

    async def recall(self, origin: str) -> tuple[float, int, bytes] | None:
        return self.files.pop(origin, None)

    async def keep(self, origin: str, seconds: float, status: int, body: bytes) -> None:
        self.files[origin] = seconds, status, body


async def test_rules_that_another_process_read_hold_as_long_as_they_did_there(site: Site) -> None:
    """The site is asked when they are over, and what it says is kept for the next process."""
    now, shelf, origin = [1000.0], Shelf(), site.url("").rstrip("/")
    shelf.files[origin] = (50.0, 200, b"User-agent: *\nDisallow: /closed")
    site.at("/robots.txt", Answer(404, body=b"none"))
    closed = Request(site.url("/closed"), private=True, robots=True)
    async with Client(AGENT, spacing=0, proxies={}, clock=lambda: now[0], shelf=shelf) as client:
        for seconds in (0, 49):
            now[0] += seconds
            with pytest.raises(Refused):
                await client.fetch(closed)
        assert site.paths() == []
        now[0] += 1
        await client.fetch(closed)
    assert site.paths() == ["/robots.txt", "/closed"]
    assert shelf.files == {origin: (86_400.0, 404, b"none")}


async def test_rules_that_cannot_be_read_are_kept_for_nobody(site: Site) -> None:
    """Another process finds out for itself."""
    shelf = Shelf()
    site.at("/robots.txt", Answer(500))
    async with Client(AGENT, spacing=0, proxies={}, shelf=shelf) as client:
        with pytest.raises(Unreachable):
            await client.fetch(Request(site.url("/page"), private=True, robots=True))
    assert shelf.files == {}
