"""Let a daemon run for a while and watch what it holds: memory, threads, descriptors, tasks, CPU.

    python -m tests.benchmarks.soak PATH/feed_server.py --feeds 500 --every 10s --minutes 10
    python -m tests.benchmarks.soak PATH/feed_server.py --feeds 175 --every 5m --minutes 6 --tick 0

The first is the soak: time is accelerated by polling every 10 seconds what a desk polls every 15
minutes (90 times), with new entries to match, so ten minutes are the polls of 15 hours. The second
is the idle cost: nothing new after the first reading, which `--warm` seconds leave out.
A row a sample is printed, then the memory at the end beside that after the warm-up.
"""

import argparse
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from tests.benchmarks.wire_server import running

_TICKS = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True, slots=True)
class Sample:
    """What a process held at one moment."""

    at: float  # seconds since the start
    cpu: float  # seconds used so far
    memory: float  # MB resident
    threads: int
    descriptors: int
    tasks: int
    polls: int


def sample(pid: int, state: Path, begun: float) -> Sample:
    """Read a process's figures from /proc and from its bulletin."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    status = dict(
        line.split(":", 1) for line in Path(f"/proc/{pid}/status").read_text().splitlines()
    )
    about = {}
    if (state / "daemon.json").exists():
        about = json.loads((state / "daemon.json").read_text())
    counters = about.get("counters", {})
    return Sample(
        time.monotonic() - begun,
        (int(fields[11]) + int(fields[12])) / _TICKS,
        int(status["VmRSS"].split()[0]) / 1024,
        int(status["Threads"]),
        len(list(Path(f"/proc/{pid}/fd").iterdir())),
        about.get("in_hand", {}).get("tasks", 0),
        counters.get("feeds_read", 0) + counters.get("feeds_failed", 0),
    )


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("server", type=Path, help="feed_server.py")
    parser.add_argument("--feeds", type=int, default=500)
    parser.add_argument("--every", default="10s")
    parser.add_argument("--minutes", type=float, default=10.0)
    parser.add_argument("--warm", type=float, default=90.0, help="seconds left out of the count")
    parser.add_argument("--tick", type=float, default=30.0, help="seconds between new entries; 0")
    parser.add_argument("--pages", default="none", choices=("all", "hits", "none"))
    given = parser.parse_args()
    folder = Path(tempfile.mkdtemp(prefix="soak-"))
    with running(given.server, given.feeds, resets=0.01 if given.tick else 0.0) as wire:
        feeds = "\n".join(
            f'[[feed]]\nname = "f{number}"\nurl = "{wire.url(number)}"\nprivate = true\n'
            f'every = "{given.every}"\npages = "{given.pages}"\n'
            for number in range(given.feeds)
        )
        (folder / "config.toml").write_text(f"[monitor]\nspacing = 0.0\n{feeds}")
        begun = time.monotonic()
        with (folder / "log.txt").open("wb") as log:
            process = subprocess.Popen(
                [sys.executable, "-m", "monitor", "run"], cwd=folder, stdout=log, stderr=log
            )
        samples: list[Sample] = []
        ticked = time.monotonic()
        print("  min    cpu s   MB  threads  fds  tasks    polls")
        while time.monotonic() - begun < given.minutes * 60:
            time.sleep(1)
            if given.tick and time.monotonic() - ticked >= given.tick:
                ticked = time.monotonic()
                wire.tick(1)
            one = sample(process.pid, folder / "state", begun)
            if not samples or one.at - samples[-1].at >= given.minutes * 60 / 24:
                samples.append(one)
                bar = "#" * int(one.memory / 4)
                print(
                    f"{one.at / 60:5.1f} {one.cpu:8.1f} {one.memory:4.0f} {one.threads:8d}"
                    f" {one.descriptors:4d} {one.tasks:6d} {one.polls:8d}  {bar}",
                    flush=True,
                )
        process.send_signal(signal.SIGTERM)
        process.wait()
    counted = [one for one in samples if one.at >= given.warm]
    first, last = counted[0], counted[-1]
    share = (last.cpu - first.cpu) / (last.at - first.at)
    print(f"memory at the end / after the warm-up: {last.memory / first.memory:.2f}")
    print(f"CPU after the warm-up: {100 * share:.2f} % of a core; memory {last.memory:.0f} MB")
    polls = last.polls - first.polls
    if polls:
        print(f"CPU a poll: {1000 * (last.cpu - first.cpu) / polls:.2f} ms of {polls} polls")
    shutil.rmtree(folder)


if __name__ == "__main__":
    main()
