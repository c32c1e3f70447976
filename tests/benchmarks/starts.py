"""Start two daemons at the same instant, and signal first starts, a hundred times each.

    python -m tests.benchmarks.starts --rounds 100

Two at once: exactly one says that it is ready, the other leaves with code 1 and says why; it is
never both and never none. Signals: a first start, which makes the database, gets SIGTERM or SIGKILL
at a random moment up to `--within` seconds; then the next start is ready and `monitor db check`
finds no fault. Nobody listens at the address of the only feed.
"""

import argparse
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from tests.benchmarks.life import COMMAND, installed

CONFIG = '[[feed]]\nname = "f"\nurl = "http://127.0.0.1:9/"\nprivate = true\nevery = "1h"\n'


def start(folder: Path) -> subprocess.Popen[str]:
    """Start a daemon."""
    return subprocess.Popen(
        [*COMMAND, "run"], cwd=folder, env=installed(), stderr=subprocess.PIPE, text=True
    )


def first_line(daemon: subprocess.Popen[str]) -> str:
    """Return the first thing a daemon says about its start."""
    assert daemon.stderr is not None
    for line in daemon.stderr:
        if "ready:" in line or "at work here" in line:
            return "ready" if "ready:" in line else "refused"
    return "nothing"


def end(daemon: subprocess.Popen[str], number: int = signal.SIGTERM) -> int:
    """Signal a daemon (0: not at all), and return its exit code."""
    daemon.send_signal(number)
    daemon.communicate(timeout=60)
    return daemon.returncode


def two_at_once(rounds: int) -> Counter[str]:
    """Count what two daemons said that were started together on a new state folder."""
    seen: Counter[str] = Counter()
    for _ in range(rounds):
        with tempfile.TemporaryDirectory(prefix="starts-") as name:
            folder = Path(name)
            (folder / "config.toml").write_text(CONFIG)
            both = [start(folder), start(folder)]
            said = [first_line(one) for one in both]
            codes = [
                end(one, 0 if word == "refused" else signal.SIGTERM)
                for one, word in zip(both, said, strict=True)
            ]
            seen[" and ".join(sorted(f"{s} {c}" for s, c in zip(said, codes, strict=True)))] += 1
    return seen


def signalled(rounds: int, within: float, chance: random.Random) -> Counter[str]:
    """Count how first starts that were signalled ended, and how the next one did."""
    seen: Counter[str] = Counter()
    for turn in range(rounds):
        with tempfile.TemporaryDirectory(prefix="starts-") as name:
            folder = Path(name)
            (folder / "config.toml").write_text(CONFIG)
            daemon = start(folder)
            time.sleep(chance.uniform(0, within))
            number = (signal.SIGTERM, signal.SIGKILL)[turn % 2]
            code = end(daemon, number)
            again = start(folder)
            said = first_line(again)
            last = end(again)
            check = subprocess.run(
                [*COMMAND, "db", "check"],
                cwd=folder,
                env=installed(),
                capture_output=True,
                check=False,
            )
            fine = said == "ready" and last == 0 and check.returncode == 0
            seen[f"{number.name}: ended with {code}, next start {'fine' if fine else 'BAD'}"] += 1
    return seen


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--rounds", type=int, default=100)
    parser.add_argument("--within", type=float, default=1.5, help="seconds from start to signal")
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    together = two_at_once(given.rounds)
    for what, number in together.items():
        print(f"two at once: {number:4} x {what}")
    ends = signalled(given.rounds, given.within, random.Random(given.seed))
    for what, number in sorted(ends.items()):
        print(f"signalled:   {number:4} x {what}")
    sys.exit(list(together) != ["ready 0 and refused 1"] or any("BAD" in what for what in ends))


if __name__ == "__main__":
    main()
