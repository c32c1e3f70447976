"""Open the database: find it, bring its schema up to date, refuse what we cannot read.

SQLite runs in WAL mode with `synchronous=NORMAL`: a killed process loses nothing that was
committed; a power cut may lose the last transactions but never leaves half of one. Every write
transaction takes the write lock at its start (`BEGIN IMMEDIATE`), so that what it read is still
true when it writes, and other processes wait for it instead of failing half-way.

Migrations of one start are one transaction: they happened or they did not, and a start that was
killed in the middle is simply repeated. Before them the database is copied to a file beside it
that is named by the schema it has, `monitor.db.schema-0001`.
"""

import contextlib
import sqlite3
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from threading import Event, Lock
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, make_url, text
from sqlalchemy.exc import DBAPIError, OperationalError, SQLAlchemyError

from monitor import atomic
from monitor.errors import StoreError, StoreUnavailable
from monitor.store import unwritable

STORE_FILE = "monitor.db"  # in the state folder
PATIENCE = 20.0  # seconds that a write waits for another thread or process
CACHE = 2000  # KiB, as SQLite has it
_LOOK = 0.25  # seconds between two looks at whether anybody of this process gets to write
_MIGRATION_LOCK = 0x77697265  # "wire": PostgreSQL's advisory locks are numbers
_STEP = 1024  # pages copied between two looks at whether to stop


@dataclass(frozen=True, slots=True)
class Schema:
    """Where the migrations lie, and their names from the first to the newest."""

    scripts: str
    versions: tuple[str, ...]

    @property
    def head(self) -> str:
        """The newest version, which this program works with."""
        return self.versions[-1]


# Written down so that a start without anything to migrate need not import Alembic; checked
# against the files by a test.
SCHEMA = Schema(
    "monitor:store/migrations", ("0001", "0002", "0003", "0004", "0005", "0006", "0007", "0008")
)
HEAD = SCHEMA.head


class Store:
    """A database with the schema of this version.

    `read()` and `write()` give a connection inside a transaction; the modules of this package are
    functions over such a connection. Threads may share a store: writes inside one process queue
    on a lock of our own, which is cheaper and fairer than SQLite's retries.
    """

    def __init__(self, engine: Engine, place: str, path: Path | None, patience: float) -> None:
        self._engine, self.place = engine, place
        self.path = path  # of the SQLite file; None when the database is elsewhere
        self._writing, self._patience = Lock(), patience
        self._in_hand = False  # somebody of this process writes
        self._wrote = time.monotonic()  # when the last of them ended

    @contextlib.contextmanager
    def read(self) -> Iterator[Connection]:
        """A read transaction: one consistent view."""
        with _explained(self.place), self._engine.connect() as connection:
            yield connection

    @contextlib.contextmanager
    def write(self) -> Iterator[Connection]:
        """A write transaction; committed at the end, rolled back on an exception."""
        self._wait_for_turn()
        try:
            with _explained(self.place), self._engine.connect() as connection:
                connection.execution_options(writes=True)
                with connection.begin():
                    self._in_hand = True
                    yield connection
        finally:
            if self._in_hand:
                self._in_hand, self._wrote = False, time.monotonic()
            self._writing.release()

    def _wait_for_turn(self) -> None:
        """Wait while others of this process write, however long that takes.

        When none of them gets to it, all who wait give up together: in turns, a lock held
        elsewhere would cost each its wait.
        """
        began = time.monotonic()
        while not self._writing.acquire(timeout=min(_LOOK, self._patience)):
            idle = time.monotonic() - max(began, self._wrote)
            if not self._in_hand and idle >= self._patience:
                raise StoreUnavailable(f"{self.place}: {_advice('database is locked')}")

    def shrink(self) -> None:
        """Give room that is no longer needed back to the disk."""
        if self.path is None:
            return  # a server does so by itself
        with (
            _explained(self.place),
            self._writing,
            contextlib.closing(sqlite3.connect(self.path, timeout=self._patience)) as alone,
        ):
            alone.execute("VACUUM")
            alone.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def close(self) -> None:
        """Close all connections."""
        self._engine.dispose()


def open_store(
    state: Path,
    database: str = "",
    *,
    patience: float = PATIENCE,
    cache: int = CACHE,
    stop: Event | None = None,
    schema: Schema = SCHEMA,
) -> Store:
    """Open (and make, or migrate) the store of a state folder.

    A SQLite file that is there and cannot be written is opened for reading; every write then raises
    StoreUnavailable.

    Args:
        state: the state folder; made with mode 0700 when missing.
        database: SQLAlchemy URL; empty means `monitor.db` in the state folder.
        patience: seconds that a write waits for another thread or process.
        cache: KiB of the database that each connection to SQLite keeps in memory.
        stop: set by another thread to give up a migration, which leaves everything as it was.
        schema: what to migrate to.

    Raises:
        StoreError: nothing can be written or read there, the database is damaged, locked, or comes
            from a newer version of this program, or the migration was stopped; says what to do.
    """
    try:
        state.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise StoreError(f"{state}: cannot make the state folder: {error.strerror}") from None
    path = None if database else state / STORE_FILE
    place = database_label(database) if path is None else str(path)
    if path is not None and not unwritable.can_be_written(state, path):
        return _open_for_reading(path, patience, cache, schema)
    engine = create_engine(database) if path is None else _sqlite(path, patience, cache)
    try:
        with _explained(place):
            _bring_up_to_date(engine, place, path, stop or Event(), schema)
    except BaseException:
        engine.dispose()
        raise
    return Store(engine, place, path, patience)


def _open_for_reading(path: Path, patience: float, cache: int, schema: Schema) -> Store:
    with _explained(str(path)):
        engine = unwritable.reading_engine(path, patience, cache)
        try:
            with engine.connect() as connection:
                version = _version(connection)
            unwritable.check_version(str(path), version, schema.head)
        except BaseException:
            engine.dispose()
            raise
    return Store(engine, str(path), path, patience)


def database_label(database: str) -> str:
    """Return a database URL as it may be shown, without its password."""
    try:
        return make_url(database).render_as_string(hide_password=True)
    except SQLAlchemyError:
        return "database"


def _sqlite(path: Path, patience: float, cache: int) -> Engine:
    # The files that SQLite puts beside it (-wal, -shm) take the mode of this one.
    with contextlib.suppress(OSError):
        path.touch(mode=0o600)
        path.chmod(0o600)
    options = {"timeout": patience, "check_same_thread": False}
    engine = create_engine(f"sqlite:///{path}", connect_args=options)

    @event.listens_for(engine, "connect")
    def prepare(connection: Any, _record: Any) -> None:
        connection.isolation_level = None  # we say BEGIN ourselves, below
        cursor = connection.cursor()
        cursor.execute("PRAGMA journal_mode=WAL")
        cursor.execute("PRAGMA synchronous=NORMAL")
        cursor.execute(f"PRAGMA cache_size=-{cache}")
        cursor.execute("PRAGMA foreign_keys=ON")
        cursor.close()

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        writes = connection.get_execution_options().get("writes")
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    return engine


def _bring_up_to_date(
    engine: Engine, place: str, path: Path | None, stop: Event, schema: Schema
) -> None:
    with engine.connect() as connection:
        version = _version(connection)
    if version == schema.head:
        return
    if version and version not in schema.versions:
        raise StoreError(
            f"{place}: made by a newer version of wire-monitor (schema {version}, this one knows "
            f"{schema.head}); upgrade wire-monitor, or name another state folder"
        )
    if version and path is not None:
        _keep_copy(path, path.with_name(f"{path.name}.schema-{version}"), stop)
    with engine.connect().execution_options(writes=True) as connection, connection.begin():
        _alone(connection)
        if _version(connection) != schema.head:  # another process may have been quicker
            with _stoppable(connection, stop):
                _migrate(connection, schema)


def _alone(connection: Connection) -> None:
    """Wait until nobody else migrates; SQLite's write transaction has seen to that already.

    The lock ends with the transaction, so that it holds behind a pooler, too.
    """
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _MIGRATION_LOCK})


def _version(connection: Connection) -> str:
    dialect = connection.dialect
    if not dialect.has_table(connection, "alembic_version"):
        return ""
    return str(connection.execute(text("SELECT version_num FROM alembic_version")).scalar() or "")


def _migrate(connection: Connection, schema: Schema) -> None:
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
    def look(_done: int, _total: int) -> None:
        if stop.is_set():
            raise StoreError(f"{path}: stopped before its migration; nothing was changed")

    copy_database(path, target, look)


def is_store(path: Path) -> bool:
    """Whether a file is a store of this program, or nothing yet."""
    if path.stat().st_size == 0:
        return True
    try:
        uri = unwritable.reading_uri(path)
        with contextlib.closing(sqlite3.connect(uri, uri=True)) as db:
            names = {name for (name,) in db.execute("SELECT name FROM sqlite_schema")}
    except (sqlite3.Error, StoreError):
        return False
    return {"feed", "entry", "article", "outbox"} <= names


def copy_database(path: Path, target: Path, progress: Callable[[int, int], None]) -> None:
    """Copy a SQLite database that may be in use; `target` is there whole, or as it was before.

    Args:
        progress: called with (pages done, of how many); what it raises ends the copy.

    Raises:
        StoreError: the copy cannot be read back, or the target cannot be written.
    """
    try:
        with atomic.replacing(target, mode=0o600) as part, _explained(str(target)):
            try:
                _copy(path, part, progress)
            finally:
                for ending in ("-wal", "-shm", "-journal"):
                    part.with_name(part.name + ending).unlink(missing_ok=True)
    except OSError as error:
        raise StoreError(f"{target}: {_advice(str(error.strerror))}") from error


def _copy(path: Path, part: Path, progress: Callable[[int, int], None]) -> None:
    with (
        contextlib.closing(_reader(path)) as source,
        contextlib.closing(sqlite3.connect(part)) as copy,
    ):
        # One read transaction around it all: without it SQLite begins the copy anew whenever
        # somebody writes, which under a busy daemon may be for ever.
        source.isolation_level = None
        source.execute("BEGIN")
        source.execute("SELECT count(*) FROM sqlite_schema").fetchone()

        def show(_status: int, left: int, total: int) -> None:
            progress(total - left, total)

        source.backup(copy, pages=_STEP, progress=show, sleep=0.0)
        source.execute("ROLLBACK")
        copy.execute("PRAGMA journal_mode=DELETE")  # one file, that can be moved about
        said = str(copy.execute("PRAGMA quick_check(1)").fetchone()[0])
        if said != "ok":
            raise StoreError(f"{path}: the copy cannot be trusted ({said}); see `monitor db check`")


def _reader(path: Path) -> sqlite3.Connection:
    if unwritable.can_be_written(path.parent, path):
        return sqlite3.connect(path, timeout=PATIENCE)
    return sqlite3.connect(unwritable.reading_uri(path), uri=True, timeout=PATIENCE)


@contextlib.contextmanager
def _explained(place: str) -> Iterator[None]:
    """Turn what the database says into one line that tells what to do."""
    try:
        yield
    except DBAPIError as error:
        kind = StoreUnavailable if isinstance(error, OperationalError) else StoreError
        raise kind(f"{place}: {_advice(str(error.orig))}") from error
    except sqlite3.Error as error:
        raise StoreError(f"{place}: {_advice(str(error))}") from error
    except SQLAlchemyError as error:
        raise StoreError(f"{place}: {error}") from error


def _advice(said: str) -> str:
    for sign, advice in (
        ("not a database", "is damaged or not ours; restore a backup, or move the file away"),
        ("malformed", "is damaged; restore a backup, or move it away and run `monitor poll` again"),
        ("locked", "another process holds the database; stop it, or try again"),
        ("interrupted", "stopped; nothing was changed"),
        ("disk is full", "the disk is full; make room, nothing that was stored is lost"),
        ("No space left", "the disk is full; make room, nothing that was stored is lost"),
        ("readonly", "cannot be written; give this user the right to the file and its folder"),
        ("unable to open", "cannot be opened; check the path and its permissions"),
        ("disk I/O", "the disk reports an error; check it, then restore a backup if needed"),
    ):
        if sign in said:
            return f"{advice} ({said})"
    return said
