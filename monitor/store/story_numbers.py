"""What people call stories by: the id of the article on top, not the id that a story is kept by."""

from collections.abc import Iterable

from sqlalchemy import Connection, exists, func, select

from monitor import model
from monitor.store.chunks import chunks
from monitor.store.schema import article, story

ROLES: tuple[model.Role, ...] = ("original", "take", "copy", "rewrite", "translation")  # top first
# A story that was merged into another and has articles again is one, also where its row says that
# it is not: older versions left that standing.
HOLDS_ARTICLES = exists(select(article.c.id).where(article.c.story_id == story.c.id))


def shown_ids(db: Connection, story_ids: Iterable[int | None]) -> dict[int | None, int]:
    """Return the `StoryView.shown_id` of stories by their ids; those without articles are left out.

    None among them, the story of an article that is in none yet, is left out as well.
    """
    wanted = sorted({id_ for id_ in story_ids if id_ is not None})
    tops: dict[int | None, tuple[int, int]] = {}
    for some in chunks(wanted):
        query = (
            select(article.c.story_id, article.c.role, func.min(article.c.id).label("first"))
            .where(article.c.story_id.in_(some))
            .group_by(article.c.story_id, article.c.role)
        )
        for row in db.execute(query):
            place = (ROLES.index(row.role), row.first)
            tops[row.story_id] = min(place, tops.get(row.story_id, place))
    return {story: number for story, (_, number) in tops.items()}
