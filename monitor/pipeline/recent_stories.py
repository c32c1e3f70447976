"""The recent stories, held in memory by who files, and lent to one thread at a time.

Where an article belongs is decided there before it is stored. What is decided and then not stored
(the store was busy, or refused a row) must not be taken for stored by the next: other articles
would be put into stories that are not there.
"""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

    from monitor.stories import Window


class Stopped(Exception):
    """Who files is to end: nothing of what was decided last is stored."""


class RecentStories:
    """One window, loaded when it is first needed, and anew where it may differ from the store.

    Args:
        load: reads it from the store.
    """

    def __init__(self, load: "Callable[[], Window]") -> None:
        self._load = load
        self._lock = threading.Lock()
        self._window: Window | None = None
        self._stale = True

    @contextmanager
    def changing(self) -> "Iterator[Window]":
        """Lend the window until the store has what comes of it; whoever else asks waits so long.

        Where the block raises, the next to ask gets one that is loaded anew.
        """
        with self._lock:
            try:
                if self._window is None or self._stale:
                    self._stale = False  # first: it may be called so again while it is loaded
                    self._window = self._load()
                yield self._window
            except BaseException:
                self._stale = True
                raise

    def reload(self) -> None:
        """Have it loaded anew for who asks next; waits for nobody."""
        self._stale = True

    def expire(self, now: "datetime") -> None:
        """Forget stories too old to be joined."""
        with self._lock:
            if self._window is not None:
                from monitor.stories import KEEP  # was loaded with the window

                self._window.expire(now - KEEP)
