"""Files in the state folder belong to whom the folder belongs, whoever makes them.

A command that root runs before the first start of a service would otherwise leave a database there
that the service cannot open. SQLite itself does so with the files that it puts beside a database.
"""

import os
from contextlib import suppress
from pathlib import Path


def make_folder(path: Path) -> None:
    """Make a state folder with mode 0700, and its parents, where they are missing; raises OSError.

    What root makes belongs to whom the first folder belongs that was there.
    """
    missing = [one for one in (path, *path.parents) if not one.exists()]
    path.mkdir(mode=0o700, parents=True, exist_ok=True)
    for one in reversed(missing):
        give_away(one)


def give_away(path: Path) -> None:
    """Let what root has just made belong to whom its folder belongs, where root has that right."""
    if os.geteuid() == 0:
        folder = path.absolute().parent.stat()
        with suppress(PermissionError):  # a container may have taken it
            os.chown(path, folder.st_uid, folder.st_gid)
