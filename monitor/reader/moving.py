"""Keys that move, as in vi, less, mutt and newsboat, for lists and for long texts."""

from collections.abc import Callable
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.strip import Strip
from textual.style import Style
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from monitor.reader.rows import Row

LIST_KEYS: list[BindingType] = [
    Binding("j,down", "cursor_down", "next line", show=False),
    Binding("k,up", "cursor_up", "line before", show=False),
    Binding("space,pagedown,ctrl+f", "page_down", "page on", show=False),
    Binding("b,pageup,ctrl+b", "page_up", "page back", show=False),
    Binding("g,home", "first", "to the top", show=False),
    Binding("G,end", "last", "to the end", show=False),
    Binding("enter,l,right", "select", "open", show=False),
]
# Of a text; the screen passes them to what it scrolls.
SCROLLING: list[BindingType] = [
    Binding("j,down", "scroll('scroll_down')", "line on", show=False),
    Binding("k,up", "scroll('scroll_up')", "line back", show=False),
    Binding("b,pageup,ctrl+b", "scroll('scroll_page_up')", "page back", show=False),
    Binding("g,home", "scroll('scroll_home')", "to the top", show=False),
    Binding("G,end", "scroll('scroll_end')", "to the end", show=False),
]


_CURSOR = Style(reverse=True).rich_style


class RowList(OptionList):
    """Rows under a cursor that keeps its place, by article, when the rows are made anew.

    Lines are cut to the width before, so the list makes them anew when its width changes.
    """

    BINDINGS: ClassVar[list[BindingType]] = LIST_KEYS

    def __init__(self) -> None:
        super().__init__(compact=True, markup=False)
        self.rows: list[Row] = []
        self._make: Callable[[int], list[Row]] = lambda _columns: []
        self._columns = 0

    def put(self, make: Callable[[int], list[Row]]) -> None:
        """Show the rows that `make` gives for a number of columns, now and at every other width."""
        self._make = make
        if self._columns:
            self._remake()

    def on_resize(self) -> None:
        """Make the rows anew for another width."""
        columns = self.scrollable_content_region.width
        if columns != self._columns:
            self._columns = columns
            self._remake()

    def render_line(self, y: int) -> Strip:
        """Return a line; that of the cursor has its colours reversed, whatever they are."""
        strip = super().render_line(y)
        for segment in strip:
            # Textual drops "reverse" from the styles of options.
            if segment.style and segment.style.meta.get("option") == self.highlighted:
                return strip.apply_style(_CURSOR)
            break
        return strip

    def scroll_to_highlight(self, top: bool = False) -> None:
        """Show the cursor, and the heading above it where it is on the first row beneath."""
        super().scroll_to_highlight(top=top)
        at = self.highlighted
        if at and not self.rows[at - 1].article and self.scroll_offset.y == at:
            self.scroll_to(y=at - 1, animate=False, immediate=True)

    def _remake(self) -> None:
        before, place, y = self.row(), self.highlighted or 0, self.scroll_y
        self.rows = self._make(self._columns)
        self.set_options([Option(row.line, disabled=not row.article) for row in self.rows])
        self.scroll_to(y=y, animate=False)
        rows = [number for number, row in enumerate(self.rows) if row.article]
        same = (n for n in rows if before and self.rows[n].article == before.article)
        near = min(rows, key=lambda n: (abs(n - place), n), default=None)
        self.highlighted = next(same, near)

    def row(self) -> Row | None:
        """Return the row under the cursor."""
        if self.highlighted is None or not 0 <= self.highlighted < len(self.rows):
            return None
        return self.rows[self.highlighted]

    def go_to(self, article: int) -> None:
        """Put the cursor on the row of an article."""
        for number, row in enumerate(self.rows):
            if row.article == article:
                self.highlighted = number

    def go_to_unread(self, step: int) -> bool:
        """Put the cursor on the next unread row, or the one before; return whether there is one."""
        start = -1 if self.highlighted is None else self.highlighted
        count = len(self.rows)
        for away in range(1, count + 1):
            number = (start + step * away) % count
            if self.rows[number].unread:
                self.highlighted = number
                return True
        return False

    def go_to_heading(self, step: int) -> None:
        """Put the cursor on the first row of the next section, or of the one before."""
        heads = [n for n, row in enumerate(self.rows) if not row.article]
        at = self.highlighted or 0
        here = max((n for n in heads if n < at), default=0)
        place = (heads.index(here) if here in heads else 0) + step
        if 0 <= place < len(heads):
            self.highlighted = heads[place] + 1
            self.scroll_to(y=heads[place], animate=False)
