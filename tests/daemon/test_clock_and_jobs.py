"""What becomes of missed turns and of clocks that jump."""

from datetime import UTC, datetime, timedelta

import pytest
from apscheduler.schedulers.asyncio import AsyncIOScheduler
from hypothesis import given
from hypothesis import strategies as st

from monitor.daemon.clock import ClockWatch, moved_words
from monitor.daemon.jobs import Every, Job, daily_at, next_turns, schedule

NOW = datetime(2026, 11, 23, 6, 30, tzinfo=UTC)
HOUR = timedelta(hours=1)


@given(st.timedeltas(timedelta(0), timedelta(days=4000)))
def test_a_look_is_made_once_whatever_was_missed(slept: timedelta) -> None:
    """After any sleep the next turn is one step from now: no turn is made up for, none is lost."""
    every = Every(timedelta(seconds=1))
    assert every.get_next_fire_time(NOW, NOW + slept) == NOW + slept + timedelta(seconds=1)


def test_first_turn_may_wait() -> None:
    """A job comes at once, or after the wait it asked for."""
    assert Every(HOUR).get_next_fire_time(None, NOW) == NOW
    assert Every(HOUR, first=HOUR).get_next_fire_time(None, NOW) == NOW + HOUR


def test_digest_has_one_turn_a_day_in_its_own_zone() -> None:
    """07:30 in Seoul is 22:30 UTC of the day before, on the days that were asked for."""
    trigger = daily_at("07:30", "mon-fri", "Asia/Seoul")
    friday = datetime(2026, 11, 26, 22, 30, tzinfo=UTC)
    assert trigger.get_next_fire_time(None, friday) == friday
    assert trigger.get_next_fire_time(friday, friday) == friday + timedelta(days=3)


async def test_jobs_begun_anew_take_the_place_of_the_old() -> None:
    """A reload with one digest less leaves no turn of it behind."""

    async def work() -> None: ...

    scheduler = AsyncIOScheduler(timezone=UTC)
    scheduler.start(paused=True)
    try:
        schedule(scheduler, [Job("a", work, Every(HOUR)), Job("b", work, Every(HOUR))])
        schedule(scheduler, [Job("b", work, Every(HOUR), grace=timedelta(minutes=1))])
        assert list(next_turns(scheduler)) == ["b"]
    finally:
        scheduler.shutdown(wait=False)


@pytest.mark.parametrize("moved", [8 * HOUR, HOUR, -HOUR, timedelta(days=-1), timedelta(days=1)])
def test_jump_of_the_clock_is_seen_once(moved: timedelta) -> None:
    """Sleep and a clock that was set are told with their length, and only once."""
    watch = ClockWatch(NOW, 100.0)
    assert watch.look(NOW + timedelta(seconds=1), 101.0) == timedelta(0)
    assert watch.look(NOW + timedelta(seconds=2) + moved, 102.0) == moved
    assert watch.look(NOW + timedelta(seconds=3) + moved, 103.0) == timedelta(0)


def test_slow_machine_and_slewed_clock_are_no_jump() -> None:
    """A look that comes late, or a clock that NTP pulls along, is nothing to tell."""
    watch = ClockWatch(NOW, 0.0)
    assert watch.look(NOW + timedelta(seconds=95), 94.0) == timedelta(0)


def test_jump_is_told_in_words() -> None:
    """A line for the log says which way and how far."""
    assert "set back by 60 min" in moved_words(-HOUR)
    assert "slept" in moved_words(8 * HOUR)
    assert "8 h" in moved_words(8 * HOUR)
