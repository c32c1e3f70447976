"""`monitor digest` and `monitor outbox`: read one now, send one, see what waits to be sent."""

import asyncio
import sys
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from monitor import json_shape
from monitor.cli import complete, unheeded
from monitor.cli.session import Json, id_number, say, session
from monitor.dates import zone_words
from monitor.errors import UsageError
from monitor.text import count

if TYPE_CHECKING:
    from monitor import model
    from monitor.desk import Desk
    from monitor.digest import Page
    from monitor.settings import DigestTable, TargetTable

_FORMATS = ("terminal", "text", "html", "json", "atom", "markdown")
_WHOLE = ("json", "atom")
Digest = Annotated[
    str, typer.Argument(help="A [[digest]] of the config.", autocompletion=complete.digests)
]
Format = Annotated[
    str,
    typer.Option(
        "--format",
        help="terminal, text, html, json, atom or markdown.",
        autocompletion=complete.formats,
    ),
]
Message = Annotated[int, typer.Argument(metavar="ID", parser=id_number)]

outbox_app = typer.Typer(no_args_is_help=True, help="Messages that wait or were given up.")


def add_to(app: typer.Typer) -> None:
    """Add these commands to the command tree."""
    app.command()(digest)
    app.add_typer(outbox_app, name="outbox")


def digest(
    context: typer.Context,
    name: Digest = "",
    since: Annotated[str, typer.Option(help='"24h", "yesterday", "2026-11-22".')] = "24h",
    until: Annotated[str, typer.Option(help="The same forms.")] = "now",
    form: Format = "terminal",
    brief: Annotated[bool, typer.Option("--brief", help="One line a story.")] = False,
    plain: Annotated[bool, typer.Option("--plain", help="No colours, no pager.")] = False,
    send: Annotated[
        bool, typer.Option("--send", help="Send this reading to the digest's targets, or --to.")
    ] = False,
    to: Annotated[
        list[str] | None, typer.Option(metavar="TARGET", help="Where to send it instead.")
    ] = None,
) -> None:
    """Read the digest of a window now; changes nothing unless it is sent."""
    from monitor import digest as digests
    from monitor.dates.moments import beginning, moment
    from monitor.pipeline import make_digests

    _check_form(context, form, brief=brief, sent=bool(send or to))
    this = session(context)
    with this.desk() if send or to else this.reading_desk() as desk:
        now = desk.now()
        table = desk.config.digest_named(name) if name else None
        if table is not None:
            desk.check_references()  # a rule that nobody knows would only make it emptier
        zone = desk.config.zone
        begin, end = beginning(since, now, zone), moment(until, now, zone)
        if begin > end:
            raise UsageError(f'--since "{since}" is later than --until "{until}"')
        wish = make_digests.Wish("latest", begin, end)
        if table is not None:
            wish = make_digests.wish_of(table, begin, end)
        made = make_digests.read_digest(desk, wish, now)
        language = desk.config.monitor.reader_language
        if send or to:
            targets = _targets(to or (), table, "" if form == "terminal" else form, brief=brief)
            if not targets:
                raise UsageError("say where to: --to mailto:you@example.org, or name a digest")
            if desk.config.email is None and any(_is_mail(target) for target in targets):
                raise UsageError('a "mailto:" target needs an [email] table (host, port, from …)')
            messages = make_digests.send_copy(desk, made, targets, now)
            if not _send(desk, messages, now):
                raise typer.Exit(1)
            return
    page = digests.lay_out(made, language)
    page = digests.index_only(page) if brief else page
    verbose = this.verbose > 0
    if form == "terminal":
        color = False if plain else None
        digests.to_terminal(page, color=color, pager=not plain, verbose=verbose)
    else:
        sys.stdout.write(_rendered(made, page, form, verbose=verbose))


def _check_form(context: typer.Context, form: str, *, brief: bool, sent: bool) -> None:
    """Raise UsageError for a form that is none, or can hardly be meant."""
    if form not in _FORMATS:
        raise UsageError(f'no format is called "{form}"; known: {", ".join(_FORMATS)}')
    if brief and form in _WHOLE:
        raise UsageError(f"{form} is for programs, which are never brief")
    if sent and form == "terminal":
        unheeded.refuse(context, "form", "what is sent is read elsewhere, not in this terminal")


def _rendered(made: "model.Digest", page: "Page", form: str, *, verbose: bool) -> str:
    from monitor import digest as digests

    match form:
        case "text":
            return digests.to_text(page, verbose=verbose)
        case "markdown":
            return digests.to_markdown(page, verbose=verbose)
        case "html":
            return digests.to_html(page, verbose=verbose)
        case "atom":
            return digests.to_atom(page)
        case _:
            return digests.to_json(made)


def _targets(
    to: Sequence[str], table: "DigestTable | None", form: str, *, brief: bool
) -> tuple["TargetTable", ...]:
    """Return where to send a digest; a form that was asked for goes before that of the config."""
    from monitor.settings import TargetTable

    typed = tuple(TargetTable(target=_from_here(text)) for text in to)
    named = typed or (table.to if table else ())
    wish = ({"format": form} if form else {}) | ({"brief": True} if brief else {})
    return tuple(target.model_copy(update=wish) for target in named)


def _is_mail(target: "TargetTable") -> bool:
    return target.target.strip().startswith("mailto:")


def _from_here(target: str) -> str:
    """Return a target as typed; a path is then seen from where one stands, not from the config."""
    kind, _, path = target.strip().partition(":")
    if kind not in ("file", "maildir", "site") or not path or path.startswith(("/", "~")):
        return target
    return f"{kind}:{Path.cwd()}/{path}"


def _send(desk: "Desk", messages: Sequence[str], now: datetime) -> bool:
    """Post these messages, say what became of each, and return whether all of them went out."""
    from monitor.deliver import label_of
    from monitor.pipeline import post_outbox
    from monitor.store import outbox

    asyncio.run(post_outbox.post(desk, now, by=outbox.Claimant("command")))
    with desk.store.read() as db:
        parcels = outbox.find(db, messages)
    for item in parcels:
        target = label_of(item.target)  # without a webhook's secret
        if item.state == "sent":
            say(f"sent to {target}")
            continue
        at = item.next_attempt.astimezone(desk.config.zone)
        again = f"{at:%H:%M} {zone_words(at)}"
        then = f"tried again from {again} on" if item.state == "queued" else "parked"
        why = item.why or "others were before it"
        say(f"not sent to {target}: {why} ({then}; `monitor outbox retry {item.id}`)")
    return all(item.state == "sent" for item in parcels)


@outbox_app.command("list")
def outbox_list(context: typer.Context, as_json: Json = False) -> None:
    """List the messages that wait to be sent or were parked, with the reason."""
    from monitor.deliver import label_of
    from monitor.store import outbox

    with session(context).reading_desk() as desk, desk.store.read() as db:
        parcels = outbox.parcels(db)
    for item in parcels:
        target = label_of(item.target)  # without a webhook's secret
        if as_json:
            row = {"id": item.id, "state": item.state, "target": target}
            row |= {"subject": item.subject, "attempts": item.attempts, "error": item.why}
            print(json_shape.line(row))
        else:
            why = f": {item.why}" if item.why else ""
            tries = count(item.attempts, "try", "tries")
            print(f"{item.id:>5} {item.state} to {target} ({tries}){why}")
            print(f"      {item.subject}")
    if not parcels and not as_json:
        say("nothing waits")


@outbox_app.command("retry")
def outbox_retry(context: typer.Context, message: Message) -> None:
    """Try a message again, now."""
    from monitor.store import outbox

    with session(context).stored_desk() as desk:
        now = desk.now()
        with desk.store.write() as db:
            put_back = outbox.requeue(db, message, now)
            found = [item for item in outbox.parcels(db) if item.id == message]
        if not put_back:
            why = f"{message}: {found[0].why}" if found else _no_message(message)
            raise UsageError(why)
        if not _send(desk, [item.message_id for item in found], now):
            raise typer.Exit(1)


@outbox_app.command("drop")
def outbox_drop(context: typer.Context, message: Message) -> None:
    """Take a message out of the outbox, unsent."""
    from monitor.store import outbox

    with session(context).stored_desk() as desk, desk.store.write() as db:
        if not outbox.drop(db, message):
            raise UsageError(_no_message(message))
    say(f"dropped message {message}")


def _no_message(message: int) -> str:
    return f"no unsent message has the id {message}"
