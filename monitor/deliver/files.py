"""Files and maildirs. A reader sees the whole of a message or nothing of it, and never two.

A file is written beside its place, flushed to the disk and moved there, so a crash or a full disk
leaves the old one. In a maildir the file's name comes from the Message-ID: the same message written
again finds itself, even after a mail client has moved it to `cur` and set flags.
"""

import hashlib
import os
import socket
from contextlib import suppress
from pathlib import Path

from monitor.deliver.outgoing import Outgoing

_MODE = 0o644


def write_file(path: Path, content: bytes) -> None:
    """Put `content` at `path` in one step, making its folders.

    Raises:
        OSError: it cannot be written; what was there before is still there.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f".{path.name[:200]}.{os.getpid()}.part")
    try:
        _write(part, content)
        os.replace(part, path)
    except OSError:
        with suppress(OSError):
            part.unlink()
        raise
    _flush_folder(path.parent)


def write_maildir(folder: Path, outgoing: Outgoing, content: bytes) -> bool:
    """Deliver `content` into a maildir; return False if that message is there already.

    Raises:
        OSError: it cannot be written.
    """
    for name in ("tmp", "new", "cur"):
        (folder / name).mkdir(mode=0o700, parents=True, exist_ok=True)
    key = hashlib.sha256(outgoing.message_id.encode()).hexdigest()[:32]
    stamp = int(outgoing.created_at.timestamp())
    host = socket.gethostname().replace("/", "\\057").replace(":", "\\072")
    name = f"{stamp}.M{key}.{host}"
    if (folder / "new" / name).exists() or any((folder / "cur").glob(f"*.M{key}.*")):
        return False
    part = folder / "tmp" / name
    try:
        _write(part, content)
        os.replace(part, folder / "new" / name)
    except OSError:
        with suppress(OSError):
            part.unlink()
        raise
    _flush_folder(folder / "new")
    return True


def _write(path: Path, content: bytes) -> None:
    with open(path, "wb", opener=lambda name, flags: os.open(name, flags, _MODE)) as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def _flush_folder(folder: Path) -> None:
    # Without this the new name itself may be lost with the power.
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
