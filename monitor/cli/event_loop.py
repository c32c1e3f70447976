"""The event loop of what polls: uvloop's, or asyncio's own where that is not to be had.

A poll without news costs a fifth less on it (`tests/benchmarks/poll_costs.py`). Other commands keep
asyncio's, which they have in memory anyway.
"""

import asyncio
import contextlib
import importlib
import inspect
import os
import signal
from collections.abc import Coroutine
from typing import TypeVar

T = TypeVar("T")


def run(work: Coroutine[object, object, T]) -> T:
    """Run a coroutine to its end, and return its result, also where Ctrl-C comes after it is known.

    Raises:
        KeyboardInterrupt: Ctrl-C. What is in hand is waited for; a second one ends the process at
            once, which loses nothing that is stored.
    """
    runner = asyncio.Runner(loop_factory=_factory())
    found: T | None = None
    # Closed as well where Ctrl-C comes before it has begun, which Python would warn of.
    with contextlib.closing(work):
        try:
            found = runner.run(work)
            return found
        except KeyboardInterrupt:
            if inspect.getcoroutinestate(work) == inspect.CORO_SUSPENDED:  # still busy with ending
                os._exit(130)
            raise
        finally:
            try:
                runner.close()
            except KeyboardInterrupt:  # while threads are waited for
                if found is None:
                    os._exit(130)
                # They are waited for once more at the end, when all is told: the next one ends us.
                signal.signal(signal.SIGINT, signal.SIG_DFL)


def _factory() -> "type[asyncio.AbstractEventLoop] | None":
    try:
        uvloop = importlib.import_module("uvloop")
    except ImportError:  # another Python than CPython, or a platform that it is not made for
        return None
    found: type[asyncio.AbstractEventLoop] = uvloop.Loop
    return found
