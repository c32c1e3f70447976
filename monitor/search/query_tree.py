"""What a query asks for, as a tree: words and phrases, fields, and how they go together."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Named:
    """Somebody or something with all names, in a time when they stood for what was asked."""

    names: tuple[str, ...]
    since: datetime | None = None
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Phrase:
    """Tokens in a row."""

    tokens: tuple[str, ...]
    prefix: bool = False  # the last token is the beginning of a word
    title: bool = False  # in the headline only


@dataclass(frozen=True, slots=True)
class Near:
    """Two phrases with at most so many tokens between them, in either order."""

    phrases: tuple[Phrase, Phrase]
    distance: int


@dataclass(frozen=True, slots=True)
class Field:
    """Something known of an article beside its text.

    `value` is the moment of since and until (aware), the number of a story, else a string.
    """

    name: str
    value: str | int | datetime


@dataclass(frozen=True, slots=True)
class And:
    """All parts hold."""

    parts: "tuple[Node, ...]"


@dataclass(frozen=True, slots=True)
class Or:
    """One part holds."""

    parts: "tuple[Node, ...]"


@dataclass(frozen=True, slots=True)
class Not:
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
