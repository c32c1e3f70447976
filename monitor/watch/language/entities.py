"""What the gazetteer holds: entities, decoys, offices and who held them when.

The keys that users write are described in `gazetteer`; a field with an `alias` has that key.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Annotated, ClassVar, Literal

from pydantic import AfterValidator, ConfigDict, Field, Strict

from monitor.tomlfile.validation import Wrong
from monitor.watch.language.codes import Names, Side

Type = Literal[
    "person", "place", "org", "firm", "media", "country", "region", "pair", "term", "weapon",
    "agreement", "event",
]  # fmt: skip
_DATE = re.compile(r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?")


def _day(text: str) -> str:
    if text and not _DATE.fullmatch(text):
        raise Wrong(f'not a date: "{text}"', "write 2026, 2026-11 or 2026-11-23, in quotes")
    return text


Day = Annotated[str, AfterValidator(_day)]  # "2026", "2026-11" or "2026-11-23"
Id = Annotated[str, Field(min_length=1)]
Flag = Annotated[bool, Strict()]
Texts = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Tenure:
    """An office held for a time; dates as in the file, "" for an open end."""

    __pydantic_config__: ClassVar[ConfigDict] = ConfigDict(extra="forbid")
    office: str
    since: Annotated[Day, Field(alias="from")] = ""
    until: Day = ""
    acting: Flag = False
    sure: Literal["source", "part", "memory"] = "source"
    person: str = ""

    def held(self, day: str) -> bool:
        """Was the office held on `day` ("2026-11-23")?"""
        return _lies_in(day, self.since, self.until)


@dataclass(frozen=True, slots=True)
class Entity:
    """One thing with all its names; `gazetteer` describes the keys.

    Attributes:
        file: where it was read; `as_of`: when that file's facts were last checked.
        tenures: filled in when all files are read.
        extend: it adds to the entity of the same id that stands.
    """

    __pydantic_config__: ClassVar[ConfigDict] = ConfigDict(extra="forbid")
    id: Id
    type: Type
    sides: tuple[Side, ...] = ()
    about: str = ""
    told_as: str = ""
    office: str = ""
    since: Annotated[Day, Field(alias="from")] = ""
    until: Day = ""
    names: Names = field(default_factory=dict)
    weak: Names = field(default_factory=dict)
    short: Names = field(default_factory=dict)
    headline: Names = field(default_factory=dict)
    home: Names = field(default_factory=dict)
    acronyms: Texts = ()
    weak_acronyms: Texts = ()
    near: Texts = ()
    compounds: Texts = ()
    common: Flag = False
    seen: Names = field(default_factory=dict)
    unverified: Texts = ()
    extend: Flag = False
    file: str = ""
    as_of: str = ""
    tenures: tuple[Tenure, ...] = ()

    def held(self, day: str, office: str = "") -> bool:
        """Did this person hold an office, or a certain one, on `day` ("2026-11-23")?

        Who has no office that is known of held it if the dates of the entity say so.
        """
        if not self.tenures:
            return not office and _lies_in(day, self.since, self.until)
        return any(t.held(day) for t in self.tenures if not office or t.office == office)

    def offices(self) -> tuple[str, ...]:
        """Return the ids of all offices that this person holds or held."""
        return tuple(dict.fromkeys(tenure.office for tenure in self.tenures))

    def display(self, language: str = "en") -> str:
        """Return the name to show in `language`, else the English one, else any."""
        for key in (language, f"{language}-Hans", "en", "ko", "zh-Hans", "ja"):
            for group in (self.names, self.weak):
                if group.get(key):
                    return group[key][0]
        return self.acronyms[0] if self.acronyms else self.id


@dataclass(frozen=True, slots=True)
class Decoy:
    """Phrases that swallow the names inside them; `country`: of an outlet."""

    __pydantic_config__: ClassVar[ConfigDict] = ConfigDict(extra="forbid")
    id: Id
    names: Names = field(default_factory=dict)
    why: str = ""
    country: str = ""
    extend: Flag = False
    file: str = ""


@dataclass(frozen=True, slots=True)
class Office:
    """Titles of one office by language."""

    id: str
    side: str
    titles: Mapping[str, Texts]
    file: str = ""
    leader: bool = False  # of a state: headlines name its holder by surname


def _lies_in(day: str, since: str, until: str) -> bool:
    """Lies a day ("2026-11-23") between two dates of any precision? Open ends hold."""
    return (not since or since <= day) and (not until or day[: len(until)] <= until)
