"""Change the program one spot at a time and see whether a test notices.

    python -m tests.benchmarks.mutants map web tests/web           # which tests run which lines
    python -m tests.benchmarks.mutants run web monitor/web --sample 200 --seed 1 --minutes 9

`map` runs tests once under coverage (the `coverage` package) and notes which test ran which line
and how long it took. `run` draws mutants from the modules without replacement and gives each the
tests that ran its line, the quickest first, until one fails. A mutant is a comparison, an operator,
a condition, a number, a text, a returned value, an argument or a statement that is another one or
gone. Left alone are: annotations, docstrings, what is logged, the words of errors, names of types,
`__all__`, and lines that only another process runs (`map` does not see it).

Each mutant runs in a child process of its own, forked from one that has imported what the tests
need beside the program. A row is printed for each that lived, and the share that was killed;
Results are kept in the map's folder: a run that is begun
again goes on.
"""

import argparse
import ast
import contextlib
import copy
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
from types import ModuleType
from typing import TypedDict

FOLDER = Path(".mutants")
_MOST_TESTS = 1500
_SECONDS = 60  # of CPU and of the clock for one mutant: a loop without end is noticed, too
_QUIET = frozenset({"debug", "info", "warning", "error", "exception", "TypeVar", "cast", "Logger"})
_OTHERS = (
    "pytest", "pytest_asyncio.plugin", "_hypothesis_pytestplugin", "hypothesis.core", "xdist",
    "ahocorasick_rs", "aiosmtpd.smtp", "aiosmtplib", "apprise", "apscheduler.triggers.cron",
    "feedparser", "httpcore", "httpx", "lxml.html", "msgspec", "protego", "pydantic", "rich",
    "selectolax.lexbor", "sqlalchemy", "tomli", "tzlocal",
)  # fmt: skip
# pytest warns of plugins that were imported before it could rewrite their assertions.
_WARNED = "ignore::pytest.PytestAssertRewriteWarning"
_QUICK = ["-q", "-x", "--tb=no", "-p", "no:cacheprovider", "-W", _WARNED]
_LOOKS = ("slots", "frozen", "repr")  # of dataclasses: no behaviour of theirs
_COMPARE = {
    ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt, ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq, ast.In: ast.NotIn, ast.NotIn: ast.In, ast.Is: ast.IsNot, ast.IsNot: ast.Is,
}  # fmt: skip
_BINARY = {
    ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.FloorDiv, ast.Div: ast.Mult,
    ast.FloorDiv: ast.Mult, ast.Mod: ast.Mult, ast.BitOr: ast.BitAnd, ast.BitAnd: ast.BitOr,
    ast.LShift: ast.RShift, ast.RShift: ast.LShift, ast.Pow: ast.Mult,
}  # fmt: skip


class _Map(TypedDict):
    times: dict[str, float]  # of tests
    lines: dict[str, dict[str, list[str]]]  # by file and line: the tests


@dataclass(frozen=True, slots=True)
class Spot:
    """One mutant: the node's place in `ast.walk` order, and which of its changes it is."""

    module: str
    node: int
    change: int
    line: int
    statement: int  # line on which its statement begins
    what: str


def changes(node: ast.AST) -> list[tuple[str, ast.AST | None]]:
    """Return (what it is, the node in its place, None for nothing) for each change of a node."""
    found: list[tuple[str, ast.AST | None]] = []
    match node:
        case ast.Compare(ops=[op]) if type(op) in _COMPARE:
            other = _COMPARE[type(op)]
            found.append((f"{type(op).__name__} -> {other.__name__}", _with(node, ops=[other()])))
        case ast.BinOp(op=op) if type(op) in _BINARY:
            other_op = _BINARY[type(op)]
            found.append(
                (f"{type(op).__name__} -> {other_op.__name__}", _with(node, op=other_op()))
            )
        case ast.BoolOp(op=op):
            turned = ast.Or() if isinstance(op, ast.And) else ast.And()
            found.append(("and <-> or", _with(node, op=turned)))
            found += [("operand left out", one) for one in node.values[1:2]]
        case ast.UnaryOp(op=ast.Not()):
            found.append(("not left out", node.operand))
        case ast.If() | ast.IfExp() | ast.While():
            test = ast.UnaryOp(ast.Not(), node.test)
            found.append(("condition turned", _with(node, test=test)))
        case ast.comprehension() if node.ifs:
            found.append(("filter left out", _with(node, ifs=node.ifs[1:])))
        case ast.Constant(value=bool()):
            found.append(("True <-> False", ast.Constant(not node.value)))
        case ast.Constant(value=int() | float()):
            found.append(("number + 1", ast.Constant(node.value + 1)))
        case ast.Constant(value=str()) if node.value:
            found.append(("another text", ast.Constant(f"XX{node.value}")))
        case ast.Return(value=ast.expr()):
            if not (isinstance(node.value, ast.Constant) and node.value.value is None):
                found.append(("returns None", _with(node, value=ast.Constant(None))))
        case ast.Continue():
            found.append(("continue -> break", ast.Break()))
        case ast.Break():
            found.append(("break -> continue", ast.Continue()))
        case ast.Expr(value=ast.Call()) | ast.AugAssign() | ast.Delete() | ast.Raise():
            found.append(("statement left out", ast.Pass()))
        case ast.Call() if node.keywords:
            found.append(("last keyword left out", _with(node, keywords=node.keywords[:-1])))
    return found


def _with(node: ast.AST, **fields: object) -> ast.AST:
    changed = copy.copy(node)
    for name, value in fields.items():
        setattr(changed, name, value)
    return changed


def _silent(tree: ast.Module) -> set[int]:
    """Ids of the nodes that are left alone."""
    found: set[int] = set()

    def pass_over(node: ast.AST | None) -> None:
        if node is not None:
            found.update(map(id, ast.walk(node)))

    for node in ast.walk(tree):
        match node:
            case ast.Expr(value=ast.Constant()):
                pass_over(node)
            case ast.Subscript(value=ast.Name(id="Literal")):
                pass_over(node)
            case ast.If(test=ast.Name(id="TYPE_CHECKING")):
                pass_over(node)
            case ast.Call(func=ast.Attribute(attr=name) | ast.Name(id=name)) if name in _QUIET:
                pass_over(node)
            case ast.Expr(value=ast.Call(func=ast.Attribute(attr=name))) if name in _QUIET:
                pass_over(node)
            case ast.AnnAssign():
                pass_over(node.annotation)
            case ast.arg():
                pass_over(node.annotation)
            case ast.FunctionDef() | ast.AsyncFunctionDef():
                pass_over(node.returns)
            case ast.Raise(exc=ast.Call()):
                found.update(id(part) for one in ast.walk(node.exc) for part in ast.walk(one))
            case ast.JoinedStr():
                found.update(id(part) for part in node.values if isinstance(part, ast.Constant))
            case ast.Assign(targets=[ast.Name(id="__all__" | "T")]):
                pass_over(node)
            case ast.Call(keywords=[*_, ast.keyword(arg=name)]) if name in _LOOKS:
                pass_over(node)
    for node in ast.walk(tree):
        if isinstance(node, ast.Expr) and id(node.value) in found:
            found.add(id(node))
    return found


def spots(module: str, source: str) -> Iterator[Spot]:
    """Yield all mutants of a module."""
    tree = ast.parse(source)
    silent = _silent(tree)
    begins: dict[int, int] = {}
    for outer in ast.walk(tree):  # inner statements come after those around them
        if isinstance(outer, ast.stmt):
            begins.update((id(part), outer.lineno) for part in ast.walk(outer))
    for number, node in enumerate(ast.walk(tree)):
        if id(node) in silent:
            continue
        for change, (what, _) in enumerate(changes(node)):
            begin = begins.get(id(node), 0)
            yield Spot(module, number, change, getattr(node, "lineno", begin), begin, what)


def mutated(source: str, spot: Spot) -> ast.Module:
    """Return the module with one node changed."""
    tree = ast.parse(source)
    old = next(node for number, node in enumerate(ast.walk(tree)) if number == spot.node)
    _, new = changes(old)[spot.change]
    assert new is not None
    for parent in ast.walk(tree):
        for name, value in ast.iter_fields(parent):
            if value is old:
                setattr(parent, name, new)
            elif isinstance(value, list):
                setattr(parent, name, [new if one is old else one for one in value])
    return ast.fix_missing_locations(tree)


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
    import pytest

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
    (FOLDER / f"{name}.json").write_text(json.dumps({"times": times, "lines": lines}))


def tests_for(found: _Map, path: str, spot: Spot) -> list[str]:
    """Return the tests that ran a line, the quickest first; of one that is run on import, all."""
    times = found["times"]
    contexts = found["lines"].get(path, {})
    line = next((str(n) for n in (spot.line, spot.statement) if str(n) in contexts), "")
    named = {name for name in contexts.get(line, ()) if name}
    if not named and line:
        named = {name for names in contexts.values() for name in names if name}
    return sorted(named, key=lambda name: times.get(name, 9.0))[:_MOST_TESTS]


def judge(spot: Spot, path: Path, tree: ast.Module, tests: list[str]) -> str:
    """Run the tests on a mutant in a child; return "killed", "lived" or "no test"."""
    if not tests:
        return "no test"
    child = os.fork()
    if child == 0:
        code = 3
        with contextlib.suppress(BaseException):
            os.setpgid(0, 0)
            resource.setrlimit(resource.RLIMIT_CPU, (_SECONDS, _SECONDS))
            signal.alarm(2 * _SECONDS)
            sys.meta_path.insert(0, _Instead(spot.module, path, tree))
            null = os.open(os.devnull, os.O_RDWR)
            for descriptor in (0, 1, 2):
                os.dup2(null, descriptor)
            import pytest

            code = int(pytest.main([*_QUICK, *tests]))
        os._exit(code)
    _, status = os.waitpid(child, 0)
    with contextlib.suppress(ProcessLookupError):
        os.killpg(child, signal.SIGKILL)
    if os.WIFEXITED(status) and os.WEXITSTATUS(status) not in (
        0,
        1,
        2,
        4,
    ):  # 4: the change broke a conftest
        raise SystemExit(f"pytest itself failed on {spot}")
    return "lived" if os.WIFEXITED(status) and os.WEXITSTATUS(status) == 0 else "killed"


def run(name: str, places: Sequence[Path], sample: int, seed: int, minutes: float) -> None:
    """Judge a sample of the mutants."""
    found = json.loads((FOLDER / f"{name}.json").read_text())
    done_file = FOLDER / f"{name}-{seed}.jsonl"
    done: dict[str, dict[str, object]] = {}
    if done_file.exists():
        for row in map(json.loads, done_file.read_text().splitlines()):
            done[row["key"]] = row
    files = [one for place in places for one in (sorted(place.rglob("*.py")) or [place])]
    every = [(spot, one) for one in files for spot in spots(_module_of(one), one.read_text())]
    drawn = [(_key(one), one, file) for one, file in Random(seed).sample(every, len(every))]
    drawn = drawn[:sample]
    _import_others()
    end = time.monotonic() + minutes * 60
    with done_file.open("a") as log:
        for key, spot, file in drawn:
            if done.get(key, {}).get("said") == "killed":
                continue
            if time.monotonic() > end:
                break
            source, tests = file.read_text("utf-8"), tests_for(found, str(file), spot)
            if not done and judge(spot, file, ast.parse(source), tests) == "killed":
                raise SystemExit("the tests must pass without a change")
            said = judge(spot, file, mutated(source, spot), tests)
            done[key] = {"key": key, "said": said, **asdict(spot)}
            log.write(json.dumps(done[key]) + "\n")
            log.flush()
            if said != "killed":
                print(f"{said:8} {file}:{spot.line} {spot.what}", flush=True)
    rows = [done[key] for key, *_ in drawn if key in done]
    killed = sum(row["said"] == "killed" for row in rows)
    share = killed / max(1, len(rows))
    print(f"{killed} of {len(rows)} killed ({share:.1%}); there are {len(every)} mutants")


def _key(spot: Spot) -> str:
    return f"{spot.module}:{spot.node}:{spot.change}"


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
    options = parser.parse_args()
    if options.command == "map":
        with contextlib.redirect_stdout(io.StringIO()):
            make_map(options.name, options.tests)
    else:
        run(options.name, options.places, options.sample, options.seed, options.minutes)


if __name__ == "__main__":
    main()
