"""Tables of the store, the same on SQLite and PostgreSQL.

An entry is what a feed said and is stored before anything is done with it. An article is the text
behind one url, however many feeds point to it; each change of its text is a revision. Flags
hang on articles, articles on stories. What went out is remembered per digest and flag (`digested`)
and per message (`outbox`), so that a crash can repeat a step but never an effect.

Entries, articles and stories are everybody's; flags, digests, marks and messages are a desk's.

Times are UTC. JSON columns hold model values as `codec` writes them. The schema itself is made and
changed only by the migrations beside this file.
"""

from sqlalchemy import (
    Boolean,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    String,
    Table,
    Text,
    UniqueConstraint,
)

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

story = Table(
    "story",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),  # its first article's id
    Column("first_seen", UtcTime, nullable=False),
    Column("last_seen", UtcTime, nullable=False, index=True),
    Column("merged_into", Integer),
)

by_hand = Table(
    "by_hand",
    metadata,
    Column("article_id", Integer, primary_key=True, autoincrement=False),
    Column("other_id", Integer, primary_key=True, autoincrement=False),  # 0: parted from all
    Column("at", UtcTime, nullable=False),
)

signature = Table(
    "signature",
    metadata,
    Column("article_id", ForeignKey("article.id"), primary_key=True),
    Column("seen", UtcTime, nullable=False, index=True),
    Column("data", LargeBinary, nullable=False),  # stories.Signature.to_bytes()
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

gloss = Table(
    "gloss",
    metadata,
    Column("key", String(32), primary_key=True),  # of command, languages and headline, hashed
    Column("text", Text, nullable=False),
    Column("at", UtcTime, nullable=False),
)

digest_run = Table(
    "digest_run",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("desk", String(64), nullable=False, server_default=""),
    Column("name", String(200), nullable=False),
    Column("since", UtcTime, nullable=False),
    Column("until", UtcTime, nullable=False),
    Column("due", UtcTime, nullable=False),
    Column("made", UtcTime, nullable=False),
    Column("late", Boolean, nullable=False),
    Column("met", Boolean, nullable=False),  # nothing was made: when we first knew of this digest
    UniqueConstraint("desk", "name", "due"),  # one digest a due time, whatever crashes
    Index(None, "name", "until"),
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

outbox = Table(
    "outbox",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("message_id", String(255), nullable=False, unique=True),
    Column("target", Text, nullable=False),
    Column("subject", Text, nullable=False),
    Column("data", Text, nullable=False),  # deliver.Outgoing
    Column("state", String(8), nullable=False),  # queued, sent, parked
    Column("attempts", Integer, nullable=False),
    Column("next_attempt", UtcTime, nullable=False),
    Column("error", Text, nullable=False),  # of the last attempt
    Column("claimed_by", String(8), nullable=False, server_default=""),  # who is sending it
    Column("machine", String(64), nullable=False, server_default=""),  # the daemon that is
    Column("desk", String(64), nullable=False, server_default=""),
    Column("created", UtcTime, nullable=False),
    Column("sent", UtcTime),
    Index(None, "state", "next_attempt"),
)

round_log = Table(
    "round",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("started", UtcTime, nullable=False),
    Column("ended", UtcTime, nullable=False),
    Column("report", Text, nullable=False),  # pipeline.Report as JSON
)
