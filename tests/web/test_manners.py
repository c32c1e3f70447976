"""When a host may be asked, as a matter of values."""

import math
from datetime import timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.web import politeness, user_agent
from monitor.web.politeness import HostState, Limits

NOW = 1_000.0
LIMITS = Limits(per_host=2, spacing=1.0)


def test_a_new_host_may_be_asked_at_once() -> None:
    """Nothing is known of it, so nothing has to be waited for."""
    assert politeness.wait(HostState(), LIMITS, NOW) == 0
    assert politeness.pause(HostState(), NOW) == 0


def after_one(now: float) -> HostState:
    """A host to which one request was sent and is under way."""
    return politeness.sent(politeness.started(HostState()), now)


def test_two_requests_are_a_spacing_apart() -> None:
    """The second waits a spacing from the answer, or a little more from an unanswered request."""
    state = after_one(NOW)
    assert politeness.wait(state, LIMITS, NOW + 0.25) == pytest.approx(0.8)
    assert politeness.wait(state, LIMITS, NOW + 1.05) == 0
    answered = politeness.ended(state, NOW + 0.25)
    assert politeness.wait(answered, LIMITS, NOW + 0.25) == 1
    assert politeness.wait(answered, LIMITS, NOW + 1.25) == 0


def test_without_spacing_nothing_is_waited_for() -> None:
    """A spacing of 0 is none, also while a request is under way."""
    assert politeness.wait(after_one(NOW), Limits(2, 0.0), NOW) == 0


def test_a_full_host_waits_for_one_to_end() -> None:
    """Over the limit no time is enough."""
    state = politeness.sent(politeness.started(after_one(NOW)), NOW + 1)
    assert politeness.wait(state, LIMITS, NOW + 99) == math.inf
    assert politeness.wait(politeness.ended(state, NOW + 50), LIMITS, NOW + 99) == 0


def test_one_request_at_a_time_connects() -> None:
    """Until a request is sent nobody knows when the spacing begins; one that never was has none."""
    state = politeness.started(HostState())
    assert politeness.wait(state, LIMITS, NOW) == math.inf
    assert politeness.wait(politeness.sent(state, NOW), LIMITS, NOW) == pytest.approx(1.05)
    assert politeness.wait(politeness.given_up(state), LIMITS, NOW) == 0


def test_another_request_that_ends_does_not_end_the_connecting() -> None:
    """An older request may end while a newer one still connects."""
    state = politeness.ended(politeness.started(after_one(NOW)), NOW + 50)
    assert politeness.wait(state, LIMITS, NOW + 99) == math.inf


def test_a_crawl_delay_counts_where_it_is_longer_and_sensible() -> None:
    """The longer of delay and spacing holds, and no delay holds longer than a minute."""
    state = politeness.ended(after_one(NOW), NOW)
    slow = politeness.asked_to_crawl_slowly(state, 10)
    assert politeness.wait(slow, LIMITS, NOW) == 10
    assert politeness.wait(politeness.asked_to_crawl_slowly(state, 0.1), LIMITS, NOW) == 1
    assert politeness.wait(politeness.asked_to_crawl_slowly(state, 86_400), LIMITS, NOW) == 60


@pytest.mark.parametrize(
    ("status", "asked", "paused"),
    [
        (429, 120.0, 120),
        (503, 120.0, 120),
        (429, None, 60),
        (503, None, 0),
        (500, 120.0, 0),
        (200, 120.0, 0),
        (429, 0.0, 0),
        (429, 88 * 3600.0, 86_400),
    ],
)
def test_429_and_503_pause_a_host(status: int, asked: float | None, paused: float) -> None:
    """Failure mode 22: Retry-After holds for the host, up to a day; a bare 429 means a minute."""
    wait = None if asked is None else timedelta(seconds=asked)
    state = politeness.answered(HostState(), status, wait, NOW)
    assert politeness.pause(state, NOW) == paused
    assert politeness.pause(state, NOW + paused) == 0


def test_a_shorter_pause_does_not_end_a_longer_one() -> None:
    """The host's longest wish holds."""
    state = politeness.answered(HostState(), 429, timedelta(minutes=10), NOW)
    assert politeness.pause(politeness.answered(state, 503, timedelta(), NOW), NOW) == 600


@given(
    st.lists(st.floats(0, 20), min_size=1, max_size=30),
    st.integers(1, 4),
    st.floats(0, 3),
)
def test_no_sequence_of_arrivals_breaks_a_limit(
    arrivals: list[float], per_host: int, spacing: float
) -> None:
    """However requests come, requests are a spacing apart and never more than the limit at once."""
    limits = Limits(per_host, spacing)
    state, now, starts, ends = HostState(), 0.0, list[float](), list[float]()
    for arrival in sorted(arrivals):
        now = max(now, arrival)
        while True:
            while ends and ends[0] <= now:
                state = politeness.ended(state, ends.pop(0))
            seconds = politeness.wait(state, limits, now)
            if seconds == 0:
                break
            now = ends[0] if math.isinf(seconds) else math.nextafter(now + seconds, math.inf)
        assert state.in_flight < per_host
        state = politeness.sent(politeness.started(state), now)
        starts.append(now)
        ends = sorted([*ends, now + 2.5])
    gaps = [later - earlier for earlier, later in pairwise(starts)]
    assert all(gap >= spacing - 1e-9 for gap in gaps)


@pytest.mark.parametrize(
    ("contact", "agent"),
    [
        ("desk@example.org", "wire-monitor/0.1 (+mailto:desk@example.org)"),
        ("mailto:desk@example.org", "wire-monitor/0.1 (+mailto:desk@example.org)"),
        ("https://example.org/bot", "wire-monitor/0.1 (+https://example.org/bot)"),
        ("", "wire-monitor/0.1"),
        ("a@b.org)\r\nX-Evil: (1", "wire-monitor/0.1 (+mailto:a@b.orgX-Evil:1)"),
    ],
)
def test_the_user_agent_says_whom_to_write_to(contact: str, agent: str) -> None:
    """Product, version and contact, and nothing that could end the header."""
    assert user_agent(contact, "0.1") == agent
    assert politeness.product_token(agent) == "wire-monitor"


def test_what_one_process_knows_of_a_host_another_may_go_on_from() -> None:
    """By clocks of their own: how long ago it was asked, its pace, and its pause; the stricter."""
    host = politeness.asked_to_crawl_slowly(politeness.ended(after_one(NOW), NOW), 5.0)
    found = politeness.known(host, NOW + 2.0)
    assert found == politeness.Known(asked_ago=2.0, crawl_delay=5.0, pause=0.0)
    assert politeness.known(after_one(NOW), NOW + 2.0).asked_ago == 0
    assert politeness.recalled(HostState(), politeness.Known(), 7_000.0) == HostState()
    later = politeness.recalled(HostState(), found, 7_000.0)
    assert politeness.wait(later, LIMITS, 7_000.0) == 3.0
    assert politeness.pause(later, 7_000.0) == 0
    paused = politeness.recalled(later, politeness.Known(pause=60.0), 7_000.0)
    assert politeness.pause(paused, 7_010.0) == 50
    assert politeness.recalled(paused, politeness.Known(), 7_000.0) == paused


def test_a_host_is_remembered_as_long_as_it_could_be_asked_too_soon() -> None:
    """A minute after the last request, which no crawl-delay exceeds; or until its pause is over."""
    asked = politeness.ended(after_one(NOW), NOW)
    assert politeness.must_remember(asked, NOW + 59.9)
    assert not politeness.must_remember(asked, NOW + 60)
    paused = politeness.answered(asked, 429, timedelta(hours=1), NOW)
    assert politeness.must_remember(paused, NOW + 3599)
    assert not politeness.must_remember(paused, NOW + 3600)


@pytest.mark.parametrize(
    ("agent", "token"),
    [("Desk/1.0 (x)", "Desk"), ("Desk Reader/2", "Desk"), ("Desk", "Desk"), ("/1", "wire-monitor"),
     (" Desk", "wire-monitor"), ("", "wire-monitor")],
)  # fmt: skip
def test_robots_may_address_the_first_word_of_an_agent(agent: str, token: str) -> None:
    """Without its version; ours, where there is none."""
    assert politeness.product_token(agent) == token
