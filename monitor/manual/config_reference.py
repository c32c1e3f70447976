"""Every key of config.toml with type, default and meaning, from the models that read the file."""

from collections.abc import Iterator
from datetime import timedelta
from types import NoneType
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from monitor.manual.meanings import meanings
from monitor.settings import tables, values

# Tables of the file in its order: how a table is headed, and its model.
TABLES: dict[str, type[BaseModel]] = {
    "[monitor]": tables.MonitorTable,
    "[[feed]]": tables.FeedTable,
    "list = { … } of a feed": tables.ListTable,
    "[[digest]]": tables.DigestTable,
    "to = [{ … }] of a digest, alert or search": tables.TargetTable,
    "[[alert]]": tables.AlertTable,
    "[[search]]": tables.SearchTable,
    "[email]": tables.EmailTable,
    "[gloss]": tables.GlossTable,
}
_WORDS: dict[Any, str] = {
    str: "text",
    int: "number",
    float: "number",
    bool: "true or false",
    values.Duration: 'a time such as "90s", "15m", "1h30m", "2d"',
    values.Lease: 'a time such as "20s", of 2 seconds to 10 minutes',
    values.Clock: 'time of day such as "07:30"',
    values.Days: '"daily", "mon-fri" or "mon,wed,fri"',
    values.Quiet: 'hours such as "22:00-06:30", at most 12',
    values.Zone: 'IANA time zone such as "Asia/Seoul"',
    values.Url: "url, http or https",
    values.DatabaseUrl: 'url such as "postgresql+psycopg://wire@db.example.org/wire"',
    values.Contact: "mail address or url",
    values.Loopback: 'loopback address and port such as "127.0.0.1:9464"',
    values.Name: "a name without spaces and without / \\ * ! [ ]",
    values.Language: 'ISO 639 code such as "ko"',
    values.Country: 'ISO 3166 code such as "KR"',
    values.Vantage: "a name without spaces",
    tables.TargetTable: "target",
    tables.ListTable: "table",
}
_UNITS = (("w", 604_800), ("d", 86_400), ("h", 3_600), ("m", 60), ("s", 1))


def reference() -> str:
    """Return the chapter on all tables as Markdown."""
    words = meanings()["config"]
    return "\n".join(
        line
        for heading, model in TABLES.items()
        for line in (f"## {heading}", "", *_keys(model, words[model.__name__]), "")
    )


def _keys(model: type[BaseModel], words: dict[str, str]) -> Iterator[str]:
    hints = get_type_hints(model, include_extras=True)
    for name, field in model.model_fields.items():
        key = field.alias or name
        about = f"{_kind(hints[name])}{_bounds(field)}; {_default(field)}{_since(model, key)}"
        yield f"* **`{key}`** ({about}): {words[key]}"


def _since(model: type[BaseModel], key: str) -> str:
    """Say which version brought a key, unless the first one did."""
    _first, *later = meanings()["since"].items()
    for version, keys in later:
        if key in keys.get(model.__name__, ()):
            return f"; since {version}"
    return ""


def _kind(hint: Any) -> str:
    """Say in words what may stand there."""
    if hint in _WORDS:
        return _WORDS[hint]
    inner = get_args(hint)
    if hasattr(hint, "__metadata__"):
        return _kind(inner[0])
    if get_origin(hint) is Literal:
        return "one of " + ", ".join(f'"{choice}"' for choice in inner if choice)
    if get_origin(hint) is tuple:
        return f"list: {_kind(inner[0])}"
    if get_origin(hint) is Union or NoneType in inner:
        return _kind(next(one for one in inner if one is not NoneType))
    raise TypeError(f"the manual has no words for {hint}")


def _bounds(field: FieldInfo) -> str:
    low = [one.ge for one in field.metadata if hasattr(one, "ge")]
    high = [one.le for one in field.metadata if hasattr(one, "le")]
    shown = [f"from {_written(value)}" for value in low] + [f"to {_written(v)}" for v in high]
    return " " + " ".join(shown) if shown else ""


def _default(field: FieldInfo) -> str:
    if field.is_required():
        return "**required**"
    if field.default in ("", (), None):
        return "not set"
    return f"default `{_written(field.default)}`"


def _written(value: Any) -> str:
    """Return a value as it stands in TOML."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, timedelta):
        seconds = int(value.total_seconds())
        unit, length = next(one for one in _UNITS if seconds % one[1] == 0)
        return f'"{seconds // length}{unit}"'
    if isinstance(value, tuple):
        return f"[{', '.join(_written(one) for one in value)}]"
    if isinstance(value, tables.TargetTable):
        return f'"{value.target}"'
    return f'"{value}"' if isinstance(value, str) else str(value)
