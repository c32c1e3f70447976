"""The open store: read and write transactions.

Every write transaction on SQLite takes the write lock at its start (`BEGIN IMMEDIATE`), so that
what it read is still true when it writes, and other processes wait for it instead of failing
half-way. A *fenced* store looks at the start of each whether its machine still counts (`machines`).
"""

import contextlib
import sqlite3
import stat
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Event, Lock

from sqlalchemy import Connection, Engine

from monitor import state_files
from monitor.errors import StoreError, StoreUnavailable
from monitor.store import unwritable
from monitor.store.engine import (
    CACHE,
    PATIENCE,
    database_label,
    limit_waiting,
    server_engine,
    sqlite_engine,
)
from monitor.store.faults import advice, explained
from monitor.store.migration import SCHEMA, Schema, bring_up_to_date, version_of
from monitor.store.whose import DESK

STORE_FILE = "monitor.db"  # in the state folder
_LOOK = 0.25  # seconds between two looks at whether anybody of this process gets to write


Fence = Callable[[Connection], None]  # raises StoreError: this transaction must not be


def _open(_db: Connection) -> None:
    pass


class WriteQueue:
    """The threads of a process that write, one at a time.

    Args:
        patience: seconds to wait for a lock that is held elsewhere.
    """

    def __init__(self, patience: float) -> None:
        self.patience = patience
        self._writing = Lock()
        self._in_hand = False  # somebody of this process writes
        self._wrote = time.monotonic()  # when the last of them ended

    @contextlib.contextmanager
    def turn(self, place: str) -> Iterator[Callable[[], None]]:
        """Wait while others of this process write, however long that takes.

        When none of them gets to it, all who wait give up together: in turns, a lock held
        elsewhere would cost each its wait. The block calls what it is given once it writes.

        Raises:
            StoreUnavailable: they gave up.
        """
        began = time.monotonic()
        while not self._writing.acquire(timeout=min(_LOOK, self.patience)):
            idle = time.monotonic() - max(began, self._wrote)
            if not self._in_hand and idle >= self.patience:
                raise StoreUnavailable(f"{place}: {advice('database is locked')}")
        try:
            yield self._begun
        finally:
            if self._in_hand:
                self._in_hand, self._wrote = False, time.monotonic()
            self._writing.release()

    def _begun(self) -> None:
        self._in_hand = True


class Store:
    """A database with the schema of this version.

    `read()` and `write()` give a connection inside a transaction; the modules of this package are
    functions over such a connection. Threads may share a store: writes inside one process queue
    on a lock of our own, which is cheaper and fairer than SQLite's retries.

    Attributes:
        path: of the SQLite file; None when the database is elsewhere.
        desk: whose flags, digests, marks and messages are seen and written through it.
    """

    def __init__(
        self,
        engine: Engine,
        place: str,
        path: Path | None,
        queue: WriteQueue,
        fence: Fence = _open,
        desk: str = "",
    ) -> None:
        self._engine, self.place = engine, place
        self.path, self.desk = path, desk
        self._queue, self._fence = queue, fence
        self._reads = {DESK: desk} if desk else {}
        self._writes = {"writes": True, **self._reads}

    def fenced(self, fence: Fence) -> "Store":
        """Return the same store, where each write transaction begins with this check."""
        return Store(self._engine, self.place, self.path, self._queue, fence, self.desk)

    def for_desk(self, desk: str) -> "Store":
        """Return the same store as a desk sees it."""
        return Store(self._engine, self.place, self.path, self._queue, self._fence, desk)

    def called(self, place: str) -> "Store":
        """Return the same store under another name, as one without a file."""
        return Store(self._engine, place, None, self._queue, self._fence, self.desk)

    @contextlib.contextmanager
    def read(self) -> Iterator[Connection]:
        """A read transaction: one consistent view."""
        with explained(self.place), self._engine.connect() as connection:
            if self._reads:
                connection.execution_options(**self._reads)
            yield connection

    @contextlib.contextmanager
    def write(self, *, fenced: bool = True) -> Iterator[Connection]:
        """A write transaction; committed at the end, rolled back on an exception.

        Args:
            fenced: False for what is true whoever says it, such as that a message was sent.
        """
        with (
            self._queue.turn(self.place) as begun,
            explained(self.place),
            self._engine.connect().execution_options(**self._writes) as connection,
            connection.begin(),
        ):
            begun()
            limit_waiting(connection, self._queue.patience)
            if fenced:
                self._fence(connection)
            yield connection

    def shrink(self) -> None:
        """Give room that is no longer needed back to the disk."""
        if self.path is None:
            return  # a server does so by itself
        with (
            explained(self.place),
            self._queue.turn(self.place),
            contextlib.closing(sqlite3.connect(self.path, timeout=self._queue.patience)) as alone,
        ):
            alone.execute("VACUUM")
            alone.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def renew_connections(self) -> None:
        """Let whatever comes next be done over new connections to a server."""
        if self.path is None:
            self._engine.dispose()

    def close(self) -> None:
        """Close all connections."""
        self._engine.dispose()


def is_there(state: Path) -> bool:
    """Tell whether a state folder holds a store already.

    Raises:
        StoreError: something else is there, or nobody can tell.
    """
    file = state / STORE_FILE
    try:
        if not stat.S_ISREG(file.stat().st_mode):
            raise StoreError(f"{file}: is no file; move it away, or name another state folder")
    except FileNotFoundError:
        return False
    except NotADirectoryError:
        raise StoreError(f"{state}: is no folder; name one with --state") from None
    except OSError as error:
        what = f"{file}: cannot be read: {error.strerror}"
        raise StoreError(f"{what}; give this user the right to the folder") from None
    return True


def open_store(
    state: Path,
    database: str = "",
    *,
    patience: float = PATIENCE,
    cache: int = CACHE,
    stop: Event | None = None,
    schema: Schema = SCHEMA,
    password: Callable[[], str] | None = None,
    takes_over: bool = False,
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
        password: of a database server, when it is not in the URL or in ~/.pgpass.
        takes_over: whether a server's database is migrated also beside daemons of an older version,
            which end then; without it StoreBusy is raised.

    Raises:
        StoreError: nothing can be written or read there, the database is damaged, locked, or comes
            from a newer version of this program, or the migration was stopped; says what to do.
    """
    try:
        state_files.make_folder(state)
    except OSError as error:
        raise StoreError(f"{state}: cannot make the state folder: {error.strerror}") from None
    path = None if database else state / STORE_FILE
    place = database_label(database) if path is None else str(path)
    if path is not None and not unwritable.can_be_written(state, path):
        return _open_for_reading(path, patience, cache, schema)
    if path is None:
        engine = server_engine(database, password)
    else:
        engine = sqlite_engine(path, patience, cache)
    try:
        with explained(place):
            bring_up_to_date(engine, place, path, stop or Event(), schema, takes_over=takes_over)
    except BaseException:
        engine.dispose()
        raise
    return Store(engine, place, path, WriteQueue(patience))


@contextlib.contextmanager
def no_store(state: Path) -> Iterator[Store]:
    """Give an empty store that is gone with the block: for who reads where there is none yet."""
    with tempfile.TemporaryDirectory(prefix="monitor-") as folder:
        empty = open_store(Path(folder))
        try:
            yield empty.called(f"{state / STORE_FILE}, not there yet")
        finally:
            empty.close()


def _open_for_reading(path: Path, patience: float, cache: int, schema: Schema) -> Store:
    with explained(str(path)):
        engine = unwritable.reading_engine(path, patience, cache)
        try:
            with engine.connect() as connection:
                version = version_of(connection)
            unwritable.check_version(str(path), version, schema.head)
        except BaseException:
            engine.dispose()
            raise
    return Store(engine, str(path), path, WriteQueue(patience))
