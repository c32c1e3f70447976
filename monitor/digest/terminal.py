"""The digest in a terminal, through rich.

Marked words are bold and underlined, so that they show without colour; where there are no styles at
all (a pipe, `--plain`) they stand between asterisks as in the mail. Lines are broken by `columns`,
not by rich, which cuts Chinese and Japanese at any character and measures each line twice.
"""

from collections.abc import Iterator

from rich.console import Console
from rich.segment import Segments
from rich.text import Text

from monitor.digest.card import Card
from monitor.digest.page import Page, Section
from monitor.digest.paging import Less
from monitor.digest.phrasing import Pieces
from monitor.digest.plain import footer, index_lines, index_widths, starred, trend_lines
from monitor.text.bars import bars
from monitor.text.columns import breaks, flow, pad, width

_WIDEST = 100  # a longer line is hard to read
_NARROWEST = 40
_INDENT = "     "
_MARK = "bold underline"
_HEADLINE = "bold"
_URGENT = "bold white on red"
_DIM = "dim"
_RULE = "cyan"
_CHANGE = "yellow"
_WARN = "yellow"


def to_terminal(
    page: Page,
    console: Console | None = None,
    *,
    width: int | None = None,
    color: bool | None = None,
    pager: bool = False,
    verbose: bool = False,
) -> None:
    """Print the digest.

    Args:
        page: what to show.
        console: where to; by default standard output as rich finds it (it honours NO_COLOR).
        width: columns to fill; by default the console's, at most 100.
        color: False for no styles at all, True to force them; by default what the console can do.
        pager: show it in the user's pager when it is longer than the terminal.
        verbose: as in `to_text`.
    """
    console = console or Console(
        width=width, force_terminal=color, color_system=None if color is False else "auto"
    )
    columns = max(_NARROWEST, min(width or console.width, _WIDEST))
    styled = console.color_system is not None or console.is_terminal
    lines = sheet(page, columns, styled=styled, verbose=verbose)
    segments = Segments([part for line in lines for part in line.render(console, end="\n")])
    if pager and console.is_terminal and len(lines) >= console.height:
        with console.pager(Less(), styles=True):
            console.print(segments, end="", soft_wrap=True)
    else:
        console.print(segments, end="", soft_wrap=True)


def sheet(page: Page, columns: int, *, styled: bool, verbose: bool = False) -> list[Text]:
    """Return the digest as lines of at most `columns`, with styles or without."""
    return list(_Sheet(columns, styled, verbose).page(page))


class _Sheet:
    """The lines of a digest on a sheet of some columns, with styles or without."""

    def __init__(self, columns: int, styled: bool, verbose: bool) -> None:
        self.columns = columns
        self.styled = styled
        self.verbose = verbose

    def page(self, page: Page) -> Iterator[Text]:
        yield Text.assemble((page.title, "bold"), f"  {page.day}")
        yield from self.wrapped(_styled(f"{page.summary}  ·  {page.window}", _DIM))
        if page.trouble:
            yield from self.wrapped(_styled(page.trouble, _WARN), _styled("! ", _WARN), Text("  "))
        for note in page.notes:
            yield from self.wrapped(_styled(note, _WARN))
        yield from self.index(page)
        if page.trend:
            yield Text()
            yield from (Text(line) for line in trend_lines(page, self.columns))
        if page.empty:
            yield Text()
            yield from self.wrapped(Text(page.empty))
        for section in page.sections:
            if section.full:
                yield from self.section(section)
        yield Text()
        yield _styled("─" * self.columns, _DIM)
        for line in page.coverage:
            yield from self.wrapped(_styled(line, _DIM))
        for trouble in page.troubles:
            yield from self.wrapped(_styled(trouble, _WARN), _styled("! ", _WARN), Text("  "))
        yield from self.wrapped(_styled(f"Made {page.made}.", _DIM))

    def index(self, page: Page) -> Iterator[Text]:
        """Yield one line a rule and one a story; what an editor scans in a minute."""
        widths = index_widths(page.sections, self.columns)
        for section in page.sections:
            yield Text()
            name = pad(section.name, min(width(section.name), self.columns // 2))
            line = Text.assemble((name, f"bold {_RULE}" if section.count else _DIM))
            line.append(f"  {section.count:,}", "bold" if section.count else _DIM)
            if section.bars:
                drawn = bars(section.bars)
                line.append("  ").append(drawn[:-1], _RULE).append(drawn[-1], "bold bright_cyan")
                usual = f"  {section.usual}"
                if line.cell_len + width(usual) <= self.columns:
                    line.append(usual, _DIM)
            yield line
            for text in index_lines(section, self.columns, widths):
                yield self.index_line(text)

    def index_line(self, text: str) -> Text:
        line = Text(text)
        line.stylize(_DIM, 0, 5)
        start = 7 if text[5:7] == "- " else 5
        line.stylize(_DIM, 5, start)
        if self.styled and text[start : start + 4] == "NOW ":
            line.stylize("bold red", start, start + 3)
        return line

    def section(self, section: Section) -> Iterator[Text]:
        name = pad(section.name, min(width(section.name), self.columns - 8))
        fill = max(0, self.columns - width(name) - 4)
        yield Text()
        yield Text.assemble(("── ", _RULE), (name, f"bold {_RULE}"), (" " + "─" * fill, _RULE))
        for card in section.cards[: section.full]:
            yield Text()
            yield from self.card(card)

    def card(self, card: Card) -> Iterator[Text]:
        indent = Text(_INDENT)
        headline = self.marked(card.headline, _HEADLINE)
        if card.urgent:
            # Hard blanks, because a line that wraps loses the soft ones it begins with.
            tag = ("\u00a0NOW\u00a0", _URGENT) if self.styled else "NOW"
            headline = Text.assemble(tag, " ", headline)
        yield from self.wrapped(headline, _styled(f"{card.number:>3}  ", _DIM), indent)
        if card.original:
            yield from self.wrapped(self.marked(card.original), indent, indent)
        if card.gloss:
            yield from self.wrapped(_styled("; ".join(card.gloss), _DIM), indent, indent)
        if card.machine:
            said = _styled(f"{card.machine} (machine)", _DIM)
            yield from self.wrapped(said, indent, indent)
        yield from self.outlets(card)
        for change in card.changes:
            lead = _styled(f"{_INDENT}↻ ", _CHANGE)
            under = Text(f"{_INDENT}  ")
            yield from self.wrapped(_styled(change.text, _CHANGE), lead, under)
            if change.url:
                yield Text.assemble(under, (change.url, f"blue link {change.url}"))
        yield from self.wrapped(self.marked(card.opening), indent, indent)
        for why in card.whys:
            sentence = self.marked(why.pieces)
            if why.block:
                sentence.append(f"  ({why.block})", _DIM)
            bar = _styled(f"{_INDENT}▏ ", _RULE)
            yield from self.wrapped(sentence, bar, bar)
        room = self.columns - len(_INDENT)
        for line in flow(card.remarks, room):
            yield _styled(_INDENT + line, "italic")
        for line in flow(footer(card, verbose=self.verbose), room):
            yield _styled(_INDENT + line, _DIM)
        if card.url:
            yield Text.assemble(_INDENT, (card.url, f"blue link {card.url}"))

    def outlets(self, card: Card) -> Iterator[Text]:
        rows = [(outlet, " · ".join(outlet.about)) for outlet in card.outlets]
        clocks = max((len(outlet.clock) for outlet, _ in rows), default=0)
        names = min(28, max((width(outlet.name) for outlet, _ in rows), default=0))
        abouts = max((width(about) for _, about in rows), default=0)
        for outlet, about in rows:
            line = Text.assemble(
                _INDENT, (f"{outlet.clock:>{clocks}}  ", "green"), pad(outlet.name, names), "  "
            )
            room = self.columns - line.cell_len - abouts - 2
            beside = width(outlet.printed) <= room
            shown = f"{pad(about, abouts)}  {outlet.printed}" if beside else about
            yield line.append(shown.rstrip(), _DIM)
            if not beside:
                lead = Text(f"{_INDENT}{'':>{clocks}}  ")
                yield from self.wrapped(_styled(outlet.printed, _DIM), lead, lead)
        if card.more_outlets:
            yield _styled(f"{_INDENT}{'':>{clocks}}  and {card.more_outlets} more", _DIM)

    def marked(self, pieces: Pieces, style: str = "") -> Text:
        if not self.styled:
            return Text(starred(pieces))
        text = Text(style=style)
        for piece in pieces:
            text.append(piece.text, _MARK if piece.marked else None)
        return text

    def wrapped(
        self, text: Text, first: Text | None = None, rest: Text | None = None
    ) -> Iterator[Text]:
        """Yield `text` as lines behind `first` and `rest`, keeping its styles."""
        if not text:
            return
        room = self.columns - (first.cell_len if first else 0)
        after = self.columns - (rest.cell_len if rest else 0)
        for number, (start, end) in enumerate(breaks(text.plain, after, room)):
            lead = rest if number else first
            line = text[start:end]
            yield Text.assemble(lead, line) if lead else line


def _styled(text: str, style: str) -> Text:
    # A span, because `Text.render` drops the style of a text that has none.
    return Text.assemble((text, style))
