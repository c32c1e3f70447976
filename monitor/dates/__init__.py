"""Dates, clocks and lengths of time: as people print and type them, as programs write them.

- `read`, `Reading`: a date as printed, with its clock and zone (`printed`, `clocks`, `machine`).
- `zone_for`: the zone an outlet keeps (`zones`); `zone_words`: how a zone is called (`zone_names`).
- `durations`: "1h30m" and back; `http`: HTTP dates and Retry-After.
"""

from typing import TYPE_CHECKING

from monitor.face import on_demand

if TYPE_CHECKING:
    from monitor.dates.printed import Reading, read
    from monitor.dates.zone_names import zone_words
    from monitor.dates.zones import zone_for
else:
    __getattr__ = on_demand(
        __name__,
        {
            "printed": (
                "Reading",
                "read",
            ),
            "zone_names": ("zone_words",),
            "zones": ("zone_for",),
        },
    )

__all__ = ["Reading", "read", "zone_for", "zone_words"]
