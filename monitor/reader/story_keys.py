"""What a reader does with a story wherever it is seen: marks, browser, clipboard, pager, help."""

import asyncio
import getpass
from abc import abstractmethod
from collections.abc import Callable, Coroutine, Iterable, Sequence
from functools import partial
from typing import Any, ClassVar, TypeVar

from textual.binding import Binding, BindingType
from textual.screen import Screen
from textual.timer import Timer
from textual.widgets import Static

from monitor.articles import wire_text
from monitor.errors import MonitorError
from monitor.model import Mark, MarkKind
from monitor.reader import outside
from monitor.reader.ask_line import AskLine
from monitor.reader.key_help import KeyHelp
from monitor.reader.rows import Row
from monitor.reader.store_queries import Archive, has
from monitor.text import one_line

T = TypeVar("T")
_SAID = 8.0  # seconds that a line stands at the foot

STORY_KEYS: list[BindingType] = [
    Binding("u", "flip('read')", "read, unread", show=False),
    Binding("s", "flip('star')", "star", show=False),
    Binding("t", "take", "taken by … (empty: free again)", show=False),
    Binding("m", "note", "note (empty: none)", show=False),
    Binding("x", "flip('unwanted')", "not for us, an example for the rules", show=False),
    Binding("X", "flip('wanted')", "for us, an example too", show=False),
    Binding("o", "browse", "open in the browser", show=False),
    Binding("y,c", "copy", "copy as wire text", show=False),
    Binding("p", "pager", "wire text in the pager", show=False),
    Binding("question_mark,f1", "help", "these keys", show=False),
    Binding("Q,ctrl+c", "app.quit", "leave at once", show=False),
]


class MarkingScreen(Screen[int]):
    """A screen on which one story is the present one; its answer is the article it ended on."""

    BINDINGS: ClassVar[list[BindingType]] = STORY_KEYS
    HINT: ClassVar[str] = ""
    HELP_GROUPS: ClassVar[Sequence[tuple[str, Iterable[BindingType]]]] = ()

    def __init__(self, archive: Archive) -> None:
        super().__init__()
        self.archive = archive
        self._quiet: Timer | None = None

    def foot(self) -> Static:
        """Return the line at the foot: the commonest keys, and what there is to say."""
        return Static(self.HINT, classes="foot", markup=False)

    @abstractmethod
    def present(self) -> Row | None:
        """Return the story that keys are about, as its row."""

    @abstractmethod
    def marks_changed(self) -> None:
        """Show the marks anew."""

    def begin(
        self,
        work: Callable[[], Coroutine[Any, Any, None]],
        group: str = "default",
        exclusive: bool = False,
    ) -> None:
        """Do something beside the keys; of an exclusive group only what was begun last."""
        self.run_worker(work, group=group, exclusive=exclusive)  # type: ignore[arg-type]

    async def ask(self, question: Callable[[], T]) -> T | None:
        """Ask the store in a thread; what it cannot answer is said, and gives None."""
        try:
            return await asyncio.to_thread(question)
        except MonitorError as error:
            self.say(str(error), wrong=True)
            return None

    def say(self, line: str, *, wrong: bool = False) -> None:
        """Show a line at the foot for some seconds."""
        if not line:
            return
        foot = self.query_one(".foot", Static)
        foot.set_class(wrong, "-wrong")
        foot.set_class(not wrong, "-said")
        foot.update(one_line(line))
        if self._quiet is not None:
            self._quiet.stop()
        self._quiet = self.set_timer(_SAID, self._hint)

    def _hint(self) -> None:
        foot = self.query_one(".foot", Static)
        foot.remove_class("-wrong", "-said")
        foot.update(self.HINT)

    def mark(self, kind: MarkKind, text: str | None) -> None:
        """Mark the present story, or take the mark away (None)."""
        row = self.present()
        if row is None:
            return
        if row.story is None:
            self.say("this article is in no story, and only stories are marked", wrong=True)
            return
        self.begin(partial(self._mark, row.story, kind, text), group="marks")

    async def _mark(self, story: int, kind: MarkKind, text: str | None) -> None:
        await self.ask(lambda: self.archive.mark(story, kind, text))
        self.marks_changed()

    def action_flip(self, kind: MarkKind) -> None:
        """Put a mark, or take it away."""
        if row := self.present():
            self.mark(kind, None if has(row.marks, kind) else "")

    def action_take(self) -> None:
        """Ask who takes the story."""
        if row := self.present():
            self._ask_for("taken by", "taken", _text_of(row.marks, "taken") or _user())

    def action_note(self) -> None:
        """Ask for a note."""
        if row := self.present():
            self._ask_for("note", "note", _text_of(row.marks, "note"))

    def _ask_for(self, question: str, kind: MarkKind, value: str) -> None:
        def answered(text: str | None) -> None:
            if text is not None:
                self.mark(kind, text.strip() or None)

        self.app.push_screen(AskLine(question, value), answered)

    def action_browse(self) -> None:
        """Open the present story's page."""
        if row := self.present():
            said = outside.open_in_browser(self.app, row.url) if row.url else "no url is known"
            self.say(said)

    def action_copy(self) -> None:
        """Copy the present article as wire text."""
        self.begin(partial(self._hand_out, outside.copy))

    def action_pager(self) -> None:
        """Show the present article as wire text in the pager."""
        self.begin(partial(self._hand_out, outside.show_in_pager))

    async def _hand_out(self, to: Callable[[outside.AnyApp, str], str]) -> None:
        row = self.present()
        opened = await self.ask(lambda: self.archive.opened(row.article)) if row else None
        if opened is not None:
            self.say(to(self.app, wire_text(opened.article.text) + "\n"))

    def action_help(self) -> None:
        """Show what each key does."""
        self.app.push_screen(KeyHelp(self.HELP_GROUPS))


def _text_of(marks: Iterable[Mark], kind: MarkKind) -> str:
    return next((one_line(mark.text) for mark in marks if mark.kind == kind), "")


def _user() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError):
        return ""
