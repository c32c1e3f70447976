"""The terminal digest as a picture (SVG), for a README.

rich's own SVG loads a font from the web; this one names fonts that are already there, so that it
shows the same offline and tells nobody who is looking.
"""

import io
import re

from rich._export_format import CONSOLE_SVG_FORMAT
from rich.console import Console
from rich.terminal_theme import TerminalTheme

from monitor.digest.terminal import to_terminal
from monitor.model import Digest

_FONTS = (
    "ui-monospace, 'Cascadia Mono', Menlo, 'DejaVu Sans Mono', 'Noto Sans Mono CJK KR', monospace"
)
_FORMAT = re.sub(r"@font-face \{\{.*?\}\}\s*", "", CONSOLE_SVG_FORMAT, flags=re.S).replace(
    "font-family: Fira Code, monospace;", f"font-family: {_FONTS};"
)
_THEME = TerminalTheme(
    (23, 28, 36),
    (222, 227, 234),
    [
        (59, 69, 84),
        (216, 69, 59),
        (126, 184, 106),
        (226, 180, 92),
        (106, 160, 232),
        (190, 132, 214),
        (94, 190, 200),
        (222, 227, 234),
    ],
    [
        (106, 118, 136),
        (236, 106, 94),
        (152, 208, 130),
        (240, 204, 128),
        (138, 180, 248),
        (208, 160, 230),
        (130, 214, 222),
        (255, 255, 255),
    ],
)


def to_svg(digest: Digest, *, width: int = 100, title: str = "monitor digest") -> str:
    """Return what `to_terminal` prints as an SVG document of `width` columns."""
    console = Console(
        record=True, width=width, file=io.StringIO(), force_terminal=True, color_system="truecolor"
    )
    to_terminal(digest, console, width=width)
    return console.export_svg(title=title, theme=_THEME, code_format=_FORMAT)
