"""How `monitor status` looks to a person."""

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from monitor.cli.shown_clock import clock_words
from monitor.cli.styled_lines import show, styled
from monitor.daemon.desk_states import DeskStatus
from monitor.daemon.machine_states import MachineStatus
from monitor.daemon.status import Status
from monitor.text import count, one_line

_SHOWN = 20  # lines of what needs attention


def machine_lines(
    machines: Sequence[MachineStatus], at: Callable[[datetime], str]
) -> Iterator[str]:
    """Yield a line for each machine; `at` tells a time."""
    for one in machines:
        place = f", at {one.vantage}" if one.vantage else ""
        place += f", desk {one.desk}" if one.desk else ""
        what = f"{one.condition}, seen {at(one.seen)}, version {one.version}{place}"
        if one.condition == "alive":
            roles = f"; {', '.join(one.roles)}" if one.roles else ""
            what += f": {count(one.hosts, 'host')}{roles}"
        yield one_line(f"{one.name}  {what}")


def desk_lines(desks: Sequence[DeskStatus], at: Callable[[datetime], str]) -> Iterator[str]:
    """Yield a line for each desk; `at` tells a time."""
    for one in desks:
        alive = f"; at work: {', '.join(one.machines)}" if one.machines else "; no daemon at work"
        waits = f"; {one.unjudged} articles wait for its own machines" if one.unjudged else ""
        files = f"rule files {', '.join(one.files)}" if one.files else "the built-in rules"
        yield one_line(
            f"{one.name}  {count(one.feeds, 'feed')}, {files}, in force since {at(one.at)} "
            f"by {one.machine} (version {one.version}){alive}{waits}"
        )


def print_status(status: Status, zone: ZoneInfo) -> None:
    """Print the report; times are shown in `zone`."""

    def at(when: datetime | str | None) -> str:
        return clock_words(when, status.now, zone) if when else "never"

    if holder := status.running:
        since = at(holder.since) if holder.since != "?" else "?"
        show(styled(f"daemon   running since {since} (pid {holder.pid})", "green"))
    else:
        show("daemon   not running")
    if about := status.daemon:
        reloads = f", {count(about.reloads, 'reload')}" if about.reloads else ""
        show(f"config   {about.config}, loaded {at(about.loaded)}{reloads}")
        hand = about.in_hand
        next_feed = f", next feed {at(about.next_feed)}" if about.next_feed else ""
        show(f"in hand  {count(hand['feeds'], 'feed')}, {count(hand['pages'], 'page')}{next_feed}")
    if status.machines and (status.store.bytes is None or len(status.machines) > 1):
        for line in machine_lines(status.machines, at):
            show(f"machine  {line}")
    if last := status.last_round:
        done = last.report
        show(
            f"round    {at(last.ended)}: {done.answered} of {count(done.feeds, 'feed')} read, "
            f"{count(done.new, 'new entry', 'new entries')}, {count(done.flagged, 'flag')}"
        )
    feeds, store, outbox = status.feeds, status.store, status.outbox
    known = f" ({len(feeds.acknowledged)} of them known)" if feeds.acknowledged else ""
    show(f"feeds    {feeds.configured} configured, {len(feeds.troubled)} in trouble{known}")
    sizes = store.sizes
    size = f", {store.bytes / 1e6:.1f} MB" if store.bytes is not None else ""
    show(
        f"store    {count(sizes.entries, 'entry', 'entries')}, {count(sizes.articles, 'article')}, "
        f"{count(sizes.flags, 'flag')} in {count(sizes.stories, 'story', 'stories')}{size} "
        f"({store.place})"
    )
    show(
        f"waiting  {count(status.pages_waiting, 'page')}, "
        f"{count(outbox.queued, 'message')} to send, "
        f"{outbox.parked} parked"
    )
    for name, until in status.digests.items():
        sent = f"last {at(until)}" if until else "not sent yet"
        show(f"digest   {name}: {sent}, next {at(status.next_digests[name])}")
    for item in status.needs_attention[:_SHOWN]:
        show(styled(f"!        {one_line(item)}", "yellow"))
    if (more := len(status.needs_attention) - _SHOWN) > 0:
        show(styled(f"!        and {more} more; see --json", "yellow"))
