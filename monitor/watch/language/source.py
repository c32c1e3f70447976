"""A TOML file with its text at hand, so that every fault can name its line.

`tomllib` says nothing about lines. Since faults are rare, files are read the fast way, and only
when something is wrong is the text searched for the table, key and value in question.
"""

import difflib
import re
import tomllib
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from monitor.errors import Fault

_HEADER = re.compile(r"^[ \t]*(\[\[?)[ \t]*([^\]\n]+?)[ \t]*\]\]?", re.MULTILINE)
_SYNTAX = re.compile(r"\(at line (\d+), column (\d+)\)")


class Source:
    """One parsed file and the faults found in it so far.

    Attributes:
        name: path as the user gave it.
        tables: the parsed document; empty when it could not be read.
        faults: collected by whoever checks the content.
    """

    def __init__(self, name: str, text: str) -> None:
        self.name = name
        self.text = text
        self.faults: list[Fault] = []
        self._headers: list[tuple[str, int, int]] | None = None
        try:
            self.tables: dict[str, Any] = tomllib.loads(text)
        except (tomllib.TOMLDecodeError, RecursionError) as error:
            self.tables = {}
            place = _SYNTAX.search(str(error))
            self.faults.append(
                Fault(
                    f"not valid TOML: {_SYNTAX.sub('', str(error)).strip()}",
                    file=name,
                    line=int(place[1]) if place else None,
                )
            )

    @classmethod
    def read(cls, path: Path) -> "Source":
        """Read a file; what cannot be read becomes a fault."""
        try:
            return cls(str(path), path.read_text(encoding="utf-8-sig"))
        except (OSError, UnicodeDecodeError) as error:
            source = cls(str(path), "")
            reason = error.strerror if isinstance(error, OSError) else "not UTF-8"
            source.faults.append(Fault(f"cannot be read: {reason}", file=str(path)))
            return source

    def headers(self) -> list[tuple[str, int, int]]:
        """Return (table name, line, offset) of every header, in order."""
        if self._headers is None:
            self._headers, line, done = [], 1, 0
            for match in _HEADER.finditer(self.text):
                line += self.text.count("\n", done, match.start(2))
                done = match.start(2)
                name = match[2].replace(" ", "").replace('"', "")
                self._headers.append((name, line, match.start()))
        return self._headers

    def lines_of(self, table: str) -> list[int]:
        """Return the line of each `[[table]]`, in order."""
        return [line for name, line, _ in self.headers() if name == table]

    def fault(
        self,
        message: str,
        *,
        table: str = "",
        index: int = 0,
        sub: str = "",
        sub_index: int = 0,
        key: str = "",
        value: str = "",
        hint: str = "",
    ) -> None:
        """Add a fault at the place of a key or a quoted value inside a table.

        Args:
            message: what is wrong, without a full stop.
            table: name of the top table ("rule"), `index` its number from 0.
            sub: name of a table inside it ("when"), `sub_index` its number from 0.
            key: the key at fault; value: a string whose line is looked for.
            hint: what to do.
        """
        line = self._line(table, index, sub, sub_index, key, value)
        dotted = f"{table}[{index + 1}]" if table in _NUMBERED else table
        if sub:
            dotted += f".{sub}[{sub_index + 1}]"
        path = ".".join(part for part in (dotted, key) if part)
        self.faults.append(Fault(message, file=self.name, line=line, key=path, hint=hint))

    def _line(
        self, table: str, index: int, sub: str, sub_index: int, key: str, value: str
    ) -> int | None:
        headers = self.headers()
        begin, end, line = 0, len(self.text), None
        if table:
            tops = [i for i, (name, _, _) in enumerate(headers) if name == table]
            if index >= len(tops):
                return None
            first = tops[index]
            last = tops[index + 1] if index + 1 < len(tops) else len(headers)
            inner = [i for i in range(first + 1, last) if sub and headers[i][0] == f"{table}.{sub}"]
            at = inner[sub_index] if sub_index < len(inner) else first
            _, line, begin = headers[at]
            # A value without a key may stand in any table of the rule.
            beyond = at + 1 if sub or key else last
            end = headers[beyond][2] if beyond < len(headers) else end
        if key:
            found = re.compile(rf"^[ \t]*\"?{re.escape(key)}\"?[ \t]*[.=]", re.MULTILINE).search(
                self.text, begin, end
            )
            if found:
                begin = found.start()
                line = 1 + self.text.count("\n", 0, found.end())
        if value:
            for quote in ('"', "'"):
                at = self.text.find(f"{quote}{value}{quote}", begin, end)
                if at >= 0:
                    return 1 + self.text.count("\n", 0, at)
        return line


_NUMBERED = frozenset({"rule", "entity", "decoy", "tenure"})


def nearest(word: str, known: Iterable[str]) -> str:
    """Return a hint with the nearest known spelling, or ""."""
    close = difflib.get_close_matches(word, list(known), n=1, cutoff=0.6)
    return f'did you mean "{close[0]}"?' if close else ""
