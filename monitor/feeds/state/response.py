"""What a response means for a feed's state.

* Validators are kept each on its own, from every 200 and 304, also when the body is the same; never
  from a body that was no feed, held nothing, broke off or was too costly to be read at once, or the
  next 304 would vouch for it.
* 304, or a body we have: fine, nothing new. A 200 to an unconditional request that brings something
  after a day of 304s shows that those were untrue (`monitor.feeds.state.request`).
* A body without items changes nothing that we remember; it is counted, since a feed that lost its
  items and one that is quiet look the same only once.
* A permanent redirect (301, 308) is believed after several readings over a day, each of which
  parsed and held entries we know; a target that then fails three times is given up again.
* A window overrun (every item new, and the oldest newer than the newest we had) is a gap: entries
  were lost between two readings.
* Failures: 401, 403, 451 and robots.txt are "blocked", 404 "missing", 410 "gone", 429 and 503
  "busy", the rest "other". None of them forgets what we know.
"""

import hashlib
from datetime import UTC, datetime, timedelta

from msgspec.structs import replace

from monitor import errors, text
from monitor.feeds.state import rhythm
from monitor.feeds.state.request import address_of, was_conditional, wishes
from monitor.model import Feed, FeedDocument, FeedState, Response, ServerWishes

_PERMANENT = frozenset({301, 308})
_CONFIRMATIONS = 3
_MOVE_TAKES = timedelta(days=1)
_GIVE_UP_MOVE = 3  # failures in a row at the new url
_FEWEST_FOR_GAP = 3
_FIRST_LESSON = timedelta(days=14)  # of a first listing that tell a rhythm
_CACHE_LAG = timedelta(minutes=30)  # a story may come out that long before caches show it
_KINDS = {
    401: "blocked",
    403: "blocked",
    451: "blocked",
    404: "missing",
    410: "gone",
    429: "busy",
    503: "busy",
}


def body_hash(body: bytes) -> str:
    """The hash to compare with `FeedState.body_hash`; an equal body need not be parsed."""
    return hashlib.sha256(body).hexdigest()


def after_response(
    feed: Feed,
    state: FeedState,
    response: Response,
    document: FeedDocument | None,
    new: int,
    now: datetime,
    *,
    conditional: bool = True,
    digest: str = "",
) -> FeedState:
    """The state after any response that came back whole.

    Args:
        feed: as configured.
        state: before.
        response: any status; what is neither 200 nor 304 counts as a failure, 202 and 204 too:
            gates answer so, and there is nothing to read.
        document: what the body was parsed to, with or without its entries; None for 304 and for a
            body with the known hash.
        new: how many of its entries the store did not know.
        now: aware.
        conditional: the request bore a validator; a 304 answers nothing else (RFC 9110, 15.4.5).
        digest: the hash of the body, where it is known.
    """
    if response.status == 304 and not conditional:
        why = "HTTP 304, though the request was not conditional"
        return after_failure(state, why, now, response=response)
    if response.status == 304:
        known = _refilled(_after_redirect(feed, state, response, True, now))
        return _fine(rhythm.watched(known, [], now), response, None, now)
    if response.status != 200:
        return after_failure(state, f"HTTP {response.status}", now, response=response)
    if document is None:
        known = _refilled(_after_redirect(feed, state, response, True, now))
        return replace(_fine(rhythm.watched(known, [], now), response, None, now), full_at=now)
    if not document.read and not document.listed:
        return _empty(state, response, document, now)
    times = list(document.times)
    lied = _was_304_untrue(feed, state, times[-new:] if new else [], now)
    known = _after_redirect(feed, state, response, new < document.listed, now)
    known = _remember_entries(known, document, times, new, now)
    after = replace(
        _fine(known, response, document, now),
        body_hash=digest or body_hash(response.body),
        segment_hashes=document.segment_hashes,
        full_at=now,
        listed=document.listed,
        empties=0,
        empty_since=None,
        stale_304=state.stale_304 + lied,
        catching_up=bool(document.unread) and (state.ok_at is None or state.catching_up),
    )
    if document.cut_off or document.unread:  # a 304 or an equal body would vouch for the rest
        after = replace(after, etag="", last_modified="", body_hash="")
    return after


def after_failure(
    state: FeedState,
    error: Exception | str,
    now: datetime,
    *,
    response: Response | None = None,
) -> FeedState:
    """The state after a request that failed, or a body that could not be read.

    Args:
        state: before; everything learned is kept.
        error: what went wrong, for people.
        now: aware.
        response: the response, if there was one.
    """
    status = response.status if response else 0
    kind = "blocked" if isinstance(error, errors.Refused) else _KINDS.get(status, "other")
    line = text.one_line(str(error))[:300] or type(error).__name__
    failures = state.failures + 1
    moved = state.address and failures >= _GIVE_UP_MOVE
    asked = wishes(response, None, now) if response else ServerWishes()
    return replace(
        state,
        polled_at=now,
        failures=failures,
        failing_since=state.failing_since or now,
        status=status,
        error=line,
        failure=kind,
        cookies=(response.cookies if response else "") or state.cookies,
        address="" if moved else state.address,
        moved_from="" if moved else state.moved_from,
        moved_to="" if moved else state.moved_to,
        moved_count=0 if moved else state.moved_count,
        moved_since=None if moved else state.moved_since,
        wishes=replace(state.wishes or ServerWishes(), retry_after=asked.retry_after),
    )


def _fine(
    state: FeedState,
    response: Response,
    document: FeedDocument | None,
    now: datetime,
) -> FeedState:
    """What any good response changes."""
    asked = wishes(response, document, now)
    if document is None and state.wishes is not None:  # the document still asks what it asked
        asked = ServerWishes(
            ttl=state.wishes.ttl,
            update_period=state.wishes.update_period,
            max_age=asked.max_age,
            retry_after=asked.retry_after,
            skip_hours=state.wishes.skip_hours,
            skip_days=state.wishes.skip_days,
        )
    whole = response.status != 304  # then a validator that is missing is no longer valid
    return replace(
        state,
        etag=response.headers.get("etag", "" if whole else state.etag),
        last_modified=response.headers.get("last-modified", "" if whole else state.last_modified),
        cookies=response.cookies or state.cookies,
        polled_at=now,
        ok_at=now,
        failures=0,
        failing_since=None,
        failure="",
        status=response.status,
        error="",
        wishes=asked,
    )


def _refilled(state: FeedState) -> FeedState:
    """The state once the body with items, whose validators and hash were kept, is there again."""
    return replace(state, empties=0, empty_since=None) if state.empties else state


def _empty(
    state: FeedState, response: Response, document: FeedDocument, now: datetime
) -> FeedState:
    fine = _fine(rhythm.watched(state, [], now), response, document, now)
    if not state.listed:
        return replace(fine, full_at=now)  # it never had items: nothing suspicious
    return replace(
        fine,
        etag=state.etag,
        last_modified=state.last_modified,
        empties=state.empties + 1,
        empty_since=state.empty_since or now,
    )


def _was_304_untrue(feed: Feed, state: FeedState, new: list[datetime], now: datetime) -> bool:
    """Whether the unconditional request found what a 304 before it had denied.

    `new` are the times of the new entries: only one that came out well before that 304 proves it.
    """
    if state.status != 304 or state.ok_at is None or was_conditional(feed, state, now):
        return False
    return any(when < state.ok_at - _CACHE_LAG for when in new)


def _remember_entries(
    state: FeedState, document: FeedDocument, times: list[datetime], new: int, now: datetime
) -> FeedState:
    first_run = state.full_at is None
    whole = document.read == document.listed
    gap = (
        not first_run
        and whole
        and new >= document.listed >= _FEWEST_FOR_GAP
        and (not times or state.newest is None or times[0] > state.newest)
    )
    arrived = _arrivals(times, document.read, new, first_run, now)
    window = state.window
    if whole and len(times) >= 2:
        window = int((times[-1] - times[0]).total_seconds())
    return replace(
        rhythm.watched(state, arrived, now),
        newest=max([*times[-1:], *([state.newest] if state.newest else [])], default=None),
        window=window,
        changed_at=now if new else state.changed_at,
        gaps=state.gaps + gap,
        gap_at=now if gap else state.gap_at,
    )


def _arrivals(
    times: list[datetime], entries: int, new: int, first_run: bool, now: datetime
) -> list[datetime]:
    """When the new entries came out, as far as we can tell; on a first run only the dated ones."""
    if first_run:
        recent = now - _FIRST_LESSON
        return [when.astimezone(UTC) for when in times if when >= recent]
    dated = [when.astimezone(UTC) for when in times[-new:]] if new else []
    return sorted([*dated, *[now] * min(new - len(dated), entries)])


def _after_redirect(
    feed: Feed, state: FeedState, response: Response, overlaps: bool, now: datetime
) -> FeedState:
    """Count the confirmations of a permanent move; `overlaps` tells that entries were known."""
    target = ""
    for status, address in response.redirects:
        if status not in _PERMANENT:
            break
        target = address
    if not target or target == address_of(feed, state):
        if not state.moved_to:
            return state
        return replace(state, moved_to="", moved_count=0, moved_since=None)
    if target != state.moved_to:
        return replace(state, moved_to=target, moved_count=int(overlaps), moved_since=now)
    count = state.moved_count + int(overlaps)
    if count < _CONFIRMATIONS or now - (state.moved_since or now) < _MOVE_TAKES:
        return replace(state, moved_count=count)
    return replace(
        state,
        address=target,
        moved_from=feed.url,
        moved_to="",
        moved_count=0,
        moved_since=None,
    )
