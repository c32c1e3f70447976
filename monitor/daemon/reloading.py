"""Reading a changed configuration while the daemon runs."""

from collections.abc import Callable
from pathlib import Path

from monitor.desk import Desk
from monitor.settings import Config

# What the client and the store were made with; it takes effect at the next start.
_AT_START = (
    "database",
    "desk",
    "state",
    "contact",
    "in_flight",
    "per_host",
    "spacing",
    "metrics",
    "workers",
)


def read_desk(read: Callable[[], Config], state: Path) -> Desk:
    """Read config, rules, entities and profiles anew; raises ConfigError with what is wrong."""
    desk = Desk(read(), state)
    desk.warn_of_empty_globs()
    desk.check_references()
    desk.rulebook.compile()  # not while the next news waits for it
    _ = desk.profiles  # faults in them are told now, not at the next page
    return desk


def needs_restart(old: Config, new: Config) -> list[str]:
    """Return the keys of [monitor] that were changed and are not taken in while running."""
    return [key for key in _AT_START if getattr(old.monitor, key) != getattr(new.monitor, key)]
