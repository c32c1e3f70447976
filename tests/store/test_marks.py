"""Marks: what a desk wrote on a story stays with it."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from monitor import model
from monitor.store import (
    Store,
    articles,
    desk_feeds,
    fsck,
    marks,
    open_store,
    retention,
    views,
)
from monitor.store import stories as story_store

NOW = datetime(2026, 11, 23, 6, 30, tzinfo=UTC)


@pytest.fixture
def store(tmp_path: Path, database: str):
    opened = open_store(tmp_path / "state", database)
    with opened.write() as db:
        desk_feeds.register(db, [model.Feed("wire", "https://example.org/feed")], NOW)
        new = [
            articles.NewArticle(
                "wire", f"a:{n}", "Wire", NOW, True, "never", model.Article(title=f"Story {n}")
            )
            for n in (1, 2)
        ]
        story_store.open_stories(db, articles.add(db, new), NOW)
    yield opened
    opened.close()


def kinds(store: Store, story: int) -> list[tuple[str, str]]:
    with store.read() as db:
        (view,) = views.stories(db, [story])
    return [(mark.kind, mark.text) for mark in view.marks]


def test_a_story_has_one_mark_of_a_kind(store: Store) -> None:
    """A second taker takes the place of the first; wanted and unwanted exclude each other."""
    with store.write() as db:
        marks.put(db, 1, "taken", "kim", NOW)
        marks.put(db, 1, "taken", "lee", NOW)
        marks.put(db, 1, "wanted", "", NOW)
        marks.put(db, 1, "unwanted", "", NOW)
    assert sorted(kinds(store, 1)) == [("taken", "lee"), ("unwanted", "")]
    with store.write() as db:
        assert marks.remove(db, 1, "taken")
        assert not marks.remove(db, 1, "taken")
    assert kinds(store, 1) == [("unwanted", "")]


def test_marks_go_with_a_merged_story(store: Store) -> None:
    """A story that turns out to be another's takes its marks along, but replaces none there."""
    with store.write() as db:
        marks.put(db, 2, "note", "call Seoul", NOW)
        marks.put(db, 2, "star", "", NOW)
        marks.put(db, 1, "note", "call Beijing", NOW)
        story_store.merge(db, 2, 1)
        assert marks.story_of(db, 2) == 1
    assert sorted(kinds(store, 1)) == [("note", "call Beijing"), ("star", "")]


def test_a_marked_story_is_not_forgotten(store: Store) -> None:
    """Retention keeps what somebody wrote on, flagged or not."""
    with store.write() as db:
        marks.put(db, 1, "star", "", NOW)
    retention.forget(store, NOW + timedelta(days=900), timedelta(days=30))
    assert kinds(store, 1) == [("star", "")]
    with store.read() as db:
        assert fsck.check(db, lambda *_: None) == []


def test_an_unknown_number_is_no_story(store: Store) -> None:
    """A number that names neither a story nor an article names nothing."""
    with store.read() as db:
        assert marks.story_of(db, 77) is None
