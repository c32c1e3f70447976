"""What the web can throw at a poll: one clear line each, and nothing that was stored is lost."""

import gzip

import pytest

from monitor.pipeline import open_pipeline, round_of
from monitor.store import entries
from monitor.store import flags as flag_store
from tests.pipeline.conftest import OpenDesk
from tests.pipeline.polling import HEADLINE, poll, stored
from tests.site import Answer, Site, conditional
from tests.wire import Clock, Item, Outlet, config_text, rss

XML = {"Content-Type": "application/rss+xml"}
BOMB = gzip.compress(b"<rss>" + b" " * (64 << 20), 9)


def bodies() -> dict[str, Answer]:
    return {
        "empty": Answer(headers=XML),
        "text": Answer(body=b"Not a feed at all.", headers=XML),
        "page": Answer(body=b"<!doctype html><title>Home</title><p>Hello", headers=XML),
        "binary": Answer(body=bytes(range(256)) * 64, headers=XML),
        "bomb": Answer(body=BOMB, headers={**XML, "Content-Encoding": "gzip"}),
        "endless": Answer(body=(b" " * 65536 for _ in range(1000)), headers=XML),
        "half_header": Answer(raw=b"HTTP/1.1 200 OK\r\nContent-Le"),
        "big_header": Answer(raw=b"HTTP/1.1 200 OK\r\nX: " + b"a" * (1 << 20) + b"\r\n\r\n"),
        "reset": Answer(reset=True),
        "loop": Answer(301, headers={"Location": "/loop.xml"}),
        "teapot": Answer(418),
    }


@pytest.mark.parametrize("kind", list(bodies()))
async def test_bad_feed_is_one_clear_line_and_loses_nothing(
    site: Site, open_desk: OpenDesk, kind: str
) -> None:
    """A feed that turns bad keeps its entries, says why in one line, and recovers."""
    good = conditional(rss(site, [Item("talks", HEADLINE)]), '"good"')
    site.at(f"/{kind}.xml", good)
    desk = open_desk(config_text(site, kind, pages="none"))
    clock = Clock()
    await poll(desk, clock)
    site.at(f"/{kind}.xml", bodies()[kind])
    report = await poll(desk, clock)
    assert report.new == 0
    assert len(report.failed[kind].splitlines()) == 1
    site.at(f"/{kind}.xml", good)
    assert (await poll(desk, clock)).failed == {}
    with desk.store.read() as db:
        assert [item.entry.title for item, _ in entries.every(db)] == [HEADLINE]


async def test_entities_are_never_expanded(site: Site, open_desk: OpenDesk) -> None:
    """A document of nested entities (billion laughs) is read in no time and as plain text."""
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    head = f'<!DOCTYPE rss [<!ENTITY l0 "ha">{laughs}]><rss version="2.0"><channel>'
    item = f"<item><title>{HEADLINE}</title><guid>g</guid><description>&l9;</description></item>"
    body = f"{head}{item}</channel></rss>".encode()
    site.at("/laughs.xml", Answer(body=body, headers=XML))
    desk = open_desk(config_text(site, "laughs", pages="none"))
    await poll(desk)
    with desk.store.read() as db:
        ((found, _),) = entries.every(db)
    assert found.entry.title == HEADLINE
    assert len(found.entry.summary) < 1000


@pytest.mark.parametrize(
    "page",
    [
        Answer(body=b""),
        Answer(body=b"%PDF-1.7 " + bytes(2000), headers={"Content-Type": "application/pdf"}),
        Answer(body=b"<html><body><script>app()</script></body></html>"),
        Answer(body=BOMB, headers={"Content-Encoding": "gzip"}),
        Answer(301, headers={"Location": "/talks.html"}),
        Answer(reset=True),
    ],
    ids=["empty", "pdf", "script", "bomb", "loop", "reset"],
)
async def test_bad_page_leaves_the_feeds_text(
    site: Site, open_desk: OpenDesk, page: Answer
) -> None:
    """Without an article on the page the feed's own text is flagged, and the page tried again."""
    Outlet(site, "wire").publish(Item("talks", HEADLINE))
    site.at("/talks.html", page)
    desk = open_desk(config_text(site, "wire"))
    await poll(desk)
    (article,) = stored(desk)
    assert article.text.origin == "feed"
    assert len(article.page_error.splitlines()) == 1
    assert article.page == "todo"
    with desk.store.read() as db:
        assert flag_store.of_articles(db, [article.id])


async def test_robots_txt_is_kept_for_pages(site: Site, open_desk: OpenDesk) -> None:
    """A page that robots.txt forbids is not asked for; the feed's text is used for good."""
    Outlet(site, "wire").publish(Item("talks", HEADLINE))
    site.at("/robots.txt", Answer(body=b"User-agent: *\nDisallow: /talks"))
    desk = open_desk(config_text(site, "wire"))
    await poll(desk)
    (article,) = stored(desk)
    assert article.page == "lost"
    assert "robots.txt" in article.page_error
    assert "/talks.html" not in [asked.path for asked in site.asked]


async def test_private_address_is_refused_without_leave(site: Site, open_desk: OpenDesk) -> None:
    """A feed on loopback is not read unless it says `private = true`."""
    Outlet(site, "wire").publish(Item("talks", HEADLINE))
    desk = open_desk(config_text(site, "wire").replace("private = true\n", ""))
    async with open_pipeline(desk, clock=Clock()) as pipeline:
        report = await round_of(pipeline, tuple(desk.feeds.values()))
    assert "private" in report.failed["wire"]
    assert site.asked == []
