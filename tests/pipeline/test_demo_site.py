"""The whole way on the bundled wire site, held against what each story is meant for."""

from datetime import UTC, datetime
from pathlib import Path

from monitor import demo
from monitor.desk import Desk
from monitor.pipeline import open_pipeline, round_of
from monitor.settings import check_config
from monitor.store import articles, views
from monitor.store import flags as flag_store
from monitor.tomlfile import parse_toml


async def test_every_story_of_the_demo_is_flagged_as_meant(tmp_path: Path) -> None:
    """Wanted stories are flagged, hard negatives are not, and one wire story is one story."""
    now = datetime.now(UTC)
    with demo.serve(now) as base:
        text = demo.demo_config(base, tmp_path / "state")
        desk = Desk(check_config(parse_toml(text, "demo.toml"), tmp_path))
        async with open_pipeline(desk) as pipeline:
            first = await round_of(pipeline, tuple(desk.feeds.values()))
            second = await round_of(pipeline, tuple(desk.feeds.values()))
        expected = demo.expected_topics(base, now).items()
    # The record holds the page's own url, without what a feed adds to count clicks.
    meant = {url.partition("?utm_")[0]: topics for url, topics in expected}
    with desk.store.read() as db:
        stored = list(articles.since(db, None))
        flags = flag_store.of_articles(db, [item.id for item in stored])
        stories = views.flagged(db)
    desk.close()
    assert set(first.failed) == {"gone-gazette", "portal-page"}
    assert (second.new, second.unchanged) == (0, first.answered)
    assert all(item.text.origin == "page" for item in stored)
    found = {
        item.text.url: frozenset(flag.rule for flag in flags.get(item.id, ())) for item in stored
    }
    assert found == meant
    (sea,) = [story for story in stories if "Yellow Sea structures" in story.headline]
    assert len({copy.outlet for copy in sea.copies if copy.language == "en"}) == 3
