"""Bring the schema of a database up to date, or refuse one that we cannot read.

Migrations of one start are one transaction: they happened or they did not, and a start that was
killed in the middle is simply repeated. Before them a SQLite database is copied to a file beside it
that is named by the schema it has, `monitor.db.schema-0001`. Where many machines start at once on
an empty database, one migrates and the others wait for it.
"""

import contextlib
import os
import sqlite3
import sys
from collections.abc import Iterator, Set
from pathlib import Path
from threading import Event

from msgspec import Struct
from sqlalchemy import Connection, Engine, inspect, text

from monitor.errors import SchemaTooNew, StoreBusy, StoreError

_MIGRATION_LOCK = 0x77697265  # "wire": PostgreSQL's advisory locks are numbers
_MACHINE = "machine"
_AT_WORK = (
    f"SELECT name FROM {_MACHINE} WHERE kind = 'daemon' AND state = 'here'"
    " AND until > clock_timestamp() ORDER BY name"
)
_OURS = {"feed", "entry", "article", "outbox"}


class Schema(Struct, frozen=True):
    """Where the migrations lie, and their names from the first to the newest."""

    scripts: str
    versions: tuple[str, ...]

    @property
    def head(self) -> str:
        """The newest version, which this program works with."""
        return self.versions[-1]


# Written down so that a start without anything to migrate need not import Alembic; checked
# against the files by a test.
SCHEMA = Schema("monitor:store/migrations", tuple(f"{number:04}" for number in range(1, 14)))
HEAD = SCHEMA.head
# What of it `schema.py` does not say.
_BESIDES = (
    "CREATE INDEX ix_article_left ON article (left_by) WHERE left_by <> ''",
    "CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL, "
    "CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num))",
    "INSERT INTO alembic_version VALUES (:head)",
)


def bring_up_to_date(
    engine: Engine,
    place: str,
    path: Path | None,
    stop: Event,
    schema: Schema,
    *,
    takes_over: bool = False,
) -> None:
    """Make or migrate a database; see `open_store`."""
    with engine.connect() as connection:
        if version_of(connection) == schema.head:
            return
        tables = set(inspect(connection).get_table_names())
        # Asked once more: tables that another process has just made come with their version.
        version = version_of(connection)
        _refuse_foreign(place, tables, version, schema)
        if version not in ("", schema.head) and path is None and not takes_over:
            _refuse_beside_daemons(connection, place, tables)
    if version not in ("", schema.head) and path is not None:
        _refuse_beside_another(place, path.parent)
        _keep_copy(path, path.with_name(f"{path.name}.schema-{version}"), stop)
    with (
        engine.connect().execution_options(writes=True) as connection,
        _tables_may_be_replaced(connection),
        connection.begin(),
    ):
        _alone(connection)
        if not version_of(connection):  # another process may have been quicker
            _make(connection)
        if version_of(connection) != schema.head:
            with _stoppable(connection, stop):
                _migrate_beside(connection, schema)


def _refuse_foreign(place: str, tables: set[str], version: str, schema: Schema) -> None:
    if version in schema.versions:
        return
    if version and tables >= _OURS:
        raise SchemaTooNew(
            f"{place}: made by a newer version of wire-monitor (schema {version}, this one knows "
            f"{schema.head}); upgrade wire-monitor, or name another state folder"
        )
    if tables:
        raise StoreError(
            f"{place}: holds the tables of another program ({', '.join(sorted(tables)[:3])}); make "
            "a database of its own: createdb wire_monitor"
        )


def _refuse_beside_another(place: str, state: Path) -> None:
    """Raise StoreBusy where a monitor is at work that began with the schema as it is.

    It would go on writing as that schema asks, beside what a newer version expects of the store.
    """
    from monitor import lock

    holder = lock.holder(state)
    if holder is not None and holder.pid != os.getpid():
        who = f" (pid {holder.pid}, since {holder.since})" if holder.pid else ""
        raise StoreBusy(
            f"{place}: an older version of wire-monitor is at work here{who}: start it again with "
            "this one, which brings the store up to date; if that is under way, try again"
        )


def _refuse_beside_daemons(db: Connection, place: str, tables: Set[str]) -> None:
    """Raise StoreBusy where daemons of an older version are at work: they would have to end."""
    if _MACHINE not in tables:
        return
    names = db.execute(text(_AT_WORK)).scalars().all()
    if names:
        raise StoreBusy(
            f"{place}: an older version of wire-monitor is at work on {', '.join(names[:5])}: "
            "upgrade it and start it again, which brings the database up to date"
        )


def check_version(db: Connection, schema: Schema = SCHEMA) -> None:
    """Raise SchemaTooNew when a newer version has migrated the database that we work on."""
    version = db.execute(text("SELECT version_num FROM alembic_version")).scalar()
    if version not in schema.versions:
        raise SchemaTooNew(
            f"a newer wire-monitor has brought the database to schema {version}, this one knows "
            f"{schema.head}: it ends; upgrade it and start it again"
        )


def _alone(connection: Connection) -> None:
    """Wait until nobody else migrates; SQLite's write transaction has seen to that already.

    The lock ends with the transaction, so that it holds behind a pooler, too.
    """
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _MIGRATION_LOCK})


def version_of(connection: Connection) -> str:
    """Return the schema of a database, "" when it has none of ours."""
    dialect = connection.dialect
    if not dialect.has_table(connection, "alembic_version"):
        return ""
    return str(connection.execute(text("SELECT version_num FROM alembic_version")).scalar() or "")


@contextlib.contextmanager
def _tables_may_be_replaced(connection: Connection) -> Iterator[None]:
    """Let SQLite drop a table that others refer to, as altering one asks for (lang_altertable, 7).

    It can be told so outside of a transaction only.
    """
    driver = connection.connection.driver_connection
    if not isinstance(driver, sqlite3.Connection):
        yield
        return
    driver.execute("PRAGMA foreign_keys=OFF")
    try:
        yield
    finally:
        driver.execute("PRAGMA foreign_keys=ON")


def _make(connection: Connection) -> None:
    """Make in an empty database what its migrations lead to (`HEAD`), in a fifth of their time.

    See "Building an Up to Date Database from Scratch" in Alembic's cookbook.
    """
    from monitor.store import search_index
    from monitor.store.all_tables import metadata

    metadata.create_all(connection)
    search_index.create(connection)
    for statement in _BESIDES:
        connection.execute(text(statement), {"head": HEAD})


def _migrate_beside(db: Connection, schema: Schema) -> None:
    """Migrate when nobody is in the middle of a write, and let no older daemon write any more.

    Each of its transactions begins with a look at its row (`fencing.check`): we wait for those
    that have begun, and those to come find that it was ended.
    """
    from monitor.store import machines

    tables = inspect(db).get_table_names() if db.dialect.name == "postgresql" else ()
    if _MACHINE in tables:
        db.execute(text(f"SELECT name FROM {_MACHINE} ORDER BY name FOR UPDATE"))
    _migrate(db, schema)
    if _MACHINE in tables:
        machines.end_all(db)


def _migrate(connection: Connection, schema: Schema) -> None:
    # Mako, which Alembic writes new revisions with, would load what colours its error pages: half
    # the time, and 5 MB. It does without.
    sys.modules.setdefault("mako.ext.pygmentplugin", None)  # type: ignore[arg-type]
    from alembic import command  # slow to import, and needed once in the life of a schema
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", schema.scripts)
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    command.upgrade(config, schema.head)


@contextlib.contextmanager
def _stoppable(connection: Connection, stop: Event) -> Iterator[None]:
    """Let `stop` interrupt whatever SQLite is doing for this connection."""
    driver = connection.connection.driver_connection
    if not isinstance(driver, sqlite3.Connection):
        yield
        return
    driver.set_progress_handler(stop.is_set, 10_000)
    try:
        yield
    finally:
        driver.set_progress_handler(None, 0)


def _keep_copy(path: Path, target: Path, stop: Event) -> None:
    from monitor.store.copying import copy_database

    def look(_done: int, _total: int) -> None:
        if stop.is_set():
            raise StoreError(f"{path}: stopped before its migration; nothing was changed")

    copy_database(path, target, look)
