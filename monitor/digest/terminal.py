"""The digest in a terminal, through rich.

Marked words are bold and underlined as well as coloured, so that they show without colour too.
Lines are broken by `columns`, not by rich, because rich cuts Chinese and Japanese at any character.
"""

from collections.abc import Iterable, Iterator

from rich.console import Console
from rich.text import Text

from monitor.digest.bars import bars
from monitor.digest.card import Card
from monitor.digest.columns import breaks, pad, width
from monitor.digest.page import Page, Section, lay_out
from monitor.digest.phrasing import Pieces
from monitor.model import Digest

_WIDEST = 110  # a longer line is hard to read
_INDENT = "     "
_MARK = "bold underline"
_HEADLINE = "bold"
_URGENT = "bold white on red"
_DIM = "dim"
_RULE = "bold cyan"
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
        width: columns to fill; by default the console's, at most 110.
        color: force colours on or off; by default what the console can do.
        pager: show it in the user's pager when it is longer than the terminal.
    """
    console = console or Console(
        width=width,
        force_terminal=color or None,
        no_color=None if color is None else not color,
        highlight=False,
    )
    lines = list(_lines(lay_out(digest), min(width or console.width, _WIDEST)))
    if pager and console.is_terminal and len(lines) >= console.height:
        with console.pager(styles=True):
            _print(console, lines)
    else:
        _print(console, lines)


def _print(console: Console, lines: Iterable[Text]) -> None:
    console.print(Text("\n").join(lines), soft_wrap=True, highlight=False)


def _lines(page: Page, columns: int) -> Iterator[Text]:
    yield Text.assemble((page.title, "bold"), f"  {page.day}")
    yield from _wrapped(Text(f"{page.summary}  ·  {page.window}", _DIM), columns)
    for note in page.notes:
        yield from _wrapped(Text(note, _WARN), columns)
    if page.rows:
        yield Text()
        yield from _overview(page, columns)
    if page.empty:
        yield Text()
        yield from _wrapped(Text(page.empty), columns)
    for section in page.sections:
        yield from _section(section, columns)
    yield Text()
    yield Text("─" * columns, _DIM)
    for line in page.coverage:
        yield from _wrapped(Text(line, _DIM), columns)
    for trouble in page.troubles:
        yield from _wrapped(Text(trouble, _WARN), columns, Text("! ", _WARN), "  ")
    yield from _wrapped(Text(f"Made {page.made}.", _DIM), columns)


def _overview(page: Page, columns: int) -> Iterator[Text]:
    longest = min(columns // 2, max(width(row.name) for row in page.rows))
    for row in page.rows:
        line = Text(f"  {pad(row.name, longest)}  ")
        line.append(f"{row.count:>4}", "bold" if row.count else _DIM)
        if row.history:
            line.append("  ")
            line.append(bars((*row.history, row.count))[:-1], "cyan")
            line.append(bars((*row.history, row.count))[-1], "bold bright_cyan")
            line.append(f"  {row.mean} a day in the week before", _DIM)
        yield line


def _section(section: Section, columns: int) -> Iterator[Text]:
    name = pad(section.name, min(width(section.name), columns - 12))
    count = f" {section.count:,} "
    fill = max(0, columns - width(name) - len(count) - 4)
    yield Text()
    yield Text.assemble(
        ("── ", _RULE), (name, _RULE), (count, "cyan"), ("─" * fill, "cyan"), overflow="ignore"
    )
    if section.remark:
        yield Text(section.remark, _DIM)
    for card in section.cards:
        yield Text()
        yield from _card(card, columns)


def _card(card: Card, columns: int) -> Iterator[Text]:
    lead = Text(f"{card.number:>3}  ", _DIM)
    headline = _text(card.headline, _HEADLINE)
    if card.urgent:
        headline = Text.assemble((" NOW ", _URGENT), " ", headline)
    yield from _wrapped(headline, columns, lead, _INDENT)
    yield from _outlets(card, columns)
    for change in card.changes:
        yield from _wrapped(
            Text(change, _WARN), columns, Text(f"{_INDENT}↻ ", _WARN), _INDENT + "  "
        )
    yield from _wrapped(_text(card.opening), columns, Text(_INDENT), _INDENT)
    for why in card.whys:
        sentence = _text(why.pieces)
        if why.block:
            sentence.append(f"  ({why.block})", _DIM)
        bar = Text(f"{_INDENT}▏ ", "cyan")
        yield from _wrapped(sentence, columns, bar, bar)
    yield from _wrapped(_footer(card), columns, Text(_INDENT), _INDENT)
    for remark in card.remarks:
        yield from _wrapped(Text(remark, "italic"), columns, Text(_INDENT), _INDENT)
    if card.url:
        yield Text.assemble(_INDENT, (card.url, f"blue link {card.url}"))


def _outlets(card: Card, columns: int) -> Iterator[Text]:
    clocks = max((len(outlet.clock) for outlet in card.outlets), default=0)
    names = min(28, max((width(outlet.name) for outlet in card.outlets), default=0))
    for outlet in card.outlets:
        line = Text(f"{_INDENT}{outlet.clock:>{clocks}}  ", "green")
        line.append(pad(outlet.name, names), "not green" if outlet.role else "not green bold")
        about = " · ".join(part for part in (outlet.language, outlet.role) if part)
        line.append(f"  {about:<14}", "not green dim")
        if outlet.printed and line.cell_len + width(outlet.printed) <= columns:
            line.append(outlet.printed, "not green dim")
        yield line
    if card.more_outlets:
        yield Text(f"{_INDENT}{'':>{clocks}}  and {card.more_outlets} more outlets", _DIM)


def _footer(card: Card) -> Text:
    line = Text(style=_DIM)
    parts = [", ".join(card.words)] if card.words else []
    parts += [f"score {card.score}"] if card.score else []
    parts += [f"also {', '.join(card.also)}"] if card.also else []
    parts += [f"names {', '.join(card.entities)}"] if card.entities else []
    parts.append(f"story {card.id}")
    return line.append("  ·  ".join(parts))


def _text(pieces: Pieces, style: str = "") -> Text:
    text = Text(style=style)
    for piece in pieces:
        text.append(piece.text, _MARK if piece.marked else None)
    return text


def _wrapped(
    text: Text, columns: int, first: Text | None = None, rest: Text | str = ""
) -> Iterator[Text]:
    """Yield `text` as lines of at most `columns`, keeping its styles."""
    if not text:
        return
    room = columns - (first.cell_len if first else 0)
    after = columns - (rest.cell_len if isinstance(rest, Text) else len(rest))
    for number, (start, end) in enumerate(breaks(text.plain, after, room)):
        lead = first if number == 0 else rest
        line = text[start:end]
        yield Text.assemble(lead, line) if lead else line
