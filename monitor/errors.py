"""One tree of typed errors; whatever a user can cause ends in one clear line.

A message says what was wrong, where (file and line, key or url) and what to do about it. The
command line prints `str(error)` and leaves with `exit_code`: 1 when the work failed, 2 when the
usage or the configuration was wrong. Each package raises its own leaves, which are all defined here
so that a reader sees the whole tree at once.
"""

from collections.abc import Sequence
from datetime import datetime


class MonitorError(Exception):
    """Root of everything this program raises on purpose."""

    exit_code = 1


# ---- what the user wrote


class ConfigError(MonitorError):
    """Faults in files the user wrote (config, rules, entities, profiles); all of them at once."""

    exit_code = 2

    def __init__(self, faults: "Sequence[Fault] | str") -> None:
        self.faults: tuple[Fault, ...] = (
            (Fault(message=faults),) if isinstance(faults, str) else tuple(faults)
        )
        super().__init__("\n".join(str(fault) for fault in self.faults))


class NoConfig(ConfigError):
    """There is no config file anywhere, so nothing was set up yet."""


_LONGEST_PART = 800  # characters of one part of a fault


class Fault:
    """One fault in a file: where it is, what is wrong and the nearest known spelling.

    Args:
        message: what was wrong and what was expected, without a full stop.
        file: path as the user gave it.
        line: 1-based line, if known.
        key: dotted key such as ``feed[3].every``.
        hint: what to do, for instance ``did you mean "every"?``.
    """

    __slots__ = ("file", "hint", "key", "line", "message")

    def __init__(
        self,
        message: str,
        *,
        file: str = "",
        line: int | None = None,
        key: str = "",
        hint: str = "",
    ) -> None:
        self.message, self.file, self.line, self.key, self.hint = message, file, line, key, hint

    def __str__(self) -> str:
        place = self.file + (f":{self.line}" if self.line else "")
        parts = [_shortened(part) for part in (place, self.key, self.message) if part]
        return ": ".join(parts) + (f" ({_shortened(self.hint)})" if self.hint else "")

    def __repr__(self) -> str:
        return f"Fault({str(self)!r})"


def _shortened(part: str) -> str:
    """Leave out the middle of what quotes more than anybody wants to read again."""
    return part if len(part) <= _LONGEST_PART else f"{part[:300]} … {part[-200:]}"


class UsageError(MonitorError):
    """A command was called with something that cannot be (an unknown id, feed or rule)."""

    exit_code = 2


class QueryError(UsageError):
    """A query cannot be read: `what` is wrong with it at character `at`, counted from 0."""

    def __init__(self, message: str, *, what: str, at: int) -> None:
        super().__init__(message)
        self.what, self.at = what, at


class Shortage(MonitorError):
    """The machine gives no more files or threads; what was worked on is to be tried again."""


# ---- web: one response could not be had


class FetchError(MonitorError):
    """A request gave no usable response; `url` is the one asked for."""

    def __init__(self, message: str, *, url: str = "") -> None:
        super().__init__(message)
        self.url = url


class Refused(FetchError):
    """We did not ask: private address, scheme other than http(s), or robots.txt forbids it."""


class PrivateAddress(Refused):
    """A private or loopback address that a feed of the user's may be allowed to read."""

    def __init__(self, message: str, *, url: str = "") -> None:
        super().__init__(f"{message}; private = true lets a feed read private addresses", url=url)
        self.message = message


class HostPaused(FetchError):
    """We did not ask: the host told us to stay away (429, 503) and the time is not over.

    `until` is an aware datetime in UTC.
    """

    def __init__(self, message: str, *, until: datetime) -> None:
        super().__init__(message)
        self.until = until


class HostElsewhere(FetchError):
    """We did not ask: another machine is the one that asks this host."""


class Unreachable(FetchError):
    """No connection, DNS failure, TLS failure, or the peer hung up."""


class TimedOut(FetchError):
    """A phase or the whole response took longer than its deadline."""


class TooLarge(FetchError):
    """More decoded bytes than the cap (RFC 9110 bodies are counted after Content-Encoding)."""


class BadRedirect(FetchError):
    """A loop, too many hops, or a target that we must not follow."""


# ---- feeds and articles: bytes that are not what they should be


class NotAFeed(MonitorError):
    """The body is no feed (a page, an error, nothing); says what it looks like instead."""


class NoArticle(MonitorError):
    """The body holds no article that can be read; says why (empty, PDF, consent wall …)."""


class TooCostly(MonitorError):
    """Reading a document takes more processor time or memory than any honest one does."""


# ---- store and delivery


class StoreError(MonitorError):
    """The state folder or database cannot be used; says what to do."""


class StoreUnavailable(StoreError):
    """Nothing can be stored at the moment: the database is locked, full or damaged."""


class StoreAway(StoreUnavailable):
    """The database server cannot be reached at the moment."""


class StoreBusy(StoreUnavailable):
    """Another machine, or another version of this program, is at work on what is needed."""


class StoreRefused(StoreUnavailable):
    """The database server knows no such database or user, or another password."""

    exit_code = 2


class SchemaTooNew(StoreError):
    """A newer version of this program made the database, or migrated it while we worked on it."""


class Superseded(StoreError):
    """This machine let its lease run out, and another does its work by now: nothing was stored."""


class DeliveryError(MonitorError):
    """A message was not delivered. `permanent` tells whether trying again makes sense."""

    def __init__(self, message: str, *, permanent: bool) -> None:
        super().__init__(message)
        self.permanent = permanent


class AlreadyRunning(MonitorError):
    """Another daemon holds the lock of this state folder."""
