"""Articles move between stories, and what was told of them goes along."""

import contextlib
import sqlite3
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import text

from monitor import model
from monitor.store import Store, alerts_told, changes, marks, open_store, story_states
from monitor.store import stories as story_store
from tests.store.test_store import NOW, article_in, registered, store

__all__ = ["store"]  # a fixture


def tell(opened: Store, who: str) -> None:
    """Remember that somebody was told of all that waits."""
    with opened.write() as db:
        waiting = alerts_told.unalerted(db, who, since=NOW - timedelta(days=1))
        alerts_told.add_alert(db, who, waiting, message_id="<one@desk>", now=NOW)


def test_what_was_told_of_an_article_goes_with_it(store: Store) -> None:
    """After a move the story that it came to counts as told, and the one it left no longer."""
    registered(store)
    first, second = article_in(store, "a", "A"), article_in(store, "b", "B", "rule")
    third = article_in(store, "c", "C", story=second)
    tell(store, "desk")
    with store.write() as db:
        story_store.move(db, {second: first}, NOW)
    with store.read() as db:
        assert alerts_told.last_told(db, "desk", first, "rule") is not None
        assert alerts_told.last_told(db, "desk", second, "rule") is None
        assert alerts_told.unalerted(db, "desk", since=NOW - timedelta(days=1)) == []
        assert story_store.members(db, first) == [first, second]
        assert story_store.members(db, second) == [third]


def test_story_that_is_left_empty_is_merged_into_where_its_first_article_went(store: Store) -> None:
    """What happened to it is told of the other story, and it is counted no more."""
    registered(store)
    first, second = article_in(store, "a", "A"), article_in(store, "b", "B")
    with store.write() as db:
        changes.add(db, second, second, model.Change(NOW, "new take", "Wire: B"))
        assert story_store.count(db) == 2
        story_store.move(db, {second: first}, NOW)
        assert story_store.count(db) == 1
        assert [one.what for one in changes.of(db, [first])[first]] == ["Wire: B"]


@pytest.mark.parametrize("stale", [False, True], ids=["now", "written by an older version"])
def test_story_that_articles_come_back_to_is_one_again(store: Store, stale: bool) -> None:
    """It was merged into another, which is not taken for it any more."""
    registered(store)
    first, second = article_in(store, "a", "A"), article_in(store, "b", "B")
    with store.write() as db:
        story_store.move(db, {second: first}, NOW)
        assert story_states.merged(db) == {second: first}
        story_store.move(db, {second: second}, NOW)
        if stale:
            db.execute(
                text("UPDATE story SET merged_into = :first WHERE id = :second"),
                {"first": first, "second": second},
            )
    with store.read() as db:
        assert (marks.story_of(db, first), marks.story_of(db, second)) == (first, second)
        assert story_states.merged(db) == {}
        assert story_store.count(db) == (1 if stale else 2)


def test_of_two_decisions_on_the_same_articles_the_later_holds(store: Store) -> None:
    """An article that was joined and then parted is parted, and joined again after that."""
    with store.write() as db:
        for number, (article, other) in enumerate([(1, 2), (1, 2), (3, 4)]):
            story_store.choose(db, article, other, NOW + timedelta(minutes=number))
        assert story_store.choices(db) == [(1, 2), (3, 4)]
        story_store.choose(db, 2, 0, NOW + timedelta(hours=1))
        assert story_store.choices(db) == [(3, 4), (2, 0)]
        story_store.choose(db, 2, 3, NOW + timedelta(hours=2))
        assert story_store.choices(db) == [(3, 4), (2, 3)]


def test_store_of_the_version_before_can_keep_decisions(tmp_path: Path) -> None:
    """A database without the table gets it at the first start, and keeps its articles."""
    old = open_store(tmp_path / "state")
    registered(old)
    article = article_in(old, "a", "A")
    old.close()
    with contextlib.closing(sqlite3.connect(tmp_path / "state" / "monitor.db")) as db:
        db.execute("DROP TABLE by_hand")
        db.execute("UPDATE alembic_version SET version_num = '0006'")
        db.commit()
    opened = open_store(tmp_path / "state")
    with opened.write() as db:
        story_store.choose(db, article, 0, NOW)
        assert story_store.choices(db) == [(article, 0)]
        assert story_store.members(db, article) == [article]
    opened.close()
