"""Model values ↔ JSON columns.

A frozen dataclass becomes an object without the fields that have their default value, so that a
field added later needs no migration; datetimes become ISO 8601 with their offset, durations
seconds, sets sorted lists. Reading is driven by the type hints, built once a type.
"""

import dataclasses
import json
import types
from collections.abc import Callable, Hashable
from datetime import datetime, timedelta
from functools import cache
from typing import Any, Literal, TypeVar, Union, cast, get_args, get_origin, get_type_hints

T = TypeVar("T")


def dump(value: Any) -> str:
    """Return the JSON text of a model value."""
    return json.dumps(_plain(value), ensure_ascii=False, separators=(",", ":"))


def load(kind: type[T], text: str) -> T:
    """Return the model value of type `kind` that `dump` wrote; unknown keys are ignored."""
    result: T = _reader(cast("Hashable", kind))(json.loads(text))
    return result


def dump_all(values: tuple[Any, ...]) -> str:
    """Return the JSON text of a tuple of model values."""
    return dump(list(values))


def load_all(kind: type[T], text: str) -> tuple[T, ...]:
    """Return the values that `dump_all` wrote."""
    read = _reader(cast("Hashable", kind))
    return tuple(read(item) for item in json.loads(text))


def _plain(value: Any) -> Any:
    if isinstance(value, str | int | float | None):
        return value
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, timedelta):
        return value.total_seconds()
    if isinstance(value, frozenset):
        return sorted(value)
    if isinstance(value, tuple | list):
        return [_plain(item) for item in value]
    return {
        name: _plain(item)
        for name, default in _defaults(cast("Hashable", type(value)))
        if (item := getattr(value, name)) != default
    }


@cache
def _defaults(kind: Any) -> tuple[tuple[str, Any], ...]:
    def default(field: dataclasses.Field[Any]) -> Any:
        if field.default_factory is not dataclasses.MISSING:
            return field.default_factory()
        return field.default  # MISSING equals nothing, so a field without default is kept

    return tuple((field.name, default(field)) for field in dataclasses.fields(kind))


@cache
def _reader(kind: Any) -> Callable[[Any], Any]:
    origin, args = get_origin(kind), get_args(kind)
    if kind is datetime:
        return datetime.fromisoformat
    if kind is timedelta:
        return lambda seconds: timedelta(seconds=seconds)
    if origin in (Union, types.UnionType):
        inner = _reader(next(arg for arg in args if arg is not type(None)))
        return lambda item: None if item is None else inner(item)
    if origin is tuple and args[-1:] == (Ellipsis,):
        each = _reader(args[0])
        return lambda items: tuple(map(each, items))
    if origin is tuple:
        readers = [_reader(arg) for arg in args]
        return lambda items: tuple(read(item) for read, item in zip(readers, items, strict=True))
    if origin is frozenset:
        return frozenset
    if dataclasses.is_dataclass(kind) and isinstance(kind, type):
        hints = get_type_hints(kind)
        fields = {field.name: _reader(hints[field.name]) for field in dataclasses.fields(kind)}
        return lambda item: kind(
            **{name: fields[name](value) for name, value in item.items() if name in fields}
        )
    assert origin is Literal or kind in (str, int, float, bool), kind
    return lambda item: item
