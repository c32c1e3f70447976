"""What a name was found as; shared by those who find names, who weigh them and who read of them.

Nothing here needs the rules, so that what was found can be handed to who has not loaded them.
"""

from typing import Literal

from msgspec import Struct

from monitor.model import Zone

HowSure = Literal["safe", "weak", "acronym", "namesake", "title", "surname", "headline", "leader"]
Named = tuple[int, int, int, HowSure]  # start, end, number of the entity, how it was known


class Mention(Struct, frozen=True):
    """An entity named in an article."""

    entity: str  # id
    name: str  # to show, in the article's language
    sides: tuple[str, ...]
    zone: Zone
    strength: HowSure
    words: str  # as printed
    start: int  # in the article's text
    end: int
