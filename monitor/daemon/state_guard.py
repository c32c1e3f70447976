"""Whether the state folder and the database are still those that the daemon began with.

A folder that was removed, or a backup that was restored, under a running daemon would take its
writes into files that nobody finds any more, or by halves.
"""

from pathlib import Path

from monitor.errors import StoreError
from monitor.lock import Lock


class Premises:
    """What a daemon works on.

    Args:
        state: the state folder.
        database: the SQLite file; None when the database is elsewhere.
    """

    def __init__(self, state: Path, database: Path | None) -> None:
        self._state, self._database = state, database
        self._begun_with = _identity(database)

    def fault(self, held: Lock) -> StoreError | None:
        """Return why the daemon has to end, or None."""
        if held.is_in_place() and _identity(self._database) == self._begun_with:
            return None
        return StoreError(
            f"{self._state}: the state folder, or the database in it, was removed or replaced "
            "while the daemon ran, which therefore ends; the next start works with what is "
            "there then (`monitor db backup` makes copies to restore)"
        )


def _identity(path: Path | None) -> tuple[int, int] | None:
    """Return what tells a file from another that took its place; None when there is none."""
    if path is None:
        return None
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino
