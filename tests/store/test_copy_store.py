"""A store moved to another database."""

import sqlite3
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import text

from monitor import model
from monitor.errors import StoreError
from monitor.store import (
    Store,
    articles,
    desk_feeds,
    entries,
    feeds,
    fsck,
    open_store,
    outbox,
    search_index,
)
from monitor.store.copy_store import copy_store

FEED = model.Feed("wire", "https://a.example/")
NOW = datetime(2026, 11, 23, 6, 30, 0, 123456, tzinfo=UTC)
WORDS = (
    "Envoys hold talks",
    "한중 외교장관 회담 — “대화”",
    "两国外长会谈\u2028",
    "日中韓の外相が会談 🕊",
)


def filled(folder: Path) -> Store:
    """A store with something in it, in four scripts."""
    store = open_store(folder)
    with store.write() as db:
        [(feed_id, _)] = desk_feeds.register(
            db, [model.Feed("wire", "https://a.example/")], NOW
        ).values()
        feeds.save(db, {feed_id: model.FeedState(polled_at=NOW, ok_at=NOW)})
        found = [
            entries.new_entry((f"id:{n}",), model.Entry(str(n), f"https://a.example/{n}", title))
            for n, title in enumerate(WORDS)
        ]
        entries.add_all(db, [entries.Found(feed_id, found, NOW)])
        texts = [model.Article(url=f"https://a.example/{n}", title=t) for n, t in enumerate(WORDS)]
        articles.add(
            db,
            [
                articles.NewArticle("wire", one.url, "Wire", NOW, True, "never", one)
                for one in texts
            ],
        )
        outbox.enqueue(
            db, message_id="<1@x>", target="terminal", subject="s", data="{}", now=NOW
        )  # fmt: skip
    return store


def silent(_what: str, _done: int, _total: int) -> None:
    pass


def test_all_of_it_is_there_and_goes_on(tmp_path: Path, database: str) -> None:
    """Rows, times and texts are the same, the index finds them, and new rows get new numbers."""
    source, target = filled(tmp_path / "old"), open_store(tmp_path / "new", database)
    copy_store(source, target, silent, replace=False)
    with source.read() as old, target.read() as new:
        for row in zip(entries.every(old), entries.every(new), strict=True):
            assert row[0] == row[1]
        assert feeds.known(old) == feeds.known(new)
    with target.write() as db:
        while search_index.catch_up(db):
            pass
    with target.read() as db:
        assert fsck.check(db, silent) == []
    with target.write() as db:
        one = model.Article(url="https://a.example/9", title="More")
        new_article = articles.NewArticle("wire", one.url, "Wire", NOW, True, "never", one)
        assert articles.add(db, [new_article]) == [len(WORDS) + 1]
    source.close()
    target.close()


def test_it_can_be_done_again(tmp_path: Path, database: str) -> None:
    """A second copy is refused, unless it is to take the place of the first."""
    source, target = filled(tmp_path / "old"), open_store(tmp_path / "new", database)
    first = copy_store(source, target, silent, replace=False)
    with pytest.raises(StoreError, match="holds 4 entries already"):
        copy_store(source, target, silent, replace=False)
    with source.write() as db:
        outbox.enqueue(
            db, message_id="<2@x>", target="terminal", subject="s", data="{}",
            now=NOW + timedelta(days=1),
        )  # fmt: skip
    assert copy_store(source, target, silent, replace=True) == first + 1
    source.close()
    target.close()


def test_a_copy_that_is_broken_off_leaves_the_target_as_it_was(
    tmp_path: Path, database: str
) -> None:
    """What is raised in the middle undoes all of it."""
    source, target = filled(tmp_path / "old"), open_store(tmp_path / "new", database)

    def stop(what: str, _done: int, _total: int) -> None:
        if what == "article":
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        copy_store(source, target, stop, replace=False)
    with target.read() as db:
        assert list(entries.every(db)) == []
    source.close()
    target.close()


def test_another_programs_database_is_refused(tmp_path: Path, database: str) -> None:
    """Tables that are not ours are left alone, with advice."""
    if database:
        store = open_store(tmp_path, database)
        with store.write() as db:
            db.execute(text("DROP TABLE alembic_version"))
        store.close()
    else:
        with sqlite3.connect(tmp_path / "monitor.db") as other:
            other.execute("CREATE TABLE feed (id integer)")
        other.close()
    with pytest.raises(StoreError, match="another program"):
        open_store(tmp_path, database)
