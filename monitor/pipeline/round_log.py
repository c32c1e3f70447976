"""What was done in a round, for those who ask how it goes.

A poll reads all feeds at once; a daemon reads each in its own time, so what it calls a round is all
that was done since the last one was written down. Pages and flags of a time in which no feed was
read count for the next.
"""

import json
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from msgspec import Struct, field, structs

if TYPE_CHECKING:
    from monitor.pipeline.intake import Reading

_PRESENCE = timedelta(minutes=30)
_ASLEEP = timedelta(minutes=10)  # between two looks of a daemon, which come every minute


class Report(Struct, frozen=True):
    """What one round did."""

    feeds: int = 0
    answered: int = 0  # 200 or 304, and understood
    unchanged: int = 0
    new: int = 0  # entries
    pages: int = 0
    flagged: int = 0  # flags that are new or at a higher level
    left: int = 0  # entries and pages that our own code could not work on
    failed: dict[str, str] = field(default_factory=dict)  # feed → why
    elsewhere: dict[str, str] = field(default_factory=dict)  # feed → who asks its host instead
    offline: bool = False  # several feeds were asked, and nothing answered at all

    def to_json(self) -> str:
        """Return the report as one JSON object."""
        return json.dumps(structs.asdict(self), ensure_ascii=False)


class RoundLog:
    """What was done since the last round that was written down."""

    def __init__(self, started: datetime) -> None:
        self.started = self._looked = started
        self.readings: list[Reading] = []
        self.pages = self.flagged = self.left = 0

    def is_due(self, now: datetime) -> bool:
        """Look whether there is something to write down.

        There is when a feed was read, and once in half an hour, to say that somebody looked.
        """
        if now - self._looked > _ASLEEP:  # stopped or asleep: nobody looked in between
            self.started = now
        self._looked = now
        return bool(self.readings) or now - self.started >= _PRESENCE

    def report(self) -> Report:
        """Return what was done."""
        # A daemon may have read a feed more than once since; the last time tells how it stands.
        last = {reading.feed: reading for reading in self.readings}
        # What is no fault of the network comes last: where it is away, the first is what is told.
        feeds = sorted(last.values(), key=lambda reading: reading.reached is None)
        return Report(
            feeds=len(feeds),
            answered=sum(not reading.error for reading in feeds),
            unchanged=sum(reading.unchanged for reading in feeds),
            new=sum(reading.new for reading in self.readings),
            pages=self.pages,
            flagged=self.flagged,
            left=self.left,
            failed={reading.feed: reading.error for reading in feeds if reading.error},
            offline=not any(reading.reached for reading in self.readings)
            and sum(reading.reached is False for reading in feeds) > 1,
        )
