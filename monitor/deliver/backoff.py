"""When to try again, and when to stop.

The waits grow from one minute to four hours and then stay there. RFC 5321 section 4.5.4.1 asks a
sender to keep trying for four to five days; so a server that is away for a weekend loses nothing.
"""

from datetime import datetime, timedelta

from monitor.dates.http import LONGEST_RETRY

_MINUTES = (1, 2, 5, 10, 20, 40, 80, 160, 240)
_SPREAD = 0.25
GIVE_UP_AFTER = timedelta(days=5)


def next_attempt(
    attempts: int, now: datetime, jitter: float, retry_after: timedelta | None = None
) -> datetime:
    """Return when to try a message again.

    Args:
        attempts: made so far, at least 1.
        now: aware.
        jitter: 0.0 to 1.0; spreads messages that failed together over a quarter of the wait more.
        retry_after: what the server asked for; waited for at least, but no more than a day.
    """
    wait = timedelta(minutes=_MINUTES[min(max(attempts, 1), len(_MINUTES)) - 1])
    if retry_after is not None:
        wait = max(wait, min(retry_after, LONGEST_RETRY))
    return now + wait * (1 + _SPREAD * min(1.0, max(0.0, jitter)))


def worn_out(created_at: datetime, now: datetime, patience: timedelta | None = None) -> bool:
    """Tell whether a message has been tried for so long that it should be parked."""
    return now - created_at > (patience or GIVE_UP_AFTER)
