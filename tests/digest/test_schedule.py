"""When digests are due and which windows they cover, over zones, clock changes and outages."""

import random
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from apscheduler.triggers.cron import CronTrigger
from hypothesis import given, settings
from hypothesis import strategies as st

from monitor.digest import Run, cron_fields, decide, due_times, next_due, parse_days
from monitor.errors import ConfigError

ZONES = ("Asia/Seoul", "America/New_York", "Europe/London", "Australia/Lord_Howe")
MOMENTS = st.integers(0, 730 * 1440).map(
    lambda minutes: datetime(2025, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)
)
CLOCKS = ("00:00", "00:30", "01:30", "02:00", "02:15", "02:30", "03:00", "07:30", "23:59")


@pytest.mark.parametrize(
    ("zone", "at", "day", "utc"),
    [
        ("America/New_York", "02:30", date(2026, 3, 8), "2026-03-08T07:30"),  # skipped
        ("America/New_York", "01:30", date(2026, 11, 1), "2026-11-01T05:30"),  # comes twice
        ("Europe/London", "01:30", date(2026, 3, 29), "2026-03-29T01:30"),
        ("Australia/Lord_Howe", "02:15", date(2026, 10, 4), "2026-10-03T15:45"),  # half an hour
        ("Australia/Lord_Howe", "01:45", date(2026, 4, 5), "2026-04-04T14:45"),
        ("Asia/Seoul", "07:30", date(2026, 3, 8), "2026-03-07T22:30"),
    ],
)
def test_a_local_time_that_is_skipped_or_doubled_comes_once(
    zone: str, at: str, day: date, utc: str
) -> None:
    """A skipped time is taken with the offset before the gap, a doubled one the first time."""
    midnight = datetime(day.year, day.month, day.day, tzinfo=ZoneInfo(zone)).astimezone(UTC)
    found = due_times(at, "daily", zone, midnight, midnight + timedelta(hours=23, minutes=20))
    assert [f"{due:%Y-%m-%dT%H:%M}" for due in found] == [utc]


def test_a_day_that_a_zone_left_out_has_no_digest_of_its_own() -> None:
    """Samoa had no 30 December 2011: the two days share one due time."""
    start = datetime(2011, 12, 28, tzinfo=UTC)
    found = due_times("07:30", "daily", "Pacific/Apia", start, start + timedelta(days=5))
    assert len(found) == len(set(found)) == 5


def test_a_time_that_a_gap_over_midnight_skips_comes_on_the_next_day() -> None:
    """In Nuuk the clocks went from 23:00 to 00:00; 23:30 of that Saturday came half an hour on."""
    midnight = datetime(2025, 3, 30, 1, tzinfo=UTC)  # of Sunday, just after the gap
    due = midnight + timedelta(minutes=30)
    found = due_times("23:30", "sat", "America/Nuuk", midnight, due + timedelta(hours=20))
    assert found == (due,)
    assert due_times("23:30", "sat", "America/Nuuk", midnight, due) == (due,)


def test_no_time_is_due_in_a_window_that_ends_before_it_begins() -> None:
    """As after a clock was set back."""
    now = datetime(2026, 6, 1, tzinfo=UTC)
    assert due_times("07:30", "daily", "UTC", now, now - timedelta(days=3)) == ()
    assert due_times("00:00", "daily", "UTC", now, now) == ()


@given(
    zone=st.sampled_from(ZONES),
    at=st.sampled_from(CLOCKS),
    start=MOMENTS,
    days=st.sampled_from(["daily", "mon-fri", "sat,sun", "fri-mon"]),
)
@settings(max_examples=60, deadline=None)
def test_400_days_have_one_due_time_each(zone: str, at: str, start: datetime, days: str) -> None:
    """Over 400 days every chosen local day has exactly one due time, whatever the clocks do."""
    until = start + timedelta(days=400)
    found = due_times(at, days, zone, start, until)
    place = ZoneInfo(zone)
    local = [due.astimezone(place).date() for due in found]
    first, last = start.astimezone(place).date(), until.astimezone(place).date()
    between = (first + timedelta(days=n) for n in range(1, (last - first).days))
    assert sorted(set(local)) == local
    assert {day for day in between if day.weekday() in parse_days(days)} <= set(local)
    assert all(due.astimezone(place).weekday() in parse_days(days) for due in found)


@given(
    zone=st.sampled_from(ZONES),
    at=st.sampled_from(CLOCKS),
    start=MOMENTS,
    hours=st.lists(st.integers(0, 24 * 60), max_size=6),
)
@settings(max_examples=60, deadline=None)
def test_due_times_of_parts_are_the_due_times_of_the_whole(
    zone: str, at: str, start: datetime, hours: list[int]
) -> None:
    """Cutting a span of time anywhere neither loses nor doubles a due time."""
    end = start + timedelta(days=60)
    cuts = [start, *sorted(start + timedelta(hours=one) for one in hours), end]
    parts = [due for a, b in pairwise(cuts) for due in due_times(at, "daily", zone, a, b)]
    assert tuple(parts) == due_times(at, "daily", zone, start, end)


def live(at: str, days: str, zone: str, start: datetime, seed: int) -> tuple[list[Run], datetime]:
    """Run a desk for 400 days with outages of minutes to weeks; return what it sent."""
    dice = random.Random(seed)
    sent: list[Run] = []
    now, end, last = start, start + timedelta(days=400), start
    while now < end:
        run = decide(at, days, zone, last, now)
        if run:
            sent.append(run)
            last = run.until
        down = dice.random() < 0.01
        step = timedelta(hours=dice.expovariate(1 / 40)) if down else timedelta(minutes=17)
        now += step + timedelta(seconds=dice.random() * 60)
    return sent, last


@pytest.mark.parametrize("zone", ZONES)
@pytest.mark.parametrize("at", ["02:15", "07:30"])
def test_400_days_with_outages_send_one_digest_a_group_of_due_times(zone: str, at: str) -> None:
    """Each due time is in exactly one digest, windows tile time, late ones say so."""
    start = datetime(2026, 1, 1, tzinfo=UTC)
    sent, last = live(at, "daily", zone, start, seed=len(zone) + int(at[1]))
    due = due_times(at, "daily", zone, start, last)
    assert sum(1 + run.missed for run in sent) == len(due)
    edge = start
    for run in sent:
        group = due_times(at, "daily", zone, run.since, run.until)
        assert run.since == edge
        assert (group[-1], len(group) - 1) == (run.due_at, run.missed)
        assert run.late or run.until - run.due_at <= timedelta(minutes=10)
        edge = run.until
    assert any(run.missed for run in sent)
    assert any(not run.late for run in sent)


@given(
    st.sampled_from(ZONES),
    st.lists(st.integers(-3 * 86_400, 5 * 86_400), min_size=1, max_size=60),
)
@settings(deadline=None)
def test_a_clock_that_jumps_sends_nothing_twice(zone: str, jumps: list[int]) -> None:
    """However the clock jumps within two days back, no due time is in two digests."""
    now = last = datetime(2026, 3, 1, tzinfo=UTC)
    stood_for: list[datetime] = []
    for jump in jumps:
        now = max(now + timedelta(seconds=jump), last - timedelta(days=2))
        run = decide("07:30", "daily", zone, last, now)
        if run:
            assert run.since == last < run.until == now
            stood_for += due_times("07:30", "daily", zone, run.since, run.until)
            last = run.until
    assert len(stood_for) == len(set(stood_for))


def test_a_clock_that_was_years_ahead_does_not_silence_the_desk() -> None:
    """A last window stamped in the far future is not waited for."""
    now = datetime(2026, 11, 22, 22, 31, tzinfo=UTC)
    run = decide("07:30", "daily", "Asia/Seoul", now + timedelta(days=900), now)
    assert run
    assert run.since == datetime(2026, 11, 21, 22, 30, tzinfo=UTC)
    soon = decide("07:30", "daily", "Asia/Seoul", now + timedelta(hours=3), now)
    assert soon is None


@pytest.mark.parametrize(("seconds", "waits"), [(0, True), (1, False)])
def test_a_window_that_ends_up_to_two_days_ahead_is_waited_for(seconds: int, waits: bool) -> None:
    """Clocks are set back by hours; what is further ahead was stamped by a wrong one."""
    now = datetime(2026, 11, 22, 7, 31, tzinfo=UTC)
    run = decide("07:30", "daily", "UTC", now + timedelta(days=2, seconds=seconds), now)
    assert (run is None) == waits


def test_a_new_digest_waits_for_its_time() -> None:
    """A digest nobody has sent before is sent at its next time, not at once."""
    noon = datetime(2026, 11, 23, 3, tzinfo=UTC)
    assert decide("07:30", "mon-fri", "Asia/Seoul", None, noon) is None
    run = decide("07:30", "mon-fri", "Asia/Seoul", None, noon + timedelta(hours=19, minutes=30))
    assert run == Run(
        since=datetime(2026, 11, 22, 22, 30, tzinfo=UTC),
        until=datetime(2026, 11, 23, 22, 30, tzinfo=UTC),
        late=False,
        due_at=datetime(2026, 11, 23, 22, 30, tzinfo=UTC),
        missed=0,
    )


@pytest.mark.parametrize(("minutes", "sent"), [(9, True), (10, False)])
def test_a_new_digest_is_not_made_for_a_time_that_is_ten_minutes_gone(
    minutes: int, sent: bool
) -> None:
    """A desk that starts just after the time still gets its first digest."""
    now = datetime(2026, 11, 23, 7, 30, tzinfo=UTC) + timedelta(minutes=minutes)
    assert (decide("07:30", "daily", "UTC", None, now) is not None) == sent


@pytest.mark.parametrize("last", [None, datetime(2026, 11, 22, 7, 30, tzinfo=UTC)])
def test_a_clock_that_is_a_moment_behind_puts_no_digest_off(last: datetime | None) -> None:
    """A turn that the database's clock sees a second early is the digest's, and the only one."""
    due = datetime(2026, 11, 23, 7, 30, tzinfo=UTC)
    assert decide("07:30", "daily", "UTC", last, due - timedelta(seconds=3)) is None
    run = decide("07:30", "daily", "UTC", last, due - timedelta(seconds=1))
    assert run is not None
    assert (run.due_at, run.until, run.late) == (due, due, False)
    for seconds in (0, 1, 60):
        assert decide("07:30", "daily", "UTC", run.until, due + timedelta(seconds=seconds)) is None


@pytest.mark.parametrize(("seconds", "late"), [(600, False), (601, True)])
def test_a_digest_is_late_after_ten_minutes(seconds: int, late: bool) -> None:
    """One that waited for a round to end is not called late."""
    due = datetime(2026, 11, 23, 7, 30, tzinfo=UTC)
    run = decide("07:30", "daily", "UTC", due - timedelta(days=1), due + timedelta(seconds=seconds))
    assert run is not None
    assert run.late == late


def test_the_monday_digest_covers_the_weekend() -> None:
    """With days = mon-fri the window of Monday begins on Friday."""
    friday = datetime(2026, 11, 19, 22, 30, tzinfo=UTC)
    run = decide("07:30", "mon-fri", "Asia/Seoul", friday, friday + timedelta(days=3))
    assert run
    assert (run.since, run.late, run.missed) == (friday, False, 0)


@pytest.mark.parametrize("days", ["daily", "mon-fri", "mon,wed,fri", "sat-mon", "TUE", "fri-fri"])
@pytest.mark.parametrize("zone", ["Asia/Seoul", "America/New_York"])
def test_apscheduler_wakes_at_the_due_times(days: str, zone: str) -> None:
    """A CronTrigger made of our fields fires at every due time of an ordinary month."""
    start = datetime(2026, 6, 1, tzinfo=UTC)
    trigger = CronTrigger(timezone=zone, **cron_fields("07:30", days))
    fired: list[datetime] = []
    at = trigger.get_next_fire_time(None, start)
    while at <= start + timedelta(days=30):
        fired.append(at.astimezone(UTC))
        at = trigger.get_next_fire_time(at, at + timedelta(seconds=1))
    expected = due_times(
        "07:30", days, zone, start - timedelta(seconds=1), start + timedelta(days=30)
    )
    assert tuple(fired) == expected


def test_the_next_due_time_is_found() -> None:
    """The next due time of a weekly digest may be a week away."""
    monday = datetime(2026, 11, 22, 22, 30, tzinfo=UTC)
    assert next_due("07:30", "mon", "Asia/Seoul", monday) == monday + timedelta(days=7)


@pytest.mark.parametrize(
    ("at", "days", "zone", "said"),
    [
        ("25:00", "daily", "UTC", 'at: "25:00" is no clock time'),
        ("7.30", "daily", "UTC", "no clock time"),
        ("07:30", "monday", "UTC", 'days: "monday" is no weekday'),
        ("07:30", "mon-", "UTC", "no weekday"),
        ("07:30", "moon-fri", "UTC", 'days: "moon-fri" is no weekday'),
        ("07:30", "", "UTC", "no weekday"),
        ("07:30", "daily", "Asia/Soul", 'timezone: "Asia/Soul" is not known'),
        ("07:30", "daily", "../etc/passwd", "is not known"),
    ],
)
def test_faults_are_named(at: str, days: str, zone: str, said: str) -> None:
    """What cannot be read is named, with an example of how to write it."""
    now = datetime(2026, 1, 1, tzinfo=UTC)
    with pytest.raises(ConfigError, match=said.replace(".", r"\.")):
        decide(at, days, zone, now - timedelta(days=1), now)


WEEK = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


@pytest.mark.parametrize("first", range(7))
@pytest.mark.parametrize("last", range(7))
def test_a_range_of_days_holds_all_from_the_first_to_the_last(first: int, last: int) -> None:
    """Over the week's end as well; a day to itself is that day."""
    length = last - first if last >= first else 7 - first + last
    wanted = {(first + step) % 7 for step in range(length + 1)}
    assert parse_days(f"{WEEK[first]}-{WEEK[last]}") == wanted
    assert parse_days(f"{WEEK[first]}-{WEEK[last]},{WEEK[first]}") == wanted


@pytest.mark.parametrize("days", [0, 1, 2, 5])
def test_a_digest_says_how_many_it_stands_for(days: int) -> None:
    """After an outage the one digest tells how many due times went by unserved."""
    last = datetime(2026, 11, 1, 7, 30, tzinfo=UTC)
    now = last + timedelta(days=days + 1, minutes=1)
    run = decide("07:30", "daily", "UTC", last, now)
    assert run is not None
    assert (run.missed, run.late) == (days, days > 0)
    assert (run.since, run.until, run.due_at) == (last, now, now - timedelta(minutes=1))
    assert decide("07:30", "daily", "UTC", last, last + timedelta(hours=23)) is None
