"""Editions: what a digest holds, made from the store and put into the outbox.

Reading a digest changes nothing. Sending one stores the digest, the flags it carried and its
messages in one transaction: either all of it happened or none, and a flag that was carried once is
never carried again by a digest of that name, whatever the clock does.
"""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime, timedelta

from msgspec import Struct, structs

from monitor import digest, model
from monitor.desk import Desk
from monitor.pipeline.coverage import coverage, history
from monitor.pipeline.digest_trend import digest_trend
from monitor.pipeline.fill_outbox import enqueue
from monitor.pipeline.flag_searches import flag_found, saved, sections, with_found
from monitor.pipeline.gloss_headlines import Glossed, gloss_headlines
from monitor.pipeline.reader_names import with_names
from monitor.pipeline.relate_stories import with_related
from monitor.settings import DigestTable, TargetTable
from monitor.store import Connection, outbox, views

FIRST_WINDOW = timedelta(days=1)  # how far back the first digest of a name looks


class Wish(Struct, frozen=True):
    """Which digest somebody wants: its window, its rules, its length."""

    name: str
    since: datetime
    until: datetime
    rules: tuple[str, ...] = ()  # empty: all
    timezone: str = ""  # empty: the desk's
    limit: int = 30  # stories of a rule told in full
    searches: tuple[str, ...] = ()  # saved searches, told after the rules
    trends: str = ""  # "day", "week": a trend of its rules by these steps


def read_digest(desk: Desk, wish: Wish, now: datetime | None = None) -> model.Digest:
    """Compose a digest of a window, as of `now` (by default its end); nothing is stored."""
    at = now or wish.until
    with desk.store.read() as db:
        found = views.flagged(db, since=wish.since, until=wish.until, rules=wish.rules)
        found = with_found(
            desk, db, wish.searches, found, since=wish.since, until=wish.until, now=at
        )
    glossed = gloss_headlines(desk, found, at)
    with desk.store.read() as db:
        return _compose(desk, db, wish, found, at, glossed)


def _compose(
    desk: Desk,
    db: Connection,
    wish: Wish,
    found: Sequence[model.StoryView],
    now: datetime,
    glossed: Glossed,
) -> model.Digest:
    names = [*desk.rule_names(wish.rules), *sections(wish.searches)]
    made = digest.compose(
        name=wish.name,
        made_at=now,
        since=wish.since,
        until=wish.until,
        timezone=wish.timezone or desk.config.monitor.timezone,
        stories=[
            structs.replace(with_names(desk, view), machine=glossed.of(view))
            for view in with_related(db, found)
        ],
        rules=names,
        coverage=coverage(desk, db, wish.since, wish.until, now),
        history=history(db, [rule for rule, _ in names], wish.since),
        limit=wish.limit,
        notes=(glossed.note,) if glossed.note else (),
    )
    searches = {id_: saved(desk, name, now) for id_, name in sections(wish.searches)}
    trend = digest_trend(db, names, wish.until, wish.trends, searches)
    return structs.replace(made, trend=trend)


def due_digest(desk: Desk, table: DigestTable, now: datetime) -> digest.Run | None:
    """Return the window of a digest whose time has come, or None.

    A digest that is met for the first time is remembered, so that its first due time is not missed
    when the monitor is down just then. The first one tells what is older than that by up to
    `FIRST_WINDOW`, so its window, and what it says of feeds and days before, begins there.
    """
    zone = desk.config.zone_of(table)
    with desk.store.read() as db:
        last = outbox.last_window(db, table.name)
        first = outbox.last_made(db, table.name) is None
    if last is not None:
        run = digest.decide(table.at, table.days, zone, last[1], now)
        if run is not None and first:
            run = structs.replace(run, since=min(run.since, last[0]))
        return run
    run = digest.decide(table.at, table.days, zone, None, now)
    if run is None:
        with desk.store.write() as db:
            outbox.meet_digest(db, table.name, since=now - FIRST_WINDOW, now=now)
    return run


def send_digest(
    desk: Desk, table: DigestTable, run: digest.Run, now: datetime
) -> model.Digest | None:
    """Make a due digest and put its messages into the outbox.

    Returns the digest, or None when another process made it, or it was empty and the desk wants no
    empty ones (its window is remembered all the same).
    """
    glossed = _glossed(desk, table, run, now)
    wish = wish_of(table, run.since, run.until)
    with desk.store.write() as db:
        if outbox.was_made(db, table.name, run.due_at):
            return None
        first = outbox.last_made(db, table.name) is None
        _flag_searches(desk, db, table, run, now)
        news = _untold(desk, db, table, run)
        found = news.stories
        made = _compose(desk, db, wish, found, now, glossed)
        made = structs.replace(
            made,
            first=first,
            late=run.late,
            notes=(*_late(run, now), *made.notes),
            coverage=_with_told(made.coverage, news.told, table.name),
        )
        outbox.add_digest(
            db,
            table.name,
            since=run.since,
            until=run.until,
            due=run.due_at,
            made=now,
            late=run.late,
            flag_ids=news.flag_ids,
        )
        if not found and table.empty == "skip":
            return None
        enqueue(desk, db, _edition(desk, made), table.to, now)
    return made


def wish_of(table: DigestTable, since: datetime, until: datetime) -> Wish:
    """Return what the settings wish a digest to be."""
    return Wish(
        table.name,
        since,
        until,
        table.rules,
        table.timezone,
        table.limit,
        table.searches,
        table.trends,
    )


def _flag_searches(
    desk: Desk, db: Connection, table: DigestTable, run: digest.Run, now: datetime
) -> None:
    if table.searches:
        last = outbox.last_window(db, table.name)
        since = last[0] if last else run.since
        flag_found(desk, db, table.searches, since=since, until=run.until, now=now)


def _late(run: digest.Run, now: datetime) -> tuple[str, ...]:
    return (digest.late_note(run.due_at, now, run.missed),) if run.late else ()


def _glossed(desk: Desk, table: DigestTable, run: digest.Run, now: datetime) -> Glossed:
    """Have the translator asked before anything is written, for it may be slow."""
    if desk.config.gloss is None:
        return Glossed({})
    with desk.store.write() as db:
        if outbox.was_made(db, table.name, run.due_at):
            return Glossed({})
        _flag_searches(desk, db, table, run, now)
        news = _untold(desk, db, table, run)
    return gloss_headlines(desk, news.stories, now)


class _News(Struct, frozen=True):
    """What a digest has to tell."""

    stories: tuple[model.StoryView, ...]
    flag_ids: tuple[int, ...]  # that it carries
    told: Counter[str]  # stories left out, for a digest of this name told them


def _untold(desk: Desk, db: Connection, table: DigestTable, run: digest.Run) -> _News:
    named = (*desk.rule_names(table.rules), *sections(table.searches))
    rules = [rule for rule, _ in named]
    # What was written while the last digest was being made may bear a time before its end.
    last = outbox.last_window(db, table.name)
    begin = last[0] if last else run.since
    found, flags = views.undigested(db, table.name, since=begin, until=run.until, rules=rules)
    shown = {view.id for view in found}
    changed = views.changed_since_digest(
        db, table.name, since=run.since, until=run.until, rules=rules
    )
    found += [view for view in changed if view.id not in shown]
    readers = desk.config.same_readers(table)
    known = outbox.carried(db, readers, [flag.id for flag in flags])
    new: dict[int, list[model.NewFlag]] = {}
    for flag in flags:
        if flag.id not in known:
            new.setdefault(flag.story, []).append(flag)
    told = outbox.told_in(db, readers, [view.id for view in found])
    kept: list[model.StoryView] = []
    left: Counter[str] = Counter()
    for view in found:
        before = told.get(view.id)
        now = digest.since_told(view, before, new.get(view.id, ())) if before else view
        if now is not None:
            kept.append(now)
        elif before is not None:
            left[before.digest] += 1
    return _News(tuple(kept), tuple(flag.id for flag in flags), left)


def _with_told(coverage: model.Coverage, told: Counter[str], name: str) -> model.Coverage:
    reasons = [
        f"{number} told before, only copied since" if by == name else f"{number} told by {by}"
        for by, number in told.items()
    ]
    return structs.replace(
        coverage,
        left_out=coverage.left_out + told.total(),
        left_out_why="; ".join(filter(None, (coverage.left_out_why, *reasons))),
        told=told.total(),
    )


def _edition(desk: Desk, made: model.Digest) -> model.Edition:
    return digest.edition(made, desk.config.monitor.reader_language)


def send_copy(
    desk: Desk, made: model.Digest, targets: Sequence[TargetTable], now: datetime
) -> tuple[str, ...]:
    """Put a digest that somebody asked for into the outbox; return the ids of its messages."""
    with desk.store.write() as db:
        messages = enqueue(desk, db, _edition(desk, made), targets, now)
    return tuple(message.message_id for message in messages)
