"""`monitor export`: what a search finds, for spreadsheets, reference managers and readers."""

import contextlib
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TextIO

import typer

from monitor.cli.session import say, session
from monitor.errors import UsageError

if TYPE_CHECKING:
    from monitor.export import Record
    from monitor.search import Node
    from monitor.store import Connection


def add_to(app: typer.Typer) -> None:
    """Add the command to the command tree."""
    app.command(context_settings={"ignore_unknown_options": True})(export)


def export(
    context: typer.Context,
    query: Annotated[list[str], typer.Argument(help="As `monitor search` takes it.")],
    form: Annotated[
        str, typer.Option("--format", help="csv, jsonl, ris, markdown or html.")
    ] = "csv",
    out: Annotated[Path | None, typer.Option(help="Write to this file.")] = None,
) -> None:
    """Write every article that a search finds, the newest first."""
    from monitor.cli.search_commands import catch_up
    from monitor.export import FORMATS, write
    from monitor.pipeline.read_query import read_query

    if form not in FORMATS:
        raise UsageError(f'no export format is called "{form}"; known: {", ".join(FORMATS)}')
    with session(context).desk() as desk:
        asked = read_query(desk, " ".join(query), datetime.now(UTC))
        catch_up(desk.store)
        with desk.store.read() as db, _stream(out) as stream:
            count = write(_records(db, asked), form, stream)
    say(f"{count} {'article' if count == 1 else 'articles'}" + (f" to {out}" if out else ""))
    if not count:
        raise typer.Exit(1)


@contextlib.contextmanager
def _stream(out: Path | None) -> Iterator[TextIO]:
    if out is None:
        yield sys.stdout
        return
    try:
        with out.open("w", encoding="utf-8", newline="") as file:
            yield file
    except OSError as error:
        raise UsageError(f"{out}: cannot be written: {error.strerror}") from None


def _records(db: "Connection", asked: "Node") -> "Iterator[Record]":
    from monitor.export import Record
    from monitor.store import articles, search

    for found in search.every(db, asked):
        flags = articles.flags_of(db, [item.id for item in found])
        for item in found:
            rules = tuple(flag.rule for flag in flags.get(item.id, ()) if flag.level != "log")
            yield Record(
                id=item.id,
                story=item.story,
                outlet=item.outlet,
                feed=item.feed,
                rules=rules,
                first_seen=item.first_seen,
                article=item.text,
            )
