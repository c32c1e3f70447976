"""Maildirs: a reader sees the whole of a message or nothing of it, and never two.

A message's file name comes from its Message-ID: the same message written again finds itself, even
after a mail client has moved it to `cur` and set flags.
"""

import hashlib
import socket
from pathlib import Path

from monitor import atomic
from monitor.deliver.outgoing import Outgoing


def write_maildir(folder: Path, outgoing: Outgoing, content: bytes) -> None:
    """Deliver `content` into a maildir, unless that message is there already.

    Raises:
        OSError: it cannot be written.
    """
    for name in ("tmp", "new", "cur"):
        (folder / name).mkdir(mode=0o700, parents=True, exist_ok=True)
    key = hashlib.sha256(outgoing.message_id.encode()).hexdigest()[:32]
    stamp = int(outgoing.created_at.timestamp())
    host = socket.gethostname().replace("/", "\\057").replace(":", "\\072")
    name = f"{stamp}.M{key}.{host}"
    if not (folder / "new" / name).exists() and not any((folder / "cur").glob(f"*.M{key}.*")):
        atomic.write(folder / "new" / name, content, through=folder / "tmp")
