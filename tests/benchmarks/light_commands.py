"""What the light commands cost from start to end, beside importing the libraries alone.

    python -m tests.benchmarks.light_commands --articles 10000 --rounds 15

Fills a store with made-up articles, a twentieth of them flagged, and runs each command and
`python -c "import httpx, sqlalchemy, pydantic, typer"` by turns. Prints the CPU (user and system)
of the cheaper half of the rounds, and the ratio.
"""

import argparse
import subprocess
import sys
import tempfile
from pathlib import Path
from resource import RUSAGE_CHILDREN, getrusage
from statistics import mean

from monitor.desk import Desk
from monitor.settings import check_config
from monitor.store import search_index
from monitor.tomlfile import parse_toml
from tests.benchmarks.digest_million import CONFIG, fill
from tests.commands import COMMAND, environment

LIBRARIES = (sys.executable, "-c", "import httpx, sqlalchemy, pydantic, typer")
SINCE = ("--since", "2026-11-16")
COMMANDS = {
    "list": ("list", *SINCE),
    "list --json": ("list", *SINCE, "--json"),
    "list --all": ("list", "--all"),
    "status": ("status",),
    "show": ("show", "9980"),
    "search": ("search", "ministers", *SINCE),
    "--help": ("--help",),
    "--version": ("--version",),
}


def cpu(command: tuple[str, ...], folder: Path) -> float:
    """Return the seconds of CPU that a process took from its start to its end."""
    before = getrusage(RUSAGE_CHILDREN)
    subprocess.run(command, cwd=folder, env=environment(), capture_output=True, check=False)
    after = getrusage(RUSAGE_CHILDREN)
    return after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--articles", type=int, default=10_000)
    parser.add_argument("--rounds", type=int, default=15)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="light-") as name:
        folder = Path(name)
        (folder / "config.toml").write_text(CONFIG)
        desk = Desk(check_config(parse_toml(CONFIG, "config.toml"), folder), folder / "state")
        fill(desk, given.articles, min(500, given.articles))
        with desk.store.write() as db:
            search_index.reset(db)  # `monitor search` brings all of it into the index
        desk.close()
        run = {"libraries": LIBRARIES}
        run |= {label: (*COMMAND, *words) for label, words in COMMANDS.items()}
        spent: dict[str, list[float]] = {label: [] for label in run}
        for turn in range(given.rounds + 1):
            for label, command in run.items():
                taken = cpu(command, folder)
                if turn:  # the first fills caches and the search index
                    spent[label].append(taken)
    half = {
        label: mean(sorted(times)[: max(1, given.rounds // 2)]) for label, times in spent.items()
    }
    for label, seconds in half.items():
        print(f"{label:14} {seconds * 1000:6.0f} ms  {seconds / half['libraries']:5.2f} x")


if __name__ == "__main__":
    main()
