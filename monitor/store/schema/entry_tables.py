"""Tables of entries, as feeds gave them, and of the rounds in which they were read."""

from sqlalchemy import Boolean, Column, ForeignKey, Index, Integer, String, Table, Text

from monitor.store.utc_time import UtcTime, metadata

entry = Table(
    "entry",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("feed_id", ForeignKey("feed.id"), nullable=False),
    Column("guid", Text, nullable=False),
    Column("url", Text, nullable=False),
    Column("title", Text, nullable=False),
    Column("data", Text, nullable=False),  # model.Entry
    Column("first_seen", UtcTime, nullable=False),
    Column("fresh", Boolean, nullable=False),  # may raise an alert
    Column("work", String(8), nullable=False),  # todo, done, seen (only remembered), left
    Column("article_id", ForeignKey("article.id")),
    Column("left_by", String(40), nullable=False, server_default=""),  # version that left it aside
    Column("left_why", String(500), nullable=False, server_default=""),
    Index(None, "feed_id", "id"),
    Index(None, "first_seen"),
    Index("ix_entry_todo", "work", "id"),
    Index(None, "article_id"),
)

entry_key = Table(
    "entry_key",
    metadata,
    Column("feed_id", ForeignKey("feed.id"), primary_key=True),
    Column("key", String(500), primary_key=True),
    Column("entry_id", ForeignKey("entry.id"), nullable=False, index=True),
    Column("listed", UtcTime, nullable=False),  # last day on which the feed still listed it
)

round_log = Table(
    "round",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("started", UtcTime, nullable=False),
    Column("ended", UtcTime, nullable=False),
    Column("report", Text, nullable=False),  # pipeline.Report as JSON
)
