"""A line at the foot of the screen that asks for a word: who takes a story, a note, a day."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.screen import ModalScreen
from textual.widgets import Input, Label


class AskLine(ModalScreen[str | None]):
    """Ask one thing; the answer is the text, or None when the reader thought better of it."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "leave", show=False)]
    DEFAULT_CSS = """
    AskLine { align: left bottom; background: transparent; }
    AskLine Horizontal { height: 1; dock: bottom; }
    AskLine Label { text-style: bold; }
    AskLine Input { width: 1fr; }
    """

    def __init__(self, question: str, value: str = "") -> None:
        super().__init__()
        self.question, self.value = question, value

    def compose(self) -> ComposeResult:
        """Show the question and the field."""
        with Horizontal():
            yield Label(f"{self.question}: ", markup=False)
            yield Input(self.value, compact=True, select_on_focus=False)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Answer with what was typed."""
        self.dismiss(event.value)

    def action_leave(self) -> None:
        """Answer nothing."""
        self.dismiss(None)
