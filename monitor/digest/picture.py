"""The terminal digest as a picture (SVG), for a README.

Drawn from rich's segments and not by its own exporter, which gives a Chinese character the room of
a Latin one and loads a font from the web. Every run of text is stretched to the columns it fills in
a terminal, so that the picture lines up whatever fonts there are.
"""

import re
from collections.abc import Iterable, Iterator
from html import escape

from rich.console import Console
from rich.segment import Segment
from rich.style import Style
from rich.text import Text

from monitor.digest.page import Page
from monitor.digest.terminal import sheet
from monitor.text.columns import width as columns_of

_CELL, _LINE, _SIZE = 8.4, 19.0, 14
_COLUMNS, _TITLE = 100, "monitor digest"
_LEFT, _TOP, _BOTTOM = 20.0, 54.0, 16.0
_INK, _PAPER, _EDGE = "#dee3ea", "#171c24", "#2a323d"
_FONTS = "ui-monospace,Menlo,Consolas,'DejaVu Sans Mono','Noto Sans Mono CJK KR',monospace"
_COLOURS = {
    "red": "#c62f26",
    "green": "#7eb86a",
    "yellow": "#e2b45c",
    "blue": "#8ab4f8",
    "cyan": "#5ebec8",
    "white": "#ffffff",
    "bright_cyan": "#a6ecf2",
}
_WIDE = "\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\uff00-\uff60"
# Pictures collapse blanks, so a run never holds two of them.
_RUN = re.compile(rf" {{2,}}|[{_WIDE}]+|(?:[^{_WIDE} ]| (?! ))+")


def to_svg(page: Page) -> str:
    """Return what `to_terminal` prints as an SVG document."""
    console = Console(force_terminal=True, color_system="truecolor")
    lines = sheet(page, _COLUMNS, styled=True)
    wide = 2 * _LEFT + _COLUMNS * _CELL
    high = _TOP + len(lines) * _LINE + _BOTTOM
    body = "\n".join(
        drawn
        for number, line in enumerate(lines)
        for drawn in _draw(_cut(line, _COLUMNS).render(console), _TOP + number * _LINE)
    )
    return f"""<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {wide:g} {high:g}" \
font-family="{_FONTS}" font-size="{_SIZE}" fill="{_INK}" role="img" \
aria-label="{_TITLE}">
<rect x="0.5" y="0.5" width="{wide - 1:g}" height="{high - 1:g}" rx="8" fill="{_PAPER}" \
stroke="{_EDGE}"/>
<circle cx="22" cy="20" r="5.5" fill="#ec6a5e"/><circle cx="40" cy="20" r="5.5" fill="#f4bf4f"/>\
<circle cx="58" cy="20" r="5.5" fill="#61c554"/>
<text x="{wide / 2:g}" y="24.5" text-anchor="middle" fill="#9aa5b4" font-size="13">\
{_TITLE}</text>
{body}
</svg>
"""


def _cut(line: Text, width: int) -> Text:
    # A terminal lets an address run on to the next line; a picture has an edge.
    return line if line.cell_len <= width else line[: width - 1].append("…")


def _draw(line: Iterable[Segment], top: float) -> Iterator[str]:
    column = 0
    for segment in line:
        style = segment.style or Style()
        filled = columns_of(segment.text)
        if style.bgcolor:
            yield (
                f'<rect x="{_x(column)}" y="{top:g}" width="{filled * _CELL:.1f}" '
                f'height="{_LINE:g}" rx="2" fill="{_COLOURS[style.bgcolor.name]}"/>'
            )
        for match in _RUN.finditer(segment.text):
            run = match[0]
            lead = len(run) - len(run.lstrip(" "))
            cells = columns_of(run.strip(" "))
            if cells:
                yield (
                    f'<text x="{_x(column + lead)}" y="{top + 14:g}" '
                    f'textLength="{cells * _CELL:.1f}" lengthAdjust="spacingAndGlyphs"'
                    f"{_look(style)}>{escape(run.strip(' '))}</text>"
                )
            column += columns_of(run)


def _look(style: Style) -> str:
    look = f' fill="{_COLOURS[style.color.name]}"' if style.color else ""
    look += ' font-weight="bold"' if style.bold else ""
    look += ' font-style="italic"' if style.italic else ""
    look += ' text-decoration="underline"' if style.underline else ""
    return look + (' opacity="0.62"' if style.dim else "")


def _x(column: int) -> str:
    return f"{_LEFT + column * _CELL:.1f}"
