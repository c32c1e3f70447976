"""Data of a TOML file against pydantic types: what is wrong is a fault with its place.

One formatter for all that users write: config.toml, rules, lists, entities, site profiles. A fault
has file, line and key, says what was expected, and gives the nearest known spelling.
"""

import dataclasses
import re
from collections.abc import Collection, Iterator
from functools import cache
from typing import Any, Generic, TypeVar, get_args, get_origin, get_type_hints

from pydantic import BaseModel, TypeAdapter, ValidationError
from pydantic.fields import FieldInfo

from monitor.errors import Fault
from monitor.tomlfile.file import TomlFile, nearest
from monitor.tomlfile.places import KeyPath

_SHAPES = {
    "string_type": "expected a text in quotes",
    "bool_type": "expected true or false",
    "int_type": "expected a whole number",
    "int_from_float": "expected a whole number",
    "float_type": "expected a number",
    "finite_number": "expected a number",
    "tuple_type": "expected a list",
    "list_type": "expected a list",
    "dict_type": "expected a table",
    "model_type": "expected a table",
    "dataclass_type": "expected a table",
    "missing": "is required",
}

T = TypeVar("T")


class Wrong(ValueError):
    """A value that cannot be; the message says what was expected, `hint` what to write."""

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.hint = hint


def one_of(value: str, known: tuple[str, ...], noun: str) -> Wrong:
    """Return what to raise for a value that is none of those known."""
    return Wrong(f'unknown {noun} "{value}"', nearest(value, known) or f"one of {', '.join(known)}")


class Checker(Generic[T]):
    """Checks tables of one kind and makes a frozen dataclass of each.

    Args:
        kind: a dataclass whose fields are annotated for pydantic; an `alias` is the user's key.
        own: fields that the program sets and no user may write.
    """

    def __init__(self, kind: type[T], own: Collection[str] = ()) -> None:
        self._kind = kind
        self._own = frozenset(own)
        self._adapter = TypeAdapter(kind)

    def read(
        self,
        file: TomlFile,
        path: KeyPath,
        raw: object,
        faults: list[Fault],
        /,
        *,
        context: object = None,
        **own: object,
    ) -> T | None:
        """Return the table at `path` as its dataclass, or None when faults were added.

        Args:
            file: where the table stands.
            path: of the table in the file.
            raw: the table as the parser read it.
            faults: everything that is wrong with it is added here.
            context: what validators get to know besides the value.
            own: the fields that the program sets.
        """
        if not isinstance(raw, dict):
            faults.append(file.fault(path, "expected a table"))
            return None
        before = len(faults)
        table: Any = self._kind
        if written := self._own & raw.keys():
            known = [key for key, _ in _fields(table) if key not in self._own]
            faults += (_unknown(file, (*path, key), known) for key in written)
        try:
            value = self._adapter.validate_python({**raw, **own}, context=context)
        except ValidationError as error:
            faults += faults_in(file, error, self._kind, path, own=self._own)
            return None
        return value if len(faults) == before else None


def faults_in(
    file: TomlFile,
    error: ValidationError,
    kind: Any,
    path: KeyPath = (),
    *,
    own: Collection[str] = (),
) -> Iterator[Fault]:
    """Yield what pydantic found wrong with data of `file`, one fault each.

    Args:
        file: where the data come from.
        error: what pydantic raised.
        kind: the type that the data were checked against.
        path: where in the file the data stand.
        own: fields of the outermost table that no user may write.
    """
    for detail in error.errors(include_url=False):
        yield _fault(file, dict(detail), kind, path, own)


def _fault(
    file: TomlFile, detail: dict[str, Any], kind: Any, above: KeyPath, own: Collection[str]
) -> Fault:
    # What the program sets itself stands in no table of the user's.
    inner = tuple(part for part in detail["loc"] if part not in own and part != "[key]")
    path = (*above, *inner)
    given, name = detail.get("input"), detail["type"]
    if name in ("extra_forbidden", "unexpected_keyword_argument"):
        table = _table_in(_type_at(kind, inner[:-1]))
        known = [key for key, _ in _fields(table) if len(inner) > 1 or key not in own]
        return _unknown(file, path, known)
    if _lacks_brackets(detail, _type_at(kind, inner)):
        header = ".".join(str(part) for part in path if isinstance(part, str))
        return file.fault(path, f"write [[{header}]] with two brackets")
    message = str(detail["msg"])
    hint = ""
    if name == "value_error":
        cause = detail["ctx"]["error"]
        message, hint = str(cause), getattr(cause, "hint", "")
        if message.startswith("expected") and str(given) not in message:
            message += _not(given)
        return file.fault(path, message, hint)
    if name == "literal_error":
        options = re.findall(r"'([^']*)'", detail["ctx"]["expected"])
        listed = ", ".join(f'"{option}"' for option in options if option)
        return file.fault(
            path, f"expected one of {listed}{_not(given)}", nearest(str(given), options)
        )
    message = _SHAPES.get(name) or message.replace("Input should be ", "expected ", 1)
    return file.fault(path, message + (_not(given) if name != "missing" else ""), hint)


def _lacks_brackets(detail: dict[str, Any], wanted: Any) -> bool:
    """Tell whether one table stands where a list of tables is wanted."""
    listed = detail["type"] in ("tuple_type", "list_type")
    return listed and isinstance(detail.get("input"), dict) and _table_in(wanted) is not None


def _unknown(file: TomlFile, path: KeyPath, known: list[str]) -> Fault:
    if path[-1] == "password":
        hint = "use password_env, password_command or password_keyring"
        return file.fault(path, "a password does not belong in this file", hint)
    hint = nearest(str(path[-1]), known) or f"known: {', '.join(known)}"
    return file.fault(path, f'unknown key "{path[-1]}"', hint)


def _not(given: object) -> str:
    return f", not {given!r}"[:80] if isinstance(given, str | int | float) else ""


@cache  # a file may have a fault in each of thousands of tables of one kind
def _fields(table: Any) -> tuple[tuple[str, Any], ...]:
    """Return the keys that users write in a table, and their types."""
    return tuple(_fields_of(table))


def _fields_of(table: Any) -> Iterator[tuple[str, Any]]:
    if isinstance(table, type) and issubclass(table, BaseModel):
        for name, info in table.model_fields.items():
            if not info.exclude:
                yield info.alias or name, info.annotation
    elif dataclasses.is_dataclass(table) and isinstance(table, type):
        hints = get_type_hints(table, include_extras=True)
        for field in dataclasses.fields(table):
            if field.init:
                extras = getattr(hints[field.name], "__metadata__", ())
                alias = next((e.alias for e in extras if isinstance(e, FieldInfo) and e.alias), "")
                yield alias or field.name, hints[field.name]


def _type_at(kind: Any, path: KeyPath) -> Any:
    """Return the type that stands at `path` under `kind`: of a table, the table's own class."""
    at = kind
    for part in path:
        table = _table_in(at)
        if isinstance(part, str) and table is not None:
            at = dict(_fields(table)).get(part, at)
        elif isinstance(part, int):
            at = table
    return at


def _table_in(kind: Any) -> Any:
    """Return the table class that a type holds, if any."""
    if isinstance(kind, type) and (issubclass(kind, BaseModel) or dataclasses.is_dataclass(kind)):
        return kind
    for inner in get_args(kind) if get_origin(kind) is not None else ():
        if found := _table_in(inner):
            return found
    return None
