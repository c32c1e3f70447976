"""Urls: completed, taken apart and shown, whatever a feed or page holds."""

from urllib.parse import urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor import url_keys, url_logins, urls

BASE = "https://press.example.org/world/index.html"


@pytest.mark.parametrize(
    ("reference", "url"),
    [
        ("/a", "https://press.example.org/a"),
        ("b?id=7", "https://press.example.org/world/b?id=7"),
        ("//cdn.example.org/c", "https://cdn.example.org/c"),
        ("https://x.example.org/뉴스", "https://x.example.org/뉴스"),
        (" https://x.example.org/a b ", "https://x.example.org/a%20b"),
        ("https://x.example.org/\n    long/path", "https://x.example.org/long/path"),
        ("http:///x.example.org/a", "http://x.example.org/a"),
        ("https://x.example.org/\u202ea", "https://x.example.org/a"),
        ("HTTPS://x.example.org/a", "https://x.example.org/a"),
    ],
)
def test_a_reference_becomes_absolute(reference: str, url: str) -> None:
    """Relative references, white space and a template's slashes come out as one http(s) url."""
    assert urls.absolute(reference, BASE) == url


@pytest.mark.parametrize(
    "reference",
    ["", "  ", "javascript:alert(1)", "mailto:desk@example.org", "http://[1", "https://",
     "http://x.example.org:0/", "http://x.example.org:99999/", "https://x/" + "a" * 5_000],
)  # fmt: skip
def test_what_cannot_be_asked_for_is_no_url(reference: str) -> None:
    """Other schemes, impossible hosts and ports, and endless urls give nothing."""
    assert urls.absolute(reference) == ""


@pytest.mark.parametrize(
    ("url", "host", "bare"),
    [
        ("https://WWW.Example.org.:8443/a", "www.example.org", "example.org"),
        ("http://[2001:DB8::1]/", "2001:db8::1", "2001:db8::1"),
        ("https://user:pw@m.example.kr/", "m.example.kr", "example.kr"),
        ("http://[1", "", ""),
        ("news", "", ""),
    ],
)
def test_the_host_of_a_url(url: str, host: str, bare: str) -> None:
    """A host is lower case, without port, brackets, user or closing dot."""
    assert urls.host(url) == host
    assert urls.bare_host(url) == bare


@pytest.mark.parametrize(
    "other",
    [
        "http://example.org/rss",
        "https://EXAMPLE.org.:443/rss/",
        "https://www.example.org/rss#top",
        "https://example.org/%72ss?utm_source=x",
    ],
)
def test_a_feed_is_one_however_its_url_is_written(other: str) -> None:
    """Scheme, www, port, slash, fragment, encoding and tracking make no other feed."""
    assert url_keys.feed_key(other) == url_keys.feed_key("https://example.org/rss")


@pytest.mark.parametrize(
    "other",
    ["/rss/kr", "/RSS", "/rss?page=2", "/r%2Fss", ":8443/rss", "/?rss", "/rss?feedname=kr",
     "/rss?rss=1", "/rss?output=atom"],
)  # fmt: skip
def test_two_feeds_of_one_host_are_two(other: str) -> None:
    """Path, query and port tell feeds apart; an encoded slash is none."""
    assert url_keys.feed_key(f"https://example.org{other}") != url_keys.feed_key(
        "https://example.org/rss"
    )
    assert url_keys.feed_key("https://example.org/r%2fss") != url_keys.feed_key(
        "https://example.org/r/ss"
    )


@pytest.mark.parametrize(
    ("letters", "wire"),
    [
        ("한국.kr", "xn--3e0b707e.kr"),
        ("뉴스.한국", "xn--vg1b002a.xn--3e0b707e"),
        ("Straße.de", "xn--strae-oqa.de"),
        ("新聞。example.jp", "xn--efvv70d.example.jp"),
    ],
)
def test_a_host_in_letters_is_the_one_that_is_asked_for(letters: str, wire: str) -> None:
    """Both forms of a host compare as one, and people see the letters."""
    one, other = (f"https://{host}/world/talks-in-seoul-1234567?a=1" for host in (letters, wire))
    assert url_keys.canonical(one) == url_keys.canonical(other) == other
    assert url_keys.item_key(one) == url_keys.item_key(other)
    assert url_keys.feed_key(one) == url_keys.feed_key(other)
    assert url_keys.item_number(one) == url_keys.item_number(other) != ""
    assert urls.host(one) == urls.host(other) == letters.lower().replace("。", ".")


@pytest.mark.parametrize("host", ["xn--zz", "xn--.kr", "日本..jp", "한" * 80 + ".kr", "a_한.kr"])
def test_a_host_that_nobody_can_have_stays_as_it_is(host: str) -> None:
    """What has no other form is compared and shown as it was written."""
    assert urls.host(f"http://{host}/") == host
    assert url_keys.canonical(f"http://{host}/") == f"http://{host}/"


@given(st.text(max_size=60))
def test_no_text_breaks_the_reading_of_urls(text: str) -> None:
    """Every reader of urls has an answer for every text."""
    found = urls.absolute(text, BASE)
    assert found == "" or urls.is_web(found)
    assert urls.absolute(found) == found
    for reader in (
        url_keys.canonical,
        url_keys.item_key,
        url_keys.feed_key,
        url_keys.item_number,
        urls.host,
    ):
        assert isinstance(reader("http://" + text), str)
    for reader in (url_logins.redact, urls.bare_host):
        assert isinstance(reader("http://" + text), str)


@given(
    st.sampled_from(["http://", "https://", "HTTPS://", "//"]),
    st.sampled_from(["a.example", "A.example:80", "1.2.3.4:59999", "b:60000", "u@c:1", "[::1]"]),
    st.text(alphabet="/?#&=;:@%aB1~[]\"' é\\", max_size=8),
)
def test_a_url_has_the_parts_that_rfc_3986_gives_it(scheme: str, place: str, rest: str) -> None:
    """Urls that are taken apart quickly, as nearly all are, have the parts that others have."""
    url = f"{scheme}{place}{rest}"
    try:
        parts = urlsplit(url.strip())
        parts.port  # noqa: B018  # raises for what is no port
    except ValueError:
        assert not any(urls.split(url))
    else:
        assert urls.split(url) == parts


@pytest.mark.parametrize(
    ("url", "of", "found"),
    [
        ("https://a.kr/2", "https://desk:pw@a.kr/1", "https://desk:pw@a.kr/2"),
        ("https://a.kr:443/2?x=1#y", "https://desk@A.kr/1", "https://desk@a.kr:443/2?x=1#y"),
        ("https://한국.kr/2", "https://d:p@xn--3e0b707e.kr/1", "https://d:p@한국.kr/2"),
        ("https://own@a.kr/2", "https://desk:pw@a.kr/1", "https://own@a.kr/2"),
        ("http://a.kr/2", "https://desk:pw@a.kr/1", "http://a.kr/2"),
        ("https://b.kr/2", "https://desk:pw@a.kr/1", "https://b.kr/2"),
        ("https://a.kr:8443/2", "https://desk:pw@a.kr/1", "https://a.kr:8443/2"),
        ("https://a.kr/2", "https://a.kr/1", "https://a.kr/2"),
        ("", "https://desk:pw@a.kr/1", ""),
    ],
)
def test_a_login_goes_to_its_own_origin_alone(url: str, of: str, found: str) -> None:
    """Scheme, host and port must be the same, and a login of its own stays."""
    assert url_logins.with_login(url, of) == found
