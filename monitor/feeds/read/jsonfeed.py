"""Reads JSON Feed (jsonfeed.org, versions 1 and 1.1), forgiving about types.

A field of the wrong type counts as missing; a number serves as an id or title. feedparser reads
none of these documents and does not say so.
"""

import json
from typing import Any

from monitor.errors import NotAFeed
from monitor.feeds.read.items import Head, Item, Reading


def read(text: str, limit: int) -> Reading:
    """Read at most `limit` items of a JSON document.

    Raises:
        NotAFeed: no JSON, or JSON that is no feed.
    """
    try:
        document = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise NotAFeed(f"this looks like JSON but cannot be read ({_first_line(error)})") from None
    if not isinstance(document, dict) or not isinstance(document.get("items"), list):
        keys = ", ".join(list(document)[:5]) if isinstance(document, dict) else "a list"
        raise NotAFeed(f"this is JSON but no JSON Feed (it holds {keys or 'nothing'})")
    head = Head(
        format="json",
        title=_text(document, "title"),
        link=_text(document, "home_page_url"),
        language=_text(document, "language"),
    )
    items = [_item(item) for item in document["items"][:limit] if isinstance(item, dict)]
    return Reading(head, tuple(items))


def _item(item: dict[str, Any]) -> Item:
    html = _text(item, "content_html")
    return Item(
        guid=_text(item, "id"),
        link=_text(item, "url") or _text(item, "external_url"),
        title=_text(item, "title"),
        summary=_text(item, "summary"),
        content=html or _text(item, "content_text"),
        authors=_authors(item),
        published=_text(item, "date_published"),
        updated=_text(item, "date_modified"),
        image=_text(item, "image"),
    )


def _authors(item: dict[str, Any]) -> tuple[str, ...]:
    authors = item.get("authors")
    listed = authors if isinstance(authors, list) else [item.get("author")]
    names = [_text(author, "name") for author in listed if isinstance(author, dict)]
    return tuple(dict.fromkeys(name for name in names if name))


def _text(values: dict[str, Any], key: str) -> str:
    value = values.get(key)
    if isinstance(value, str):
        return value.strip()
    if isinstance(value, int | float) and not isinstance(value, bool):
        return str(value)
    return ""


def _first_line(error: Exception) -> str:
    return str(error).splitlines()[0][:120] if str(error) else type(error).__name__
