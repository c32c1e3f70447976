"""JSON for programs: every object on its own, or in a list of them, tells the version of its form.

`shape` is its first key. Keys may be added under one version; when one goes, or means something
else, the number rises. The keys of every command are told by `monitor manual json`.
"""

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from msgspec import Struct

SHAPE = 1


def shaped(data: "Mapping[str, Any] | Struct") -> dict[str, Any]:
    """Return an object with the version of its form in front."""
    return {"shape": SHAPE, **(data if isinstance(data, Mapping) else _fields(data))}


def line(data: "Mapping[str, Any] | Struct") -> str:
    """Return an object as a line of JSON Lines, without its end."""
    return json.dumps(shaped(data), ensure_ascii=False, default=_plain)


def document(data: "Mapping[str, Any] | Sequence[Mapping[str, Any] | Struct]") -> str:
    """Return an object, or a list of them, as an indented JSON document, without its last end."""
    whole = shaped(data) if isinstance(data, Mapping) else [shaped(one) for one in data]
    return json.dumps(whole, ensure_ascii=False, indent=2, default=_plain)


def _plain(value: object) -> object:
    if isinstance(value, datetime):
        return value.isoformat()
    return _fields(value) if hasattr(value, "__struct_fields__") else str(value)


def _fields(value: Any) -> dict[str, Any]:
    from msgspec import structs  # which `--help` need not load

    return structs.asdict(value)
