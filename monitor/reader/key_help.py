"""What each key does, read from the very bindings, so that the page cannot be out of date."""

from collections.abc import Iterable, Iterator, Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from monitor.reader.moving import SCROLLING

_SHOWN = {
    "question_mark": "?", "slash": "/", "space": "space", "left_curly_bracket": "{",
    "right_curly_bracket": "}", "less_than_sign": "<", "greater_than_sign": ">",
    "escape": "esc", "pagedown": "page down", "pageup": "page up", "shift+tab": "shift-tab",
    "up": "↑", "down": "↓", "left": "←", "right": "→",
}  # fmt: skip
_COLUMN = 22
_LETTERS = "N unread   * star   T taken   # note   x not for us   + for us"


class KeyHelp(ModalScreen[None]):
    """The keys of some screens; any of the leaving keys goes back."""

    BINDINGS: ClassVar[list[BindingType]] = [
        *SCROLLING,
        Binding("q,escape,question_mark,h,left,enter", "leave", show=False),
    ]
    DEFAULT_CSS = """
    KeyHelp VerticalScroll { padding: 0 1; }
    """

    def __init__(self, groups: Sequence[tuple[str, Iterable[BindingType]]]) -> None:
        super().__init__()
        self.groups = groups

    def compose(self) -> ComposeResult:
        """Show the keys, group by group."""
        lines = [line for title, bindings in self.groups for line in _group(title, bindings)]
        lines += [Content.styled("Letters before a story", "bold"), Content(f"  {_LETTERS}")]
        with VerticalScroll():
            yield Static(Content("\n").join(lines))

    def action_leave(self) -> None:
        """Go back."""
        self.dismiss()


def described(bindings: Iterable[BindingType]) -> Iterator[tuple[list[str], str]]:
    """Yield the keys of each binding as they stand on a keyboard, ["j", "↓"], and what they do."""
    for binding in bindings:
        if isinstance(binding, Binding) and binding.description:
            keys = binding.key.split(",")
            yield [_SHOWN.get(key, key.replace("ctrl+", "^")) for key in keys], binding.description


def _group(title: str, bindings: Iterable[BindingType]) -> Iterable[Content]:
    yield Content.styled(title, "bold")
    for keys, description in described(bindings):
        shown = " ".join(keys)
        yield Content.assemble("  ", (f"{shown:<{_COLUMN}}", "$warning"), description)
    yield Content()
