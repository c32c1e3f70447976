"""Whether the clock on the wall and the time that really passed still agree.

They part when somebody sets the clock, when a machine without a battery learns the time after its
start, and when it sleeps: the monotonic clock of Linux stands still meanwhile.
"""

from datetime import datetime, timedelta

from monitor.dates.durations import spoken

_TOLERANCE = timedelta(seconds=30)  # a busy machine may be late, and NTP slews by a little


class ClockWatch:
    """Compares two clocks from one look to the next.

    Args:
        wall: the time of day, aware.
        passed: monotonic seconds.
    """

    def __init__(self, wall: datetime, passed: float) -> None:
        self._wall, self._passed = wall, passed

    def look(self, wall: datetime, passed: float) -> timedelta:
        """Return how far the clock was moved since the last look; zero when it was not.

        Positive: it was set ahead, or the machine slept. Negative: it was set back.
        """
        moved = (wall - self._wall) - timedelta(seconds=passed - self._passed)
        self._wall, self._passed = wall, passed
        return moved if abs(moved) > _TOLERANCE else timedelta(0)


def moved_words(moved: timedelta) -> str:
    """Return what happened to the clock, as a line for the log."""
    length = spoken(moved)
    if moved > timedelta(0):
        return f"the machine slept, or its clock was set ahead, by {length}; looking at what is due"
    return f"the clock was set back by {length}; what waited for a time is looked at anew"
