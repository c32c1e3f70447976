"""A story as it is shown: its copies, its changes, and what the desk wrote on it."""

from datetime import datetime
from typing import Literal

from msgspec import Struct

from monitor.model.flag import Flag
from monitor.model.kinds import Access, Language, Level, Origin, Role


class Copy(Struct, frozen=True):
    """One outlet's version of a story, as shown in a digest or list."""

    article: int  # store id
    outlet: str
    language: Language
    title: str
    url: str
    seen: datetime
    published: datetime | None
    published_text: str = ""
    role: Role = "original"
    feed: str = ""  # that brought it first
    label: str = ""  # what the desk tells readers of that feed's outlet


class Change(Struct, frozen=True):
    """Something that happened to a story after it was first seen."""

    at: datetime
    kind: Literal["update", "correction", "withdrawal", "new take", "new level", "new report"]
    what: str  # one line
    article: int = 0  # that brought it; 0: none that is known, or several


MarkKind = Literal["read", "star", "taken", "note", "wanted", "unwanted"]


class Mark(Struct, frozen=True):
    """What the desk itself wrote on a story."""

    kind: MarkKind
    text: str  # who took it, or the note; "" for the others
    at: datetime


class Told(Struct, frozen=True):
    """That readers were told of a story."""

    digest: str  # by which digest last
    at: datetime
    loudest: Level  # of the flags that were told


class NewFlag(Struct, frozen=True):
    """A flag that a digest has not carried."""

    id: int
    article: int
    story: int
    level: Level


class Related(Struct, frozen=True):
    """Another story that tells of a step of the same happening."""

    kind: Literal["earlier", "reaction", "later"]
    id: int  # of the article on its top
    headline: str
    language: Language


class StoryView(Struct, frozen=True):
    """One story as a reader sees it: the original on top, its copies beneath."""

    id: int
    headline: str
    language: Language
    first_seen: datetime
    last_seen: datetime
    copies: tuple[Copy, ...]  # the original first
    flags: tuple[Flag, ...] = ()
    opening: str = ""  # standfirst or first sentences
    entities: tuple[str, ...] = ()  # display names
    changes: tuple[Change, ...] = ()
    access: Access = "full"
    origin: Origin = "page"
    marks: tuple[Mark, ...] = ()
    # Names in the headline and what they are called in the reader's language.
    gloss: tuple[tuple[str, str], ...] = ()
    told: bool = False  # its readers were told of it before, and now of what came since
    related: tuple[Related, ...] = ()  # the nearest first
    machine: str = ""  # the headline as the desk's translator says it; never matched on

    @property
    def shown_id(self) -> int:
        """What people call it by, everywhere: the id of the article on top."""
        return self.copies[0].article if self.copies else self.id
