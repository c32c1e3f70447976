"""One story: the article as wire text, its copies, what changed, why it was flagged."""

import asyncio
from collections.abc import Sequence
from functools import partial
from typing import ClassVar

from msgspec.structs import replace
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from monitor.reader.moving import SCROLLING
from monitor.reader.rows import Row
from monitor.reader.store_queries import Archive, Opened, has
from monitor.reader.story_keys import STORY_KEYS, MarkingScreen
from monitor.reader.story_page import story_lines, version_lines
from monitor.search import Phrase
from monitor.text import one_line

_STAYS = 0.3  # seconds until related stories are looked for

READING_KEYS: list[BindingType] = [
    Binding("space,pagedown,ctrl+f", "page_on", "page on, then the next unread story", show=False),
    Binding("n", "unread(1)", "next unread story", show=False),
    Binding("N", "unread(-1)", "unread story before", show=False),
    Binding("J,right", "go(1)", "next story", show=False),
    Binding("K", "go(-1)", "story before", show=False),
    Binding("tab", "copy_of(1)", "next copy of the story", show=False),
    Binding("shift+tab", "copy_of(-1)", "copy before", show=False),
    Binding("d", "versions", "what changed between its versions", show=False),
    Binding("r", "related", "the nearest related story", show=False),
    Binding("q,escape,h,left", "leave", "back to the list", show=False),
]


class StoryScreen(MarkingScreen):
    """A story out of a row of them."""

    BINDINGS: ClassVar[list[BindingType]] = [*READING_KEYS, *SCROLLING]
    HINT = "space pages on  n next unread  tab copies  d versions  ? all keys  q back"
    HELP_GROUPS: ClassVar = (
        ("Where a story is read", [*SCROLLING, *READING_KEYS]),
        ("The story", STORY_KEYS),
    )

    def __init__(
        self, archive: Archive, targets: Sequence[Row], place: int, wanted: Sequence[Phrase] = ()
    ) -> None:
        super().__init__(archive)
        self.targets, self.place, self.wanted = targets, place, tuple(wanted)
        self.opened: Opened | None = None
        self.diff = False
        self._read = {row.article for row in targets if not row.unread}
        self._columns = 0

    def compose(self) -> ComposeResult:
        """Lay out title, text and foot."""
        yield Static("", classes="title", markup=False)
        with VerticalScroll(can_focus=False):
            yield Static("", classes="page", markup=False)
        yield self.foot()

    def on_mount(self) -> None:
        """Show the story."""
        self._open(self.targets[self.place].article)

    def on_resize(self) -> None:
        """Break the lines anew."""
        self._show()

    def _open(self, article: int) -> None:
        self.diff = False
        self.begin(partial(self._load, article, top=True), group="story", exclusive=True)

    async def _load(self, article: int, *, top: bool) -> None:
        opened = await self.ask(lambda: self.archive.opened(article, self.wanted))
        if opened is None:
            self.say(f"article {article} is not stored any more", wrong=True)
            return
        before = self.opened
        if before is not None and before.article.id == article:
            opened = replace(opened, related=before.related)
        self.opened = opened
        self._show()
        if not top:
            return
        self.query_one(VerticalScroll).scroll_home(animate=False)
        self._read.add(self.targets[self.place].article)
        if opened.story is not None and opened.story.unread and not self.archive.unwritable:
            self.mark("read", "")
        self.begin(partial(self._relate, opened), group="related", exclusive=True)

    async def _relate(self, opened: Opened) -> None:
        """Look for related stories, which takes a moment, once the reader stays with a story."""
        await asyncio.sleep(_STAYS)
        story = opened.story
        found = await self.ask(lambda: self.archive.related(story.view)) if story else None
        if found and self.opened is not None and self.opened.article.id == opened.article.id:
            self.opened = replace(self.opened, related=found)
            self._show()

    def _show(self) -> None:
        if self.opened is None:
            return
        scroll = self.query_one(VerticalScroll)
        columns = scroll.scrollable_content_region.width
        make = version_lines if self.diff else story_lines
        lines = make(self.opened, columns, self.archive.zone)
        self.query_one(".page", Static).update(Content("\n").join(lines))
        headline = one_line(self.opened.article.text.headline) or "(no headline)"
        place = f"{self.place + 1}/{len(self.targets)}"
        self.query_one(".title", Static).update(f"{place}  {headline}")

    def present(self) -> Row | None:
        """Return the story that is shown, with its marks as they are now."""
        opened = self.opened
        if opened is None:
            return None
        marks = opened.story.view.marks if opened.story else ()
        url = next((row.url for row in self.targets if row.article == opened.article.id), "")
        return Row(
            Content(),
            opened.article.id,
            opened.article.story,
            not has(marks, "read"),
            marks,
            opened.url or url,
        )

    def marks_changed(self) -> None:
        """Read the story again, where it stands."""
        if self.opened is not None:
            article = self.opened.article.id
            self.begin(partial(self._load, article, top=False), group="story")

    def action_scroll(self, how: str) -> None:
        """Move the text."""
        getattr(self.query_one(VerticalScroll), how)(animate=False)

    def action_page_on(self) -> None:
        """Page on; at the end, go to the next unread story."""
        scroll = self.query_one(VerticalScroll)
        if scroll.scroll_offset.y >= scroll.max_scroll_y:
            self.action_unread(1)
        else:
            scroll.scroll_page_down(animate=False)

    def action_go(self, step: int) -> None:
        """Show the next story, or the one before."""
        if 0 <= self.place + step < len(self.targets):
            self.place += step
            self._open(self.targets[self.place].article)
        else:
            self.say("that was the last story" if step > 0 else "this is the first story")

    def action_unread(self, step: int) -> None:
        """Show the next unread story."""
        count = len(self.targets)
        for away in range(1, count):
            place = (self.place + step * away) % count
            if self.targets[place].article not in self._read:
                self.place = place
                self._open(self.targets[place].article)
                return
        self.say("no unread story is left")

    def action_copy_of(self, step: int) -> None:
        """Show another copy of the story."""
        if self.opened is None:
            return
        copies = self.opened.copies
        if len(copies) < 2:
            self.say("no other outlet has this story")
            return
        at = (copies.index(self.opened.article.id) + step) % len(copies)
        self._open(copies[at])

    def action_related(self) -> None:
        """Show the nearest related story."""
        if self.opened is not None and self.opened.related:
            self._open(self.opened.related[0].id)
        else:
            self.say("no related story is known")

    def action_versions(self) -> None:
        """Show what changed between the versions of this article, or the article again."""
        if self.opened is not None and len(self.opened.versions) < 2:
            self.say("one version only: nothing was changed since it was first read")
            return
        self.diff = not self.diff
        self._show()

    def action_leave(self) -> None:
        """Go back to the list, to this story."""
        self.dismiss(self.targets[self.place].article)
