"""How the zone of a moment is called before a reader, the same in every list and digest."""

from datetime import datetime, timedelta


def zone_words(moment: datetime) -> str:
    """Return the name of a moment's zone: "KST", or "UTC+8" where the zone has no letters."""
    name = moment.tzname() or ""
    if not name.startswith(("+", "-", "UTC+", "UTC-")):
        return name
    offset = moment.utcoffset() or timedelta(0)
    minutes = int(abs(offset.total_seconds()) // 60)
    sign = "-" if offset < timedelta(0) else "+"
    return f"UTC{sign}{minutes // 60}" + (f":{minutes % 60:02}" if minutes % 60 else "")
