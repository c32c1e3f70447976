"""What every command shares: the global options, the desk they open, and progress on stderr."""

import contextlib
import logging
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from monitor.errors import UsageError

if TYPE_CHECKING:
    from monitor.desk import Desk
    from monitor.progress import Progress
    from monitor.settings import Config

_MINUTE = 60.0
MAX_ID = 2**63 - 1  # what a database takes for a number
Json = Annotated[bool, typer.Option("--json", help="Print JSON.")]
Private = Annotated[bool, typer.Option("--private", help="Allow a loopback or private address.")]
NO_FEED = "no feed is configured: `monitor feeds add URL` adds one to config.toml"


def id_number(typed: str) -> int:
    """Return the id that was typed, in digits of any width; for typer's `parser`.

    Raises:
        typer.BadParameter: it is none.
    """
    if not 0 < (number := _number(typed)) <= MAX_ID:
        raise typer.BadParameter(f"{typed} is no id, which is a number from 1 on")
    return number


def how_many(typed: "str | int") -> int:
    """Return the number of things that was typed, likewise; typer gives a default as it is.

    Raises:
        typer.BadParameter: it is none.
    """
    if not 0 < (number := _number(str(typed))) < MAX_ID:
        raise typer.BadParameter(f'"{typed}" is no number from 1 on; write one such as 50')
    return number


def _number(typed: str) -> int:
    return int(typed) if typed.isdecimal() and len(typed) <= len(str(MAX_ID)) else 0


@dataclass(frozen=True, slots=True)
class Session:
    """The global options."""

    config: Path | None = None
    state: Path | None = None
    verbose: int = 0
    log_format: str = "text"

    def begin_log(self, usual: int) -> None:
        """Write a log from the level `usual` on, or from a lower one with -v and -vv."""
        from monitor import logs

        level = min(usual, (logging.WARNING, logging.INFO, logging.DEBUG)[min(self.verbose, 2)])
        logs.configure(level, "json" if self.log_format == "json" else "text")

    def load_config(self) -> "Config":
        """Read the config file; raises ConfigError."""
        from monitor.settings import find_config, load_config

        return load_config(find_config(self.config))

    def config_file(self) -> Path:
        """Return the config file, absolute; raises ConfigError when there is none."""
        from monitor.settings import find_config

        return find_config(self.config).absolute()

    @contextlib.contextmanager
    def desk(self) -> "Iterator[Desk]":
        """Open the desk of the config file, and close its store afterwards."""
        from monitor.desk import Desk

        desk = Desk(self.load_config(), self.state)
        try:
            yield desk
        finally:
            desk.close()

    @contextlib.contextmanager
    def reading_desk(self) -> "Iterator[Desk]":
        """Open the desk for who only reads: where nothing is stored yet, nothing is made."""
        from monitor.store.transactions import no_store

        with self.desk() as desk:
            if desk.has_store:
                yield desk
                return
            with no_store(desk.state) as empty:
                yield desk.on(empty.for_desk(desk.name))
            say(_nothing_read(desk.state))

    def desk_for(self, *, writing: bool) -> "AbstractContextManager[Desk]":
        """Open the desk as `stored_desk` does for who writes, else as `reading_desk`."""
        return self.stored_desk() if writing else self.reading_desk()

    @contextlib.contextmanager
    def stored_desk(self) -> "Iterator[Desk]":
        """Open the desk for who works on what is stored; raises UsageError where nothing is yet."""
        with self.desk() as desk:
            if not desk.has_store:
                raise UsageError(_nothing_read(desk.state))
            yield desk


def _nothing_read(state: Path) -> str:
    return (
        f"nothing was read yet (no store in {state}): `monitor poll` reads the feeds once, "
        "`monitor run` keeps watching"
    )


def session(context: typer.Context) -> Session:
    """Return the global options of this run."""
    found = context.find_object(Session)
    return found or Session()


def say(text: str) -> None:
    """Write a line for the person at the terminal, to stderr."""
    print(text, file=sys.stderr, flush=True)


def in_lines(clock: Callable[[], float]) -> "Progress":
    """Return what says how far something is in a line, each minute one.

    Args:
        clock: seconds; what is done within the first minute is not worth a line.
    """
    told = clock()

    def show(what: str, done: int, total: int) -> None:
        nonlocal told
        if (now := clock()) - told >= _MINUTE and done:
            told = now
            say(f"{what}: {done} of {total}" if total else f"{what}: {done}")

    return show


@contextlib.contextmanager
def progress() -> "Iterator[Progress]":
    """Give what tells on stderr how far something is.

    On a terminal it draws bars, elsewhere (cron, a service) it writes a line each minute. Where
    nobody knows of how many, a bar only shows that something goes on.
    """
    if not sys.stderr.isatty():
        yield in_lines(time.monotonic)
        return
    from rich import progress as rich_progress
    from rich.console import Console

    columns = (
        rich_progress.TextColumn("{task.description:<8}"),
        rich_progress.BarColumn(),
        rich_progress.MofNCompleteColumn(),
    )
    with rich_progress.Progress(*columns, console=Console(stderr=True), transient=True) as bars:
        tasks: dict[str, int] = {}

        def show(what: str, done: int, total: int) -> None:
            if what not in tasks:
                tasks[what] = int(bars.add_task(what, total=total or None))
            bars.update(tasks[what], completed=done, total=total or None)  # type: ignore[arg-type]

        yield show
