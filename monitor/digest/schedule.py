"""When a digest is due, and which window it covers; pure functions of times.

Due times follow RFC 5545 section 3.3.5: a local time that the clocks skip is taken with the offset
before the gap (02:30 becomes 03:30 on that morning), and one that comes twice means its first
coming. So every due day has exactly one due time, whatever the clocks do.

The window of a digest runs from the end of the last one that was sent to now. Windows therefore
tile time: a missed digest is sent once, late, with all the news since the last; and as long as the
last window ends in the future, because the clock was set back, nothing is due.
"""

import re
from datetime import UTC, date, datetime, time, timedelta
from typing import TypedDict
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from msgspec import Struct

from monitor.errors import ConfigError

_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_CLOCK = re.compile(r"([01]?\d|2[0-3]):([0-5]\d)")
_FIRST_GRACE = timedelta(minutes=10)
_LATE = timedelta(minutes=10)
_WRONG_CLOCK = timedelta(days=2)
# A turn comes by the clock of its machine, and `now` may be a database's, which is a little behind.
_CLOCKS_APART = timedelta(seconds=2)


class CronFields(TypedDict):
    """Arguments of APScheduler's CronTrigger."""

    day_of_week: str
    hour: int
    minute: int


class Run(Struct, frozen=True):
    """A digest to make now, of what came from `since` on and before `until`."""

    since: datetime
    until: datetime
    late: bool
    due_at: datetime  # the last due time it stands for
    missed: int = 0  # due times before that one, in the same window


def parse_clock(at: str) -> time:
    """Return "07:30" as a time.

    Raises:
        ConfigError: it is no clock time.
    """
    match = _CLOCK.fullmatch(at.strip())
    if not match:
        raise ConfigError(f'at: "{at}" is no clock time; write it as "07:30"')
    return time(int(match[1]), int(match[2]))


def parse_days(days: str) -> frozenset[int]:
    """Return the weekdays of "daily", "mon-fri" or "mon,wed,fri"; Monday is 0.

    Ranges may run over the week's end ("sat-mon") and stand beside names ("mon-wed,sun").

    Raises:
        ConfigError: a part is no weekday or range of weekdays.
    """
    text = days.strip().lower()
    if text == "daily":
        return frozenset(range(7))
    chosen: set[int] = set()
    for part in text.split(","):
        first, dash, last = (name.strip() for name in part.partition("-"))
        last = last if dash else first
        if first not in _DAYS or last not in _DAYS:
            raise ConfigError(
                f'days: "{part.strip()}" is no weekday; write "daily", "mon-fri" or "mon,wed,fri"'
            )
        start, end = _DAYS.index(first), _DAYS.index(last)
        chosen.update((start + step) % 7 for step in range((end - start) % 7 + 1))
    return frozenset(chosen)


def parse_zone(name: str) -> ZoneInfo:
    """Return the zone of an IANA name.

    Raises:
        ConfigError: there is none of that name.
    """
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise ConfigError(
            f'timezone: "{name}" is not known; use an IANA name such as "Asia/Seoul"'
        ) from None


def cron_fields(at: str, days: str) -> CronFields:
    """Return the arguments of an APScheduler CronTrigger that wakes at the due times."""
    clock = parse_clock(at)
    return CronFields(
        day_of_week=",".join(_DAYS[day] for day in sorted(parse_days(days))),
        hour=clock.hour,
        minute=clock.minute,
    )


def due_times(
    at: str, days: str, zone: str, since: datetime, until: datetime
) -> tuple[datetime, ...]:
    """Return the due times after `since` up to and with `until`, in UTC, oldest first.

    Args:
        at: clock time in `zone`, "07:30".
        days: "daily", "mon-fri" or "mon,wed,fri".
        zone: IANA name.
        since: aware; itself excluded.
        until: aware; itself included.

    Raises:
        ConfigError: `at`, `days` or `zone` cannot be read.
    """
    clock, weekdays, place = parse_clock(at), parse_days(days), parse_zone(zone)
    # A gap of a whole day (Samoa, December 2011) maps two days onto one moment: hence the set. What
    # a gap over midnight skips (23:30 in Nuuk) falls on the next day, hence the day before.
    day = since.astimezone(place).date() - timedelta(days=1)
    last = until.astimezone(place).date()
    found: set[datetime] = set()
    while day <= last:
        if day.weekday() in weekdays:
            due = _moment(day, clock, place)
            if since < due <= until:
                found.add(due)
        day += timedelta(days=1)
    return tuple(sorted(found))


def next_due(at: str, days: str, zone: str, after: datetime) -> datetime:
    """Return the first due time after a moment, in UTC."""
    return due_times(at, days, zone, after, after + timedelta(days=9))[0]


def decide(at: str, days: str, zone: str, last_until: datetime | None, now: datetime) -> Run | None:
    """Return the digest to make now, or None when none is due.

    Args:
        at: clock time in `zone`, "07:30".
        days: "daily", "mon-fri" or "mon,wed,fri".
        zone: IANA name.
        last_until: end of the last window that was sent, or the moment the monitor first knew of
            this digest; None when there is neither. Then only a due time of the last minutes
            counts, and its window runs from the due time before.
        now: aware.
    """
    # A window that ends days ahead was stamped by a wrong clock; to wait for it could take years.
    if last_until is None or last_until - now > _WRONG_CLOCK:
        due = due_times(at, days, zone, now - _FIRST_GRACE, now + _CLOCKS_APART)
        if not due:
            return None
        before = due_times(at, days, zone, due[-1] - timedelta(days=9), due[-1])
        until = max(due[-1], now.astimezone(UTC))
        return Run(before[-2], until, late=False, due_at=due[-1])
    due = due_times(at, days, zone, last_until, now + _CLOCKS_APART)
    if not due:
        return None
    return Run(
        since=last_until.astimezone(UTC),
        until=max(due[-1], now.astimezone(UTC)),
        late=now - due[-1] > _LATE or len(due) > 1,
        due_at=due[-1],
        missed=len(due) - 1,
    )


def _moment(day: date, clock: time, place: ZoneInfo) -> datetime:
    return datetime.combine(day, clock, tzinfo=place).astimezone(UTC)  # fold 0: the first coming
