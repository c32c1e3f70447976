"""A database that cannot be written, opened for reading: a snapshot, a folder of somebody else's.

SQLite reads a database in WAL mode where the files beside it are there, or where it is told that
nothing changes (https://sqlite.org/wal.html#read_only_databases).
"""

import logging
import os
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, create_engine, event

from monitor.errors import StoreError

log = logging.getLogger(__name__)


def can_be_written(state: Path, path: Path) -> bool:
    """Return whether a database and the files that SQLite puts beside it can be written.

    Raises:
        StoreError: they cannot, and there is no database to be read either.
    """
    if os.access(state, os.W_OK | os.X_OK):
        return not path.exists() or os.access(path, os.W_OK)
    if os.access(path, os.F_OK):
        return False
    raise StoreError(f"{state}: the state folder cannot be written; give this user the right")


def reading_uri(path: Path) -> str:
    """Return the SQLite URI under which a database can be read that is not to be written.

    Raises:
        StoreError: it holds less than was written, and what is beside it cannot be read.
    """
    uri = f"{path.absolute().as_uri()}?mode=ro"
    log_file, index = (path.with_name(path.name + ending) for ending in ("-wal", "-shm"))
    if not log_file.exists() or log_file.stat().st_size == 0:
        return uri + "&immutable=1"  # nobody writes it: there is nothing to be read but itself
    if os.access(path.parent, os.W_OK) or index.exists():
        return uri
    raise StoreError(
        f"{log_file}: holds what the database has not taken in yet, which cannot be read in a "
        "folder that cannot be written; copy the folder and name the copy with --state"
    )


def reading_engine(path: Path, patience: float, cache: int) -> Engine:
    """Return an engine that only reads; arguments as of `open_store`, raises StoreError."""
    log.info("%s: cannot be written; it is only read", path)
    options = {"timeout": patience, "check_same_thread": False}
    engine = create_engine(f"sqlite:///{reading_uri(path)}&uri=true", connect_args=options)

    @event.listens_for(engine, "connect")
    def prepare(connection: Any, _record: Any) -> None:
        connection.execute(f"PRAGMA cache_size=-{cache}")

    return engine


def check_version(place: str, version: str, head: str) -> None:
    """Raise StoreError unless the schema of a database that cannot be written is this program's."""
    if version != head:
        what = f"has schema {version}" if version else "is no store of ours"
        raise StoreError(
            f"{place}: {what} (this wire-monitor has {head}), and cannot be brought up to date "
            "where it cannot be written; give this user the right, or copy the folder and name "
            "the copy with --state"
        )
