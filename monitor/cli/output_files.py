"""Files and folders that a command was told to write: what their failure means."""

import contextlib
import errno
from collections.abc import Iterator
from pathlib import Path

from monitor.errors import MonitorError, UsageError

# The disk's trouble, not that of the path: trying again may work.
_OF_THE_DISK = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO, errno.EROFS})


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
