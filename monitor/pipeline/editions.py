"""Editions: what a digest or an alert holds, made from the store and put into the outbox.

Reading a digest changes nothing. Sending one stores the digest, the flags it carried and its
messages in one transaction: either all of it happened or none, and a flag that was carried once is
never carried again by a digest of that name, whatever the clock does.
"""

import dataclasses
import hashlib
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from sqlalchemy import Connection

from monitor import deliver, digest, feeds, model
from monitor.config import AlertTable, DigestTable
from monitor.desk import Desk
from monitor.store import articles, sending, views
from monitor.store import feeds as feed_store

FIRST_WINDOW = timedelta(days=1)  # how far back the first digest of a name looks
ALERT_AGE = timedelta(hours=6)  # older news is for the digest


def read_digest(
    desk: Desk,
    *,
    name: str,
    since: datetime,
    until: datetime,
    rules: tuple[str, ...] = (),
    timezone: str = "",
    limit: int = 500,
) -> model.Digest:
    """Compose a digest of a window; nothing is stored."""
    with desk.store.read() as db:
        found = views.flagged(db, since=since, until=until, rules=rules)
        return _compose(desk, db, found, name, since, until, until, rules, timezone, limit)


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
) -> model.Digest:
    names = desk.rule_names(rules)
    return digest.compose(
        name=name,
        made_at=now,
        since=since,
        until=until,
        timezone=timezone or desk.config.monitor.timezone,
        stories=[_with_names(desk, view) for view in found],
        rules=names,
        coverage=coverage(desk, db, since, until, now),
        history=views.history(db, [rule for rule, _ in names], since),
        late=late,
        limit=limit,
    )


def _with_names(desk: Desk, view: model.StoryView) -> model.StoryView:
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
            kind = "failing" if state.polled_at else "never read"
            why = state.error or (
                "not read in this window" if state.polled_at else "not polled yet"
            )
            trouble = model.FeedTrouble(feed.name, kind, state.failing_since or state.ok_at, why)
        if trouble is not None:
            troubles.append(trouble)
    return model.Coverage(
        feeds=len(desk.feeds),
        read=read,
        entries=views.entries_between(db, since, until),
        troubles=tuple(troubles),
        pages_waiting=articles.pages_waiting(db),
    )


def due_digest(desk: Desk, table: DigestTable, now: datetime) -> "digest.Run | None":
    """Return the window of a digest whose time has come, or None."""
    with desk.store.read() as db:
        last = sending.last_window(db, table.name)
    zone = table.timezone or desk.config.monitor.timezone
    return digest.decide(table.at, table.days, zone, last[1] if last else None, now)


def send_digest(
    desk: Desk, table: DigestTable, run: "digest.Run", now: datetime
) -> model.Digest | None:
    """Make a due digest and put its messages into the outbox.

    Returns the digest, or None when it was empty and the desk wants no empty ones (its window is
    remembered all the same).
    """
    rules = tuple(rule for rule, _ in desk.rule_names(table.rules))
    with desk.store.write() as db:
        begin = sending.beginning(db, table.name) or run.since
        found, flag_ids = views.undigested(
            db, table.name, since=begin, until=run.until, rules=rules
        )
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
        )
        sending.add_digest(
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
        _enqueue(desk, db, deliver.build_messages(made, *_to(desk, table.to)), now)
    return made


def _to(desk: Desk, targets: Iterable[str]) -> tuple[tuple["deliver.Target", ...], str]:
    sender = desk.mail.sender if desk.mail else ""
    return tuple(deliver.parse_target(target) for target in targets), sender


def _enqueue(
    desk: Desk, db: Connection, messages: Iterable["deliver.Outgoing"], now: datetime
) -> None:
    for message in messages:
        sending.enqueue(
            db,
            message_id=message.message_id,
            target=message.target,
            subject=message.subject,
            data=message.to_json(),
            now=now,
        )


def audience(table: AlertTable) -> str:
    """Return a name for an [[alert]] table that stays the same while its contents do."""
    parts = (*table.to, "|", *table.rules)
    return hashlib.blake2b("\n".join(parts).encode(), digest_size=8).hexdigest()
