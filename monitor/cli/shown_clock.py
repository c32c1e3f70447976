"""Moments as `monitor` and `monitor status` show them."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from monitor.dates import zone_words

_NEAR = timedelta(hours=12)
_CLEAR = timedelta(days=182)  # a day of the year farther away may be one of another year


def clock_words(when: datetime | str, now: datetime, zone: ZoneInfo) -> str:
    """Return "07:30 KST" for a moment (or its ISO form) near `now`, else with the date."""
    moment = datetime.fromisoformat(when) if isinstance(when, str) else when
    form = "%H:%M" if abs(now - moment) < _NEAR else "%Y-%m-%d %H:%M"
    local = moment.astimezone(zone)
    return f"{local:{form}} {zone_words(local)}"


def day_and_clock(when: datetime, zone: ZoneInfo) -> str:
    """Return "11-28 07:30", with the year where it is not clear."""
    form = "%m-%d %H:%M" if abs(datetime.now(UTC) - when) < _CLEAR else "%Y-%m-%d %H:%M"
    return when.astimezone(zone).strftime(form)
