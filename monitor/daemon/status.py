"""What an operator and a health check want to know: the state of everything at one moment."""

from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import Any

from msgspec import Struct, structs

from monitor import json_shape, lock, model
from monitor.daemon import attention, heartbeat, machine_states
from monitor.daemon.digests_due import next_digests
from monitor.daemon.heartbeat import Bulletin
from monitor.daemon.machine_states import MachineStatus
from monitor.desk import Desk
from monitor.pipeline import Report
from monitor.pipeline.feed_health import feed_health
from monitor.store import (
    acknowledged,
    left,
    outbox,
    page_work,
    rounds,
    unjudged,
)
from monitor.store.acknowledged import Acknowledged
from monitor.store.rounds import Round
from monitor.store.sizes import Sizes, sizes


class FeedsStatus(Struct, frozen=True):
    """How many feeds there are, and which a reader cannot count on."""

    configured: int
    troubled: tuple[model.FeedTrouble, ...]
    acknowledged: tuple[Acknowledged, ...] = ()  # troubles that somebody knows of


class OutboxStatus(Struct, frozen=True):
    """Messages not sent yet."""

    queued: int
    parked: int


class StoreStatus(Struct, frozen=True):
    """The store: where it is, how large (None on a server), and how many rows it holds."""

    place: str
    bytes: int | None
    sizes: Sizes


class Status(Struct, frozen=True):
    """The state of everything.

    Attributes:
        running: who holds the state folder; None when nobody does.
        daemon: what the running daemon last made known.
        last_round: the newest round of reading feeds.
        left_aside: entries and pages that our own code could not work on.
        digests: the end of the last digest of each name, None when none was made.
        next_digests: when each is due next.
        machines: those that share the store, or did.
        needs_attention: what a person has to do something about, a line each.
    """

    now: datetime
    running: lock.Holder | None
    daemon: Bulletin | None
    last_round: Round[Report] | None
    feeds: FeedsStatus
    pages_waiting: int
    left_aside: int
    outbox: OutboxStatus
    store: StoreStatus
    digests: dict[str, datetime | None]
    next_digests: dict[str, datetime]
    machines: tuple[MachineStatus, ...]
    needs_attention: tuple[str, ...]

    def to_json(self) -> str:
        """Return it as a JSON object for scripts; times are ISO 8601."""
        found: dict[str, Any] = structs.asdict(self)
        found["now"] = self.now.isoformat(timespec="seconds")
        found["store"] = structs.asdict(self.store) | structs.asdict(self.store.sizes)
        del found["store"]["sizes"]
        if self.last_round is not None:
            found["last_round"] = structs.asdict(self.last_round)
            found["last_round"] |= structs.asdict(found["last_round"].pop("report"))
        return json_shape.document(found)


def collect(desk: Desk, now: datetime) -> Status:
    """Return the state of everything; raises StoreError."""
    with desk.store.read() as db:
        health = feed_health(desk, db, now)
        last = rounds.last(db, Report)
        waiting = page_work.pages_waiting(db)
        aside, shown = left.count(db), left.newest(db, 3)
        waits = unjudged.waiting(db)
        parcels = outbox.parcels(db)
        known_of = acknowledged.known(db)
        held = sizes(db)
        made = {table.name: outbox.last_made(db, table.name) for table in desk.config.digest}
        fleet = machine_states.collect(db)
    troubled = tuple(one.trouble for one in health if one.trouble)
    untold, covered = acknowledged.told(troubled, known_of, now)
    parked = [item for item in parcels if item.state == "parked"]
    holder = lock.holder(desk.state)
    about = heartbeat.read(desk.state)
    if about is not None and (holder is None or about.pid != holder.pid):
        about = None  # left by a daemon that is no more
    return Status(
        now=now,
        running=holder,
        daemon=about,
        last_round=last,
        feeds=FeedsStatus(len(desk.feeds), troubled, covered),
        pages_waiting=waiting,
        left_aside=aside,
        outbox=OutboxStatus(len(parcels) - len(parked), len(parked)),
        store=StoreStatus(desk.store.place, database_bytes(desk.store.path), held),
        digests=made,
        next_digests=next_digests(desk, now),
        machines=fleet,
        needs_attention=(
            *attention.of_daemon(desk, about, last.ended if last else None, now),
            *(f"{trouble.feed}: {trouble.kind} ({trouble.why})" for trouble in untold),
            *map(attention.of_parked, parked),
            *attention.of_machines(desk, fleet),
            *attention.of_left(aside, shown),
            *attention.of_unjudged(*waits),
            *attention.of_disk(desk.state),
            *attention.of_start(holder, (one.state for one in health)),
        ),
    )


def database_bytes(path: Path | None) -> int | None:
    """Return the size of the database with what is not merged into it yet."""
    if path is None:
        return None
    total = 0
    for name in (path.name, f"{path.name}-wal"):
        with suppress(OSError):
            total += path.with_name(name).stat().st_size
    return total
