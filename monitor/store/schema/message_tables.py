"""Tables of what goes out: digests, alerts, messages, and headlines in readers' language."""

from sqlalchemy import (
    Boolean,
    Column,
    Index,
    Integer,
    String,
    Table,
    Text,
    UniqueConstraint,
)

from monitor.store.utc_time import UtcTime, metadata

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

gloss = Table(
    "gloss",
    metadata,
    Column("key", String(32), primary_key=True),  # of command, languages and headline, hashed
    Column("text", Text, nullable=False),
    Column("at", UtcTime, nullable=False),
)
