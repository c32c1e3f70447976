"""Where in a TOML text each key, table and array element stands.

A parser of TOML forgets places, and a fault without a line sends its reader hunting. Faults are
rare, so a text is read the fast way, and walked once more only when something in it is wrong.
"""

import re
from bisect import bisect_right
from collections.abc import Sequence
from contextlib import suppress
from functools import cached_property

KeyPath = Sequence[str | int]

_DEEPEST = 100  # keys and numbers in a path; what is below has the place of what is above
_BLANK = re.compile(r"(?>[ \t\r\n]++|#[^\n]*+)*+")
_SPACE = re.compile(r"[ \t]*")
_KEY = re.compile(r"""[ \t]*("(?:[^"\\\n]|\\.)*"|'[^'\n]*'|[A-Za-z0-9_-]+)[ \t]*""")
_STRING = re.compile(
    r'"""(?>[^"\\]++|\\.|"(?!""))*+"{3,5}|\'\'\'(?>[^\']++|\'(?!\'\'))*+\'{3,5}|"(?!"")(?>[^"\\\n]++|\\.)*+"|\'(?!\'\')[^\'\n]*\'',
    re.DOTALL,
)
_SCALAR = re.compile(r"[^,\]}#\n]+")
_QUOTE_OR_COMMENT = re.compile(r"[\"'#]")


class Places:
    """The places of a text's keys; a text that is no TOML has those before its first mistake.

    Attributes:
        found: offset of each key, table and array element, by path (arrays counted from 0).
        twice: path and offset of the first key that stands twice in its table.
    """

    def __init__(self, text: str) -> None:
        self.found: dict[tuple[str | int, ...], int] = {}
        self.twice: tuple[tuple[str | int, ...], int] | None = None
        self._text = text
        self._at = 0
        self._counts: dict[tuple[str | int, ...], int] = {}
        with suppress(ValueError, IndexError, AttributeError, RecursionError):
            self._document()

    def line(self, path: KeyPath) -> int | None:
        """Return the 1-based line of the key at `path`, or of its nearest parent."""
        for length in range(len(path), 0, -1):
            offset = self.found.get(tuple(path[:length]))
            if offset is not None:
                return bisect_right(self._line_starts, offset)
        return None

    @cached_property
    def _line_starts(self) -> list[int]:
        return [0, *(found.end() for found in re.finditer("\n", self._text))]

    def _document(self) -> None:
        table: tuple[str | int, ...] = ()
        while self._skip() < len(self._text):
            if self._text[self._at] != "[":
                self._pair(table)
                continue
            start, array = self._at, self._text.startswith("[[", self._at)
            self._at += 1 + array
            table = self._resolved(self._keys(), array=array)
            self._at = self._text.index("]" * (1 + array), self._at) + 1 + array
            self._note(table, start)

    def _resolved(self, names: tuple[str, ...], *, array: bool) -> tuple[str | int, ...]:
        """Return the path of a header, with the numbers of the arrays of tables it lies in."""
        path: tuple[str | int, ...] = ()
        for at, name in enumerate(names, 1):
            path = (*path, name)
            if array and at == len(names):
                self._counts[path] = self._counts.get(path, -1) + 1
            if path in self._counts:
                path = (*path, self._counts[path])
        return path

    def _pair(self, table: tuple[str | int, ...]) -> None:
        start = self._at
        path = table + self._keys()
        if path in self.found and self.twice is None:
            self.twice = path, start
        self._note(path, start)
        self._at = self._text.index("=", self._at) + 1
        self._value(path)

    def _keys(self) -> tuple[str, ...]:
        names = []
        while True:
            part = _KEY.match(self._text, self._at)
            if part is None:
                raise ValueError("no key")
            names.append(part[1].strip("\"'"))
            if len(names) > _DEEPEST:
                raise ValueError("nested deeper than anybody writes")
            self._at = part.end()
            if self._text[self._at] != ".":
                return tuple(names)
            self._at += 1

    def _value(self, path: tuple[str | int, ...]) -> None:
        space = _SPACE.match(self._text, self._at)
        self._at = space.end() if space else self._at
        opening = self._text[self._at]
        if opening not in "[{":
            shape = _STRING if opening in "\"'" else _SCALAR
            self._at = shape.match(self._text, self._at).end()  # type: ignore[union-attr]
            return
        self._at += 1
        number = 0
        while self._text[self._skip()] not in "]}":
            if self._text[self._at] == ",":
                self._at += 1
            elif opening == "{":
                self._pair(path)
            else:
                self._note((*path, number), self._at)
                self._value((*path, number))
                number += 1
        self._at += 1

    def _note(self, path: tuple[str | int, ...], offset: int) -> None:
        if len(path) > _DEEPEST:
            raise ValueError("nested deeper than anybody writes")
        for length in range(len(path), 0, -1):
            if path[:length] in self.found:
                return
            self.found[path[:length]] = offset

    def _skip(self) -> int:
        blank = _BLANK.match(self._text, self._at)
        self._at = blank.end() if blank else self._at
        return self._at


def line_at(text: str, offset: int) -> int:
    """Return the 1-based line of an offset."""
    return text.count("\n", 0, offset) + 1


def unclosed_quote(text: str) -> int | None:
    """Return the offset of the first quote that is opened and not closed."""
    at = 0
    while mark := _QUOTE_OR_COMMENT.search(text, at):
        if mark[0] == "#":
            at = text.find("\n", mark.start())
            if at < 0:
                return None
        elif string := _STRING.match(text, mark.start()):
            at = string.end()
        else:
            return mark.start()
    return None
