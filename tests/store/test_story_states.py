"""The short state of a story says when anything of it changed, and nothing else."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from monitor import model
from monitor.store import (
    Connection,
    Store,
    articles,
    changes,
    desk_feeds,
    marks,
    open_store,
    page_work,
    stories,
    story_states,
)
from monitor.store import flags as flag_store

NOW = datetime(2026, 11, 23, tzinfo=UTC)
REASON = model.Reason("when 1", 1.0, "body", "It was said.", (), ())


@pytest.fixture
def store(tmp_path: Path, database: str):
    """A store with two flagged stories and an article that is flagged for the log alone."""
    opened = open_store(tmp_path / "state", database)
    with opened.write() as db:
        desk_feeds.register(db, [model.Feed("wire", "https://example.org/feed")], NOW)
        new = [
            articles.NewArticle(
                "wire",
                f"a:{n}",
                "Wire",
                NOW,
                True,
                "done",
                model.Article(title=f"Talks {n}", origin="feed"),
            )
            for n in range(3)
        ]
        ids = articles.add(db, new)
        stories.open_stories(db, ids, NOW)
        flags = [(id_, model.Flag("talks", "digest", 1.0, (REASON,))) for id_ in ids[:2]]
        flag_store.add(db, [*flags, (ids[2], model.Flag("talks", "log", 1.0, ()))], NOW)
    yield opened
    opened.close()


def states(store: Store) -> dict[int, str]:
    with store.read() as db:
        return {one.id: one.state for one in story_states.flagged(db, ["talks"])}


def revise(db: Connection) -> None:
    stored = articles.get(db, 1)
    assert stored is not None
    articles.revise(db, stored, model.Article(title="Corrected", origin="feed"), NOW)


def read_page(db: Connection) -> None:
    stored = articles.get(db, 1)
    assert stored is not None
    text = model.Article(title="Talks 0", body=("The page says more.",))
    articles.revise(db, stored, text, NOW + timedelta(minutes=1))


def join(db: Connection) -> None:
    articles.set_story(db, 3, 1, "copy")


def raise_level(db: Connection) -> None:
    flag_store.put(db, 1, (model.Flag("talks", "now", 1.0, (REASON,)),), NOW)


@pytest.mark.parametrize(
    "change",
    [
        revise,
        read_page,
        join,
        raise_level,
        lambda db: changes.add(db, 1, 1, model.Change(NOW, "update", "more")),
        lambda db: marks.put(db, 1, "note", "call", NOW),
        lambda db: page_work.withdraw(db, 1, NOW + timedelta(hours=1)),
    ],
)
def test_whatever_happens_to_a_story_shows(
    store: Store, change: Callable[[Connection], None]
) -> None:
    """A new text, copy, level, change, mark or withdrawal: that story has another state."""
    before = states(store)
    assert set(before) == {1, 2}
    assert states(store) == before
    with store.write() as db:
        change(db)
    after = states(store)
    assert after[1] != before[1]
    assert after[2] == before[2]


def test_a_merged_story_is_known_by_where_it_ended(store: Store) -> None:
    """A chain of merges leads to the story that is left."""
    with store.write() as db:
        stories.merge(db, 3, 2)
        stories.merge(db, 2, 1)
    with store.read() as db:
        assert story_states.merged(db) == {3: 1, 2: 1}
    assert set(states(store)) == {1}
