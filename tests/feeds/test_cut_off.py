"""Bodies that break off, and a 304 that nobody asked for."""

import pytest

from monitor import feeds
from monitor.errors import NotAFeed
from monitor.model import Feed, FeedState, Response
from tests.feeds.documents import NOW, item, parse, rss

FEED = Feed(name="desk", url="https://wire.example/feed")
THREE = rss(
    item("Ferry sinks", guid="a", link="https://wire.example/1"),
    item("Talks open", guid="b", link="https://wire.example/2"),
    item("Rice falls", guid="c", link="https://wire.example/3"),
)
ATOM = (
    b'<feed xmlns="http://www.w3.org/2005/Atom"><title>W</title>'
    b'<entry><id>a</id><title>Ferry sinks</title><link href="https://wire.example/1"/></entry>'
    b'<entry><id>b</id><title>Talks open</title><link href="https://wire.example/2"/></entry></feed>'
)
SITEMAP = (
    b'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">'
    b"<url><loc>https://wire.example/1</loc></url><url><loc>https://wire.example/22</loc></url>"
    b"</urlset>"
)


@pytest.mark.parametrize(
    ("whole", "cut_at", "left"),
    [
        (THREE, b"<title>Talks", ["Ferry sinks"]),
        (THREE, b"k>https://wire.example/2", ["Ferry sinks"]),
        (THREE, b"</channel>", ["Ferry sinks", "Talks open", "Rice falls"]),
        (ATOM, b"b</id>", ["Ferry sinks"]),
        (ATOM.replace(b"Talks", "회담".encode()), "담".encode()[1:], ["Ferry sinks"]),
        (SITEMAP, b"2</loc></url></urlset>", [""]),
    ],
)
def test_item_that_the_cut_went_through_is_no_item(
    whole: bytes, cut_at: bytes, left: list[str]
) -> None:
    """Those before it are read, and the document says that it is not whole."""
    document = parse(whole[: whole.index(cut_at)], FEED)
    assert [entry.title for entry in document.entries] == left
    assert document.cut_off


@pytest.mark.parametrize(
    "body",
    [
        THREE,
        THREE + b"<!-- cached 12:00 -->",
        THREE.replace(b"</item>\n</channel>", b"\n</channel>"),  # sloppy, and whole
        ATOM,
        SITEMAP,
        rss(),
    ],
)
def test_whole_document_is_not_cut_off(body: bytes) -> None:
    """Neither sloppy templates nor what stands behind the end make a document broken."""
    assert not parse(body, FEED).cut_off


@pytest.mark.parametrize("body", [THREE[:150], ATOM[:70], SITEMAP[:80]])
def test_body_that_breaks_off_before_its_first_item_is_no_feed(body: bytes) -> None:
    """Else it would pass for a feed that has nothing to say."""
    with pytest.raises(NotAFeed, match="breaks off"):
        parse(body, FEED)


@pytest.mark.parametrize(
    "headers", [{"etag": '"1"'}, {"last-modified": "Mon, 23 Nov 2026 11:00:00 GMT"}]
)
def test_cut_body_keeps_no_validator(headers: dict[str, str]) -> None:
    """The next request asks for the whole, and the same piece is read again."""
    body = THREE[: THREE.index(b"<title>Talks")]
    answer = Response(200, FEED.url, headers, body)
    after = feeds.after_response(FEED, FeedState(), answer, parse(body, FEED), 1, NOW)
    asked = feeds.request_for(FEED, after, NOW)
    assert (asked.etag, asked.last_modified, after.body_hash) == ("", "", "")
    whole = feeds.after_response(
        FEED, after, Response(200, FEED.url, headers, THREE), parse(THREE, FEED), 2, NOW
    )
    assert (whole.etag, whole.last_modified) == (
        headers.get("etag", ""),
        headers.get("last-modified", ""),
    )


@pytest.mark.parametrize("before", [FeedState(), FeedState(ok_at=NOW, full_at=NOW, etag='"1"')])
def test_304_to_an_unconditional_request_is_a_failure(before: FeedState) -> None:
    """It is told, counted, and vouches for nothing."""
    answer = Response(304, FEED.url, {"etag": '"2"'})
    after = feeds.after_response(FEED, before, answer, None, 0, NOW, conditional=False)
    assert (after.failures, after.ok_at, after.etag) == (1, before.ok_at, before.etag)
    assert "304" in after.error
    fine = feeds.after_response(FEED, before, answer, None, 0, NOW)
    assert (fine.failures, fine.error) == (0, "")
