"""The machines that share a store: who is there, what each holds."""

from datetime import datetime
from typing import Literal

from msgspec import Struct

from monitor.store import Connection, claims, machines

MachineCondition = Literal["alive", "left", "gone"]


class MachineStatus(Struct, frozen=True):
    """One machine; times by the database's clock.

    Attributes:
        condition: "gone" when its lease ran out.
        hosts: how many it holds.
        desk: whose settings it has, "" for the only one.
        roles: what it does for all: filing, alerts, upkeep, digests.
    """

    name: str
    condition: MachineCondition
    version: str
    vantage: str
    desk: str
    started: datetime
    seen: datetime
    hosts: int = 0
    roles: tuple[str, ...] = ()


def collect(db: Connection) -> tuple[MachineStatus, ...]:
    """Return the daemons that are known, by name."""
    now, held = machines.now(db), claims.held(db)
    return tuple(
        MachineStatus(
            one.name,
            _condition(one, now),
            one.version,
            one.vantage,
            one.desk,
            one.started,
            one.seen,
            *held.get(one.name, (0, ())),
        )
        for one in machines.everyone(db)
        if one.kind == "daemon"
    )


def _condition(one: machines.Machine, now: datetime) -> MachineCondition:
    if one.is_alive(now):
        return "alive"
    return "left" if one.state == "left" else "gone"
