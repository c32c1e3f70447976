"""The trend that a digest carries: stories of each rule a day or a week, up to the digest.

Its steps end with the digest's window and not with the calendar's week, which on a Monday morning
has only begun.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from itertools import chain
from types import MappingProxyType

from monitor import model
from monitor.search import Node
from monitor.store import Connection, trends

_STEPS = {"day": (timedelta(days=1), 28), "week": (timedelta(days=7), 12)}


def digest_trend(
    db: Connection,
    rules: Sequence[tuple[str, str]],
    until: datetime,
    period: str,
    searches: Mapping[str, Node] = MappingProxyType({}),
) -> model.Trend | None:
    """Return how many stories some rules flagged in each step; None when no period is wished.

    What a saved search finds is counted as `monitor trends` does, also of times before anybody
    saved it.

    Args:
        db: a connection.
        rules: (id, name) of the rules, in their order.
        until: the end of the last step; aware.
        period: "day" (28 of them), "week" (12), or "".
        searches: those among the rules that are saved searches, by id.
    """
    if period not in _STEPS:
        return None
    step, count = _STEPS[period]
    since = until - step * count
    read = [0] * count
    for moment, entries in trends.read(db, since, until):
        read[max(0, (moment - since) // step)] += entries
    counts = {rule: [0] * count for rule, _ in rules}
    flagged = (one for one in trends.by_rule(db, since, until) if one[0] not in searches)
    found = [trends.by_search(db, rule, node, since, until) for rule, node in searches.items()]
    for rule, _, moment in chain(flagged, *found):
        if rule in counts:
            counts[rule][(moment - since) // step] += 1
    lines = [
        model.TrendLine(name or rule, tuple(n if n or looked else None for n, looked in steps))
        for rule, name in rules
        for steps in [list(zip(counts[rule], read, strict=True))]
    ]
    return model.Trend("day" if period == "day" else "week", since, tuple(lines))
