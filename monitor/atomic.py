"""Writing a file so that a reader sees the whole of it or what was there before, never a half.

The content goes into a file beside its place, is flushed to the disk and moved there in one step,
so that a crash, a full disk or a lost power supply leaves the old file.
"""

import errno
import os
import secrets
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

_LONGEST_NAME = 200  # bytes; most file systems allow 255


@contextmanager
def replacing(
    path: Path, *, mode: int = 0o644, through: Path | None = None, flush: bool = True
) -> Iterator[Path]:
    """Give an empty file to write in, which takes the place of `path` when the block ends well.

    Args:
        path: what is replaced; where it is a symbolic link, what it points to.
        mode: permissions of a file that was not there before, less the umask.
        through: folder on the same disk to write in; None: that of `path`.
        flush: wait until the disk has it; without, a lost power supply may leave an empty file.

    Raises:
        OSError: it cannot be written; what was there before is still there.
    """
    path = Path(os.path.realpath(path))
    name = os.fsdecode(os.fsencode(path.name)[:_LONGEST_NAME])
    # By chance: threads, and containers that share the folder, have one number of a process.
    part = (through or path.parent) / f".{name}.{secrets.token_hex(8)}.part"
    with suppress(FileNotFoundError):
        there = path.stat().st_mode
        if not stat.S_ISREG(there):
            raise OSError(errno.EINVAL, "is no regular file", str(path))
        mode = stat.S_IMODE(there)
    try:
        os.close(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, mode))
        yield part
        if flush:
            _flush(part)
        os.replace(part, path)
    except BaseException:
        with suppress(OSError):
            part.unlink()
        raise
    if flush:
        _flush(path.parent)  # without this the new name itself may be lost with the power


def write(
    path: Path,
    content: bytes,
    *,
    mode: int = 0o644,
    through: Path | None = None,
    flush: bool = True,
) -> None:
    """Put `content` at `path` in one step; arguments and errors as for `replacing`."""
    with replacing(path, mode=mode, through=through, flush=flush) as part:
        part.write_bytes(content)


def _flush(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
