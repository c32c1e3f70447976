"""The pause while nothing can be stored: why, since when, and when to try again.

The distance between two tries grows from one second to a quarter of a minute: room on a disk comes
back seldom, and whoever made some should not wait long to see that it helped.
"""

from datetime import timedelta

_FIRST_WAIT, _LONGEST_WAIT = 1.0, 15.0  # seconds between two tries to write


class Pause:
    """One pause, or none; all times are monotonic seconds."""

    def __init__(self) -> None:
        self.why = ""  # "" = nothing is paused
        self._since = self._next = 0.0
        self._wait = _FIRST_WAIT

    def __bool__(self) -> bool:
        return bool(self.why)

    def begin(self, why: str, passed: float) -> None:
        """Pause for this reason; the first try comes soon."""
        self.why, self._since, self._wait = why, passed, _FIRST_WAIT
        self._next = passed + self._wait

    def takes_try(self, passed: float) -> bool:
        """Tell whether it is time for a try; while that lasts, no other begins."""
        if not self.why or passed < self._next:
            return False
        self._next = passed + 2 * _LONGEST_WAIT
        return True

    def go_on(self, why: str, passed: float) -> None:
        """Stay paused after a try that failed, now for this reason."""
        self.why, self._wait = why, min(2 * self._wait, _LONGEST_WAIT)
        self._next = passed + self._wait

    def end(self, passed: float) -> timedelta:
        """End the pause; return how long it was."""
        self.why = ""
        return timedelta(seconds=round(passed - self._since))
