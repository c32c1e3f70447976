"""The metadata with all tables, for who makes or copies a whole store."""

from monitor.store.schema import (
    entry_tables,
    feed_tables,
    grouping_tables,
    message_tables,
    sharing_tables,
    story_tables,
)
from monitor.store.utc_time import metadata

__all__ = [
    "entry_tables",
    "feed_tables",
    "grouping_tables",
    "message_tables",
    "metadata",
    "sharing_tables",
    "story_tables",
]
