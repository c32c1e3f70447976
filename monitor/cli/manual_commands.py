"""`monitor manual`: the manual in the terminal, or as HTML."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from monitor.cli import complete, unheeded
from monitor.cli.output_files import writing
from monitor.cli.session import say

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from monitor.manual import Command

_WIDEST = 100  # a longer line is hard to read


def add_to(app: typer.Typer) -> None:
    """Add the command to the command tree."""
    app.command()(manual)


def manual(
    context: typer.Context,
    topic: Annotated[
        str, typer.Argument(help="What to read on.", autocompletion=complete.topics)
    ] = "",
    html: Annotated[
        Path | None, typer.Option(metavar="FOLDER", help="Write all of it as HTML pages.")
    ] = None,
    man: Annotated[
        Path | None, typer.Option(metavar="FOLDER", help="Write all of it as man pages.")
    ] = None,
) -> None:
    """Show the manual: its topics, or the page of one."""
    from monitor.manual import page, topics, write_man, write_site

    text = page(topic) if topic else ""
    if html is not None or man is not None:
        unheeded.refuse(context, "topic", "all topics are written")
    if html is not None:
        _written(html, write_site, "begin at index.html")
    if man is not None:
        _written(man, lambda folder: write_man(folder, _commands()), "man -l monitor.1 shows one")
    if html is not None or man is not None:
        return
    if topic:
        _show(text)
    else:
        for name, about in topics().items():
            print(f"{name:<10}{about}")
        print("\n`monitor manual TOPIC` shows one, --html FOLDER writes all of them for a browser,")
        print("--man FOLDER as man pages")


def _written(folder: Path, write: "Callable[[Path], int]", hint: str) -> None:
    with writing(folder):
        number = write(folder)
    say(f"{number} pages written to {folder}; {hint}")


def _commands() -> "list[Command]":
    """Return every command of the command tree, and the options that all of them share."""
    from typer.main import get_command

    from monitor.cli.app import app
    from monitor.manual import Command

    def read(command: Any, call: str) -> "Iterator[Command]":
        context = command.context_class(command, info_name=call)
        whole = " ".join([call, *command.collect_usage_pieces(context)])
        options = [one for one in command.params if one.param_type_name == "option"]
        told = (one.get_help_record(context) for one in options)
        yield Command(whole, command.help or "", tuple(record for record in told if record))
        for name in command.list_commands(context) if hasattr(command, "commands") else ():
            yield from read(command.get_command(context, name), f"{call} {name}")

    return list(read(get_command(app), "monitor"))


def _show(text: str) -> None:
    """Show Markdown in colour at a terminal, in the pager where it is long; else as it is."""
    if not sys.stdout.isatty():
        print(text.rstrip())
        return
    from rich.console import Console
    from rich.markdown import Markdown

    from monitor.digest.paging import Less

    console = Console()
    shown = Markdown(text, code_theme="ansi_dark", hyperlinks=False)
    columns = min(console.width, _WIDEST)
    with console.capture() as drawn:
        console.print(shown, width=columns)
    if drawn.get().count("\n") >= console.height:
        with console.pager(Less(), styles=True):
            console.print(shown, width=columns)
    else:
        console.print(shown, width=columns)
