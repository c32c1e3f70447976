"""The feeds of a site are found in its page, the best first."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor import feeds
from tests.budget import within

PAGE = """<html><head>
<link rel="alternate" type="application/rss+xml" title="Comments" href="/comments/feed/">
<link rel="alternate" type="application/rss+xml" title="All stories" href="/rss/all.xml">
<link rel="alternate" type="application/atom+xml" href="https://cdn.example/atom">
<link rel="alternate" hreflang="ko" href="/ko/">
<link rel="stylesheet" type="text/css" href="/rss/style.css">
</head><body><a href="/rss/north-korea">North Korea</a> <a href="/about">About</a>
<a href="/services">RSS</a> <a href="/logo-rss.png">RSS</a> <a href="javascript:rss()">RSS</a>
</body></html>"""


def test_declared_then_linked_then_guessed() -> None:
    """What the page declares comes first, comments after stories, guesses last."""
    found = feeds.discover(PAGE.encode(), "https://site.example/news/index.html")
    urls = [one.url for one in found]
    assert urls[:4] == [
        "https://site.example/rss/all.xml",
        "https://cdn.example/atom",
        "https://site.example/rss/north-korea",
        "https://site.example/services",
    ]
    assert urls[4] == "https://site.example/comments/feed/"
    assert {one.found for one in found[5:]} == {"guess"}
    assert (found[0].title, found[0].format, found[0].found) == ("All stories", "rss", "declared")
    assert len(urls) == len(set(urls))
    assert not any("style" in url or "png" in url for url in urls)


def test_the_base_of_the_page_counts() -> None:
    """Relative addresses stand on the page's base element."""
    page = b'<base href="https://b.example/x/"><link rel=feed href="f.xml">'
    assert feeds.discover(page, "https://site.example/")[0].url == "https://b.example/x/f.xml"


@pytest.mark.parametrize("page", [b"", b"\xff\xfe\x00", b"<a href='http://[::1'>rss</a>"])
def test_pages_without_feeds_give_guesses(page: bytes) -> None:
    """Where a page says nothing the usual addresses are offered as guesses."""
    found = feeds.discover(page, "https://site.example/a")
    assert found
    assert all(one.found == "guess" for one in found)


@pytest.mark.parametrize("link", ["<a href=/x>", "<a href=/rss><b>", "<div><a href=/feed>"])
def test_links_in_links_without_end_take_no_time(link: str) -> None:
    """Fifty thousand links that stay open are listed within the time of a page."""
    page = (link * 50_000).encode()
    within(5, lambda: feeds.discover(page, "https://site.example/"))


@given(st.text(max_size=200), st.text(max_size=40))
def test_discovery_never_fails(page: str, url: str) -> None:
    """Any page at any address gives a bounded list of absolute addresses."""
    found = feeds.discover(page.encode("utf-8", "replace"), url)
    assert len(found) <= 40
    assert all(one.url.startswith(("http://", "https://")) for one in found)
