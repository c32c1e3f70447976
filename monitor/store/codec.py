"""Model values ↔ JSON columns, by msgspec.

A frozen struct becomes an object without those of its own fields that have their default value;
a field that is missing has its default when it is read, so one added later needs no migration, and
one that is not known is passed over. Datetimes are ISO 8601 with their offset, sets sorted lists.
Durations are written as ISO 8601 (`PT90S`), and read from seconds as well, as 0.1.0 wrote them.
"""

from __future__ import annotations  # who shows stories needs no feed's classes

import logging
import operator
from collections.abc import Callable, Hashable, Sequence
from functools import cache
from typing import Any, TypeVar, cast

import msgspec
from msgspec import structs

from monitor import model, url_logins

log = logging.getLogger(__name__)

T = TypeVar("T")

_encode = msgspec.json.Encoder(order="deterministic").encode


def dump(value: Any) -> str:
    """Return the JSON text of a model value, a frozen struct."""
    return _encode(_told(value)).decode()


def load(kind: type[T], text: str) -> T:
    """Return the model value of type `kind` that `dump` wrote.

    Raises:
        ValueError: it is no such value.
    """
    value: T = _decoder(cast("Hashable", kind)).decode(text)
    return value


def load_or(instead: T, text: str, what: str) -> T:
    """Return the model value that `dump` wrote, or `instead` (of its type) if damaged.

    One damaged row must not keep anybody from the others. What the row holds is not told, since it
    may be anything.

    Args:
        what: names the row for people, by its id.
    """
    try:
        return load(type(instead), text)
    except ValueError:
        log.warning("%s cannot be read; `monitor db check` tells what is damaged", what)
        return instead


def text_of(row: Any) -> model.Article:
    """Return the text in a row of an article and one of its revisions; what the columns hold of it
    where it is damaged.

    A feed may give its links with a user and a password, by which pages are asked for (`url` of the
    row). Texts go to readers, files and chats, so theirs have none.
    """
    instead = model.Article(url=row.url, title=row.title, source=row.outlet)
    text = load_or(instead, row.data, f"the text of article {row.id}")
    if "@" not in text.url and "@" not in text.canonical:
        return text
    url, own = url_logins.without_login(text.url), url_logins.without_login(text.canonical)
    return structs.replace(text, url=url, canonical=own)


def entry_of(row: Any) -> model.Entry:
    """Return what a feed told, in a row of an entry; what the columns hold of it where it is
    damaged.
    """
    instead = model.Entry(row.guid, row.url, row.title)
    return load_or(instead, row.data, f"what a feed told of entry {row.id}")


def dump_all(values: Sequence[Any]) -> str:
    """Return the JSON text of some model values."""
    return _encode([_told(value) for value in values]).decode()


def load_all_or_none(kind: type[T], text: str, what: str) -> tuple[T, ...]:
    """Return the values that `dump_all` wrote; none, with a warning, where the row is damaged."""
    try:
        return load_all(kind, text)
    except ValueError:
        log.warning("%s cannot be read; `monitor db check` tells what is damaged", what)
        return ()


def load_all(kind: type[T], text: str) -> tuple[T, ...]:
    """Return the values that `dump_all` wrote; raises ValueError."""
    values: tuple[T, ...] = _decoder(tuple[kind, ...]).decode(text)  # type: ignore[valid-type]
    return values


def _told(value: Any) -> msgspec.Struct:
    """Return the fields of a value that say something, by name in alphabetical order."""
    shape, fields_of = _shape(cast("Hashable", type(value)))
    return shape(*fields_of(value))


@cache
def _shape(kind: Any) -> tuple[type[msgspec.Struct], Callable[[Any], tuple[Any, ...]]]:
    """A struct of the fields of another, in order, which leaves out defaults, and what fills it.

    That is done in C, in half the time that looking at each field takes here.
    """
    fields = sorted(structs.fields(kind), key=lambda field: field.name)
    shape = msgspec.defstruct(
        kind.__name__, [(field.name, Any, _default(field)) for field in fields], omit_defaults=True
    )
    first, *others = (field.name for field in fields)
    if others:
        return shape, operator.attrgetter(first, *others)
    return shape, lambda value: (getattr(value, first),)


def _default(field: structs.FieldInfo) -> Any:
    if field.default_factory is not msgspec.NODEFAULT:
        return msgspec.field(default_factory=field.default_factory)
    return msgspec.UNSET if field.default is msgspec.NODEFAULT else field.default


@cache
def _decoder(kind: Any) -> msgspec.json.Decoder[Any]:
    return msgspec.json.Decoder(kind, strict=False)  # not strict: durations may be seconds
