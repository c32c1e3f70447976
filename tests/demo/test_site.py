"""The demo site serves what it promises: to a feed reader, to a poller and to a scraper."""

import tomllib
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import feedparser
import httpx
import pytest
from bs4 import BeautifulSoup

from monitor.demo import demo_config, expected_topics, serve
from monitor.demo.rendering import GONE, PAGE_INSTEAD_OF_FEED
from monitor.demo.texts import Outlet, load_outlets

NOW = datetime(2026, 3, 1, 3, 30, 12, tzinfo=UTC)
OUTLETS = load_outlets(NOW)
SLOW = next(outlet for outlet in OUTLETS if outlet.delay)
QUICK = [outlet for outlet in OUTLETS if not outlet.delay]


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    """The demo site as of NOW."""
    with serve(NOW) as base_url:
        yield base_url


@pytest.fixture(scope="module")
def client(site: str) -> Iterator[httpx.Client]:
    """A client on the site."""
    with httpx.Client(base_url=site) as client:
        yield client


@pytest.mark.parametrize(
    "outlet", [o for o in QUICK if o.format != "list"], ids=lambda outlet: outlet.name
)
def test_feed_lists_every_story(client: httpx.Client, outlet: Outlet) -> None:
    """A feed reader finds each story with its title, and a link that leads to its page."""
    feed = feedparser.parse(client.get(outlet.path).content)
    assert not feed.bozo
    assert [entry.title for entry in feed.entries] == [story.title for story in outlet.stories]
    for entry, story in zip(feed.entries, outlet.stories, strict=True):
        page = client.get(entry.link)
        assert page.status_code == 200
        html = page.content.decode(outlet.encoding)
        assert story.paragraphs[-1] in BeautifulSoup(html, "lxml").get_text()


def test_feed_formats_and_languages_are_varied() -> None:
    """The feeds come in three formats and a list page, and in four languages."""
    assert {"rss", "rss-html", "rss-bare-dates", "rdf", "atom", "list"} == {
        outlet.format for outlet in OUTLETS
    }
    assert {outlet.language for outlet in OUTLETS} == {"en", "ko", "zh", "ja"}
    assert {outlet.encoding for outlet in OUTLETS} == {"utf-8", "euc-kr", "gb18030"}


def test_dates_are_of_the_last_hours() -> None:
    """All stories but the one of 2024 are younger than eleven hours and lie in the past."""
    ages = [NOW - story.published for outlet in OUTLETS for story in outlet.stories]
    assert min(ages) > timedelta(0)
    assert sum(age > timedelta(hours=11) for age in ages) == 1


def test_list_page_can_be_read_with_its_selectors(client: httpx.Client) -> None:
    """The selectors that the configuration gives read the ministry's page."""
    outlet = next(outlet for outlet in OUTLETS if outlet.format == "list")
    selectors = dict(outlet.selectors)
    page = BeautifulSoup(client.get(outlet.path).text, "lxml")
    items = page.select(selectors["item"])
    links = [item.select_one(selectors["link"]) for item in items]
    dates = [item.select_one(selectors["date"]) for item in items]
    assert [link.get_text() for link in links if link] == [s.title for s in outlet.stories]
    assert [date.get_text() for date in dates if date] == [
        f"{story.published:%Y-%m-%d %H:%M}" for story in outlet.stories
    ]


@pytest.mark.parametrize("header", ["ETag", "Last-Modified"])
def test_either_validator_earns_a_304(client: httpx.Client, header: str) -> None:
    """An unchanged feed answers 304 without a body to either validator."""
    question = {"ETag": "If-None-Match", "Last-Modified": "If-Modified-Since"}[header]
    for outlet in QUICK:
        first = client.get(outlet.path)
        again = client.get(outlet.path, headers={question: first.headers[header]})
        assert (first.status_code, again.status_code, again.content) == (200, 304, b"")
        assert again.headers["ETag"] == first.headers["ETag"]


def test_entity_tag_outranks_date(client: httpx.Client) -> None:
    """A tag that does not match gives the whole feed, whatever the date says (RFC 9110, 13.1.3)."""
    path = QUICK[0].path
    date = client.get(path).headers["Last-Modified"]
    answer = client.get(path, headers={"If-None-Match": '"other"', "If-Modified-Since": date})
    assert answer.status_code == 200


@pytest.mark.parametrize("date", ["yesterday", "", "Thu, 01 Jan 1970 00:00:00 GMT"])
def test_unusable_or_old_date_gives_the_whole_feed(client: httpx.Client, date: str) -> None:
    """A date that cannot be read, or is older than the feed, is no reason for a 304."""
    answer = client.get(QUICK[0].path, headers={"If-Modified-Since": date})
    assert answer.status_code == 200


def test_gzip_only_when_asked_for(client: httpx.Client) -> None:
    """The same text goes out gzipped or plain, as the client accepts."""
    path = QUICK[0].path
    zipped = client.get(path, headers={"Accept-Encoding": "gzip"})
    plain = client.get(path, headers={"Accept-Encoding": "identity"})
    assert zipped.headers["Content-Encoding"] == "gzip"
    assert "Content-Encoding" not in plain.headers
    assert zipped.content == plain.content


def test_head_answers_without_a_body(client: httpx.Client) -> None:
    """HEAD gives the validators and no body, and the connection stays usable."""
    answer = client.head(QUICK[0].path)
    assert answer.status_code == 200
    assert answer.headers["ETag"]
    assert client.get(QUICK[0].path).status_code == 200


def test_the_misbehaving_feeds_misbehave(client: httpx.Client) -> None:
    """One feed is gone, one is a page, one is slow but right."""
    assert client.get(GONE).status_code == 404
    page = client.get(PAGE_INSTEAD_OF_FEED)
    assert page.status_code == 200
    assert page.headers["Content-Type"].startswith("text/html")
    assert SLOW.delay == 1.5
    assert len(feedparser.parse(client.get(SLOW.path).content).entries) == len(SLOW.stories)


def test_old_encodings_are_declared_in_the_page_only(client: httpx.Client) -> None:
    """A scraper has to find EUC-KR and GB18030 for itself: the header names no charset."""
    for outlet in OUTLETS:
        if outlet.encoding != "utf-8":
            page = client.get(outlet.stories[0].path)
            assert page.headers["Content-Type"] == "text/html"
            with pytest.raises(UnicodeDecodeError):
                page.content.decode("utf-8")


def test_cgtn_page_prints_what_a_scraper_must_keep_and_drop(client: httpx.Client) -> None:
    """The seed's facts stand in its page, with the clock as printed, and so does its furniture."""
    outlet = OUTLETS[0]
    story = outlet.stories[-1]
    text = BeautifulSoup(client.get(story.path).text, "lxml").get_text("\n")
    assert "2024.09.29 09:58 GMT+8" in text
    assert "/CFP" in text
    assert "Cho Tae-yul" in text
    assert "Copyright ©" in text
    assert "RELATED STORIES" in text


def test_one_story_has_four_copies_in_two_languages() -> None:
    """The wire story runs in three English outlets and once in Korean; the original is older."""
    copies = sorted(
        (story.published.astimezone(UTC), outlet.name, outlet.language, len(story.paragraphs))
        for outlet in OUTLETS
        for story in outlet.stories
        if story.story == "yellow-sea"
    )
    assert [(name, language, length) for _, name, language, length in copies] == [
        ("hanbit-en", "en", 6),
        ("hanbit-ko", "ko", 6),
        ("seoul-chronicle", "en", 3),
        ("pacific-ledger", "en", 7),
    ]


def test_expected_topics_name_every_page(site: str, client: httpx.Client) -> None:
    """Each article address is served, wanted and unwanted stories being about equally many."""
    topics = expected_topics(site, NOW)
    assert all(client.get(address).status_code == 200 for address in topics)
    wanted = sum(bool(rules) for rules in topics.values())
    assert 15 <= wanted <= len(topics) - 15
    assert set().union(*topics.values()) == {"china-south-korea", "korean-peninsula"}


def test_configuration_names_every_feed(site: str, tmp_path: Path) -> None:
    """The demo's config.toml is valid TOML and every feed in it is on loopback by permission."""
    config = tomllib.loads(demo_config(site, tmp_path / 'state "x"'))
    assert config["monitor"]["state"] == str(tmp_path / 'state "x"')
    feeds = {feed["name"]: feed for feed in config["feed"]}
    assert len(feeds) == len(OUTLETS) + 2
    assert all(feed["private"] and feed["url"].startswith(site) for feed in feeds.values())
    for outlet in OUTLETS:
        assert ZoneInfo(feeds[outlet.name]["timezone"])


def test_site_stops_with_its_block() -> None:
    """After the block the port is closed, though a client still held a connection."""
    with serve(NOW) as base_url, httpx.Client() as client:
        assert client.get(base_url + "/robots.txt").status_code == 200
    with pytest.raises(httpx.ConnectError):
        httpx.get(base_url + "/robots.txt")
