"""The rounds of a daemon, for `monitor status` and the round log.

A daemon reads each feed in its own time, so what it calls a round is all that was done since the
last one was written down. Pages and flags of a time in which no feed was read count for the next.
"""

from datetime import datetime, timedelta

from monitor.pipeline import Reading, Report, summarise

_PRESENCE = timedelta(minutes=30)
_ASLEEP = timedelta(minutes=10)  # between two looks, which come every minute


class RoundLog:
    """What was done since the last round that was written down.

    Args:
        now: when the first round begins.
    """

    def __init__(self, now: datetime) -> None:
        self._started = self._looked = now
        self._readings: list[Reading] = []
        self._pages = self._flagged = self._left = 0

    def feed_read(self, reading: Reading) -> None:
        """Count a feed that was read, or that failed."""
        self._readings.append(reading)

    def page_read(self) -> None:
        """Count a page."""
        self._pages += 1

    def flags_raised(self, number: int) -> None:
        """Count flags that are new or at a higher level."""
        self._flagged += number

    def close(self, now: datetime, left_aside: int = 0) -> tuple[datetime, Report] | None:
        """End the round: when it began and what it did.

        None when no feed was read, but for one in half an hour that says somebody looked.
        """
        self._left += left_aside
        if now - self._looked > _ASLEEP:  # stopped or asleep: nobody looked in between
            self._started = now
        self._looked = now
        if not self._readings and now - self._started < _PRESENCE:
            return None
        started, self._started = self._started, now
        report = summarise(
            self._readings, pages=self._pages, flagged=self._flagged, left_aside=self._left
        )
        self._readings, self._pages, self._flagged, self._left = [], 0, 0, 0
        return started, report
