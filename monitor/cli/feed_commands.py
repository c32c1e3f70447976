"""`monitor feeds`: what is configured, how it goes, and adding to it."""

import asyncio
import json
import re
import sys
from collections.abc import Sequence
from dataclasses import asdict, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from monitor import atomic, urls
from monitor.cli.session import progress, say, session
from monitor.errors import FetchError, NotAFeed, UsageError
from monitor.text import one_line

if TYPE_CHECKING:
    from monitor import model
    from monitor.feeds import Candidate, FeedReport
    from monitor.settings import Config
    from monitor.workspace import Desk

app = typer.Typer(no_args_is_help=True, help="The configured feeds: list, check, add, find.")

Json = Annotated[bool, typer.Option("--json", help="Print JSON.")]
Private = Annotated[bool, typer.Option("--private", help="Allow a loopback or private address.")]


@app.command("list")
def list_(context: typer.Context, as_json: Json = False) -> None:
    """List the feeds: when each is read next and why then, and what is wrong with it."""
    from monitor import feeds, model
    from monitor.store import feeds as feed_store

    now = datetime.now(UTC)
    rows = []
    with session(context).desk() as desk:
        with desk.store.read() as db:
            known = feed_store.known(db)
        for feed in desk.feeds.values():
            _, state = known.get(feed.name, (0, model.FeedState()))
            trouble = feeds.trouble(feed, state, now)
            rows.append(
                {
                    "name": feed.name,
                    "kind": feed.kind,
                    "language": feed.language,
                    "last_read": state.ok_at.isoformat() if state.ok_at else None,
                    "next": state.due.isoformat() if state.due else None,
                    "why": state.due_why,
                    "trouble": f"{trouble.kind}: {trouble.why}" if trouble else state.error,
                    "url": feed.url,
                }
            )
        zone = desk.config.zone
    if as_json:
        for row in rows:
            print(json.dumps(row, ensure_ascii=False))
        return
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(box=None, pad_edge=False, header_style="bold")
    for title in ("feed", "kind", "lang", "read", "next", "trouble"):
        table.add_column(title, no_wrap=title != "trouble")
    for row in rows:
        due, read = row["next"], row["last_read"]
        minutes = round((datetime.fromisoformat(due) - now).total_seconds() / 60) if due else 0
        when = (f"in {minutes} min" if minutes > 0 else "now") + (
            f": {row['why']}" if row["why"] else ""
        )
        seen = (
            datetime.fromisoformat(read).astimezone(zone).strftime("%m-%d %H:%M") if read else "–"
        )
        cells = (row["name"], row["kind"], row["language"], seen, when, row["trouble"])
        style = "yellow" if row["trouble"] else ""
        table.add_row(*(Text(str(cell), style=style) for cell in cells))
    Console(highlight=False).print(table)


@app.command()
def check(
    context: typer.Context,
    feed: Annotated[list[str] | None, typer.Option(help="Only this feed.")] = None,
    as_json: Json = False,
) -> None:
    """Read every feed once without storing anything, and say what a careful reader would notice."""
    with session(context).desk() as desk:
        chosen = desk.config.feeds_named(tuple(feed or ()))
        reports = asyncio.run(_check_all(desk, chosen))
    if as_json:
        for report in reports:
            print(json.dumps(asdict(report), ensure_ascii=False, default=str))
    else:
        _show_reports(reports)
    if any(report.verdict == "bad" for report in reports):
        raise typer.Exit(1)


def _show_reports(reports: "Sequence[FeedReport]") -> None:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    styles = {"good": "green", "doubtful": "yellow", "bad": "bold red"}
    table = Table(box=None, pad_edge=False, header_style="bold")
    for title in ("feed", "verdict", "status", "format", "items", "newest", "what to know"):
        table.add_column(title, no_wrap=title != "what to know")
    for report in reports:
        newest = f"{report.newest:%m-%d %H:%M}" if report.newest else "–"
        known = "; ".join((*report.faults, *report.doubts)) or report.next_due
        table.add_row(
            report.feed,
            Text(report.verdict, style=styles[report.verdict]),
            str(report.status or "–"),
            report.format or "–",
            str(report.items),
            newest,
            Text(one_line(known)),
        )
    Console(highlight=False).print(table)


async def _check_all(desk: "Desk", chosen: "Sequence[model.Feed]") -> "list[FeedReport]":
    from monitor import __version__, feeds, model
    from monitor.web import Client, user_agent

    table = desk.config.monitor
    state = model.FeedState()

    async def one(feed: model.Feed) -> "FeedReport":
        now = datetime.now(UTC)
        response, document, error = None, None, ""
        try:
            response = await client.fetch(feeds.request_for(feed, state, now))
            if response.status == 200:
                kind = response.headers.get("content-type", "")
                document = await asyncio.to_thread(
                    feeds.parse, response.body, feed, url=response.url, content_type=kind, now=now
                )
        except (FetchError, NotAFeed) as wrong:
            error = str(wrong)
        return feeds.check(document, response, feed, state, now, error=error)

    agent = user_agent(table.contact, __version__)
    reports = []
    async with Client(agent, in_flight=table.in_flight, spacing=table.spacing) as client:
        with progress() as bars:
            for job in asyncio.as_completed([one(feed) for feed in chosen]):
                reports.append(await job)
                bars("feeds", len(reports), len(chosen))
    order = {feed.name: index for index, feed in enumerate(chosen)}
    return sorted(reports, key=lambda report: order[report.feed])


@app.command()
def discover(
    url: Annotated[str, typer.Argument(metavar="URL")],
    private: Private = False,
    as_json: Json = False,
) -> None:
    """Find the feeds that a page offers."""
    found = _discover(url, private)
    for candidate in found:
        row = {"url": candidate.url, "title": candidate.title, "format": candidate.format}
        print(
            json.dumps(row, ensure_ascii=False)
            if as_json
            else f"{candidate.url}  {candidate.title}"
        )
    if not found:
        say(f'{url}: the page names no feed; a page of links can be read with format = "list"')
        raise typer.Exit(1)


def _discover(url: str, private: bool) -> "Sequence[Candidate]":
    from monitor import feeds
    from monitor.cli.fetching import fetch

    response = fetch(url, private=private)
    return feeds.discover(response.body, response.url)


@app.command()
def add(
    context: typer.Context,
    url: Annotated[
        str, typer.Argument(metavar="URL", help="Of a feed, or of a page that has one.")
    ],
    name: Annotated[str, typer.Option(help="What to call it.")] = "",
    private: Private = False,
) -> None:
    """Read a feed once, and add it to config.toml."""
    from monitor import feeds
    from monitor.cli.fetching import fetch
    from monitor.model import Feed

    path, config = _config_file(context)
    _refuse_known(url, config)
    response = fetch(url, private=private)
    address, document = url, _parsed(response)
    if document is None:  # a page: take the first of its feeds that can be read
        for candidate in feeds.discover(response.body, response.url):
            try:
                document = _parsed(fetch(candidate.url, private=private))
            except (FetchError, UsageError):
                continue
            if document is not None:
                address = candidate.url
                break
        else:
            raise UsageError(f"{url}: is no feed, and names none that can be read")
    assert document is not None
    _refuse_known(address, config)
    feed = Feed(
        name=_free_name(name or urls.host(address) or "feed", config),
        url=address,
        language=document.language[:2],
        private=private,
    )
    _append(path, [feed])
    say(f"added {feed.name} ({document.title or address}, {len(document.entries)} items) to {path}")


def _refuse_known(address: str, config: "Config") -> None:
    """Raise UsageError if a feed of the file, in use or not, has this address."""

    wanted = urls.canonical(address)
    for table in config.feed:
        if urls.canonical(table.url) == wanted:
            raise UsageError(f'{address}: is the feed "{table.name}" already; nothing was changed')


def _parsed(response: "model.Response") -> "model.FeedDocument | None":
    from monitor import feeds
    from monitor.model import Feed

    try:
        return feeds.parse(
            response.body, Feed("new", response.url), url=response.url, now=datetime.now(UTC)
        )
    except NotAFeed:
        return None


@app.command("import")
def import_(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(metavar="FILE.opml")],
) -> None:
    """Add the feeds of an OPML file to config.toml, those that are not there yet."""
    from monitor import feeds

    path, config = _config_file(context)
    try:
        listed = feeds.read_opml(file.read_bytes())
    except OSError as error:
        raise UsageError(f"{file}: {error.strerror or 'cannot be read'}") from None
    known = {urls.canonical(table.url) for table in config.feed}
    found = listed.feeds
    new = [feed for feed in found if urls.canonical(feed.url) not in known]
    taken: set[str] = set()
    for index, feed in enumerate(new):
        new[index] = replace(feed, name=_free_name(feed.name, config, taken))
        taken.add(new[index].name)
    _append(path, new)
    say(f"added {len(new)} feeds to {path}; {len(found) - len(new)} were there already")
    for line in listed.dropped:
        say(f"  left out: {line}")
    if listed.dropped:
        raise typer.Exit(1)


@app.command()
def export(context: typer.Context) -> None:
    """Print the configured feeds as OPML."""
    from monitor import feeds

    sys.stdout.write(feeds.write_opml(session(context).load_config().feeds))


def _config_file(context: typer.Context) -> "tuple[Path, Config]":
    from monitor.settings import find_config, load_config

    path = find_config(session(context).config)
    return path, load_config(path)


def _free_name(wanted: str, config: "Config", taken: "set[str] | None" = None) -> str:
    """Return a feed name made of `wanted` that no other feed has."""
    name = re.sub(r"[\s/\\*!\[\]]+", "-", wanted.lower()).strip("-") or "feed"
    used = {table.name for table in config.feed} | (taken or set())
    free = (f"{name}-{number}" if number > 1 else name for number in range(1, len(used) + 2))
    return next(candidate for candidate in free if candidate not in used)


def _append(path: Path, new: "Sequence[model.Feed]") -> None:
    """Add feeds at the end of the file, so that the user's own words stay as they are."""
    rows = []
    for feed in new:
        rows.append(f"\n[[feed]]\nname = {_quoted(feed.name)}\nurl = {_quoted(feed.url)}")
        if feed.language:
            rows.append(f"language = {_quoted(feed.language)}")
        if feed.private:
            rows.append("private = true")
    if rows:
        text = path.read_text("utf-8")
        ending = "" if text.endswith("\n") else "\n"
        atomic.write(path, (text + ending + "\n".join(rows) + "\n").encode())


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)
