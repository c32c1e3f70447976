"""Copies of a SQLite database that may be in use."""

import contextlib
import sqlite3
from collections.abc import Callable
from pathlib import Path

from monitor import atomic
from monitor.errors import StoreError
from monitor.store import unwritable
from monitor.store.engine import PATIENCE
from monitor.store.faults import advice, explained

_STEP = 1024  # pages copied between two looks at whether to stop


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
        with atomic.replacing(target, mode=0o600) as part, explained(str(target)):
            try:
                _copy(path, part, progress)
            finally:
                for ending in ("-wal", "-shm", "-journal"):
                    part.with_name(part.name + ending).unlink(missing_ok=True)
    except OSError as error:
        raise StoreError(f"{target}: {advice(str(error.strerror))}") from error


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
