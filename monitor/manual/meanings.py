"""What keys and targets mean, in words: `meanings.toml` of this package."""

import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def meanings() -> dict[str, dict[str, Any]]:
    """Return the words by chapter and table."""
    return tomllib.loads((files(__package__) / "meanings.toml").read_text("utf-8"))


def key_lines(chapter: str, tables: Mapping[str, str]) -> Iterator[str]:
    """Yield the keys of tables with an example each, as Markdown.

    Args:
        chapter: of the meanings.
        tables: how each table is headed in its file, and what the meanings call it.
    """
    for heading, table in tables.items():
        yield from ("", f"## {heading}", "")
        for key, about in meanings()[chapter][table].items():
            example = about["example"]
            written = example if example.startswith("[[rule") else f"{key} = {example}"
            yield f"* **`{written}`**: {about['means']}"
