"""Editions: what a digest holds, made from the store and put into the outbox.

Reading a digest changes nothing. Sending one stores the digest, the flags it carried and its
messages in one transaction: either all of it happened or none, and a flag that was carried once is
never carried again by a digest of that name, whatever the clock does.
"""

import dataclasses
from collections.abc import Sequence
from datetime import datetime, timedelta

from monitor import deliver, digest, feeds, model
from monitor.settings import DigestTable
from monitor.store import Connection, articles, left, outbox, views
from monitor.store import feeds as feed_store
from monitor.workspace import Desk

FIRST_WINDOW = timedelta(days=1)  # how far back the first digest of a name looks
_LEFT_NAMED = 3  # of what our own code could not work on


def read_digest(
    desk: Desk,
    *,
    name: str,
    since: datetime,
    until: datetime,
    now: datetime | None = None,
    rules: tuple[str, ...] = (),
    timezone: str = "",
    limit: int = 500,
) -> model.Digest:
    """Compose a digest of a window, as of `now` (by default its end); nothing is stored."""
    with desk.store.read() as db:
        found = views.flagged(db, since=since, until=until, rules=rules)
        return _compose(desk, db, found, name, since, until, now or until, rules, timezone, limit)


def _compose(
    desk: Desk,
    db: Connection,
    found: Sequence[model.StoryView],
    name: str,
    since: datetime,
    until: datetime,
    now: datetime,
    rules: tuple[str, ...],
    timezone: str,
    limit: int,
    *,
    late: bool = False,
    notes: Sequence[str] = (),
) -> model.Digest:
    names = desk.rule_names(rules)
    return digest.compose(
        name=name,
        made_at=now,
        since=since,
        until=until,
        timezone=timezone or desk.config.monitor.timezone,
        stories=[with_names(desk, view) for view in found],
        rules=names,
        coverage=coverage(desk, db, since, until, now),
        history=views.history(db, [rule for rule, _ in names], since),
        late=late,
        limit=limit,
        notes=notes,
    )


def with_names(desk: Desk, view: model.StoryView) -> model.StoryView:
    names = (desk.rulebook.entity_name(id_, view.language) for id_ in view.entities)
    return dataclasses.replace(view, entities=tuple(dict.fromkeys(names)))


def coverage(
    desk: Desk, db: Connection, since: datetime, until: datetime, now: datetime
) -> model.Coverage:
    """Say what stood behind a window: feeds read, feeds in trouble, pages still missing."""
    known = feed_store.known(db)
    read, troubles = 0, []
    for feed in desk.feeds.values():
        _, state = known.get(feed.name, (0, model.FeedState()))
        was_read = state.ok_at is not None and state.ok_at >= since and not state.failures
        read += was_read
        trouble = feeds.trouble(feed, state, now)
        if trouble is None and not was_read:
            trouble = _unread(feed, state)
        if trouble is not None:
            troubles.append(trouble)
    return model.Coverage(
        feeds=len(desk.feeds),
        read=read,
        entries=views.entries_between(db, since, until),
        troubles=tuple(troubles),
        pages_waiting=articles.pages_waiting(db),
        left_aside=left.count(db),
        left_aside_what=tuple(
            f"{item.feed}: {item.title}" for item in left.newest(db, _LEFT_NAMED)[:_LEFT_NAMED]
        ),
    )


def _unread(feed: model.Feed, state: model.FeedState) -> model.FeedTrouble:
    """Say why a feed was not read, before it has failed for long enough to be in trouble."""
    if state.polled_at is None:
        return model.FeedTrouble(feed.name, "never read", None, "not polled yet")
    why = state.error or "not read in this window"
    return model.FeedTrouble(feed.name, "failing", state.failing_since or state.ok_at, why)


def due_digest(desk: Desk, table: DigestTable, now: datetime) -> digest.Run | None:
    """Return the window of a digest whose time has come, or None.

    A digest that is met for the first time is remembered, so that its first due time is not missed
    when the monitor is down just then.
    """
    zone = table.timezone or desk.config.monitor.timezone
    with desk.store.read() as db:
        last = outbox.last_window(db, table.name)
    if last is not None:
        return digest.decide(table.at, table.days, zone, last[1], now)
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
    rules = [rule for rule, _ in desk.rule_names(table.rules)]
    with desk.store.write() as db:
        if outbox.was_made(db, table.name, run.due_at):
            return None
        # What was written while the last digest was being made may bear a time before its end.
        last = outbox.last_window(db, table.name)
        begin = last[0] if last else run.since
        name, until = table.name, run.until
        found, flag_ids = views.undigested(db, name, since=begin, until=until, rules=rules)
        shown = {view.id for view in found}
        changed = views.changed_since_digest(db, name, since=run.since, until=until, rules=rules)
        found += [view for view in changed if view.id not in shown]
        made = _compose(
            desk,
            db,
            found,
            table.name,
            run.since,
            run.until,
            now,
            table.rules,
            table.timezone,
            table.limit,
            late=run.late,
            notes=[digest.late_note(run.due_at, now, run.missed)] if run.late else [],
        )
        outbox.add_digest(
            db,
            table.name,
            since=run.since,
            until=run.until,
            due=run.due_at,
            made=now,
            late=run.late,
            flag_ids=flag_ids,
        )
        if not found and table.empty == "skip":
            return None
        enqueue(desk, db, digest.edition(made), table.to, now)
    return made


def send_copy(
    desk: Desk, made: model.Digest, targets: Sequence[str], now: datetime
) -> tuple[str, ...]:
    """Put a digest that somebody asked for into the outbox; return the ids of its messages."""
    with desk.store.write() as db:
        messages = enqueue(desk, db, digest.edition(made), targets, now)
    return tuple(message.message_id for message in messages)


def enqueue(
    desk: Desk,
    db: Connection,
    content: model.Edition,
    targets: Sequence[str],
    now: datetime,
) -> tuple[deliver.Outgoing, ...]:
    messages = deliver.build_messages(
        content,
        [deliver.parse_target(target) for target in targets],
        sender=desk.config.email.from_ if desk.config.email else "",
    )
    for message in messages:
        outbox.enqueue(
            db,
            message_id=message.message_id,
            target=message.target.text,
            subject=message.subject,
            data=message.to_json(),
            now=now,
        )
    return messages
