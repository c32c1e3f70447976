"""The log: one line an event, on stderr, as text or as JSON.

* Levels. DEBUG: every step, for those who look for a fault. INFO: what an operator expects to read
  (started, reloaded, a digest made). WARNING: something out of the ordinary that mends itself or
  may need a person. ERROR: work was not done. `monitor run` shows INFO and above, other commands
  WARNING and above; -v and -vv show more.
* A fault that comes again in the same words is told once, and then at most every ten minutes with
  the number of times it came.
* Nothing secret: user and password in any address become ***, and so does each secret that was
  given to `conceal`, wherever it comes from: a message, an argument or the text of an exception.
* Line breaks become spaces, and control and bidi characters are removed, so that no feed can forge
  a line. An exception is told in one line with its place; with -vv its whole trace follows in the
  text form, and in JSON it is always there under "trace".
"""

import json
import logging
import re
import sys
import time
import traceback
from collections import OrderedDict
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Literal

from monitor.text import clean, one_line

Form = Literal["text", "json"]

_AGAIN = 600.0  # seconds until a repeated fault is told again
_REMEMBERED = 1000  # different faults
_CREDENTIALS = re.compile(r"(?<=\w://)[^\s/@'\"<>]+(?:@(?=[^\s/@]*@)[^\s/@]*)*@")
_NOISY = {
    # It warns of every turn that is skipped since the one before still runs.
    "apscheduler": logging.ERROR,
    "httpx": logging.WARNING,
    "httpcore": logging.WARNING,
    "alembic": logging.WARNING,
}

_secrets: set[str] = set()


def configure(level: int, form: Form = "text") -> None:
    """Send the log to standard error from a level on; takes the place of any other."""
    handler = logging.StreamHandler(sys.stderr)
    traces = level <= logging.DEBUG
    handler.setFormatter(JsonLines() if form == "json" else TextLines(traces=traces))
    handler.addFilter(_is_a_fault)
    handler.addFilter(Repeats())
    logging.basicConfig(level=level, handlers=[handler], force=True)
    logging.captureWarnings(True)
    for name, least in _NOISY.items():
        logging.getLogger(name).setLevel(max(level, least))


def conceal(secret: str) -> None:
    """Never let this text into the log."""
    if len(secret) >= 4:  # a shorter one would blot out ordinary words
        _secrets.add(secret)


def without_secrets(text: str) -> str:
    """Return `text` without credentials in addresses and without concealed secrets."""
    for secret in _secrets:
        text = text.replace(secret, "***")
    return _CREDENTIALS.sub("***@", text) if "@" in text else text


def _is_a_fault(record: logging.LogRecord) -> bool:
    """Tell whether a record is not only of Ctrl-C, which libraries report where it meets them."""
    return not (record.exc_info and isinstance(record.exc_info[1], KeyboardInterrupt))


class Repeats(logging.Filter):
    """Lets a fault pass once in ten minutes, and then says how often it came meanwhile.

    Args:
        clock: monotonic seconds.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        super().__init__()
        self._clock = clock
        self._seen: OrderedDict[tuple[str, int, str], tuple[float, int]] = OrderedDict()

    def filter(self, record: logging.LogRecord) -> bool:
        """Tell whether a record is to be written; logging's interface."""
        if record.levelno < logging.WARNING:
            return True
        key = (record.name, record.levelno, record.getMessage())
        now = self._clock()
        told, left_out = self._seen.get(key, (-_AGAIN, 0))
        if now - told < _AGAIN:
            self._seen[key] = (told, left_out + 1)
            return False
        self._seen[key] = (now, 0)
        self._seen.move_to_end(key)
        while len(self._seen) > _REMEMBERED:
            self._seen.popitem(last=False)
        record.repeated = left_out
        return True


class TextLines(logging.Formatter):
    """`2026-11-23 16:44:43 WARNING monitor.daemon: …`, in UTC."""

    def __init__(self, *, traces: bool = False) -> None:
        super().__init__()
        self._traces = traces

    def format(self, record: logging.LogRecord) -> str:
        """Return the line of a record; logging's interface."""
        when = datetime.fromtimestamp(record.created, UTC)
        line = f"{when:%Y-%m-%d %H:%M:%S} {record.levelname:<7} {record.name}: {_message(record)}"
        if self._traces and record.exc_info:
            line += "\n" + without_secrets(clean(_trace(record)))
        return line


class JsonLines(logging.Formatter):
    """One JSON object a line: time, level, logger, message, and repeated and trace when there."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line of a record; logging's interface."""
        when = datetime.fromtimestamp(record.created, UTC)
        event: dict[str, object] = {
            "time": when.isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": _message(record),
        }
        if repeated := getattr(record, "repeated", 0):
            event["repeated"] = repeated
        if record.exc_info:
            event["trace"] = without_secrets(_trace(record))
        return json.dumps(event, ensure_ascii=False)


def _message(record: logging.LogRecord) -> str:
    text = record.getMessage()
    if record.exc_info and (error := record.exc_info[1]) is not None:
        frames = traceback.extract_tb(error.__traceback__)
        place = f" at {frames[-1].filename}:{frames[-1].lineno}" if frames else ""
        text += f": {type(error).__name__}: {error}{place}"
    if repeated := getattr(record, "repeated", 0):
        text += f" ({repeated} times more since it was last told)"
    return without_secrets(one_line(text))


def _trace(record: logging.LogRecord) -> str:
    assert record.exc_info
    return "".join(traceback.format_exception(*record.exc_info)).rstrip()
