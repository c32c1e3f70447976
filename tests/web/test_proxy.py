"""Forward proxies from the environment, with a site on loopback standing in for one."""

import asyncio
import contextlib

import pytest

from monitor.errors import Refused, Unreachable
from monitor.model import Request
from monitor.web import Client
from monitor.web.proxy import from_environment, proxy_for
from monitor.web.weburl import parse
from tests.site import CERTIFICATE, Answer, Site
from tests.waiting import PATIENCE
from tests.web.conftest import AGENT


async def names(host: str, port: int) -> list[str]:
    """A resolver to whom news.example is public and office.example private."""
    known = {"news.example": ["93.184.216.34"], "office.example": ["10.0.0.7"]}
    if host not in known:
        raise OSError(-2, "Name or service not known")
    return known[host]


@pytest.mark.parametrize(
    ("url", "proxy"),
    [
        ("http://news.example/", "http://proxy.example:3128"),
        ("https://news.example/", "http://secure.example:3128"),
        ("http://direct.example/", ""),
        ("http://www.direct.example/", ""),
        ("http://ports.example:81/", ""),
        ("http://ports.example/", "http://proxy.example:3128"),
        ("http://localhost:8000/", ""),
        ("http://desk.localhost/", ""),
        ("http://mylocalhost/", "http://proxy.example:3128"),
        ("http://127.0.0.5/", ""),
        ("http://[::1]/", ""),
        ("http://10.0.0.1/", "http://proxy.example:3128"),
    ],
)
def test_the_environment_names_proxies(
    monkeypatch: pytest.MonkeyPatch, url: str, proxy: str
) -> None:
    """HTTP_PROXY, HTTPS_PROXY and NO_PROXY hold, and this machine is never asked through one."""
    monkeypatch.setenv("http_proxy", "http://proxy.example:3128")
    monkeypatch.setenv("HTTPS_PROXY", "secure.example:3128")
    monkeypatch.setenv("NO_PROXY", "direct.example, ports.example:81")
    assert proxy_for(parse(url), from_environment()) == proxy


def test_without_proxies_everything_is_direct(monkeypatch: pytest.MonkeyPatch) -> None:
    """No variables, no proxy; ALL_PROXY stands in for both schemes."""
    for name in ("http_proxy", "https_proxy", "all_proxy", "no_proxy"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)
    assert proxy_for(parse("http://news.example/"), from_environment()) == ""
    monkeypatch.setenv("ALL_PROXY", "http://all.example:1")
    assert proxy_for(parse("https://news.example/"), from_environment()) == "http://all.example:1"


async def test_the_whole_address_goes_to_the_proxy(site: Site) -> None:
    """A proxy gets absolute addresses and its own credentials; the answer is the site's."""
    site.at("http://news.example/feed?x=1", Answer(body=b"<rss/>"))
    proxies = {"http": site.url().replace("//", "//me:secret@")}
    async with Client(AGENT, spacing=0, proxies=proxies, resolver=names) as client:
        response = await client.fetch(Request("http://news.example/feed?x=1", etag='"1"'))
        assert client.turns.known("news.example").asked_ago < PATIENCE  # its spacing has begun
    assert response.body == b"<rss/>"
    assert site.paths() == ["http://news.example/feed?x=1"]
    headers = site.asked[0].headers
    assert headers["host"] == "news.example"
    assert headers["if-none-match"] == '"1"'
    assert headers["proxy-authorization"].startswith("Basic ")


async def test_the_guard_judges_before_the_proxy_is_asked(site: Site) -> None:
    """What resolves to a private address here is refused; what does not resolve is the proxy's."""
    site.at("http://only-inside.example/", Answer(body=b"x"))
    async with Client(AGENT, spacing=0, proxies={"all": site.url()}, resolver=names) as client:
        for url in ("http://office.example/", "http://10.0.0.1/", "http://169.254.169.254/"):
            with pytest.raises(Refused):
                await client.fetch(Request(url))
        assert site.asked == []
        assert (await client.fetch(Request("http://only-inside.example/"))).body == b"x"


async def test_a_public_host_cannot_redirect_into_a_private_one(
    site: Site, other_site: Site
) -> None:
    """After a public host no private one may follow, whatever the feed allows."""
    site.at("http://news.example/", Answer(302, headers={"Location": other_site.url("/")}))
    async with Client(AGENT, spacing=0, proxies={"http": site.url()}, resolver=names) as client:
        with pytest.raises(Refused, match="private"):
            await client.fetch(Request("http://news.example/", private=True))
    assert other_site.asked == []


async def test_https_goes_through_a_tunnel(monkeypatch: pytest.MonkeyPatch) -> None:
    """An https address is asked by CONNECT, and the certificate is the site's."""
    monkeypatch.setenv("SSL_CERT_FILE", str(CERTIFICATE))
    asked: list[bytes] = []

    with Site(tls=True) as site:
        site.at("/feed", Answer(body=b"<rss/>"))

        async def copy(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            with contextlib.suppress(OSError):
                while data := await reader.read(65536):
                    writer.write(data)
            writer.close()
            with contextlib.suppress(OSError):
                await writer.wait_closed()

        ended = asyncio.Event()

        async def tunnel(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            asked.append((await reader.readuntil(b"\r\n\r\n")).partition(b"\r\n")[0])
            there = await asyncio.open_connection(site.host, site.port)
            writer.write(b"HTTP/1.1 200 Connected\r\n\r\n")
            await asyncio.gather(copy(reader, there[1]), copy(there[0], writer))
            ended.set()

        server = await asyncio.start_server(tunnel, "127.0.0.1", 0)
        port = server.sockets[0].getsockname()[1]
        proxies = {"https": f"http://127.0.0.1:{port}"}
        async with Client(AGENT, spacing=0, proxies=proxies, resolver=names) as client:
            response = await client.fetch(Request("https://news.example/feed"))
        await ended.wait()
        server.close()
        await server.wait_closed()
    assert response.body == b"<rss/>"
    assert asked == [b"CONNECT news.example:443 HTTP/1.1"]


@pytest.mark.parametrize("proxy", ["http://127.0.0.9:9/", "gopher://127.0.0.1/", "http://[::1"])
async def test_a_proxy_that_cannot_be_used_is_unreachable(proxy: str) -> None:
    """A dead proxy, or one of a kind we cannot speak to, ends in one typed error."""
    async with Client(AGENT, spacing=0, proxies={"http": proxy}, resolver=names) as client:
        with pytest.raises(Unreachable, match=r"proxy|no answer"):
            await client.fetch(Request("http://news.example/"))
