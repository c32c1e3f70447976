"""Manners: when a host may be asked next, decided from values alone.

* At most so many requests to a host at once, and so much time between two; a crawl-delay from
  robots.txt counts where it is longer than our own spacing, up to a minute.
* The host itself must see that time. So it is counted from when a request was sent, or answered
  when no other is under way, and not from when its connection was begun; only one request at a
  time connects; and while one is unanswered, a little is added for its way being the slower one.
* 429, and 503 with Retry-After, pause the whole host: other requests to it are refused until then
  rather than queued. Retry-After may be seconds or a date (RFC 9110 section 10.2.3) and is kept up
  to a day, since servers have been seen to ask for four. A bare 429 means a minute. A bare 503 is
  the trouble of one page more often than of a host, and pauses nothing.
* A host is a name; its ports and schemes share one clock.

All times are seconds on one monotonic clock.
"""

import math
import re
from datetime import timedelta

from msgspec import Struct
from msgspec.structs import replace

from monitor.dates.http import LONGEST_RETRY

LONGEST_CRAWL_DELAY = 60.0
BARE_429_PAUSE = timedelta(minutes=1)
_TRANSIT = 0.05


class Limits(Struct, frozen=True):
    """What every host is spared."""

    per_host: int  # requests at once
    spacing: float  # seconds between two requests


class HostState(Struct, frozen=True):
    """What we remember of one host."""

    in_flight: int = 0
    connecting: bool = False  # one of them has not been sent yet
    sent_at: float = -math.inf  # the last request
    crawl_delay: float = 0.0
    paused_until: float = -math.inf


class Known(Struct, frozen=True):
    """What is known of a host, in terms that another process understands; all in seconds."""

    asked_ago: float = math.inf  # since the last request
    crawl_delay: float = 0.0
    pause: float = 0.0  # until it may be asked at all


def known(state: HostState, now: float) -> Known:
    """What another process has to know to ask this host next."""
    asked_ago = 0.0 if state.in_flight else now - state.sent_at
    return Known(asked_ago, state.crawl_delay, pause(state, now))


def recalled(state: HostState, found: Known, now: float) -> HostState:
    """The host after another process has told what it knew of it."""
    return replace(
        state,
        sent_at=max(state.sent_at, now - found.asked_ago),
        crawl_delay=max(state.crawl_delay, found.crawl_delay),
        paused_until=max(state.paused_until, now + found.pause if found.pause else -math.inf),
    )


def pause(state: HostState, now: float) -> float:
    """Seconds until the host may be asked at all; 0 when it is not paused."""
    return max(0.0, state.paused_until - now)


def wait(state: HostState, limits: Limits, now: float) -> float:
    """Seconds until the next request may start; infinite: not before one is sent or ends."""
    if state.connecting or state.in_flight >= limits.per_host:
        return math.inf
    spacing = max(limits.spacing, state.crawl_delay)
    if spacing and state.in_flight:
        spacing += _TRANSIT
    return min(spacing, max(0.0, state.sent_at + spacing - now))


def must_remember(state: HostState, now: float) -> bool:
    """Whether forgetting this host could make us ask it too soon."""
    return max(state.paused_until, state.sent_at + LONGEST_CRAWL_DELAY) > now


def started(state: HostState) -> HostState:
    """The host once a request to it has begun to connect."""
    return replace(state, in_flight=state.in_flight + 1, connecting=True)


def sent(state: HostState, now: float) -> HostState:
    """The host once that request has been sent."""
    return replace(state, connecting=False, sent_at=now)


def ended(state: HostState, now: float) -> HostState:
    """The host after a request that was sent to it has ended, however it did."""
    others = state.in_flight - 1
    return replace(state, in_flight=others, sent_at=state.sent_at if others else now)


def given_up(state: HostState) -> HostState:
    """The host after a request to it has ended before it was sent."""
    return replace(state, in_flight=state.in_flight - 1, connecting=False)


def answered(state: HostState, status: int, retry_after: timedelta | None, now: float) -> HostState:
    """The host after an answer.

    Args:
        state: before.
        status: of the response.
        retry_after: how long it asked us to wait, if it did.
        now: monotonic time.
    """
    if status == 429:
        wait = BARE_429_PAUSE if retry_after is None else retry_after
    elif status == 503 and retry_after is not None:
        wait = retry_after
    else:
        return state
    until = now + min(wait, LONGEST_RETRY).total_seconds()
    return replace(state, paused_until=max(state.paused_until, until))


def asked_to_crawl_slowly(state: HostState, delay: float) -> HostState:
    """The host after its robots.txt asked for `delay` seconds between requests."""
    return replace(state, crawl_delay=max(0.0, min(delay, LONGEST_CRAWL_DELAY)))


def user_agent(contact: str, version: str) -> str:
    """Who we are, with a way to reach the person who runs us.

    Args:
        contact: a mail address or a web address; "" for none.
        version: of this program.
    """
    contact = re.sub(r"[^!-'*-~]", "", contact)  # neither spaces, parentheses nor beyond ASCII
    if not contact:
        return f"wire-monitor/{version}"
    scheme = "" if "://" in contact or contact.startswith("mailto:") else "mailto:"
    return f"wire-monitor/{version} (+{scheme}{contact})"


def product_token(agent: str) -> str:
    """The name in a User-Agent that robots.txt may address (RFC 9309 section 2.2.1)."""
    return agent.partition("/")[0].partition(" ")[0].strip() or "wire-monitor"
