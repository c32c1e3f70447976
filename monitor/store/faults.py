"""What a database says, as one line that tells what to do."""

import contextlib
import sqlite3
from collections.abc import Iterator

from sqlalchemy.exc import DBAPIError, OperationalError, SQLAlchemyError

from monitor.errors import StoreAway, StoreBusy, StoreError, StoreRefused, StoreUnavailable
from monitor.text import one_line


@contextlib.contextmanager
def explained(place: str) -> Iterator[None]:
    """Turn what the database says into one line that tells what to do."""
    try:
        yield
    except DBAPIError as error:
        raise _kind(error)(f"{place}: {advice(str(error.orig))}") from error
    except sqlite3.Error as error:
        raise StoreError(f"{place}: {advice(str(error))}") from error
    except SQLAlchemyError as error:
        raise StoreError(f"{place}: {error}") from error


# What a server says to a client that it does not let in; libpq gives no code for it.
_REFUSED = (
    'FATAL:  database "', 'FATAL:  role "', "authentication failed", "no password supplied",
    "no pg_hba.conf entry",
)  # fmt: skip


def _kind(error: DBAPIError) -> type[StoreError]:
    """Return what an error of the database means for whoever works on it."""
    state = getattr(error.orig, "sqlstate", None) or ""
    if not isinstance(error.orig, sqlite3.Error) and isinstance(error, OperationalError):
        if any(sign in str(error.orig) for sign in _REFUSED):
            return StoreRefused
        if not state or state.startswith(("08", "57P")):
            return StoreAway
        if state in _BUSY:
            return StoreBusy
    if state in _TOO_SLOW:
        return StoreBusy
    return StoreUnavailable if _passes(error) else StoreError


# A lock that was waited for in vain, and two transactions in each other's way.
_BUSY = ("55P03", "40P01", "40001")
# A transaction that the server ended since it stood still, as on a machine that was stopped in it.
_TOO_SLOW = ("25P03", "25P04")
# PostgreSQL's classes of errors that are over when the server is well again (its appendix A).
_PASSING = ("08", "25", "40", "53", "55", "57", "58")


def _passes(error: DBAPIError) -> bool:
    """Tell whether it is the state of the database that stands in the way, not what was asked."""
    state = getattr(error.orig, "sqlstate", None) or ""
    return (
        isinstance(error, OperationalError)
        or error.connection_invalidated
        or state.startswith(_PASSING)
    )


def advice(said: str) -> str:
    for sign, advice in (
        ("not a database", "is damaged or not ours; restore a backup, or move the file away"),
        ("malformed", "is damaged; restore a backup, or move it away and run `monitor poll` again"),
        ("locked", "another process holds the database; stop it, or try again"),
        ("interrupted", "stopped; nothing was changed"),
        ("disk is full", "the disk is full; make room, nothing that was stored is lost"),
        ("No space left", "the disk is full; make room, nothing that was stored is lost"),
        ("readonly", "cannot be written; give this user the right to the file and its folder"),
        ("unable to open", "cannot be opened; check the path and its permissions"),
        (
            "read-only transaction",
            "cannot be written: a standby, or set to read only; name another",
        ),
        ("permission denied", "this user may not write there; GRANT it the rights"),
        (
            "password",
            "the server asks for another password; see ~/.pgpass, database_password_command",
        ),
        ('FATAL:  database "', "the server has no such database; createdb makes one"),
        ('FATAL:  role "', "the server knows no such user; createuser makes one"),
        ("no pg_hba.conf entry", "the server lets nobody in from here; see its pg_hba.conf"),
        ("disk I/O", "the disk reports an error; check it, then restore a backup if needed"),
    ):
        if sign in said:
            return f"{advice} ({one_line(said)})"
    return one_line(said)
