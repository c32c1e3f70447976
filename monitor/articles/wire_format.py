"""The wire record as text and as JSON.

The text has the shape of a wire story: section and time, headline, the "Updated" line and the
source, the picture's caption with its credit behind a slash, then the paragraphs, all set apart by
blank lines. Copyright lines and related stories are no part of it. A time is shown with the zone as
printed; where the page printed none it is written out with the offset that was assumed. A story
without a time is "undated".
"""

import re
from datetime import datetime, timedelta, tzinfo
from typing import Any
from zoneinfo import ZoneInfo

from monitor import dates
from monitor.model import Article
from monitor.text import one_line

_UPDATED = "Updated "
_PICTURE = "Picture: "
_UNDATED = "undated"  # under a section, so that it is not taken for the headline
_MACHINE = re.compile(r"^\s*\d{4}-\d\d-\d\d[T ]\d\d:\d\d|^\s*\d{8,}")


def wire_text(article: Article, *, now_zone: str | tzinfo | None = None) -> str:
    """Return the record as text, without a line feed at the end.

    Args:
        now_zone: the reader's zone (IANA name or tzinfo); its clock is added in brackets where it
            differs from the printed one.
    """
    zone = ZoneInfo(now_zone) if isinstance(now_zone, str) else now_zone
    published = _time(article.published, article.published_text, zone)
    updated = _time(article.updated, article.updated_text, zone)
    blocks = [
        _lines(article.section, published or (_UNDATED if article.section else "")),
        _lines(article.title),
        _lines(_UPDATED + updated if updated else "", article.source),
        _caption(article),
    ]
    body = [one_line(paragraph) for paragraph in article.body]
    standfirst = one_line(article.standfirst)
    if standfirst and standfirst not in body:
        blocks.append(standfirst)
    return "\n\n".join(block for block in (*blocks, *body) if block)


def to_json(article: Article) -> dict[str, Any]:
    """Return every field as JSON values: times in ISO 8601 with their offset, tuples as lists."""
    values: dict[str, Any] = {}
    for name in article.__struct_fields__:
        value = getattr(article, name)
        if isinstance(value, datetime):
            value = value.isoformat()
        elif isinstance(value, tuple):
            value = list(value)
        values[name] = value
    return values


def _lines(*lines: str) -> str:
    return "\n".join(line for raw in lines if (line := one_line(raw)))


def _caption(article: Article) -> str:
    caption, credit = one_line(article.caption), one_line(article.credit)
    if credit:
        return f"{caption} /{credit}".strip()
    return _PICTURE + caption if caption else ""


def _time(when: datetime | None, printed: str, zone: tzinfo | None) -> str:
    if when is None:
        return ""
    reading = dates.read(printed) if printed else None
    day_only = reading is not None and reading.precision == "day"
    if (
        reading is not None
        and (reading.zone == "printed" or day_only)
        and not _MACHINE.match(printed)
    ):
        shown = one_line(printed)
    elif day_only:
        return f"{when:%Y.%m.%d}"
    else:
        shown = f"{when:%Y.%m.%d %H:%M}{_offset(when)}"
    if zone is None or day_only or when.tzinfo is None:
        return shown
    local = when.astimezone(zone)
    if local.utcoffset() == when.utcoffset():
        return shown
    clock = f"{local:%H:%M}" if local.date() == when.date() else f"{local:%Y-%m-%d %H:%M}"
    return f"{shown} ({clock} {zone})"


def _offset(when: datetime) -> str:
    offset = when.utcoffset()
    if offset is None:
        return ""
    sign = "-" if offset < timedelta(0) else "+"
    minutes = round(abs(offset).total_seconds() / 60)
    hours, rest = divmod(minutes, 60)
    return f" GMT{sign}{hours}:{rest:02d}" if rest else f" GMT{sign}{hours}"
