"""Faults of a store: what the engine finds, and what the program relies on beyond constraints."""

import json
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from sqlalchemy import Connection, Select, exists, select, text

from monitor import model
from monitor.progress import Progress
from monitor.store import codec, search_index
from monitor.store.migration import HEAD
from monitor.store.schema import (
    article,
    entry,
    entry_key,
    feed,
    flag,
    outbox,
    revision,
    story,
)

_SHOWN = 5  # examples in one line of a fault


def check(db: Connection, progress: Progress) -> list[str]:
    """Return what is wrong with a database, a line each; none when it is sound.

    The engine's own checks come first, then what the program relies on beyond its constraints.
    """
    faults = list(_engine_faults(db))
    queries = list(_broken().items())
    for done, (what, query) in enumerate(queries):
        progress("checks", done, len(queries) + 2)
        if ids := list(db.execute(query.limit(10_000)).scalars()):
            faults.append(f"{what}: {len(ids)} ({_some(ids)})")
    progress("checks", len(queries), len(queries) + 2)
    faults += _unreadable(db)
    lacking, extra = search_index.differences(db)
    for what, ids in (("lacks", lacking), ("still holds", extra)):
        if ids:
            faults.append(f"the search index {what} {len(ids)} articles; run `monitor db reindex`")
    others = search_index.other_words(db, lambda done, total: progress("texts", done, total))
    if others and not (lacking or extra):
        some = ", ".join(others[:_SHOWN]) + (" …" if len(others) > _SHOWN else "")
        faults.append(
            f"the search index has {len(others)} words in other texts ({some}); "
            "run `monitor db reindex`"
        )
    version = db.execute(text("SELECT version_num FROM alembic_version")).scalar()
    if version != HEAD:
        faults.append(f"schema {version}, expected {HEAD}")
    progress("checks", len(queries) + 2, len(queries) + 2)
    return faults


def _engine_faults(db: Connection) -> Iterator[str]:
    if db.dialect.name != "sqlite":
        return
    for row in db.exec_driver_sql("PRAGMA integrity_check(20)"):
        if row[0] != "ok":
            yield f"integrity: {row[0]}"
    for row in db.exec_driver_sql("PRAGMA foreign_key_check"):
        yield f"{row[0]} row {row[1]} points to a {row[2]} that is not there"


def _broken() -> dict[str, Select[Any]]:
    """Queries for what must not be, by what it would be."""
    other = entry.alias("other")
    newest = exists(
        select(revision.c.number).where(
            revision.c.article_id == article.c.id, revision.c.number == article.c.revision
        )
    )
    keyed = exists(select(entry_key.c.key).where(entry_key.c.entry_id == entry.c.id))
    told = exists(select(story.c.id).where(story.c.id == article.c.story_id))
    into = story.alias("into")
    return {
        "entries that nothing identifies": select(entry.c.id).where(~keyed),
        "keys of one feed on an entry of another": select(other.c.id)
        .join(entry_key, entry_key.c.entry_id == other.c.id)
        .where(entry_key.c.feed_id != other.c.feed_id),
        "entries done without an article": select(entry.c.id).where(
            entry.c.work == "done", entry.c.article_id.is_(None)
        ),
        "articles without their newest text": select(article.c.id).where(~newest),
        "articles read but in no story": select(article.c.id).where(
            article.c.page == "done", article.c.story_id.is_(None)
        ),
        "articles in a story that is not there": select(article.c.id).where(
            article.c.story_id.is_not(None), ~told
        ),
        "stories merged into one that is not there": select(story.c.id).where(
            story.c.merged_into.is_not(None),
            ~exists(select(into.c.id).where(into.c.id == story.c.merged_into)),
        ),
        "flagged articles in no story": select(article.c.id)
        .join(flag, flag.c.article_id == article.c.id)
        .where(article.c.story_id.is_(None)),
        "messages sent without a time": select(outbox.c.id).where(
            outbox.c.state == "sent", outbox.c.sent.is_(None)
        ),
        "messages in no known state": select(outbox.c.id).where(
            outbox.c.state.not_in(("queued", "sent", "parked"))
        ),
    }


def _unreadable(db: Connection) -> Iterator[str]:
    """Rows of JSON that are no such value any more, by id; what they hold may be anything."""

    def value(kind: Any) -> Callable[[str], object]:
        return lambda data: codec.load(kind, data)

    def reasons(data: str) -> object:
        return codec.load_all(model.Reason, data)

    queued = outbox.c.state == "queued"
    for what, query, read in (
        ("what is remembered of feeds", select(feed.c.name, feed.c.state), value(model.FeedState)),
        ("messages in the outbox", select(outbox.c.id, outbox.c.data).where(queued), json.loads),
        ("what feeds told of entries", select(entry.c.id, entry.c.data), value(model.Entry)),
        (
            "texts of articles",
            select(revision.c.article_id, revision.c.data),
            value(model.Article),
        ),
        ("why articles were flagged", select(flag.c.article_id, flag.c.reasons), reasons),
    ):
        damaged = dict[str, None]()
        for name, data in db.execute(query, execution_options={"yield_per": 500}):
            try:
                read(data)
            except ValueError:
                damaged[str(name)] = None
        if damaged:
            yield f"{what} cannot be read: {len(damaged)} ({_some(list(damaged))})"


def _some(ids: Sequence[object]) -> str:
    return ", ".join(map(str, ids[:_SHOWN])) + (" …" if len(ids) > _SHOWN else "")
