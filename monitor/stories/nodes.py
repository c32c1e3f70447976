"""Texts, groups and stories: what articles are put together in, one in another.

A *text* is an article and its copies. A *group* is the texts in one language that report one event.
A story is the groups, one of each language, that do.
"""

from collections.abc import Iterable
from typing import Optional

from msgspec import Struct, field

LARGE = 16  # texts of a large group by which it is held against others
SAMPLE = 8  # articles of a text that are measured against others; some have thousands of copies


class Text(Struct, eq=False):
    """An article and its copies.

    `sample` are the slots of those that are measured against other articles, chosen by a number
    made of their ids: whichever order they came in, the same ones.
    """

    first: int  # the smallest article id it ever had
    language: str
    articles: list[int] = field(default_factory=list)  # ids
    sample: list[int] = field(default_factory=list)
    story: int = -1  # in none yet
    group: Optional["Group"] = None


class Group(Struct, eq=False):
    """Texts of one language that report one event, and its likely partners in others."""

    texts: tuple[Text, ...]
    language: str
    partners: dict["Group", float] = field(default_factory=dict)
    searched: bool = False  # for partners

    @property
    def first(self) -> int:
        """The smallest article id of its texts."""
        return min(text.first for text in self.texts)

    def articles(self) -> Iterable[int]:
        """The ids of its articles."""
        return (article for text in self.texts for article in text.articles)


def lot(article: int) -> int:
    """A number that decides which copies of a text are its sample."""
    return article * 0x9E3779B1 & 0xFFFFFFFF
