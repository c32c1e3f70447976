"""What a site holds: a record a story, kept beside the pages, from which all lists are made."""

import re
from datetime import date
from hashlib import sha256
from pathlib import Path

import msgspec
from msgspec import Struct, field

from monitor.errors import ConfigError

NAME = ".catalogue.json"
_PLAIN = re.compile(r"[a-z0-9][a-z0-9_-]{0,80}")


class Record(Struct, frozen=True):
    """One story in the lists."""

    id: int  # of the story, which its page is called by
    number: int  # as people call it: the article on top
    state: str  # what the page was made from, in short; another one asks for a new page
    day: date  # when it was first seen, in the desk's zone
    clock: str  # "07:30"
    headline: str
    language: str
    outlet: str  # "Yonhap +3"
    urgent: bool
    rules: tuple[str, ...]
    entities: tuple[str, ...]


class Catalogue(Struct, frozen=True):
    """A site's records and the names of what they mention."""

    form: str = ""  # what all pages depend on: this program, the zone, names; another: all anew
    stories: dict[int, Record] = field(default_factory=dict)
    moved: dict[int, int] = field(default_factory=dict)  # stories that became part of others
    rules: dict[str, str] = field(default_factory=dict)  # names by id
    entities: dict[str, str] = field(default_factory=dict)


def month_of(day: date) -> str:
    """Return "2026-11"."""
    return f"{day:%Y-%m}"


def file_name(id_: str) -> str:
    """Return a name for the page of a rule or an entity that every file system takes."""
    if _PLAIN.fullmatch(id_):
        return id_
    return f"x-{sha256(id_.encode('utf-8', 'surrogatepass')).hexdigest()[:16]}"


def read_catalogue(folder: Path) -> Catalogue:
    """Return what is known of the site in a folder; nothing of one that is new or damaged.

    Raises:
        ConfigError: the folder holds something that is no site of ours.
        OSError: it cannot be read.
    """
    try:
        data = (folder / NAME).read_bytes()
    except FileNotFoundError:
        if folder.exists() and any(folder.iterdir()):
            raise ConfigError(
                f"{folder} is not empty and holds no site of ours; name another folder"
            ) from None
        return Catalogue()
    try:
        return msgspec.json.decode(data, type=Catalogue)
    except (msgspec.DecodeError, UnicodeDecodeError):
        return Catalogue()


def to_bytes(catalogue: Catalogue) -> bytes:
    """Return the catalogue as it is kept."""
    return msgspec.json.encode(catalogue)
