"""`monitor digest` and `monitor outbox`: read one now, send one, see what waits to be sent."""

import asyncio
import json
import sys
from datetime import UTC, datetime
from typing import Annotated

import typer

from monitor.cli.session import say, session
from monitor.errors import UsageError

outbox_app = typer.Typer(no_args_is_help=True, help="Messages that wait or were given up.")


def add_to(app: typer.Typer) -> None:
    """Add these commands to the command tree."""
    app.command()(digest)
    app.add_typer(outbox_app, name="outbox")


def digest(
    context: typer.Context,
    name: Annotated[str, typer.Argument(help="A [[digest]] of the config.")] = "",
    since: Annotated[str, typer.Option(help='"24h", "yesterday", "2026-11-22".')] = "24h",
    until: Annotated[str, typer.Option(help="The same forms.")] = "now",
    form: Annotated[
        str, typer.Option("--format", help="terminal, text, html, json, atom or markdown.")
    ] = "terminal",
    plain: Annotated[bool, typer.Option("--plain", help="No colours, no pager.")] = False,
    send: Annotated[
        bool, typer.Option("--send", help="Send this reading to the digest's targets, or --to.")
    ] = False,
    to: Annotated[list[str] | None, typer.Option(help="Where to send it instead.")] = None,
) -> None:
    """Read the digest of a window now; changes nothing unless it is sent."""
    from monitor import digest as digests
    from monitor.cli.moments import moment
    from monitor.pipeline import editions, posting

    writers = {
        "text": digests.to_text,
        "html": digests.to_html,
        "json": digests.to_json,
        "atom": digests.to_atom,
        "markdown": digests.to_markdown,
    }
    if form not in ("terminal", *writers):
        raise UsageError(f'no format is called "{form}"; known: terminal, {", ".join(writers)}')
    now = datetime.now(UTC)
    with session(context).desk() as desk:
        table = desk.config.digest_named(name) if name else None
        zone = desk.config.zone
        made = editions.read_digest(
            desk,
            name=name or "latest",
            since=moment(since, now, zone),
            until=moment(until, now, zone),
            rules=table.rules if table else (),
            timezone=table.timezone if table else "",
            limit=table.limit if table else 500,
        )
        if send or to:
            targets = tuple(to or (table.to if table else ()))
            if not targets:
                raise UsageError("say where to: --to mailto:you@example.org, or name a digest")
            editions.send_copy(desk, made, targets, now)
            asyncio.run(posting.post(desk, now))
            say(f"sent to {', '.join(targets)}; `monitor outbox list` shows what waits")
            return
    if form == "terminal":
        digests.to_terminal(made, color=False if plain else None, pager=not plain)
    else:
        sys.stdout.write(writers[form](made))


@outbox_app.command("list")
def outbox_list(
    context: typer.Context,
    as_json: Annotated[bool, typer.Option("--json")] = False,
) -> None:
    """List the messages that wait to be sent or were parked, with the reason."""
    from monitor.deliver import parse_target
    from monitor.store import sending

    with session(context).desk() as desk, desk.store.read() as db:
        parcels = sending.parcels(db)
    for item in parcels:
        target = parse_target(item.target).label  # without a webhook's secret
        if as_json:
            row = {"id": item.id, "state": item.state, "target": target}
            row |= {"subject": item.subject, "attempts": item.attempts, "error": item.error}
            print(json.dumps(row, ensure_ascii=False))
        else:
            why = f": {item.error}" if item.error else ""
            print(f"{item.id:>5} {item.state} to {target} ({item.attempts} tries){why}")
            print(f"      {item.subject}")
    if not parcels and not as_json:
        say("nothing waits")


@outbox_app.command("retry")
def outbox_retry(context: typer.Context, message: Annotated[int, typer.Argument()]) -> None:
    """Try a message again, now."""
    from monitor.pipeline import posting
    from monitor.store import sending

    now = datetime.now(UTC)
    with session(context).desk() as desk:
        with desk.store.write() as db:
            if not sending.requeue(db, message, now):
                raise UsageError(f"no unsent message has the id {message}")
        asyncio.run(posting.post(desk, now))
        with desk.store.read() as db:
            left = [item for item in sending.parcels(db) if item.id == message]
    if left:
        say(f"not sent: {left[0].error}")
        raise typer.Exit(1)
    say("sent")


@outbox_app.command("drop")
def outbox_drop(context: typer.Context, message: Annotated[int, typer.Argument()]) -> None:
    """Take a message out of the outbox, unsent."""
    from monitor.store import sending

    with session(context).desk() as desk, desk.store.write() as db:
        if not sending.drop(db, message):
            raise UsageError(f"no unsent message has the id {message}")
