"""Addresses as they go on the wire, and as people may see them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.errors import Refused
from monitor.model import Request
from monitor.url_logins import redact
from monitor.web import Client
from monitor.web.weburl import host_or_none, parse, resolve
from tests.site import Answer, Site


@pytest.mark.parametrize(
    ("url", "wire"),
    [
        ("http://Example.ORG", "http://example.org/"),
        ("  https://example.org/a b?q=서울#top ", "https://example.org/a%20b?q=%EC%84%9C%EC%9A%B8"),
        ("https://example.org/%EC%84%9C%20?a=%26", "https://example.org/%EC%84%9C%20?a=%26"),
        ("http://통일부.한국/rss", "http://xn--or3bp6pkqi.xn--3e0b707e/rss"),
        ("http://example.org:8080/", "http://example.org:8080/"),
        ("http://example.org:65535/", "http://example.org:65535/"),
        ("http://[2606:4700::1111]/", "http://[2606:4700::1111]/"),
        ("https://user:pass@example.org/feed", "https://example.org/feed"),
    ],
)
def test_an_address_goes_on_the_wire_in_ascii(url: str, wire: str) -> None:
    """Hosts are IDNA and lower-case, paths percent-encoded once, fragments and passwords gone."""
    assert str(parse(url)) == wire
    assert not parse(url).url.userinfo


@pytest.mark.parametrize(
    "url",
    [
        "",
        "example.org/feed",
        "ftp://example.org/",
        "file:///etc/passwd",
        "feed://example.org/",
        "javascript:alert(1)",
        "http://",
        "http:///feed",
        "http://[::1",
        "http://example.org:65536/",
        "http://example.org:0/",
        "http://exa mple.org/",
        "http://example.org\r\nX: y/",
        "http://" + "a" * 70_000,
    ],
)
async def test_what_is_no_web_address_is_refused(client: Client, url: str) -> None:
    """Only http and https with a host are asked."""
    with pytest.raises(Refused):
        await client.fetch(Request(url))


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("https://example.org/a@b", "https://example.org/a@b"),
        ("https://user:pass@example.org/feed?x=1", "https://***@example.org/feed?x=1"),
        ("https://user@example.org:81/", "https://***@example.org:81/"),
        ("https://us@er:pa@ss@example.org/", "https://***@example.org/"),
        ("https://user:pass@[::1/", "***@[::1/"),
    ],
)
def test_user_and_password_are_not_shown(url: str, shown: str) -> None:
    """What may be shown or logged has no credentials."""
    assert redact(url) == shown


@given(st.text(st.characters(codec="utf-8"), max_size=40))
def test_any_text_is_an_address_or_is_refused(text: str) -> None:
    """No text breaks the reading of urls, absolute or relative."""
    for relative in (False, True):
        try:
            url = resolve(parse("http://example.org/a"), text) if relative else parse(text)
        except Refused:
            continue
        assert str(url).isascii()
        assert url.origin[0] in ("http", "https")


async def test_credentials_go_to_their_own_origin_only(
    client: Client, site: Site, other_site: Site
) -> None:
    """User and password become an Authorization header, which a redirect elsewhere does not get."""
    site.at("/feed", Answer(302, headers={"Location": "/here"}))
    site.at("/here", Answer(302, headers={"Location": other_site.url("/there")}))
    other_site.at("/there", Answer(body=b"x"))
    url = site.url("/feed").replace("//", "//desk:p%40ss@")
    response = await client.fetch(Request(url, private=True))
    sent = [asked.headers.get("authorization") for asked in site.asked + other_site.asked]
    assert sent == ["Basic ZGVzazpwQHNz", "Basic ZGVzazpwQHNz", None]
    assert "ss@" not in response.url + str(response.redirects)


@pytest.mark.parametrize(
    ("location", "sent"),
    [
        ("/next", True),
        ("https://news.example:443/next", True),
        ("http://news.example/next", False),
        ("http://news.example:443/next", False),
        ("https://news.example:8443/next", False),
        ("https://www.news.example/next", False),
        ("//other.example/next", False),
    ],
)
def test_credentials_follow_neither_to_another_scheme_nor_port_nor_host(
    location: str, sent: bool
) -> None:
    """They belong to an origin: scheme, host and port together."""
    base = parse("https://desk:secret@news.example/feed")
    assert bool(resolve(base, location).authorization) == sent


@pytest.mark.parametrize("zone", ["\ud55c", "eth\u0301", "2\u202e5eth0", "\u2028"])
def test_an_interface_that_is_no_ascii_is_refused(zone: str) -> None:
    """A redirect to an address of IPv6 with letters behind its % is refused as any bad url is."""
    base = parse("https://news.example/feed")
    with pytest.raises(Refused):
        resolve(base, f"http://[::1%{zone}]/".encode().decode("latin-1"))
    with pytest.raises(Refused):
        resolve(base, f"http://[::1%{zone}]/")


def test_the_host_of_a_url_is_known_where_it_can_be_asked() -> None:
    """As the queue of hosts names it, lower-case and in ASCII."""
    assert host_or_none("https://뉴스.Example:8443/feed") == "xn--vg1b002a.example"
    assert host_or_none("http://EXAMPLE.org./") == host_or_none("http://example.org/")
    assert host_or_none("http://./") is None
    assert host_or_none("mailto:desk@example.org") is None


def test_an_origin_has_its_port_whether_it_is_written_or_not() -> None:
    """So that a robots.txt and credentials are of one place, however a url names it."""
    for scheme, port in (("http", 80), ("https", 443)):
        for url in (f"{scheme}://a.example/x", f"{scheme}://a.example:{port}/"):
            assert parse(url).origin == (scheme, "a.example", port)


def test_a_login_beyond_any_header_is_refused() -> None:
    """A url may be long, and so may what stands before its host."""
    with pytest.raises(Refused, match="a login of more than 8000 bytes"):
        parse(f"https://{']' * 9000}@a.example/")
