"""A damaged row is named by its id, harms no other, and is found by `db check`."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from monitor import model
from monitor.store import (
    Store,
    articles,
    desk_feeds,
    entries,
    entry_work,
    feeds,
    fsck,
    open_store,
    retention,
    rounds,
    search_index,
    trends,
    views,
)
from monitor.store import flags as flag_store
from monitor.store import stories as story_store

NOW = datetime(2026, 11, 23, 6, 30, tzinfo=UTC)
SECRET = "s3cret-in-a-row"
DAMAGE = (SECRET, f'[{{"block": 1, "x": "{SECRET}"', f'{{"title": ["{SECRET}"], "etag": []}}')
ROWS = (
    ("feed", "state", "remembered of feed one"),
    ("entry", "data", "entry 1"),
    ("revision", "data", "article 1"),
    ("flag", "reasons", "article 1"),
    ("round", "report", "round 1"),
)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = open_store(tmp_path / "state")
    for name in ("one", "two"):
        _fill(opened, name)
    with opened.write() as db:
        rounds.add(db, NOW, NOW, '{"etag": "r"}')
    yield opened
    opened.close()


def _fill(store: Store, name: str) -> None:
    told = model.Entry(name, f"https://example.org/{name}", f"Title {name}", summary="Words.")
    with store.write() as db:
        feed_id, _ = desk_feeds.register(db, [model.Feed(name, told.url)], NOW)[name]
        feeds.save(db, {feed_id: model.FeedState(etag=name, listed=1)})
        ((entry_id,),) = entries.add_all(
            db, [entries.Found(feed_id, [entries.new_entry((f"guid:{name}",), told)], NOW)]
        )
        text = model.Article(url=told.url, title=told.title, body=("A body.",), language="en")
        row = articles.NewArticle(name, told.url, name, NOW, True, "done", text)
        (article_id,) = articles.add(db, [row])
        (waiting,) = entry_work.todo(db, 1, among=[entry_id])
        entry_work.done(db, [(waiting, article_id)])
        story_store.touch(db, article_id, NOW)
        articles.set_story(db, article_id, article_id, "original")
        hit = model.Hit("@a", "A", "body", 0, 0, 1, f"entity-{name}")
        reason = model.Reason("when 1", 5.0, "body", "A body.", ((0, 1),), ("A",), (hit,))
        flag_store.put(db, article_id, [model.Flag("topic", "digest", 5.0, (reason,))], NOW)


def _spoil(store: Store, table: str, column: str, value: str) -> None:
    """Damage the first row of a table."""
    with store.write() as db:
        first = f"(SELECT min(rowid) FROM {table})"
        db.exec_driver_sql(
            f"UPDATE {table} SET {column} = ? WHERE rowid = {first}",
            (value,),
        )


def _headlines(store: Store) -> list[list[str]]:
    """Everything that reads rows: by each of them, the headlines it knows."""
    with store.read() as db:
        since = NOW - timedelta(days=1)
        read = [
            [item.text.title for item in articles.since(db, None)],
            [entry.entry.title for entry, _ in entries.every(db)],
            [text.title for one in (1, 2) for _, text in articles.revisions(db, one)],
            sorted(view.headline for view in views.flagged(db)),
        ]
        assert feeds.known(db)["two"][1].etag == "two"
        assert [flag.rule for flag in flag_store.of_articles(db, [1])[1]] == ["topic"]
        assert "entity-two" in {
            name for name, *_ in trends.by_entity(db, since, NOW + timedelta(1))
        }
        rounds.last(db, model.FeedState)
    with store.write() as db:
        search_index.reset(db)
        search_index.catch_up(db)
    return read


@pytest.mark.parametrize("damage", DAMAGE)
@pytest.mark.parametrize(("table", "column", "named"), ROWS)
def test_a_damaged_row_is_named_and_harms_no_other(
    store: Store,
    caplog: pytest.LogCaptureFixture,
    table: str,
    column: str,
    named: str,
    damage: str,
) -> None:
    """Every headline is still there, and the log names the row without what it holds."""
    _spoil(store, table, column, damage)
    assert _headlines(store) == [["Title one", "Title two"]] * 4
    assert named in caplog.text
    assert SECRET not in caplog.text
    if table != "round":
        with store.read() as db:
            (fault,) = fsck.check(db, lambda *_: None)
        assert "cannot be read: 1 (" in fault
        assert SECRET not in fault


@pytest.mark.parametrize(("table", "column", "_named"), ROWS[:3])
def test_forgetting_goes_on_past_a_damaged_row(
    store: Store, table: str, column: str, _named: str
) -> None:
    """Texts of other articles are forgotten; of a feed that is damaged no identity goes."""
    with store.write() as db:
        db.exec_driver_sql("DELETE FROM flag")
    _spoil(store, table, column, SECRET)
    later = NOW + timedelta(days=800)
    assert retention.forget(store, later, timedelta(days=365)).bodies == 2
    with store.read() as db:
        titles = [entry.entry.title for entry, _ in entries.every(db)]
    assert titles == ["Title one", "Title two"]
