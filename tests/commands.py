"""The `monitor` command as a user runs it: a process of its own."""

import atexit
import contextlib
import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
import threading
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from tests.waiting import PATIENCE

COMMAND = (sys.executable, "-m", "monitor")


@dataclass(frozen=True, slots=True)
class Result:
    """How a command ended."""

    code: int
    out: str
    err: str


def environment(extra: Mapping[str, str] | None = None) -> dict[str, str]:
    """Return an environment without settings of the machine that would leak into a test."""
    kept = {key: value for key, value in os.environ.items() if not key.startswith("MONITOR_")}
    return kept | {"NO_COLOR": "1", "COLUMNS": "120"} | dict(extra or {})


def monitor(*args: str, folder: Path, given: str = "") -> Result:
    """Run `monitor ARGS` in a folder and wait for its end."""
    with contextlib.ExitStack() as files:
        streams = [files.enter_context(tempfile.TemporaryFile()) for _ in range(3)]
        streams[0].write(given.encode())
        for stream in streams:
            stream.seek(0)
        code = _server().run(args, folder, [stream.fileno() for stream in streams])
        for stream in streams:
            stream.seek(0)
        out, err = (stream.read().decode() for stream in streams[1:])
    return Result(code, out, err)


@cache
def _server() -> "_Server":
    return _Server()


class _Server:
    """A `tests.command_server` of this process; it ends when our end of the socket is closed."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._ours, theirs = socket.socketpair()
        self._ours.settimeout(PATIENCE)
        self._answers = self._ours.makefile("rb")
        with theirs:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "tests.command_server", str(theirs.fileno())],
                cwd=Path(__file__).parents[1],
                pass_fds=[theirs.fileno()],
                start_new_session=True,
            )
        atexit.register(self._end)

    def _end(self) -> None:
        self._answers.close()
        self._ours.close()
        self._process.wait()

    def run(self, arguments: tuple[str, ...], folder: Path, streams: list[int]) -> int:
        """Return the exit code of a command, -N where signal N ended it."""
        asked = {"arguments": arguments, "folder": str(folder), "environment": environment()}
        with self._lock:
            line = json.dumps(asked).encode() + b"\n"
            sent = socket.send_fds(self._ours, [line], streams)
            self._ours.sendall(line[sent:])
            try:
                return int(self._answers.readline())
            except TimeoutError:
                os.killpg(self._process.pid, signal.SIGKILL)
                _server.cache_clear()
                raise AssertionError(f"monitor {' '.join(arguments)} did not end") from None
