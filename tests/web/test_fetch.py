"""One GET and all the ways in which a server can fail it, over real HTTP."""

import asyncio
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from monitor.errors import FetchError, TimedOut, TooLarge, Unreachable
from monitor.model import Request, Response
from monitor.web import Client
from monitor.web.transport import trust_store
from tests.site import CERTIFICATE, Answer, Asked, Site, conditional
from tests.web.conftest import AGENT


async def test_a_fetch_says_who_we_are_and_gives_what_came(client: Client, site: Site) -> None:
    """Status, lower-case headers and body come back, and the server sees our User-Agent."""
    site.at("/feed", Answer(body=b"<rss/>", headers=[("X-A", "1"), ("X-a", "2"), ("ETag", "e")]))
    response = await client.fetch(Request(site.url("/feed"), accept="text/xml", private=True))
    assert (response.status, response.body, response.url) == (200, b"<rss/>", site.url("/feed"))
    assert response.headers["etag"] == "e"
    assert response.headers["x-a"] == "1, 2"
    assert response.redirects == ()
    asked = site.asked[0]
    assert asked.headers["user-agent"] == AGENT
    assert asked.headers["accept"] == "text/xml"
    assert asked.headers["connection"] == "close"
    assert "cookie" not in asked.headers
    assert "if-none-match" not in asked.headers


async def test_a_feed_may_name_its_own_user_agent(client: Client, site: Site) -> None:
    """Failure mode 16: the agent of a request goes before the client's, and cannot break out."""
    await client.fetch(Request(site.url(), user_agent="desk/2\r\nX-Evil: 1 서울", private=True))
    assert site.asked[0].headers["user-agent"] == "desk/2X-Evil: 1"
    assert "x-evil" not in site.asked[0].headers


@pytest.mark.parametrize("etag", ['"v1"', 'W/"v1"', "unquoted", '"\xe9\xff"', '"a,b"'])
async def test_validators_go_back_verbatim(client: Client, site: Site, etag: str) -> None:
    """Failure mode 14: an ETag is sent as it came, with W/, quotes and odd bytes; so is a date."""
    when = "Sat, 01 Jan 2041 00:00:00 GMT"
    site.at("/feed", conditional(b"<rss/>", etag))
    first = await client.fetch(Request(site.url("/feed"), private=True))
    second = await client.fetch(
        Request(site.url("/feed"), etag=first.headers["etag"], last_modified=when, private=True)
    )
    assert (first.status, second.status, second.body) == (200, 304, b"")
    assert second.headers["etag"] == etag
    assert site.asked[1].headers["if-modified-since"] == when


@pytest.mark.parametrize("status", [204, 304, 400, 403, 404, 410, 418, 500, 599])
async def test_any_status_is_a_response(client: Client, site: Site, status: int) -> None:
    """What a status means is for others to say; a redirect without a target is one of them."""
    site.at("/", Answer(status))
    assert (await client.fetch(Request(site.url(), private=True))).status == status
    site.at("/", Answer(301))
    assert (await client.fetch(Request(site.url(), private=True))).status == 301


async def test_an_early_hint_is_not_the_answer(client: Client, site: Site) -> None:
    """Informational responses are passed over."""
    early = b"HTTP/1.1 103 Early Hints\r\nLink: </a.css>\r\n\r\n"
    site.at("/", Answer(raw=early + b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"))
    assert (await client.fetch(Request(site.url(), private=True))).body == b"ok"


@pytest.mark.parametrize("length", [1000, 1001])
async def test_a_body_is_read_up_to_its_cap(client: Client, site: Site, length: int) -> None:
    """Failure mode 23: exactly the cap is fine, a byte more is too large."""
    site.at("/", Answer(body=b"x" * length))
    request = Request(site.url(), private=True, max_bytes=1000)
    if length == 1000:
        assert len((await client.fetch(request)).body) == 1000
    else:
        with pytest.raises(TooLarge, match="1000"):
            await client.fetch(request)


async def test_a_body_that_declares_its_size_is_refused_unread(client: Client, site: Site) -> None:
    """Content-Length alone tells that it is too large."""
    site.at("/", Answer(raw=b"HTTP/1.1 200 OK\r\nContent-Length: 50000000000\r\n\r\nx"))
    with pytest.raises(TooLarge):
        await client.fetch(Request(site.url(), private=True))


async def test_an_endless_body_is_cut_at_its_cap(client: Client, site: Site) -> None:
    """A body without end costs no more than the cap."""

    def endless() -> Iterator[bytes]:
        while not site.closing.is_set():
            yield b"x" * 65536

    site.at("/", lambda asked: Answer(body=endless()))
    with pytest.raises(TooLarge):
        await client.fetch(Request(site.url(), private=True, max_bytes=1_000_000))


@pytest.mark.parametrize(
    "headers",
    [{"X-Big": "y" * 1_000_000}, {f"X-{n}": "y" * 100 for n in range(10_000)}],
    ids=["one header", "many headers"],
)
async def test_a_megabyte_of_headers_is_refused(
    client: Client, site: Site, headers: dict[str, str]
) -> None:
    """Headers have a cap of their own."""
    site.at("/", Answer(headers=headers))
    with pytest.raises(TooLarge, match="headers"):
        await client.fetch(Request(site.url(), private=True))


async def test_a_slow_drip_is_cut_at_the_deadline(client: Client, site: Site) -> None:
    """A byte now and then does not put the deadline off: it is for the whole response."""

    def drip() -> Iterator[bytes]:
        while not site.closing.wait(0.02):
            yield b"."

    site.at("/body", lambda asked: Answer(body=drip()))
    with pytest.raises(TimedOut, match=r"0\.3 s"):
        await client.fetch(Request(site.url("/body"), private=True, deadline=0.3))


async def test_a_server_that_never_answers_times_out(client: Client, site: Site) -> None:
    """Accepted and then nothing: the deadline ends it."""
    site.at("/", Answer(silent=True))
    with pytest.raises(TimedOut):
        await client.fetch(Request(site.url(), private=True, deadline=0.2))


async def test_the_deadline_is_for_all_hops_together(client: Client, site: Site) -> None:
    """Each hop leaves the next one only what is left."""

    def slowly(asked: Asked) -> Answer:
        site.closing.wait(0.25)
        return Answer(302, headers={"Location": f"/{int(asked.path[1:]) + 1}"})

    for n in range(5):
        site.at(f"/{n}", slowly)
    with pytest.raises(TimedOut):
        await client.fetch(Request(site.url("/0"), private=True, deadline=0.6))
    assert len(site.asked) < 5


async def test_silent_hosts_do_not_hold_up_the_good(site: Site, other_site: Site) -> None:
    """More requests than places may hang unanswered, and the others are served all the same."""
    other_site.at("/silent", Answer(silent=True))
    site.at("/good", Answer(body=b"good"))
    async with Client(AGENT, in_flight=10, per_host=100, spacing=0, proxies={}) as client:
        silent = [
            asyncio.create_task(client.fetch(Request(other_site.url("/silent"), private=True)))
            for _ in range(15)
        ]
        await asyncio.sleep(0)
        good = [client.fetch(Request(site.url("/good"), private=True)) for _ in range(30)]
        assert {response.body for response in await asyncio.gather(*good)} == {b"good"}
        assert not any(task.done() for task in silent)
        for task in silent:
            task.cancel()
        await asyncio.gather(*silent, return_exceptions=True)


async def test_a_refused_or_reset_connection_is_unreachable(client: Client, site: Site) -> None:
    """No connection, a reset, and a peer that hangs up early are one kind of failure."""
    site.at("/reset", Answer(reset=True))
    site.at("/empty", Answer(raw=b"\r\n"))
    site.at("/short", Answer(raw=b"HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\nhalf"))
    site.at("/chunk", Answer(raw=b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nab"))
    for path in ("/reset", "/empty", "/short", "/chunk"):
        with pytest.raises(Unreachable):
            await client.fetch(Request(site.url(path), private=True))
    with pytest.raises(Unreachable, match=r"from 127\.0\.0\.9: Connect call failed"):
        await client.fetch(Request(f"http://127.0.0.9:{site.port}/", private=True))


async def test_a_name_that_does_not_resolve_is_unreachable() -> None:
    """DNS failures say so, with the name."""

    async def resolver(host: str, port: int) -> list[str]:
        if host == "empty.example":
            return []
        raise OSError(-2, "Name or service not known")

    async with Client(AGENT, resolver=resolver, proxies={}) as client:
        for name in ("gone.example", "empty.example"):
            with pytest.raises(Unreachable, match=f"no such host: {name}"):
                await client.fetch(Request(f"http://{name}/"))


@pytest.mark.parametrize(
    "raw",
    [
        b"SSH-2.0-OpenSSH_9.9\r\n",
        b"<html>HTTP/0.9 lives</html>",
        b"HTTP/1.1 abc OK\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nno colon here\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nX: a\x00b\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Length: -5\r\n\r\nx",
        b"HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nxx",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
        b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\n\r\n",
    ],
)
async def test_what_is_not_http_is_unreachable(client: Client, site: Site, raw: bytes) -> None:
    """Servers that speak something else end in one typed error."""
    site.at("/", Answer(raw=raw))
    with pytest.raises(Unreachable):
        await client.fetch(Request(site.url(), private=True))


@settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(raw=st.binary(min_size=1, max_size=200), sane=st.booleans())
def test_no_answer_breaks_the_client(site: Site, raw: bytes, sane: bool) -> None:
    """Any bytes are a response or one of the typed errors."""
    site.at("/", Answer(raw=(b"HTTP/1.1 200 OK\r\n" + raw) if sane else raw))

    async def ask() -> Response | BaseException:
        async with Client(AGENT, spacing=0, proxies={}) as client:
            request = Request(site.url(), private=True)
            return (await asyncio.gather(client.fetch(request), return_exceptions=True))[0]

    result = asyncio.run(ask())
    if isinstance(result, Response):
        assert 100 <= result.status <= 999
    else:
        assert isinstance(result, FetchError), repr(result)
        assert str(result)
        assert result.url == site.url()


async def test_https_needs_a_certificate_that_is_trusted(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A self-signed certificate is refused in words, and trusted when the system says so."""
    with Site(tls=True) as site:
        site.at("/", Answer(body=b"secret"))
        with pytest.raises(Unreachable, match="certificate"):
            await client.fetch(Request(site.url(), private=True))
        assert site.asked == []
        monkeypatch.setenv("SSL_CERT_FILE", str(CERTIFICATE))
        async with Client(AGENT, spacing=0, proxies={}) as trusting:
            assert (await trusting.fetch(Request(site.url(), private=True))).body == b"secret"


async def test_https_needs_the_certificate_of_its_host(monkeypatch: pytest.MonkeyPatch) -> None:
    """A trusted certificate for another name is refused."""
    monkeypatch.setenv("SSL_CERT_FILE", str(CERTIFICATE))

    async def resolver(host: str, port: int) -> list[str]:
        return ["127.0.0.1"]

    with Site(tls=True) as site:
        async with Client(AGENT, resolver=resolver, proxies={}) as client:
            with pytest.raises(Unreachable, match="certificate"):
                await client.fetch(Request(f"https://other.example:{site.port}/", private=True))
            url = f"https://news.example:{site.port}/"
            assert (await client.fetch(Request(url, private=True))).status == 404


@pytest.mark.parametrize("folder", ["", "none"])
def test_a_system_without_certificates_has_those_of_certifi(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, folder: str
) -> None:
    """A bare machine trusts what browsers trust, whether its folder is empty or is not there."""
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "none.pem"))
    monkeypatch.setenv("SSL_CERT_DIR", str(tmp_path / folder))
    assert trust_store().cert_store_stats()["x509_ca"] > 50


async def test_https_to_a_plain_server_is_unreachable(client: Client, site: Site) -> None:
    """A failed TLS handshake is a failure like others."""
    with pytest.raises(Unreachable):
        await client.fetch(Request(site.url().replace("http:", "https:"), private=True))
