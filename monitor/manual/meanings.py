"""What keys and targets mean, in words: `meanings.toml` of this package."""

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def meanings() -> dict[str, dict[str, Any]]:
    """Return the words by chapter and table."""
    return tomllib.loads((files(__package__) / "meanings.toml").read_text("utf-8"))
