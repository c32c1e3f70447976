"""Which of several copies is the source."""

from collections.abc import Sequence
from datetime import datetime

from monitor.stories.signature import Signature


def choose_original(copies: Sequence[Signature]) -> int:
    """The id of the article that the others copied.

    In order: an agency's own article, of the agency that most copies credit; an article without an
    agency credit (an outlet's own report that others took over) only where no copy credits any;
    then a text that credits the agency before one that does not; then the earliest time, the first
    take, the longest text, the smallest id.

    Raises:
        ValueError: no copies.
    """
    if not copies:
        raise ValueError("a story has at least one article")
    credits: dict[str, int] = {}
    for copy in copies:
        if copy.agency:
            credits[copy.agency] = credits.get(copy.agency, 0) + 1
    source = min(credits, key=lambda agency: (-credits[agency], agency)) if credits else ""

    def order(copy: Signature) -> tuple[bool, bool, datetime, int, int, int]:
        return (
            not (copy.own and copy.agency == source),
            bool(source) and copy.agency != source,
            copy.when,
            copy.rank,
            -copy.length,
            copy.id,
        )

    return min(copies, key=order).id
