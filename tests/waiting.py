"""How tests wait for the world outside: for what is said or done, never for a time."""

import threading
import time
from collections.abc import Callable

# Seconds until a test gives up. Nothing but a fault takes so long on the slowest machine, so a
# shorter time would find no more faults, only busy machines.
PATIENCE = 240.0


def until(
    condition: Callable[[], bool], about: Callable[[], str] = lambda: "", seconds: float = PATIENCE
) -> None:
    """Wait until a condition of the outside world holds.

    A look that takes long, such as a command, is followed by a pause twice as long, so that the
    machine is left to what is waited for.

    Args:
        about: what to tell of a world in which it never did.
        seconds: until it is given up, where the program itself waits for longer.
    """
    began = time.monotonic()
    end = began + seconds
    while not condition():
        now = time.monotonic()
        assert now < end, f"waited in vain; {about()}"
        threading.Event().wait(max(0.05, 2 * (now - began)))
        began = time.monotonic()
