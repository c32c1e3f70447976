"""Judge mutants: run the tests that ran their lines on them, in a child process each."""

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
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from types import CodeType, FunctionType, ModuleType

import pytest

from tests.benchmarks.mutant_map import Drawn, Map, contexts_of, tests_for
from tests.benchmarks.mutations import Spot, function_around, mutated

# A loop without end is noticed, too: a test may take some seconds more than it did, and some times.
_MORE_SECONDS, _TIMES = 20, 5
_STILL = 0.005  # CPU a second of somebody who only waits
_OTHERS = (
    "pytest_asyncio.plugin", "_hypothesis_pytestplugin", "hypothesis.core", "xdist",
    "ahocorasick_rs", "aiosmtpd.smtp", "aiosmtplib", "apprise", "apscheduler.triggers.cron",
    "feedparser", "httpcore", "httpx", "lxml.html", "msgspec", "protego", "pydantic", "rich",
    "selectolax.lexbor", "sqlalchemy", "tomli", "tzlocal",
)  # fmt: skip
# pytest warns of plugins that were imported before it could rewrite their assertions.
_WARNED = "ignore::pytest.PytestAssertRewriteWarning"
_QUICK = ["-q", "-x", "--tb=no", "-p", "no:cacheprovider", "-W", _WARNED]


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


class Log:
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

    def note(self, one: Drawn, said: str) -> None:
        self.said[one.key] = said
        row = json.dumps({"key": one.key, "said": said, **asdict(one.spot)})
        with self.file.open("a") as file:
            file.write(f"{row}\n")


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
    """End this process when it has taken as many times as long as it should, or stands still.

    On a busy machine a test may wait long for its turn; what takes no CPU at all waits in vain.
    """
    used = [_cpu()]
    most = int(used[0] + _MORE_SECONDS + _TIMES * seconds)
    resource.setrlimit(resource.RLIMIT_CPU, (most, resource.RLIM_INFINITY))
    wait = int(2 * _MORE_SECONDS + 2 * _TIMES * seconds)

    def look(_number: int, _frame: object) -> None:
        if _cpu() - used[-1] < _STILL * wait:
            os._exit(1)
        used.append(_cpu())
        signal.alarm(wait)

    signal.signal(signal.SIGALRM, look)
    signal.alarm(wait)


def _cpu() -> float:
    """Seconds of CPU of this process."""
    usage = resource.getrusage(resource.RUSAGE_SELF)
    return usage.ru_utime + usage.ru_stime


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

    def __init__(self, found: Map, drawn: Sequence[Drawn], log: Log, end: float) -> None:
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
        self, one: Drawn, around: tuple[str, int], live: Sequence[FunctionType],
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


def judge_collected(found: Map, drawn: Sequence[Drawn], log: Log, end: float) -> None:
    """Judge in a process of its own, so that this one has not imported the program."""
    child = os.fork()
    if child == 0:
        with contextlib.redirect_stdout(io.StringIO()):
            pytest.main([*_QUICK, *found["paths"]], plugins=[Collected(found, drawn, log, end)])
        os._exit(0)
    os.waitpid(child, 0)


def import_others() -> None:
    """Import what takes long and is not ours, once for all children."""
    for name in _OTHERS:
        with contextlib.suppress(ImportError):
            importlib.import_module(name)
