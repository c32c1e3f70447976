"""A round of a desk, and what the store holds after it."""

from monitor import model
from monitor.desk import Desk
from monitor.pipeline import Report, open_pipeline, round_of
from monitor.store import articles, views
from tests.wire import Clock

HEADLINE = "South Korea, China foreign ministers agree on coast guard hotline talks"


async def poll(desk: Desk, clock: Clock | None = None) -> Report:
    """Do one round of all feeds of a desk, as `monitor poll` does."""
    async with open_pipeline(desk, clock=clock or Clock()) as pipeline:
        return await round_of(pipeline, pipeline.as_read(desk.feeds.values()))


def stored(desk: Desk) -> list[articles.StoredArticle]:
    """All articles."""
    with desk.store.read() as db:
        return list(articles.since(db, None))


def flagged(desk: Desk) -> list[model.StoryView]:
    """All stories that are flagged, as readers see them."""
    with desk.store.read() as db:
        return views.flagged(db)


def rules_by_headline(desk: Desk) -> dict[str, set[str]]:
    """The rules that flag each story for a desk."""
    return {story.headline: {flag.rule for flag in story.flags} for story in flagged(desk)}
