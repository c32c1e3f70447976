"""Which hosts a machine takes and gives up."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from monitor import model
from monitor.pipeline import share
from monitor.pipeline.share import Place, Share
from monitor.store.claims import Claim

NOW = datetime(2026, 11, 23, 6, 30, tzinfo=UTC)
LEASE = timedelta(seconds=20)
HOSTS = dict.fromkeys(("a", "b", "c", "d"), "")


def decide(
    hosts: dict[str, str],
    held: dict[str, str | None],
    place: Place,
    *,
    busy: tuple[str, ...] = (),
    wanted: tuple[str, ...] = (),
    free_for: timedelta = timedelta(0),
) -> Share:
    claims = {
        host: Claim(host, machine, NOW - free_for, "x" if host in wanted else "")
        for host, machine in held.items()
    }
    return share.decide(hosts, claims, place, idle=lambda host: host not in busy, now=NOW)


def at(vantage: str = "", *others: str) -> Place:
    return Place("me", vantage, others, LEASE)


def test_alone_takes_everything() -> None:
    """One machine holds all hosts."""
    assert decide(HOSTS, {}, at()) == Share(("a", "b", "c", "d"))


def test_two_machines_hold_half_each() -> None:
    """A newcomer takes half, the other gives up as much, what is busy last."""
    assert decide(HOSTS, {"a": None}, at("", "")).take == ("a", "b")
    held = dict.fromkeys(HOSTS, "me")
    assert decide(HOSTS, held, at("", ""), busy=("a",)) == Share((), ("b", "c"))


def test_what_lies_free_for_long_is_taken_beyond_the_share() -> None:
    """No host stays unread because another machine does not know of its feeds."""
    held: dict[str, str | None] = {"a": "me", "b": "me", "c": None, "d": None}
    assert decide(HOSTS, held, at("", "")).take == ()
    assert decide(HOSTS, held, at("", ""), free_for=0.4 * LEASE).take == ()
    assert decide(HOSTS, held, at("", ""), free_for=0.6 * LEASE).take == ("c", "d")


def test_a_host_of_a_vantage_point_is_read_there() -> None:
    """Others leave it alone while a machine stands there, and read what they may if none does."""
    hosts = {"a": "seoul", "b": ""}
    assert decide(hosts, {}, at("", "seoul")).take == ("b",)
    assert decide(hosts, {"a": "me"}, at("", "seoul")).give == ("a",)
    assert "a" in decide(hosts, {}, at("seoul", "")).take
    assert "a" in decide(hosts, {}, at("", "")).take + decide(hosts, {}, at()).take


def test_what_another_wants_is_given_up_when_idle() -> None:
    """A redirect of another machine's leads to our host: it gets its turn."""
    held = dict.fromkeys(HOSTS, "me")
    assert decide(HOSTS, held, at(), wanted=("c",)).give == ("c",)
    assert decide(HOSTS, held, at(), wanted=("c",), busy=("c",)).give == ()


def test_feeds_of_a_place_where_nobody_stands_are_named() -> None:
    """A feed with a vantage point is read there and nowhere else."""
    feeds = [model.Feed("a", "http://a/", vantage="seoul"), model.Feed("b", "http://b/")]
    never, read = model.FeedState(), model.FeedState(ok_at=NOW, due=NOW + LEASE)
    told = [share.nobody_reads(feed, never, {"", "berlin"}, NOW) for feed in feeds]
    assert [one and one.kind for one in told] == ["nobody reads it", None]
    assert share.nobody_reads(feeds[0], never, {"seoul"}, NOW) is None
    assert share.nobody_reads(feeds[0], read, {""}, NOW) is None
    assert share.sites(feeds, lambda feed: feed.name) == {"a": "seoul", "b": ""}


@given(
    st.lists(st.sampled_from(["", "seoul", "berlin"]), min_size=1, max_size=4),
    st.lists(st.sampled_from(["", "seoul", "berlin", "tokyo"]), min_size=1, max_size=12),
)
def test_all_hosts_find_a_machine_and_none_has_more_than_its_part(
    vantages: list[str], places: list[str]
) -> None:
    """Machines that look in turn end with every host held, evenly where all may hold all."""
    hosts = {f"h{number}": place for number, place in enumerate(places)}
    held: dict[str, str | None] = {}
    for _ in range(3):
        for number, vantage in enumerate(vantages):
            others = [other for place, other in enumerate(vantages) if place != number]
            claims = {host: Claim(host, machine, NOW) for host, machine in held.items()}
            place = Place(f"m{number}", vantage, tuple(others), LEASE)
            plan = share.decide(hosts, claims, place, idle=lambda _host: True, now=NOW)
            held |= dict.fromkeys(plan.give) | dict.fromkeys(plan.take, place.name)
    assert held.keys() == hosts.keys()
    assert None not in held.values()
    if set(places) == {""}:
        numbers = [list(held.values()).count(f"m{number}") for number in range(len(vantages))]
        assert max(numbers) <= -(-len(hosts) // len(vantages))
