"""The rules of this code (CONTRIBUTING) that no reader should have to check by eye."""

import ast
import contextlib
import re
from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules
from types import ModuleType

import pytest
from radon.complexity import cc_visit_ast

PACKAGE = Path(__file__).parent.parent / "monitor"

STAGES = ("web", "feeds", "articles", "watch", "stories", "digest", "deliver", "store")
SHARED = [
    "flag_json",
    "atomic",
    "charset",
    "dates",
    "errors",
    "face",
    "host_names",
    "json_shape",
    "lock",
    "logs",
    "model",
    "newsroom",
    "progress",
    "search",
    "settings",
    "state_files",
    "text",
    "tomlfile",
    "url_keys",
    "url_logins",
    "urls",
]
# A library that only these packages may use, for what it does to the world outside.
KEPT_IN = {
    "sqlalchemy": {"store"},
    "alembic": {"store"},
    "sqlite3": {"store"},
    "httpx": {"web", "deliver"},
    "h11": {"web"},
    "aiosmtplib": {"deliver"},
    "smtplib": set(),
    "urllib.request.urlopen": set(),
    "typer": {"cli"},
    "rich": {"cli", "digest"},
    "textual": {"reader"},
}
ALLOWED = {
    "monitor.text.columns": {"rich.cells.cell_len", "rich.cells.get_character_cell_size"},
}
MODULES = sorted(PACKAGE.rglob("*.py"))


def _name(path: Path) -> str:
    parts = path.relative_to(PACKAGE.parent).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


@cache
def _tree(path: Path) -> ast.Module:
    return ast.parse(path.read_bytes())


@cache
def _nodes(path: Path) -> tuple[ast.AST, ...]:
    return tuple(ast.walk(_tree(path)))


@cache
def _imports(path: Path) -> tuple[str, ...]:
    """Return the full names of what a module imports, wherever in it."""
    names: list[str] = []
    for node in _nodes(path):
        if isinstance(node, ast.Import):
            names += (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative import"
            names += (f"{node.module}.{alias.name}" for alias in node.names)
    return tuple(names)


def _package_of(name: str) -> str:
    """Return "web" of `monitor.web.module`; "" for what is no module of ours."""
    parts = name.split(".")
    return parts[1] if parts[0] == "monitor" and len(parts) > 1 else ""


def _package(path: Path) -> str:
    return _package_of(_name(path))


def test_a_stage_imports_what_all_share_and_no_other_stage() -> None:
    """Only the pipeline knows the order of the stages, and nothing below knows what is above."""
    for path in MODULES:
        package = _package(path)
        if package not in (*STAGES, *SHARED):
            continue
        allowed = {package, *SHARED} if package in STAGES else set(SHARED)
        strange = {name for name in _imports(path) if _package_of(name) not in (allowed | {""})}
        assert not strange, f"{path} imports {strange}"


@pytest.mark.parametrize("library", KEPT_IN)
def test_what_touches_the_world_is_imported_only_where_it_belongs(library: str) -> None:
    """SQL in the store, HTTP in web and deliver, terminal in cli and the digest's own forms."""
    for path in MODULES:
        if _package(path) in KEPT_IN[library]:
            continue
        strange = {
            name for name in _imports(path) if f"{name}.".startswith(f"{library}.")
        } - ALLOWED.get(_name(path), set())
        assert not strange, f"{path} imports {strange}"


def test_only_the_command_line_prints() -> None:
    """No other package writes to the terminal; the log and the return value are its voice."""
    for path in MODULES:
        if _package(path) == "cli":
            continue
        calls = [node for node in _nodes(path) if _is_print(node)]
        assert not calls, f"{path}:{calls[0].lineno} prints"


def _is_print(node: ast.AST) -> bool:
    return (
        isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "print"
    )


def test_no_file_name_is_used_for_two_trades() -> None:
    """Whoever looks for a module by its name finds one."""
    places = defaultdict(list)
    for path in MODULES:
        if path.stem not in ("__init__", "__main__"):
            places[path.stem].append(_name(path))
    assert not {name: found for name, found in places.items() if len(found) > 1}


def test_no_file_is_longer_than_three_hundred_lines() -> None:
    """A file holds one trade."""
    found = {_name(path): len(path.read_bytes().splitlines()) for path in MODULES}
    assert not {name: lines for name, lines in found.items() if lines > 300}


def test_no_function_is_longer_than_sixty_lines() -> None:
    """A function is read without scrolling."""
    found = {
        f"{path.stem}.{node.name}": lines
        for path in MODULES
        for node in _nodes(path)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and (lines := (node.end_lineno or node.lineno) - node.lineno + 1) > 60
    }
    assert not found


def test_no_function_is_more_complex_than_twenty() -> None:
    """Cyclomatic complexity, as radon counts it."""
    found = {
        f"{path.stem}.{block.name}": block.complexity
        for path in MODULES
        for block in cc_visit_ast(_tree(path))
        if block.complexity > 20
    }
    assert not found


FACES = [
    _name(path)
    for path in MODULES
    if path.stem == "__init__" and "monitor.face.on_demand" in _imports(path)
]


@pytest.mark.parametrize("package", FACES)
def test_a_package_offers_what_it_says(package: str) -> None:
    """Every name of a face that is loaded on demand is there, and no module stands in its place."""
    face = import_module(package)
    for name in face.__all__:
        found = getattr(face, name)
        assert not isinstance(found, ModuleType), f"{package}.{name} is a module"
    beside = {module.name for module in iter_modules(face.__path__)}
    assert not beside & set(face.__all__)
    with pytest.raises(AttributeError, match="no attribute"):
        face.no_such_name  # noqa: B018


PACKAGES = [path for path in MODULES if path.stem == "__init__"]


@pytest.mark.parametrize("path", PACKAGES, ids=_name)
def test_a_package_lists_what_is_there(path: Path) -> None:
    """A list of modules or names in its docstring speaks of none that is gone."""
    listed = re.findall(r"((?:`[\w.]+`,\s+)*`[\w.]+`): ", ast.get_docstring(_tree(path)) or "")
    names = {name.partition(".")[0] for group in listed for name in re.findall(r"[\w.]+", group)}
    beside = {found.stem for found in path.parent.iterdir()}
    offered = set(getattr(import_module(_name(path)), "__all__", ()))
    assert not names - beside - offered


BENCHMARKS = sorted((PACKAGE.parent / "tests" / "benchmarks").glob("*.py"))


def test_benchmarks_find_what_they_take_from_one_another() -> None:
    """Nobody runs all of them often, so a name that moved would be missed for weeks."""
    trees = {f"tests.benchmarks.{path.stem}": _tree(path) for path in BENCHMARKS}
    own = {name: set(_defined(tree.body)) for name, tree in trees.items()}
    lacking = [
        f"{name}: {node.module}.{alias.name}"
        for name, tree in trees.items()
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.module in own
        for alias in node.names
        if alias.name not in own[node.module]
    ]
    assert not lacking


@pytest.mark.parametrize("path", BENCHMARKS, ids=lambda path: path.stem)
def test_benchmarks_find_what_they_take_from_the_program(path: Path) -> None:
    """Every name that they import of it is there, and so is what they ask its modules for."""
    modules: dict[str, ModuleType] = {}
    lacking = []
    for node in _nodes(path):
        if isinstance(node, ast.ImportFrom) and f"{node.module}.".startswith("monitor."):
            for alias in node.names:
                found = _taken(str(node.module), alias.name)
                if found is None:
                    lacking.append(f"{node.module}.{alias.name}")
                elif isinstance(found, ModuleType):
                    modules[alias.asname or alias.name] = found
    lacking += [
        f"{node.value.id}.{node.attr}"
        for node in _nodes(path)
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name)
        if node.value.id in modules and not hasattr(modules[node.value.id], node.attr)
    ]
    assert not lacking


def _taken(module: str, name: str) -> object:
    """Return what a name of a module stands for; None when there is none."""
    with contextlib.suppress(AttributeError):
        return getattr(import_module(module), name)
    with contextlib.suppress(ModuleNotFoundError):
        return import_module(f"{module}.{name}")
    return None


def _defined(body: list[ast.stmt]) -> Iterator[str]:
    for node in body:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            yield node.name
        elif isinstance(node, ast.Assign | ast.AnnAssign):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            for target in targets:
                yield from (part.id for part in ast.walk(target) if isinstance(part, ast.Name))
