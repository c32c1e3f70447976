"""What `import monitor` offers, from its own docstrings and sources."""

import ast
import inspect
import re
import textwrap
from collections.abc import Iterator
from typing import Any

from msgspec import Struct

import monitor

_SECTION = re.compile(r"^(Args|Attributes|Returns|Raises):$")
_ITEM = re.compile(r"^    (\S[^:]*): (.*)$")
# Of the class that is asked most; the others are values and errors.
_WITH_METHODS = ("Rulebook",)


def reference() -> str:
    """Return the chapters on functions, values and errors as Markdown."""
    return "\n".join(_lines())


def _lines() -> Iterator[str]:
    offered = [getattr(monitor, name) for name in monitor.__all__]
    functions = [one for one in offered if inspect.isfunction(one)]
    classes = [one for one in offered if inspect.isclass(one)]
    for function in functions:
        yield from _told(f"monitor.{function.__name__}", function)
    for kind in classes:
        yield from ("", f"## monitor.{kind.__name__}", "")
        yield from _doc(kind)
        if issubclass(kind, Struct) and (fields := _fields(kind)):
            yield from ("", "```python", fields, "```")
        if kind.__name__ in _WITH_METHODS:
            for name, method in vars(kind).items():
                if inspect.isfunction(method) and name[0] != "_":
                    yield from _told(name, method, level=3)


def _told(name: str, function: Any, level: int = 2) -> Iterator[str]:
    yield from ("", f"{'#' * level} {name}", "")
    yield from ("```python", _signature(function), "```", "")
    yield from _doc(function)


def _signature(function: Any) -> str:
    """Return the head of a function as it stands in its source, without its body."""
    (node,) = ast.parse(textwrap.dedent(inspect.getsource(function))).body
    assert isinstance(node, ast.FunctionDef)
    returns = ast.unparse(node.returns) if node.returns else "None"
    shown = f"{node.name}({ast.unparse(node.args)}) -> {returns}"
    return shown.replace("(self, ", "(").replace("(self)", "()")


def _fields(kind: type) -> str:
    """Return the fields of a value with their comments, as they stand in its source."""
    source = textwrap.dedent(inspect.getsource(kind))
    (node,) = ast.parse(source).body
    assert isinstance(node, ast.ClassDef)
    fields = [one for one in node.body if isinstance(one, ast.AnnAssign)]
    if not fields:
        return ""
    lines = source.splitlines()[fields[0].lineno - 1 : fields[-1].end_lineno]
    return textwrap.dedent("\n".join(lines))


def _doc(thing: Any) -> Iterator[str]:
    """Yield a docstring as Markdown: what is given and returned as lists, examples as code."""
    head, *examples = re.split(r"^(?=>>> )", inspect.getdoc(thing) or "", maxsplit=1, flags=re.M)
    listed = False
    for line in head.rstrip().splitlines():
        if section := _SECTION.match(line):
            listed = True
            yield from (f"{section[1]}:", "")
        elif item := _ITEM.match(line) if listed else None:
            yield f"* `{item[1]}`: {item[2]}"
        else:
            listed = listed and (not line or line[0] == " ")
            yield line.strip()
    for example in examples:
        yield from ("", "```pycon", example.rstrip(), "```")
