"""`monitor feeds`: what is configured, how it goes, and adding to it."""

import asyncio
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated

import typer

from monitor import json_shape
from monitor.cli import complete, feed_adding, unheeded
from monitor.cli.session import NO_FEED, Json, progress, say, session
from monitor.errors import FetchError, NotAFeed, UsageError
from monitor.text import one_line
from monitor.url_logins import redact

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    from monitor import model
    from monitor.desk import Desk
    from monitor.feeds import FeedReport

_app = typer.Typer(no_args_is_help=True, help="The configured feeds: list, check, add, find.")

feed_adding.add_to(_app)


def add_to(app: typer.Typer) -> None:
    """Add these commands to the command tree."""
    app.add_typer(_app, name="feeds")


@_app.command("list")
def list_(context: typer.Context, as_json: Json = False) -> None:
    """List the feeds: when each is read next and why then, and what is wrong with it."""
    from monitor.cli import feed_views
    from monitor.pipeline.feed_health import feed_health
    from monitor.store import acknowledged

    rows = []
    with session(context).reading_desk() as desk:
        now = desk.now()
        with desk.store.read() as db:
            health = feed_health(desk, db, now)
            known_of = acknowledged.known(db)
        for feed, state, trouble in health:
            one = known_of.get(feed.name)
            covered = one is not None and trouble is not None and one.covers(trouble, now)
            rows.append(
                {
                    "name": feed.name,
                    "kind": feed.kind,
                    "language": feed.language,
                    "last_read": state.ok_at.isoformat() if state.ok_at else None,
                    "next": state.due.isoformat() if state.due else None,
                    "why": state.due_why,
                    "trouble": f"{trouble.kind}: {trouble.why}" if trouble else state.error,
                    "acknowledged": feed_views.known_words(one, desk.config.zone)
                    if one is not None and covered
                    else "",
                    "url": redact(feed.url),
                }
            )
        zone = desk.config.zone
    if as_json:
        for row in rows:
            print(json_shape.line(row))
    elif rows:
        feed_views.print_feeds(rows, zone, now)
    else:
        say(NO_FEED)


@_app.command()
def ack(
    context: typer.Context,
    name: Annotated[str, typer.Argument(metavar="NAME", autocompletion=complete.feeds)],
    until: Annotated[
        str, typer.Option(help='"2w" from now, or "2026-12-24"; else until it is well again.')
    ] = "",
    why: Annotated[str, typer.Option(help="For those who read `status` after you.")] = "",
    end: Annotated[bool, typer.Option("--end", help="Tell of it again.")] = False,
) -> None:
    """Say that the trouble of a feed is known: `monitor status` no longer exits with 1 for it.

    A new trouble, which begins after the feed was well, is told again.
    """
    from monitor.cli import feed_views
    from monitor.store import acknowledged, desk_feeds

    if end:
        unheeded.refuse(context, "until why", "--end takes back what is known")
    with session(context).stored_desk() as desk:
        now = desk.now()
        desk.config.feeds_named((name,))
        zone = desk.config.zone
        last = _end_of(until, now, zone) if until else None
        one = acknowledged.Acknowledged(name, now, last, one_line(why)[:300])
        with desk.store.write() as db:
            if end:
                acknowledged.remove(db, name)
            else:
                desk_feeds.register(db, tuple(desk.feeds.values()), now)
                acknowledged.put(db, one)
    say(
        f"{name}: its trouble is told again"
        if end
        else f"{name}: {feed_views.known_words(one, zone)}"
    )


def _end_of(text: str, now: datetime, zone: "ZoneInfo") -> datetime:
    """Return the moment in the future that a user means."""
    from monitor.dates import durations
    from monitor.dates.moments import moment

    try:
        return now + durations.read(text.strip().lower())
    except ValueError:
        pass
    found = moment(text, now, zone)
    if found <= now:
        raise UsageError(f'--until "{text}" is over already')
    return found


@_app.command()
def check(
    context: typer.Context,
    feed: Annotated[
        list[str] | None,
        typer.Option(metavar="NAME", help="Only this feed.", autocompletion=complete.feeds),
    ] = None,
    as_json: Json = False,
) -> None:
    """Read every feed once without storing anything, and say what a careful reader would notice."""
    from monitor.cli import feed_views

    with session(context).desk() as desk:
        chosen = desk.config.feeds_named(tuple(feed or ()))
        reports = asyncio.run(_check_all(desk, chosen))
        zone = desk.config.zone
    if as_json:
        for report in reports:
            print(json_shape.line(report))
    elif reports:
        feed_views.print_reports(reports, zone)
    else:
        say(NO_FEED)
    if any(report.verdict == "bad" for report in reports):
        raise typer.Exit(1)


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
