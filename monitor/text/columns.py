"""Lines that fit a number of terminal columns, in four scripts.

A Han, kana or full-width character fills two columns, and a line may break between any two of them,
except that closing punctuation never starts a line and an opening bracket never ends one (the core
of JIS X 4051 and of W3C's Requirements for Chinese Text Layout). The same holds for the asterisks
around marked words: the first of two opens, the second closes. Korean and Latin break at spaces
only. A word longer than a line, such as an address, is cut where the line ends.
"""

import re
from collections.abc import Iterable
from functools import cache

from rich.cells import cell_len, get_character_cell_size

_IDEOGRAPH = (
    "\u3001-\u303f\u3041-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff01-\uff60"
    "\U00020000-\U000323af"
)
_SMALL_KANA = "ー々ぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮヵヶ"
_NOT_FIRST = "、。，．・：；？！”’）］｝〉》」』】〕〗…～%)]}" + _SMALL_KANA
_NOT_LAST = "“‘（［｛〈《「『【〔〖([{"
_BETWEEN = "  ·  "


@cache
def _pieces() -> re.Pattern[str]:
    return re.compile(rf" +|[{_IDEOGRAPH}]|[^ {_IDEOGRAPH}]+")


def width(text: str) -> int:
    """Return how many terminal columns `text` fills."""
    return len(text) if text.isascii() else cell_len(text)


def breaks(text: str, columns: int, first: int | None = None) -> list[tuple[int, int]]:
    """Return where to cut one line of text: (start, end) of every line, blanks at cuts left out.

    Args:
        text: without newlines.
        columns: room on a line; what leads a line may leave none of a window that was made narrow,
            and then it is one.
        first: room on the first line, if it differs.
    """
    columns = max(1, columns)
    room = columns if first is None else max(1, first)
    if width(text) <= room:
        return [(0, len(text))]
    lines: list[tuple[int, int]] = []
    start = end = used = 0
    for at, stop, size in _units(text):
        if text[at] == " ":
            used += size
            continue
        if end > start and used + size > room:
            lines.append((start, end))
            room, end = columns, start
        if end == start:  # the line is empty, so blanks before this piece are left out
            start, used = at, 0
        used += size
        while used > room:
            cut = _fit(text, start, stop, room)
            lines.append((start, cut))
            start, room = cut, columns
            used = width(text[start:stop])
        end = stop
    if end > start:
        lines.append((start, end))
    return lines or [(0, 0)]


def wrap(text: str, columns: int, *, first: str = "", rest: str = "") -> list[str]:
    """Return `text` as lines of at most `columns`; `first` and `rest` lead them."""
    spans = breaks(text, columns - width(rest), columns - width(first))
    return [(rest if n else first) + text[start:end] for n, (start, end) in enumerate(spans)]


def flow(parts: Iterable[str], columns: int) -> list[str]:
    """Return `parts` in a row, going to the next line between two of them where it can."""
    lines: list[str] = []
    for part in parts:
        if lines and width(lines[-1]) + width(_BETWEEN) + width(part) <= columns:
            lines[-1] += _BETWEEN + part
        else:
            lines += wrap(part, columns)
    return lines


def pad(text: str, columns: int) -> str:
    """Return `text` filled up with blanks to `columns`, or cut there with an ellipsis."""
    missing = columns - width(text)
    if missing >= 0:
        return text + " " * missing
    cut = text[: _fit(text, 0, len(text), columns - 1)] + "…"
    return cut + " " * (columns - width(cut))


def _units(text: str) -> list[tuple[int, int, int]]:
    """Split into (start, end, columns) pieces between which a line may break."""
    units: list[tuple[int, int, int]] = []
    glue = marked = False
    for match in _pieces().finditer(text):
        at, stop = match.span()
        size = width(match[0])
        bound = glue or text[at] in _NOT_FIRST or (marked and text[at] == "*")
        marked ^= match[0].count("*") % 2 == 1
        glue = text[stop - 1] in _NOT_LAST or (marked and text[stop - 1] == "*")
        if units and text[at] != " " and bound:
            before = units[-1]
            if text[before[1] - 1] != " " and before[1] - before[0] < 24:
                units[-1] = (before[0], stop, before[2] + size)
                continue
        units.append((at, stop, size))
    return units


def _fit(text: str, start: int, stop: int, room: int) -> int:
    """Return the end of the longest part of text[start:stop] that fits, at least one character."""
    used = 0
    for at in range(start, stop):
        used += get_character_cell_size(text[at])
        if used > room and at > start:
            return at
    return stop
