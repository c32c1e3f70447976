"""Stories on the terminal, a line each: the same order everywhere."""

from collections.abc import Iterator, Sequence
from zoneinfo import ZoneInfo

from msgspec import Struct

from monitor import model
from monitor.cli.shown_clock import day_and_clock
from monitor.cli.story_view import LEVEL_STYLES, mark_words, strongest
from monitor.cli.styled_lines import Piece, room, show, styled, wrapped
from monitor.dates import zone_words
from monitor.text import one_line
from monitor.text.columns import pad, width

_GAP = "  "
_LONGEST_OUTLET = 20
_NARROWEST = 20  # columns of a headline beside the others; with less it stands beneath


class _Row(Struct, frozen=True):
    cells: tuple[str, ...]  # all columns but the headline
    headline: tuple[Piece, ...]
    styles: tuple[str, ...]  # of the cells


def print_list(
    views: Sequence[model.StoryView], zone: ZoneInfo, *, copies: bool, asked: str = ""
) -> None:
    """Print stories, newest first, with their copies if asked.

    A headline goes on below itself where the terminal ends, and stays whole in a pipe.

    Args:
        views: the stories.
        zone: the reader's.
        copies: with every copy of a story.
        asked: what they were narrowed to, "unread starred", told where there are none.
    """
    if not views:
        none = f"No {asked} stories in this time" if asked else "No flagged stories in this time"
        show(f"{none}. `monitor status` says what was read.")
        return
    seen = f"seen ({zone_words(views[0].last_seen.astimezone(zone))})"
    rows = [_Row(("id", seen, "level", "outlet"), (("headline", "bold"),), ("bold",) * 4)]
    rows += [row for view in views for row in _rows(view, zone, copies=copies)]
    widths = [max(map(width, column)) for column in zip(*(row.cells for row in rows), strict=True)]
    before = sum(widths) + len(widths) * len(_GAP)
    columns = room()
    if columns and columns - before < _NARROWEST:
        lines = [line for row in rows for line in _beneath(row, columns)]
    else:
        lines = _beside(rows, widths, columns - before if columns else 0)
    show("\n".join(lines))  # at once: each call is a write of its own


def _beside(rows: Sequence[_Row], widths: Sequence[int], columns: int) -> list[str]:
    """Return rows whose headlines stand in the last column; 0 columns: each on one line."""
    before = sum(widths) + len(widths) * len(_GAP)
    lines: list[str] = []
    for row in rows:
        cells = [
            styled(pad(cell, size), style) + _GAP
            for cell, size, style in zip(row.cells, widths, row.styles, strict=True)
        ]
        first, *others = wrapped(row.headline, columns)
        lines.append("".join(cells) + first)
        lines += (" " * before + line for line in others)
    return lines


def _beneath(row: _Row, columns: int) -> Iterator[str]:
    """Yield a row whose headline has no room beside its other columns."""
    cells = zip(row.cells, row.styles, strict=True)
    yield from wrapped([part for cell in cells if cell[0] for part in (cell, (_GAP, ""))], columns)
    indent = " " * 4
    yield from (indent + line for line in wrapped(row.headline, columns - len(indent)))


def _rows(view: model.StoryView, zone: ZoneInfo, *, copies: bool) -> Iterator[_Row]:
    top, level = view.copies[0], strongest(view)
    more = len({copy.outlet for copy in view.copies}) - 1
    outlet = one_line(top.outlet)[:_LONGEST_OUTLET] + (f" +{more}" if more else "")
    cells = (str(top.article), day_and_clock(view.last_seen, zone), level, outlet)
    yield _Row(cells, _headline(view, zone), ("", "", LEVEL_STYLES[level], ""))
    for copy in view.copies[1:] if copies else ():
        outlet = one_line(copy.outlet)[:_LONGEST_OUTLET]
        beneath = (str(copy.article), day_and_clock(copy.seen, zone), "", outlet)
        what = f"{copy.role}: {one_line(copy.title)}"
        yield _Row(beneath, ((what, "dim"),), ("dim",) * 4)


def _headline(view: model.StoryView, zone: ZoneInfo) -> tuple[Piece, ...]:
    """Return the headline with what the desk wrote on the story; what was read is dim."""
    kinds = {mark.kind for mark in view.marks}
    shown = [mark for mark in view.marks if mark.kind not in ("read", "star")]
    return (
        ("★ " if "star" in kinds else "", "yellow"),
        (one_line(view.headline), "dim" if "read" in kinds else ""),
        *((f"  [{mark_words(mark, zone)}]", "cyan") for mark in shown),
    )
