"""Whether a reader can count on a feed, and what to tell him once when that changes.

A single failure is no news: feeds answer 404 for an hour and come back. The marks, strongest first:

* never read: nothing was ever read from it.
* blocked, failing: the last three readings failed, over at least half an hour.
* silent: readable, but its items are gone (three empty bodies over an hour), or a feed that brings
  something every few hours has brought nothing for a day, twelve times its usual distance and
  half as long again as its longest night or weekend that we remember.
* frozen: items are listed and the newest is older than ten days and five times the usual distance.
* gapped: within the last day, entries came and went between two readings.

A quiet feed and a broken one are told apart by the feed's own rhythm, so a think-tank that
publishes twice a month is never reported as silent.
"""

from datetime import datetime, timedelta

from monitor.dates.durations import spoken
from monitor.feeds.state.request import address_of
from monitor.feeds.state.rhythm import longest_distance, usual_distance
from monitor.model import Feed, FeedState, FeedTrouble

_FAILURES = 3
_FAILING = timedelta(minutes=30)
_EMPTIES = 3
_EMPTY = timedelta(hours=1)
_FROZEN = timedelta(days=10)
_SILENT = timedelta(days=1)
_GAPPED = timedelta(days=1)


def trouble(feed: Feed, state: FeedState, now: datetime) -> FeedTrouble | None:
    """The gravest thing wrong with a feed at `now`, None when all is well."""
    name = feed.name
    if state.ok_at is None:
        why = state.error or "not asked yet"
        return FeedTrouble(name, "never read", state.failing_since, why)
    since = state.failing_since
    if state.failures >= _FAILURES and since is not None and now - since >= _FAILING:
        why = f"{state.error}, {state.failures} times in a row"
        if state.failure == "blocked":
            return FeedTrouble(name, "blocked", since, why)
        return FeedTrouble(name, "failing", since, why)
    if state.empties >= _EMPTIES and state.empty_since and now - state.empty_since >= _EMPTY:
        why = f"it answers without a single item, {state.empties} times in a row"
        return FeedTrouble(name, "silent", state.empty_since, why)
    if quiet := _too_quiet(name, state, now):
        return quiet
    if state.gap_at is not None and now - state.gap_at < _GAPPED:
        why = "entries came and went between two readings; it is read more often now"
        return FeedTrouble(name, "gapped", state.gap_at, why)
    return None


def _too_quiet(name: str, state: FeedState, now: datetime) -> FeedTrouble | None:
    """Frozen or silent; distances between entries are looked at only after a day of nothing."""
    newest, last = state.newest, state.arrivals[-1] if state.arrivals else state.changed_at
    old = now - newest if newest is not None else timedelta()
    quiet = now - last if last is not None else timedelta()
    if max(old, quiet) < _SILENT:
        return None
    usual = usual_distance(state)
    if old >= max(_FROZEN, 5 * (usual or _FROZEN / 5)):
        return FeedTrouble(name, "frozen", newest, f"its newest item is {spoken(old)} old")
    if usual is None or usual > _SILENT / 4:
        return None
    if quiet >= max(_SILENT, 12 * usual, 1.5 * longest_distance(state)):
        why = f"nothing new for {spoken(quiet)}; usually every {spoken(usual)}"
        return FeedTrouble(name, "silent", last, why)
    return None


def events(before: FeedState, after: FeedState, feed: Feed, now: datetime) -> tuple[str, ...]:
    """What happened between two readings that is worth one line in the log.

    Trouble is told when it starts, when it becomes another kind, and when it ends; a move when it
    is adopted or given up; every gap.
    """
    lines: list[str] = []
    was = trouble(feed, before, before.polled_at) if before.polled_at else None
    now_is = trouble(feed, after, now)
    if now_is is not None and (was is None or was.kind != now_is.kind) and now_is.kind != "gapped":
        lines.append(f"{feed.name}: {now_is.kind}: {now_is.why}")
    if was is not None and now_is is None and was.kind != "gapped":
        lasted = f" after {spoken(now - was.since)}" if was.since else ""
        lines.append(f"{feed.name}: reads again{lasted} (was {was.kind})")
    if after.gaps > before.gaps:
        lines.append(
            f"{feed.name}: GAP: every item is new, so entries were lost since "
            f"{before.ok_at:%Y-%m-%d %H:%M} UTC"
            if before.ok_at
            else f"{feed.name}: GAP: every item is new"
        )
    if after.address != before.address:
        if after.address:
            lines.append(
                f"{feed.name}: moved for good to {after.address}; "
                f"please change its url in the configuration ({feed.url})"
            )
        else:
            lines.append(f"{feed.name}: the new url fails, back to {address_of(feed, after)}")
    elif after.moved_to and after.moved_to != before.moved_to:
        lines.append(f"{feed.name}: says it moved to {after.moved_to}; watching whether it stays")
    if after.distrust_guid and not before.distrust_guid:
        lines.append(f"{feed.name}: gives one guid to several items; guids alone are not trusted")
    if after.stale_304 > before.stale_304:
        lines.append(f"{feed.name}: answered “not modified” when there was something new")
    return tuple(lines)
