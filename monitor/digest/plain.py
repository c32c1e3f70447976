"""The digest as plain text for mail: 72 columns, marked words between asterisks.

Asterisks, because mail clients that show plain text commonly set *word* in bold. Lines are measured
in terminal columns, so that Chinese, Korean and Japanese end at the same edge as English.
"""

from collections.abc import Iterable

from monitor.digest.card import Card
from monitor.digest.page import Page, lay_out
from monitor.digest.phrasing import Pieces
from monitor.model import Digest
from monitor.text.bars import bars
from monitor.text.columns import pad, width, wrap

COLUMNS = 72
_INDENT = "    "


def to_text(digest: Digest) -> str:
    """Return the digest as plain text of at most 72 columns, ending in a newline."""
    page = lay_out(digest)
    lines = [
        *wrap(f"{page.title} - {page.day}", COLUMNS),
        "=" * COLUMNS,
        *wrap(f"{page.summary[:1].upper()}{page.summary[1:]}.", COLUMNS),
        *wrap(f"Window: {page.window}", COLUMNS),
    ]
    for note in page.notes:
        lines += wrap(note, COLUMNS, first="! ", rest="  ")
    lines += ["", *_overview(page)] if page.rows else []
    if page.empty:
        lines += ["", *wrap(page.empty, COLUMNS)]
    for section in page.sections:
        title = f"{section.name} ({section.count})"
        lines += ["", "", *wrap(title, COLUMNS), "-" * min(COLUMNS, width(title))]
        if section.remark:
            lines += wrap(section.remark, COLUMNS)
        for card in section.cards:
            lines += ["", *card_lines(card)]
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


def _overview(page: Page) -> Iterable[str]:
    longest = min(36, max(width(row.name) for row in page.rows))
    for row in page.rows:
        line = f"{pad(row.name, longest)}  {row.count:>4}"
        if row.history:
            line += f"  {bars((*row.history, row.count))}  {row.usual}"
        yield line


def card_lines(card: Card) -> Iterable[str]:
    """Yield one story as lines of at most 72 columns."""
    tag = "NOW: " if card.urgent else ""
    yield from wrap(
        tag + starred(card.headline), COLUMNS, first=f"{card.number:>2}. ", rest=_INDENT
    )
    for outlet in card.outlets:
        who = " · ".join(part for part in (outlet.name, outlet.language, outlet.role) if part)
        printed = f"  [{outlet.printed}]" if outlet.printed else ""
        yield from wrap(
            f"{outlet.clock} {who}{printed}", COLUMNS, first=_INDENT, rest=_INDENT + "  "
        )
    if card.more_outlets:
        yield f"{_INDENT}and {card.more_outlets} more outlets"
    for change in card.changes:
        yield from wrap(change, COLUMNS, first=f"{_INDENT}> ", rest=f"{_INDENT}  ")
    if card.opening:
        yield ""
        yield from wrap(starred(card.opening), COLUMNS, first=_INDENT, rest=_INDENT)
    for why in card.whys:
        block = f" ({why.block})" if why.block else ""
        yield from wrap(
            starred(why.pieces) + block, COLUMNS, first=f"{_INDENT}| ", rest=f"{_INDENT}| "
        )
    yield ""
    flagged = ", ".join(card.words)
    if card.score:
        flagged += f"{' - ' if flagged else ''}score {card.score}"
    if card.also:
        flagged += f"; also under {', '.join(card.also)}"
    if flagged:
        yield from wrap(f"Flagged for: {flagged}", COLUMNS, first=_INDENT, rest=_INDENT + "  ")
    if card.entities:
        named = ", ".join(card.entities)
        yield from wrap(f"Named: {named}", COLUMNS, first=_INDENT, rest=_INDENT + "  ")
    for remark in card.remarks:
        yield from wrap(f"Note: {remark}", COLUMNS, first=_INDENT, rest=_INDENT + "  ")
    if card.url:
        yield _INDENT + card.url
    yield f"{_INDENT}monitor show {card.id}"
