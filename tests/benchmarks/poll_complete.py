"""Does a poll lose an entry, store one twice, or ask a host too often?

    python -m tests.benchmarks.poll_complete PATH/TO/feed_server.py --feeds 200 --rounds 50

Polls every feed, lets the server add entries between rounds, lets some feeds fail always and some
requests fail now and then, kills some polls half-way, and at the end compares what is stored with
what was served: every entry of every sound feed once, none missing, none twice. Several feeds share
a host, and the server's own count tells how many requests it had in flight at most and how close
two came. Prints one line of JSON; leaves with 1 when anything is wrong.
"""

import argparse
import json
import random
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from tests.benchmarks.wire_server import running

COMMAND = [sys.executable, "-m", "monitor"]
FAIL = "404:.02,410:.01,500:.02,reset:.01,redirect:.02,badxml:.01,html:.01"
PER_HOST = 2


def config(urls: list[str], spacing: float) -> str:
    rows = [f'[monitor]\ntimezone = "UTC"\nper_host = {PER_HOST}\nspacing = {spacing}\n']
    rows += [
        f'[[feed]]\nname = "f{number}"\nurl = "{url}"\nprivate = true\npages = "none"\n'
        for number, url in enumerate(urls)
    ]
    return "\n".join(rows)


def poll(folder: Path, kill_after: float | None) -> bool:
    """Run one poll; True when it was killed before its end."""
    process = subprocess.Popen(
        [*COMMAND, "poll"], cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        process.wait(kill_after)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
        return True
    return False


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("server", type=Path, help="feed_server.py")
    parser.add_argument("--feeds", type=int, default=200)
    parser.add_argument("--hosts", type=int, default=100)
    parser.add_argument("--spacing", type=float, default=0.5)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--kills", type=float, default=0.3, help="share of polls killed half-way")
    parser.add_argument("--fail", default=FAIL, help="shares of feeds that always fail, by kind")
    parser.add_argument("--resets", type=float, default=0.01, help="share of requests cut off")
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args()
    rng = random.Random(args.seed)
    kills = 0
    started = time.monotonic()
    with (
        tempfile.TemporaryDirectory() as name,
        running(
            args.server, args.feeds, hosts=args.hosts, fail=args.fail, resets=args.resets
        ) as wire,
    ):
        folder = Path(name)
        urls = [wire.url(feed) for feed in range(args.feeds)]
        (folder / "config.toml").write_text(config(urls, args.spacing))
        total = 50  # each feed lists its newest 50
        for _ in range(3):  # a feed whose first request is cut off would never have its oldest
            poll(folder, None)
        for _ in range(args.rounds):
            added = rng.randint(1, 4)
            total += added
            wire.tick(added)
            while rng.random() < args.kills:
                kills += poll(folder, rng.uniform(0.5, 5.0))
            poll(folder, None)
        for _ in range(3):  # a request of the last round may have been cut off
            poll(folder, None)
        stats = wire.stats()
        sound = {f"f{feed}" for feed in range(args.feeds) if not wire.fails(feed)}
        listed = subprocess.run(
            [*COMMAND, "list", "--all"], cwd=folder, capture_output=True, text=True, check=True
        )
    rows = map(json.loads, listed.stdout.splitlines())
    stored = Counter((row["feed"], row["guid"]) for row in rows if row["feed"] in sound)
    report = {
        "feeds": args.feeds,
        "failing": args.feeds - len(sound),
        "hosts": args.hosts,
        "rounds": args.rounds,
        "kills": kills,
        "requests": stats["requests"],
        "served": total * len(sound),
        "stored": stored.total(),
        "twice": sum(count - 1 for count in stored.values()),
        "lost": total * len(sound) - len(stored),
        "most_at_once_to_a_host": stats["peak_in_flight_per_host"],
        "least_gap_s": stats["min_gap_same_host_s"],
        "seconds": round(time.monotonic() - started, 1),
    }
    print(json.dumps(report))
    rude = (
        stats["peak_in_flight_per_host"] > PER_HOST or stats["min_gap_same_host_s"] < args.spacing
    )
    sys.exit(1 if report["twice"] or report["lost"] or rude else 0)


if __name__ == "__main__":
    main()
