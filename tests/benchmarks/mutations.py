"""The mutants of a module: one spot of its syntax tree is another one, or gone.

A mutant is a comparison, an operator, a condition, a number, a text, a returned value, an argument
or a statement that is changed or left out. Left alone are: annotations, docstrings, what is logged,
the words of errors, names of types and `__all__`.
"""

import ast
import copy
from collections.abc import Iterator
from dataclasses import dataclass

_QUIET = frozenset({"debug", "info", "warning", "error", "exception", "TypeVar", "cast", "Logger"})
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
            said = node.value.value if isinstance(node.value, ast.Constant) else node.value
            if said is not None and said is not False:  # who asks whether takes both for no
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


def function_around(source: str, spot: Spot) -> tuple[str, int] | None:
    """Return name and first line of the outermost function whose body a mutant is in, or None."""
    tree = ast.parse(source)
    wanted = next(node for number, node in enumerate(ast.walk(tree)) if number == spot.node)
    waiting: list[ast.AST] = [tree]
    for node in waiting:
        for one in ast.iter_child_nodes(node):
            if isinstance(one, ast.FunctionDef | ast.AsyncFunctionDef):
                if any(wanted is part for inner in one.body for part in ast.walk(inner)):
                    lines = [one.lineno, *(each.lineno for each in one.decorator_list)]
                    return one.name, min(lines)
            elif isinstance(one, ast.stmt):
                waiting.append(one)
    return None
