"""Read one feed: ask, understand, store. Nothing one feed does can hurt another.

The answer is parsed and stored off the event loop, in one transaction a feed: new entries and the
feed's new state become visible together, so a crash in between asks the feed again and finds the
same entries new.
"""

import asyncio
import logging
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from monitor import feeds, model
from monitor.desk import Desk
from monitor.errors import FetchError, HostPaused, NotAFeed
from monitor.pipeline.states import StateWriter
from monitor.store import entries as entry_store
from monitor.store import feeds as feed_store
from monitor.web import Client

log = logging.getLogger(__name__)

BACKLOG = timedelta(days=1)  # how far back the first reading of a feed is worked on

Clock = Callable[[], datetime]


@dataclass(frozen=True, slots=True)
class Reading:
    """What came of reading one feed."""

    feed: str
    status: int  # HTTP status; 0 = no response
    new: int = 0
    unchanged: bool = False
    error: str = ""


async def read_feed(
    desk: Desk,
    client: Client,
    feed: model.Feed,
    feed_id: int,
    state: model.FeedState,
    *,
    states: StateWriter,
    clock: Clock,
    jitter: float,
) -> tuple[Reading, model.FeedState]:
    """Ask a feed for news and store what it said; never raises for what the feed does.

    Args:
        jitter: a number from 0 to 1 that spreads the next poll, so that feeds that failed together
            do not come back together.
    """
    now = clock()
    request = feeds.request_for(feed, state, now)
    try:
        response = await client.fetch(request)
    except HostPaused as pause:  # no fault of this feed, which was not even asked
        after = replace(state, due=pause.until, due_why="its host asked us to stay away until then")
        return await _save(states, feed, feed_id, state, after, error=str(pause))
    except FetchError as error:
        after = feeds.after_failure(feed, state, error, clock())
        after = _scheduled(feed, after, clock(), jitter)
        return await _save(states, feed, feed_id, state, after, error=str(error))
    if response.status == 200 and not _is_unchanged(response, state):
        return await asyncio.to_thread(
            _take_in, desk, feed, feed_id, state, response, clock(), jitter
        )
    after = feeds.after_response(feed, state, response, None, 0, clock())
    after = _scheduled(feed, after, clock(), jitter)
    status = response.status
    return await _save(states, feed, feed_id, state, after, status=status, error=after.error)


def _is_unchanged(response: model.Response, state: model.FeedState) -> bool:
    return bool(state.body_hash) and feeds.body_hash(response.body) == state.body_hash


def _take_in(
    desk: Desk,
    feed: model.Feed,
    feed_id: int,
    state: model.FeedState,
    response: model.Response,
    now: datetime,
    jitter: float,
) -> tuple[Reading, model.FeedState]:
    content_type = response.headers.get("content-type", "")
    try:
        document = feeds.parse(
            response.body,
            feed,
            url=response.url,
            content_type=content_type,
            now=now,
            known=state.segment_hashes,
        )
    except NotAFeed as error:
        after = feeds.after_failure(feed, state, error, now, response=response)
        after = _scheduled(feed, after, now, jitter)
        with desk.store.write() as db:
            feed_store.save(db, {feed_id: after})
        _tell(state, after, feed, now)
        return Reading(feed.name, response.status, error=str(error)), after
    for note in document.notes:
        log.info("%s: %s", feed.name, note)
    first_run = state.ok_at is None
    found, distrust = feeds.identify(document, state)
    fresh = [feeds.fresh(item.entry, first_run, now) for item in found]
    rows = [
        entry_store.NewEntry(item, _work(item.entry, first_run, now), new)
        for item, new in zip(found, fresh, strict=True)
    ]
    with desk.store.write() as db:
        new_ids = entry_store.add(db, feed_id, rows, now)
        after = feeds.after_response(feed, state, response, document, len(new_ids), now)
        after = replace(after, distrust_guid=after.distrust_guid or distrust)
        after = _scheduled(feed, after, now, jitter)
        feed_store.save(db, {feed_id: after})
    _tell(state, after, feed, now)
    return Reading(feed.name, response.status, new=len(new_ids)), after


def _work(entry: model.Entry, first_run: bool, now: datetime) -> str:
    """A new feed's old entries are only remembered; those of its last day are worked on."""
    old = entry.published is not None and now - entry.published > BACKLOG
    return "seen" if first_run and old else "todo"


def _scheduled(
    feed: model.Feed, state: model.FeedState, now: datetime, jitter: float
) -> model.FeedState:
    due, why = feeds.next_due(feed, state, now, jitter=jitter)
    return replace(state, due=due, due_why=why)


async def _save(
    states: StateWriter,
    feed: model.Feed,
    feed_id: int,
    before: model.FeedState,
    after: model.FeedState,
    *,
    status: int = 0,
    error: str = "",
) -> tuple[Reading, model.FeedState]:
    await states.save(feed_id, after)
    if after.polled_at is not None:
        _tell(before, after, feed, after.polled_at)
    return Reading(feed.name, status, unchanged=not error, error=error), after


def _tell(before: model.FeedState, after: model.FeedState, feed: model.Feed, now: datetime) -> None:
    """Log what began or ended with this reading, once."""
    for line in feeds.events(before, after, feed, now):
        log.warning("%s", line)
