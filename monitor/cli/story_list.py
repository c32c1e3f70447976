"""Stories on the terminal, a line each: the same order everywhere."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from rich.console import Console
from rich.segment import Segment, Segments
from rich.style import Style
from rich.text import Text

from monitor import model
from monitor.cli.story_view import LEVEL_STYLES, clock, mark_words, strongest
from monitor.text import one_line
from monitor.text.columns import breaks, pad, width

_GAP = "  "
_LEAST = 20  # columns of a headline, however narrow the terminal is
_LONGEST_OUTLET = 20


@dataclass(frozen=True, slots=True)
class _Row:
    cells: tuple[str, ...]  # all columns but the headline
    headline: Text
    styles: tuple[str, ...]  # of the cells


def print_list(views: Sequence[model.StoryView], zone: ZoneInfo, *, copies: bool) -> None:
    """Print stories, newest first, with their copies if asked.

    A headline goes on below itself where the terminal ends, and stays whole in a pipe. (A table of
    rich lays out a line in half a millisecond, as long as reading it from the store takes.)
    """
    console = Console(highlight=False)
    if not views:
        console.print("No flagged stories in this time. `monitor status` says what was read.")
        return
    seen = f"seen ({views[0].last_seen.astimezone(zone):%Z})"
    head = _Row(("id", seen, "level", "outlet"), Text.assemble(("headline", "bold")), ("bold",) * 4)
    rows = [head, *(row for view in views for row in _rows(view, zone, copies=copies))]
    widths = [max(map(width, column)) for column in zip(*(row.cells for row in rows), strict=True)]
    before = sum(widths) + len(widths) * len(_GAP)
    room = max(console.width - before, _LEAST) if console.is_terminal else 0
    styles = {style: Style.parse(style) for row in rows for style in row.styles}
    segments: list[Segment] = []
    for row in rows:
        for cell, columns, style in zip(row.cells, widths, row.styles, strict=True):
            segments.append(Segment(pad(cell, columns) + _GAP, styles[style]))
        plain = row.headline.plain
        for number, (start, end) in enumerate(breaks(plain, room) if room else [(0, len(plain))]):
            if number:
                segments.append(Segment(" " * before))
            segments += row.headline[start:end].render(console, end="\n")
    console.print(Segments(segments), end="", crop=False)


def _rows(view: model.StoryView, zone: ZoneInfo, *, copies: bool) -> Iterator[_Row]:
    top, level = view.copies[0], strongest(view)
    more = len({copy.outlet for copy in view.copies}) - 1
    outlet = one_line(top.outlet)[:_LONGEST_OUTLET] + (f" +{more}" if more else "")
    cells = (str(top.article), clock(view.last_seen, zone), level, outlet)
    yield _Row(cells, _headline(view, zone), ("", "", LEVEL_STYLES[level], ""))
    for copy in view.copies[1:] if copies else ():
        outlet = one_line(copy.outlet)[:_LONGEST_OUTLET]
        beneath = (str(copy.article), clock(copy.seen, zone), "", outlet)
        what = f"{copy.role}: {one_line(copy.title)}"
        yield _Row(beneath, Text.assemble((what, "dim")), ("dim",) * 4)


def _headline(view: model.StoryView, zone: ZoneInfo) -> Text:
    """Return the headline with what the desk wrote on the story; what was read is dim."""
    kinds = {mark.kind for mark in view.marks}
    shown = [mark for mark in view.marks if mark.kind not in ("read", "star")]
    line = Text()
    line.append("★ " if "star" in kinds else "", "yellow")
    line.append(one_line(view.headline), "dim" if "read" in kinds else "")
    for mark in shown:
        line.append(f"  [{mark_words(mark, zone)}]", "cyan")
    return line
