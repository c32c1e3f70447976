"""A running `monitor run`, as an operator has it: a process, its signals, what it says."""

import queue
import signal
import sqlite3
import subprocess
import threading
import time
from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.commands import COMMAND, environment
from tests.waiting import PATIENCE


class Daemon:
    """A running `monitor run`, and what it says on stderr."""

    def __init__(
        self, folder: Path, *options: str, variables: Mapping[str, str] | None = None
    ) -> None:
        self.process = subprocess.Popen(
            [*COMMAND, *options, "run"],
            cwd=folder,
            env=environment({"PYTHONUNBUFFERED": "1", **(variables or {})}),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            encoding="utf-8",
        )
        self._lines: queue.Queue[str] = queue.Queue()  # "" when it will say no more
        self.said: list[str] = []
        self._listener = threading.Thread(target=self._listen, daemon=True)
        self._listener.start()

    def _listen(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self._lines.put(line)
        self._lines.put("")

    def wait_for(self, words: str) -> str:
        """Wait until the daemon says these words; return the line; fail once it has ended."""
        end = time.monotonic() + PATIENCE
        while True:
            try:
                line = self._lines.get(timeout=max(0.01, end - time.monotonic()))
            except queue.Empty:
                line = ""
            if not line:
                pytest.fail(f"never said {words!r}; said:\n{''.join(self.said)}")
            self.said.append(line)
            if words in line:
                return line

    def has_said(self, words: str) -> bool:
        """Tell whether the daemon has said these words by now."""
        self._keep_lines()
        return any(words in line for line in self.said)

    def end(self, number: signal.Signals = signal.SIGTERM) -> int:
        """Send a signal and return the exit code."""
        self.process.send_signal(number)
        return self.wait()

    def wait(self) -> int:
        """Wait for the end of the process; return its exit code, and keep all it said."""
        code = self.process.wait(PATIENCE)
        self._listener.join(PATIENCE)
        self._keep_lines()
        return code

    def _keep_lines(self) -> None:
        while not self._lines.empty():
            if line := self._lines.get():
                self.said.append(line)

    def close(self) -> None:
        """Let nothing of it be left after a test."""
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait(PATIENCE)
        self._listener.join(PATIENCE)
        assert self.process.stdout is not None
        self.process.stdout.close()


def locked(folder: Path) -> sqlite3.Connection:
    """Return a connection that holds the write lock of the folder's database."""
    other = sqlite3.connect(folder / "state" / "monitor.db", isolation_level=None, timeout=PATIENCE)
    other.execute("BEGIN IMMEDIATE")
    return other
