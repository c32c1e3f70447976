"""Changed rules over the stored articles: what would be gained and what lost, and taking them in.

The archive is read some hundred articles at a time, so that one of any size fits into memory.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime
from itertools import islice

from msgspec import Struct

from monitor import watch
from monitor.desk import Desk
from monitor.model import SEARCH_FLAG, Flag
from monitor.progress import Progress
from monitor.store import Connection, articles, desk_feeds
from monitor.store import flags as flag_store
from monitor.store.articles import StoredArticle

_PART = 400  # articles held at once


class Backtest(Struct, frozen=True):
    """What other rules would change, rule by rule, over so many articles."""

    compared: int
    changes: tuple[watch.RuleChange, ...]


def backtest(
    desk: Desk,
    rulebook: watch.Rulebook,
    start: datetime,
    *,
    apply: bool = False,
    progress: Progress,
) -> Backtest:
    """Compare what is flagged since `start` with what a rulebook would flag.

    Args:
        apply: flag the articles anew, each part of the archive before the next one is read.

    Raises:
        StoreError: the store cannot be read or, with `apply`, written.
    """
    with desk.store.read() as db:
        total = articles.count_since(db, start)
        found = _differences(desk, db, rulebook, start, apply=apply)
        changes = watch.summarise(_counted(found, total, progress))
    return Backtest(total, tuple(changes))


def _counted(
    found: Iterator[watch.Difference], total: int, progress: Progress
) -> Iterator[watch.Difference]:
    for done, difference in enumerate(found, 1):
        yield difference
        progress("articles", done, total)


def _differences(
    desk: Desk, db: Connection, rulebook: watch.Rulebook, start: datetime, *, apply: bool
) -> Iterator[watch.Difference]:
    """Judge the archive, some articles at a time.

    Without `apply` the new flags have no reasons: to say why costs more than to judge, and only
    rules are counted.
    """
    stored = articles.since(db, start)
    feeds = desk_feeds.by_row(db, desk.feeds)
    while part := list(islice(stored, _PART)):
        flags = flag_store.of_articles(db, [item.id for item in part])
        read = rulebook.evaluate_all(
            (item.text, feeds.get(item.feed), item.first_seen) for item in part
        )
        pairs = []
        for item, one in zip(part, read, strict=True):
            new = one.flags() if apply else tuple(Flag(*verdict, ()) for verdict in one.verdicts())
            held = flags.get(item.id, ())
            old = tuple(flag for flag in held if not flag.rule.startswith(SEARCH_FLAG))
            pairs.append((item, watch.Difference(item.id, item.text.headline, old, new)))
        if apply:
            _apply(desk, pairs)
        yield from (difference for _, difference in pairs)


def _apply(desk: Desk, pairs: Sequence[tuple[StoredArticle, watch.Difference]]) -> None:
    """Flag articles anew, as if the rules had been there when each was first seen.

    So old news raises no alert. What is in no story yet is left to the filing, which flags it.
    """
    with desk.store.write() as db:
        for stored, found in pairs:
            if stored.story is not None and (found.gained or found.lost or found.moved):
                flag_store.put(db, stored.id, found.new, stored.first_seen, drop=True)
