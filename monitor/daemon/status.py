"""What an operator and a health check want to know, as one JSON-like value.

`needs_attention` is what a person has to do something about: a feed in trouble, a message that was
given up, a daemon that hangs or is paused, a reload that failed, a disk that is nearly full. All
else (nothing is running, nothing new) may be as it should be.
"""

import json
import shutil
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import asdict
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from monitor import digest, feeds, lock, model
from monitor.daemon import heartbeat
from monitor.daemon.heartbeat import Bulletin
from monitor.store import articles, left, outbox, rounds, views
from monitor.store import feeds as feed_store
from monitor.store.left import Left
from monitor.workspace import Desk

_SILENT = timedelta(minutes=2)  # a running daemon makes itself known every ten seconds
_STALE = timedelta(hours=2)  # shortest time after which a daemon without rounds is stuck
_LITTLE = 64 * 1024 * 1024  # bytes free on the disk of the state folder


def collect(desk: Desk, now: datetime) -> dict[str, Any]:
    """Return the state of everything; raises StoreError."""
    with desk.store.read() as db:
        known = feed_store.known(db)
        last = rounds.last(db)
        waiting = articles.pages_waiting(db)
        aside, shown = left.count(db), left.newest(db, 3)
        parcels = outbox.parcels(db)
        sizes = views.sizes(db)
        made = {table.name: outbox.last_made(db, table.name) for table in desk.config.digest}
    states = {
        feed.name: known.get(feed.name, (0, model.FeedState()))[1] for feed in desk.feeds.values()
    }
    troubles = []
    for feed in desk.feeds.values():
        if trouble := feeds.trouble(feed, states[feed.name], now):
            since = trouble.since.isoformat() if trouble.since else None
            row = {"feed": feed.name, "kind": trouble.kind, "since": since, "why": trouble.why}
            troubles.append(row)
    parked = [item for item in parcels if item.state == "parked"]
    holder = lock.holder(desk.state)
    about = heartbeat.read(desk.state)
    if about is not None and (holder is None or about.pid != holder["pid"]):
        about = None  # left by a daemon that is no more
    report: dict[str, Any] = {
        "now": now.isoformat(timespec="seconds"),
        "running": holder,
        "daemon": asdict(about) if about else None,
        "last_round": None
        if last is None
        else {"started": last[0].isoformat(), "ended": last[1].isoformat(), **json.loads(last[2])},
        "feeds": {"configured": len(desk.feeds), "troubled": troubles},
        "pages_waiting": waiting,
        "left_aside": aside,
        "outbox": {"queued": len(parcels) - len(parked), "parked": len(parked)},
        "store": {"place": desk.store.place, "bytes": database_bytes(desk.store.path), **sizes},
        "digests": {name: until.isoformat() if until else None for name, until in made.items()},
        "next_digests": _next_digests(desk, now),
    }
    report["needs_attention"] = [
        *_of_daemon(desk, holder, about, last[1] if last else None, now),
        *(f"{row['feed']}: {row['kind']} ({row['why']})" for row in troubles),
        *(f"message to {_label(item.target)} parked: {item.error}" for item in parked),
        *_of_left(aside, shown),
        *_of_disk(desk.state),
    ]
    if holder is None and all(state.polled_at is None for state in states.values()):
        report["needs_attention"].append(
            "nothing was polled yet; `monitor poll` reads the feeds once"
        )
    return report


def _of_daemon(
    desk: Desk,
    holder: dict[str, Any] | None,
    about: Bulletin | None,
    last_round: datetime | None,
    now: datetime,
) -> list[str]:
    if holder is None or about is None:
        return []
    found = []
    beat = datetime.fromisoformat(about.beat) if about.beat else now
    if now - beat > _SILENT:
        found.append(f"the daemon (pid {about.pid}) hangs: it last spoke at {about.beat}")
    if about.paused:
        found.append(f"paused since {about.paused_since}: {about.paused}")
    if about.reload_error:
        found.append(f"the last reload failed, older settings are in force: {about.reload_error}")
    started = datetime.fromisoformat(about.started)
    stale = max(_STALE, *(2 * feed.every for feed in desk.feeds.values()), timedelta(0))
    if desk.feeds and now - max(last_round or started, started) > stale and not about.paused:
        found.append(
            f"no feed was read since {(last_round or started).isoformat(timespec='minutes')}"
        )
    return found


def _of_left(number: int, shown: Sequence[Left]) -> list[str]:
    if not number:
        return []
    named = "; ".join(f"{item.what} {item.feed}: {item.title} ({item.why})" for item in shown)
    return [
        f"{number} of what came in this version could not work on: {named}; please report it; "
        "`monitor db retry` tries again"
    ]


def _of_disk(state: Path) -> list[str]:
    with suppress(OSError):
        free = shutil.disk_usage(state).free
        if free < _LITTLE:
            return [f"{state}: only {free // 2**20} MB are free on its disk; make room"]
    return []


def _next_digests(desk: Desk, now: datetime) -> dict[str, str]:
    zone = desk.config.monitor.timezone
    return {
        table.name: digest.next_due(table.at, table.days, table.timezone or zone, now).isoformat()
        for table in desk.config.digest
    }


def _label(target: str) -> str:
    from monitor import deliver
    from monitor.errors import ConfigError

    try:
        return deliver.parse_target(target).label
    except ConfigError:
        return "a target that cannot be read"


def database_bytes(path: Path | None) -> int | None:
    """Return the size of the database with what is not merged into it yet."""
    if path is None:
        return None
    total = 0
    for name in (path.name, f"{path.name}-wal"):
        with suppress(OSError):
            total += path.with_name(name).stat().st_size
    return total
