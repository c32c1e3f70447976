"""Redirects and the cookies that some of them are about."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.errors import BadRedirect, Unreachable
from monitor.model import Request
from monitor.web import Client
from monitor.web.cookies import Jar
from monitor.web.weburl import parse, resolve
from tests.site import Answer, Asked, Site


async def test_redirects_are_followed_and_told(client: Client, site: Site) -> None:
    """Failure mode 20: the way is told hop by hop, so that others can judge permanent moves."""
    site.at("/a", Answer(301, headers={"Location": "/b"}))
    site.at("/b", Answer(307, b"ignored" * 100_000, {"Location": "c?d=e#f"}))
    site.at("/c", Answer(body=b"here"))
    response = await client.fetch(Request(site.url("/a"), etag='"1"', private=True))
    assert response.body == b"here"
    assert response.url == site.url("/c?d=e")
    assert response.redirects == ((301, site.url("/b")), (307, site.url("/c?d=e")))
    assert [asked.headers["if-none-match"] for asked in site.asked] == ['"1"'] * 3


async def test_as_many_hops_are_followed_as_browsers_follow(client: Client, site: Site) -> None:
    """Twenty hops lead somewhere, one more does not."""
    for n in range(22):
        site.at(f"/{n}", Answer(302, headers={"Location": f"/{n + 1}"}))
    site.at("/21", Answer(body=b"end"))
    assert (await client.fetch(Request(site.url("/1"), private=True))).body == b"end"
    with pytest.raises(BadRedirect, match="20"):
        await client.fetch(Request(site.url("/0"), private=True))


@pytest.mark.parametrize("back", ["/a", "/b"])
async def test_a_circle_is_not_run(client: Client, site: Site, back: str) -> None:
    """A redirect to where we have been, or to itself, ends there."""
    site.at("/a", Answer(302, headers={"Location": "/b"}))
    site.at("/b", Answer(302, headers={"Location": back}))
    with pytest.raises(BadRedirect, match="circle"):
        await client.fetch(Request(site.url("/a"), private=True))
    assert site.paths() == ["/a", "/b"]


@pytest.mark.parametrize(
    "location",
    ["ftp://example.org/", "file:///etc/passwd", "javascript:alert(1)", "http://", "http://[::1"],
)
async def test_a_target_that_is_no_web_address_is_not_followed(
    client: Client, site: Site, location: str
) -> None:
    """Only http and https, by redirect too."""
    site.at("/", Answer(302, headers={"Location": location}))
    with pytest.raises(BadRedirect):
        await client.fetch(Request(site.url(), private=True))


async def test_a_target_in_raw_utf8_is_read_as_such(client: Client, site: Site) -> None:
    """Korean servers send Hangul paths unescaped."""
    location = "/북한".encode().decode("latin-1")
    site.at("/", Answer(302, headers={"Location": location}))
    site.at("/%EB%B6%81%ED%95%9C", Answer(body=b"here"))
    assert (await client.fetch(Request(site.url(), private=True))).body == b"here"


async def test_a_target_in_other_bytes_is_asked_by_those_bytes(client: Client, site: Site) -> None:
    """What is no UTF-8 goes back byte by byte."""
    location = ("/북한".encode("euc-kr") + b"\x80").decode("latin-1")
    site.at("/", Answer(302, headers={"Location": location}))
    site.at("/%BA%CF%C7%D1%80", Answer(body=b"here"))
    assert (await client.fetch(Request(site.url(), private=True))).body == b"here"


async def test_a_cookie_gate_opens(client: Client, site: Site) -> None:
    """Failure mode 19: 307 to itself until the cookie comes back; the jar stays for next time."""

    def gate(asked: Asked) -> Answer:
        if "PASS=42" in asked.headers.get("cookie", ""):
            return Answer(body=b"<rss/>")
        headers = [
            ("Location", asked.path),
            ("Set-Cookie", "PASS=42; Path=/; HttpOnly"),
            ("Set-Cookie", "lang=ko"),
        ]
        return Answer(307, headers=headers)

    site.at("/rss.do", gate)
    first = await client.fetch(Request(site.url("/rss.do?brdId=235"), private=True))
    assert first.body == b"<rss/>"
    assert len(site.asked) == 2
    again = Request(site.url("/rss.do?brdId=235"), cookies=first.cookies, private=True)
    assert (await client.fetch(again)).redirects == ()
    assert site.asked[2].headers["cookie"] == "PASS=42; lang=ko"
    without = await client.fetch(Request(site.url("/rss.do"), private=True))
    assert len(without.redirects) == 1


async def test_a_gate_over_two_hops_opens(client: Client, site: Site) -> None:
    """Failure mode 19: the cookie may be set on the way, and the first address asked again."""

    def front(asked: Asked) -> Answer:
        if "k=1" in asked.headers.get("cookie", ""):
            return Answer(body=b"in")
        return Answer(302, headers={"Location": "/gate"})

    site.at("/front", front)
    site.at("/gate", Answer(302, headers={"Location": "/front", "Set-Cookie": "k=1; Path=/"}))
    assert (await client.fetch(Request(site.url("/front"), private=True))).body == b"in"


async def test_a_gate_that_never_opens_is_a_circle(client: Client, site: Site) -> None:
    """A new cookie each time buys one more try, not an endless number."""
    count = iter(range(100))
    site.at(
        "/",
        lambda asked: Answer(302, headers={"Location": "/", "Set-Cookie": f"n={next(count)}"}),
    )
    with pytest.raises(BadRedirect, match="circle"):
        await client.fetch(Request(site.url(), private=True))
    assert len(site.asked) == 2


async def test_cookies_go_home_only(client: Client, site: Site, other_site: Site) -> None:
    """A cookie is sent to the host that set it, and a host cannot set one for another."""
    headers = [
        ("Location", other_site.url("/")),
        ("Set-Cookie", "mine=1; Path=/"),
        ("Set-Cookie", "evil=1; Domain=127.0.0.2; Path=/"),
    ]
    site.at("/", Answer(302, headers=headers))
    response = await client.fetch(Request(site.url(), private=True))
    assert "cookie" not in other_site.asked[0].headers
    await client.fetch(Request(site.url(), cookies=response.cookies, private=True))
    assert site.asked[1].headers["cookie"] == "mine=1"


def test_cookies_end_and_are_bounded() -> None:
    """Expired cookies leave the jar, and a host cannot fill it without end."""
    url = "https://feeds.example/rss"
    jar = Jar()
    jar.receive(url, ["a=1; Max-Age=3600; Secure", "b=2"])
    assert jar.header(url) == "a=1; b=2"
    assert Jar(jar.text).header("http://feeds.example/rss") == "b=2"
    jar.receive(url, ["a=; Max-Age=0", "big=" + "x" * 5000])
    assert jar.header(url) == "b=2"
    long = "n=" + "x" * 4094
    jar.receive(url, [long, f"m{long}"])
    assert jar.header(url) == f"b=2; {long}"
    old = json.loads(jar.text)[0] | {"name": "old", "expires": 1_000_000_000}
    aged = Jar(json.dumps([old]))
    aged.receive(url, ["new=1"])
    assert [cookie["name"] for cookie in json.loads(aged.text)] == ["new"]
    jar.receive(url, [f"c{n}=1" for n in range(500)])
    assert len(json.loads(jar.text)) == 50


def test_an_age_that_is_no_number_costs_nobody_a_cookie(recwarn: pytest.WarningsRecorder) -> None:
    """It is left out, as RFC 6265 has it; one that is a number counts."""
    url, jar = "https://feeds.example/rss", Jar()
    ages = (
        "Max-Age",
        "max-age=soon",
        "Max-Age=",
        "Max-Age = 60 ",
        "MAX-AGE=-1",
        "max-age=6x; path=/",
        "max-age=1" + "0" * 400,
    )
    jar.receive(url, [f"c{number}=1; {age}" for number, age in enumerate(ages)])
    assert sorted(jar.header(url).split("; ")) == ["c0=1", "c1=1", "c2=1", "c3=1", "c5=1", "c6=1"]
    assert [fields["expires"] is None for fields in json.loads(jar.text)].count(False) == 1
    assert not recwarn.list


def test_a_jar_that_is_broken_half_way_counts_as_empty() -> None:
    """What stands before the fault is not sent, either."""
    jar = Jar()
    jar.receive("https://feeds.example/rss", ["a=1", "b=2"])
    (one, _) = json.loads(jar.text)
    assert Jar(json.dumps([one])).header("https://feeds.example/rss") == "a=1"
    assert Jar(json.dumps([one, 5])).header("https://feeds.example/rss") == ""


@given(st.text(max_size=80), st.lists(st.text(max_size=80), max_size=4))
def test_no_jar_or_cookie_breaks_the_reading(text: str, cookies: list[str]) -> None:
    """A jar that is not ours counts as empty, and an odd cookie is left out."""
    jar = Jar(text)
    jar.header("http://feeds.example/")
    jar.receive("http://feeds.example/", cookies)
    assert isinstance(Jar(jar.text).header("http://feeds.example/"), str)


async def test_credentials_stay_with_scheme_host_and_port(client: Client, site: Site) -> None:
    """What a url says of user and password is sent on to its own origin and to no other."""
    with Site() as neighbour:  # the same host at another port
        site.at("/home", Answer(302, headers={"Location": "/in"}))
        site.at("/away", Answer(302, headers={"Location": neighbour.url("/in")}))
        for path in ("/home", "/away"):
            url = site.url(path).replace("http://", "http://desk:secret@")
            await client.fetch(Request(url, private=True))
        assert [bool(asked.headers.get("authorization")) for asked in site.asked] == [True] * 3
        assert "authorization" not in neighbour.asked[0].headers


@pytest.mark.parametrize("target", ["https://a.example/x", "http://a.example:8080/x"])
def test_credentials_do_not_follow_to_another_scheme_or_port(target: str) -> None:
    """Not even to the safer scheme: another origin may be another owner's."""
    base = parse("http://desk:secret@a.example/")
    assert resolve(base, "/x").authorization
    assert not resolve(base, target).authorization


async def test_robots_is_asked_within_the_networks_of_its_hop(client: Client, site: Site) -> None:
    """A page that may not lead into another private network may not send us for its rules."""
    there = "http://10.0.0.1/page"
    site.at("/", Answer(302, headers={"Location": there}))
    with pytest.raises(Unreachable, match=r"robots\.txt cannot be read \(.* is a private address"):
        await client.fetch(Request(site.url(), private=True, robots=True))


@pytest.mark.parametrize(
    ("status", "headers"), [(200, {"Location": "/other"}), (201, {"Location": "/other"}), (302, {})]
)
async def test_only_a_redirect_with_a_target_is_followed(
    client: Client, site: Site, status: int, headers: dict[str, str]
) -> None:
    """A Location elsewhere names something else, and a redirect to nowhere is an answer."""
    site.at("/", Answer(status, headers=headers))
    assert (await client.fetch(Request(site.url(), private=True))).status == status
    assert site.paths() == ["/"]


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
async def test_each_kind_of_redirect_is_followed(client: Client, site: Site, status: int) -> None:
    """To the end, and told with its status."""
    site.at("/old", Answer(status, headers={"Location": "/new"}))
    site.at("/new", Answer(body=b"here"))
    response = await client.fetch(Request(site.url("/old"), private=True))
    assert (response.body, response.redirects) == (b"here", ((status, site.url("/new")),))
