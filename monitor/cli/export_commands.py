"""`monitor export` and `site`: what a search finds in other tools' formats, and all as pages."""

import contextlib
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TextIO

import typer

from monitor.cli import complete
from monitor.cli.output_files import new_file, writing
from monitor.cli.session import progress, say, session
from monitor.errors import UsageError
from monitor.text import count

if TYPE_CHECKING:
    from monitor.export import Record
    from monitor.search import Node
    from monitor.store import Connection


def add_to(app: typer.Typer) -> None:
    """Add the command to the command tree."""
    app.command(context_settings={"ignore_unknown_options": True})(export)
    app.command()(site)


def export(
    context: typer.Context,
    query: Annotated[list[str], typer.Argument(help="As `monitor search` takes it.")],
    form: Annotated[
        str,
        typer.Option(
            "--format",
            help="csv, jsonl, ris, markdown or html; else what --out ends with, or csv.",
            show_default=False,
        ),
    ] = "",
    out: Annotated[Path | None, typer.Option(help="Write to this file.")] = None,
) -> None:
    """Write every article that a search finds, the newest first."""
    from monitor.cli.search_commands import catch_up, say_unknown
    from monitor.export import FORMATS, write
    from monitor.pipeline.read_query import read_query

    form = form or _form_of(out)
    if form not in FORMATS:
        raise UsageError(f'no export format is called "{form}"; known: {", ".join(FORMATS)}')
    with session(context).reading_desk() as desk:
        asked = read_query(desk, " ".join(query), desk.now())
        catch_up(desk.store)
        with desk.store.read() as db, _stream(out) as stream:
            written = write(_records(db, asked), form, stream)
    say(count(written, "article") + (f" to {out}" if out else ""))
    if not written:
        say_unknown(desk, asked)
        raise typer.Exit(1)


def _form_of(out: Path | None) -> str:
    """Return the format that the ending of a file says; a file without one, and no file, is csv."""
    from monitor.export import ENDINGS

    if out is None or not out.suffix:
        return "csv"
    if out.suffix.lower() not in ENDINGS:
        raise UsageError(
            f"{out}: its ending says no format (known: {', '.join(ENDINGS)}); add --format"
        )
    return ENDINGS[out.suffix.lower()]


def site(
    context: typer.Context,
    folder: Annotated[Path, typer.Argument(help="A folder of its own; made when missing.")],
    rule: Annotated[
        list[str] | None,
        typer.Option(metavar="ID", help="Only this rule.", autocompletion=complete.rules),
    ] = None,
) -> None:
    """Write the flagged stories as a folder of pages with a search, or bring it up to date."""
    from monitor.pipeline.build_site import build_site
    from monitor.tomlfile import nearest

    with session(context).reading_desk() as desk, progress() as bars:
        known = [id_ for id_, _ in desk.rule_names()]
        for name in rule or ():
            if name not in known:
                hint = nearest(name, known) or f"known: {', '.join(known)}"
                raise UsageError(f'no rule is called "{name}" ({hint})')
        with writing(folder):
            stories = build_site(desk, folder, rule or (), bars)
    say(f"{count(stories, 'story', 'stories')}; open {folder / 'index.html'}")


@contextlib.contextmanager
def _stream(out: Path | None) -> Iterator[TextIO]:
    if out is None:
        yield sys.stdout
        return
    with new_file(out) as file:
        yield file


def _records(db: "Connection", asked: "Node") -> "Iterator[Record]":
    from monitor.export import Record
    from monitor.store import flags as flag_store
    from monitor.store import search
    from monitor.store.story_numbers import shown_ids

    for found in search.every(db, asked):
        flags = flag_store.of_articles(db, [item.id for item in found])
        numbers = shown_ids(db, (item.story for item in found))
        for item in found:
            rules = tuple(flag.rule for flag in flags.get(item.id, ()) if flag.level != "log")
            yield Record(
                id=item.id,
                story=numbers.get(item.story),
                outlet=item.outlet,
                feed=item.feed,
                rules=rules,
                first_seen=item.first_seen,
                article=item.text,
            )
