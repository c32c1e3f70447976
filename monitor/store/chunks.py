"""Long lists, cut for statements: a database takes only so many bound parameters in one."""

from collections.abc import Iterator, Sequence
from typing import TypeVar

T = TypeVar("T")

_MOST = 500  # SQLite took 999 once (limits.html), and other conditions have some as well


def chunks(items: Sequence[T]) -> Iterator[Sequence[T]]:
    """Yield parts of a list that fit into a statement each."""
    return (items[start : start + _MOST] for start in range(0, len(items), _MOST))
