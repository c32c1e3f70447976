"""Connections to SQLite and PostgreSQL, and how each is set up.

SQLite runs in WAL mode with `synchronous=NORMAL`: a killed process loses nothing that was
committed; a power cut may lose the last transactions but never leaves half of one.

PostgreSQL may stand behind a pooler that hands a session on with each transaction, so nothing is
kept in a session: no prepared statements, settings only for one transaction. A connection that was
cut is found by the next who wants it, and replaced.
"""

import contextlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, make_url, text
from sqlalchemy.exc import SQLAlchemyError

from monitor import state_files
from monitor.errors import StoreError

PATIENCE = 20.0  # seconds that a write waits for another thread or process
CACHE = 2000  # KiB, as SQLite has it
_CHECKPOINT = 4000  # pages (16 MB); at SQLite's 1000 a first poll of many feeds syncs all the time

# A machine whose way to the server was cut off must notice within its lease.
_PSYCOPG = {
    "prepare_threshold": None,
    "connect_timeout": 5,
    "keepalives_idle": 5,
    "keepalives_interval": 2,
    "keepalives_count": 3,
    "tcp_user_timeout": 10_000,
}
_LIMITS = text(
    "SELECT set_config('lock_timeout', :limit, true),"
    " set_config('idle_in_transaction_session_timeout', :limit, true)"
)


def database_label(database: str) -> str:
    """Return a database URL as it may be shown, without its password."""
    try:
        return make_url(database).render_as_string(hide_password=True)
    except SQLAlchemyError:
        return "database"


def server_engine(database: str, password: Callable[[], str] | None) -> Engine:
    """Return connections to a database server.

    Args:
        database: SQLAlchemy URL.
        password: asked for at each new connection, so that one that changes is followed.

    Raises:
        StoreError: there is no such kind of database, or its driver is not installed.
    """
    try:
        url = make_url(database)
        driver = _PSYCOPG if url.drivername == "postgresql+psycopg" else {}
        engine = create_engine(url, pool_pre_ping=True, connect_args=dict(driver))
    except (SQLAlchemyError, ModuleNotFoundError) as error:
        raise StoreError(
            f"{database_label(database)}: {error}; expected postgresql+psycopg://… with "
            "`pip install 'wire-monitor[postgres]'`"
        ) from None
    if password is not None:
        ask = password

        @event.listens_for(engine, "do_connect")
        def add_password(_dialect: Any, _record: Any, _args: Any, options: dict[str, Any]) -> None:
            options["password"] = ask()

    return engine


def limit_waiting(connection: Connection, seconds: float) -> None:
    """Bound what a transaction on a server may wait for a lock, and leave others waiting for it.

    One whose machine was stopped in the middle is rolled back by the server.
    """
    if connection.dialect.name == "postgresql":
        connection.execute(_LIMITS, {"limit": str(int(seconds * 1000))})


def sqlite_engine(path: Path, patience: float, cache: int) -> Engine:
    # The files that SQLite puts beside it (-wal, -shm) take the mode of this one.
    with contextlib.suppress(OSError):
        new = not path.exists()
        path.touch(mode=0o600)
        path.chmod(0o600)
        if new:
            state_files.give_away(path)
    options = {"timeout": patience, "check_same_thread": False}
    engine = create_engine(f"sqlite:///{path}", connect_args=options)

    @event.listens_for(engine, "connect")
    def prepare(connection: Any, _record: Any) -> None:
        connection.isolation_level = None  # we say BEGIN ourselves, below
        cursor = connection.cursor()
        cursor.execute("PRAGMA journal_mode=WAL")
        cursor.execute("PRAGMA synchronous=NORMAL")
        cursor.execute(f"PRAGMA wal_autocheckpoint={_CHECKPOINT}")
        cursor.execute(f"PRAGMA cache_size=-{cache}")
        cursor.execute("PRAGMA foreign_keys=ON")
        cursor.close()

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        writes = connection.get_execution_options().get("writes")
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    return engine
