"""The wire record of one news text."""

from datetime import datetime

from msgspec import Struct

from monitor.model.kinds import Access, Language, Origin

_FIRST_WORDS = 100  # characters


class Article(Struct, frozen=True):
    """The wire record: one news text with everything a desk wants to know of it.

    `published` and `updated` are None when nothing said so. They carry the offset printed on the
    page, or one that was assumed (then `notes` says so), or none at all when only a date without
    any hint of a zone was there.
    """

    url: str = ""
    title: str = ""
    section: str = ""
    published: datetime | None = None
    updated: datetime | None = None
    published_text: str = ""  # "2024.09.29 09:58 GMT+8", as printed
    updated_text: str = ""
    source: str = ""  # the outlet's name
    authors: tuple[str, ...] = ()  # people; a house name only when no person is given
    agency: str = ""  # "Xinhua", "Yonhap", "AP" … when the text is credited to one
    dateline: str = ""  # "SEOUL, Sept. 30 (Yonhap) --"; the first paragraph keeps it
    standfirst: str = ""
    caption: str = ""  # of the lead picture, credit removed
    credit: str = ""  # "CFP", "Xinhua"
    body: tuple[str, ...] = ()  # paragraphs and sub-headlines in reading order
    language: Language = ""
    canonical: str = ""  # canonical url if it differs from url
    access: Access = "full"
    origin: Origin = "page"
    notes: tuple[str, ...] = ()  # what was assumed, in one line each

    @property
    def headline(self) -> str:
        """What readers see the text called: its title; of a post without one its first words."""
        if self.title:
            return self.title
        words = " ".join((self.standfirst or next(iter(self.body), "")).split())
        if len(words) <= _FIRST_WORDS:
            return words
        head = words[: _FIRST_WORDS - 1]
        space = head.rfind(" ")
        return head[: space if space > _FIRST_WORDS // 2 else None].rstrip() + "…"
