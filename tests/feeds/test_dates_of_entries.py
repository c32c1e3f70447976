"""An entry stands under the right moment, or under the moment we saw it, and says which."""

from datetime import UTC, datetime, timedelta

import pytest
from msgspec.structs import replace

from monitor import feeds
from monitor.model import Entry, Feed, FeedState
from tests.feeds.documents import FEED, NOW, entries, identified, item, parse, rss, same

KOREAN = Feed(name="korean", url="https://news.example.kr/rss.xml", country="KR")
MOMENT = datetime(2024, 9, 30, 0, 58, tzinfo=UTC)  # 09:58 in Seoul


@pytest.mark.parametrize(
    "printed",
    [
        "Mon, 30 Sep 2024 09:58:00 +0900",
        "Mon, 30 Sep 2024 09:58:00 +09:00",
        "Mon, 30 Sep 2024 09:58:00 KST",
        "Mon, 30 Sep 2024 09:58:00",
        "Mon,30 Sep 2024 09:58:00 +0900",
        "Mon, 30 09 2024 09:58:00 +0900",
        "2024-09-30 09:58:00",
        "2024.09.30 09:58",
        "2024/9/30 09:58",
        "2024년 9월 30일 09:58",
        "2024年9月30日 09:58",
        "2024-09-30 오전 9:58:00",
        "20240930095800+0900",
        "Mon Sep 30 2024 09:58:00 GMT+0900 (KST)",
        "Mon, 30 Sep 2024 09:58:00 GMT+9",
    ],
)
def test_12_every_form_of_one_korean_moment(printed: str) -> None:
    """Every way a Korean newsroom prints a moment is read as that moment, and kept as printed."""
    (entry,) = parse(rss(item(date=printed)), KOREAN).entries
    assert entry.published == MOMENT
    assert entry.published_text == printed
    assert entry.date_source == "item"


def test_12_xinhua_prints_a_day_with_hyphens() -> None:
    """A date that names GMT is read in GMT, whatever the feed's country."""
    (entry,) = parse(rss(item(date="Mon,30-Sep-2024 00:58:00 GMT")), KOREAN).entries
    assert entry.published == MOMENT


@pytest.mark.parametrize(
    ("changes", "hour"),
    [
        ({"country": "KR"}, 0),
        ({"country": "CN"}, 1),
        ({"country": "KR", "timezone": "Asia/Tokyo"}, 0),
        ({"timezone": "Europe/London"}, 8),
        ({"url": "https://news.example.cn/rss"}, 1),
        ({}, 9),
    ],
)
def test_12_zone_of_a_time_without_one(changes: dict[str, str], hour: int) -> None:
    """The feed's zone, else its country's or host's, else UTC reads a time without a zone."""
    feed = replace(FEED, **changes)  # type: ignore[arg-type]
    (entry,) = parse(rss(item(date="2024-09-30 09:58:00")), feed).entries
    assert entry.published == MOMENT.replace(hour=hour)


def test_10_dates_in_the_future() -> None:
    """A date ahead of the clock stays as printed, and the entry stands under first seen."""
    (entry,) = entries(item(date="Wed, 25 Nov 2026 12:00:00 GMT"))
    assert entry.published == datetime(2026, 11, 25, 12, tzinfo=UTC)
    assert feeds.entry_time(entry, NOW) == NOW
    slightly = replace(entry, published=NOW + timedelta(minutes=3))
    assert feeds.entry_time(slightly, NOW) == NOW + timedelta(minutes=3)


def test_10_korean_time_given_as_utc_is_noted() -> None:
    """Dates nine hours ahead are reported as Korean time labelled as UTC."""
    ahead = (NOW + timedelta(hours=8, minutes=58)).isoformat()
    (note,) = parse(rss(item(date=ahead))).notes
    assert "Korean time" in note


def test_11_no_date_at_all() -> None:
    """An undated entry keeps its first sighting, and is the same entry at the next poll."""
    (before,) = identified(item("Undated", link="https://wire.example/u"))
    (after,) = identified(item("Undated", link="https://wire.example/u"))
    assert before.entry.published is None
    assert before.entry.date_source == ""
    assert feeds.entry_time(before.entry, NOW) == NOW
    assert same(before, after)


@pytest.mark.parametrize(
    ("link", "day"),
    [
        ("https://w.example/2026/11/21/envoys.html", "2026-11-21"),
        ("https://w.example/202611/21/c_1.htm", "2026-11-21"),
        ("https://w.example/view/AEN20261121001300315", "2026-11-21"),
        ("https://w.example/t20261121_118.html", "2026-11-21"),
        ("https://w.example/2026-11/21/c_1.htm", "2026-11-21"),
        ("https://w.example/2026/12/24/ahead.html", ""),
        ("https://w.example/n/1234567", ""),
    ],
)
def test_11_the_day_in_the_address(link: str, day: str) -> None:
    """Without a date the day in the address serves, unless it lies ahead."""
    (entry,) = entries(item(link=link))
    assert (f"{entry.published:%Y-%m-%d}" if entry.published else "") == day
    assert entry.date_source == ("url" if day else "")


def test_11_the_day_in_the_address_of_the_picture() -> None:
    """The picture's path is the last resort for a day."""
    picture = '<enclosure url="https://i.example/2026/11/20/a.jpg" type="image/jpeg"/>'
    (entry,) = entries(item(link="https://w.example/n/7", more=picture))
    assert entry.published == datetime(2026, 11, 20, tzinfo=UTC)


def test_dc_date_is_second_to_the_items_own_date() -> None:
    """dc:date is used when pubDate is missing or unreadable, and said to be."""
    space = ' xmlns:dc="http://purl.org/dc/elements/1.1/"'
    second = "<dc:date>2026-11-22T10:00:00+09:00</dc:date>"
    for first in ("", "yesterday, around noon"):
        (entry,) = parse(rss(item(date=first, more=second), root=space)).entries
        assert entry.published == datetime(2026, 11, 22, 1, tzinfo=UTC)
        assert entry.date_source == "dc:date"


def test_a_day_without_a_clock_stands_for_the_moment_we_saw_it() -> None:
    """Entries of list pages, which print days, sort by when they came on their day."""
    entry = Entry("", "", "t", published=datetime(2026, 11, 23, tzinfo=UTC), date_source="item")
    assert feeds.entry_time(replace(entry, published_text="2026-11-23"), NOW) == NOW
    midnight = replace(entry, published_text="2026-11-23 00:00")
    assert feeds.entry_time(midnight, NOW) == entry.published
    yesterday = replace(entry, published_text="2026-11-22", published=NOW - timedelta(hours=36))
    assert feeds.entry_time(yesterday, NOW) == NOW - timedelta(hours=36)


def test_30_first_run() -> None:
    """On a first reading only what came out in the last hour deserves an alert."""
    new = replace(Entry("", "", "t"), published=NOW - timedelta(minutes=40), date_source="item")
    assert feeds.fresh(new, True, NOW)
    assert not feeds.fresh(replace(new, published=NOW - timedelta(hours=2)), True, NOW)
    assert not feeds.fresh(replace(new, published=None), True, NOW)
    assert not feeds.fresh(replace(new, published=NOW + timedelta(hours=9)), True, NOW)
    assert not feeds.fresh(replace(new, date_source="url"), True, NOW)


def test_09_after_the_first_run_no_date_hides_an_entry() -> None:
    """What the store did not know is news whatever its date says: dates are wrong too often."""
    for published in (None, NOW - timedelta(days=900), NOW + timedelta(days=2)):
        assert feeds.fresh(replace(Entry("", "", "t"), published=published), False, NOW)


def test_the_feed_state_has_nothing_to_do_with_reading_dates() -> None:
    """The same document gives the same dates at every poll."""
    body = rss(*(item(f"{n}", date="23 Nov 2026 10:00 KST") for n in range(3)))
    assert parse(body) == parse(body)
    assert feeds.identify(parse(body), FeedState())
