"""Feed lists come from other readers and go to them."""

from datetime import timedelta

import pytest

from monitor import feeds
from monitor.errors import ConfigError
from monitor.model import Feed, ListPage

EXPORT = """<?xml version="1.0"?><opml version="1.1"><head><title>Mine</title></head><body>
<outline text="Asia"><outline text="Korea &amp; Co" xmlUrl="https://a.example/rss?x=1&y=2"/>
<outline text="Korea &amp; Co" xmlURL="https://b.example/rss" language="KO-kr"/></outline>
<outline text="again" xmlUrl="https://b.example/rss"/><outline text="no address"/>
<outline text="bad" xmlUrl="javascript:1"/><outline xmlUrl="https://c.example/feed"/>
</body></opml>"""


def test_a_foreign_list_is_read() -> None:
    """Nested outlines give feeds with unique names, each address once."""
    found = feeds.read_opml(EXPORT.encode()).feeds
    assert [(feed.name, feed.url, feed.language) for feed in found] == [
        ("korea-co", "https://a.example/rss?x=1&y=2", ""),
        ("korea-co-2", "https://b.example/rss", "ko"),
        ("https-c-example-feed", "https://c.example/feed", ""),
    ]


ODD = """<opml version="1.0"><body>
<outline text="scheme" xmlUrl="feed://a.example/rss"/><outline text="both" xmlUrl="FEED:https://b.example/"/>
<outline text="old" type="rss" url="http://c.example/rss"/><outline text="page" type="link" url="http://d.example/"/>
<outline text="twice" xmlUrl="http://e.example/rss"/><outline text="twice" xmlUrl="https://e.example/rss"/>
<outline text="bare" xmlUrl="//f.example/rss" language="kor"/><outline text="itunes" xmlUrl="itpc://g.example/p"/>
<outline text="script" xmlUrl="javascript:1"/><outline text="none" xmlUrl=""/>
<outline text="group" xmlUrl="gopher://h.example/"/></body></opml>"""


def test_odd_addresses_are_taken_and_what_is_dropped_is_named() -> None:
    """feed: in its forms and OPML 1's url= are read; an outline that is left out is told."""
    found = feeds.read_opml(ODD.encode())
    assert {feed.url for feed in found.feeds} == {
        "http://a.example/rss",
        "https://b.example/",
        "http://c.example/rss",
        "https://e.example/rss",
        "http://f.example/rss",
        "http://g.example/p",
    }
    assert {feed.language for feed in found.feeds} == {""}
    assert [line.partition(":")[0] for line in found.dropped] == ["script", "none", "group"]


@pytest.mark.parametrize(
    ("said", "language"),
    [("ko-KR", "ko"), ("zh_Hant", "zh"), ("JA", "ja"), ("unknown", ""), ("korean", ""), ("", "")],
)
def test_language_of_an_outline_is_a_code_or_nothing(said: str, language: str) -> None:
    """A word that is no code is not cut into one."""
    body = f'<opml><body><outline xmlUrl="https://a.example/" language="{said}"/></body></opml>'
    assert feeds.read_opml(body.encode()).feeds[0].language == language


def test_our_own_list_reads_back_whole() -> None:
    """What OPML has no name for survives in our own attributes."""
    wire = Feed(
        name="통신-nk",
        url="https://a.example/nk.xml?a=1&b=2",
        kind="wire",
        language="ko",
        country="KR",
        timezone="Asia/Seoul",
        every=timedelta(minutes=3),
    )
    map_ = Feed(name="map", url="https://m.example/news.xml", format="sitemap")
    page = Feed(name="p", url="https://p.example/", format="list", list_page=ListPage("li"))
    assert feeds.read_opml(feeds.write_opml([wire, page, map_]).encode()).feeds == (wire, map_)


@pytest.mark.parametrize(
    ("body", "words"),
    [
        (b"", "no OPML"),
        (b"<rss/>", "<rss>"),
        (b"<opml><body/></opml>", "lists no feed"),
        (b"<opml><body>", "no OPML"),
        (
            b'<!DOCTYPE o [<!ENTITY a "b">]><opml><body><outline text="&a;"/></body></opml>',
            "no feed",
        ),
    ],
)
def test_what_is_no_list_is_named(body: bytes, words: str) -> None:
    """A file that is no OPML, or lists nothing, gives one clear line."""
    with pytest.raises(ConfigError, match=words):
        feeds.read_opml(body)
