"""What began or ended with readings of feeds goes to the log; a network that is away only once."""

import logging

from monitor.pipeline.intake import Reading

log = logging.getLogger(__name__)


class EventLog:
    """Logs the events of readings as they come.

    What a reading without any answer tells is held until another feed answers. When as many as
    there are feeds got no answer in a row, it is the network, and that is said in their place.
    """

    def __init__(self) -> None:
        self._held: list[str] = []
        self._unanswered = 0
        self._away = False

    def add(self, reading: Reading, feeds: int) -> None:
        """Log what a reading tells, or hold it.

        Args:
            reading: of one feed.
            feeds: how many are configured, or read in this round.
        """
        if reading.reached is None:
            _log(reading.events)
            return
        if reading.reached:
            self.flush()
            self._unanswered, self._away = 0, False
            _log(reading.events)
            return
        self._unanswered += 1
        self._held += reading.events
        if self._unanswered >= max(2, feeds):
            self._held.clear()
            if not self._away:
                log.warning("no network: none of %d feeds answers (%s)", feeds, reading.error)
            self._away = True

    def flush(self) -> None:
        """Log what was held: other feeds answer, or nothing more comes."""
        _log(self._held)
        self._held.clear()


def _log(lines: "tuple[str, ...] | list[str]") -> None:
    for line in lines:
        log.warning("%s", line)
