"""A window of time holds its beginning and not its end, and a digest tells changes that matter."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from msgspec.structs import replace

from monitor import model
from monitor.store import (
    Store,
    alerts_told,
    articles,
    changes,
    desk_feeds,
    entries,
    entries_seen,
    open_store,
    outbox,
    views,
)
from monitor.store import flags as flag_store
from monitor.store import stories as story_store

NOW = datetime(2026, 11, 23, 6, 30, tzinfo=UTC)
WIRE = model.Feed("wire", "https://example.org/feed")
TICK = timedelta(microseconds=1)
HOUR = timedelta(hours=1)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = open_store(tmp_path / "state")
    with opened.write() as db:
        desk_feeds.register(db, [WIRE], NOW)
    yield opened
    opened.close()


def flagged_at(store: Store, *moments: datetime) -> list[int]:
    """Store a story flagged at each moment."""
    with store.write() as db:
        ids = []
        for at in moments:
            text = model.Article(title=f"{at:%H:%M:%S.%f}", body=("Text.",), language="en")
            row = articles.NewArticle("wire", f"a{at}", "Wire", NOW, True, "done", text)
            (article_id,) = articles.add(db, [row])
            flag_store.put(db, article_id, [model.Flag("topic", "now", 8.0, ())], at)
            articles.set_story(db, article_id, article_id, "original")
            story_store.touch(db, article_id, NOW)
            ids.append(article_id)
        return ids


def test_what_comes_at_the_end_of_a_window_is_in_the_next_one(store: Store) -> None:
    """Two windows that meet hold each flag once: that of their border is in the later one."""
    first, second, third, _ = flagged_at(store, NOW, NOW + HOUR - TICK, NOW + HOUR, NOW + 2 * HOUR)
    with store.read() as db:
        for begin, expected in ((NOW, [first, second]), (NOW + HOUR, [third])):
            span = {"since": begin, "until": begin + HOUR}
            assert sorted(view.id for view in views.flagged(db, **span)) == expected
            views_, ids = views.undigested(db, "morning", rules=["topic"], **span)
            assert sorted(view.id for view in views_) == expected
            assert len(ids) == len(expected)


def test_each_entry_is_counted_in_one_of_two_windows_that_meet(store: Store) -> None:
    """That of their border in the later one."""
    with store.write() as db:
        feed, _ = desk_feeds.register(db, [WIRE], NOW)["wire"]
        for at in (NOW, NOW + HOUR - TICK, NOW + HOUR):
            told = model.Entry(guid=f"{at}", url="", title="A headline")
            entries.add_all(db, [entries.Found(feed, [entries.new_entry((told.guid,), told)], at)])
    with store.read() as db:
        counts = [entries_seen.between(db, at, at + HOUR) for at in (NOW, NOW + HOUR)]
    assert counts == [2, 1]


def test_entries_are_told_apart_by_whose_feeds_they_are_of(store: Store) -> None:
    """A desk's own are those of its feeds, shared ones too, and of feeds that nobody has now."""
    other = store.for_desk("other")
    feeds = [replace(WIRE, name=name, url=f"https://example.org/{name}") for name in "abc"]
    with store.write() as db:
        known = desk_feeds.register(db, feeds, NOW)
        for number, name in enumerate("abc", 1):
            new = [model.Entry(guid=f"{n}", url="", title="A headline") for n in range(number)]
            found = [entries.new_entry((one.guid,), one) for one in new]
            entries.add_all(db, [entries.Found(known[name][0], found, NOW)])
        desk_feeds.register(db, feeds[:1], NOW)
    with other.write() as db:
        desk_feeds.register(db, feeds[:2], NOW)
    for desk, expected in ((store, (1 + 3, 2)), (other, (1 + 2 + 3, 0))):
        with desk.read() as db:
            assert entries_seen.by_desk(db, NOW, NOW + HOUR) == expected


@pytest.mark.parametrize(
    ("kind", "matters"),
    [
        ("update", False),
        ("correction", True),
        ("withdrawal", True),
        ("new take", True),
        ("new level", True),
    ],
)
def test_only_changes_that_matter_are_told_again(store: Store, kind: str, matters: bool) -> None:
    """A page that was merely touched up comes neither in the next digest nor as an alert."""
    (story,) = flagged_at(store, NOW)
    span = {"since": NOW, "until": NOW + HOUR}
    with store.write() as db:
        _, new = views.undigested(db, "morning", rules=["topic"], **span)
        ids = [flag.id for flag in new]
        outbox.add_digest(db, "morning", due=NOW, made=NOW, late=False, flag_ids=ids, **span)
        told = [(ids[0], "topic", story)]
        alerts_told.add_alert(db, "desk", told, message_id="<a@b>", now=NOW)
        what = model.Change(NOW + HOUR, kind, "Something.")  # type: ignore[arg-type]
        changes.add(db, story, story, what)
    expected = [story] if matters else []
    with store.read() as db:
        for begin, here in ((NOW, []), (NOW + HOUR, expected), (NOW + 2 * HOUR, [])):
            again = views.changed_since_digest(
                db, "morning", since=begin, until=begin + HOUR, rules=["topic"]
            )
            assert [view.id for view in again] == here
        assert [row[2] for row in alerts_told.changed(db, "desk", since=NOW)] == expected
