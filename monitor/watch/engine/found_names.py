"""What a name was found as; shared by those who find names and those who weigh them."""

from typing import Literal

HowSure = Literal["safe", "weak", "acronym", "namesake", "title", "surname", "headline", "leader"]
Named = tuple[int, int, int, HowSure]  # start, end, number of the entity, how it was known
