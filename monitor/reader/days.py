"""Which days a reader looks at: so many days up to one, by the desk's clock."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from msgspec import Struct
from msgspec.structs import replace

LENGTHS = (1, 3, 7, 30)


class Days(Struct, frozen=True):
    """Whole days in a zone: `count` of them, the last of them `last`."""

    last: date
    zone: ZoneInfo
    count: int = 1

    @property
    def first(self) -> date:
        """The first day."""
        return self.last - timedelta(days=self.count - 1)

    @property
    def since(self) -> datetime:
        """Where the first day begins."""
        return datetime.combine(self.first, time(), self.zone)

    @property
    def until(self) -> datetime:
        """Where the last day ends; itself outside."""
        return datetime.combine(self.last + timedelta(days=1), time(), self.zone)

    def moved(self, steps: int, today: date) -> "Days":
        """Return as many days, so many times later (or earlier, when negative); never after today.

        What lies before the calendar's first years is never reached either.
        """
        last = date.fromordinal(max(365_000, self.last.toordinal() + steps * self.count))
        return replace(self, last=min(last, today))

    def next_length(self) -> "Days":
        """Return the next longer span up to the same day, and the shortest behind the longest."""
        longer = (length for length in LENGTHS if length > self.count)
        return replace(self, count=next(longer, LENGTHS[0]))

    def words(self, today: date) -> str:
        """Say which days these are: "today, Sun 29 Nov", "23 Nov to 29 Nov"."""
        if self.count > 1:
            return f"{_day(self.first, today)} to {_day(self.last, today)}"
        named = {0: "today, ", 1: "yesterday, "}.get((today - self.last).days, "")
        return f"{named}{self.last:%a} {_day(self.last, today)}"


def _day(day: date, today: date) -> str:
    year = "" if day.year == today.year else f" {day.year}"
    return f"{day.day} {day:%b}{year}"
