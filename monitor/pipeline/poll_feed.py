"""Read one feed: ask, understand, store. Nothing one feed does can hurt another.

An answer that tells nothing new changes a feed's clocks alone, and they are put by. All others are
parsed and stored off the event loop (see `intake`). New entries and the feed's new state
become visible together, so a crash in between asks the feed again and finds the same entries new.
"""

import asyncio
import logging
from collections.abc import Callable
from datetime import datetime
from typing import NamedTuple, TypeAlias

from msgspec.structs import replace

from monitor import feeds, model
from monitor.errors import (
    BadRedirect,
    FetchError,
    HostElsewhere,
    HostPaused,
    MonitorError,
    NotAFeed,
    Refused,
    TooCostly,
    TooLarge,
)
from monitor.pipeline.intake import Intake, Outcome, Reading, Understood
from monitor.pipeline.read_answer import ReadAnswer, read_answer
from monitor.pipeline.tools import Tools
from monitor.store.feeds import KnownFeed
from monitor.workers import Workers

log = logging.getLogger(__name__)

Clock = Callable[[], datetime]
_Read: TypeAlias = ReadAnswer | NotAFeed | TooCostly

_ANSWERED = (BadRedirect, TooLarge)  # failures of which somebody's answer is the cause
_SMALL = 200_000  # bytes that are read in this process: at their worst they take half a second
_SMALL_LIST = 20_000  # of a page of links, whose tree takes ten times as long


class _Received(NamedTuple):
    """A feed, and what its server said."""

    feed: model.Feed
    state: model.FeedState  # before
    response: model.Response
    now: datetime  # when it came
    jitter: float  # see `read_feed`


async def read_feed(
    tools: Tools,
    feed: model.Feed,
    known: KnownFeed,
    *,
    clock: Clock,
    jitter: float,
) -> Outcome:
    """Ask a feed for news and store what it said; never raises for what the feed does.

    Args:
        jitter: a number from 0 to 1 that spreads the next poll, so that feeds that failed together
            do not come back together.

    Raises:
        HostElsewhere: another machine asks its host; nothing was stored.
        StoreError: it cannot be stored.
    """
    feed_id, state = known
    request = feeds.request_for(feed, state, clock())
    try:
        response = await tools.client.fetch(request)
    except HostElsewhere:
        raise
    except HostPaused as pause:  # no fault of this feed, which was not even asked
        now = clock()
        after = replace(state, due=pause.until, due_why="its host asked us to stay away until then")
        outcome = _only_state(feed, after, error=str(pause), reached=None)
    except FetchError as error:
        now = clock()
        after = _scheduled(feed, feeds.after_failure(state, error, now), now, jitter)
        reached = None if isinstance(error, Refused) else isinstance(error, _ANSWERED)
        outcome = _only_state(feed, after, error=str(error), reached=reached)
    else:
        now = clock()
        received = _Received(feed, state, response, now, jitter)
        digest = await _digest(response.body) if response.status == 200 else ""
        if not digest or digest == state.body_hash:
            outcome = _unread(received, request)
            return await _stored(tools.intake, feed, known, outcome, now)
        read: _Read | None = None
        if tools.workers and _is_costly(received):
            read = await _read_apart(tools.workers, received)
        reading, after = await tools.intake.take(
            feed_id, lambda: _understand(received, digest, read)
        )
        return replace(reading, events=feeds.events(state, after, feed, now)), after
    return await _stored(tools.intake, feed, known, outcome, now)


async def _digest(body: bytes) -> str:
    """Hash a body, a large one off the loop."""
    if len(body) <= _SMALL:
        return feeds.body_hash(body)
    return await asyncio.to_thread(feeds.body_hash, body)


async def _stored(
    intake: Intake,
    feed: model.Feed,
    known: KnownFeed,
    outcome: Outcome,
    now: datetime,
) -> Outcome:
    """Have a state stored that no entries come with: at once, or later where that loses little."""
    (feed_id, state), (reading, after) = known, outcome
    if feeds.differ_by_clocks(state, after):
        intake.put_by(feed_id, feed.url, after)
    else:
        await intake.take(feed_id, lambda: Understood((), now, lambda _new: outcome))
    told = feeds.events(state, after, feed, after.polled_at) if after.polled_at else ()
    return (replace(reading, events=told) if told else reading), after


def _only_state(
    feed: model.Feed,
    after: model.FeedState,
    *,
    status: int = 0,
    error: str = "",
    reached: bool | None = True,
) -> Outcome:
    return Reading(feed.name, status, reached, unchanged=not error, error=error), after


def _unread(received: _Received, request: model.Request) -> Outcome:
    """What an answer means in which there is nothing to read."""
    feed, state, response, now, jitter = received
    conditional = bool(request.etag or request.last_modified)
    after = feeds.after_response(feed, state, response, None, 0, now, conditional=conditional)
    after = _scheduled(feed, after, now, jitter)
    return _only_state(feed, after, status=response.status, error=after.error)


def _understand(received: _Received, digest: str, read: _Read | None) -> Understood:
    """Read an answer, and return what is to be stored of it.

    Args:
        digest: the hash of its body.
        read: what was read apart; None: it is to be read here.
    """
    feed, state, response, now, jitter = received
    if read is None:
        read = _read_here(received)
    if isinstance(read, MonitorError):
        after = feeds.after_failure(state, read, now, response=response)
        after = _scheduled(feed, after, now, jitter)
        failed = _only_state(feed, after, status=response.status, error=str(read))
        return Understood((), now, lambda _new: failed)
    document, rows, distrust = read
    for note in document.notes:
        log.info("%s: %s", feed.name, note)

    def outcome(new: int) -> Outcome:
        after = feeds.after_response(feed, state, response, document, new, now, digest=digest)
        after = replace(after, distrust_guid=after.distrust_guid or distrust)
        after = _scheduled(feed, after, now, jitter)
        recent = sum(row.work == "todo" for row in rows)
        return Reading(feed.name, response.status, new=new, to_open=min(new, recent)), after

    return Understood(rows, now, outcome)


def _read_here(received: _Received) -> _Read:
    feed, state, response, now, _ = received
    try:
        return read_answer(response, feed, state, now)
    except NotAFeed as error:
        return error


async def _read_apart(workers: Workers, received: _Received) -> _Read:
    feed, state, response, now, _ = received
    try:
        return await workers.run(read_answer, response, feed, state, now)
    except (NotAFeed, TooCostly) as error:
        return error


def _is_costly(received: _Received) -> bool:
    """Whether an answer is to be read where the reading can be ended.

    All reading is bounded by the size of what is read, so what is small can stay here.
    """
    small = _SMALL_LIST if received.feed.format == "list" else _SMALL
    return len(received.response.body) > small or received.state.ok_at is None


def _scheduled(
    feed: model.Feed, state: model.FeedState, now: datetime, jitter: float
) -> model.FeedState:
    due, why = feeds.next_due(feed, state, now, jitter=jitter)
    return replace(state, due=due, due_why=why)
