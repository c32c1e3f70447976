"""The stories of a window: the newest of many, and how many there are."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

from monitor import model
from monitor.store import articles, desk_feeds, flags, marks, open_store, views
from monitor.store import stories as story_store

NOW = datetime(2026, 11, 23, 6, 30, tzinfo=UTC)


def test_the_newest_of_many_and_their_number(tmp_path: Path, database: str) -> None:
    """Of more stories than asked for come those flagged last; all are counted, and the unread."""
    store = open_store(tmp_path / "state", database)
    with store.write() as db:
        desk_feeds.register(db, [model.Feed("wire", "https://example.org/feed")], NOW)
        new = [
            articles.NewArticle(
                "wire", f"a:{n}", "Wire", NOW, True, "never", model.Article(title=f"Story {n}")
            )
            for n in range(4)
        ]
        ids = articles.add(db, new)
        story_store.open_stories(db, ids[:3], NOW)
        articles.set_story(db, ids[3], ids[0], "copy")  # a copy, flagged last
        for hours, article in enumerate(ids):
            at = NOW - timedelta(hours=4 - hours)
            flags.add(db, [(article, model.Flag("talks", "digest", 4.0, ()))], at)
        marks.put(db, ids[1], "read", "", NOW)
    day = {"since": NOW - timedelta(days=1), "until": NOW}
    with store.read() as db:
        assert {view.id for view in views.flagged(db, **day, most=2)} == {ids[0], ids[2]}
        assert views.count_flagged(db, **day) == 3
        assert views.count_flagged(db, **day, unread=True) == 2
        assert views.count_flagged(db, since=NOW, until=NOW + timedelta(days=1)) == 0
    store.close()
