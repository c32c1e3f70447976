"""Who has a story: its outlets in the order in which they had it, with the delay to the first."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from msgspec import Struct

from monitor import url_keys
from monitor.dates import zone_words
from monitor.dates.durations import spoken
from monitor.digest.phrasing import clock, cut, language_code, link
from monitor.model import Copy, StoryView
from monitor.newsroom import outlet_name
from monitor.text import one_line

_COPIES = 3  # outlets shown of a story that many carry
_FEW = 5  # outlets up to which all are shown


class OutletLine(Struct, frozen=True):
    """One outlet's copy: when, who, what is known of it, and the time as it was printed."""

    clock: str  # in the reader's zone
    name: str
    about: tuple[str, ...]  # delay to the first ("+7 min"), language, the desk's label, role
    printed: str
    url: str


def outlet_lines(
    story: StoryView, today: date, zone: ZoneInfo, reader_language: str
) -> tuple[tuple[OutletLine, ...], int]:
    """Return the outlets in the order in which they had the story, and how many are not shown.

    No outlet stands twice, and no page that two of them lead to. Each goes by its name in the
    reader's language where that is known.
    """
    copies: list[Copy] = []
    seen: set[tuple[str, str]] = set()
    for copy in sorted(story.copies, key=_came):
        keys = {("outlet", one_line(copy.outlet)), ("url", url_keys.canonical(copy.url))}
        if not keys & seen:
            copies.append(copy)
        seen |= keys - {("url", "")}
    most = _FEW if len(copies) <= _FEW else _COPIES
    began = _came(copies[0]) if copies else None
    lines = tuple(_outlet(copy, began, today, zone, reader_language) for copy in copies[:most])
    return lines, len(copies) - len(lines)


def _came(copy: Copy) -> datetime:
    """Return when an outlet had a story: as it printed, unless that is a day or yet to come."""
    printed = copy.published
    if printed is None or printed.tzinfo is None or printed > copy.seen:
        return copy.seen
    return printed


def _outlet(
    copy: Copy, began: datetime | None, today: date, zone: ZoneInfo, reader_language: str
) -> OutletLine:
    printed = cut(one_line(copy.published_text), 48)
    if copy.published is None:
        printed = "first seen; no time printed"
    elif not printed and copy.published.tzinfo is not None:
        printed = f"{copy.published:%Y-%m-%d %H:%M} {zone_words(copy.published)}"
    late = _came(copy) - began if began is not None else timedelta(0)
    delay = f"+{spoken(late)}" if late >= timedelta(minutes=1) else ""
    role = "" if copy.role == "original" else cut(one_line(copy.role), 20)
    about = (delay, language_code(copy.language), cut(one_line(copy.label), 30), role)
    return OutletLine(
        clock=clock(copy.published or copy.seen, today, zone),
        name=cut(outlet_name(one_line(copy.outlet), reader_language), 48) or "unknown outlet",
        about=tuple(filter(None, about)),
        printed=printed,
        url=link(copy.url),
    )
