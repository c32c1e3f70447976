"""Search as you type, in the query language of `monitor search`."""

import asyncio
from functools import partial
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.timer import Timer
from textual.widgets import Input, Label, OptionList, Static

from monitor.errors import MonitorError, QueryError
from monitor.reader.moving import LIST_KEYS, RowList
from monitor.reader.rows import Row, result_rows
from monitor.reader.store_queries import Archive, SearchResult
from monitor.reader.story_keys import STORY_KEYS, MarkingScreen
from monitor.reader.story_screen import READING_KEYS, StoryScreen
from monitor.text import one_line
from monitor.text.columns import width

_PAUSE = 0.15  # seconds without a key before a query is asked
_PROMPT = "/"
_HELP = 'words  "a phrase"  OR  -not  word*  near/5  @entity  title: outlet: lang: rule: since:'

SEARCH_KEYS: list[BindingType] = [
    Binding("slash,i", "edit", "change the query", show=False),
    Binding("n", "unread(1)", "next unread hit", show=False),
    Binding("N", "unread(-1)", "unread hit before", show=False),
    Binding("f", "order", "the best first, or the newest", show=False),
    Binding("q,escape,h,left", "leave", "back", show=False),
]


class SearchScreen(MarkingScreen):
    """A field for the query, what is wrong with it, and what it finds."""

    BINDINGS: ClassVar[list[BindingType]] = [
        *SEARCH_KEYS,
        Binding("down,tab", "to_list", show=False),
    ]
    HINT = "enter goes to the hits, then reads  / query  f order  ? all keys  q back"
    HELP_GROUPS: ClassVar = (
        ("Search", [*LIST_KEYS, *SEARCH_KEYS]),
        ("A hit", STORY_KEYS),
        ("Where a hit is read", READING_KEYS),
    )

    def __init__(self, archive: Archive) -> None:
        super().__init__(archive)
        self.result: SearchResult | None = None
        self.newest = False
        self._shown = ("", False)
        self._timer: Timer | None = None

    def compose(self) -> ComposeResult:
        """Lay out the field, the line beneath it, the hits and the foot."""
        with Horizontal(classes="query"):
            yield Label(_PROMPT, markup=False)
            yield Input(compact=True, select_on_focus=False)
        yield Static(_HELP, classes="about", markup=False)
        yield RowList()
        yield self.foot()

    def on_mount(self) -> None:
        """Begin in the field, and bring the index up to date meanwhile."""
        self.query_one(Input).focus()
        self.begin(self._catch_up)

    async def _catch_up(self) -> None:
        first = True
        while left := await self.ask(self.archive.index_some):
            if first:
                self.say(f"{left:,} articles are still being put into the search index")
            first = False

    def on_input_changed(self, _event: Input.Changed) -> None:
        """Search once the keys rest."""
        if self._timer is not None:
            self._timer.stop()
        self._timer = self.set_timer(_PAUSE, self._ask)

    def on_input_submitted(self, _event: Input.Submitted) -> None:
        """Search at once, and go to the hits."""
        if self._timer is not None:
            self._timer.stop()
        self._ask(then_list=True)

    def _ask(self, *, then_list: bool = False) -> None:
        query = self.query_one(Input).value
        self.begin(partial(self._search, query, then_list), group="search", exclusive=True)

    async def _search(self, query: str, then_list: bool) -> None:
        if not query.strip():
            self._about(_HELP)
            return
        newest = self.newest
        try:
            result = await asyncio.to_thread(self.archive.search, query, newest=newest)
        except QueryError as error:
            self._about(self._pointed(query, error), wrong=True)
            return
        except MonitorError as error:
            self._about(one_line(str(error)), wrong=True)
            return
        self.result = result
        rows = self.query_one(RowList)
        rows.put(lambda columns: result_rows(result, columns, self.archive.zone))
        if self._shown != (query, newest):  # else the cursor keeps its place
            rows.highlighted = 0 if result.hits else None
        self._shown = (query, newest)
        many = f"the first {len(result.hits)}" if result.more else f"{len(result.hits)} found"
        self._about(f"{many}, the {'newest' if self.newest else 'best'} first")
        if then_list and result.hits:
            rows.focus()

    def _about(self, line: str, *, wrong: bool = False) -> None:
        about = self.query_one(".about", Static)
        about.set_class(wrong, "-wrong")
        about.update(line)

    def _pointed(self, query: str, error: QueryError) -> str:
        """Return what is wrong beside a caret that stands under the place, or beneath it."""
        at = width(_PROMPT + query[: error.at])
        if at + 2 + width(error.what) <= self.size.width:
            return " " * at + f"^ {error.what}"
        if width(error.what) + 2 <= at < self.size.width:
            return " " * (at - width(error.what) - 1) + f"{error.what} ^"
        caret = " " * at + "^\n" if at < self.size.width else ""
        return caret + error.what

    def present(self) -> Row | None:
        """Return the hit under the cursor."""
        return self.query_one(RowList).row()

    def marks_changed(self) -> None:
        """Ask again, which shows the marks."""
        self._ask()

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Open the hit under the cursor."""
        rows = self.query_one(RowList)
        wanted = self.result.wanted if self.result else ()
        screen = StoryScreen(self.archive, tuple(rows.rows), event.option_index, wanted)
        self.app.push_screen(screen, self._returned)

    def _returned(self, article: int | None) -> None:
        self.query_one(RowList).go_to(article or 0)
        self._ask()

    def action_to_list(self) -> None:
        """Go to the hits."""
        if self.result is not None and self.result.hits:
            self.query_one(RowList).focus()

    def action_edit(self) -> None:
        """Change the query."""
        self.query_one(Input).focus()

    def action_unread(self, step: int) -> None:
        """Go to an unread hit."""
        if not self.query_one(RowList).go_to_unread(step):
            self.say("no unread hit here")

    def action_order(self) -> None:
        """Show the best first, or the newest."""
        self.newest = not self.newest
        self._ask()

    def action_leave(self) -> None:
        """Go back to the stories."""
        self.dismiss(0)
