"""The application around the screens: colours, and a terminal that is too small."""

from typing import ClassVar

from textual.app import App, ComposeResult
from textual.content import Content
from textual.events import Resize
from textual.screen import ModalScreen
from textual.theme import BUILTIN_THEMES, Theme
from textual.widgets import Static

from monitor.reader.front_screen import FrontScreen
from monitor.reader.store_queries import Archive

NARROWEST, SHORTEST = 40, 8  # columns and lines

# The terminal's own colours, whatever they are; what stands out does so by reversing them.
_TERMINAL = Theme(
    name="terminal",
    ansi=True,
    primary="ansi_blue",
    secondary="ansi_cyan",
    warning="ansi_yellow",
    error="ansi_red",
    success="ansi_green",
    accent="ansi_magenta",
    foreground="ansi_default",
    background="ansi_default",
    surface="ansi_default",
    panel="ansi_default",
    boost="ansi_default",
    variables=BUILTIN_THEMES["ansi-dark"].variables
    | {
        "block-cursor-foreground": "ansi_default",
        "block-cursor-background": "ansi_default",
        "block-cursor-blurred-foreground": "ansi_default",
        "block-cursor-blurred-background": "ansi_default",
        "block-hover-background": "ansi_default",
        "input-cursor-foreground": "ansi_bright_white",
        "input-cursor-background": "ansi_bright_black",
    },
)


class ReaderApp(App[None]):
    """`monitor read`."""

    ENABLE_COMMAND_PALETTE = False
    TITLE = "monitor read"
    CSS = """
    .title { height: 1; text-wrap: nowrap; text-overflow: ellipsis; }
    .about { height: auto; max-height: 4; }
    .title { text-style: bold reverse; }
    .foot { text-style: dim; height: auto; max-height: 5; }
    .foot.-said { text-style: bold; }
    .foot.-wrong, .about.-wrong { color: $error; text-style: bold; }
    .empty { height: auto; padding: 1 2; }
    .page { height: auto; text-wrap: nowrap; }
    .query { height: 1; }
    .query Input { width: 1fr; }
    RowList { height: 1fr; text-wrap: nowrap; }
    RowList > .option-list--option-disabled { color: $foreground; }
    VerticalScroll, RowList {
        scrollbar-size-vertical: 1;
        scrollbar-gutter: stable;
        scrollbar-background: ansi_default;
        scrollbar-background-hover: ansi_default;
        scrollbar-background-active: ansi_default;
        scrollbar-color: ansi_bright_black;
        scrollbar-color-hover: ansi_bright_black;
        scrollbar-color-active: ansi_bright_black;
    }
    """

    def __init__(self, archive: Archive) -> None:
        super().__init__()
        self.archive = archive
        self.register_theme(_TERMINAL)
        self.theme = "terminal"

    def get_default_screen(self) -> FrontScreen:
        """Begin with the stories of today."""
        return FrontScreen(self.archive)

    def on_resize(self, event: Resize) -> None:
        """Say so when the terminal has become too small, until it is large enough again."""
        small = event.size.width < NARROWEST or event.size.height < SHORTEST
        if small and not isinstance(self.screen, TooSmall):
            self.push_screen(TooSmall())
        elif not small and isinstance(self.screen, TooSmall):
            self.pop_screen()


class TooSmall(ModalScreen[None]):
    """Stands before everything else while the terminal is too small."""

    BINDINGS: ClassVar = [("q", "app.quit", "leave")]

    def compose(self) -> ComposeResult:
        """Say what is needed."""
        yield Static(Content(f"needs {NARROWEST} columns and {SHORTEST} lines"))
