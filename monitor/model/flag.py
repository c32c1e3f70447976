"""A rule that fired on an article, and the words that made it fire."""

from msgspec import Struct

from monitor.model.kinds import Level, Zone


class Hit(Struct, frozen=True):
    """One term found: what it was, and where it stands in the text as printed."""

    term: str  # as written in the rule or gazetteer: "@wang-yi", "missile*"
    words: str  # as printed in the text
    zone: Zone
    paragraph: int  # -1 headline, -2 standfirst, else index into Article.body
    start: int  # offsets into that paragraph
    end: int
    entity: str = ""  # entity id, when the term named one


class Reason(Struct, frozen=True):
    """One block of a rule that held: its score and the sentence that made it hold."""

    block: str  # "when 1", or the block's own name
    score: float
    zone: Zone
    sentence: str  # as printed, one line
    marks: tuple[tuple[int, int], ...]  # spans of the hit words inside `sentence`
    words: tuple[str, ...]
    hits: tuple[Hit, ...] = ()


class Flag(Struct, frozen=True):
    """A rule that fired on an article, and why."""

    rule: str  # rule id
    level: Level
    score: float
    reasons: tuple[Reason, ...]
