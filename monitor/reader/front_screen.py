"""The stories of some days, rule by rule: where the reader begins."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import OptionList, Static

from monitor.dates.moments import moment
from monitor.errors import UsageError
from monitor.reader.ask_line import AskLine
from monitor.reader.days import Days
from monitor.reader.moving import LIST_KEYS, RowList
from monitor.reader.rows import Row, listing_rows
from monitor.reader.search_screen import SEARCH_KEYS, SearchScreen
from monitor.reader.store_queries import Archive, Listing
from monitor.reader.story_keys import STORY_KEYS, MarkingScreen
from monitor.reader.story_screen import READING_KEYS, StoryScreen
from monitor.text import count

_REFRESH = 60.0  # seconds between two looks at what is new
_KEEP = ("all", "unread", "starred")

FRONT_KEYS: list[BindingType] = [
    Binding("n", "unread(1)", "next unread story", show=False),
    Binding("N", "unread(-1)", "unread story before", show=False),
    Binding("tab,right_curly_bracket", "rule(1)", "next rule", show=False),
    Binding("shift+tab,left_curly_bracket", "rule(-1)", "rule before", show=False),
    Binding("slash", "search", "search the archive", show=False),
    Binding("less_than_sign", "move(-1)", "earlier", show=False),
    Binding("greater_than_sign", "move(1)", "later", show=False),
    Binding("w", "length", "1, 3, 7 or 30 days", show=False),
    Binding("d", "day", "another day", show=False),
    Binding("f", "keep", "all, unread or starred stories", show=False),
    Binding("r,ctrl+l", "reload", "look for what is new", show=False),
    Binding("q,escape", "app.quit", "leave", show=False),
]


class FrontScreen(MarkingScreen):
    """The list of stories."""

    BINDINGS: ClassVar[list[BindingType]] = FRONT_KEYS
    HINT = "enter reads  n next unread  / search  < > days  ? all keys  q leaves"
    HELP_GROUPS: ClassVar = (
        ("The list of stories", [*LIST_KEYS, *FRONT_KEYS]),
        ("A story, here and where it is read", STORY_KEYS),
        ("Where a story is read", READING_KEYS),
        ("Search", SEARCH_KEYS),
    )

    def __init__(self, archive: Archive) -> None:
        super().__init__(archive)
        self.days = archive.today()
        self.listing: Listing | None = None
        self.keep = "all"

    def compose(self) -> ComposeResult:
        """Lay out title, list and foot."""
        yield Static("", classes="title", markup=False)
        yield RowList()
        yield Static("", classes="empty", markup=False)
        yield self.foot()

    def on_mount(self) -> None:
        """Show the stories, and look again now and then."""
        self.query_one(".empty").display = False
        self.begin(self._begin)
        self.set_interval(_REFRESH, self.action_reload)

    def on_screen_resume(self) -> None:
        """Show the marks that were made meanwhile."""
        if self.listing is not None:
            self.action_reload()

    async def _begin(self) -> None:
        """Show the stories at once, and again with the rules' names once those are read."""
        await self._load()
        await self.ask(self.archive.load_names)
        await self._load()

    async def _load(self) -> None:
        days, today = self.days, self.archive.today()
        if self.listing is not None and days.last == self.listing.today < today.last:
            self.days = days = days.moved(1, today.last)  # midnight came
        listing = await self.ask(lambda: self.archive.listed(days))
        if listing is not None and days == self.days:
            self.listing = listing
            self._show()

    def _show(self) -> None:
        listing = self.listing
        if listing is None:
            return
        rows, empty = self.query_one(RowList), self.query_one(".empty", Static)
        rows.put(lambda columns: listing_rows(listing, columns, keep=self.keep))
        self.query_one(".title", Static).update(self._title(listing))
        empty.display = not any(row.article for row in rows.rows)
        empty.update(self._nothing(listing))

    def _title(self, listing: Listing) -> str:
        shown = len(listing.stories)
        unread = sum(story.unread for story in listing.stories)
        of = f"the newest {shown:,} of " if listing.total > shown else ""
        parts = [
            listing.days.words(listing.today),
            of + count(listing.total, "story", "stories"),
            *([f"{unread:,} unread"] if unread else []),
            *([f"{self.keep} only"] if self.keep != "all" else []),
        ]
        return "  ·  ".join(parts)

    def _nothing(self, listing: Listing) -> str:
        if listing.stories:
            return f"No {self.keep} stories here. f shows the others."
        return (
            f"No flagged stories: {listing.days.words(listing.today)}.\n"
            "< shows the day before, w more days, / searches everything that was stored."
        )

    def present(self) -> Row | None:
        """Return the row under the cursor."""
        return self.query_one(RowList).row()

    def marks_changed(self) -> None:
        """Read the list again."""
        self.action_reload()

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Open the story under the cursor."""
        rows = self.query_one(RowList)
        opened = rows.rows[event.option_index]
        targets = tuple(row for row in rows.rows if row.article)
        screen = StoryScreen(self.archive, targets, targets.index(opened))
        self.app.push_screen(screen, lambda article: rows.go_to(article or 0))

    def action_unread(self, step: int) -> None:
        """Go to an unread story."""
        if not self.query_one(RowList).go_to_unread(step):
            self.say("no unread story here")

    def action_rule(self, step: int) -> None:
        """Go to another rule's stories."""
        self.query_one(RowList).go_to_heading(step)

    def action_search(self) -> None:
        """Search the archive."""
        self.app.push_screen(SearchScreen(self.archive))

    def action_reload(self) -> None:
        """Read the list again."""
        self.begin(self._load, group="list", exclusive=True)

    def action_move(self, step: int) -> None:
        """Look at earlier or later days."""
        self._look_at(self.days.moved(step, self.archive.today().last))

    def action_length(self) -> None:
        """Look at more days at once."""
        self._look_at(self.days.next_length())

    def action_keep(self) -> None:
        """Show all, unread or starred stories."""
        self.keep = _KEEP[(_KEEP.index(self.keep) + 1) % len(_KEEP)]
        self._show()

    def action_day(self) -> None:
        """Ask for a day."""
        self.app.push_screen(AskLine("day (2026-11-22, yesterday, 3d)"), self._day)

    def _day(self, text: str | None) -> None:
        if not text:
            return
        today = self.archive.today()
        try:
            found = moment(text, self.archive.clock(), self.archive.zone)
        except UsageError as error:
            self.say(str(error), wrong=True)
            return
        last = min(found.astimezone(self.archive.zone).date(), today.last)
        self._look_at(Days(last, self.archive.zone, self.days.count))

    def _look_at(self, days: Days) -> None:
        self.days = days
        self.action_reload()
