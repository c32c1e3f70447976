"""What a shell offers at Tab, read from the user's own files; a fault in them offers nothing."""

from collections.abc import Iterable

import typer

from monitor.errors import MonitorError

FORMATS = ("terminal", "text", "html", "markdown", "json", "atom")


def feeds(context: typer.Context, incomplete: str) -> list[str]:
    """Return the names of configured feeds that begin so."""
    from monitor.cli.session import session

    try:
        return _begin(incomplete, (feed.name for feed in session(context).load_config().feeds))
    except (MonitorError, OSError):
        return []


def digests(context: typer.Context, incomplete: str) -> list[str]:
    """Return the names of configured digests that begin so."""
    from monitor.cli.session import session

    try:
        return _begin(incomplete, (table.name for table in session(context).load_config().digest))
    except (MonitorError, OSError):
        return []


def rules(context: typer.Context, incomplete: str) -> list[str]:
    """Return the ids of rules in force that begin so."""
    from monitor.cli.jsonl_input import in_force

    try:
        return _begin(incomplete, (rule.id for rule in in_force(context).rules))
    except (MonitorError, OSError):
        return []


def desks(incomplete: str) -> list[str]:
    """Return the names of example desks that begin so."""
    from monitor.setup import DESKS

    return _begin(incomplete, (desk.name for desk in DESKS))


def formats(incomplete: str) -> list[str]:
    """Return the forms of a digest that begin so."""
    return _begin(incomplete, FORMATS)


def topics(incomplete: str) -> list[str]:
    """Return the topics of the manual that begin so."""
    from monitor.manual import topics as known

    return _begin(incomplete, known())


def _begin(incomplete: str, names: Iterable[str]) -> list[str]:
    return [name for name in names if name.startswith(incomplete)]
