"""How `monitor status` looks to a person."""

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from rich.console import Console
from rich.text import Text

from monitor.cli.shown_clock import clock_words
from monitor.daemon.machine_states import MachineStatus
from monitor.daemon.status import Status
from monitor.text import one_line

_SHOWN = 20  # lines of what needs attention


def machine_lines(
    machines: Sequence[MachineStatus], at: Callable[[datetime], str]
) -> Iterator[str]:
    """Yield a line for each machine; `at` tells a time."""
    for one in machines:
        place = f", at {one.vantage}" if one.vantage else ""
        what = f"{one.condition}, seen {at(one.seen)}, version {one.version}{place}"
        if one.condition == "alive":
            roles = f"; {', '.join(one.roles)}" if one.roles else ""
            what += f": {one.hosts} hosts{roles}"
        yield one_line(f"{one.name}  {what}")


def show(status: Status, zone: ZoneInfo) -> None:
    """Print the report; times are shown in `zone`."""
    console = Console(highlight=False, markup=False, soft_wrap=True)

    def at(when: datetime | str | None) -> str:
        return clock_words(when, status.now, zone) if when else "never"

    if holder := status.running:
        since = at(holder.since) if holder.since != "?" else "?"
        console.print(Text(f"daemon   running since {since} (pid {holder.pid})", style="green"))
    else:
        console.print("daemon   not running")
    if about := status.daemon:
        reloads = f", {about.reloads} reloads" if about.reloads else ""
        console.print(f"config   {about.config}, loaded {at(about.loaded)}{reloads}")
        hand = about.in_hand
        next_feed = f", next feed {at(about.next_feed)}" if about.next_feed else ""
        console.print(f"in hand  {hand['feeds']} feeds, {hand['pages']} pages{next_feed}")
    if status.machines and (status.store.bytes is None or len(status.machines) > 1):
        for line in machine_lines(status.machines, at):
            console.print(f"machine  {line}")
    if last := status.last_round:
        done = last.report
        console.print(
            f"round    {at(last.ended)}: {done.answered} of {done.feeds} feeds read, "
            f"{done.new} new entries, {done.flagged} flags"
        )
    feeds, store, outbox = status.feeds, status.store, status.outbox
    known = f" ({len(feeds.acknowledged)} of them known)" if feeds.acknowledged else ""
    console.print(
        f"feeds    {feeds.configured} configured, {len(feeds.troubled)} in trouble{known}"
    )
    size = f", {store.bytes / 1e6:.1f} MB" if store.bytes is not None else ""
    console.print(
        f"store    {store.sizes.entries} entries, {store.sizes.articles} articles, "
        f"{store.sizes.flags} flags in {store.sizes.stories} stories{size} ({store.place})"
    )
    console.print(
        f"waiting  {status.pages_waiting} pages, {outbox.queued} messages to send, "
        f"{outbox.parked} parked"
    )
    for name, until in status.digests.items():
        sent = f"last {at(until)}" if until else "not sent yet"
        console.print(f"digest   {name}: {sent}, next {at(status.next_digests[name])}")
    for item in status.needs_attention[:_SHOWN]:
        console.print(Text(f"!        {one_line(item)}", style="yellow"))
    if (more := len(status.needs_attention) - _SHOWN) > 0:
        console.print(Text(f"!        and {more} more; see --json", style="yellow"))
