"""Tables of what readers are shown: articles and their texts, flags, stories and marks."""

from sqlalchemy import (
    Boolean,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    Text,
    UniqueConstraint,
)

from monitor.store.utc_time import UtcTime, metadata

article = Table(
    "article",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("feed_id", ForeignKey("feed.id"), nullable=False),  # the feed that brought it first
    Column("address", String(2000), nullable=False, unique=True),  # canonical, or entry:ID
    Column("url", Text, nullable=False),
    Column("outlet", Text, nullable=False),
    Column("first_seen", UtcTime, nullable=False),
    Column("title", Text, nullable=False),
    Column("language", String(8), nullable=False),
    Column("published", UtcTime),
    Column("revision", Integer, nullable=False),  # number of the newest
    Column("story_id", Integer, index=True),
    Column("role", String(16), nullable=False),
    Column("fresh", Boolean, nullable=False),
    Column("page", String(8), nullable=False),  # todo, done, never, lost (given up)
    Column("page_tries", Integer, nullable=False),
    Column("page_due", UtcTime),
    Column("page_error", Text, nullable=False),
    Column("withdrawn", UtcTime),
    Column("left_by", String(40), nullable=False, server_default=""),  # as in entry, for its page
    Index("ix_article_page", "page", "page_due"),
    # Migration 0002 adds a partial index over left_by: naming what only PostgreSQL knows of it here
    # would import that dialect at every start.
    Index(None, "first_seen"),
)

revision = Table(
    "revision",
    metadata,
    Column("article_id", ForeignKey("article.id"), primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("seen", UtcTime, nullable=False),
    Column("text", Text, nullable=False),  # headline, standfirst and body, a paragraph a line
    Column("data", Text, nullable=False),  # model.Article
)

flag = Table(
    "flag",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("article_id", ForeignKey("article.id"), nullable=False),
    Column("desk", String(64), nullable=False, server_default=""),
    Column("rule", String(200), nullable=False),
    Column("level", String(8), nullable=False),
    Column("score", Float, nullable=False),
    Column("reasons", Text, nullable=False),  # tuple of model.Reason
    Column("at", UtcTime, nullable=False),
    UniqueConstraint("article_id", "desk", "rule"),
    Index(None, "at"),
)

digested = Table(
    "digested",
    metadata,
    Column("digest", String(200), primary_key=True),
    Column("flag_id", ForeignKey("flag.id"), primary_key=True),
    Column("run_id", ForeignKey("digest_run.id"), nullable=False, index=True),
)

alerted = Table(
    "alerted",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("audience", String(64), nullable=False),  # the desk and target that was told, hashed
    Column("story_id", Integer, nullable=False),
    Column("rule", String(200), nullable=False),
    Column("flag_id", ForeignKey("flag.id"), nullable=False),
    Column("at", UtcTime, nullable=False),
    Column("message_id", Text, nullable=False),  # "": it was no news to them
    Index(None, "audience", "flag_id"),
    Index(None, "audience", "story_id", "rule"),
)

story = Table(
    "story",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),  # its first article's id
    Column("first_seen", UtcTime, nullable=False),
    Column("last_seen", UtcTime, nullable=False, index=True),
    Column("merged_into", Integer),
)

change = Table(
    "change",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("story_id", Integer, nullable=False, index=True),
    Column("article_id", ForeignKey("article.id"), nullable=False),
    Column("at", UtcTime, nullable=False),
    Column("kind", String(16), nullable=False),
    Column("what", Text, nullable=False),
)

mark = Table(
    "mark",
    metadata,
    Column("desk", String(64), primary_key=True, server_default=""),
    Column("story_id", ForeignKey("story.id"), primary_key=True),
    Column("kind", String(12), primary_key=True),  # model.MarkKind
    Column("text", Text, nullable=False),
    Column("at", UtcTime, nullable=False),
)
