"""What is exported of an article."""

from datetime import datetime

from msgspec import Struct

from monitor.model import Article


class Record(Struct, frozen=True):
    """One article as it goes out."""

    id: int
    story: int | None  # as readers know it: its `StoryView.shown_id`
    outlet: str
    feed: str
    rules: tuple[str, ...]  # that flagged it, the strongest first
    first_seen: datetime  # aware
    article: Article

    @property
    def abstract(self) -> str:
        """The standfirst, or the first paragraph."""
        return self.article.standfirst or next(iter(self.article.body), "")
