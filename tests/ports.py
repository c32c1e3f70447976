"""Ports for programs that have to be told theirs before they start."""

import os
import socket
from itertools import count

_FIRST, _BLOCKS, _EACH = 12_000, 1_000, 20
_taken = count()


def free_port() -> int:
    """Return a port of 127.0.0.1 that nobody has, and nobody is given by chance meanwhile.

    It lies below the ports that systems give to outgoing connections and to servers without a wish
    (32768 and up on Linux, 49152 elsewhere), in a block that belongs to this process, so that two
    workers of one run do not meet.
    """
    block = _FIRST + os.getpid() % _BLOCKS * _EACH
    for _ in range(_EACH):
        port = block + next(_taken) % _EACH
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
            return port
    raise AssertionError(f"no port from {block} on is free")
