"""What people are told of a feed: why it is asked when it is, what happened, where it went."""

from datetime import timedelta

import pytest
from msgspec.structs import replace

from monitor import feeds
from monitor.feeds.state.rhythm import rate_at, usual_distance
from monitor.model import FeedDocument, FeedState, ServerWishes
from tests.feeds.documents import FEED, NOW, answer, parse, polled, rss, stories

MIN, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
TICK = timedelta(microseconds=1)
WIRE = replace(FEED, every=5 * MIN)
GOOD = FeedState(ok_at=NOW, polled_at=NOW, full_at=NOW)
MOVED = ((301, "https://new.example/rss.xml"),)


def wishing(**wishes: object) -> FeedState:
    return replace(GOOD, wishes=ServerWishes(**wishes))  # type: ignore[arg-type]


def hourly(rate: float) -> FeedState:
    return replace(GOOD, hourly=(rate * 7,) * 24, hourly_days=7.0)


@pytest.mark.parametrize(
    ("state", "minutes", "why"),
    [
        (GOOD, 5, "every 5 min"),
        (hourly(3.0), 10, "learned 10 min"),
        (hourly(6.0), 5, "every 5 min"),
        (hourly(0.0), 20, "learned 20 min"),
        (replace(hourly(3.0), wishes=ServerWishes(ttl=15 * MIN)), 15,
         "learned 10 min, server asks 15 min"),
        (wishing(ttl=5 * MIN), 5, "every 5 min"),
        (wishing(ttl=3 * HOUR), 60, "every 5 min, server asks 3 h"),
        (replace(wishing(ttl=HOUR), window=5400, listed=20), 30,
         "items leave the list soon, so 30 min"),
        (replace(wishing(ttl=HOUR), window=10800, listed=20), 60,
         "every 5 min, server asks 60 min"),
        (replace(wishing(ttl=HOUR), window=5400, listed=20, gaps=1, gap_at=NOW - 7 * DAY + TICK),
         15, "entries were lost, so 15 min"),
        (replace(wishing(ttl=HOUR), window=5400, listed=20, gaps=1, gap_at=NOW - 7 * DAY), 30,
         "entries were lost, so 30 min"),
        (replace(GOOD, window=1, listed=20), 1, "items leave the list soon, so 60 s"),
        (replace(GOOD, failures=1), 5, "failed once, so 5 min"),
        (replace(GOOD, failures=3), 20, "failed 3 times in a row, so 20 min"),
        (wishing(retry_after=2 * HOUR), 120, "every 5 min, server says wait 2 h"),
        (wishing(retry_after=5 * MIN), 5, "every 5 min"),
        (wishing(skip_hours=frozenset({12})), 60,
         "every 5 min, feed rests until then (skipHours or skipDays)"),
        (wishing(skip_hours=frozenset({13})), 5, "every 5 min"),
        (wishing(skip_days=frozenset({0})), 720,
         "every 5 min, feed rests until then (skipHours or skipDays)"),
    ],
)  # fmt: skip
def test_the_reason_is_the_rule_that_decided(state: FeedState, minutes: int, why: str) -> None:
    """With what it came to."""
    due, said = feeds.next_due(WIRE, state, NOW)
    assert ((due - NOW) / MIN, said) == (minutes, why)


def test_a_rate_is_believed_after_a_day_and_a_distance_after_eight_arrivals() -> None:
    """And not before."""
    assert rate_at(replace(hourly(1.0), hourly_days=1.0), NOW) == 7
    assert rate_at(replace(hourly(1.0), hourly_days=0.99), NOW) is None
    arrivals = tuple(NOW - n * HOUR for n in range(8))
    assert usual_distance(replace(GOOD, arrivals=arrivals)) == HOUR
    assert usual_distance(replace(GOOD, arrivals=arrivals[:7])) is None


def test_a_move_is_told_once_and_forgotten_when_it_ends() -> None:
    """One line when a feed says so; nothing while it keeps saying so, or has stopped."""
    known: set[str] = set()
    body = rss(*stories(1, 5))
    state = polled(FeedState(), body, known=known)
    told = []
    for redirects in (MOVED, MOVED, (), ()):
        after = polled(state, body, NOW, known=known, redirects=redirects)
        told.append([line.partition(";")[0] for line in feeds.events(state, after, FEED, NOW)])
        state = after
    assert told == [["desk: says it moved to https://new.example/rss.xml"], [], [], []]
    assert (state.moved_to, state.moved_count, state.moved_since) == ("", 0, None)


@pytest.mark.parametrize(("hours", "adopted"), [(23, False), (24, True)])
def test_a_move_takes_a_day_and_three_readings(hours: int, adopted: bool) -> None:
    """That brought entries we know."""
    known: set[str] = set()
    body = rss(*stories(1, 5))
    state = polled(FeedState(), body, known=known)
    for later in (0, 1):
        state = polled(state, body, NOW + later * MIN, known=known, redirects=MOVED)
    state = polled(state, body, NOW + hours * HOUR, known=known, redirects=MOVED)
    assert state.address == ("https://new.example/rss.xml" if adopted else "")
    assert state.moved_from == (FEED.url if adopted else "")


def test_a_gap_begins_and_ends_without_a_word_of_trouble() -> None:
    """It has its own line, with when the feed was well before."""
    gapped = replace(GOOD, newest=NOW, changed_at=NOW, gaps=1, gap_at=NOW)
    before = replace(GOOD, newest=NOW, changed_at=NOW)
    (line,) = feeds.events(before, gapped, FEED, NOW)
    assert line == ("desk: GAP: every item is new, so entries were lost since 2026-11-23 12:00 UTC")
    later = replace(gapped, polled_at=NOW + 2 * DAY, ok_at=NOW + 2 * DAY)
    assert feeds.events(replace(gapped, polled_at=NOW + HOUR), later, FEED, NOW + 2 * DAY) == ()


def test_trouble_that_changes_is_told_by_its_new_kind() -> None:
    """And when it ends, what it was and how long it lasted."""
    failing = replace(
        GOOD, failures=9, failing_since=NOW - 2 * HOUR, failure="other", error="HTTP 500"
    )
    blocked = replace(failing, failure="blocked", error="HTTP 403")
    (line,) = feeds.events(failing, blocked, FEED, NOW)
    assert line.startswith("desk: blocked: HTTP 403")
    assert feeds.events(blocked, blocked, FEED, NOW) == ()
    (line,) = feeds.events(blocked, replace(GOOD, newest=NOW, changed_at=NOW), FEED, NOW)
    assert line == "desk: reads again after 2 h (was blocked)"


@pytest.mark.parametrize(
    ("first", "last", "gaps"),
    [(6, 11, 1), (5, 10, 0)],  # the oldest of the new listing is newer than all before, or as old
)
def test_entries_were_lost_when_the_oldest_is_newer_than_all_before(
    first: int, last: int, gaps: int
) -> None:
    """Under new names, so that nothing is known."""
    state = polled(FeedState(), rss(*stories(1, 5)))
    renamed = rss(*(one.replace("story-", "s-") for one in stories(first, last)))
    document = parse(renamed.replace(b"wire.example/", b"wire.example/x"))
    after = feeds.after_response(FEED, state, answer(200, renamed), document, 6, NOW)
    assert after.gaps - state.gaps == gaps


def test_what_a_document_asks_is_kept_whole() -> None:
    """Its ttl, its pace, and the hours and days at which it rests."""
    head = (
        "<ttl>90</ttl><skipHours><hour>3</hour></skipHours><skipDays><day>Sunday</day></skipDays>"
    )
    wishes = polled(FeedState(), rss(*stories(1, 5), head=head)).wishes
    assert wishes == ServerWishes(ttl=90 * MIN, skip_hours=frozenset({3}), skip_days=frozenset({6}))


def test_a_first_reading_that_takes_several_turns_catches_up_until_it_has_all() -> None:
    """A known feed never does."""
    body = rss(*stories(1, 5))
    part, whole = replace(parse(body), unread=7), parse(body)

    def after(state: FeedState, document: FeedDocument) -> FeedState:
        return feeds.after_response(FEED, state, answer(200, body), document, 1, NOW)

    first = after(FeedState(), part)
    assert (first.catching_up, first.body_hash) == (True, "")
    assert after(first, part).catching_up
    assert not after(first, whole).catching_up
    assert not after(after(FeedState(), whole), part).catching_up


@pytest.mark.parametrize(
    "change",
    [
        {"polled_at": NOW + HOUR}, {"ok_at": NOW + HOUR}, {"full_at": NOW + HOUR},
        {"due": NOW + HOUR}, {"due_why": "x"}, {"status": 304}, {"wishes": ServerWishes(ttl=HOUR)},
    ],
)  # fmt: skip
def test_a_clock_may_be_stored_late(change: dict[str, object]) -> None:
    """Each by itself: who lost it has it again with the next answer."""
    assert feeds.differ_by_clocks(GOOD, replace(GOOD, **change))  # type: ignore[arg-type]


@pytest.mark.parametrize("change", [{"hourly": (2.0,) * 24}, {"hourly_days": 9.0}, {"etag": "x"}])
def test_what_was_learned_of_a_feed_is_stored_at_once(change: dict[str, object]) -> None:
    """The rhythm, which only news change, and what the server is shown next."""
    assert not feeds.differ_by_clocks(GOOD, replace(GOOD, **change))  # type: ignore[arg-type]
