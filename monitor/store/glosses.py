"""What the desk's translator said of headlines, so that it is asked once.

These texts stand apart from the articles: no rule, no grouping and no search ever sees them.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import Connection, select

from monitor.store.chunks import chunks
from monitor.store.schema import gloss


def of(db: Connection, keys: Sequence[str]) -> dict[str, str]:
    """Return what is known by key; keys of which nothing is known are left out."""
    found: dict[str, str] = {}
    for some in chunks(keys):
        part = select(gloss.c.key, gloss.c.text).where(gloss.c.key.in_(some))
        found.update((row.key, row.text) for row in db.execute(part))
    return found


def put(db: Connection, texts: Mapping[str, str], now: datetime) -> None:
    """Remember texts by key; what is known already stays as it is."""
    known = of(db, list(texts))
    rows = [{"key": key, "text": text, "at": now} for key, text in texts.items()]
    if rows := [row for row in rows if row["key"] not in known]:
        db.execute(gloss.insert(), rows)
