"""Which tests run which lines of the program, and so which of them may notice a mutant."""

import json
import os
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import _lru_cache_wrapper
from pathlib import Path
from typing import TypedDict

import pytest

from tests.benchmarks.mutations import Spot, function_around

FOLDER = Path(".mutants")


class Map(TypedDict):
    paths: list[str]  # what was run
    times: dict[str, float]  # seconds of CPU of tests
    lines: dict[str, dict[str, list[str]]]  # by file and line: the tests


@dataclass(frozen=True, slots=True)
class Drawn:
    """A mutant of the sample, and the module as it was when the run began."""

    spot: Spot
    path: Path
    source: str

    @property
    def key(self) -> str:
        return f"{self.spot.module}:{self.spot.node}:{self.spot.change}"


def _used() -> float:
    """Seconds of CPU of this process and its children: a busy machine does not change them."""
    return sum(os.times()[:4])


def _forget() -> None:
    """Empty the caches of values: who finds a value there has not run the lines that made it."""
    for name in [name for name in sys.modules if name.startswith("monitor.")]:
        for one in vars(sys.modules[name]).values():
            if isinstance(one, _lru_cache_wrapper) and one.cache_parameters()["maxsize"]:
                one.cache_clear()


def make_map(name: str, tests: Sequence[str]) -> None:
    """Run tests under coverage; note the lines of each and its seconds of CPU."""
    import coverage

    watching = coverage.Coverage(data_file=None, include=["monitor/*"])
    times: dict[str, float] = {}

    class Contexts:
        @pytest.hookimpl(hookwrapper=True)
        def pytest_runtest_protocol(self, item: pytest.Item) -> Iterator[None]:
            watching.switch_context(item.nodeid)
            _forget()
            began = _used()
            yield
            times[item.nodeid] = _used() - began
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


def contexts_of(found: Map, one: Drawn) -> list[str]:
    """Return the tests that ran a mutant's line, with "" for what ran before and between them.

    A module that made something for all its tests stands for each of them.
    """
    lines = found["lines"].get(str(one.path), {})
    line = next((str(n) for n in (one.spot.line, one.spot.statement) if str(n) in lines), "")
    ran = set(lines.get(line, []))
    return [*ran, *(name for name in found["times"] if name.partition("::")[0] in ran)]


def tests_for(found: Map, one: Drawn) -> list[str]:
    """Return the tests that ran a line, quick modules first; of one that is run on import, all."""
    times, contexts = found["times"], contexts_of(found, one)
    named = {name for name in contexts if name in times}
    if contexts and function_around(one.source, one.spot) is None:  # run once, when imported
        ran = {name for names in found["lines"][str(one.path)].values() for name in names}
        named = {name for name in times if name in ran or name.partition("::")[0] in ran}
    wholes: dict[str, float] = {}
    for name in named:
        module = name.partition("::")[0]
        wholes[module] = wholes.get(module, 0.0) + times.get(name, 9.0)

    def cost(name: str) -> tuple[float, str, float]:
        module = name.partition("::")[0]  # one after the other, or its fixtures are made anew
        return wholes[module], module, times.get(name, 9.0)

    return sorted(named, key=cost)
