"""Tables of feeds, as all desks read them and as each calls them."""

from sqlalchemy import Column, ForeignKey, Integer, String, Table, Text

from monitor.store.utc_time import UtcTime, metadata

feed = Table(
    "feed",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("name", String(200), nullable=False, unique=True),
    Column("url", Text, nullable=False),
    Column("added", UtcTime, nullable=False),
    Column("due", UtcTime),
    Column("state", Text, nullable=False),  # model.FeedState
)

desk_feed = Table(
    "desk_feed",
    metadata,
    Column("desk", String(64), primary_key=True),
    Column("name", String(200), primary_key=True),  # as the desk calls it
    Column("feed_id", ForeignKey("feed.id"), nullable=False, index=True),
    Column("data", Text, nullable=False),  # model.Feed; "": only its own machines can read it
)

acknowledged = Table(
    "acknowledged",
    metadata,
    Column("desk", String(64), primary_key=True, server_default=""),
    Column("feed_id", ForeignKey("feed.id"), primary_key=True),
    Column("at", UtcTime, nullable=False),
    Column("until", UtcTime),
    Column("why", Text, nullable=False),
)
