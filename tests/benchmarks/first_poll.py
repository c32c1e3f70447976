"""What a first `monitor poll` of many feeds costs, this version's beside another's, in turn.

    python -m tests.benchmarks.first_poll PATH/feed_server.py --feeds 1000 --apart 7200 \\
        now=.venv/bin/monitor before=../before/.venv/bin/monitor

Each feed lists 50 entries, the newest 14 hours old and the others `--apart` seconds before it, so
that 7200 leaves 5 of the last day and 600 all; texts differ as those of a language do. Each command
reads all feeds into a new folder, `--rounds` times. Printed are seconds of the clock and of CPU,
all processes that it started included.
"""

import argparse
import contextlib
import ctypes
import os
import resource
import subprocess
import tempfile
import time
from pathlib import Path

from tests.benchmarks.life import installed
from tests.benchmarks.wire_server import running

_SUBREAPER = 36  # prctl(2): who outlives its parent is ours to wait for, and so is its CPU


def cpu() -> float:
    """Return the CPU seconds of all processes that ended below this one."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def poll(command: str, config: str) -> tuple[float, float]:
    """Return the seconds of the clock and of CPU that one poll takes."""
    with tempfile.TemporaryDirectory(prefix="first-") as folder:
        (Path(folder) / "config.toml").write_text(config)
        used, begun = cpu(), time.monotonic()
        subprocess.run(
            [command, "poll"], cwd=folder, env=installed(), stderr=subprocess.DEVNULL, check=True
        )
        seconds = time.monotonic() - begun
        while time.monotonic() < begun + seconds + 2:  # what it had started is about to end
            with contextlib.suppress(ChildProcessError):
                os.waitpid(-1, os.WNOHANG)
            time.sleep(0.05)
    return seconds, cpu() - used


def main() -> None:
    """Let the commands take turns."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("server", type=Path, help="feed_server.py")
    parser.add_argument("commands", nargs="+", help="NAME=PATH of a monitor command")
    parser.add_argument("--feeds", type=int, default=120)
    parser.add_argument("--apart", type=int, default=600)
    parser.add_argument("--rounds", type=int, default=2)
    given = parser.parse_args()
    ctypes.CDLL(None).prctl(_SUBREAPER, 1, 0, 0, 0)
    with running(given.server, given.feeds, apart=given.apart, varied=True) as wire:
        rows = "\n".join(
            f'[[feed]]\nname = "f{feed}"\nurl = "{wire.url(feed)}"\n'
            'private = true\npages = "none"\n'
            for feed in range(wire.feeds)
        )
        for _ in range(given.rounds):
            for name, _, command in (one.partition("=") for one in given.commands):
                path = str(Path(command).absolute())
                seconds, used = poll(path, f"[monitor]\nspacing = 0.0\n{rows}")
                print(f"{name:10s} {seconds:7.1f} s, {used:7.2f} s of CPU", flush=True)


if __name__ == "__main__":
    main()
