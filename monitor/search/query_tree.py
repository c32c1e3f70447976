"""What a query asks for, as a tree: words and phrases, fields, and how they go together."""

from collections.abc import Iterator
from datetime import datetime

from msgspec import Struct


class Named(Struct, frozen=True):
    """Somebody or something with all names, in a time when they stood for what was asked."""

    names: tuple[str, ...]
    since: datetime | None = None
    until: datetime | None = None


class Phrase(Struct, frozen=True):
    """Tokens in a row."""

    tokens: tuple[str, ...]
    prefix: bool = False  # the last token is the beginning of a word
    title: bool = False  # in the headline only


class Near(Struct, frozen=True):
    """Two phrases with at most so many tokens between them, in either order."""

    phrases: tuple[Phrase, Phrase]
    distance: int


class Field(Struct, frozen=True):
    """Something known of an article beside its text.

    `value` is the moment of since and until (aware), the number of a story, else a string.
    """

    name: str
    value: str | int | datetime


class And(Struct, frozen=True):
    """All parts hold."""

    parts: "tuple[Node, ...]"


class Or(Struct, frozen=True):
    """One part holds."""

    parts: "tuple[Node, ...]"


class Not(Struct, frozen=True):
    """The part does not hold."""

    part: "Node"


Node = Phrase | Near | Field | And | Or | Not


def phrases(node: Node) -> Iterator[Phrase]:
    """Yield the phrases that a found text may hold: what a query wants, not what it shuns."""
    match node:
        case Phrase():
            yield node
        case Near():
            yield from node.phrases
        case And() | Or():
            for part in node.parts:
                yield from phrases(part)


def fields(node: Node) -> Iterator[Field]:
    """Yield the fields that a query asks by, those that it shuns among them."""
    match node:
        case Field():
            yield node
        case Not():
            yield from fields(node.part)
        case And() | Or():
            for part in node.parts:
                yield from fields(part)
