"""`monitor read`: the archive and today's stories in the terminal."""

import os
import shutil
import sys

import typer

from monitor.cli.session import session
from monitor.errors import UsageError


def add_to(app: typer.Typer) -> None:
    """Add the command to the command tree."""
    app.command()(read)


def read(context: typer.Context) -> None:
    """Read today's stories and the archive in the terminal; ? shows the keys."""
    streams = (sys.stdin, sys.stdout, sys.stderr)  # Textual draws on stderr
    if not all(stream.isatty() for stream in streams) or os.environ.get("TERM") == "dumb":
        raise UsageError(
            "`monitor read` needs a terminal; `monitor list` and `monitor show ID` write to a pipe"
        )
    from monitor.reader import NARROWEST, SHORTEST, Archive, ReaderApp

    columns, lines = shutil.get_terminal_size()
    if columns < NARROWEST or lines < SHORTEST:
        raise UsageError(
            f"`monitor read` needs {NARROWEST} columns and {SHORTEST} lines; "
            f"this terminal has {columns} and {lines}"
        )
    with session(context).stored_desk() as desk:
        _ = desk.store  # so that one that cannot be opened is told on the plain terminal
        app = ReaderApp(Archive(desk, desk.now))
        app.run()
    if app.return_code:
        raise typer.Exit(app.return_code)
