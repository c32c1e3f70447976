"""The command tree and the options that all commands share."""

import logging
from pathlib import Path
from typing import Annotated

import typer

from monitor import __version__
from monitor.cli import (
    digest_commands,
    export_commands,
    feed_commands,
    mark_commands,
    mcp_commands,
    polling_commands,
    reading_commands,
    rule_commands,
    search_commands,
    setup_commands,
    story_commands,
    trend_commands,
    upkeep_commands,
)
from monitor.cli.session import Session
from monitor.errors import UsageError

app = typer.Typer(
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    help="Watch news feeds for stories on China–South Korea and the Korean Peninsula, "
    "and read them in digests that are complete.",
)


def _version(wanted: bool) -> None:
    if wanted:
        print(f"monitor {__version__}")
        raise typer.Exit


@app.callback()
def options(
    context: typer.Context,
    config: Annotated[
        Path | None,
        typer.Option(help="Config file (else $MONITOR_CONFIG, ./config.toml, user folder)."),
    ] = None,
    state: Annotated[
        Path | None, typer.Option(help="State folder, instead of the configured one.")
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


for module in (
    setup_commands,
    polling_commands,
    reading_commands,
    search_commands,
    mark_commands,
    trend_commands,
    export_commands,
    mcp_commands,
    digest_commands,
    upkeep_commands,
):
    module.add_to(app)
app.add_typer(rule_commands.app, name="rules")
app.add_typer(rule_commands.entities, name="entities")
app.add_typer(story_commands.app, name="stories")
app.add_typer(feed_commands.app, name="feeds")
