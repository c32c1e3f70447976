"""The digest as Markdown (CommonMark), for wikis, notes and repositories.

Text from the web is escaped, so that it can make neither markup nor HTML nor links.
"""

import re
from collections.abc import Iterable
from urllib.parse import quote

from monitor.digest.card import Card
from monitor.digest.page import Page
from monitor.digest.phrasing import Pieces, plain, runs_words
from monitor.digest.plain import footer
from monitor.text.bars import bars

_SPECIAL = re.compile(r"([\\`*_{}\[\]<>#|~&$@])")
_LINE_START = re.compile(r"^(\d+(?=[.)])|(?=[-+=]))")


def to_markdown(page: Page, *, verbose: bool = False) -> str:
    """Return the digest as Markdown, ending in a newline; `verbose` as in `to_text`."""
    lines = [f"# {escape(page.title)}, {page.day}", ""]
    lines += [f"**{escape(page.summary)}**  ", f"{escape(page.window)}", ""]
    for note in (page.trouble, *page.notes):
        lines += [f"> {escape(note)}", ""] if note else []
    for section in page.sections:
        drawn = f" {bars(section.bars)} {section.usual}" if section.bars else ""
        lines += [f"**{escape(section.name)}** {section.count:,}{drawn}", ""]
        for n, card in enumerate(section.cards):
            indent = "  " if card.number in section.steps else ""
            lines.append(indent + _line(card, told=n < section.full))
        if section.also:
            lines.append(f"- also here: {runs_words(section.also)}")
        lines.append("")
    lines += [f"**{escape(page.trend_title)}**", ""] if page.trend else []
    lines += [f"- {escape(one.name)} {bars(one.bars)} {one.told}" for one in page.trend]
    lines += [""] if page.trend else []
    if page.empty:
        lines += [escape(page.empty), ""]
    for section in page.sections:
        lines += [f"## {escape(section.name)}", ""] if section.full else []
        for card in section.cards[: section.full]:
            lines += [*_card(card, verbose=verbose), ""]
    lines += ["---", ""]
    lines += [f"- {escape(line)}" for line in (*page.coverage, *page.troubles)]
    lines.append(f"- Made {escape(page.made)}.")
    return "\n".join(lines) + "\n"


def _line(card: Card, *, told: bool) -> str:
    headline = escape(plain(card.headline))
    target = f"#{card.anchor}" if told else _address(card.url) if card.url else ""
    shown = f"[{headline}]({target})" if target else headline
    now = "**NOW** " if card.urgent else ""
    about = " · ".join(escape(part) for part in (card.first_outlet, card.clock) if part)
    return f"- {card.number}. {now}{shown} — {about}"


def escape(text: str) -> str:
    """Return text in which no character means anything to Markdown."""
    return _LINE_START.sub(r"\1\\", _SPECIAL.sub(r"\\\1", text))


def _card(card: Card, *, verbose: bool) -> Iterable[str]:
    headline = _marked(card.headline)
    now = "**NOW** " if card.urgent else ""
    shown = f"[{headline}]({_address(card.url)})" if card.url else headline
    yield f'### <a id="{card.anchor}"></a>{card.number}. {now}{shown}'
    yield ""
    if card.original:
        yield from (f"{_marked(card.original)}", "")
    if card.gloss:
        yield from (escape("; ".join(card.gloss)), "")
    if card.machine:
        yield from (f"{escape(card.machine)} (machine)", "")
    for outlet in card.outlets:
        name = escape(outlet.name)
        shown = f"[{name}]({_address(outlet.url)})" if outlet.url else name
        about = [shown, *map(escape, outlet.about)]
        printed = f" ({escape(outlet.printed)})" if outlet.printed else ""
        yield f"- {outlet.clock} {' · '.join(about)}{printed}"
    if card.more_outlets:
        yield f"- and {card.more_outlets} more"
    for change in card.changes:
        text = escape(change.text)
        yield f"- **[{text}]({_address(change.url)})**" if change.url else f"- **{text}**"
    if card.opening:
        yield from ("", _marked(card.opening))
    for why in card.whys:
        block = f" ({escape(why.block)})" if why.block else ""
        yield from ("", f"> {_marked(why.pieces)}{block}")
    about = [*card.remarks, *footer(card, verbose=verbose)]
    yield from ("", f"<sub>{' · '.join(map(escape, about))}</sub>")


def _marked(pieces: Pieces) -> str:
    """Return pieces with marked runs in bold; blanks stay outside, as CommonMark wants it."""
    shown: list[str] = []
    for piece in pieces:
        text = escape(piece.text)
        core = text.strip()
        if piece.marked and core:
            before, after = text[: text.index(core)], text[text.index(core) + len(core) :]
            text = f"{before}**{core}**{after}"
        shown.append(text)
    return "".join(shown)


def _address(url: str) -> str:
    return quote(url, safe="/:?#[]@!$&'*+,;=%~-._")
