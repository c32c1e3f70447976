"""The daemon's event loop: uvloop's, or asyncio's own where that is not to be had.

A poll without news costs a fifth less on it (`tests/benchmarks/poll_costs.py`). Short commands keep
asyncio's, which they have in memory anyway.
"""

import asyncio
import contextlib
import importlib
from collections.abc import Coroutine


def run(work: Coroutine[object, object, None]) -> None:
    """Run a coroutine to its end."""
    # Closed as well where Ctrl-C comes before it has begun, which Python would warn of.
    with contextlib.closing(work), asyncio.Runner(loop_factory=_factory()) as runner:
        runner.run(work)


def _factory() -> "type[asyncio.AbstractEventLoop] | None":
    try:
        uvloop = importlib.import_module("uvloop")
    except ImportError:  # another Python than CPython, or a platform that it is not made for
        return None
    found: type[asyncio.AbstractEventLoop] = uvloop.Loop
    return found
