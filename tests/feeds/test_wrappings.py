"""What is wrapped around a feed and its texts: gzip, scripts, captions, empty links."""

import gzip

import pytest

from monitor.errors import NotAFeed
from monitor.model import Feed
from tests.feeds.documents import item, parse, rss

SITEMAP = Feed(name="map", url="https://wire.example/news.xml.gz", format="sitemap")
MAP = (
    b'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">'
    b"<url><loc>https://wire.example/a/1</loc></url></urlset>"
)
MEDIA = ' xmlns:media="http://search.yahoo.com/mrss/"'


def test_gzip_without_a_header_is_read() -> None:
    """Feeds and sitemaps, packed once or twice."""
    body = rss(item("Envoys meet"))
    for packed in (gzip.compress(body), gzip.compress(gzip.compress(body))):
        assert [entry.title for entry in parse(packed).entries] == ["Envoys meet"]
    assert [e.url for e in parse(gzip.compress(MAP), SITEMAP).entries] == [
        "https://wire.example/a/1"
    ]
    long = gzip.compress(rss(*(item(f"Story {n * n}", guid=f"g{n}") for n in range(2000))))
    assert parse(long[: len(long) // 2]).cut_off


@pytest.mark.parametrize(
    "body", [b"\x1f\x8b\x08\x00garbage", gzip.compress(bytes(40 * 1024 * 1024))]
)
def test_gzip_that_cannot_be_a_feed_is_told(body: bytes) -> None:
    """Damage and bombs give one line."""
    with pytest.raises(NotAFeed, match="gzip"):
        parse(body)


@pytest.mark.parametrize("odd", ["", "<image><url>x</url></image>"])
@pytest.mark.parametrize(
    ("more", "url"),
    [
        ("<link></link><guid>https://wire.example/a/1</guid>", "https://wire.example/a/1"),
        ("<guid>https://wire.example/a/1</guid><link/>", "https://wire.example/a/1"),
        ("<link> </link><guid isPermaLink='true'>https://w.example/1</guid>", "https://w.example/1"),
        ("<link/><guid isPermaLink='false'>https://wire.example/a/1</guid>", ""),
        ("<link/><guid>wire-1</guid>", ""),
        ("<link>/b/2</link><guid>https://wire.example/a/1</guid>", "https://wire.example/b/2"),
    ],
)  # fmt: skip
def test_guid_stands_in_for_an_empty_link(more: str, url: str, odd: str) -> None:
    """A permalink is the item's url, whichever reader takes the item."""
    (entry,) = parse(rss(item("Envoys meet", more=more + odd))).entries
    assert entry.url == url


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("Envoys <script>var a = 'nuclear';</script>meet", "Envoys meet"),
        ("Envoys <style>.kim { color: red }</style>meet", "Envoys meet"),
        ("Envoys &lt;script&gt;track()&lt;/script&gt;meet", "Envoys meet"),
        ("Why <script> is a word of ours", "Why is a word of ours"),
        ("KOSPI < 2,400 and > 2,300", "KOSPI < 2,400 and > 2,300"),
        ("<속보> 특사 회동", "<속보> 특사 회동"),
    ],
)
def test_script_and_style_are_no_text(written: str, read: str) -> None:
    """Not of a headline, not of a text, however often they were escaped."""
    (entry,) = parse(
        rss(item(written, more=f"<description><![CDATA[{written}]]></description>"))
    ).entries
    assert entry.title == read
    if "word of ours" not in read:
        assert entry.summary == read


@pytest.mark.parametrize("odd", ["", "<image><url>x</url></image>"])
@pytest.mark.parametrize(
    ("more", "summary"),
    [
        (
            "<description>The fair opens.</description><media:content url='p.jpg' medium='image'>"
            "<media:description>Wang Yi in Seoul</media:description></media:content>",
            "The fair opens.",
        ),
        ("<media:group><media:description>Wang Yi</media:description></media:group>", ""),
        ("<media:description>Wang</media:description><description>Fair</description>", "Fair"),
        (
            "<media:group><media:content url='v' type='video/mp4'/>"
            "<media:description>The minister's briefing in full</media:description></media:group>",
            "The minister's briefing in full",
        ),
    ],
)  # fmt: skip
def test_caption_of_a_picture_is_no_text(more: str, summary: str, odd: str) -> None:
    """What describes a film is the item's text, what describes a picture is not."""
    (entry,) = parse(rss(item("Trade fair", more=more + odd), root=MEDIA)).entries
    assert (entry.summary, entry.content) == (summary, ())
