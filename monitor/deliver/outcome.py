"""What became of one attempt to send."""

import errno
from datetime import timedelta
from pathlib import Path
from typing import Literal

from msgspec import Struct

# Faults of a path that stay until somebody changes something; a full disk or a share that is away
# may pass.
_LASTING = {
    errno.EACCES,
    errno.EPERM,
    errno.EROFS,
    errno.EEXIST,
    errno.EISDIR,
    errno.ENOTDIR,
    errno.ENAMETOOLONG,
    errno.EINVAL,
}


class Outcome(Struct, frozen=True):
    """The end of one attempt.

    "sent": the other side took it. "retry": it may pass, try again. "parked": trying again is of no
    use until somebody has changed something; `why` says what.
    """

    state: Literal["sent", "retry", "parked"]
    why: str = ""
    retry_after: timedelta | None = None  # what the other side asked for
    patience: timedelta | None = None  # after so long it is of no use; None: as for any fault
    of_server: bool = False  # it let nobody in, so whatever else it is to take fares alike


def sent() -> Outcome:
    """The other side took it."""
    return Outcome("sent")


def retry(why: str, retry_after: timedelta | None = None) -> Outcome:
    """It may pass."""
    return Outcome("retry", why, retry_after)


def retry_for(patience: timedelta, why: str) -> Outcome:
    """It may pass, but most often somebody has to change something."""
    return Outcome("retry", why, patience=patience)


def parked(why: str) -> Outcome:
    """Somebody has to change something."""
    return Outcome("parked", why)


def unwritten(path: Path, error: OSError) -> Outcome:
    """A file or folder could not be written."""
    why = f"{error.filename or path}: {error.strerror or error}"
    return parked(why) if error.errno in _LASTING else retry(why)
