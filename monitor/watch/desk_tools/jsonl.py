"""JSON Lines in and out, for `monitor rules match`: a stable format that others build on.

In, one object a line: `id`, `title`, `text` (a newline ends a paragraph), and optionally `url`,
`published` (ISO 8601; `date` is read when it is missing), `language`, `feed` (a name) and `source`
(the outlet, which says what "Korea" alone means). What other commands print is read as well: the
`body` (a list), `standfirst`, `section`, `caption` and `outlet` of an export, the `headline` of a
listed story. Unknown keys are ignored.

Out: `{"id", "topics": [rule ids], "flags": [{"rule", "level", "score", "why": [...]}]}`.
"""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from monitor.errors import UsageError
from monitor.flag_json import flag_to_json
from monitor.model import Article, Feed, Flag


def article_from_json(line: Mapping[str, Any]) -> tuple[Article, Feed | None]:
    """Make an article, and the feed it names, of one parsed line.

    Raises:
        UsageError: when `title` and `text` are both missing, or a value is no text.
    """
    if not isinstance(line, Mapping):
        raise UsageError("expected an object with title and text")
    for key in ("title", "text", "url", "published", "date", "language", "feed", "source"):
        if not isinstance(line.get(key) or "", str):
            raise UsageError(f'"{key}" must be a text')
    title = line.get("title") or _said(line, "headline")
    text = line.get("text") or ""
    body = tuple(part for part in text.split("\n") if part.strip()) or _paragraphs(line)
    if not title and not body:
        raise UsageError('expected "title" or "text"')
    article = Article(
        url=line.get("url") or "",
        title=title,
        section=_said(line, "section"),
        standfirst=_said(line, "standfirst"),
        caption=_said(line, "caption"),
        body=body,
        published=_moment(line.get("published") or line.get("date") or ""),
        language=line.get("language") or "",
        source=line.get("source") or _said(line, "outlet"),
    )
    name = line.get("feed") or ""
    return article, Feed(name=name, url="") if name else None


def flags_to_json(item_id: object, flags: Sequence[Flag]) -> dict[str, Any]:
    """Return one line of output."""
    return {
        "id": item_id,
        "topics": [flag.rule for flag in flags],
        "flags": [flag_to_json(flag) for flag in flags],
    }


def _said(line: Mapping[str, Any], key: str) -> str:
    """Return a text that others may use for something else, "" for what is none."""
    value = line.get(key)
    return value if isinstance(value, str) else ""


def _paragraphs(line: Mapping[str, Any]) -> tuple[str, ...]:
    body = line.get("body") or []
    if not isinstance(body, Sequence) or not all(isinstance(part, str) for part in body):
        raise UsageError('"body" must be a list of texts')
    return (body,) if isinstance(body, str) else tuple(body)


def _moment(text: str) -> datetime | None:
    """Read a date as far as it is given: the flagging of offices needs no more than the day."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        digits = text.strip()
        if digits.isdigit() and len(digits) == 4:
            return datetime(int(digits), 7, 1, tzinfo=UTC) if int(digits) else None
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
