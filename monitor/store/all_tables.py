"""The metadata with all tables, for who makes or copies a whole store.

A command that shows stories does without the tables of machines, which take longer to describe than
its question to answer.
"""

from monitor.store import schema, sharing_schema
from monitor.store.utc_time import metadata

__all__ = ["metadata", "schema", "sharing_schema"]
