"""Times as people type them: "24h", "yesterday", "2026-11-22", "2026-11-22T07:30"."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from monitor.config import duration
from monitor.errors import UsageError


def moment(text: str, now: datetime, zone: ZoneInfo) -> datetime:
    """Return the moment that `text` means; days and clocks are read in `zone`.

    Raises:
        UsageError: it means none.
    """
    word = text.strip().lower()
    today = datetime.combine(now.astimezone(zone).date(), time(), zone)
    if word in ("now", "today", "yesterday"):
        return {"now": now, "today": today, "yesterday": today - timedelta(days=1)}[word]
    try:
        return now - duration(word)
    except ValueError:
        pass
    try:
        found = datetime.fromisoformat(text.strip())
    except ValueError:
        raise UsageError(
            f'"{text}" is no time; write "24h", "7d", "yesterday", "2026-11-22" or '
            '"2026-11-22T07:30"'
        ) from None
    return found if found.tzinfo else found.replace(tzinfo=zone)
