"""Ten thousand feeds on five hundred hosts, polled every five minutes: what a running daemon costs.

    python -m tests.benchmarks.many_feeds PATH/feed_server.py --feeds 10000 --hosts 500 --minutes 30

When the first reading of all feeds is worked through, CPU (of the workers as well) is taken for
`--minutes` of real time, during which two new entries come to a tenth of the feeds in every round:
to a hundredth of them every tenth of a round. Then a round without news shows what was lost: what
the server served is held against the store, entry by entry. The server also tells how close two
requests to one host came, and how many it had at once. What a feed lists at first came out a day
ago within fifty minutes: a tenth of it is young enough to be worked on, and the feed's own rhythm
stretches no interval. Prints a row now and then, and the sums.
"""

import argparse
import contextlib
import re
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tests.benchmarks.life import COMMAND, installed
from tests.benchmarks.poll_costs import cpu, family, memory
from tests.benchmarks.wire_server import Wire, running

_LISTED = 50  # entries of each feed
_GROUPS = 100  # of feeds, of which ten have news in a round


def write_config(folder: Path, wire: Wire, given: argparse.Namespace) -> None:
    """Write what the daemon works by."""
    feeds = "\n".join(
        f'[[feed]]\nname = "f{number}"\nurl = "{wire.url(number)}"\nprivate = true\n'
        f'every = "{given.every}s"\npages = "none"\n'
        for number in range(wire.feeds)
    )
    (folder / "config.toml").write_text(f"[monitor]\nspacing = {given.spacing}\n{feeds}")


def counted(state: Path, query: str) -> tuple[int, ...]:
    """Return a row of figures from the store; zeros while it cannot be had."""
    with (
        contextlib.suppress(sqlite3.Error),
        contextlib.closing(sqlite3.connect(f"file:{state}/monitor.db?mode=ro", uri=True)) as db,
    ):
        return tuple(int(one or 0) for one in db.execute(query).fetchone())
    return (0, 0)


def settle(process: subprocess.Popen[bytes], state: Path, wire: Wire) -> float:
    """Wait until the first reading is worked through; return the seconds it took."""
    begun = time.monotonic()
    while process.poll() is None:
        time.sleep(5)
        query = "SELECT count(*), sum(work = 'todo') FROM entry"
        entries, waiting = counted(state, query)
        print(f"  first reading: {entries} entries, {waiting} waiting", flush=True)
        if entries >= _LISTED * wire.feeds and not waiting:
            return time.monotonic() - begun
    sys.exit("the daemon ended")


def watch(process: subprocess.Popen[bytes], wire: Wire, given: argparse.Namespace) -> None:
    """Let news come for some minutes, and print what it costs."""
    begun, used, asked = time.monotonic(), cpu(process.pid), wire.stats()["feeds"]
    print("minute  % of a core   polls/s    MB  processes", flush=True)
    most, last, last_at, step = 0.0, used, begun, given.every / 10
    for turn in range(int(given.minutes * 60 / step)):
        wire.tick()
        time.sleep(max(0.0, begun + (turn + 1) * step - time.monotonic()))
        now, spent = time.monotonic(), cpu(process.pid)
        most = max(most, memory(process.pid))
        print(
            f"{(now - begun) / 60:6.1f} {100 * (spent - last) / (now - last_at):10.1f}"
            f" {(wire.stats()['feeds'] - asked) / (now - begun):10.1f} {memory(process.pid):6.0f}"
            f" {len(family(process.pid)):6d}",
            flush=True,
        )
        last, last_at = spent, now
    took, polls = time.monotonic() - begun, wire.stats()["feeds"] - asked
    spent = cpu(process.pid) - used
    print(
        f"{took / 60:.1f} minutes, {polls} polls ({polls / took:.1f} a second),"
        f" {100 * spent / took:.1f} % of a core, {1000 * spent / polls:.2f} ms a poll,"
        f" {most:.0f} MB at most"
    )


def lost(state: Path, wire: Wire) -> tuple[int, int, int]:
    """Return (served, stored, feeds that lack or have too many) entries."""
    with contextlib.closing(sqlite3.connect(f"file:{state}/monitor.db?mode=ro", uri=True)) as db:
        rows = db.execute("SELECT feed.name, guid FROM entry JOIN feed ON feed.id = feed_id")
        stored: dict[int, list[str]] = {}
        for name, guid in rows:
            stored.setdefault(int(name[1:]), []).append(guid)
    served = wrong = 0
    for feed in range(wire.feeds):
        turns = (wire.ticks + _GROUPS - 1 - feed % _GROUPS) // _GROUPS
        first, end = 400 - _LISTED, 400 + 2 * turns
        numbers = sorted(int(re.split("[-]", guid)[1]) for guid in stored.get(feed, []))
        served += end - first
        wrong += numbers != list(range(first, end))
    return served, sum(map(len, stored.values())), wrong


def main() -> None:
    """Run it."""
    about = (__doc__ or "").partition("\n")[0]
    parser = argparse.ArgumentParser(description=about)
    parser.add_argument("server", type=Path, help="feed_server.py")
    parser.add_argument("--feeds", type=int, default=10_000)
    parser.add_argument("--hosts", type=int, default=500)
    parser.add_argument("--every", type=int, default=300, help="seconds between two polls")
    parser.add_argument("--spacing", type=float, default=1.0, help="seconds, to one host")
    parser.add_argument("--minutes", type=float, default=30.0)
    parser.add_argument("--newest", type=float, default=85_800.0, help="age of the newest entry")
    parser.add_argument("--keep", action="store_true", help="keep the state folder")
    given = parser.parse_args()
    folder = Path(tempfile.mkdtemp(prefix="many-"))
    with (
        running(
            given.server,
            given.feeds,
            hosts=given.hosts,
            newest=given.newest,
            apart=60,
            step=1.0,
            groups=_GROUPS,
            varied=True,
        ) as wire,
        (folder / "log.txt").open("wb") as log,
    ):
        write_config(folder, wire, given)
        process = subprocess.Popen(
            [*COMMAND, "run"], cwd=folder, env=installed(), stdout=log, stderr=log
        )
        try:
            took = settle(process, folder / "state", wire)
            print(f"first reading worked through after {took:.0f} s, CPU {cpu(process.pid):.0f} s")
            watch(process, wire, given)
            time.sleep(1.5 * given.every)  # the last news are read
            stats = wire.stats()
        finally:
            process.send_signal(signal.SIGTERM)
            code = process.wait()
    served, stored, wrong = lost(folder / "state", wire)
    print(f"served {served} entries, stored {stored}; {wrong} feeds have others than they served")
    print(
        f"two requests to a host never closer than {stats['min_gap_same_host_s']} s,"
        f" {stats['peak_in_flight_per_host']} at once at most; exit code {code}"
    )
    if given.keep:
        print(f"state and log in {folder}")
    else:
        shutil.rmtree(folder)
    sys.exit(code or bool(wrong))


if __name__ == "__main__":
    main()
