"""What `monitor feeds check` says of a feed: is it worth having, and what is wrong with it.

"Status 200, valid XML, ten items" passed every dead feed of the field's public lists (frozen for
months or years, recommendation lists, the wrong edition). So four things are looked at: the status,
what the document is, how many items it has, and how old the newest is; then what costs stories
later: dates without a zone or ahead of the clock, guids that several items share, a window that is
gone in an hour, no validators.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Literal

from msgspec import Struct

from monitor import dates
from monitor.dates.durations import spoken
from monitor.feeds.freshness import aware
from monitor.feeds.identity import identify
from monitor.feeds.state.due import next_due
from monitor.model import Entry, Feed, FeedDocument, FeedState, Response
from monitor.url_logins import redact

_OLD = timedelta(days=10)
_SHORT_WINDOW = timedelta(hours=3)
_AHEAD = timedelta(minutes=10)
_HEAVY = 2_000_000


class FeedReport(Struct, frozen=True):
    """One feed as found; `faults` make it useless, `doubts` deserve a look."""

    feed: str
    url: str
    verdict: Literal["good", "doubtful", "bad"]
    status: int  # 0: no response
    format: str = ""
    title: str = ""
    language: str = ""
    items: int = 0
    dated: int = 0  # items with a date of their own
    newest: datetime | None = None
    window: timedelta | None = None  # between the oldest and the newest item
    bytes: int = 0
    seconds: float = 0.0
    conditional: bool = False  # the server offers validators
    next_due: str = ""
    faults: tuple[str, ...] = ()
    doubts: tuple[str, ...] = ()


def check(
    document: FeedDocument | None,
    response: Response | None,
    feed: Feed,
    state: FeedState,
    now: datetime,
    *,
    error: str = "",
) -> FeedReport:
    """Judge one reading of a feed.

    Args:
        document: parsed whole, without `known`; None when it could not be.
        response: None when there was none.
        feed: as configured.
        state: after this reading, for the rhythm learned.
        now: aware.
        error: why there is no response or document.
    """
    entries = document.entries if document else ()
    times = sorted(aware(entry.published) for entry in entries if entry.published)
    faults = _faults(document, response, times, error, now)
    doubts = _doubts(document, response, feed, times, now) if document else []
    due, why = next_due(feed, state, now)
    return FeedReport(
        feed=feed.name,
        url=response.url if response else redact(feed.url),
        verdict="bad" if faults else "doubtful" if doubts else "good",
        status=response.status if response else 0,
        format=document.format if document else "",
        title=document.title if document else "",
        language=document.language if document else "",
        items=document.listed if document else 0,
        dated=len(times),
        newest=times[-1] if times else None,
        window=times[-1] - times[0] if len(times) > 1 else None,
        bytes=len(response.body) if response else 0,
        seconds=response.seconds if response else 0.0,
        conditional=_validators(response),
        next_due=f"in {spoken(due - now)}: {why}",
        faults=tuple(faults),
        doubts=tuple(doubts),
    )


def _faults(
    document: FeedDocument | None,
    response: Response | None,
    times: list[datetime],
    error: str,
    now: datetime,
) -> list[str]:
    if response is None or (document is None and error):
        return [error or "no response"]
    if response.status not in {200, 304}:
        return [f"HTTP {response.status}"]
    if document is None:
        return [] if response.status == 304 else ["the body was not read"]
    if not document.listed:
        return ["it lists nothing"]
    if times and now - times[-1] > _OLD:
        return [f"its newest item is {spoken(now - times[-1])} old: frozen or abandoned"]
    return []


def _doubts(
    document: FeedDocument,
    response: Response | None,
    feed: Feed,
    times: list[datetime],
    now: datetime,
) -> list[str]:
    return [
        *document.notes,
        *_doubts_of_times(document, feed, times, now),
        *_doubts_of_items(document, feed),
        *(_doubts_of_response(response) if response is not None else ()),
    ]


def _doubts_of_times(
    document: FeedDocument, feed: Feed, times: list[datetime], now: datetime
) -> Iterator[str]:
    entries = document.entries
    if undated := len(entries) - len(times):
        yield f"{undated} of {len(entries)} items have no date; first seen will serve"
    if times and times[-1] > now + _AHEAD:
        yield f"its newest item lies {spoken(times[-1] - now)} in the future"
    zoneless = sum(map(_zoneless, entries))
    if zoneless and not (feed.timezone or feed.country):
        yield f"{zoneless} dates have no zone and the feed has no timezone or country: UTC?"
    if len(times) > 4 and times[-1] - times[0] < _SHORT_WINDOW:
        yield f"items are listed for only {spoken(times[-1] - times[0])}; read it often"


def _doubts_of_items(document: FeedDocument, feed: Feed) -> Iterator[str]:
    entries = document.entries
    if identify(document, FeedState())[1]:
        yield "several items share one guid; guids alone will not be trusted"
    if linkless := sum(not entry.url for entry in entries):
        yield f"{linkless} of {len(entries)} items have no link"
    if feed.language and document.language and not document.language.startswith(feed.language):
        yield f"it says its language is {document.language}, not {feed.language}"


def _doubts_of_response(response: Response) -> Iterator[str]:
    if not _validators(response):
        yield "no ETag and no Last-Modified: every reading costs the whole body"
    if len(response.body) > _HEAVY:
        yield f"each reading is {len(response.body) / 1e6:.1f} MB"
    if response.redirects:
        yield f"it redirects to {response.url}"


def _zoneless(entry: Entry) -> bool:
    if entry.date_source not in {"item", "dc:date"}:
        return False
    reading = dates.read(entry.published_text)
    return reading is not None and reading.zone == "none" and reading.precision == "instant"


def _validators(response: Response | None) -> bool:
    headers = response.headers if response else {}
    return bool(headers.get("etag") or headers.get("last-modified"))
