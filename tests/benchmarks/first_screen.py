"""How long `monitor read` takes to its first screen, and to others, in a large archive.

    python -m tests.benchmarks.first_screen --articles 1000000 --stories 500

Fills a store with made-up articles over a year, a twentieth of them flagged, and some of today.
Starts the reader on a terminal of its own, some times, and prints the medians of wall and CPU
seconds: from its start to the first headline, and from a key to what it shows.
"""

import argparse
import json
import os
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

from monitor.desk import Desk
from monitor.settings import check_config
from monitor.tomlfile import parse_toml
from tests.benchmarks.digest_million import CONFIG, fill
from tests.terminal import Terminal

READ = """
from datetime import timedelta
from pathlib import Path
from monitor.reader import Archive, ReaderApp
from monitor.settings import load_config
from monitor.desk import Desk
from tests.benchmarks.digest_million import NOW
desk = Desk(load_config(Path("config.toml")))
ReaderApp(Archive(desk, lambda: NOW - timedelta(minutes=30))).run()
"""
STEPS = {  # a key, and what is on the screen once it was answered
    "three days": ("w", "20 Nov to 22 Nov"),
    "seven days": ("w", "16 Nov to 22 Nov"),
    "thirty days": ("w", "24 Oct to 22 Nov"),
    "thirty days before": ("<", "24 Sep to 23 Oct"),
    "a story": ("\r", "Foreign ministers of South"),
}


def cpu(process: int) -> float:
    """Return the seconds of CPU that a process has taken."""
    fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def one_run(folder: Path) -> dict[str, tuple[float, float]]:
    """Start the reader and go through the steps; return wall and CPU seconds of each."""
    found = {}
    wall = time.perf_counter()
    command = (sys.executable, "-c", READ)
    with Terminal(folder=folder, size=(100, 40), command=command) as terminal:
        terminal.until("Talks ")
        found["first screen"] = (time.perf_counter() - wall, cpu(terminal.process.pid))
        terminal.until("China and South Korea")
        for name, (key, shown) in STEPS.items():
            wall, before = time.perf_counter(), cpu(terminal.process.pid)
            terminal.press(key)
            terminal.until(shown)
            found[name] = (time.perf_counter() - wall, cpu(terminal.process.pid) - before)
    return found


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--articles", type=int, default=1_000_000)
    parser.add_argument("--stories", type=int, default=500)
    parser.add_argument("--rounds", type=int, default=5)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "config.toml").write_text(CONFIG, "utf-8")
        desk = Desk(check_config(parse_toml(CONFIG, "config.toml"), folder))
        fill(desk, given.articles, given.stories)
        desk.close()
        runs = [one_run(folder) for _ in range(given.rounds)]
    for step in runs[0]:
        walls, cpus = zip(*(run[step] for run in runs), strict=True)
        line = {"step": step, "wall_s": round(median(walls), 2), "cpu_s": round(median(cpus), 2)}
        print(json.dumps(line))


if __name__ == "__main__":
    main()
