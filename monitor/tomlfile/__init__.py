"""TOML files that people write: read them, check them, and say where in them something stands.

- `read_toml`, `parse_toml`: a file as `TomlFile`; what is no TOML is a fault with its line.
- `TomlFile.fault`: a fault at a key, with file, line and what to do; `nearest`: "did you mean …?".
- `checking.checked`: data against a pydantic type, all faults at once (its own module, so that
  reading alone does without pydantic).
"""

from monitor.tomlfile.document import TomlFile, dotted, nearest, parse_toml, read_toml
from monitor.tomlfile.places import KeyPath

__all__ = ["KeyPath", "TomlFile", "dotted", "nearest", "parse_toml", "read_toml"]
