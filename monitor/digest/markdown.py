"""The digest as Markdown (CommonMark), for wikis, notes and repositories.

Text from the web is escaped, so that it can make neither markup nor HTML nor links.
"""

import re
from collections.abc import Iterable
from urllib.parse import quote

from monitor.digest.card import Card
from monitor.digest.page import lay_out
from monitor.digest.phrasing import Pieces
from monitor.model import Digest
from monitor.text.bars import bars

_SPECIAL = re.compile(r"([\\`*_{}\[\]<>#|~&$@])")
_LINE_START = re.compile(r"^(\d+(?=[.)])|(?=[-+=]))")


def to_markdown(digest: Digest) -> str:
    """Return the digest as Markdown, ending in a newline."""
    page = lay_out(digest)
    lines = [f"# {escape(page.title)}, {page.day}", ""]
    lines += [f"**{escape(page.summary)}**  ", f"{escape(page.window)}", ""]
    for note in page.notes:
        lines += [f"> {escape(note)}", ""]
    if page.rows:
        lines += ["| rule | now | days before and now | usual |", "|:--|--:|:--|:--|"]
        lines += [
            f"| {escape(row.name)} | {row.count} | {bars((*row.history, row.count))} "
            f"| {row.usual} |"
            for row in page.rows
        ]
        lines.append("")
    if page.empty:
        lines += [escape(page.empty), ""]
    for section in page.sections:
        lines += [f"## {escape(section.name)} ({section.count})", ""]
        lines += [f"_{escape(section.remark)}_", ""] if section.remark else []
        for card in section.cards:
            lines += [*_card(card), ""]
    lines += ["---", ""]
    lines += [f"- {escape(line)}" for line in (*page.coverage, *page.troubles)]
    lines.append(f"- Made {escape(page.made)}.")
    return "\n".join(lines) + "\n"


def escape(text: str) -> str:
    """Return text in which no character means anything to Markdown."""
    return _LINE_START.sub(r"\1\\", _SPECIAL.sub(r"\\\1", text))


def _card(card: Card) -> Iterable[str]:
    headline = _marked(card.headline)
    now = "**NOW** " if card.urgent else ""
    yield f"### {card.number}. {now}" + (
        f"[{headline}]({_address(card.url)})" if card.url else headline
    )
    yield ""
    for outlet in card.outlets:
        name = escape(outlet.name)
        shown = f"[{name}]({_address(outlet.url)})" if outlet.url else name
        about = [shown, *(escape(part) for part in (outlet.language, outlet.role) if part)]
        printed = f" ({escape(outlet.printed)})" if outlet.printed else ""
        yield f"- {outlet.clock} {' · '.join(about)}{printed}"
    if card.more_outlets:
        yield f"- and {card.more_outlets} more outlets"
    for change in card.changes:
        yield f"- **{escape(change)}**"
    if card.opening:
        yield from ("", _marked(card.opening))
    for why in card.whys:
        block = f" ({escape(why.block)})" if why.block else ""
        yield from ("", f"> {_marked(why.pieces)}{block}")
    about = [f"flagged for {escape(', '.join(card.words))}"] if card.words else []
    about += [f"names {escape(', '.join(card.entities))}"] if card.entities else []
    about += [f"also under {escape(', '.join(card.also))}"] if card.also else []
    about += [escape(remark) for remark in card.remarks]
    about += [f"score {card.score}"] if card.score else []
    yield from ("", f"<sub>{' · '.join([*about, f'story {card.id}'])}</sub>")


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
