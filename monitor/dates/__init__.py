"""Dates and clocks: as people print them, as programs write them, and the zones they stand in."""

from monitor.dates.printed import Reading, read
from monitor.dates.zones import zone_for

__all__ = ["Reading", "read", "zone_for"]
