"""How `monitor status` looks to a person."""

from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from rich.console import Console
from rich.text import Text

from monitor.text import one_line

_SHOWN = 20  # lines of what needs attention


def show(report: dict[str, Any], zone: ZoneInfo) -> None:
    """Print the report; times are shown in `zone`."""
    console = Console(highlight=False, markup=False, soft_wrap=True)
    now = datetime.fromisoformat(report["now"])

    def at(when: str | None) -> str:
        if not when:
            return "never"
        moment = datetime.fromisoformat(when)
        form = "%H:%M" if abs(now - moment) < timedelta(hours=12) else "%Y-%m-%d %H:%M"
        return f"{moment.astimezone(zone):{form} %Z}"

    holder, about, last = report["running"], report["daemon"], report["last_round"]
    if holder:
        since = at(holder["since"]) if holder["since"] != "?" else "?"
        console.print(Text(f"daemon   running since {since} (pid {holder['pid']})", style="green"))
    else:
        console.print("daemon   not running")
    if about:
        failed = f", {about['reloads']} reloads" if about["reloads"] else ""
        console.print(f"config   {about['config']}, loaded {at(about['loaded'])}{failed}")
        hand = about["in_hand"]
        next_feed = f", next feed {at(about['next_feed'])}" if about["next_feed"] else ""
        console.print(f"in hand  {hand['feeds']} feeds, {hand['pages']} pages{next_feed}")
    if last:
        console.print(
            f"round    {at(last['ended'])}: {last['answered']} of {last['feeds']} feeds read, "
            f"{last['new']} new entries, {last['flagged']} flags"
        )
    feeds = report["feeds"]
    console.print(f"feeds    {feeds['configured']} configured, {len(feeds['troubled'])} in trouble")
    counts = report["store"]
    size = f", {counts['bytes'] / 1e6:.1f} MB" if counts["bytes"] is not None else ""
    console.print(
        f"store    {counts['entries']} entries, {counts['articles']} articles, "
        f"{counts['flags']} flags in {counts['stories']} stories{size} ({counts['place']})"
    )
    outbox = report["outbox"]
    console.print(
        f"waiting  {report['pages_waiting']} pages, {outbox['queued']} messages to send, "
        f"{outbox['parked']} parked"
    )
    for name, until in report["digests"].items():
        sent = f"last {at(until)}" if until else "not sent yet"
        console.print(f"digest   {name}: {sent}, next {at(report['next_digests'][name])}")
    for item in report["needs_attention"][:_SHOWN]:
        console.print(Text(f"!        {one_line(item)}", style="yellow"))
    if (more := len(report["needs_attention"]) - _SHOWN) > 0:
        console.print(Text(f"!        and {more} more; see --json", style="yellow"))
