"""The command tree and the options that all commands share.

A module of commands is imported when one of its commands is asked for: importing them all takes
longer than `monitor list` has to do (Click's manual, "Lazily Loading Subcommands").
"""

import logging
from importlib import import_module
from pathlib import Path
from typing import Annotated, Any

import typer
from typer.core import TyperGroup
from typer.main import get_group

from monitor import __version__
from monitor.cli.session import Session
from monitor.errors import UsageError

# Modules of this package and their commands, in the order of `--help`.
COMMANDS = {
    "demo_commands": ("demo",),
    "init_commands": ("init",),
    "check_commands": ("check",),
    "polling_commands": ("poll", "run", "status"),
    "machine_commands": ("machines", "desks"),
    "reader_commands": ("read",),
    "reading_commands": ("list", "show", "explain", "scrape"),
    "search_commands": ("search",),
    "mark_commands": ("mark",),
    "trend_commands": ("trends",),
    "export_commands": ("export", "site"),
    "mcp_commands": ("mcp",),
    "digest_commands": ("digest", "outbox"),
    "upkeep_commands": ("reload", "db", "service"),
    "rule_commands": ("rules", "entities"),
    "story_commands": ("stories",),
    "feed_commands": ("feeds",),
    "manual_commands": ("manual",),
}


class NoReaderError(Exception):
    """Who read the output went away: no failure, though Click and rich make one of it."""


class _Commands(TyperGroup):
    """The commands of `COMMANDS`, imported when they are asked for."""

    def invoke(self, ctx: Any) -> Any:
        try:
            return super().invoke(ctx)
        except (BrokenPipeError, SystemExit) as error:  # rich makes an exit of it
            if BrokenPipeError in (type(error), type(error.__context__)):
                raise NoReaderError from error
            raise

    def list_commands(self, ctx: Any) -> list[str]:
        names = [name for known in COMMANDS.values() for name in known]
        for name in names:
            self.get_command(ctx, name)
        return names

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        if cmd_name not in self.commands:
            modules = [name for name, known in COMMANDS.items() if cmd_name in known]
            for module in modules or COMMANDS:  # all of them, so that the nearest can be named
                self.commands.update(commands_of(module))
        return super().get_command(ctx, cmd_name)


def commands_of(module: str) -> dict[str, Any]:
    """Return the commands of a module of this package, by name."""
    part = typer.Typer(rich_markup_mode=None)
    import_module(f"monitor.cli.{module}").add_to(part)
    return dict(get_group(part).commands)


app = typer.Typer(
    cls=_Commands,
    invoke_without_command=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    help="Watch news feeds for stories on China–South Korea and the Korean Peninsula, "
    "and read them in digests that are complete.",
)


def _version(wanted: bool) -> None:
    if wanted:
        print(f"monitor {__version__}")
        raise typer.Exit


def _folder(given: str) -> Path:
    """A folder; a script's unset variable names none, and least of all the one it runs in."""
    if not given:
        raise UsageError("--state: names no folder")
    return Path(given)


@app.callback()
def options(
    context: typer.Context,
    config: Annotated[
        Path | None,
        typer.Option(help="Config file (else $MONITOR_CONFIG, ./config.toml, user folder)."),
    ] = None,
    state: Annotated[
        Path | None,
        typer.Option(
            parser=_folder, metavar="<path>", help="State folder, instead of the configured one."
        ),
    ] = None,
    verbose: Annotated[
        int, typer.Option("--verbose", "-v", count=True, help="Say more on stderr; twice for all.")
    ] = 0,
    log_format: Annotated[
        str, typer.Option(help="How the log on stderr is written: text or json.")
    ] = "text",
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Show the version.")
    ] = False,
) -> None:
    """Take the global options."""
    if log_format not in ("text", "json"):
        raise UsageError(f'no log format is called "{log_format}"; known: text, json')
    this = Session(config, state, verbose, log_format)
    this.begin_log(logging.WARNING)
    context.obj = this
    if context.invoked_subcommand is None:
        from monitor.cli import front_door

        front_door.show(this)
