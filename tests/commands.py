"""The `monitor` command as a user runs it: a process of its own."""

import os
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
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


def monitor(*args: str, folder: Path, given: str = "", seconds: float = PATIENCE) -> Result:
    """Run `monitor ARGS` in a folder and wait for its end."""
    done = subprocess.run(
        [*COMMAND, *args],
        cwd=folder,
        env=environment(),
        input=given,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=seconds,
        check=False,
    )
    return Result(done.returncode, done.stdout, done.stderr)
