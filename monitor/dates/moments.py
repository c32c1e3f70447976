"""Times as people type them: "24h", "yesterday", "2026-11-22", "2026-11-22T07:30"."""

import unicodedata
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from monitor.dates import durations
from monitor.errors import UsageError

_YEARS = range(1900, 3000)  # in which reckoning with zones and windows cannot overflow


def moment(text: str, now: datetime, zone: ZoneInfo) -> datetime:
    """Return the moment that `text` means; days and clocks are read in `zone`.

    Raises:
        UsageError: it means none, or one that is centuries away.
    """
    typed = unicodedata.normalize("NFKC", text).strip()  # with 全角 digits, too
    word = typed.lower()
    today = datetime.combine(now.astimezone(zone).date(), time(), zone)
    if word in ("now", "today", "yesterday"):
        return {"now": now, "today": today, "yesterday": today - timedelta(days=1)}[word]
    try:
        return now - durations.read(word)
    except ValueError:
        pass
    try:
        found = datetime.fromisoformat(typed)
    except ValueError:
        found = None
    if found is None or found.year not in _YEARS:
        raise UsageError(
            f'"{text}" is no time, or too far away; write "24h", "7d", "yesterday", "2026-11-22" '
            'or "2026-11-22T07:30"'
        )
    return found if found.tzinfo else found.replace(tzinfo=zone)


def beginning(text: str, now: datetime, zone: ZoneInfo) -> datetime:
    """Return the moment that `text` means, from which on something is looked for.

    Raises:
        UsageError: it means none, or one of which nothing can be known yet.
    """
    found = moment(text, now, zone)
    if found > now:
        local = now.astimezone(zone)
        raise UsageError(
            f'"{text}" is still to come: here it is {local:%Y-%m-%d %H:%M}; name a time '
            "that is over"
        )
    return found
