"""Let a daemon run and watch what it holds: memory, threads, descriptors, tasks, CPU.

    python -m tests.benchmarks.soak PATH/feed_server.py --days 30 --faketime LIB --plot soak.svg
    python -m tests.benchmarks.soak PATH/feed_server.py --feeds 175 --every 5m --minutes 6 --idle

The first is the soak, a simulated month. When the first reading of all feeds (eight entries each,
as many as four days of two a day bring, and so long stories are remembered) is worked through,
libfaketime sets the daemon's time of day ahead twice a second, so that it runs `--rate` times as
fast, while monotonic time (time-outs, the loop) stays real. Whatever goes by the time of day comes
as often as in a month: polls of 500 feeds (`--every`, stretched by the feeds' own rhythm), a new
entry in each feed every `--news` hours dated as it comes, pages of every 25th feed, digests thrice
a day, alerts, the round log, upkeep once a day with texts kept for a week. One request in a hundred
is reset. The clock nearly stands while more than fifty feeds are in hand, so a slow machine takes
longer and sees the same. What comes once a second or once in ten (looking at what is
due, the bulletin) comes that often in real time.

The second is the idle cost in real time: nothing new after the first reading, which `--warm`
seconds leave out of the count.

A row a sample is printed, then what was held at the end beside what was held after the first hour.
"""

import argparse
import contextlib
import json
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from statistics import mean

from tests.benchmarks.kill_test import RULES
from tests.benchmarks.life import COMMAND, installed
from tests.benchmarks.soak_plot import picture
from tests.benchmarks.wire_server import Wire, running

_TICKS = os.sysconf("SC_CLK_TCK")
_STEP = 0.5  # real seconds between two settings of the clock
_HOUR, _DAY = 3600.0, 86400.0
_ALL_NEW = 50_600.0  # with that age of the newest entry all 50 are of the last day
_NEWEST = 81_700.0  # age of the newest entry at the start: eight of 50 are of the last day
_BUSY = 50  # feeds in hand while which the clock nearly stands
_PAGES = 25  # of so many feeds one has its pages read


@dataclass(frozen=True, slots=True)
class Sample:
    """What a process held at one moment."""

    at: float  # seconds since the start, as the daemon sees them
    cpu: float  # seconds used so far
    memory: float  # MB resident
    threads: int
    descriptors: int
    feeds: int  # in hand
    tasks: int
    polls: int
    flags: int


def sample(pid: int, state: Path, at: float) -> Sample:
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
        at,
        (int(fields[11]) + int(fields[12])) / _TICKS,
        int(status["VmRSS"].split()[0]) / 1024,
        int(status["Threads"]),
        len(list(Path(f"/proc/{pid}/fd").iterdir())),
        about.get("in_hand", {}).get("feeds", 0),
        about.get("in_hand", {}).get("tasks", 0),
        counters.get("feeds_read", 0) + counters.get("feeds_failed", 0),
        counters.get("flags_raised", 0),
    )


def write_config(folder: Path, wire: Wire, every: str, idle: bool) -> None:
    """Write what the daemon works by; an idle one has feeds alone, and the built-in rules."""
    feeds = "\n".join(
        f'[[feed]]\nname = "f{number}"\nurl = "{wire.url(number)}"\nprivate = true\n'
        f'every = "{every}"\npages = "{"none" if idle or number % _PAGES else "all"}"\n'
        for number in range(wire.feeds)
    )
    text = f"[monitor]\nspacing = 0.0\n{feeds}"
    if not idle:
        text = text.replace("[monitor]\n", '[monitor]\nkeep_days = 7\nrule_files = ["r.toml"]\n')
        rules = RULES.replace('"treaty", "envoy", "harbour"', '"harbour budget"')
        (folder / "r.toml").write_text(rules.replace("now = 100", "now = 4"))
        for at in ("07:30", "12:00", "18:30"):
            text += f'[[digest]]\nname = "at-{at[:2]}"\nat = "{at}"\nto = ["file:digest.txt"]\n'
        text += '[[alert]]\nrules = ["treaty"]\nto = ["file:alerts.txt"]\n'
    (folder / "config.toml").write_text(text)


def worked_through(state: Path, feeds: int) -> bool:
    """Tell whether the first reading of the feeds (but those that were reset) is done with."""
    with (
        contextlib.suppress(sqlite3.Error),
        contextlib.closing(sqlite3.connect(f"file:{state}/monitor.db?mode=ro", uri=True)) as db,
    ):
        query = "SELECT count(*), sum(work = 'todo') FROM entry"
        entries, waiting = db.execute(query).fetchone()
        return bool(entries >= 40 * feeds and not waiting)
    return False


def set_clock(folder: Path, ahead: float) -> None:
    """Let the daemon's time of day be so many seconds ahead of the real one."""
    part = folder / "ahead.part"
    part.write_text(f"{ahead:+.0f}s")
    part.replace(folder / "ahead")  # in one step: it is read at any moment


def watch(
    process: subprocess.Popen[bytes], folder: Path, wire: Wire, given: argparse.Namespace
) -> tuple[list[Sample], int]:
    """Sample until the end; return the samples and which of them is the first to count."""
    samples: list[Sample] = []
    ends = given.minutes * 60 if given.idle else given.days * _DAY
    first, begun, ahead, at = 0, time.monotonic(), 0.0, 0.0
    settled = given.idle
    print(" days  cpu s   MB  threads  fds  feeds tasks    polls  flags")
    while at < ends:
        time.sleep(_STEP)
        if process.poll() is not None:
            break
        at = time.monotonic() - begun + ahead
        one = sample(process.pid, folder / "state", at)
        settled = settled or worked_through(folder / "state", given.feeds)
        if settled and not given.idle:
            # The bulletin says every ten seconds of the daemon's time how many are in hand.
            ahead += _STEP * (given.rate - 1) if one.feeds <= _BUSY else 10.0
            set_clock(folder, ahead)
            if at >= (wire.ticks + 1) * given.news * _HOUR:
                wire.tick(1)
        if samples and at - samples[-1].at < (ends if settled else 600) / given.samples:
            continue
        samples.append(one)
        if not first and settled and at >= (given.warm if given.idle else _HOUR):
            first = len(samples) - 1
        mark = " <- first" if first and first == len(samples) - 1 else ""
        print(
            f"{at / _DAY:5.2f} {one.cpu:6.1f} {one.memory:4.0f} {one.threads:8d}"
            f" {one.descriptors:4d} {one.feeds:6d} {one.tasks:5d} {one.polls:8d} {one.flags:6d}"
            f"  {'#' * int(one.memory / 4)}{mark}",
            flush=True,
        )
    return samples, first


def report(samples: list[Sample], first: int, feeds: int) -> None:
    """Print what was held at the end beside what was held at first."""
    begin, end = samples[first], samples[-1]
    tail = samples[first:]
    half, last = tail[len(tail) // 2 : len(tail) * 5 // 8], tail[-max(1, len(tail) // 8) :]
    days = (end.at - begin.at) / _DAY
    print(f"\nfirst: after {begin.at / _HOUR:.1f} h; end: after {end.at / _DAY:.1f} days")
    for name in ("memory", "threads", "descriptors", "tasks"):
        print(
            f"{name:12} first {getattr(begin, name):6.0f}  end {getattr(end, name):6.0f}"
            f"  ratio {getattr(end, name) / max(getattr(begin, name), 1):.2f}"
            f"  most {max(getattr(one, name) for one in tail):6.0f}"
            f"  mean of an eighth: in the middle {mean(getattr(one, name) for one in half):6.1f},"
            f" at the end {mean(getattr(one, name) for one in last):6.1f}"
        )
    polls, cpu = end.polls - begin.polls, end.cpu - begin.cpu
    print(f"polls {end.polls}, {polls / feeds / days:.1f} a feed and day; flags {end.flags}")
    print(f"CPU {cpu:.1f} s, {1000 * cpu / max(1, polls):.2f} ms a poll with all that it brings,")
    print(f"    {100 * cpu / (end.at - begin.at):.2f} % of a core in the daemon's time")


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("server", type=Path, help="feed_server.py")
    parser.add_argument("--feeds", type=int, default=500)
    parser.add_argument("--every", default="1h")
    parser.add_argument("--news", type=float, default=12.0, help="hours between two new entries")
    parser.add_argument("--days", type=float, default=30.0, help="days to simulate")
    parser.add_argument("--rate", type=float, default=1440.0, help="how fast the clock runs")
    parser.add_argument("--faketime", default="", help="path of libfaketime.so.1")
    parser.add_argument("--idle", action="store_true", help="the idle cost, in real time")
    parser.add_argument("--minutes", type=float, default=10.0, help="how long, with --idle")
    parser.add_argument("--warm", type=float, default=90.0, help="seconds left out, with --idle")
    parser.add_argument("--samples", type=int, default=120)
    parser.add_argument("--plot", type=Path, help="write a picture of it (SVG)")
    parser.add_argument("--keep", action="store_true", help="keep the state folder")
    given = parser.parse_args()
    if not (given.idle or given.faketime):
        parser.error("a simulated month needs --faketime")
    folder = Path(tempfile.mkdtemp(prefix="soak-"))
    environment = installed()
    if not given.idle:
        environment |= {
            "LD_PRELOAD": given.faketime,
            "FAKETIME_TIMESTAMP_FILE": str(folder / "ahead"),
            "FAKETIME_CACHE_DURATION": "1",
            "FAKETIME_DONT_FAKE_MONOTONIC": "1",
            "NO_FAKE_STAT": "1",
        }
    set_clock(folder, 0.0)
    resets = 0.0 if given.idle else 0.01
    with running(
        given.server,
        given.feeds,
        resets=resets,
        step=given.news * _HOUR,
        newest=_ALL_NEW if given.idle else _NEWEST,
        varied=given.idle,
    ) as wire:
        write_config(folder, wire, given.every, given.idle)
        with (folder / "log.txt").open("wb") as log:
            process = subprocess.Popen(
                [*COMMAND, "run"], cwd=folder, env=environment, stdout=log, stderr=log
            )
        samples, first = watch(process, folder, wire, given)
        process.send_signal(signal.SIGTERM)
        code = process.wait()
    if len(samples) - first < 10:
        sys.exit(f"it ended early (exit code {code}); see {folder}/log.txt")
    report(samples, first, given.feeds)
    checked = subprocess.run(
        [*COMMAND, "db", "check"], cwd=folder, env=installed(), capture_output=True, check=False
    )
    print(f"exit code {code}; db check: {checked.stderr.decode().strip()}")
    if given.plot:
        names = ("memory", "threads", "descriptors", "tasks", "polls")
        panels = [(name, [float(getattr(one, name)) for one in samples]) for name in names]
        title = f"{given.feeds} feeds; memory in MB"
        given.plot.write_text(picture(title, "days", [one.at / _DAY for one in samples], panels))
    if given.keep:
        print(f"state and log in {folder}")
    else:
        shutil.rmtree(folder)
    sys.exit(code or checked.returncode)


if __name__ == "__main__":
    main()
