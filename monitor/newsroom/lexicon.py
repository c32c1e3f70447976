"""The word lists of this room: TOML files, one table a kind, one list a language."""

import re
import tomllib
from collections.abc import Iterable
from functools import cache
from importlib import resources
from typing import Any


@cache
def table(name: str) -> dict[str, Any]:
    """Return the tables of `name`.toml of this package."""
    source = resources.files("monitor.newsroom").joinpath(f"{name}.toml").read_text("utf-8")
    return tomllib.loads(source)


def words_of(kind: dict[str, Any], *languages: str) -> tuple[str, ...]:
    """Return the words of a table in these languages (all when none is named), once each."""
    lists = [kind[key] for key in languages or kind if key in kind]
    return tuple(dict.fromkeys(word for words in lists for word in words))


def any_of(words: Iterable[str]) -> str:
    """Return a regular expression for any of these words, the longest first."""
    return "|".join(re.escape(word) for word in sorted(words, key=lambda word: (-len(word), word)))
