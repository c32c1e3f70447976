"""When the digests of a desk are due next."""

from datetime import datetime

from monitor import digest
from monitor.desk import Desk


def next_digests(desk: Desk, now: datetime) -> dict[str, datetime]:
    """Return when each digest of the config is due next, by name."""
    return {
        table.name: digest.next_due(table.at, table.days, desk.config.zone_of(table), now)
        for table in desk.config.digest
    }
