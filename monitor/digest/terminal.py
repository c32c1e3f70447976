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
from monitor.digest.page import Page, Section, lay_out
from monitor.digest.paging import Less
from monitor.digest.phrasing import Pieces
from monitor.digest.plain import starred
from monitor.model import Digest
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
    digest: Digest,
    console: Console | None = None,
    *,
    width: int | None = None,
    color: bool | None = None,
    pager: bool = False,
) -> None:
    """Print the digest.

    Args:
        digest: what to show.
        console: where to; by default standard output as rich finds it (it honours NO_COLOR).
        width: columns to fill; by default the console's, at most 100.
        color: False for no styles at all, True to force them; by default what the console can do.
        pager: show it in the user's pager when it is longer than the terminal.
    """
    console = console or Console(
        width=width, force_terminal=color, color_system=None if color is False else "auto"
    )
    columns = max(_NARROWEST, min(width or console.width, _WIDEST))
    styled = console.color_system is not None or console.is_terminal
    lines = sheet(digest, columns, styled=styled)
    segments = Segments([part for line in lines for part in line.render(console, end="\n")])
    if pager and console.is_terminal and len(lines) >= console.height:
        with console.pager(Less(), styles=True):
            console.print(segments, end="", soft_wrap=True)
    else:
        console.print(segments, end="", soft_wrap=True)


def sheet(digest: Digest, columns: int, *, styled: bool) -> list[Text]:
    """Return the digest as lines of at most `columns`, with styles or without."""
    return list(_Sheet(columns, styled).page(lay_out(digest)))


class _Sheet:
    """The lines of a digest on a sheet of some columns, with styles or without."""

    def __init__(self, columns: int, styled: bool) -> None:
        self.columns = columns
        self.styled = styled

    def page(self, page: Page) -> Iterator[Text]:
        yield Text.assemble((page.title, "bold"), f"  {page.day}")
        yield from self.wrapped(_styled(f"{page.summary}  ·  {page.window}", _DIM))
        for note in page.notes:
            yield from self.wrapped(_styled(note, _WARN))
        if page.rows:
            yield Text()
            yield from self.overview(page)
        if page.empty:
            yield Text()
            yield from self.wrapped(Text(page.empty))
        for section in page.sections:
            yield from self.section(section)
        yield Text()
        yield _styled("─" * self.columns, _DIM)
        for line in page.coverage:
            yield from self.wrapped(_styled(line, _DIM))
        for trouble in page.troubles:
            yield from self.wrapped(_styled(trouble, _WARN), _styled("! ", _WARN), Text("  "))
        yield from self.wrapped(_styled(f"Made {page.made}.", _DIM))

    def overview(self, page: Page) -> Iterator[Text]:
        longest = min(self.columns // 2, max(width(row.name) for row in page.rows))
        for row in page.rows:
            line = Text(f"  {pad(row.name, longest)}  ")
            line.append(f"{row.count:>4}", "bold" if row.count else _DIM)
            if row.history:
                drawn = bars((*row.history, row.count))
                line.append("  ").append(drawn[:-1], _RULE).append(drawn[-1], "bold bright_cyan")
                usual = f"  {row.usual}"
                if line.cell_len + len(usual) <= self.columns:
                    line.append(usual, _DIM)
            yield line

    def section(self, section: Section) -> Iterator[Text]:
        name = pad(section.name, min(width(section.name), self.columns - 14))
        count = f"  {section.count:,} "
        fill = max(0, self.columns - width(name) - len(count) - 3)
        yield Text()
        yield Text.assemble(
            ("── ", _RULE), (name, f"bold {_RULE}"), (count, _RULE), ("─" * fill, _RULE)
        )
        if section.remark:
            yield _styled(f"{_INDENT}{section.remark}", _DIM)
        for card in section.cards:
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
        yield from self.outlets(card)
        for change in card.changes:
            lead = _styled(f"{_INDENT}↻ ", _CHANGE)
            yield from self.wrapped(_styled(change, _CHANGE), lead, Text(f"{_INDENT}  "))
        yield from self.wrapped(self.marked(card.opening), indent, indent)
        for why in card.whys:
            sentence = self.marked(why.pieces)
            if why.block:
                sentence.append(f"  ({why.block})", _DIM)
            bar = _styled(f"{_INDENT}▏ ", _RULE)
            yield from self.wrapped(sentence, bar, bar)
        room = self.columns - len(_INDENT)
        for line in flow(_footer(card), room):
            yield _styled(_INDENT + line, _DIM)
        for line in flow(card.remarks, room):
            yield _styled(_INDENT + line, "italic")
        if card.url:
            yield Text.assemble(_INDENT, (card.url, f"blue link {card.url}"))

    def outlets(self, card: Card) -> Iterator[Text]:
        rows = [
            (outlet, " · ".join(part for part in (outlet.language, outlet.role) if part))
            for outlet in card.outlets
        ]
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
            yield _styled(f"{_INDENT}{'':>{clocks}}  and {card.more_outlets} more outlets", _DIM)

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


def _footer(card: Card) -> list[str]:
    parts = [f"flagged for {', '.join(card.words)}"] if card.words else []
    parts += [f"names {', '.join(card.entities)}"] if card.entities else []
    parts += [f"also under {', '.join(card.also)}"] if card.also else []
    parts += [f"score {card.score}"] if card.score else []
    return [*parts, f"story {card.id}"]
