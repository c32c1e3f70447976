"""The word lists of this package: TOML files, one table a kind, one list a language."""

import re
from collections.abc import Iterable
from typing import Any

from monitor.tomlfile import shipped

LANGUAGES = ("en", "zh", "ko", "ja")  # in which outlets and agencies have names of their own


def table(name: str) -> dict[str, Any]:
    """Return the tables of `name`.toml of this package."""
    return shipped("monitor.newsroom", name)


def words_of(kind: dict[str, Any], *languages: str) -> tuple[str, ...]:
    """Return the words of a table in these languages (all when none is named), once each."""
    lists = [kind[key] for key in languages or kind if key in kind]
    return tuple(dict.fromkeys(word for words in lists for word in words))


def any_of(words: Iterable[str]) -> str:
    """Return a regular expression for any of these words, the longest first."""
    return "|".join(re.escape(word) for word in sorted(words, key=lambda word: (-len(word), word)))
