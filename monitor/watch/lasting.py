"""Making hundreds of thousands of objects that last: the gazetteer, the rules, what finds them."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def collector_paused() -> Iterator[None]:
    """Keep the cyclic collector out meanwhile.

    It would look through all of them again and again for cycles that are not there; on 10,000
    rules that is a third of the time.
    """
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()
