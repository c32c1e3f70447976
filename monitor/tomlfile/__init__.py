"""TOML files that people write: read them, check them, and say where in them something stands.

- `read_toml`, `parse_toml`: a file as `TomlFile`; what is no TOML is a fault with its line.
- `TomlFile.fault`: a fault at a key, with file, line and what to do; `nearest`: "did you mean …?".
- `shipped`: the data of a file of the program's own, which is known to be sound.
- `validation.Checker`: tables against a pydantic type, all faults at once (its own module, so that
  reading alone does without pydantic).
"""

from monitor.tomlfile.file import (
    TomlFile,
    dotted,
    nearest,
    parse_toml,
    read_text,
    read_toml,
    shipped,
)
from monitor.tomlfile.places import KeyPath

__all__ = [
    "KeyPath",
    "TomlFile",
    "dotted",
    "nearest",
    "parse_toml",
    "read_text",
    "read_toml",
    "shipped",
]
