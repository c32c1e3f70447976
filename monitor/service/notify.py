"""What a daemon tells its supervisor: the sd_notify protocol (sd_notify(3)), without a library.

A message is one datagram of `KEY=value` lines to the socket that $NOTIFY_SOCKET names: a path, or
a name in the abstract namespace when it begins with "@". Without the variable nothing is said.
A message that cannot be delivered is dropped: no supervisor is worth a daemon. Nothing here blocks
for more than half a second.
"""

import os
import socket
import time
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from monitor.text import one_line

_PATIENCE = 0.5  # seconds; the queue of a supervisor in trouble may be full


@dataclass(frozen=True, slots=True)
class Supervisor:
    """The one who started us, if it wants to hear from us.

    Args:
        address: as $NOTIFY_SOCKET gives it; "" when nobody listens.
        watchdog: how long we may be silent before we are killed; None when nobody watches.
    """

    address: str = ""
    watchdog: timedelta | None = None

    @classmethod
    def from_environment(
        cls, environment: Mapping[str, str] = os.environ, pid: int | None = None
    ) -> "Supervisor":
        """Read $NOTIFY_SOCKET, $WATCHDOG_USEC and $WATCHDOG_PID (sd_watchdog_enabled(3)).

        Args:
            environment: the variables.
            pid: of the process that is to be watched; ours by default.
        """
        microseconds = environment.get("WATCHDOG_USEC", "")
        watched = environment.get("WATCHDOG_PID", "")
        meant = watched in ("", str(pid if pid is not None else os.getpid()))
        # isdecimal alone lets other scripts' digits through, which int() reads as well.
        limit = int(microseconds) if microseconds.isdecimal() and meant else 0
        return cls(
            address=environment.get("NOTIFY_SOCKET", ""),
            watchdog=timedelta(microseconds=limit) if limit else None,
        )

    @property
    def beat_every(self) -> timedelta | None:
        """How often to call `beat`: half the limit, as sd_watchdog_enabled(3) advises."""
        return self.watchdog / 2 if self.watchdog else None

    def ready(self, status: str = "") -> bool:
        """Say that we are started, or that a reload is over."""
        return self._send("READY=1", *_status(status))

    def status(self, text: str) -> bool:
        """Say in one line what we are doing; `systemctl status` shows it."""
        return self._send(*_status(text))

    def beat(self) -> bool:
        """Say that we are alive."""
        return self._send("WATCHDOG=1")

    def reloading(self) -> bool:
        """Say that the configuration is being read again; `ready` ends it.

        The time lets systemd tell this reload from an earlier one (systemd.service(5),
        notify-reload).
        """
        now = time.clock_gettime_ns(time.CLOCK_MONOTONIC) // 1000
        return self._send("RELOADING=1", f"MONOTONIC_USEC={now}")

    def stopping(self, status: str = "") -> bool:
        """Say that we are about to end."""
        return self._send("STOPPING=1", *_status(status))

    def _send(self, *assignments: str) -> bool:
        """Send one datagram; True when it was taken."""
        if not self.address.startswith(("/", "@")):
            return False
        name = "\0" + self.address[1:] if self.address.startswith("@") else self.address
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
