"""Open the database: find it, bring its schema up to date, refuse what we cannot read.

SQLite runs in WAL mode with `synchronous=NORMAL`: a killed process loses nothing that was
committed; a power cut may lose the last transactions but never leaves half of one. Every write
transaction takes the write lock at its start (`BEGIN IMMEDIATE`), so that what it read is still
true when it writes, and other processes wait for it instead of failing half-way.
"""

import contextlib
import os
from collections.abc import Iterator
from pathlib import Path
from threading import Lock
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, text
from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from monitor.errors import StoreError

HEAD = "0001"  # the newest migration; checked against the files by a test
_KNOWN = frozenset({HEAD})
_LOCK_WAIT = 60.0  # seconds that a write waits for another process


class Store:
    """A database with the schema of this version.

    `read()` and `write()` give a connection inside a transaction; the modules of this package are
    functions over such a connection. Threads may share a store: writes inside one process queue
    on a lock of our own, which is cheaper and fairer than SQLite's retries.
    """

    def __init__(self, engine: Engine, place: str) -> None:
        self._engine, self.place = engine, place
        self._writing = Lock()

    @contextlib.contextmanager
    def read(self) -> Iterator[Connection]:
        """A read transaction: one consistent view."""
        with _explained(self.place), self._engine.connect() as connection:
            yield connection

    @contextlib.contextmanager
    def write(self) -> Iterator[Connection]:
        """A write transaction; committed at the end, rolled back on an exception."""
        with _explained(self.place), self._writing, self._engine.connect() as connection:
            connection.execution_options(writes=True)
            with connection.begin():
                yield connection

    def close(self) -> None:
        """Close all connections."""
        self._engine.dispose()


def open_store(state: Path, database: str = "") -> Store:
    """Open (and make, or migrate) the store of a state folder.

    Args:
        state: the state folder; made with mode 0700 when missing.
        database: SQLAlchemy URL; empty means `monitor.db` in the state folder.

    Raises:
        StoreError: the folder cannot be written, the database is damaged, locked, or comes from a
            newer version of this program; says what to do.
    """
    try:
        state.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise StoreError(f"{state}: cannot make the state folder: {error.strerror}") from None
    if not os.access(state, os.W_OK | os.X_OK):
        raise StoreError(f"{state}: the state folder cannot be written; give this user the right")
    place = database or str(state / "monitor.db")
    engine = create_engine(database) if database else _sqlite(state / "monitor.db")
    try:
        with _explained(place):
            _bring_up_to_date(engine, place)
    except BaseException:
        engine.dispose()
        raise
    return Store(engine, place)


def _sqlite(path: Path) -> Engine:
    if not path.exists():
        with contextlib.suppress(OSError):
            path.touch(mode=0o600)
    options = {"timeout": _LOCK_WAIT, "check_same_thread": False}
    engine = create_engine(f"sqlite:///{path}", connect_args=options)

    @event.listens_for(engine, "connect")
    def prepare(connection: Any, _record: Any) -> None:
        connection.isolation_level = None  # we say BEGIN ourselves, below
        cursor = connection.cursor()
        cursor.execute("PRAGMA journal_mode=WAL")
        cursor.execute("PRAGMA synchronous=NORMAL")
        cursor.execute("PRAGMA foreign_keys=ON")
        cursor.close()

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        writes = connection.get_execution_options().get("writes")
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    return engine


def _bring_up_to_date(engine: Engine, place: str) -> None:
    with engine.connect() as connection:
        version = _version(connection)
        if version == HEAD:
            return
    if version and version not in _KNOWN:
        raise StoreError(
            f"{place}: made by a newer version of wire-monitor (schema {version}, this one knows "
            f"{HEAD}); upgrade wire-monitor, or name another state folder"
        )
    with engine.connect().execution_options(writes=True) as connection, connection.begin():
        if _version(connection) != HEAD:  # another process may have been quicker
            _migrate(connection)


def _version(connection: Connection) -> str:
    dialect = connection.dialect
    if not dialect.has_table(connection, "alembic_version"):
        return ""
    return str(connection.execute(text("SELECT version_num FROM alembic_version")).scalar() or "")


def _migrate(connection: Connection) -> None:
    from alembic import command  # slow to import, and needed once in the life of a schema
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", "monitor:store/migrations")
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    command.upgrade(config, HEAD)


@contextlib.contextmanager
def _explained(place: str) -> Iterator[None]:
    """Turn what the database says into one line that tells what to do."""
    try:
        yield
    except DBAPIError as error:
        raise StoreError(f"{place}: {_advice(str(error.orig))}") from error
    except SQLAlchemyError as error:
        raise StoreError(f"{place}: {error}") from error


def _advice(said: str) -> str:
    for sign, advice in (
        ("not a database", "is damaged or not ours; restore a backup, or move the file away"),
        ("malformed", "is damaged; restore a backup, or move it away and run `monitor poll` again"),
        ("locked", "another process holds the database; stop it, or try again"),
        ("disk is full", "the disk is full; make room, nothing that was stored is lost"),
        ("readonly", "cannot be written; give this user the right to the file and its folder"),
        ("unable to open", "cannot be opened; check the path and its permissions"),
        ("disk I/O", "the disk reports an error; check it, then restore a backup if needed"),
    ):
        if sign in said:
            return f"{advice} ({said})"
    return said
