"""Change the program one spot at a time and see whether a test notices.

    python -m tests.benchmarks.mutants map web tests/web           # which tests run which lines
    python -m tests.benchmarks.mutants run web monitor/web --sample 200 --seed 1 --minutes 9

`map` runs tests once under coverage (the `coverage` package) and notes which test ran which line
and how long it took. `run` draws mutants from the modules without replacement and gives each the
tests that ran its line, quick ones first, until one fails; what a mutant may be is told in
`mutations`. Lines that only another process runs are not seen: their mutants have "no test".

Each mutant runs in a child process of its own, twice where it has to. First the child is forked
from a process that has collected the tests, and gets the changed code in place of one function's:
most fall there. What is no function's is judged in one that imports the program anew, and so is
what lived though its line was run before any test, since what was made then may hide it.

A row is printed for each that lived, and the share that was killed. Results are kept in the map's
folder: a run that is begun again goes on, and with `--again` judges again what had lived.
"""

import argparse
import contextlib
import io
import json
import time
from collections.abc import Sequence
from pathlib import Path
from random import Random

from tests.benchmarks.mutant_judges import Log, import_others, judge, judge_collected
from tests.benchmarks.mutant_map import FOLDER, Drawn, Map, make_map, tests_for
from tests.benchmarks.mutations import mutated, spots


def _module_of(path: Path) -> str:
    parts = path.with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def run(
    name: str, places: Sequence[Path], sample: int, seed: int, minutes: float, *, again: bool
) -> None:
    """Judge a sample of the mutants."""
    end = time.monotonic() + minutes * 60
    found: Map = json.loads((FOLDER / f"{name}.json").read_text())
    log = Log(FOLDER / f"{name}-{seed}.jsonl")
    files = [one for place in places for one in (sorted(place.rglob("*.py")) or [place])]
    every = [
        Drawn(spot, file, source)
        for file in files
        for source in [file.read_text("utf-8")]
        for spot in spots(_module_of(file), source)
    ]
    drawn = Random(seed).sample(every, len(every))[:sample]
    if again:
        log.forget_survivors()
    left = [one for one in drawn if one.key not in log.said]
    judge_collected(found, left, log, end)
    log = Log(log.file)
    import_others()
    for one in left:
        if one.key in log.said or time.monotonic() > end:
            continue
        tests = tests_for(found, one)
        seconds = sum(found["times"].get(test, 9.0) for test in tests)
        tree = mutated(one.source, one.spot)
        log.note(one, judge(one.spot, one.path, tree, tests, seconds) if tests else "no test")
    for one in drawn:
        if (said := log.said.get(one.key, "killed")) != "killed":
            print(f"{said:8} {one.path}:{one.spot.line} {one.spot.what}", flush=True)
    judged = [log.said[one.key] for one in drawn if one.key in log.said]
    killed = judged.count("killed")
    share = killed / max(1, len(judged))
    print(f"{killed} of {len(judged)} killed ({share:.1%}); there are {len(every)} mutants")


def main() -> None:
    """Read the command line."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    commands = parser.add_subparsers(dest="command", required=True)
    mapping = commands.add_parser("map")
    mapping.add_argument("name")
    mapping.add_argument("tests", nargs="+")
    running = commands.add_parser("run")
    running.add_argument("name")
    running.add_argument("places", nargs="+", type=Path)
    running.add_argument("--sample", type=int, default=200)
    running.add_argument("--seed", type=int, default=1)
    running.add_argument("--minutes", type=float, default=9.0)
    running.add_argument("--again", action="store_true", help="judge again what had lived")
    options = parser.parse_args()
    if options.command == "map":
        with contextlib.redirect_stdout(io.StringIO()):
            make_map(options.name, options.tests)
    else:
        run(
            options.name,
            options.places,
            options.sample,
            options.seed,
            options.minutes,
            again=options.again,
        )


if __name__ == "__main__":
    main()
