"""`monitor trends`: how many stories a day, week or month, by what, beside the time before."""

import sys
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from monitor.cli.session import MAX_ID, say, session
from monitor.errors import UsageError

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    from monitor.store import Connection
    from monitor.trends import Trends
    from monitor.trends.arrange import Period
    from monitor.workspace import Desk

_MOST_STEPS = 5000


def add_to(app: typer.Typer) -> None:
    """Add the command to the command tree."""
    app.command()(trends)


def trends(
    context: typer.Context,
    by: Annotated[str, typer.Option(help="rule, outlet, language or entity.")] = "rule",
    search: Annotated[str, typer.Option(metavar="QUERY", help="Only what a search finds.")] = "",
    pairs: Annotated[bool, typer.Option("--pairs", help="Two of them in one story.")] = False,
    per: Annotated[str, typer.Option(help="day, week or month; else as it fits.")] = "",
    since: Annotated[str, typer.Option(help='"30d", "2026-11-01".')] = "30d",
    until: Annotated[str, typer.Option(help="As since.")] = "now",
    share: Annotated[bool, typer.Option("--share", help="Among 1,000 entries read.")] = False,
    limit: Annotated[int, typer.Option(min=1, max=MAX_ID)] = 20,
    svg: Annotated[Path | None, typer.Option(help="Write a picture to this file.")] = None,
    as_csv: Annotated[bool, typer.Option("--csv", help="Print CSV.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Show how many stories there were, and how many in the time before."""
    from monitor import trends as shapes

    if per and per not in shapes.PERIODS:
        raise UsageError(f'no period is called "{per}"; known: {", ".join(shapes.PERIODS)}')
    with session(context).desk() as desk:
        first, last = _window(since, until, desk.config.zone)
        period = next((known for known in shapes.PERIODS if known == per), None)
        period = period or shapes.period_for(first, last)
        with desk.store.read() as db:
            found = _collect(desk, db, by, search, first, last, period, limit, pairs=pairs)
    if svg is not None:
        try:
            svg.write_text(shapes.to_svg(found), encoding="utf-8")
        except OSError as error:
            raise UsageError(f"{svg}: cannot be written: {error.strerror}") from None
        say(f"wrote {svg}")
    elif as_csv:
        sys.stdout.write(shapes.to_csv(found))
    elif as_json:
        print(shapes.to_json(found), end="")
    else:
        from rich.console import Console

        columns = Console().width
        print(shapes.to_text(found, max(40, columns), share=share), end="")


def _window(since: str, until: str, zone: "ZoneInfo") -> tuple[date, date]:
    """Return the first and the last day of the window."""
    from monitor.dates.moments import moment

    now = datetime.now(UTC)
    first = moment(since, now, zone).astimezone(zone).date()
    last = moment(until, now, zone).astimezone(zone).date()
    if last < first:
        raise UsageError(f"the window ends ({last}) before it begins ({first})")
    if (last - first).days > _MOST_STEPS:
        raise UsageError(f"a window of more than {_MOST_STEPS} days; name a shorter one")
    return first, last


def _collect(
    desk: "Desk",
    db: "Connection",
    by: str,
    search: str,
    first: date,
    last: date,
    period: "Period",
    limit: int,
    *,
    pairs: bool,
) -> "Trends":
    from monitor import trends as shapes
    from monitor.pipeline.read_query import read_query
    from monitor.store import trends as source

    zone = desk.config.zone
    start = datetime.combine(first - (last - first) - timedelta(days=1), time(), zone)
    end = datetime.combine(last + timedelta(days=1), time(), zone)
    names: dict[str, str] = {}
    if search:
        by = "search"
        happenings = list(
            source.by_search(db, search, read_query(desk, search, datetime.now(UTC)), start, end)
        )
    elif by in source.BY:
        happenings = list(source.BY[by](db, start, end))
    else:
        raise UsageError(f'no trend is by "{by}"; known: {", ".join(source.BY)}')
    if by == "rule":
        names = {rule.id: rule.name or rule.id for rule in desk.rulebook.rules}
    elif by == "entity":
        happenings = [(desk.rulebook.entity_name(n), story, at) for n, story, at in happenings]
    happenings = [(names.get(n, n), story, at) for n, story, at in happenings]
    if pairs:
        happenings = shapes.pairs(happenings)
    return shapes.arrange(
        happenings,
        source.read(db, start, end),
        by=by,
        since=first,
        until=last,
        zone=zone,
        period=period,
        limit=limit,
    )
