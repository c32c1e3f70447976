"""Lines for people: coloured on a terminal, plain in a pipe or where NO_COLOR asks for it.

What a desk types all day is printed through this; rich, which lays out tables and bars, takes a
tenth of such a command's time to load.
"""

import os
import shutil
import sys
from collections.abc import Iterable, Sequence

import typer

from monitor.text.columns import breaks

Piece = tuple[str, str]  # text, and its style: "", "dim", "bold red", …
_NARROW = 20  # columns that a text gets, however little room there is


def show(line: str = "", *, err: bool = False) -> None:
    """Print a line, without its colours where nobody can see them."""
    plain = os.environ.get("NO_COLOR") or os.environ.get("TERM") in ("dumb", "unknown")
    typer.echo(line, err=err, color=False if plain else None)


def room(before: int = 0) -> int:
    """Return how many columns of the terminal are left; 0 in a pipe, where lines have no end."""
    if not sys.stdout.isatty():
        return 0
    return max(shutil.get_terminal_size().columns - before, _NARROW)


def styled(text: str, style: str) -> str:
    """Return a text in its style."""
    if not style or not text:
        return text
    words = style.split()
    fg = next((word for word in words if word not in ("bold", "dim", "reverse")), None)
    return typer.style(
        text,
        fg=fg,
        bold="bold" in words or None,
        dim="dim" in words or None,
        reverse="reverse" in words or None,
    )


def wrapped(pieces: Sequence[Piece], columns: int) -> list[str]:
    """Return pieces of one line in their styles, on as many lines as they need.

    Args:
        pieces: without newlines.
        columns: room on a line; 0: all on one.
    """
    plain = "".join(text for text, _ in pieces)
    spans = breaks(plain, columns) if columns else [(0, len(plain))]
    return ["".join(styled(*piece) for piece in _between(pieces, *span)) for span in spans]


def _between(pieces: Sequence[Piece], start: int, end: int) -> Iterable[Piece]:
    at = 0
    for text, style in pieces:
        yield text[max(0, start - at) : max(0, end - at)], style
        at += len(text)
