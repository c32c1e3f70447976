"""`monitor poll`, `run` and `status`: read feeds now, for ever, and how that goes."""

import asyncio
import gc
import logging
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated

import typer

from monitor import json_shape
from monitor.cli import complete, unheeded
from monitor.cli.session import NO_FEED, progress, say, session
from monitor.text import count

if TYPE_CHECKING:
    from monitor.desk import Desk
    from monitor.pipeline import Report


def add_to(app: typer.Typer) -> None:
    """Add these commands to the command tree."""
    app.command()(poll)
    app.command()(run)
    app.command()(status)


def poll(
    context: typer.Context,
    due: Annotated[bool, typer.Option("--due", help="Only feeds whose time has come.")] = False,
    feed: Annotated[
        list[str] | None,
        typer.Option(
            metavar="NAME",
            help="Only this feed; may be given several times.",
            autocompletion=complete.feeds,
        ),
    ] = None,
    vantage: Annotated[
        str, typer.Option(help="Where this machine stands: feeds of this place are read, too.")
    ] = "",
    as_json: Annotated[bool, typer.Option("--json", help="Print the report as JSON.")] = False,
) -> None:
    """Read feeds once, now: fetch, scrape, flag, store; exit 1 when a feed could not be read."""
    from monitor import lock
    from monitor.cli import event_loop
    from monitor.pipeline import Joining, open_pipeline

    async def work() -> "Report":
        report: Report | None = None
        try:
            async with open_pipeline(desk, Joining(vantage=vantage)) as pipeline:
                from monitor.pipeline import round_of

                feeds = pipeline.as_read(desk.config.feeds_named(tuple(feed or ())))
                if due:
                    waiting = {item.name for item in pipeline.feeds.due(pipeline.clock())}
                    feeds = [item for item in feeds if item.name in waiting]
                with progress() as bars:
                    report = await round_of(pipeline, feeds, progress=bars)
        except asyncio.CancelledError:  # Ctrl-C; once all is done it cuts short the leaving alone
            if report is None:
                raise
        return report

    now = datetime.now(UTC)
    with session(context).desk() as desk, lock.hold(desk.state, now):
        desk.warn_of_empty_globs()
        desk.check_own_files()  # before any feed is read: what comes in is to be flagged at once
        report = event_loop.run(work())
        faults = _write_searches(desk, desk.now())
    if as_json:
        print(json_shape.line(report))
    else:
        print_report(report, none="no feed is due" if due and desk.config.feeds else NO_FEED)
    for fault in faults:
        say(fault)
    if report.failed or report.left or faults:
        raise typer.Exit(1)


def _write_searches(desk: "Desk", now: datetime) -> list[str]:
    """Bring the files of saved searches up to date; return what went wrong."""
    if not any(table.to for table in desk.config.search):
        return []
    from monitor.pipeline.write_searches import write_searches

    return write_searches(desk, now)


def print_report(report: "Report", *, none: str = NO_FEED) -> None:
    """Say in a few lines what a round did; `none` where there was no feed to read."""
    if report.feeds or report.new or report.pages:
        say(
            f"{report.answered} of {count(report.feeds, 'feed')} read "
            f"({report.unchanged} unchanged), {count(report.new, 'new entry', 'new entries')}, "
            f"{count(report.pages, 'page')}, {count(report.flagged, 'flag')}"
        )
    elif not report.elsewhere:
        say(none)
    if report.offline:
        name, why = next(iter(report.failed.items()))
        say(f"  no network: none of {report.feeds} feeds could be reached ({name}: {why})")
    else:
        for name, why in report.failed.items():
            say(f"  {name}: {why}")
    for name, why in report.elsewhere.items():
        say(f"  {name}: left to another machine ({why})")
    if report.left:
        say(
            f"  {report.left} of what came in this version could not work on (an error of its own, "
            "see the log); the feed's own words were flagged; `monitor status` names them"
        )


def run(
    context: typer.Context,
    name: Annotated[
        str, typer.Option(help="Name of this machine among those that share a database.")
    ] = "",
    vantage: Annotated[
        str, typer.Option(help="Where it stands: it also reads the feeds of this vantage point.")
    ] = "",
) -> None:
    """Poll, alert and send digests until stopped; in the foreground, for a service manager."""
    gc.disable()  # a start makes next to no garbage; the daemon enables it when it is over

    from monitor.cli import event_loop
    from monitor.daemon.run import run as run_daemon
    from monitor.pipeline import Joining
    from monitor.settings import exposed_credentials

    this = session(context)
    this.begin_log(logging.INFO)
    for line in exposed_credentials(this.config_file(), this.load_config()):
        say(line)
    with this.desk() as desk:
        joining = Joining(name, vantage, kind="daemon")
        daemon = run_daemon(desk, this.load_config, this.config_file(), joining)
        event_loop.run(daemon)


def status(
    context: typer.Context,
    as_json: Annotated[bool, typer.Option("--json", help="Print it as JSON.")] = False,
    as_metrics: Annotated[
        bool, typer.Option("--metrics", help="Print it in the text format of Prometheus.")
    ] = False,
) -> None:
    """Say whether the monitor is alive, and what needs a person; exit 1 when something does."""
    from monitor.cli import status_view
    from monitor.daemon import status as state

    if as_metrics:
        unheeded.refuse(context, "as_json", "--metrics has a form of its own")

    with session(context).reading_desk() as desk:
        report = state.collect(desk, desk.now())
        zone = desk.config.zone
    if as_metrics:
        from monitor.daemon import metrics

        print(metrics.text(report), end="")
    elif as_json:
        print(report.to_json())
    else:
        status_view.print_status(report, zone)
    if report.needs_attention:
        raise typer.Exit(1)
