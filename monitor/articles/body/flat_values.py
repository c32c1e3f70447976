"""JSON whose values stand in one flat list and name each other by number.

Nuxt 3 and SvelteKit write a page's state so (the library devalue): `[{"story": 1}, {"title": 2},
"…"]`. A date or a reactive value is a list with its kind first: `["Date", "2026-05-30T08:00:00Z"]`.
"""

from typing import Any

_MOST = 200_000  # values of one list
_FEWEST = 3


def is_flat(value: Any) -> bool:
    """Tell whether a JSON value is such a list: what stands first holds nothing but numbers."""
    if not isinstance(value, list) or not _FEWEST <= len(value) <= _MOST:
        return False
    first = value[0]
    if isinstance(first, list):
        first = dict(enumerate(first[1:])) if _is_kind(first) else {}
    held = list(first.values()) if isinstance(first, dict) else []
    return bool(held) and all(_is_number(item, len(value)) for item in held)


def restored(flat: list[Any]) -> Any:
    """Return the value that a flat list stands for; it may hold itself."""
    values = [_empty(item) for item in flat]
    for item, value in zip(flat, values, strict=True):
        if isinstance(item, dict):
            value.update((key, values[at]) for key, at in item.items() if _is_number(at, len(flat)))
        elif isinstance(item, list) and isinstance(value, list):
            numbers = item[1:] if _is_kind(item) else item
            value.extend(values[at] for at in numbers if _is_number(at, len(flat)))
    return values[0]


def _empty(item: Any) -> Any:
    """Return a container to be filled, or the plain value itself; a date is its text."""
    if isinstance(item, dict):
        return {}
    if isinstance(item, list):
        return item[1] if len(item) == 2 and isinstance(item[1], str) else []
    return item


def _is_kind(item: list[Any]) -> bool:
    return bool(item) and isinstance(item[0], str)


def _is_number(item: Any, count: int) -> bool:
    return isinstance(item, int) and not isinstance(item, bool) and 0 <= item < count
