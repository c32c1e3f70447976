"""Feeds on the terminal: what is configured, and what a check found."""

import sys
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from rich.console import Console
from rich.table import Table
from rich.text import Text

from monitor.cli.shown_clock import day_and_clock
from monitor.dates import zone_words
from monitor.text import one_line

if TYPE_CHECKING:
    from monitor.feeds import FeedReport
    from monitor.store.acknowledged import Acknowledged

_NARROW = 110  # columns below which the trouble stands on a line of its own
_PIPED = 500  # columns where nobody looks: every name whole, a feed a line


def console() -> Console:
    """Return a console that cuts nothing where its output is piped into a file or command."""
    width = None if sys.stdout.isatty() else _PIPED
    return Console(highlight=False, width=width)


def print_feeds(rows: Sequence[Mapping[str, Any]], zone: ZoneInfo, now: datetime) -> None:
    """Print feeds as a table; a narrow terminal has room for what is wrong, not for all else."""
    out = console()
    narrow = out.width < _NARROW
    table = Table(box=None, pad_edge=False, header_style="bold")
    kinds = () if narrow else ("kind", "lang")
    for title in ("feed", *kinds, f"read ({_zone(zone, now)})", "next", "trouble"):
        table.add_column(title, no_wrap=title not in ("feed", "trouble"), overflow="fold")
    for row in rows:
        trouble = _trouble(row)
        style = "dim" if row["acknowledged"] else "yellow" if trouble else ""
        seen = (
            day_and_clock(datetime.fromisoformat(row["last_read"]), zone)
            if row["last_read"]
            else "–"
        )
        what = [row["kind"], row["language"]] if not narrow else []
        cells = [row["name"], *what, seen, _due(row, now, reason=not narrow), trouble]
        table.add_row(*(Text(one_line(str(cell)), style=style) for cell in cells))
    out.print(table)


def _trouble(row: Mapping[str, Any]) -> str:
    known = f" ({row['acknowledged']})" if row["acknowledged"] else ""
    return one_line(f"{row['trouble']}{known}")


def _due(row: Mapping[str, Any], now: datetime, *, reason: bool) -> str:
    if not row["next"]:
        return "now"
    minutes = round((datetime.fromisoformat(row["next"]) - now).total_seconds() / 60)
    when = f"in {minutes} min" if minutes > 0 else "now"
    return f"{when}: {row['why']}" if reason and row["why"] else when


def print_reports(reports: "Sequence[FeedReport]", zone: ZoneInfo) -> None:
    """Print what a check of feeds found."""
    styles = {"good": "green", "doubtful": "yellow", "bad": "bold red"}
    table = Table(box=None, pad_edge=False, header_style="bold")
    newest_in = f"newest ({_zone(zone, datetime.now(zone))})"
    for title in ("feed", "verdict", "status", "format", "items", newest_in, "what to know"):
        table.add_column(title, no_wrap=title not in ("feed", "what to know"), overflow="fold")
    for report in reports:
        known = "; ".join((*report.faults, *report.doubts)) or report.next_due
        table.add_row(
            report.feed,
            Text(report.verdict, style=styles[report.verdict]),
            str(report.status or "–"),
            report.format or "–",
            str(report.items),
            day_and_clock(report.newest, zone) if report.newest else "–",
            Text(one_line(known)),
        )
    console().print(table)


def known_words(one: "Acknowledged", zone: ZoneInfo) -> str:
    """Say what is acknowledged: "known since 11-28 09:10 KST, until 12-05 00:00 KST: moves"."""
    name = _zone(zone, one.at)
    until = f", until {day_and_clock(one.until, zone)} {name}" if one.until else ""
    why = f": {one.why}" if one.why else ""
    return f"known since {day_and_clock(one.at, zone)} {name}{until}{why}"


def _zone(zone: ZoneInfo, now: datetime) -> str:
    return zone_words(now.astimezone(zone))
