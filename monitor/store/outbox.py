"""What goes out: digests made, and the outbox of messages.

A digest and its messages are stored in one transaction, as are an alert and its own. A message
keeps one id for ever, so the worst that a crash between sending and marking can do is to send the
same message again under the same Message-ID.
"""

from __future__ import annotations  # who asks for messages needs no story's classes

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace
from sqlalchemy import ColumnElement, Connection, bindparam, select, update

from monitor import model
from monitor.store.chunks import chunks
from monitor.store.schema import article, digest_run, digested, flag, outbox
from monitor.store.whose import desk_of

_AT_ONCE = 50  # parcels that are taken up for sending

Sender = Literal["daemon", "command"]
_SENDING: dict[Sender, str] = {
    "daemon": "the daemon is sending it",
    "command": "another command is sending it",
}


class Claimant(Struct, frozen=True):
    """Who sends messages.

    Attributes:
        sender: what a daemon of this store left claimed, its next start releases.
        machine: on which: where that one is found dead, its claims are free at once (`machines`).
    """

    sender: Sender = "daemon"
    machine: str = ""


class Parcel(Struct, frozen=True):
    """One message in the outbox."""

    id: int
    message_id: str
    target: str
    subject: str
    data: str  # deliver.Outgoing as JSON
    state: model.SendState
    attempts: int
    next_attempt: datetime
    error: str
    created: datetime
    sent: datetime | None
    claimed_by: Sender | Literal[""]  # who is sending it at this moment
    machine: str = ""  # on which

    @property
    def why(self) -> str:
        """Why it still waits, in one line for people."""
        return _SENDING[self.claimed_by] if self.claimed_by else self.error


_PARCEL = [outbox.c[name] for name in Parcel.__struct_fields__]
_TO_SEND = (  # built once, since it is looked for every few seconds
    select(*_PARCEL)
    .where(outbox.c.state == "queued", outbox.c.next_attempt <= bindparam("now"))
    .where(outbox.c.desk == bindparam("of_desk"))
    .order_by(outbox.c.id)
    .limit(_AT_ONCE)
)


def last_window(db: Connection, digest: str) -> tuple[datetime, datetime] | None:
    """Return (since, until) of the newest digest of this name."""
    query = select(digest_run.c.since, digest_run.c.until).where(_of_name(db, digest))
    row = db.execute(query.order_by(digest_run.c.id.desc()).limit(1)).first()
    return (row.since, row.until) if row else None


def last_made(db: Connection, digest: str) -> datetime | None:
    """Return the end of the newest window of which a digest was made, None when none was."""
    query = select(digest_run.c.until).where(_of_name(db, digest), ~digest_run.c.met)
    return db.execute(query.order_by(digest_run.c.id.desc()).limit(1)).scalar()


def told_in(
    db: Connection, digests: Sequence[str], story_ids: Sequence[int]
) -> dict[int, model.Told]:
    """Return what some digests told of each of some stories; those never told are left out.

    A digest that carried a story tells of its changes each time it is made; so the last time counts
    and not that of the flag.
    """
    query = (
        select(article.c.story_id, digested.c.digest, flag.c.level)
        .join(flag, flag.c.article_id == article.c.id)
        .join(digested, digested.c.flag_id == flag.c.id)
        .where(digested.c.digest.in_(digests), flag.c.desk == desk_of(db))
        .distinct()
    )
    made = {digest: last_made(db, digest) for digest in digests}
    found: dict[int, model.Told] = {}
    for some in chunks(story_ids):
        part = query.where(article.c.story_id.in_(some))
        for row in db.execute(part):
            at = made[row.digest]
            if at is None:
                continue
            told = model.Told(row.digest, at, row.level)
            if before := found.get(row.story_id):
                last = max(before, told, key=lambda one: one.at)
                loudest = max(before, told, key=lambda one: model.LOUDNESS[one.loudest]).loudest
                told = replace(last, loudest=loudest)
            found[row.story_id] = told
    return found


def carried(db: Connection, digests: Sequence[str], flag_ids: Sequence[int]) -> set[int]:
    """Return those of some flags that one of some digests carried."""
    query = select(digested.c.flag_id).where(digested.c.digest.in_(digests))
    found: set[int] = set()
    for some in chunks(flag_ids):
        part = digested.c.flag_id.in_(some)
        found.update(db.execute(query.where(part)).scalars())
    return found


def meet_digest(db: Connection, digest: str, *, since: datetime, now: datetime) -> None:
    """Remember a digest that was never made, as if one had ended now that looked back to `since`.

    It carried nothing, so the first real one carries what was flagged since then.
    """
    if last_window(db, digest) is None:
        values = {"since": since, "until": now, "due": now, "made": now, "late": False}
        db.execute(digest_run.insert().values(desk=desk_of(db), name=digest, met=True, **values))


def was_made(db: Connection, digest: str, due: datetime) -> bool:
    """Tell whether the digest of a due time was made."""
    same = _of_name(db, digest) & (digest_run.c.due == due)
    return db.execute(select(digest_run.c.id).where(same)).first() is not None


def add_digest(
    db: Connection,
    digest: str,
    *,
    since: datetime,
    until: datetime,
    due: datetime,
    made: datetime,
    late: bool,
    flag_ids: Sequence[int],
) -> int:
    """Remember a digest and the flags it carried; return its id.

    A second digest for one due time violates a constraint, whoever else tries.
    """
    values = {"since": since, "until": until, "due": due, "made": made, "late": late}
    insert = digest_run.insert().values(desk=desk_of(db), name=digest, met=False, **values)
    key = db.execute(insert).inserted_primary_key
    assert key is not None
    rows = [{"digest": digest, "flag_id": id_, "run_id": key[0]} for id_ in flag_ids]
    if rows:
        db.execute(digested.insert(), rows)
    return int(key[0])


def enqueue(
    db: Connection, *, message_id: str, target: str, subject: str, data: str, now: datetime
) -> None:
    """Put a message into the outbox; one that is there already is left as it is."""
    there = select(outbox.c.id).where(outbox.c.message_id == message_id)
    if db.execute(there).first() is not None:
        return
    values = {"message_id": message_id, "target": target, "subject": subject, "data": data}
    waiting = {"state": "queued", "attempts": 0, "next_attempt": now, "error": "", "created": now}
    db.execute(outbox.insert().values(desk=desk_of(db), **values, **waiting))


def to_send(db: Connection, now: datetime, *, besides: Collection[str] = ()) -> list[Parcel]:
    """Return the desk's queued messages whose next attempt is due, oldest first.

    Args:
        besides: beginnings of targets; messages to those are left out.
    """
    query = _TO_SEND
    for start in besides:
        query = query.where(~outbox.c.target.startswith(start, autoescape=True))
    rows = db.execute(query, {"now": now, "of_desk": desk_of(db)})
    return [Parcel(**row._mapping) for row in rows]


def parcels(db: Connection, states: Sequence[str] = ("queued", "parked")) -> list[Parcel]:
    """Return the desk's messages in some states, oldest first."""
    return _parcels(db, outbox.c.state.in_(states) & _of_desk(db))


def find(db: Connection, message_ids: Sequence[str]) -> list[Parcel]:
    """Return the messages with these Message-IDs, oldest first."""
    return _parcels(db, outbox.c.message_id.in_(message_ids))


def claim(
    db: Connection,
    parcel_id: int,
    now: datetime,
    *,
    until: datetime,
    by: Claimant,
) -> bool:
    """Take a message in hand, so that nobody else tries it before `until`.

    Returns False when it is no longer due: another process was quicker, or it is gone.
    """
    due = _waiting(parcel_id) & (outbox.c.next_attempt <= now)
    values = {"next_attempt": until, "claimed_by": by.sender, "machine": by.machine}
    return db.execute(update(outbox).where(due).values(**values)).rowcount == 1


def release(db: Connection, now: datetime) -> int:
    """End the claims of a daemon that is no more, of whichever desk; return how many there were."""
    held = (outbox.c.state == "queued") & (outbox.c.claimed_by == "daemon")
    free = {"next_attempt": now, "claimed_by": ""}
    return int(db.execute(update(outbox).where(held).values(**free)).rowcount)


def mark_sent(db: Connection, parcel_id: int, now: datetime) -> None:
    """A message was accepted."""
    values = {"state": "sent", "sent": now, "error": "", "claimed_by": ""}
    db.execute(update(outbox).where(_waiting(parcel_id)).values(**values))


def mark_failed(
    db: Connection, parcel_id: int, why: str, *, attempts: int, next_attempt: datetime | None
) -> None:
    """A message was not accepted: to be tried again at `next_attempt`, or parked when None.

    One that another process has sent meanwhile stays sent.
    """
    values: dict[str, object] = {"attempts": attempts, "error": why, "claimed_by": ""}
    values |= {"state": "parked"} if next_attempt is None else {"next_attempt": next_attempt}
    db.execute(update(outbox).where(_waiting(parcel_id)).values(**values))


def requeue(db: Connection, parcel_id: int, now: datetime) -> bool:
    """Try a message again from the start.

    Returns False when there is none, it was sent, or somebody is sending it at this moment.
    """
    in_hand = (outbox.c.next_attempt > now) & (outbox.c.claimed_by != "")
    idle = (outbox.c.state == "parked") | ((outbox.c.state == "queued") & ~in_hand)
    idle &= _of_desk(db)
    values = {"state": "queued", "attempts": 0, "next_attempt": now, "claimed_by": ""}
    query = update(outbox).where(outbox.c.id == parcel_id, idle).values(**values)
    return db.execute(query).rowcount > 0


def drop(db: Connection, parcel_id: int) -> bool:
    """Take an unsent message out of the outbox; False when there is none."""
    unsent = (outbox.c.id == parcel_id) & (outbox.c.state != "sent") & _of_desk(db)
    return db.execute(outbox.delete().where(unsent)).rowcount > 0


def _parcels(db: Connection, which: ColumnElement[bool]) -> list[Parcel]:
    query = select(*_PARCEL).where(which).order_by(outbox.c.id)
    return [Parcel(**row._mapping) for row in db.execute(query)]


def _of_name(db: Connection, digest: str) -> ColumnElement[bool]:
    return (digest_run.c.name == digest) & (digest_run.c.desk == desk_of(db))


def _of_desk(db: Connection) -> ColumnElement[bool]:
    return outbox.c.desk == desk_of(db)


def _waiting(parcel_id: int) -> ColumnElement[bool]:
    """Whatever is done to a message is done while it waits: one that was sent stays sent."""
    return (outbox.c.id == parcel_id) & (outbox.c.state == "queued")
