"""Tables of what puts articles into one story: how they read, and what people decided."""

from sqlalchemy import Column, ForeignKey, Integer, LargeBinary, Table

from monitor.store.utc_time import UtcTime, metadata

signature = Table(
    "signature",
    metadata,
    Column("article_id", ForeignKey("article.id"), primary_key=True),
    Column("seen", UtcTime, nullable=False, index=True),
    Column("data", LargeBinary, nullable=False),  # stories.Signature.to_bytes()
)

by_hand = Table(
    "by_hand",
    metadata,
    Column("article_id", Integer, primary_key=True, autoincrement=False),
    Column("other_id", Integer, primary_key=True, autoincrement=False),  # 0: parted from all
    Column("at", UtcTime, nullable=False),
)
