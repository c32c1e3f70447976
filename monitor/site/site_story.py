"""One story with all that its page shows and its search needs."""

from msgspec import Struct

from monitor.site.catalogue import Record


class StoryPage(Struct, frozen=True):
    """A story; `card` is HTML as it stands in a digest, everything else plain text."""

    record: Record
    card: str
    paragraphs: tuple[str, ...]  # of the article on top
    text_language: str
    searched: tuple[str, ...]  # other texts it is found by, those of copies in other languages
    headlines: tuple[str, ...]  # of all copies
    names: tuple[str, ...]  # of its entities, as people know them
    rule_names: tuple[str, ...]
