"""One daemon a state folder: a lock that the kernel frees when its holder dies, however it dies."""

import contextlib
import fcntl
import json
import os
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

from monitor.errors import AlreadyRunning, StoreError

_NAME = "daemon.lock"


@contextlib.contextmanager
def hold(state: Path, now: datetime) -> Iterator[None]:
    """Hold the lock of a state folder; the file says who holds it, for `monitor status`.

    Raises:
        AlreadyRunning: another process holds it; says which.
        StoreError: the folder cannot be written.
    """
    path = state / _NAME
    try:
        state.mkdir(mode=0o700, parents=True, exist_ok=True)
        handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    except OSError as error:
        raise StoreError(f"{path}: cannot be written: {error.strerror}") from None
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            who = _read(path)
            said = f" (pid {who['pid']}, since {who['since']})" if who else ""
            raise AlreadyRunning(
                f"{state}: a daemon is already running here{said}; stop it, or give this one "
                "another state folder with --state"
            ) from None
        os.ftruncate(handle, 0)
        who = {"pid": os.getpid(), "since": now.isoformat(timespec="seconds")}
        os.pwrite(handle, json.dumps(who).encode(), 0)
        yield
    finally:
        os.close(handle)  # the file stays: removing it would race with the next holder


def holder(state: Path) -> dict[str, Any] | None:
    """Return {"pid", "since"} of the daemon that runs on a state folder, or None."""
    path = state / _NAME
    try:
        handle = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
    except OSError:
        return None
    try:
        fcntl.flock(handle, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return _read(path) or {"pid": 0, "since": "?"}
    finally:
        os.close(handle)
    return None


def _read(path: Path) -> dict[str, Any] | None:
    with contextlib.suppress(OSError, ValueError):
        found = json.loads(path.read_text())
        if isinstance(found, dict) and {"pid", "since"} <= found.keys():
            return found
    return None
