"""Where trouble, distrust and patience with a feed begin: at the very moment, and not before it."""

from datetime import timedelta
from email.utils import format_datetime

import pytest
from msgspec.structs import replace

from monitor import feeds
from monitor.feeds.state.request import was_conditional
from monitor.feeds.state.rhythm import rate_at, watched
from monitor.model import FeedState, ServerWishes
from tests.feeds.documents import FEED, NOW, answer, item, parse, polled, rss, stories

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
TICK = timedelta(microseconds=1)
GOOD = FeedState(ok_at=NOW, polled_at=NOW, changed_at=NOW)


def kind(state: FeedState) -> str:
    """The kind of trouble, "" for none."""
    trouble = feeds.trouble(FEED, state, NOW)
    return trouble.kind if trouble else ""


@pytest.mark.parametrize(
    ("state", "told"),
    [
        (replace(GOOD, failures=3, failing_since=NOW - 30 * MINUTE), "failing"),
        (replace(GOOD, failures=3, failing_since=NOW - 30 * MINUTE + TICK), ""),
        (replace(GOOD, failures=2, failing_since=NOW - DAY), ""),
        (replace(GOOD, empties=3, empty_since=NOW - HOUR), "silent"),
        (replace(GOOD, empties=3, empty_since=NOW - HOUR + TICK), ""),
        (replace(GOOD, empties=2, empty_since=NOW - DAY), ""),
        (replace(GOOD, newest=NOW - 10 * DAY), "frozen"),
        (replace(GOOD, newest=NOW - 10 * DAY + TICK), ""),
        (replace(GOOD, gaps=1, gap_at=NOW - DAY + TICK), "gapped"),
        (replace(GOOD, gaps=1, gap_at=NOW - DAY), ""),
    ],
)
def test_trouble_begins_at_its_moment(state: FeedState, told: str) -> None:
    """Three failures over half an hour, an hour of nothing, ten days without news, a day's gap."""
    assert kind(state) == told


@pytest.mark.parametrize(
    ("every", "quiet", "told"),
    [
        (2 * HOUR, DAY - TICK, ""),
        (2 * HOUR, DAY, "silent"),
        (4 * HOUR, 2 * DAY - TICK, ""),
        (4 * HOUR, 2 * DAY, "silent"),
        (6 * HOUR, 3 * DAY, "silent"),
        (6 * HOUR + MINUTE, 9 * DAY, ""),
    ],
)
def test_silence_is_measured_by_the_rhythm(every: timedelta, quiet: timedelta, told: str) -> None:
    """A feed that brings something every few hours is silent after twelve times as long."""
    last = NOW - quiet
    arrivals = tuple(last - n * every for n in reversed(range(12)))
    assert kind(replace(GOOD, arrivals=arrivals, changed_at=last)) == told


@pytest.mark.parametrize(
    ("status", "failure"),
    [(401, "blocked"), (403, "blocked"), (451, "blocked"), (404, "missing"), (410, "gone"),
     (429, "busy"), (503, "busy"), (500, "other"), (418, "other")],
)  # fmt: skip
def test_what_kind_of_failure_a_status_is(status: int, failure: str) -> None:
    """Each refusal is remembered by what it means for the next time."""
    after = feeds.after_response(FEED, GOOD, answer(status), None, 0, NOW)
    assert (after.failure, after.status) == (failure, status)


@pytest.mark.parametrize("status", [200, 404, 500])
def test_only_a_304_may_not_answer_a_plain_request(status: int) -> None:
    """Without a validator in the request nothing but 304 is odd."""
    after = feeds.after_failure(GOOD, "x", NOW, response=answer(status))
    if status != 200:
        after = feeds.after_response(FEED, GOOD, answer(status), None, 0, NOW, conditional=False)
    assert "conditional" not in after.error
    odd = feeds.after_response(FEED, GOOD, answer(304), None, 0, NOW, conditional=False)
    assert "not conditional" in odd.error


@pytest.mark.parametrize(
    ("state", "etag", "modified"),
    [
        ({}, True, True),
        ({"stale_304": 1}, True, False),
        ({"stale_304": 2}, False, False),
        ({"stale_304": 1, "etag": ""}, False, True),
    ],
)
def test_validators_are_trusted_one_after_the_other(
    state: dict[str, object], etag: bool, modified: bool
) -> None:
    """Once a 304 was untrue the ETag alone is sent, and after a second time neither."""
    before = replace(GOOD, full_at=NOW, etag='"a"', last_modified="Mon, 23 Nov 2026 05:00:00 GMT")
    before = replace(before, **state)  # type: ignore[arg-type]
    request = feeds.request_for(FEED, before, NOW)
    assert (bool(request.etag), bool(request.last_modified)) == (etag, modified)
    assert was_conditional(FEED, before, NOW) == (etag or modified)


def test_a_page_is_asked_for_as_a_page() -> None:
    """Where a list page is read as a feed, the request says that HTML is wanted."""
    page = feeds.request_for(replace(FEED, format="list"), GOOD, NOW)
    feed = feeds.request_for(FEED, GOOD, NOW)
    assert page.accept.startswith("text/html")
    assert feed.accept.startswith("application/atom+xml")


@pytest.mark.parametrize(
    ("lasted", "longest"),
    [
        (DAY - TICK, HOUR), (DAY, 6 * HOUR), (7 * DAY - TICK, 6 * HOUR), (7 * DAY, DAY),
    ],
)  # fmt: skip
def test_patience_grows_with_what_a_failure_lasts(lasted: timedelta, longest: timedelta) -> None:
    """Up to an hour between two tries on the first day, six in the first week, a day after it."""
    state = replace(GOOD, failures=20, failure="other", failing_since=NOW - lasted)
    assert feeds.next_due(FEED, state, NOW)[0] - NOW == longest


def test_items_that_come_faster_than_they_stay_are_read_more_often() -> None:
    """Of thirty items, sixty an hour, each stays half an hour: it is read every ten minutes."""
    state = replace(GOOD, listed=30, hourly=(60.0 * 7,) * 24, hourly_days=7.0)
    slow = replace(FEED, every=6 * HOUR)
    assert feeds.next_due(slow, state, NOW)[0] - NOW == 10 * MINUTE


def test_the_rate_of_an_hour_looks_at_its_neighbours() -> None:
    """An hour without entries beside busy ones is expected to bring what the three bring."""
    busy = tuple(90.0 * 7 if hour in (11, 13) else 0.0 for hour in range(24))
    state = replace(GOOD, listed=30, hourly=busy, hourly_days=7.0)
    slow, noon = replace(FEED, every=6 * HOUR), NOW.replace(hour=12)
    assert feeds.next_due(slow, state, noon)[0] - noon == 10 * MINUTE
    far = replace(state, hourly=tuple(90.0 * 7 if hour == 14 else 0.0 for hour in range(24)))
    assert feeds.next_due(slow, far, noon)[0] - noon == 6 * HOUR


@pytest.mark.parametrize(
    ("left", "kept"), [({}, True), ({"cut_off": True}, False), ({"unread": 2}, False)]
)
def test_a_body_that_was_not_read_to_its_end_is_vouched_for_by_nothing(
    left: dict[str, object], kept: bool
) -> None:
    """Neither a 304 nor an equal body may stand for what is still to be read of it."""
    body = rss(*stories(1, 5))
    document = replace(parse(body), **left)  # type: ignore[arg-type]
    response = answer(200, body, etag='"a"', last_modified="Mon, 23 Nov 2026 05:00:00 GMT")
    after = feeds.after_response(FEED, GOOD, response, document, 4, NOW)
    assert [bool(after.etag), bool(after.last_modified), bool(after.body_hash)] == [kept] * 3


def test_what_a_document_asks_holds_through_answers_without_one() -> None:
    """A 304 brings the headers' wishes anew and leaves those of the document as they were."""
    asked = ServerWishes(
        ttl=HOUR, update_period=2 * HOUR, max_age=MINUTE,
        skip_hours=frozenset({3}), skip_days=frozenset({6}),
    )  # fmt: skip
    quiet = answer(304, cache_control="max-age=300")
    after = feeds.after_response(FEED, replace(GOOD, wishes=asked), quiet, None, 0, NOW)
    assert after.wishes == replace(asked, max_age=5 * MINUTE)


def test_a_first_listing_teaches_the_rhythm_of_two_weeks() -> None:
    """Entries of the last fortnight are arrivals; what is older, or undated, says nothing."""
    ages = (15 * DAY, 14 * DAY - MINUTE, 3 * HOUR)
    items = [
        item(f"Story {age}", guid=f"{age}", date=(NOW - age).isoformat()) for age in reversed(ages)
    ]
    after = polled(FeedState(), rss(*items, item("A story without a date", guid="undated")))
    assert after.arrivals == tuple(NOW - age for age in ages[1:])


def test_a_hundred_arrivals_are_remembered() -> None:
    """The newest, so that a busy feed's state stays small."""
    before = replace(GOOD, arrivals=tuple(NOW - n * MINUTE for n in range(200, 100, -1)))
    after = polled(before, rss(*stories(1, 5)), NOW)
    assert len(after.arrivals) == 100
    assert after.arrivals[:95] == before.arrivals[-95:]


@pytest.mark.parametrize(("since", "sent"), [(3 * HOUR - TICK, True), (3 * HOUR, False)])
def test_nothing_but_304_is_believed_for_three_hours_of_a_busy_feed(
    since: timedelta, sent: bool
) -> None:
    """Where something new comes every minute, such a silence is asked about without them."""
    arrivals = tuple(NOW - since - n * MINUTE for n in range(20, 0, -1))
    state = replace(GOOD, etag='"a"', full_at=NOW - since, arrivals=arrivals)
    assert bool(feeds.request_for(FEED, state, NOW).etag) == sent


@pytest.mark.parametrize(("ahead", "sent"), [(-HOUR, True), (HOUR, True), (2 * HOUR, False)])
def test_a_date_from_the_future_is_not_sent_back(ahead: timedelta, sent: bool) -> None:
    """A server's clock may be an hour ahead; later than that nothing would ever be new."""
    date = format_datetime(NOW + ahead, usegmt=True)
    state = replace(GOOD, full_at=NOW, last_modified=date)
    assert bool(feeds.request_for(FEED, state, NOW).last_modified) == sent


def test_an_answer_with_items_ends_the_count_of_empty_ones() -> None:
    """A 304, and a body that is known, stand for the items of before."""
    empty = replace(GOOD, empties=3, empty_since=NOW - HOUR)
    for response in (answer(304), answer(200, b"as before")):
        after = feeds.after_response(FEED, empty, response, None, 0, NOW)
        assert (after.empties, after.empty_since) == (0, None)


@pytest.mark.parametrize(("gaps", "seconds"), [(0, 1200), (1, 600), (2, 300), (3, 150), (9, 150)])
def test_each_overrun_doubles_the_readings(gaps: int, seconds: int) -> None:
    """Three readings while an item stays listed, six after an overrun, at most twenty-four."""
    state = replace(GOOD, listed=30, window=3600, gaps=gaps, gap_at=NOW)
    due, _ = feeds.next_due(replace(FEED, every=6 * HOUR), state, NOW)
    assert due - NOW == timedelta(seconds=seconds)


def test_what_was_seen_weighs_half_after_a_week() -> None:
    """So does the time of watching, to which the last week is added as it faded meanwhile."""
    before = replace(GOOD, hourly=(8.0,) * 24, hourly_days=4.0, hourly_at=NOW - 7 * DAY)
    after = watched(before, [NOW], NOW)
    assert after.hourly == tuple(5.0 if hour == NOW.hour else 4.0 for hour in range(24))
    assert 5.0 < after.hourly_days - 2.0 < 5.1
    assert after.hourly_at == NOW


def test_readings_without_news_make_no_difference_to_the_rhythm() -> None:
    """The rate at a moment is the same whether a feed was asked every hour meanwhile, or never."""
    asked = state = replace(GOOD, hourly=(8.0,) * 24, hourly_days=4.0, hourly_at=NOW - DAY)
    for hours in range(24, 0, -1):
        when = NOW - hours * HOUR
        asked = feeds.after_response(FEED, asked, answer(304), None, 0, when)
    assert asked.hourly is state.hourly
    assert rate_at(watched(asked, [NOW], NOW), NOW) == rate_at(watched(state, [NOW], NOW), NOW)


def test_a_rhythm_of_an_older_store_fades_from_the_last_good_reading() -> None:
    """It did not say of which moment it spoke."""
    old = replace(GOOD, ok_at=NOW - 7 * DAY, hourly=(8.0,) * 24, hourly_days=4.0)
    after = feeds.after_response(FEED, old, answer(304), None, 0, NOW)
    assert (after.hourly, after.hourly_at) == ((4.0,) * 24, NOW)
