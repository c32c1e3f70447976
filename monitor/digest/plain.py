"""The digest as plain text for mail: 72 columns, marked words between asterisks.

Asterisks, because mail clients that show plain text commonly set *word* in bold. Lines are measured
in terminal columns, so that Chinese, Korean and Japanese end at the same edge as English.
"""

from collections.abc import Iterable

from monitor.digest.card import Card
from monitor.digest.page import Page, Section
from monitor.digest.phrasing import Pieces, plain, runs_words
from monitor.text.bars import bars
from monitor.text.columns import flow, pad, width, wrap

COLUMNS = 72
_INDENT = "    "
_OUTLET = 5  # part of a line of the index that an outlet may take


def to_text(page: Page, *, verbose: bool = False) -> str:
    """Return the digest as plain text of at most 72 columns, ending in a newline.

    Args:
        page: what to show.
        verbose: with what flagged each story, its score and the names in it.
    """
    lines = [
        *wrap(f"{page.title} - {page.day}", COLUMNS),
        "=" * COLUMNS,
        *wrap(f"{page.summary[:1].upper()}{page.summary[1:]}.", COLUMNS),
        *wrap(f"Window: {page.window}", COLUMNS),
    ]
    for note in (page.trouble, *page.notes):
        lines += wrap(note, COLUMNS, first="! ", rest="  ") if note else []
    lines += ["", *_index(page)] if page.sections else []
    lines += ["", *trend_lines(page, COLUMNS)] if page.trend else []
    lines += ["", *wrap(page.empty, COLUMNS)] if page.empty else []
    for section in page.sections:
        if section.full:
            lines += ["", "", section.name, "-" * min(COLUMNS, width(section.name))]
        for card in section.cards[: section.full]:
            lines += ["", *card_lines(card, verbose=verbose)]
    lines += ["", "-" * COLUMNS]
    for line in page.coverage:
        lines += wrap(line, COLUMNS)
    for trouble in page.troubles:
        lines += wrap(trouble, COLUMNS, first="- ", rest="  ")
    lines += wrap(f"Made {page.made}. Times are {page.zone} unless printed otherwise.", COLUMNS)
    return "\n".join(line.rstrip() for line in lines) + "\n"


def starred(pieces: Pieces) -> str:
    """Return pieces as text with every marked run between asterisks."""
    return "".join(f"*{piece.text}*" if piece.marked else piece.text for piece in pieces)


def _index(page: Page) -> Iterable[str]:
    """Yield one line a rule and one a story."""
    widths = index_widths(page.sections, COLUMNS)
    for number, section in enumerate(page.sections):
        if number and (page.sections[number - 1].listed or section.listed):
            yield ""
        drawn = f"  {bars(section.bars)}  {section.usual}" if section.bars else ""
        room = COLUMNS - 7 - width(drawn)
        yield f"{pad(section.name, min(width(section.name), room))}  {section.count:,}{drawn}"
        yield from index_lines(section, COLUMNS, widths)


def trend_lines(page: Page, columns: int) -> Iterable[str]:
    """Yield the trend of a digest: its title, and a line a rule."""
    yield from wrap(page.trend_title, columns)
    name = min(columns // 3, max(width(line.name) for line in page.trend))
    for line in page.trend:
        yield f"{pad(line.name, name)}  {bars(line.bars)}  {line.told}"


def index_widths(sections: Iterable[Section], columns: int) -> tuple[int, int]:
    """Return the columns of outlets and of clocks in lines of the index, the same in all rules."""
    cards = [card for section in sections for card in section.cards[: section.listed]]
    outlets = max((width(card.first_outlet) for card in cards), default=0)
    return min(columns // _OUTLET, outlets), max((width(card.clock) for card in cards), default=0)


def index_lines(section: Section, columns: int, widths: tuple[int, int]) -> Iterable[str]:
    """Yield the lines of a rule's stories: number, headline, who had it first, when.

    Args:
        section: the rule.
        columns: of a line.
        widths: as `index_widths` gave them.
    """
    cards = section.cards[: section.listed]
    outlets, clocks = widths
    room = columns - clocks - outlets - 9
    for card in cards:
        now = "NOW " if card.urgent else ""
        headline = pad(
            ("- " if card.number in section.steps else "") + now + plain(card.headline), room
        )
        about = f"{pad(short_outlet(card, outlets), outlets)}  {card.clock:>{clocks}}"
        yield f"{card.number:>4} {headline}  {about}".rstrip()
    if rest := len(section.cards) - len(cards):
        yield f"     and {rest:,} more in the attached file"
    if section.also:
        told = f"also here: {runs_words(section.also)}"
        yield from wrap(told, columns, first="     ", rest="     ")


def short_outlet(card: Card, columns: int) -> str:
    """Return who had it first in at most so many columns; the count of others is never cut."""
    name, plus, more = card.first_outlet.rpartition(" +")
    name, tail = (name, f" +{more}") if plus and more.isdigit() else (card.first_outlet, "")
    return pad(name, min(width(name), columns - len(tail))) + tail


def card_lines(card: Card, *, verbose: bool = False) -> Iterable[str]:
    """Yield one story as lines of at most 72 columns."""
    tag = "NOW: " if card.urgent else ""
    yield from wrap(
        tag + starred(card.headline), COLUMNS, first=f"{card.number:>2}. ", rest=_INDENT
    )
    if card.original:
        yield from wrap(starred(card.original), COLUMNS, first=_INDENT, rest=_INDENT)
    if card.gloss:
        yield from wrap("; ".join(card.gloss), COLUMNS, first=f"{_INDENT}= ", rest=f"{_INDENT}  ")
    if card.machine:
        said = f"{card.machine} (machine)"
        yield from wrap(said, COLUMNS, first=f"{_INDENT}= ", rest=f"{_INDENT}  ")
    for outlet in card.outlets:
        who = " · ".join((outlet.name, *outlet.about))
        printed = f"  [{outlet.printed}]" if outlet.printed else ""
        yield from wrap(
            f"{outlet.clock} {who}{printed}", COLUMNS, first=_INDENT, rest=_INDENT + "  "
        )
    if card.more_outlets:
        yield f"{_INDENT}and {card.more_outlets} more"
    for change in card.changes:
        yield from wrap(change.text, COLUMNS, first=f"{_INDENT}> ", rest=f"{_INDENT}  ")
        if change.url:
            yield f"{_INDENT}  {change.url}"
    if card.opening:
        yield ""
        yield from wrap(starred(card.opening), COLUMNS, first=_INDENT, rest=_INDENT)
    for why in card.whys:
        block = f" ({why.block})" if why.block else ""
        yield from wrap(
            starred(why.pieces) + block, COLUMNS, first=f"{_INDENT}| ", rest=f"{_INDENT}| "
        )
    yield ""
    for remark in card.remarks:
        yield from wrap(remark, COLUMNS, first=_INDENT, rest=_INDENT + "  ")
    if card.url:
        yield _INDENT + card.url
    for line in flow(footer(card, verbose=verbose), COLUMNS - len(_INDENT)):
        yield _INDENT + line


def footer(card: Card, *, verbose: bool) -> list[str]:
    """Return the quiet line of a card in parts: what flagged it, where else it belongs, its id."""
    parts = [f"for {', '.join(card.words)}"] if card.words else []
    if verbose:
        parts += [f"names {', '.join(card.entities)}"] if card.entities else []
        parts += [f"score {card.score}"] if card.score else []
    parts += [f"also under {', '.join(card.also)}"] if card.also else []
    return [*parts, f"story {card.id}"]
