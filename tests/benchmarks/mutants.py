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
import ast
import contextlib
import gc
import importlib.abc
import importlib.util
import io
import json
import os
import resource
import signal
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from random import Random
from types import CodeType, FunctionType, ModuleType
from typing import TypedDict

import pytest

from tests.benchmarks.mutations import Spot, function_around, mutated, spots

FOLDER = Path(".mutants")
# A loop without end is noticed, too: a test may take some seconds more than it did, and some times.
_MORE_SECONDS, _TIMES = 20, 5
_OTHERS = (
    "pytest_asyncio.plugin", "_hypothesis_pytestplugin", "hypothesis.core", "xdist",
    "ahocorasick_rs", "aiosmtpd.smtp", "aiosmtplib", "apprise", "apscheduler.triggers.cron",
    "feedparser", "httpcore", "httpx", "lxml.html", "msgspec", "protego", "pydantic", "rich",
    "selectolax.lexbor", "sqlalchemy", "tomli", "tzlocal",
)  # fmt: skip
# pytest warns of plugins that were imported before it could rewrite their assertions.
_WARNED = "ignore::pytest.PytestAssertRewriteWarning"
_QUICK = ["-q", "-x", "--tb=no", "-p", "no:cacheprovider", "-W", _WARNED]


class _Map(TypedDict):
    paths: list[str]  # what was run
    times: dict[str, float]  # of tests
    lines: dict[str, dict[str, list[str]]]  # by file and line: the tests


class _Instead(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Imports one module from a changed tree."""

    def __init__(self, module: str, path: Path, tree: ast.Module) -> None:
        self.module, self.path, self.tree = module, path, tree

    def find_spec(
        self, name: str, _path: object, _target: object = None
    ) -> importlib.machinery.ModuleSpec | None:
        if name != self.module:
            return None
        places = [str(self.path.parent)] if self.path.name == "__init__.py" else None
        return importlib.util.spec_from_file_location(
            name, self.path, loader=self, submodule_search_locations=places
        )

    def create_module(self, spec: importlib.machinery.ModuleSpec) -> None:
        return None

    def exec_module(self, module: ModuleType) -> None:
        exec(compile(self.tree, str(self.path), "exec"), module.__dict__)


def _module_of(path: Path) -> str:
    parts = path.with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def make_map(name: str, tests: Sequence[str]) -> None:
    """Run tests under coverage; note the lines of each and its seconds."""
    import coverage

    watching = coverage.Coverage(data_file=None, include=["monitor/*"])
    times: dict[str, float] = {}

    class Contexts:
        @pytest.hookimpl(hookwrapper=True)
        def pytest_runtest_protocol(self, item: pytest.Item) -> Iterator[None]:
            watching.switch_context(item.nodeid)
            began = time.monotonic()
            yield
            times[item.nodeid] = time.monotonic() - began
            watching.switch_context("")

        @pytest.hookimpl(hookwrapper=True)
        def pytest_fixture_setup(
            self, fixturedef: pytest.FixtureDef[object], request: pytest.FixtureRequest
        ) -> Iterator[None]:
            if fixturedef.scope == "module":  # what it runs, it runs for all tests of the module
                watching.switch_context(request.node.nodeid)
            yield
            if fixturedef.scope == "module":
                watching.switch_context(request._pyfuncitem.nodeid)

    watching.start()
    code = pytest.main(["-q", "-x", "-p", "no:cacheprovider", *tests], plugins=[Contexts()])
    watching.stop()
    if code != 0:
        raise SystemExit("the tests must pass without a change")
    data = watching.get_data()
    here = Path.cwd()
    lines: dict[str, dict[str, list[str]]] = {}
    for file in data.measured_files():
        where = str(Path(file).relative_to(here))
        lines[where] = {
            str(line): contexts for line, contexts in data.contexts_by_lineno(file).items()
        }
    FOLDER.mkdir(exist_ok=True)
    (FOLDER / f"{name}.json").write_text(
        json.dumps({"paths": list(tests), "times": times, "lines": lines})
    )


def contexts_of(found: _Map, one: "_Drawn") -> list[str]:
    """Return the tests that ran a mutant's line, with "" for what ran before and between them.

    A module that made something for all its tests stands for each of them.
    """
    lines = found["lines"].get(str(one.path), {})
    line = next((str(n) for n in (one.spot.line, one.spot.statement) if str(n) in lines), "")
    ran = set(lines.get(line, []))
    return [*ran, *(name for name in found["times"] if name.partition("::")[0] in ran)]


def tests_for(found: _Map, one: "_Drawn") -> list[str]:
    """Return the tests that ran a line, quick modules first; of one that is run on import, all."""
    times, contexts = found["times"], contexts_of(found, one)
    named = {name for name in contexts if name in times}
    if contexts and function_around(one.source, one.spot) is None:  # run once, when imported
        every = found["lines"][str(one.path)].values()
        named = {name for names in every for name in names if name in times}
    wholes: dict[str, float] = {}
    for name in named:
        module = name.partition("::")[0]
        wholes[module] = wholes.get(module, 0.0) + times.get(name, 9.0)

    def cost(name: str) -> tuple[float, str, float]:
        module = name.partition("::")[0]  # one after the other, or its fixtures are made anew
        return wholes[module], module, times.get(name, 9.0)

    return sorted(named, key=cost)


def _judged(child: int) -> str:
    """Wait for a child; return "killed", "lived", or "" where it could not say."""
    _, status = os.waitpid(child, 0)
    with contextlib.suppress(ProcessLookupError):
        os.killpg(child, signal.SIGKILL)
    said = os.WEXITSTATUS(status) if os.WIFEXITED(status) else 1  # a signal: out of time
    return {0: "lived", 1: "killed", 2: "killed", 4: "killed"}.get(said, "")  # 4: of a conftest


def _alone() -> None:
    """Make a child the first of its own group, with nothing to say."""
    os.setpgid(0, 0)
    null = os.open(os.devnull, os.O_RDWR)
    for descriptor in (0, 1, 2):
        os.dup2(null, descriptor)


def _limit(seconds: float) -> None:
    """End this process when it has taken as many times as long as it should."""
    usage = resource.getrusage(resource.RUSAGE_SELF)
    most = int(usage.ru_utime + usage.ru_stime + _MORE_SECONDS + _TIMES * seconds)
    resource.setrlimit(resource.RLIMIT_CPU, (most, resource.RLIM_INFINITY))
    signal.alarm(int(2 * _MORE_SECONDS + 2 * _TIMES * seconds))


def judge(spot: Spot, path: Path, tree: ast.Module, tests: list[str], seconds: float) -> str:
    """Run the tests on a mutant in a child that imports it; return "killed" or "lived"."""
    child = os.fork()
    if child == 0:
        code = 3
        with contextlib.suppress(BaseException):
            _alone()
            _limit(seconds)
            sys.meta_path.insert(0, _Instead(spot.module, path, tree))
            code = int(pytest.main([*_QUICK, *tests]))
        os._exit(code)
    if said := _judged(child):
        return said
    raise SystemExit(f"pytest itself failed on {spot}")


class Collected:
    """A plugin of pytest that judges mutants instead of running the tests, once they are there."""

    def __init__(self, found: _Map, drawn: "Sequence[_Drawn]", log: "_Log", end: float) -> None:
        self.found, self.drawn, self.log, self.end = found, drawn, log, end

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        """Judge all that fall when one function's code is changed in place."""
        for name in sorted({one.spot.module for one in self.drawn}):
            importlib.import_module(name)
        functions: dict[tuple[str, str, int], list[FunctionType]] = {}
        for one in gc.get_objects():
            if isinstance(one, FunctionType) and "/monitor/" in one.__code__.co_filename:
                code = one.__code__
                key = code.co_filename, code.co_name, code.co_firstlineno
                functions.setdefault(key, []).append(one)
        gc.freeze()
        items = {item.nodeid: item for item in session.items}
        for one in self.drawn:
            if time.monotonic() > self.end:
                break
            around = function_around(one.source, one.spot)
            tests = [items[name] for name in tests_for(self.found, one) if name in items]
            live = around and functions.get((str(one.path.absolute()), *around))
            if not (around and live and tests):
                continue
            said = self._say(one, around, live, tests)
            if said == "killed" or (said and "" not in contexts_of(self.found, one)):
                self.log.note(one, said)
        return True

    def _say(
        self, one: "_Drawn", around: tuple[str, int], live: Sequence[FunctionType],
        tests: Sequence[pytest.Item],
    ) -> str:  # fmt: skip
        changed = _code(mutated(one.source, one.spot), one.path.absolute(), *around)
        child = os.fork()
        if child != 0:
            return _judged(child)
        code = 3  # such as for code that needs other variables around it than the function has
        with contextlib.suppress(BaseException):
            _alone()
            for function in live:
                function.__code__ = changed
            code = self._run(tests)
        os._exit(code)

    def _run(self, tests: Sequence[pytest.Item]) -> int:
        for item, after in zip(tests, [*tests[1:], None], strict=True):
            _limit(self.found["times"].get(item.nodeid, 9.0))
            item.config.hook.pytest_runtest_protocol(item=item, nextitem=after)
            if item.session.testsfailed:
                return 1
        return 0


def _code(tree: ast.Module, path: Path, name: str, line: int) -> CodeType:
    """Return the code of one function of a module."""
    waiting = [compile(tree, str(path), "exec")]
    for code in waiting:
        if (code.co_name, code.co_firstlineno) == (name, line):
            return code
        waiting += [one for one in code.co_consts if isinstance(one, CodeType)]
    raise LookupError(name)


@dataclass(frozen=True, slots=True)
class _Drawn:
    """A mutant of the sample, and the module as it was when the run began."""

    spot: Spot
    path: Path
    source: str

    @property
    def key(self) -> str:
        return f"{self.spot.module}:{self.spot.node}:{self.spot.change}"


class _Log:
    """What was said of each mutant, kept in a file."""

    def __init__(self, file: Path) -> None:
        self.file = file
        self.said: dict[str, str] = {}
        if file.exists():
            rows = [json.loads(line) for line in file.read_text().splitlines()]
            self.said = {row["key"]: row["said"] for row in rows}

    def forget_survivors(self) -> None:
        """Keep what was killed."""
        rows = self.file.read_text().splitlines(keepends=True) if self.file.exists() else []
        self.file.write_text("".join(row for row in rows if json.loads(row)["said"] == "killed"))
        self.said = {key: said for key, said in self.said.items() if said == "killed"}

    def note(self, one: _Drawn, said: str) -> None:
        self.said[one.key] = said
        row = json.dumps({"key": one.key, "said": said, **asdict(one.spot)})
        with self.file.open("a") as file:
            file.write(f"{row}\n")


def run(
    name: str, places: Sequence[Path], sample: int, seed: int, minutes: float, *, again: bool
) -> None:
    """Judge a sample of the mutants."""
    end = time.monotonic() + minutes * 60
    found: _Map = json.loads((FOLDER / f"{name}.json").read_text())
    log = _Log(FOLDER / f"{name}-{seed}.jsonl")
    files = [one for place in places for one in (sorted(place.rglob("*.py")) or [place])]
    every = [
        _Drawn(spot, file, source)
        for file in files
        for source in [file.read_text("utf-8")]
        for spot in spots(_module_of(file), source)
    ]
    drawn = Random(seed).sample(every, len(every))[:sample]
    if again:
        log.forget_survivors()
    left = [one for one in drawn if one.key not in log.said]
    _judge_collected(found, left, log, end)
    log = _Log(log.file)
    _import_others()
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


def _judge_collected(found: _Map, drawn: Sequence[_Drawn], log: _Log, end: float) -> None:
    """Judge in a process of its own, so that this one has not imported the program."""
    child = os.fork()
    if child == 0:
        with contextlib.redirect_stdout(io.StringIO()):
            pytest.main([*_QUICK, *found["paths"]], plugins=[Collected(found, drawn, log, end)])
        os._exit(0)
    os.waitpid(child, 0)


def _import_others() -> None:
    """Import what takes long and is not ours, once for all children."""
    for name in _OTHERS:
        with contextlib.suppress(ImportError):
            importlib.import_module(name)


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
