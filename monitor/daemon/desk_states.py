"""The desks that share a store: what each has in force, and who works for it."""

from collections import Counter
from datetime import datetime

from msgspec import Struct

from monitor.store import Connection, desk_feeds, machines, published_desks, unjudged


class DeskStatus(Struct, frozen=True):
    """One desk.

    Attributes:
        name: "main" for the one without a name.
        feeds: how many it wants.
        files: the names of its own rule and entity files.
        version, machine, at: of the program that put them in force, where and when.
        machines: daemons that are at work for it.
        unjudged: articles that wait to be judged by one of them.
    """

    name: str
    feeds: int
    files: tuple[str, ...]
    version: str
    machine: str
    at: datetime
    machines: tuple[str, ...]
    unjudged: int


def collect(db: Connection) -> tuple[DeskStatus, ...]:
    """Return the desks that are known, by name."""
    now = machines.now(db)
    alive = [one for one in machines.everyone(db) if one.kind == "daemon" and one.is_alive(now)]
    feeds = Counter(wish.desk for wish in desk_feeds.wanted(db))
    left = unjudged.by_desk(db)
    return tuple(
        DeskStatus(
            one.name or "main",
            feeds[one.name],
            tuple(name for name, _ in one.files),
            one.version,
            one.machine,
            one.at,
            tuple(machine.name for machine in alive if machine.desk == one.name),
            left.get(one.name, 0),
        )
        for one in published_desks.everyone(db)
    )
