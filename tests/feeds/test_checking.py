"""A check tells a feed worth having from one that only looks alive."""

from datetime import timedelta

from msgspec.structs import replace

from monitor import feeds
from monitor.model import FeedState
from tests.feeds.documents import FEED, NOW, answer, item, parse, rss, stories


def report(body: bytes, **headers: str) -> feeds.FeedReport:
    """The check of a 200 with this body."""
    return feeds.check(parse(body), answer(200, body, headers=headers), FEED, FeedState(), NOW)


def test_a_good_feed() -> None:
    """A fresh feed with dates, links and validators has no faults and no doubts."""
    good = report(rss(*stories(20, 60)), etag='"1"')
    assert (good.verdict, good.faults, good.doubts) == ("good", (), ())
    assert (good.items, good.dated, good.format) == (41, 41, "rss")
    assert good.newest == NOW.replace(hour=10)
    assert good.conditional
    assert "every 15 min" in good.next_due


def test_28_valid_and_frozen_is_bad() -> None:
    """Status 200, valid XML and ten items are not enough."""
    old = report(rss(*(item(f"{n}", guid=f"{n}", date="2018-01-05T00:00:00Z") for n in range(10))))
    assert old.verdict == "bad"
    assert "frozen" in old.faults[0]


def test_nothing_listed_no_answer_and_no_feed_are_bad() -> None:
    """Empty, unreachable and not a feed are faults that say so."""
    assert report(rss()).faults == ("it lists nothing",)
    unreachable = feeds.check(None, None, FEED, FeedState(), NOW, error="no connection")
    assert (unreachable.verdict, unreachable.faults) == ("bad", ("no connection",))
    assert feeds.check(None, answer(404), FEED, FeedState(), NOW).faults == ("HTTP 404",)
    page = feeds.check(None, answer(200), FEED, FeedState(), NOW, error="an HTML page")
    assert page.faults == ("an HTML page",)


def test_what_costs_stories_later_is_doubtful() -> None:
    """Missing zones, dates ahead, shared guids, missing links and validators are named."""
    ahead = (NOW + timedelta(hours=2)).isoformat()
    body = rss(
        item("One", guid="g", date="2026-11-23 09:00:00"),
        item("Two", guid="g", date=ahead),
        item("Three", link="https://wire.example/3"),
    )
    doubts = "\n".join(report(body).doubts)
    for words in ("no zone", "in the future", "share one guid", "no link", "no date", "no ETag"):
        assert words in doubts
    assert report(body).verdict == "doubtful"


def test_a_zone_settles_times_without_one() -> None:
    """A feed whose country is known has no doubt about its zone."""
    body = rss(item("One", link="https://wire.example/1", date="2026-11-23 20:00:00"))
    korean = replace(FEED, country="KR")
    checked = feeds.check(parse(body, korean), answer(200, body), korean, FeedState(), NOW)
    assert not any("zone" in doubt for doubt in checked.doubts)
    assert checked.newest == NOW - timedelta(hours=1)


def test_a_short_window_and_another_language_are_doubts() -> None:
    """A list that is gone in an hour, and the wrong edition, are named."""
    body = rss(*stories(60, 66), head="<language>ko</language>")
    english = replace(FEED, language="en")
    checked = feeds.check(parse(body, english), answer(200, body), english, FeedState(), NOW)
    doubts = "\n".join(checked.doubts)
    assert "read it often" in doubts
    assert "language is ko" in doubts
