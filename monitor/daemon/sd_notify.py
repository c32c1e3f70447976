"""What a daemon tells its supervisor: the sd_notify protocol (sd_notify(3)), without a library.

A message is one datagram of `KEY=value` lines to the socket that $NOTIFY_SOCKET names: a path, or
a name in the abstract namespace when it begins with "@". Without the variable nothing is said.
A message that cannot be delivered is dropped: no supervisor is worth a daemon. Nothing here blocks
for more than half a second. Every word returns whether it was taken.
"""

import os
import socket
import time
from collections.abc import Mapping
from datetime import timedelta

from monitor.text import one_line

_PATIENCE = 0.5  # seconds; the queue of a supervisor in trouble may be full


def ready(status: str = "") -> bool:
    """Say that we are started, or that a reload is over."""
    return _send("READY=1", *_status(status))


def status(text: str) -> bool:
    """Say in one line what we are doing; `systemctl status` shows it."""
    return _send(*_status(text))


def watchdog() -> bool:
    """Say that we are alive; to be said every `watchdog_interval`."""
    return _send("WATCHDOG=1")


def reloading() -> bool:
    """Say that the configuration is being read again; `ready` ends it.

    The time lets systemd tell this reload from an earlier one (systemd.service(5), notify-reload).
    """
    now = time.clock_gettime_ns(time.CLOCK_MONOTONIC) // 1000
    return _send("RELOADING=1", f"MONOTONIC_USEC={now}")


def stopping() -> bool:
    """Say that we are about to end."""
    return _send("STOPPING=1")


def watchdog_interval(environment: Mapping[str, str] = os.environ) -> timedelta | None:
    """Return how often to say `watchdog`, or None when nobody watches this process.

    That is half of $WATCHDOG_USEC, as sd_watchdog_enabled(3) advises; $WATCHDOG_PID may say that
    another process is meant.
    """
    limit = environment.get("WATCHDOG_USEC", "")
    meant = environment.get("WATCHDOG_PID", "") in ("", str(os.getpid()))
    if not (meant and limit.isdecimal() and int(limit)):
        return None
    return timedelta(microseconds=int(limit)) / 2


def _send(*assignments: str) -> bool:
    address = os.environ.get("NOTIFY_SOCKET", "")
    if not address.startswith(("/", "@")):
        return False
    name = "\0" + address[1:] if address.startswith("@") else address
    try:
        with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as channel:
            channel.settimeout(_PATIENCE)
            channel.connect(name)
            channel.sendall("\n".join(assignments).encode())
    except OSError:
        return False
    return True


def _status(text: str) -> tuple[str, ...]:
    # One line: a line break in a feed's name must not become another assignment.
    line = one_line(text)
    return (f"STATUS={line}",) if line else ()
