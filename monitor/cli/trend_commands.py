"""`monitor trends`: how many stories a day, week or month, by what, beside the time before."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from monitor.cli import unheeded
from monitor.cli.output_files import new_file
from monitor.cli.session import how_many, say, session


def add_to(app: typer.Typer) -> None:
    """Add the command to the command tree."""
    app.command()(trends)


def trends(
    context: typer.Context,
    by: Annotated[str, typer.Option(help="rule, outlet, language or entity.")] = "rule",
    search: Annotated[str, typer.Option(metavar="QUERY", help="Only what a search finds.")] = "",
    pairs: Annotated[bool, typer.Option("--pairs", help="Count two of them in one story.")] = False,
    per: Annotated[str, typer.Option(help="day, week or month; else as it fits.")] = "",
    since: Annotated[str, typer.Option(help='"30d", "2026-11-01".')] = "30d",
    until: Annotated[str, typer.Option(help="As since.")] = "now",
    share: Annotated[bool, typer.Option("--share", help="Count in 1,000 entries read.")] = False,
    limit: Annotated[
        int, typer.Option(parser=how_many, metavar="N", help="Show so many at most.")
    ] = 20,
    svg: Annotated[Path | None, typer.Option(help="Write a picture to this file.")] = None,
    as_csv: Annotated[bool, typer.Option("--csv", help="Print CSV.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Show how many stories there were, and how many in the time before."""
    from monitor import trends as shapes
    from monitor.pipeline.read_trends import read_trends

    for option, chosen, others in (
        ("--svg", svg is not None, "as_csv as_json share"),
        ("--csv", as_csv, "as_json share"),
        ("--json", as_json, "share"),
    ):
        if chosen:
            unheeded.refuse(context, others, f"{option} has a form of its own")
    with session(context).reading_desk() as desk:
        found = read_trends(
            desk, since, until, by=by, search=search, per=per, limit=limit, pairs=pairs
        )
    if svg is not None:
        with new_file(svg) as file:
            file.write(shapes.to_svg(found))
        say(f"wrote {svg}")
    elif as_csv:
        sys.stdout.write(shapes.to_csv(found))
    elif as_json:
        print(shapes.to_json(found), end="")
    else:
        from rich.console import Console

        columns = Console().width
        print(shapes.to_text(found, max(40, columns), share=share), end="")
