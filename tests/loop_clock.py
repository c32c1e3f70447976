"""The event loop's clock, which stands still but for what it is moved by hand."""

import asyncio

import pytest


class LoopClock:
    """Stands still from when it is made until the end of the test.

    So nothing on a busy machine is late, and what waits for a time to pass waits until it is moved.

    Attributes:
        moved: seconds since it was made; set it, and give the loop a turn.
    """

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        loop, self.moved = asyncio.get_running_loop(), 0.0
        began = loop.time()
        monkeypatch.setattr(loop, "time", lambda: began + self.moved)
