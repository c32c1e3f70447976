"""Every regular expression of the program takes time in the length of the text, whatever it holds.

The texts are made from the patterns: what stands before each repetition, then many times what is
repeated, then something that no pattern wants; and the beginnings of matches, many times. What is
quadratic or worse takes thousands of times as long for such a text as it may.
"""

import ast
import contextlib
import importlib
import itertools
import pkgutil
import re
import signal
import time
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from functools import cache
from inspect import signature
from pathlib import Path
from re import _compiler, _parser  # type: ignore[attr-defined]
from types import FunctionType, ModuleType
from typing import Any

import pytest
from msgspec import Struct

import monitor

SHORT, LONG = 1_000, 8_000  # characters; linear is eight times as long, quadratic 64 times
STEEP = 24  # times as long: neither
AT_ONCE, MUCH = 0.00004, 0.004  # seconds of CPU below which a short and a long text say nothing
ENDLESS = 0.5  # seconds of CPU, after which what is worse than quadratic is ended
TEXTS = 300  # for one pattern
ALPHABET = ' aA1\n-.,:"<>(/@가中'
# Read no more of a text than that many characters, so that its square is no matter.
BOUNDED = {
    "monitor.text.sentence_spans._ABBREVIATION": 16,
    "monitor.articles.body.furniture._CONTACT": 130,
    "monitor.articles.body.furniture._CLOCK": 170,
    "monitor.watch.engine.whole_words._HANGUL_BEFORE": 40,
}
WHOLE = frozenset({"match", "fullmatch"})  # these do not begin anew at each character
NOT_OURS = ("monitor.__main__", "monitor.store.migrations")


ROOMS = sorted(found.name for found in pkgutil.iter_modules(monitor.__path__, "monitor."))


def modules(room: str) -> list[ModuleType]:
    """A room of the program, with all modules in it."""
    whole = importlib.import_module(room)
    inside = pkgutil.walk_packages(getattr(whole, "__path__", ()), f"{room}.")
    names = [found.name for found in inside if not found.name.startswith(NOT_OURS)]
    return [whole, *map(importlib.import_module, names)]


def patterns_in(value: object, depth: int = 0) -> Iterator[re.Pattern[Any]]:
    """The patterns that a value holds, itself one or not."""
    if isinstance(value, re.Pattern):
        yield value
    elif depth > 4 or isinstance(value, str | bytes | int | float | ModuleType):
        return
    elif isinstance(value, dict):
        for part in itertools.chain(value.keys(), value.values()):
            yield from patterns_in(part, depth + 1)
    elif isinstance(value, tuple | list | set | frozenset):
        for part in value:
            yield from patterns_in(part, depth + 1)
    elif isinstance(value, type):
        if value.__module__.startswith("monitor"):
            for part in vars(value).values():
                yield from patterns_in(part, depth + 1)
    elif isinstance(value, FunctionType):
        for part in (*(value.__defaults__ or ()), *(value.__kwdefaults__ or {}).values()):
            yield from patterns_in(part, depth + 1)
    elif hasattr(value, "cache_info"):  # what is made when it is first needed
        if not signature(value).parameters and value.__module__.startswith("monitor"):
            yield from patterns_in(value(), depth + 1)
    elif is_dataclass(value):
        for field in fields(value):
            yield from patterns_in(getattr(value, field.name, None), depth + 1)
    elif isinstance(value, Struct):
        for name in value.__struct_fields__:
            yield from patterns_in(getattr(value, name, None), depth + 1)


def written_in(module: ModuleType) -> Iterator[tuple[re.Pattern[Any], str]]:
    """The patterns that are written where they are used, `re.sub("…", …)`, and how they are."""
    tree = ast.parse(Path(module.__file__ or "").read_text("utf-8"))
    for call in ast.walk(tree):
        if (
            isinstance(call, ast.Call)
            and isinstance(call.func, ast.Attribute)
            and isinstance(call.func.value, ast.Name)
            and call.func.value.id == "re"
            and call.args
            and isinstance(call.args[0], ast.Constant)
        ):
            given = [keyword.value for keyword in call.keywords if keyword.arg == "flags"]
            given += call.args[1:] if call.func.attr == "compile" else []
            flags = eval(ast.unparse(given[0]), {"re": re}) if given else 0
            yield re.compile(call.args[0].value, flags), call.func.attr


Found = dict[re.Pattern[Any], tuple[str, frozenset[str]]]


@cache
def patterns_of(room: str) -> Found:
    """Each pattern of a room, the module that it was found in and how it is matched there."""
    found: Found = {}
    bounded: set[re.Pattern[Any]] = set()
    for module in modules(room):
        source = Path(module.__file__ or "").read_text("utf-8")
        for name, value in vars(module).items():
            used = frozenset(re.findall(rf"\b{re.escape(name)}(?:\(\))?\s*\.(\w+)\(", source))
            for pattern in patterns_in(value):
                if f"{module.__name__}.{name}" in BOUNDED:
                    bounded.add(pattern)
                _, before = found.get(pattern, ("", frozenset()))
                by_name = isinstance(value, re.Pattern) or hasattr(value, "cache_info")
                ways = (used if by_name else None) or frozenset({"search"})
                found[pattern] = (module.__name__, before | ways)
        for pattern, way in written_in(module):
            if way != "compile":
                found[pattern] = (module.__name__, frozenset({way}))
            found.setdefault(pattern, (module.__name__, frozenset({"search"})))
    return {pattern: where for pattern, where in found.items() if pattern not in bounded}


def tree_of(pattern: re.Pattern[Any]) -> Any:
    """A pattern as Python parses it."""
    if isinstance(pattern.pattern, str):
        return _parser.parse(pattern.pattern, pattern.flags)
    return _parser.parse(pattern.pattern.decode("latin-1"), pattern.flags & ~re.U)


class Pumps:
    """Makes the texts for one pattern."""

    def __init__(self, pattern: re.Pattern[Any]) -> None:
        self.tree = tree_of(pattern)
        self.found: set[tuple[str, str]] = set()  # before, what is repeated
        self.walk(self.tree, "")

    def chars(self, node: Any) -> list[str]:
        """Characters of the alphabet that a node of one character matches."""
        one = _compiler.compile(_parser.SubPattern(self.tree.state, [node]))
        return [char for char in ALPHABET if one.fullmatch(char)]

    def sample(self, nodes: Any, pick: int = 0) -> str:
        """A text that the nodes match, more or less."""
        return "".join(self.sample_of(node, pick) for node in nodes)

    def sample_of(self, node: Any, pick: int) -> str:
        kind, value = str(node[0]), node[1]
        if kind == "LITERAL":
            return chr(value)
        if kind in {"IN", "ANY", "NOT_LITERAL"}:
            chars = self.chars(node) or [self.member(value)]
            return chars[pick % len(chars)]
        if kind in {"MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT"}:
            return self.sample(value[2], pick) * max(value[0], min(1, pick))
        if kind == "SUBPATTERN":
            return self.sample(value[3], pick)
        if kind == "ATOMIC_GROUP":
            return self.sample(value, pick)
        if kind == "BRANCH":
            return self.sample(value[1][pick % len(value[1])], pick)
        return ""

    @staticmethod
    def member(value: Any) -> str:
        for kind, what in value if isinstance(value, list) else ():
            if str(kind) == "LITERAL":
                return chr(what)
            if str(kind) == "RANGE":
                return chr(what[0])
        return "a"

    def walk(self, nodes: Any, before: str) -> None:
        """Note all that is repeated, and what stands before it."""
        for node in nodes:
            kind, value = str(node[0]), node[1]
            if kind in {"MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT"}:
                if value[1] > 50:
                    for pick in range(3):
                        self.found.add((before, self.sample(value[2], pick)))
                    if len(value[2]) == 1 and str(value[2][0][0]) in {"IN", "ANY", "NOT_LITERAL"}:
                        self.found.update((before, char) for char in self.chars(value[2][0]))
                self.walk(value[2], before)
            elif kind == "SUBPATTERN":
                self.walk(value[3], before)
            elif kind == "ATOMIC_GROUP":
                self.walk(value, before)
            elif kind == "BRANCH":
                for branch in (*value[1][:4], *value[1][-1:]):
                    self.walk(branch, before)
            elif kind in {"ASSERT", "ASSERT_NOT"}:
                self.walk(value[1], before)
            before += self.sample_of(node, 1)
            self.found.add(("", before[-60:]))

    def texts(self) -> Iterator[tuple[str, str, str]]:
        """Beginning, what is repeated, end."""
        found = sorted((before, pump) for before, pump in self.found if pump)
        for before, pump in found[:: 1 + 3 * len(found) // TEXTS]:
            yield before, pump, "\0"
            yield "", before + pump, "\0"
            yield before + pump, pump[-1], before + pump + "\0"


def seconds(pattern: re.Pattern[Any], ways: frozenset[str], text: str) -> float:
    """CPU for matching a text as the program does."""
    given = text if isinstance(pattern.pattern, str) else text.encode("latin-1", "ignore")
    start = time.process_time()
    if not ways <= WHOLE or not ways:  # a pattern of no known use is taken to be searched for
        for _ in pattern.finditer(given):
            pass
    if ways & WHOLE:
        pattern.match(given)
    if "fullmatch" in ways:
        pattern.fullmatch(given)
    return time.process_time() - start


class EndlessError(Exception):
    """A text took longer than any that is read in its square."""


@contextlib.contextmanager
def limited() -> Iterator[None]:
    """Raise EndlessError when the block takes too much CPU."""
    began = time.process_time()

    def look(*_: object) -> None:
        if time.process_time() - began > ENDLESS:
            raise EndlessError

    before_us = signal.signal(signal.SIGALRM, look)
    # Not a timer of CPU: while one runs, Linux counts CPU in steps of a tick.
    signal.setitimer(signal.ITIMER_REAL, ENDLESS / 6, ENDLESS / 6)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before_us)


def is_steep(pattern: re.Pattern[Any], ways: frozenset[str], short: str, long: str) -> bool:
    """Whether the long text takes longer than its length explains."""
    if (first := seconds(pattern, ways, short)) < AT_ONCE:
        return False
    for _ in range(3):  # another process may have cost us the cache
        first = min(first, seconds(pattern, ways, short))
        if seconds(pattern, ways, long) < max(MUCH, STEEP * first):
            return False
    return True


def steep(pattern: re.Pattern[Any], ways: frozenset[str]) -> str:
    """The text whose time grows faster than its length, "" if there is none."""
    for begin, pump, end in Pumps(pattern).texts():
        short, long = (begin + pump * (length // len(pump) + 1) + end for length in (SHORT, LONG))
        for _ in range(2):  # a virtual machine that stands still may count that as CPU
            try:
                with limited():
                    if not is_steep(pattern, ways, short, long):
                        break
            except EndlessError:
                continue
            return f"{begin!r} + {pump!r} × n + {end!r}"
        else:
            return f"{begin!r} + {pump!r} × n + {end!r}"
    return ""


def test_patterns_are_found() -> None:
    """The search sees module globals, tables of patterns, those made late and those in a call."""
    assert len(patterns_of("monitor.articles")) > 100
    assert {"monitor.stories.designations", "monitor.stories.units", "monitor.stories.takes"} <= {
        module for module, _ in patterns_of("monitor.stories").values()
    }


def test_the_texts_show_what_is_not_linear() -> None:
    """Patterns that are known to be quadratic or worse are told from those that are not."""
    search = frozenset({"search"})
    known = [r"(?:\s+|x)*y", r"<a[^>]*>", r"\s+$", r"(?:a|a)+b", r"x.*?y", r"[\w.]+@\w"]
    assert [text for text in known if not steep(re.compile(text), search)] == []
    mended = [r"<a[^<>]*>", r"(?<!\s)\s++$", r"(?<!a)a++b", r"\b\d{1,9}\.\d{1,9}%"]
    assert [text for text in mended if steep(re.compile(text), search)] == []
    assert not steep(re.compile(r"\s+$"), frozenset({"match"}))


@pytest.mark.parametrize("room", [room for room in ROOMS if room not in NOT_OURS])
def test_patterns_are_linear(room: str) -> None:
    """No text makes a pattern take longer than its length explains."""
    slow = {
        f"{name}: {pattern.pattern[:200]!r}": why
        for pattern, (name, ways) in patterns_of(room).items()
        if (why := steep(pattern, ways))
    }
    assert slow == {}


def half_tried(nodes: Any) -> bool:
    """Whether a possessive repetition of a group is in a pattern, which is not itself atomic."""
    for node in nodes:
        kind, value = str(node[0]), node[1]
        parts: list[Any] = []
        if kind == "POSSESSIVE_REPEAT":
            only = str(value[2][0][0]) if len(value[2]) == 1 else ""
            if only not in {"LITERAL", "NOT_LITERAL", "IN", "ANY", "ATOMIC_GROUP"}:
                return True
        if kind.endswith("REPEAT"):
            parts = [value[2]]
        elif kind == "SUBPATTERN":
            parts = [value[3]]
        elif kind == "BRANCH":
            parts = value[1]
        elif kind in {"ASSERT", "ASSERT_NOT"}:
            parts = [value[1]]
        elif kind == "ATOMIC_GROUP":
            parts = [value]
        if any(map(half_tried, parts)):
            return True
    return False


def test_no_pattern_needs_a_python_later_than_the_first_we_allow() -> None:
    """`(?:ab)*+` ends half-way through a group before 3.11.5 (gh-106052); `(?>ab)*+` does not."""
    assert half_tried(_parser.parse("x(?:ab|c)*+"))
    assert not half_tried(_parser.parse("x(?>ab|c)*+[ab]*+a?+"))
    wrong = {
        f"{name}: {pattern.pattern[:200]!r}"
        for room in ROOMS
        if room not in NOT_OURS
        for pattern, (name, _) in patterns_of(room).items()
        if half_tried(tree_of(pattern))
    }
    assert wrong == set()
