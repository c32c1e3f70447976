"""The flags of articles: stored, raised, dropped where changed rules no longer give them."""

from collections import Counter
from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import Connection, select

from monitor import model
from monitor.store import codec
from monitor.store.chunks import chunks
from monitor.store.insertion import insert_all
from monitor.store.schema import alerted, article, digested, flag
from monitor.store.whose import desk_of


def add(
    db: Connection,
    flags: Sequence[tuple[int, model.Flag]],
    now: datetime,
    *,
    desk: str | None = None,
) -> None:
    """Store (article id, flag) of articles that have no flags yet.

    Args:
        desk: whose flags they are; by default of the one that looks.
    """
    whose = desk_of(db) if desk is None else desk
    rows = [
        {
            "article_id": article_id,
            "desk": whose,
            "rule": item.rule,
            "level": item.level,
            "score": item.score,
            "reasons": codec.dump_all(item.reasons),
            "at": now,
        }
        for article_id, item in flags
    ]
    insert_all(db, flag, rows)


def put(
    db: Connection,
    article_id: int,
    flags: Sequence[model.Flag],
    now: datetime,
    *,
    drop: bool = False,
    desk: str | None = None,
) -> tuple[model.Flag, ...]:
    """Store the flags of an article's newest text; return those that are new or raised.

    A flag that the newest text no longer earns stays: a page may turn into a consent wall, and a
    headline that was flagged once is worth a reader's look. With `drop`, for changed rules, it goes
    unless a digest or alert has told of it. A flag at a higher level than before is news again: it
    has a new time, and the digests that carried it carry it once more.

    Args:
        desk: whose flags they are; by default of the one that looks.
    """
    whose = desk_of(db) if desk is None else desk
    held = select(flag).where(flag.c.article_id == article_id, flag.c.desk == whose)
    old = {row.rule: row for row in db.execute(held)}
    raised = []
    for item in flags:
        values = {"level": item.level, "score": item.score, "reasons": codec.dump_all(item.reasons)}
        row = old.get(item.rule)
        if row is None:
            new = {"article_id": article_id, "desk": whose, "rule": item.rule, "at": now}
            db.execute(flag.insert().values(**new, **values))
            raised.append(item)
        elif model.LOUDNESS[item.level] > model.LOUDNESS[row.level]:
            db.execute(flag.update().where(flag.c.id == row.id).values(at=now, **values))
            db.execute(digested.delete().where(digested.c.flag_id == row.id))
            raised.append(item)
        elif item.level == row.level or drop:
            db.execute(flag.update().where(flag.c.id == row.id).values(values))
    of_rules = {rule for rule in old if not rule.startswith(model.SEARCH_FLAG)}
    for rule in (of_rules - {item.rule for item in flags}) if drop else ():
        told = select(digested.c.flag_id).union(select(alerted.c.flag_id))
        untold = (flag.c.id == old[rule].id) & flag.c.id.not_in(told)
        db.execute(flag.delete().where(untold))
    return tuple(raised)


def of_articles(db: Connection, article_ids: Sequence[int]) -> dict[int, tuple[model.Flag, ...]]:
    """Return the flags of some articles, strongest first."""
    found: dict[int, list[model.Flag]] = {}
    for some in chunks(article_ids):
        part = flag.c.article_id.in_(some)
        for row in db.execute(select(flag).where(part, flag.c.desk == desk_of(db))):
            what = f"why flag {row.id} of article {row.article_id} was raised"
            reasons = codec.load_all_or_none(model.Reason, row.reasons, what)
            found.setdefault(row.article_id, []).append(
                model.Flag(row.rule, row.level, row.score, reasons)
            )
    return {
        id_: tuple(sorted(flags, key=lambda item: (-model.LOUDNESS[item.level], -item.score)))
        for id_, flags in found.items()
    }


def of_rules_gone(
    db: Connection, rules: Collection[str], since: datetime, until: datetime
) -> dict[str, int]:
    """Return how many stories of a window were flagged by rules that are gone, and by no other.

    A story of several such rules counts once, for one of them. Saved searches are no rules.

    Args:
        rules: ids of those in force.
        since: aware; of the flags, itself included.
        until: aware; itself excluded.
    """
    flagged = [
        flag.c.desk == desk_of(db),
        flag.c.level != "log",
        flag.c.at >= since,
        flag.c.at < until,
    ]
    named = set(db.execute(select(flag.c.rule).where(*flagged).distinct()).scalars())
    gone = {id_ for id_ in named if not id_.startswith(model.SEARCH_FLAG)}.difference(rules)
    if not gone:
        return {}
    of_story = select(article.c.story_id, flag.c.rule).join(flag, flag.c.article_id == article.c.id)
    theirs = of_story.where(*flagged, flag.c.rule.in_(gone), article.c.story_id.is_not(None))
    found: dict[int, str] = dict(row._tuple() for row in db.execute(theirs.order_by(flag.c.rule)))
    in_force = of_story.where(
        flag.c.desk == desk_of(db), flag.c.level != "log", flag.c.rule.in_(rules)
    )
    stories = list(found)
    for some in chunks(stories):
        part = article.c.story_id.in_(some)
        for row in db.execute(in_force.where(part)).all():
            found.pop(row.story_id, None)
    return dict(Counter(found.values()))
