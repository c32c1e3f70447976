"""One monitor at work on a state folder: a lock that the kernel frees however its holder dies.

The daemon holds it, and so does a poll by hand: two that read the same feeds at once would ask
every server twice and could not see each other's newest stories.
"""

import contextlib
import errno
import fcntl
import json
import os
import time
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from msgspec import Struct

from monitor import state_files
from monitor.errors import AlreadyRunning, StoreError

_NAME = "daemon.lock"
_TRIES = 60
_PAUSE = 0.05  # seconds; `holder` asks by taking the lock for a moment


class Holder(Struct, frozen=True):
    """The monitor at work on a state folder: its process, and since when (ISO 8601, or "?")."""

    pid: int
    since: str


class Lock(Struct, frozen=True):
    """A lock that is held."""

    path: Path
    handle: int

    def is_in_place(self) -> bool:
        """Tell whether the file that we hold is still the one that others would find."""
        try:
            here, ours = os.stat(self.path), os.fstat(self.handle)
        except OSError:
            return False
        return (here.st_dev, here.st_ino) == (ours.st_dev, ours.st_ino)


@contextlib.contextmanager
def hold(state: Path, now: datetime) -> Iterator[Lock]:
    """Hold the lock of a state folder; the file says who holds it, for `monitor status`.

    Raises:
        AlreadyRunning: another process holds it; says which.
        StoreError: the folder cannot be written.
    """
    path = state / _NAME
    try:
        state_files.make_folder(state)
        new = not path.exists()
        handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        if new:
            state_files.give_away(path)
    except (FileExistsError, NotADirectoryError):
        raise StoreError(f"{state}: is no folder; name one with --state") from None
    except OSError as error:
        raise StoreError(f"{path}: cannot be written: {_why(error)}") from None
    try:
        if not _take(handle, path):
            who = _read(path)
            said = f" (pid {who.pid}, since {who.since})" if who else ""
            raise AlreadyRunning(
                f"{state}: another monitor is at work here{said}; a daemon polls by itself; stop "
                "it, or give this one another state folder with --state"
            )
        with contextlib.suppress(OSError):  # on a full disk the lock holds all the same
            os.ftruncate(handle, 0)
            mine = {"pid": os.getpid(), "since": now.isoformat(timespec="seconds")}
            os.pwrite(handle, json.dumps(mine).encode(), 0)
        yield Lock(path, handle)
    finally:
        os.close(handle)  # the file stays: removing it would race with the next holder


def _why(error: OSError) -> str:
    right = "; give this user the right to the folder" if error.errno == errno.EACCES else ""
    return f"{error.strerror}{right}"


def _take(handle: int, path: Path) -> bool:
    for _ in range(_TRIES):
        with contextlib.suppress(BlockingIOError):
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return True
        if _is_other(_read(path)):
            return False
        time.sleep(_PAUSE)
    return False


def _is_other(who: Holder | None) -> bool:
    """Tell whether a living process other than ours is named; in a container all may be pid 1."""
    if who is None or who.pid == os.getpid():
        return False
    try:
        os.kill(who.pid, 0)
    except PermissionError:
        return True
    except (OSError, TypeError, OverflowError):
        return False
    return True


def holder(state: Path) -> Holder | None:
    """Return the monitor at work on a state folder, or None; its pid is 0 when it does not say.

    Raises:
        StoreError: nobody can tell.
    """
    path = state / _NAME
    try:
        handle = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError as error:
        raise StoreError(f"{path}: cannot be read: {_why(error)}") from None
    try:
        fcntl.flock(handle, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return _said(path) or Holder(0, "?")
    finally:
        os.close(handle)
    return None


def _said(path: Path) -> Holder | None:
    """Return who holds a lock, who may just be about to write it down."""
    for _ in range(_TRIES // 3):
        if found := _read(path):
            return found
        time.sleep(_PAUSE)
    return None


def _read(path: Path) -> Holder | None:
    with contextlib.suppress(OSError, ValueError):
        found = json.loads(path.read_text())
        if isinstance(found, dict) and {"pid", "since"} <= found.keys():
            return Holder(found["pid"], found["since"])
    return None
