"""One life of the daemon: started, waited for, killed."""

import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

from tests.benchmarks.processes import descendants, ticks_used

COMMAND = (sys.executable, "-m", "monitor")


def installed() -> dict[str, str]:
    """Return an environment in which the program starts as one that was installed: compiled."""
    return {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}


class Run:
    """One life of the daemon."""

    def __init__(self, folder: Path, log: Path) -> None:
        self.begun = time.monotonic()
        self.ready_after: float | None = None
        self._log = log.open("ab")
        self.process = subprocess.Popen(
            [*COMMAND, "run"],
            cwd=folder,
            env=installed(),
            stdout=self._log,
            stderr=subprocess.PIPE,
        )
        threading.Thread(target=self._listen, daemon=True).start()

    def _listen(self) -> None:
        assert self.process.stderr is not None
        for line in self.process.stderr:
            if b"ready:" in line and self.ready_after is None:
                self.ready_after = time.monotonic() - self.begun
            self._log.write(line)
        self._log.close()

    def kill(self) -> None:
        """SIGKILL."""
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()

    def wait_busy(self, seconds: float = 10.0) -> list[int]:
        """Wait until a process it started uses a processor; return the ids of those that do."""
        end = time.monotonic() + seconds
        before: dict[int, int] = {}
        while time.monotonic() < end:
            now = {pid: ticks_used(pid) for pid in descendants(self.process.pid)}
            if busy := [pid for pid, ticks in now.items() if ticks > before.get(pid, ticks)]:
                return busy
            before = now
            time.sleep(0.02)
        return []

    def wait_ready(self, seconds: float = 60.0) -> bool:
        """Wait until it is ready, or has waited so long."""
        end = time.monotonic() + seconds
        while self.ready_after is None and time.monotonic() < end and self.process.poll() is None:
            time.sleep(0.01)
        return self.ready_after is not None
