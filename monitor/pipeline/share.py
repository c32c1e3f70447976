"""Which hosts a machine should hold, decided from values alone.

* A host belongs to a vantage point when a feed on it does: it is one host, and one machine asks it.
  While no machine stands there, others read the feeds on it that may be read from anywhere.
* All machines that may hold a host hold as many as the others, give or take one. What lay free for
  half a lease is taken by whoever sees it: who was to take it has been away for two renewals, and
  may be as good as dead. Nor is any list of feeds known to be complete.
* A host is given up while nothing is under way to it: when another machine wants it, when it is
  more than our share, or when it is no longer ours to hold.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Set
from datetime import datetime, timedelta
from math import ceil

from msgspec import Struct

from monitor import model
from monitor.store.claims import Claim


class Share(Struct, frozen=True):
    """What to change: hosts to take, and hosts to give up."""

    take: tuple[str, ...] = ()
    give: tuple[str, ...] = ()


def sites(feeds: Iterable[model.Feed], host_of: Callable[[model.Feed], str]) -> dict[str, str]:
    """Return the hosts of feeds, each with the vantage point it belongs to, "" for any."""
    found: dict[str, str] = {}
    for feed in feeds:
        if host := host_of(feed):
            found[host] = found.get(host, "") or feed.vantage
    return found


def readable(feed: model.Feed, vantage: str) -> bool:
    """Tell whether a feed may be read from a vantage point."""
    return feed.vantage in ("", vantage)


def nobody_reads(
    feed: model.Feed, state: model.FeedState, alive: Set[str], now: datetime
) -> model.FeedTrouble | None:
    """Return the trouble of a feed at whose vantage point no machine stands.

    One that is read by commands there, and is not due yet, is in no trouble.

    Args:
        alive: the vantage points of the machines that are alive.
    """
    if feed.vantage in ("", *alive) or (state.due is not None and state.due > now):
        return None
    why = f'no machine stands at its vantage point "{feed.vantage}"'
    return model.FeedTrouble(feed.name, "nobody reads it", state.ok_at, why)


class Place(Struct, frozen=True):
    """A machine among the others.

    Attributes:
        name, vantage: of this machine.
        others: the vantage points of the others, one for each machine.
        lease: of this machine; a host lies free for half of it before anybody takes it.
    """

    name: str
    vantage: str
    others: tuple[str, ...]
    lease: timedelta


def decide(
    hosts: Mapping[str, str],
    claims: Mapping[str, Claim],
    place: Place,
    *,
    idle: Callable[[str], bool],
    now: datetime,
) -> Share:
    """Decide what to take and what to give up.

    Args:
        hosts: of all feeds, with their vantage points.
        claims: of these hosts, by host; those that nobody ever claimed may lack.
        idle: whether nothing is under way to a host.
        now: by the database's clock.
    """
    everyone = Counter([place.vantage, *place.others])
    groups: dict[str, list[str]] = {}
    for host in sorted(hosts):
        groups.setdefault(hosts[host] if hosts[host] in everyone else "", []).append(host)
    mine = {host for host, claim in claims.items() if claim.machine == place.name}
    wanted = {host for host in mine if claims[host].wanted_by and idle(host)}
    take: list[str] = []
    give = sorted(wanted)
    for vantage, group in groups.items():
        held = [host for host in group if host in mine - wanted]
        if vantage not in ("", place.vantage):
            give += filter(idle, held)
            continue
        machines = everyone[vantage] if vantage else everyone.total()
        room = ceil(len(group) / machines) - len(held)
        if room < 0 and place.others:
            give += list(filter(idle, held))[:-room]
        take += _to_take(
            [host for host in group if host not in mine], claims, room, now - place.lease / 2
        )
    return Share(tuple(take), tuple(give))


def _to_take(
    hosts: Iterable[str], claims: Mapping[str, Claim], room: int, long_ago: datetime
) -> Iterator[str]:
    """Yield as many free hosts as there is room for, and all that nobody took for long."""
    for host in hosts:
        claim = claims.get(host)
        if claim is not None and claim.machine is not None:
            continue
        if room > 0 or (claim is not None and claim.since < long_ago):
            room -= 1
            yield host
