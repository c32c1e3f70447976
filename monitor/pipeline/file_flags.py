"""Store what the rules of all desks say of texts."""

from collections.abc import Sequence
from datetime import datetime

from monitor import model
from monitor.pipeline.judging import Judged
from monitor.store import Connection, unjudged
from monitor.store import flags as flag_store


def put_judged(
    db: Connection, article_id: int, judged: Judged, now: datetime
) -> tuple[model.Flag, ...]:
    """Store the flags of an article; return those that are new or raised."""
    for desk, why in judged.unjudged.items():  # first, as who judges it for the desk does
        unjudged.leave(db, [article_id], desk, why, now)
    raised: list[model.Flag] = []
    for desk, flags in judged.flags.items():
        raised += flag_store.put(db, article_id, flags, now, desk=desk)
    return tuple(raised)


def add_judged(db: Connection, judged: Sequence[tuple[int, Judged]], now: datetime) -> None:
    """Store what the rules say of many new articles."""
    for desk in dict.fromkeys(desk for _, one in judged for desk in (*one.flags, *one.unjudged)):
        flags = [(id_, flag) for id_, one in judged for flag in one.flags.get(desk, ())]
        flag_store.add(db, flags, now, desk=desk)
        for why in dict.fromkeys(one.unjudged[desk] for _, one in judged if desk in one.unjudged):
            left = [id_ for id_, one in judged if one.unjudged.get(desk) == why]
            unjudged.leave(db, left, desk, why, now)
