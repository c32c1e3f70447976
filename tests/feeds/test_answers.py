"""What a response means for what we remember of a feed."""

from datetime import timedelta

import pytest
from msgspec.structs import replace

from monitor import feeds
from monitor.errors import NotAFeed, Refused, TimedOut
from monitor.model import FeedState
from tests.feeds.documents import FEED, NOW, answer, parse, polled, rss, stories

MINUTES = timedelta(minutes=1)
HOURS = timedelta(hours=1)


def unchanged(state: FeedState, now: object = NOW, **headers: str) -> FeedState:
    """The state after a 304."""
    return feeds.after_response(FEED, state, answer(304, **headers), None, 0, now)  # type: ignore[arg-type]


def test_14_validators_are_stored_each_on_its_own() -> None:
    """ETag and Last-Modified are kept from 200 and 304, verbatim, and sent back so."""
    state = polled(FeedState(), rss(*stories(1, 5)), etag='W/"a1"')
    assert (state.etag, state.last_modified) == ('W/"a1"', "")
    state = unchanged(state, last_modified="Mon, 23 Nov 2026 11:00:00 GMT")
    assert (state.etag, state.last_modified) == ('W/"a1"', "Mon, 23 Nov 2026 11:00:00 GMT")
    request = feeds.request_for(FEED, state, NOW + 5 * MINUTES)
    assert (request.etag, request.last_modified) == (state.etag, state.last_modified)
    state = polled(state, rss(*stories(1, 6)), etag='"b2"')
    assert (state.etag, state.last_modified) == ('"b2"', "")


def test_14_validators_are_stored_when_the_body_is_the_same() -> None:
    """A 200 with the known body still brings new validators."""
    body = rss(*stories(1, 5))
    state = polled(FeedState(), body, etag='"1"')
    assert feeds.body_hash(body) == state.body_hash
    after = feeds.after_response(FEED, state, answer(200, body, etag='"2"'), None, 0, NOW)
    assert after.etag == '"2"'
    assert after.segment_hashes == state.segment_hashes


def test_14_validators_of_a_body_that_is_no_feed_are_not_stored() -> None:
    """The next 304 must not vouch for a page that was no feed."""
    state = polled(FeedState(), rss(*stories(1, 5)), etag='"good"')
    page = answer(200, b"<html/>", etag='"page"')
    after = feeds.after_failure(state, NotAFeed("an HTML page"), NOW, response=page)
    assert after.etag == '"good"'
    assert after.error == "an HTML page"
    assert after.body_hash == state.body_hash


def test_13_304_for_ever() -> None:
    """After hours of nothing but 304 one request goes out without validators."""
    state = polled(FeedState(), rss(*stories(1, 60)), etag='"x"')
    for step in range(1, 30):
        now = NOW + step * 10 * MINUTES
        request = feeds.request_for(FEED, state, now)
        if not request.etag:
            break
        state = unchanged(state, now)
    else:
        pytest.fail("never asked without a validator")
    assert timedelta(hours=2) < now - NOW <= timedelta(hours=4)


def test_13_a_quiet_feed_is_believed_for_a_day() -> None:
    """A feed that seldom moves is asked in full once a day."""
    state = polled(FeedState(), rss(*stories(1, 3)), etag='"x"')
    assert feeds.request_for(FEED, state, NOW + timedelta(hours=23)).etag
    assert not feeds.request_for(FEED, state, NOW + timedelta(hours=25)).etag


def test_13_a_last_modified_in_the_future_is_not_sent_back() -> None:
    """A date that can never be exceeded would mean 304 for ever."""
    state = polled(FeedState(), rss(*stories(1, 3)), last_modified="Tue, 01 Jan 2041 00:00:00 GMT")
    assert feeds.request_for(FEED, state, NOW + MINUTES).last_modified == ""


def test_15_servers_that_mishandle_validators() -> None:
    """A 304 proved untrue costs the server our trust in its dates, a second one in its ETags."""
    known: set[str] = set()
    state = polled(
        FeedState(),
        rss(*stories(1, 40)),
        known=known,
        etag='"x"',
        last_modified="Mon, 23 Nov 2026 10:00:00 GMT",
    )
    for strike in (1, 2):
        now = (state.full_at or NOW) + 26 * HOURS
        state = unchanged(state, now - 5 * MINUTES)
        hidden = rss(*stories(40 + strike, 70 + strike))
        state = polled(
            state,
            hidden,
            now,
            known=known,
            etag='"x"',
            last_modified="Mon, 23 Nov 2026 10:00:00 GMT",
        )
        request = feeds.request_for(FEED, state, now + MINUTES)
        assert request.last_modified == ""
        assert bool(request.etag) is (strike == 1)


@pytest.mark.parametrize(("minutes", "untrue"), [(30, False), (31, True)])
def test_15_a_304_is_untrue_when_it_hid_what_had_been_out_for_long(
    minutes: int, untrue: bool
) -> None:
    """Caches show a story some minutes after it came out; half an hour is more than they take."""
    known: set[str] = set()
    state = polled(FeedState(), rss(*stories(1, 40)), known=known, etag='"x"')
    denied = NOW.replace(hour=0) + (410 + minutes) * MINUTES
    state = unchanged(state, denied)
    state = polled(state, rss(*stories(2, 41)), NOW + 26 * HOURS, known=known, etag='"x"')
    assert state.stale_304 == (1 if untrue else 0)


def test_16_a_block_is_kept_apart_from_death() -> None:
    """403 and a robots.txt that forbids are blocks, and nothing learned is forgotten."""
    state = polled(FeedState(), rss(*stories(1, 5)), etag='"x"')
    by_server = feeds.after_failure(state, "HTTP 403", NOW, response=answer(403))
    by_robots = feeds.after_failure(state, Refused("robots.txt forbids it"), NOW)
    assert by_server.failure == by_robots.failure == "blocked"
    assert by_server.segment_hashes == state.segment_hashes
    agent = replace(FEED, user_agent="desk reader")
    assert feeds.request_for(agent, by_server, NOW).user_agent == "desk reader"


def test_19_cookies_are_kept_per_feed() -> None:
    """The jar of a response, failed or not, goes with the next request."""
    gated = feeds.after_response(FEED, FeedState(), answer(503, cookies='[{"n":1}]'), None, 0, NOW)
    assert feeds.request_for(FEED, gated, NOW).cookies == '[{"n":1}]'
    for given, kept in (("", '[{"n":1}]'), ('[{"n":2}]', '[{"n":2}]')):
        later = feeds.after_response(FEED, gated, answer(304, cookies=given), None, 0, NOW)
        assert later.cookies == kept
    kept = polled(gated, rss(*stories(1, 3)))
    assert kept.cookies == '[{"n":1}]'


MOVED = ((301, "https://new.example/rss.xml"),)


def test_20_a_permanent_redirect_is_adopted_after_confirmation() -> None:
    """Only several readings over a day, with entries we know, make a move."""
    known: set[str] = set()
    state = polled(FeedState(), rss(*stories(1, 5)), known=known)
    for step in range(1, 6):
        now = NOW + step * 7 * HOURS
        before = state
        state = polled(state, rss(*stories(1, 5 + step)), now, known=known, redirects=MOVED)
        if state.address:
            break
        assert feeds.request_for(FEED, state, now).url == FEED.url
    assert now - NOW >= timedelta(days=1)
    assert feeds.request_for(FEED, state, now).url == "https://new.example/rss.xml"
    assert any("moved for good" in line for line in feeds.events(before, state, FEED, now))
    user_changed = replace(FEED, url="https://other.example/rss.xml")
    assert feeds.request_for(user_changed, state, now).url == "https://other.example/rss.xml"


def test_20_a_target_without_known_entries_is_not_adopted() -> None:
    """A redirect to something else, a page or another feed, is followed and never adopted."""
    known: set[str] = set()
    state = polled(FeedState(), rss(*stories(1, 5)), known=known)
    for step in range(1, 8):
        other = rss(*stories(100 * step, 100 * step + 4))
        state = polled(state, other, NOW + step * 12 * HOURS, known=known, redirects=MOVED)
    assert state.address == ""


@pytest.mark.parametrize(
    "redirects",
    [((302, "https://new.example/rss.xml"),), ((307, "https://gate.example/"), *MOVED)],
)
def test_20_a_temporary_redirect_is_no_move(redirects: tuple[tuple[int, str], ...]) -> None:
    """What comes after a temporary redirect is not permanent."""
    known: set[str] = set()
    state = polled(FeedState(), rss(*stories(1, 5)), known=known)
    for step in range(1, 8):
        state = polled(
            state, rss(*stories(1, 5)), NOW + step * 12 * HOURS, known=known, redirects=redirects
        )
    assert (state.address, state.moved_to) == ("", "")


def test_20_an_adopted_address_that_dies_is_given_up() -> None:
    """Three failures at the new address bring the configured one back."""
    state = replace(FeedState(), address="https://new.example/", moved_from=FEED.url)
    for _ in range(3):
        assert feeds.request_for(FEED, state, NOW).url == "https://new.example/"
        state = feeds.after_failure(state, "HTTP 404", NOW, response=answer(404))
    assert feeds.request_for(FEED, state, NOW).url == FEED.url


def test_a_move_counts_for_the_url_that_it_was_learnt_from() -> None:
    """Where a feed moved for good and where it says it does; not after the user gave another."""
    state = FeedState(address="https://new.example/", moved_from=FEED.url, moved_to="https://b/")
    assert feeds.moves(FEED.url, state) == ("https://new.example/", "https://b/")
    assert feeds.moves("https://other.example/", FeedState(address="https://b/")) == ()


@pytest.mark.parametrize(
    ("status", "kind"),
    [
        (404, "missing"),
        (410, "gone"),
        (429, "busy"),
        (503, "busy"),
        (500, "other"),
        (403, "blocked"),
        (451, "blocked"),
        (202, "other"),
        (204, "other"),
    ],
)
def test_21_each_status_is_told_apart(status: int, kind: str) -> None:
    """A response that is neither 200 nor 304 counts as a failure of its kind."""
    after = feeds.after_response(FEED, FeedState(), answer(status), None, 0, NOW)
    assert (after.failure, after.failures, after.status) == (kind, 1, status)
    assert after.failing_since == NOW
    assert str(status) in after.error


def test_21_a_feed_that_comes_back_is_well() -> None:
    """One good response ends a row of failures and keeps everything learned."""
    state = polled(FeedState(), rss(*stories(1, 5)))
    failed = state
    for _ in range(4):
        failed = feeds.after_failure(failed, TimedOut("no answer in 30 s"), NOW)
    assert failed.failures == 4
    well = unchanged(failed)
    assert (well.failures, well.error, well.failing_since) == (0, "", None)
    assert well.segment_hashes == state.segment_hashes


def test_26_flapping_to_empty() -> None:
    """A body without items changes nothing we remember, and its validators are not believed."""
    state = polled(FeedState(), rss(*stories(1, 5)), etag='"full"')
    empty = polled(state, rss(), NOW + 10 * MINUTES, etag='"empty"')
    assert empty.empties == 1
    assert (empty.etag, empty.segment_hashes, empty.body_hash) == (
        '"full"',
        state.segment_hashes,
        state.body_hash,
    )
    back = polled(empty, rss(*stories(1, 5)), NOW + 20 * MINUTES)
    assert (back.empties, back.gaps) == (0, 0)


def test_26_a_feed_that_never_had_items_is_not_suspicious() -> None:
    """A new feed may start empty."""
    assert polled(FeedState(), rss()).empties == 0


def test_27_window_overrun() -> None:
    """When every item is new and newer than all we had, entries were lost: a gap."""
    known: set[str] = set()
    state = polled(FeedState(), rss(*stories(1, 10)), known=known)
    overlapping = polled(state, rss(*stories(5, 14)), known=known)
    assert overlapping.gaps == 0
    lost = polled(overlapping, rss(*stories(40, 49)), NOW, known=known)
    assert lost.gaps == 1
    (line,) = feeds.events(overlapping, lost, FEED, NOW)
    assert "GAP" in line
    trouble = feeds.trouble(FEED, lost, NOW)
    assert trouble is not None
    assert trouble.kind == "gapped"
    later = feeds.trouble(FEED, lost, NOW + timedelta(hours=25))
    assert later is None or later.kind != "gapped"


def test_27_old_items_under_new_names_are_no_gap() -> None:
    """A site that renames everything lists old dates under new guids: nothing was lost."""
    state = polled(FeedState(), rss(*stories(1, 10)))
    renamed = rss(*stories(1, 10)).replace(b"story-", b"n-").replace(b"example/", b"example/x/")
    assert polled(state, renamed).gaps == 0


def test_the_first_reading_is_no_gap_and_teaches_the_rhythm() -> None:
    """The first listing tells window and arrivals from its dates."""
    state = polled(FeedState(), rss(*stories(1, 60)))
    assert state.gaps == 0
    assert state.window == 59 * 600
    assert len(state.arrivals) == 60
    assert state.newest == NOW.replace(hour=10, minute=0)


def test_a_listing_of_which_little_was_read_again_leaves_the_window() -> None:
    """Two new items among sixty say nothing of how long an item stays."""
    state = polled(FeedState(), rss(*stories(1, 60)))
    later = polled(state, rss(*stories(3, 62)))
    assert later.listed == 60
    assert later.window == state.window == 59 * 600


def test_a_state_is_plain_values() -> None:
    """States of equal history are equal, whoever computes them."""
    body = rss(*stories(1, 5))
    assert polled(FeedState(), body) == polled(FeedState(), body)
    assert parse(body).segment_hashes == polled(FeedState(), body).segment_hashes


def test_failures_do_not_forget_a_move_that_waits_for_its_confirmation() -> None:
    """Only an address that was adopted is given up again; one that is not is still counted."""
    seen = FeedState(moved_to="https://new.example/feed", moved_count=2, moved_since=NOW)
    state = seen
    for number in range(4):
        state = feeds.after_failure(state, "HTTP 500", NOW + number * MINUTES)
    waiting = (state.moved_to, state.moved_count, state.moved_since, state.failures)
    assert waiting == (seen.moved_to, seen.moved_count, seen.moved_since, 4)
