"""The feeds in force: what is remembered of each, which are this machine's, and which are due.

What a scan needs of every feed (its host, its row) is kept beside it: with ten thousand feeds
whatever is asked of all of them at each poll would be the poll.
"""

from collections.abc import Collection, Mapping
from datetime import UTC, datetime, timedelta

from msgspec import structs

from monitor import model
from monitor.pipeline import share
from monitor.pipeline.host_claims import HostClaims
from monitor.pipeline.membership import Membership
from monitor.store.feeds import KnownFeed
from monitor.web import host_or_none

_CLOCK_SLACK = timedelta(minutes=1)
_NEVER = datetime.min.replace(tzinfo=UTC)


class FeedsInForce:
    """The feeds of all desks, as one process sees them.

    Args:
        feeds: as they are read, by the names of their rows.
        known: what is known of every feed, by row.
        member: this process among the machines.
        claims: the hosts that it may ask.
    """

    def __init__(
        self,
        feeds: Mapping[str, model.Feed],
        known: dict[str, KnownFeed],
        member: Membership,
        claims: HostClaims,
    ) -> None:
        self._member, self._claims = member, claims
        self._counted: tuple[tuple[int, bool], int] | None = None
        self.adopt(feeds, known)

    def adopt(self, feeds: Mapping[str, model.Feed], known: dict[str, KnownFeed]) -> None:
        """Go on with other feeds."""
        self._feeds, self._known = feeds, known
        self._hosts = {name: host_or_none(feed.url) or "" for name, feed in feeds.items()}
        self._counted = None

    def __getitem__(self, row: str) -> KnownFeed:
        """Return what is known of a feed."""
        return self._known[row]

    def __setitem__(self, row: str, known: KnownFeed) -> None:
        """Take in what is now known of a feed."""
        self._known[row] = known

    def sites(self) -> dict[str, str]:
        """Return the hosts of feeds, each with the vantage point it belongs to, "" for any."""
        return share.sites(self._feeds.values(), lambda feed: self._hosts[feed.name])

    def at(self, hosts: Collection[str]) -> list[str]:
        """Return the names of the feeds on some hosts."""
        return [name for name in self._feeds if self._hosts[name] in hosts]

    def may_read(self, feed: model.Feed) -> bool:
        """Tell whether a feed may be read from where this machine stands."""
        return share.readable(feed, self._member.vantage)

    def is_ours(self, feed: model.Feed) -> bool:
        """Tell whether it is for this machine to read a feed."""
        host = self._hosts[feed.name]
        return self.may_read(feed) and (
            not host or self._claims.holds(host)  # a url that leads nowhere is to be told
        )

    def ours(self) -> list[model.Feed]:
        """Return the feeds that it is for this machine to read."""
        return list(filter(self.is_ours, self._feeds.values()))

    def count(self) -> int:
        """Return how many feeds it is for this machine to read."""
        held = (self._claims.changes, self._member.is_valid)
        if self._counted is None or self._counted[0] != held:
            self._counted = held, len(self.ours())
        return self._counted[1]

    def due(self, now: datetime) -> list[model.Feed]:
        """Return the feeds of this machine whose time has come, longest overdue first.

        A feed that was last read in the future was read under a wrong clock, and is due now.
        """
        wrong = now + _CLOCK_SLACK
        waiting: list[tuple[datetime, int, model.Feed]] = []
        for number, (name, feed) in enumerate(self._feeds.items()):
            state = self._known[name].state
            when = state.due or _NEVER
            if state.polled_at is not None and state.polled_at > wrong:
                when = _NEVER
            if when <= now and self.is_ours(feed):
                waiting.append((when, number, feed))
        return [feed for _, _, feed in sorted(waiting)]

    def next_due(self) -> datetime | None:
        """Return when our next feed is due, None without feeds or when one was never read."""
        dues = [self._known[feed.name].state.due for feed in self.ours()]
        known = [due for due in dues if due is not None]
        return min(known) if known and len(known) == len(dues) else None

    def hurry(self, now: datetime) -> None:
        """Let the feeds that got no answer at all be due now; the network was away."""
        for name, (feed_id, state) in self._known.items():
            if state.failures and not state.status and state.ok_at is not None:
                self._known[name] = KnownFeed(feed_id, structs.replace(state, due=now))

    def put_off(self, feed: model.Feed, until: datetime) -> None:
        """Let a feed wait, without storing it: its state could not be saved."""
        feed_id, state = self._known[feed.name]
        self._known[feed.name] = KnownFeed(feed_id, structs.replace(state, due=until))
