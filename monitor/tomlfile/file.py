"""Reading a TOML file, and faults at places in it."""

import difflib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, cached_property
from importlib import resources
from pathlib import Path
from typing import Any

import tomli

from monitor.errors import ConfigError, Fault
from monitor.tomlfile.places import KeyPath, Places, line_at, unclosed_quote

_DEEPEST = 50  # tables and lists in each other; people write four
_PLACE = re.compile(r"(?<!\s)\s*+\(at (?:line (\d+), column (\d+)|end of document)\)$")
_DIGITS = re.compile(r"[\d_]++")
_TWICE = re.compile(r"\ACannot declare \((.*?),?\) twice")


@dataclass(frozen=True)
class TomlFile:
    """One parsed file: its name as the user knows it, its text and its data."""

    name: str
    text: str
    data: dict[str, Any]

    @cached_property
    def _places(self) -> Places:
        return Places(self.text)

    def line(self, path: KeyPath) -> int | None:
        """Return the 1-based line where the key at `path` stands, or its nearest parent's line.

        `path` is like ``("feed", 3, "every")``: names, with an index after each array.
        """
        return self._places.line(path)

    def header_lines(self, name: str) -> list[int | None]:
        """Return the lines of all ``[[name]]`` headers in order, without walking the whole text."""
        rows = self.data.get(name, ())
        lines: list[int | None] = []
        line, done = 1, 0
        for match in re.finditer(rf"^[ \t]*\[\[[ \t]*{name}[ \t]*\]\]", self.text, re.MULTILINE):
            line += self.text.count("\n", done, match.start())
            done = match.start()
            lines.append(line)
        # Rows in a list of inline tables, or a header inside a text.
        return (
            lines if len(lines) == len(rows) else [self.line((name, n)) for n in range(len(rows))]
        )

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
    return parse_toml(read_text(path), str(path))


def read_text(path: Path) -> str:
    """Return the text of a TOML file; raises ConfigError when it cannot be read or is not UTF-8."""
    name = str(path)
    try:
        return path.read_text("utf-8-sig")
    except FileNotFoundError:
        raise ConfigError([Fault("no such file", file=name)]) from None
    except UnicodeDecodeError as error:
        line = path.read_bytes()[: error.start].count(b"\n") + 1
        raise ConfigError([Fault("is not UTF-8 text", file=name, line=line)]) from None
    except OSError as error:
        raise ConfigError([Fault(f"cannot be read: {error.strerror}", file=name)]) from None


@cache
def shipped(package: str, name: str) -> dict[str, Any]:
    """Return the data of a TOML file that lies beside the modules of a package."""
    return tomli.loads(resources.files(package).joinpath(f"{name}.toml").read_text("utf-8"))


def parse_toml(text: str, name: str) -> TomlFile:
    """Parse TOML text that came from the file `name`; raises ConfigError with the line."""
    try:
        data = tomli.loads(text)
    except RecursionError:
        raise ConfigError([_too_deep(text, name)]) from None
    except tomli.TOMLDecodeError as error:
        raise ConfigError([_syntax_fault(text, name, str(error))]) from None
    except ValueError:  # Python reads no whole number of more than 4,300 digits
        raise ConfigError([_too_many_digits(text, name)]) from None
    if _is_deep(data):
        raise ConfigError([_too_deep(text, name)])
    return TomlFile(name, text, data)


def _is_deep(data: object) -> bool:
    """Whether tables and lists lie in each other further than anybody writes."""
    level = [data]
    for _ in range(_DEEPEST):
        level = [
            inner
            for value in level
            if isinstance(value, dict | list)
            for inner in (value.values() if isinstance(value, dict) else value)
        ]
        if not level:
            return False
    return True


def _too_many_digits(text: str, name: str) -> Fault:
    longest = max(_DIGITS.finditer(text), key=lambda run: len(run[0]))
    line = text.count("\n", 0, longest.start()) + 1
    return Fault("not valid TOML: a number of too many digits", file=name, line=line)


def _too_deep(text: str, name: str) -> Fault:
    lines = text.split("\n")
    depth = [len(re.findall(r"[.\[{]", line)) for line in lines]
    return Fault("not valid TOML: nested too deep", file=name, line=depth.index(max(depth)) + 1)


def _syntax_fault(text: str, name: str, said: str) -> Fault:
    """Say in a person's words what `tomli` said in a parser's."""
    place = _PLACE.search(said)
    wrong = _PLACE.sub("", said)
    line = int(place[1]) if place and place[1] else line_at(text, len(text.rstrip()))
    hint = ""
    quote = unclosed_quote(text)
    places = Places(text)
    if quote is not None and ("string" in wrong or "character" in wrong or "Expected" in wrong):
        wrong, line = "a quote is opened here and not closed", line_at(text, quote)
    elif wrong == "Invalid value":
        here = text.split("\n")[line - 1]
        value = here[int(place[2]) - 1 if place and place[2] else 0 :].strip()
        wrong = "no value stands here"
        if value.startswith(("“", "”", "„", "‘", "’")):
            hint = 'write straight quotes, as in "text"'
        elif value in ("True", "False"):
            hint = f"write {value.lower()}"
        else:
            hint = 'a text needs quotes, as in "text"'
    elif wrong == "Cannot overwrite a value" and places.twice:
        path, offset = places.twice
        wrong, line = f"{dotted(path)} stands twice", line_at(text, offset)
    elif twice := _TWICE.search(wrong):
        table = ".".join(part.strip(" '\"") for part in twice[1].split(","))
        wrong, hint = f"the table [{table}] stands twice", f"of several, each is [[{table}]]"
    elif wrong.startswith("Expected '=' after a key"):
        wrong, hint = "no equals sign behind the key", 'write key = "value"'
    elif wrong.startswith("Unclosed array"):
        wrong = "a list lacks its comma or its closing bracket"
    return Fault(f"not valid TOML: {wrong}", file=name, line=line, hint=hint)
