"""A command on a terminal of its own: a pseudo-terminal, keys in, bytes out."""

import contextlib
import fcntl
import os
import pty
import select
import signal
import struct
import subprocess
import termios
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Self

from tests.commands import COMMAND, environment
from tests.waiting import PATIENCE

_SILENCE = 3.0  # seconds without a word until a key is pressed again


def _as_a_login_does() -> None:
    """Make Ctrl-C a signal, and heard: a shell that runs tests in the background ignores it."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    fcntl.ioctl(0, termios.TIOCSCTTY, 0)


class Terminal:
    """A running `monitor ARGS` (or another command); a context manager that ends it."""

    def __init__(
        self, *args: str, folder: Path, size: tuple[int, int] = (80, 24),
        extra: Mapping[str, str] | None = None, command: Sequence[str] = COMMAND,
    ) -> None:  # fmt: skip
        self.seen = b""
        self._mine, theirs = pty.openpty()
        fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", size[1], size[0], 0, 0))
        sizes = {"COLUMNS": str(size[0]), "LINES": str(size[1]), "TERM": "xterm-256color"}
        self.process = subprocess.Popen(
            [*command, *args],
            cwd=folder,
            env=environment(sizes | dict(extra or {})),
            stdin=theirs,
            stdout=theirs,
            stderr=theirs,
            start_new_session=True,
            preexec_fn=_as_a_login_does,
        )
        os.close(theirs)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self.process.poll() is None:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()
        os.close(self._mine)

    @property
    def text(self) -> str:
        """What was shown since the last keys."""
        return self.seen.decode("utf-8", "replace")

    def press(self, keys: str) -> None:
        """Type, and forget what was shown before."""
        self.seen = b""
        os.write(self._mine, keys.encode())

    def until(self, words: str) -> None:
        """Wait until something is shown."""
        end = time.monotonic() + PATIENCE
        while words.encode() not in self.seen:
            assert self._read(end - time.monotonic()), self.text

    def ended(self) -> int:
        """Wait for the end; return the exit code."""
        end = time.monotonic() + PATIENCE
        while self._read(end - time.monotonic()):
            pass
        return self.process.wait(PATIENCE)

    def interrupted(self) -> int:
        """Press Ctrl-C until the program has ended; return the exit code.

        Python does not see a signal that comes just as it begins to read until there is another.
        """
        end = time.monotonic() + PATIENCE
        while self.process.poll() is None and time.monotonic() < end:
            os.write(self._mine, b"\x03")
            while self._read(_SILENCE):
                pass
            with contextlib.suppress(subprocess.TimeoutExpired):
                self.process.wait(_SILENCE)
        return self.process.wait(_SILENCE)

    def _read(self, patience: float) -> bool:
        ready, _, _ = select.select([self._mine], [], [], max(0.0, patience))
        try:
            more = os.read(self._mine, 65536) if ready else b""
        except OSError:  # Linux says so when the other end is closed
            more = b""
        self.seen += more
        return bool(more)
