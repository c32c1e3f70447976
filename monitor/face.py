"""A room's public face: its names, each imported when it is first asked for (PEP 562).

`monitor list` needs one function of `monitor.text`; importing all of that room, and of the others,
takes longer than the command has to do.
"""

import sys
from collections.abc import Callable, Mapping, Sequence
from importlib import import_module
from typing import Any


def on_demand(package: str, homes: Mapping[str, Sequence[str]]) -> Callable[[str], Any]:
    """Return a package's `__getattr__`.

    Args:
        package: its `__name__`.
        homes: modules of the package, and which of its names each holds. No name may be that of a
            module beside it, which would take its place once that module is imported.
    """
    found = {name: home for home, names in homes.items() for name in names}

    def load(name: str) -> Any:
        if name not in found:
            raise AttributeError(f"module {package!r} has no attribute {name!r}")
        value = getattr(import_module(f"{package}.{found[name]}"), name)
        setattr(sys.modules[package], name, value)  # asked for once
        return value

    return load
