"""How to ask for a feed, and what its server wishes of a reader.

Validators go back verbatim, each one the server gave (ETag from one response, Last-Modified from
another), with two exceptions that keep a feed from answering 304 for ever:

* after hours of nothing but 304 (twelve times the usual distance between entries, 3 to 24 hours),
  one request is sent without validators; when it brings something the 304s had hidden, the
  server's dates are not believed again, and after a second time not its ETags either (the hash of
  the body then saves the parsing);
* a Last-Modified that lies in the future is not sent back: it can never be exceeded.
"""

import re
from datetime import datetime, timedelta

from monitor.dates import http
from monitor.feeds.state.rhythm import usual_distance
from monitor.model import Feed, FeedDocument, FeedState, Request, Response, ServerWishes

ACCEPT = (
    "application/atom+xml, application/rss+xml, application/rdf+xml, application/feed+json, "
    "application/xml;q=0.9, text/xml;q=0.9, application/json;q=0.8, */*;q=0.5"
)
ACCEPT_PAGE = "text/html, application/xhtml+xml, */*;q=0.5"
_SHORTEST_ONLY_304 = timedelta(hours=3)
_LONGEST_ONLY_304 = timedelta(days=1)
_MAX_AGE = re.compile(r"(?:^|[\s,])max-age\s*=\s*\"?(\d{1,9})", re.I)
_UNCACHED = re.compile(r"(?:^|[\s,])no-(?:cache|store)\b", re.I)


def address_of(feed: Feed, state: FeedState) -> str:
    """The url to ask: the one it moved to for good, unless the user changed his since."""
    return state.address if state.moved_from == feed.url else feed.url


def moves(url: str, state: FeedState) -> tuple[str, ...]:
    """Return where a feed has moved for good and where it says it does, the nearest first.

    Args:
        url: as configured.
        state: what is remembered of it under that url.
    """
    adopted = state.address if state.moved_from == url else ""
    return tuple(filter(None, (adopted, state.moved_to)))


def request_for(feed: Feed, state: FeedState, now: datetime) -> Request:
    """The next request for a feed, conditional wherever that can be trusted."""
    etag, last_modified = state.etag, state.last_modified
    if state.full_at is None or _is_stale(state, now - state.full_at):
        etag = last_modified = ""
    if state.stale_304 >= 1 and etag:
        last_modified = ""
    if state.stale_304 >= 2:
        etag = last_modified = ""
    modified = http.read(last_modified)
    if modified is not None and modified > now + timedelta(hours=1):
        last_modified = ""
    return Request(
        url=address_of(feed, state),
        etag=etag,
        last_modified=last_modified,
        accept=ACCEPT_PAGE if feed.format == "list" else ACCEPT,
        user_agent=feed.user_agent,
        private=feed.private,
        cookies=state.cookies,
    )


def _is_stale(state: FeedState, lasted: timedelta) -> bool:
    """Whether nothing but 304 has been said for longer than is believed."""
    if lasted < _SHORTEST_ONLY_304:
        return False  # seldom not: this costs every poll what the distances would
    usual = usual_distance(state)
    longest = _LONGEST_ONLY_304 if usual is None else max(12 * usual, _SHORTEST_ONLY_304)
    return lasted >= min(longest, _LONGEST_ONLY_304)


def was_conditional(feed: Feed, state: FeedState, now: datetime) -> bool:
    """Whether `request_for` would send a validator."""
    request = request_for(feed, state, now)
    return bool(request.etag or request.last_modified)


def wishes(response: Response, document: FeedDocument | None, now: datetime) -> ServerWishes:
    """What headers and document ask of a reader.

    Args:
        response: any status; Retry-After is read from any.
        document: what was read from its body; None (304, unchanged, failure) leaves its wishes out.
        now: aware; HTTP dates are measured against the response's own Date when it has one.
    """
    headers = response.headers
    sent = http.read(headers.get("date", "")) or now
    control = headers.get("cache-control", "")
    max_age: timedelta | None = None
    if found := _MAX_AGE.search(control):
        age = headers.get("age", "").strip()
        left = int(found[1]) - (int(age) if age.isdecimal() and len(age) < 10 else 0)
        max_age = timedelta(seconds=left) if left > 0 else None
    elif not _UNCACHED.search(control):
        expires = http.read(headers.get("expires", ""))
        max_age = expires - sent if expires is not None and expires > sent else None
    return ServerWishes(
        ttl=document.ttl if document else None,
        update_period=document.update_period if document else None,
        max_age=max_age,
        retry_after=http.retry_after(headers.get("retry-after", ""), sent),
        skip_hours=document.skip_hours if document else frozenset(),
        skip_days=document.skip_days if document else frozenset(),
    )
