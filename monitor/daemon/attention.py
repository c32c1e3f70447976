"""What a person has to do something about, a line each.

A feed in trouble, a message that was given up, a daemon that hangs or is paused, a reload that
failed, a disk that is nearly full. All else (nothing is running, nothing new) may be as it should
be.
"""

import shutil
from collections.abc import Iterable, Sequence
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from monitor import deliver, lock, model
from monitor.daemon.heartbeat import Bulletin
from monitor.daemon.machine_states import MachineStatus
from monitor.dates import zone_words
from monitor.desk import Desk
from monitor.store.left import Left
from monitor.store.outbox import Parcel

_SILENT = timedelta(minutes=2)  # a running daemon makes itself known every ten seconds
_STALE = timedelta(hours=2)  # shortest time after which a daemon without rounds is stuck
_LITTLE = 64 * 1024 * 1024  # bytes free on the disk of the state folder


def of_daemon(
    desk: Desk, about: Bulletin | None, last_round: datetime | None, now: datetime
) -> list[str]:
    """A daemon that hangs or is paused, a reload that failed, feeds that nobody reads."""
    if about is None:
        return []
    found = []
    zone = desk.config.zone

    def at(when: datetime) -> str:
        return _at(when, zone)

    beat = datetime.fromisoformat(about.beat) if about.beat else now
    if now - beat > _SILENT:
        found.append(f"the daemon (pid {about.pid}) hangs: it last spoke at {at(beat)}")
    if about.paused:
        since = at(datetime.fromisoformat(about.paused_since)) if about.paused_since else "?"
        found.append(f"paused since {since}: {about.paused}")
    if about.reload_error:
        found.append(f"the last reload failed, older settings are in force: {about.reload_error}")
    started = datetime.fromisoformat(about.started)
    stale = max(_STALE, *(2 * feed.every for feed in desk.feeds.values()), timedelta(0))
    if desk.feeds and now - max(last_round or started, started) > stale and not about.paused:
        found.append(f"no feed was read since {at(last_round or started)}")
    return found


def of_machines(desk: Desk, machines: Sequence[MachineStatus]) -> list[str]:
    """Machines that are gone; on a store of its own one that had another name is no matter."""
    if desk.store.path is not None:
        return []
    zone = desk.config.zone
    return [
        f"machine {one.name} is gone: last seen at {_at(one.seen, zone)}; "
        f"others do its work (when it is not to come back: monitor machines --forget {one.name})"
        for one in machines
        if one.condition == "gone"
    ]


def of_left(number: int, shown: Sequence[Left]) -> list[str]:
    """Entries and pages that our own code could not work on."""
    if not number:
        return []
    named = "; ".join(f"{item.what} {item.feed}: {item.title} ({item.why})" for item in shown)
    return [
        f"{number} of what came in this version could not work on: {named}; please report it; "
        "`monitor db retry` tries again"
    ]


def of_unjudged(number: int, why: str) -> list[str]:
    """Articles that the rules of this desk have not judged, or by their headline alone."""
    if not number:
        return []
    return [f"{number} articles are not judged by the rules of this desk: {why}"]


def of_disk(state: Path) -> list[str]:
    """A disk that is nearly full."""
    with suppress(OSError):
        free = shutil.disk_usage(state).free
        if free < _LITTLE:
            return [f"{state}: only {free // 2**20} MB are free on its disk; make room"]
    return []


def of_parked(parcel: Parcel) -> str:
    """A message that was given up."""
    return f"message to {deliver.label_of(parcel.target)} parked: {parcel.error}"


def of_start(holder: lock.Holder | None, states: Iterable[model.FeedState]) -> list[str]:
    """A desk that was set up and never read a feed."""
    if holder is None and all(state.polled_at is None for state in states):
        return ["nothing was polled yet; `monitor poll` reads the feeds once"]
    return []


def _at(when: datetime, zone: ZoneInfo) -> str:
    local = when.astimezone(zone)
    return f"{local:%Y-%m-%d %H:%M} {zone_words(local)}"
