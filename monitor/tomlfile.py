"""TOML files that people write: read them, and say where in them something stands.

`tomllib` forgets lines, and a fault without a line sends its reader hunting. So the text is kept
and `TomlFile.line` finds a key again by its path, counting `[[array]]` headers on the way.
"""

import difflib
import re
import tomllib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from monitor.errors import ConfigError, Fault

_HEADER = re.compile(r"^\s*(\[\[?)\s*([^\]]+?)\s*\]")
_KEY = re.compile(
    r"""^\s*((?:[\w-]+|"[^"]*"|'[^']*')(?:\s*\.\s*(?:[\w-]+|"[^"]*"|'[^']*'))*)\s*="""
)
_PART = re.compile(r"""[\w-]+|"[^"]*"|'[^']*'""")
_PLACE = re.compile(r"\s*\(at (?:line (\d+), column \d+|end of document)\)$")

KeyPath = Sequence[str | int]


@dataclass(frozen=True, slots=True)
class TomlFile:
    """One parsed file: its name as the user knows it, its text and its data."""

    name: str
    text: str
    data: dict[str, Any]

    def line(self, path: KeyPath) -> int | None:
        """Return the 1-based line where the key at `path` stands, or its nearest parent's line.

        `path` is like ``("feed", 3, "every")``: names, with an index after each array of tables.
        """
        best: tuple[int, int] | None = None  # (length of the part of the path that was met, line)
        counts: dict[tuple[str | int, ...], int] = {}
        table: tuple[str | int, ...] = ()
        for number, line in enumerate(self.text.splitlines(), 1):
            here: tuple[str | int, ...]
            if header := _HEADER.match(line):
                names = tuple(part.strip("\"'") for part in _PART.findall(header[2]))
                table = self._with_indices(names[:-1], counts) + names[-1:]
                if header[1] == "[[":
                    counts[table] = counts.get(table, -1) + 1
                    table = (*table, counts[table])
                here = table
            elif key := _KEY.match(line):
                here = table + tuple(part.strip("\"'") for part in _PART.findall(key[1]))
            else:
                continue
            met = len(here) if tuple(path[: len(here)]) == here else 0
            if met and (best is None or met > best[0]):
                best = (met, number)
        return best[1] if best else None

    @staticmethod
    def _with_indices(
        names: tuple[str, ...], counts: dict[tuple[str | int, ...], int]
    ) -> tuple[str | int, ...]:
        path: tuple[str | int, ...] = ()
        for name in names:
            path = (*path, name)
            if path in counts:
                path = (*path, counts[path])
        return path

    def fault(self, path: KeyPath, message: str, hint: str = "") -> Fault:
        """Return a fault at the key `path` of this file."""
        return Fault(message, file=self.name, line=self.line(path), key=dotted(path), hint=hint)


def dotted(path: KeyPath) -> str:
    """Write a key path as people do: ``feed[3].every`` (arrays counted from 1)."""
    out = ""
    for part in path:
        out += f"[{part + 1}]" if isinstance(part, int) else f".{part}" if out else part
    return out


def nearest(word: str, known: Iterable[str]) -> str:
    """Return ``did you mean "every"?`` for the known spelling nearest to `word`, or ""."""
    found = difflib.get_close_matches(word, list(known), n=1, cutoff=0.6)
    return f'did you mean "{found[0]}"?' if found else ""


def read_toml(path: Path) -> TomlFile:
    """Read a TOML file.

    Raises:
        ConfigError: it cannot be read, is not UTF-8, or is not TOML; with the line.
    """
    name = str(path)
    try:
        text = path.read_text("utf-8-sig")
    except FileNotFoundError:
        raise ConfigError([Fault("no such file", file=name)]) from None
    except UnicodeDecodeError as error:
        line = path.read_bytes()[: error.start].count(b"\n") + 1
        raise ConfigError([Fault("is not UTF-8 text", file=name, line=line)]) from None
    except OSError as error:
        raise ConfigError([Fault(f"cannot be read: {error.strerror}", file=name)]) from None
    return parse_toml(text, name)


def parse_toml(text: str, name: str) -> TomlFile:
    """Parse TOML text that came from the file `name`; raises ConfigError with the line."""
    try:
        return TomlFile(name, text, tomllib.loads(text))
    except tomllib.TOMLDecodeError as error:
        message = str(error)
        place = _PLACE.search(message)
        line = int(place[1]) if place and place[1] else text.count("\n") + 1
        wrong = f"TOML syntax: {_PLACE.sub('', message)}"
        raise ConfigError([Fault(wrong, file=name, line=line)]) from None
