"""Files and folders that a command was told to write: what their failure means."""

import contextlib
import errno
from collections.abc import Iterator
from pathlib import Path
from typing import TextIO

from monitor.errors import MonitorError, UsageError

# The disk's trouble, not that of the path: trying again may work.
_OF_THE_DISK = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO, errno.EROFS})


_SQLITE = b"SQLite format 3\0"  # https://www.sqlite.org/fileformat.html#the_database_header


class NotWritten(MonitorError):
    """A disk is full, read-only or broken."""


def is_of_the_disk(error: OSError) -> bool:
    """Tell whether it is the disk that failed, and not a path that cannot be."""
    return error.errno in _OF_THE_DISK


@contextlib.contextmanager
def writing(path: Path, hint: str = "") -> Iterator[None]:
    """Tell in one line that a file or folder cannot be written.

    Args:
        path: as it is told; with a folder, what in it could not be written.
        hint: what to do where this user may not write there.

    Raises:
        NotWritten: the disk failed (exit code 1).
        UsageError: there can be no such file, or not for this user (2).
    """
    try:
        yield
    except OSError as error:
        kind = NotWritten if is_of_the_disk(error) else UsageError
        more = hint if isinstance(error, PermissionError) else ""
        raise kind(f"{path}: cannot be written: {error.strerror or error}{more}") from None


@contextlib.contextmanager
def new_file(path: Path) -> Iterator[TextIO]:
    """Give a UTF-8 text file that takes the place of `path` once it is whole.

    What a slip of the fingers would cost a desk for good is not replaced: its database, and
    whatever is TOML (its configuration and rules), since nothing that is written here is either.
    A pipe or device is written as it is.

    Raises:
        NotWritten, UsageError: as of `writing`; UsageError: there is a database or TOML.
    """
    from monitor import atomic  # every command loads this file

    with writing(path):
        if path.exists() and not path.is_file():
            with path.open("w", encoding="utf-8", newline="") as stream:
                yield stream
            return
        if what := _not_to_be_lost(path):
            raise UsageError(f"{path} is {what}, which takes no output; name another file")
        with atomic.replacing(path) as part, part.open("w", encoding="utf-8", newline="") as file:
            yield file


def _not_to_be_lost(path: Path) -> str:
    if not path.exists():
        return ""
    with path.open("rb") as there:
        if there.read(len(_SQLITE)) == _SQLITE:
            return "a database"
    return "a TOML file" if path.resolve().suffix.lower() == ".toml" else ""
