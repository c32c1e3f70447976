"""How much the store holds."""

from msgspec import Struct
from sqlalchemy import Connection, func, select

from monitor.store.schema import article, entry, feed, flag
from monitor.store.whose import desk_of


class Sizes(Struct, frozen=True):
    """How many rows the store holds; of flags and flagged stories those of the desk."""

    feeds: int
    entries: int
    articles: int
    flags: int
    stories: int


def sizes(db: Connection) -> Sizes:
    """Return how many rows the store holds."""
    mine = flag.c.desk == desk_of(db)
    tables = {"feeds": feed, "entries": entry, "articles": article}
    sizes = {
        name: int(db.execute(select(func.count()).select_from(table)).scalar_one())
        for name, table in tables.items()
    }
    sizes["flags"] = int(db.execute(select(func.count()).where(mine)).scalar_one())
    told = select(flag.c.article_id).where(flag.c.level != "log", mine)
    shown = select(func.count(article.c.story_id.distinct())).where(article.c.id.in_(told))
    stories = int(db.execute(shown).scalar_one())
    return Sizes(**sizes, stories=stories)
