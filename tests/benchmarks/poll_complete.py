"""Does a poll lose an entry or store one twice? Counted against the loopback feed server.

    python tests/benchmarks/poll_complete.py PATH/TO/feed_server.py --feeds 200 --rounds 5

Polls every feed, lets the server add entries between rounds, kills some polls half-way, and at the
end compares what is stored with what was served: every entry once, none missing, none twice.
Prints one line of JSON; leaves with 1 when anything is lost or doubled.
"""

import argparse
import json
import random
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections import Counter
from pathlib import Path

COMMAND = [sys.executable, "-m", "monitor"]


def get(url: str) -> bytes:
    with urllib.request.urlopen(url, timeout=60) as answer:
        return bytes(answer.read())


def config(urls: list[str]) -> str:
    rows = ['[monitor]\ntimezone = "UTC"\nspacing = 0.0\n']
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
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--kills", type=float, default=0.4, help="share of polls killed half-way")
    parser.add_argument("--port", type=int, default=8871)
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args()
    rng = random.Random(args.seed)
    server = subprocess.Popen(
        [
            *(sys.executable, str(args.server), "--feeds", str(args.feeds)),
            *("--port", str(args.port), "--max-seconds", "1800"),
        ],
        stdout=subprocess.PIPE,
        text=True,
    )
    kills = 0
    try:
        assert server.stdout is not None
        base = json.loads(server.stdout.readline())["base"]
        urls = get(base + "/urls").decode().split()
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            (folder / "config.toml").write_text(config(urls))
            total = 50  # each feed lists its newest 50
            started = time.monotonic()
            poll(folder, None)
            for _ in range(args.rounds):
                added = rng.randint(1, 5)
                total += added
                get(f"{base}/ctl/tick?k={added}")
                while rng.random() < args.kills:
                    kills += poll(folder, rng.uniform(0.3, 2.5))
                poll(folder, None)
            listed = subprocess.run(
                [*COMMAND, "list", "--all"], cwd=folder, capture_output=True, text=True, check=True
            )
            stored = Counter(
                (row["feed"], row["guid"]) for row in map(json.loads, listed.stdout.splitlines())
            )
    finally:
        server.terminate()
        server.wait()
    report = {
        "feeds": args.feeds,
        "rounds": args.rounds,
        "kills": kills,
        "served": total * args.feeds,
        "stored": stored.total(),
        "twice": sum(count - 1 for count in stored.values()),
        "lost": total * args.feeds - len(stored),
        "seconds": round(time.monotonic() - started, 1),
    }
    print(json.dumps(report))
    sys.exit(1 if report["twice"] or report["lost"] else 0)


if __name__ == "__main__":
    main()
