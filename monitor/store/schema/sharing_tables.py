"""Tables of those who share a store: machines with what they claim, desks with what they publish.

A machine is a process, a desk is a newsroom's: its rules, its readers. Several machines may work
for one desk, and one machine files for all desks (`desks`).
"""

from sqlalchemy import Column, Float, ForeignKey, Integer, LargeBinary, String, Table, Text

from monitor.store.utc_time import UtcTime, metadata

machine = Table(
    "machine",
    metadata,
    Column("name", String(64), primary_key=True),
    Column("incarnation", Integer, nullable=False),  # the fencing epoch of all that it claims
    Column("token", String(200), nullable=False),  # of its state folder, which one process holds
    Column("kind", String(8), nullable=False),  # daemon, command
    Column("version", String(40), nullable=False),
    Column("vantage", String(64), nullable=False),
    Column("desk", String(64), nullable=False, server_default=""),
    Column("started", UtcTime, nullable=False),
    Column("seen", UtcTime, nullable=False),
    Column("until", UtcTime, nullable=False),  # the end of its lease, by the database's clock
    Column("state", String(8), nullable=False),  # here, left (in order), gone (found dead)
)

claim = Table(
    "claim",
    metadata,
    Column("key", String(300), primary_key=True),  # "host www.yna.co.kr", "role filing"
    Column("machine", ForeignKey("machine.name"), index=True),  # NULL: free
    Column("since", UtcTime, nullable=False),  # held, or free, since
    Column("wanted_by", String(64), nullable=False, server_default=""),
    Column("wanted_at", UtcTime),
    Column("asked", UtcTime),  # a host: last request that its holder made
    Column("crawl_delay", Float, nullable=False, server_default="0"),  # seconds
    Column("paused_until", UtcTime),
)

robots = Table(
    "robots",
    metadata,
    Column("origin", String(300), primary_key=True),  # scheme://host:port
    Column("until", UtcTime, nullable=False, index=True),
    Column("status", Integer, nullable=False),
    Column("body", LargeBinary, nullable=False),
)

waiting_page = Table(
    "waiting_page",
    metadata,
    Column("article_id", ForeignKey("article.id"), primary_key=True),
    Column("read", UtcTime, nullable=False),
    Column("data", Text, nullable=False),  # pipeline.Page
)

desk = Table(
    "desk",
    metadata,
    Column("name", String(64), primary_key=True),  # "" for the only one
    Column("files", Text, nullable=False),  # its own rules and entities: JSON of [name, text]
    Column("digest", String(32), nullable=False),  # of them
    Column("version", String(40), nullable=False),  # of the program that read them
    Column("machine", String(64), nullable=False),  # that published them
    Column("keep_days", Integer, nullable=False),
    Column("at", UtcTime, nullable=False),
    Column("since", UtcTime),  # when it was first published; of what came before it judged nothing
)

unjudged = Table(
    "unjudged",
    metadata,
    Column("desk", String(64), primary_key=True),
    Column("article_id", ForeignKey("article.id"), primary_key=True),
    Column("why", String(500), nullable=False),
    Column("at", UtcTime, nullable=False),
    Column("left_by", String(40), nullable=False, server_default=""),  # version that broke on it
)
