"""`monitor manual`: the manual in the terminal, or as HTML."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from monitor.cli import complete
from monitor.cli.session import say
from monitor.errors import UsageError

_WIDEST = 100  # a longer line is hard to read


def add_to(app: typer.Typer) -> None:
    """Add the command to the command tree."""
    app.command()(manual)


def manual(
    topic: Annotated[
        str, typer.Argument(help="What to read on.", autocompletion=complete.topics)
    ] = "",
    html: Annotated[
        Path | None, typer.Option(metavar="FOLDER", help="Write all of it as HTML pages.")
    ] = None,
) -> None:
    """Show the manual: its topics, or the page of one."""
    from monitor.manual import page, topics

    text = page(topic) if topic else ""
    if html is not None:
        from monitor.manual import write_site

        try:
            written = write_site(html)
        except OSError as error:
            raise UsageError(f"{html}: cannot be written: {error.strerror}") from None
        say(f"{written} pages written; begin at {html / 'index.html'}")
    elif topic:
        _show(text)
    else:
        for name, about in topics().items():
            print(f"{name:<10}{about}")
        print("\n`monitor manual TOPIC` shows one, --html FOLDER writes all of them for a browser")


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
