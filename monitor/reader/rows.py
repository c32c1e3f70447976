"""Lists as lines: one for a rule, one for a story, two for a hit; cut to a number of columns.

What the desk wrote on a story stands before it in letters, as mutt does it: `N` nobody has read
it, `*` a star, `T` somebody took it, `#` a note, `x` not for us, `+` for us.
"""

from collections.abc import Iterable
from zoneinfo import ZoneInfo

from msgspec import Struct
from textual.content import Content

from monitor import model
from monitor.digest.phrasing import clock, link
from monitor.digest.plain import short_outlet
from monitor.reader.store_queries import Listed, Listing, SearchHit, SearchResult, Section, has
from monitor.search import Snippet
from monitor.text import clean, one_line
from monitor.text.columns import pad, width

MARKED = "underline"
_LETTERS: tuple[tuple[model.MarkKind, str], ...] = (
    ("star", "*"), ("taken", "T"), ("note", "#"), ("unwanted", "x"), ("wanted", "+"),
)  # fmt: skip
_OUTLET = 18  # most columns


class Row(Struct, frozen=True):
    """A line of a list; `article` is what opens, 0 for a heading."""

    line: Content
    article: int = 0
    story: int | None = None
    unread: bool = False
    marks: tuple[model.Mark, ...] = ()
    url: str = ""


def letters(held: Iterable[model.Mark]) -> str:
    """Return the marks of a story as letters, in five columns."""
    kinds = {mark.kind for mark in held}
    found = ("" if "read" in kinds else "N") + "".join(
        letter for kind, letter in _LETTERS if kind in kinds
    )
    return f"{found:<5}"[:5]


def listing_rows(listing: Listing, columns: int, *, keep: str = "all") -> list[Row]:
    """Return the lines of a listing: a heading for each rule, then its stories.

    Args:
        listing: what to show.
        columns: of the screen.
        keep: "all", "unread" or "starred".
    """
    rows: list[Row] = []
    for section in listing.sections:
        shown = [story for story in section.stories if _kept(story, keep)]
        if not shown:
            continue
        rows.append(Row(_heading(section, columns)))
        clocks = max(width(story.card.clock) for story in shown)
        outlets = min(_OUTLET, max(width(story.card.first_outlet) for story in shown))
        rows += (_story_row(story, columns, clocks, outlets) for story in shown)
    return rows


def result_rows(result: SearchResult, columns: int, zone: ZoneInfo) -> list[Row]:
    """Return two lines for each hit: its headline, and the print around what was found."""
    return [_hit_row(hit, result, columns, zone) for hit in result.hits]


def _kept(story: Listed, keep: str) -> bool:
    if keep == "unread":
        return story.unread
    return keep != "starred" or has(story.view.marks, "star")


def _heading(section: Section, columns: int) -> Content:
    unread = sum(story.unread for story in section.stories)
    counts = f"  {len(section.stories)}" + (f", {unread} unread" if unread else "")
    name = one_line(section.name)
    name = pad(name, min(width(name), max(1, columns - width(counts))))
    return Content.assemble((name, "bold $secondary"), (counts, "dim"))


def _story_row(story: Listed, columns: int, clocks: int, outlets: int) -> Row:
    card, view = story.card, story.view
    outlet = pad(short_outlet(card, outlets), outlets)
    room = columns - 5 - clocks - 2 - width(outlet) - 2 - (4 if card.urgent else 0)
    parts = [(letters(view.marks), "$warning"), (f"{card.clock:>{clocks}}  ", "dim")]
    if card.urgent:
        parts.append(("NOW ", "bold $error"))
    headline = Content.assemble(
        *((piece.text, MARKED if piece.marked else "") for piece in card.headline)
    )
    line = Content.assemble(
        *parts, fitted(headline, room, "bold" if story.unread else ""), "  ", (outlet, "dim")
    )
    return Row(line, _opens(story), view.id, story.unread, view.marks, card.url)


def _opens(story: Listed) -> int:
    """Return the copy whose headline the line shows."""
    if story.card.original:
        for copy in story.view.copies:
            if copy.language.startswith(story.card.language):
                return copy.article
    return story.view.shown_id


def _hit_row(hit: SearchHit, result: SearchResult, columns: int, zone: ZoneInfo) -> Row:
    item = hit.article
    when = clock(item.first_seen, result.today, zone)
    outlet = one_line(item.outlet)
    outlet = pad(outlet, min(width(outlet), _OUTLET))
    room = columns - 5 - 2 - width(when) - 2 - width(outlet)
    unread = hit.unread and item.story is not None
    title = fitted(marked(hit.title), room, "bold" if unread else "")
    line = Content.assemble(
        (letters(hit.marks) if item.story is not None else " " * 5, "$warning"),
        title, "  ", (outlet, "dim"), "  ", (when, "dim"), "\n     ",
        fitted(marked(hit.text), columns - 5, "dim"),
    )  # fmt: skip
    return Row(line, item.id, item.story, unread, hit.marks, link(item.text.url))


def marked(found: Snippet) -> Content:
    """Return a snippet as one harmless line, what was found underlined."""
    parts: list[tuple[str, str]] = []
    at = 0
    for start, end in (*found.marks, (len(found.text), len(found.text))):
        parts.append((harmless(found.text[at:start]), ""))
        parts.append((harmless(found.text[start:end]), MARKED))
        at = max(at, end)
    return Content.assemble(*parts)


def fitted(line: Content, columns: int, style: str = "") -> Content:
    """Return a line in exactly so many columns, cut with an ellipsis where it is longer."""
    columns = max(1, columns)
    shown = pad(line.plain, columns)
    cut = width(line.plain) > columns
    kept = len(shown.rstrip(" ")) - 1 if cut else len(line.plain)
    whole = line[:kept] + shown[kept:]
    return whole.stylize_before(style) if style else whole


def harmless(text: str) -> str:
    """Return a part of a text as it may stand inside a line; its outer blanks stay."""
    return clean(text).replace("\n", " ").replace("\t", " ")
