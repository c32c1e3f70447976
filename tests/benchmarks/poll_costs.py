"""What a poll costs the running daemon, beside the library `reader` in a loop on the same server.

    python -m tests.benchmarks.poll_costs PATH/feed_server.py --reader PYTHON --feeds 100

The daemon (built-in rules, pages unread) polls every feed each `--every` seconds. After its first
reading, `--warm` rounds with two new entries in each feed fill the store, so that what is grouped
is a desk's usual number of articles. Then CPU is taken from the system, its workers included: over
`--seconds` without news, and over as long with two new entries in every feed for every second poll:
they come whenever each feed was asked twice, which takes longer than twice `--every`.
`reader` (3.26, in the environment of PYTHON) updates the same feeds with 20 workers, as often
without news and with. Printed are milliseconds of CPU a poll, each side's memory, and the ratios.
Texts differ as those of a language do; with `--alike` they are made of the server's own sixty words
a language, so that each looks like all others, and finding its story costs several times as much.
"""

import argparse
import os
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tests.benchmarks.life import COMMAND, installed
from tests.benchmarks.processes import descendants
from tests.benchmarks.soak import worked_through
from tests.benchmarks.wire_server import Wire, running

_TICKS = os.sysconf("SC_CLK_TCK")
_READER = """
import resource, sys, urllib.request
from reader import make_reader

folder, tick, rounds = sys.argv[1], sys.argv[2], int(sys.argv[3])
urls = open(folder + "/urls").read().split()
reader = make_reader(folder + "/reader.sqlite")
for url in urls:
    reader.add_feed(url, exist_ok=True)


def cpu():
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


reader.update_feeds(workers=20, scheduled=False)
for news in (False, True):
    began = cpu()
    for number in range(rounds):
        if news and number % 2 == 0:
            urllib.request.urlopen(tick).read()
        reader.update_feeds(workers=20, scheduled=False)
    print((cpu() - began) * 1000 / rounds / len(urls))
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
"""


def family(pid: int) -> list[int]:
    """Return a process and all that descend from it, whichever of its threads started them."""
    return [pid, *descendants(pid)]


def cpu(pid: int) -> float:
    """Return the CPU seconds of a process and its workers, those that ended included."""
    total = 0.0
    for one in family(pid):
        fields = Path(f"/proc/{one}/stat").read_text().rpartition(")")[2].split()
        total += sum(map(int, fields[11:15])) / _TICKS  # its own, and of those it has seen end
    return total


def memory(pid: int) -> float:
    """Return MB that a process and its workers hold, what they share counted once."""
    total = 0
    for one in family(pid):
        lines = Path(f"/proc/{one}/smaps_rollup").read_text().splitlines()
        total += sum(int(line.split()[1]) for line in lines if line.startswith("Pss:"))
    return total / 1024


def watched(
    pid: int, wire: Wire, seconds: float, every: float, *, news: bool
) -> tuple[float, float]:
    """Return (ms of CPU a poll, polls a second) over some seconds and to the end of a round."""
    cpu_before, first = cpu(pid), wire.stats()["feeds"]
    began, polls = time.monotonic(), 0
    while time.monotonic() < began + seconds:
        if news:
            wire.tick()
        round_ends = polls + 2 * wire.feeds
        while polls < round_ends:
            time.sleep(every / 20)
            polls = wire.stats()["feeds"] - first
    time.sleep(every / 2)  # what the last ones brought is filed
    return (cpu(pid) - cpu_before) * 1000 / polls, polls / (time.monotonic() - began)


def daemon(folder: Path, wire: Wire, given: argparse.Namespace) -> tuple[float, float, float]:
    """Return ms a poll without news and with, and MB."""
    rows = "\n".join(
        f'[[feed]]\nname = "f{number}"\nurl = "{wire.url(number)}"\nprivate = true\n'
        f'every = "{given.every}s"\npages = "none"\n'
        for number in range(wire.feeds)
    )
    (folder / "config.toml").write_text(f"[monitor]\nspacing = 0.0\n{rows}")
    with (folder / "log.txt").open("wb") as log:
        process = subprocess.Popen(
            [*COMMAND, "run"], cwd=folder, env=installed(), stdout=log, stderr=log
        )
    try:
        for _ in range(given.warm):
            time.sleep(2 * given.every)
            wire.tick()
        time.sleep(2 * given.every)
        while not worked_through(folder / "state", wire.feeds):
            time.sleep(given.every)
        quiet, rate = watched(process.pid, wire, given.seconds, given.every, news=False)
        print(f"daemon   no news {quiet:6.2f} ms a poll ({rate:.0f} polls a second)", flush=True)
        busy, rate = watched(process.pid, wire, given.seconds, given.every, news=True)
        print(f"daemon   news    {busy:6.2f} ms a poll ({rate:.0f} polls a second)", flush=True)
        held = memory(process.pid)
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait()
    return quiet, busy, held


def main() -> None:
    """Run both, the daemon first."""
    about = (__doc__ or "").partition("\n")[0]
    parser = argparse.ArgumentParser(description=about)
    parser.add_argument("server", type=Path, help="feed_server.py")
    parser.add_argument("--reader", default="", help="a Python that has reader")
    parser.add_argument("--feeds", type=int, default=100)
    parser.add_argument("--every", type=int, default=5, help="seconds between two polls of a feed")
    parser.add_argument(
        "--newest", type=float, default=50_600.0, help="age of the newest entry at first, seconds"
    )
    parser.add_argument("--alike", action="store_true", help="texts of sixty words")
    parser.add_argument("--warm", type=int, default=12, help="rounds of news before it is measured")
    parser.add_argument("--seconds", type=float, default=60.0)
    parser.add_argument("--rounds", type=int, default=4, help="updates by reader, of each kind")
    given = parser.parse_args()
    with (
        tempfile.TemporaryDirectory(prefix="costs-") as name,
        running(given.server, given.feeds, newest=given.newest, varied=not given.alike) as wire,
    ):
        folder = Path(name)
        quiet, busy, held = daemon(folder, wire, given)
        print(f"daemon   {held:.0f} MB with its workers")
        if not given.reader:
            return
        (folder / "urls").write_text("\n".join(map(wire.url, range(wire.feeds))))
        tick = wire.url(0).rpartition("/f/")[0] + "/ctl/tick?k=2"
        command = [given.reader, "-W", "ignore", "-c", _READER, name, tick, str(given.rounds)]
        said = subprocess.run(command, capture_output=True, text=True, check=True).stdout
        theirs_quiet, theirs_busy, theirs_held = map(float, said.split())
        print(f"reader   no news {theirs_quiet:6.2f}, news {theirs_busy:6.2f} ms a poll")
        print(f"reader   {theirs_held:.0f} MB at most")
        print(f"ratios   no news {quiet / theirs_quiet:.2f}, news {busy / theirs_busy:.2f}")


if __name__ == "__main__":
    sys.exit(main())
