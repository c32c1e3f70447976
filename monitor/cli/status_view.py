"""What `monitor status` knows: one value for people and scripts, and how it looks."""

import json
from datetime import datetime, timedelta
from typing import Any

from rich.console import Console
from rich.text import Text

from monitor import feeds, model
from monitor.daemon import lock
from monitor.desk import Desk
from monitor.store import articles, rounds, sending, views
from monitor.store import feeds as feed_store
from monitor.text import one_line

_STALE = timedelta(minutes=30)  # a running daemon with no round for so long is stuck


def collect(desk: Desk, now: datetime) -> dict[str, Any]:
    """Return everything an operator or a health check wants to know."""
    with desk.store.read() as db:
        known = feed_store.known(db)
        last = rounds.last(db)
        waiting = articles.pages_waiting(db)
        parcels = sending.parcels(db)
        sizes = views.sizes(db)
        windows = {table.name: sending.last_window(db, table.name) for table in desk.config.digest}
    holder = lock.holder(desk.state)
    troubles = []
    for feed in desk.feeds.values():
        _, state = known.get(feed.name, (0, model.FeedState()))
        if trouble := feeds.trouble(feed, state, now):
            since = trouble.since.isoformat() if trouble.since else None
            row = {"feed": feed.name, "kind": trouble.kind, "since": since, "why": trouble.why}
            troubles.append(row)
    parked = [item for item in parcels if item.state == "parked"]
    attention = [f"{row['feed']}: {row['kind']} ({row['why']})" for row in troubles]
    attention += [f"message to {item.target} parked: {item.error}" for item in parked]
    if holder and last and now - last[1] > _STALE:
        attention.append(f"no round since {last[1].isoformat(timespec='minutes')}")
    if not last:
        attention.append("nothing was polled yet; `monitor poll` reads the feeds once")
    return {
        "running": holder,
        "last_round": None
        if last is None
        else {"started": last[0].isoformat(), "ended": last[1].isoformat(), **json.loads(last[2])},
        "feeds": {"configured": len(desk.feeds), "troubled": troubles},
        "pages_waiting": waiting,
        "outbox": {"queued": len(parcels) - len(parked), "parked": len(parked)},
        "store": {"place": desk.store.place, **sizes},
        "digests": {
            name: window[1].isoformat() if window else None for name, window in windows.items()
        },
        "needs_attention": attention,
    }


def show(report: dict[str, Any]) -> None:
    """Print the report for a person."""
    console = Console(highlight=False)
    holder, last = report["running"], report["last_round"]
    line = f"running since {holder['since']} (pid {holder['pid']})" if holder else "not running"
    console.print(Text(f"daemon   {line}", style="green" if holder else ""))
    if last:
        console.print(
            f"round    {last['ended'][:16]} UTC: {last['answered']} of {last['feeds']} feeds read, "
            f"{last['new']} new entries, {last['flagged']} flags"
        )
    counts = report["store"]
    console.print(
        f"store    {counts['entries']} entries, {counts['articles']} articles, "
        f"{counts['flags']} flags in {counts['stories']} stories ({counts['place']})"
    )
    outbox = report["outbox"]
    console.print(
        f"waiting  {report['pages_waiting']} pages, {outbox['queued']} messages to send, "
        f"{outbox['parked']} parked"
    )
    for name, until in report["digests"].items():
        last_sent = f"last until {until[:16]} UTC" if until else "not sent yet"
        console.print(f"digest   {name}: {last_sent}")
    for item in report["needs_attention"]:
        console.print(Text(one_line(f"!        {item}"), style="yellow"))
