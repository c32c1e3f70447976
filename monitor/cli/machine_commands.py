"""`monitor machines` and `desks`: who shares the database."""

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated

import typer

from monitor import json_shape
from monitor.cli import unheeded
from monitor.cli.session import say, session
from monitor.errors import UsageError

if TYPE_CHECKING:
    from monitor.desk import Desk


def add_to(app: typer.Typer) -> None:
    """Add these commands to the command tree."""
    app.command()(machines)
    app.command()(desks)


def machines(
    context: typer.Context,
    as_json: Annotated[bool, typer.Option("--json", help="Print them as JSON.")] = False,
    forget: Annotated[
        str, typer.Option(metavar="NAME", help="Forget one that does not come back.")
    ] = "",
) -> None:
    """List the machines that share the database: who is alive, and what each does."""
    from monitor.cli.shown_clock import clock_words
    from monitor.cli.status_view import machine_lines
    from monitor.daemon import machine_states
    from monitor.store import machines as store

    if forget:
        unheeded.refuse(context, "as_json", "--forget prints no list")
    with session(context).desk_for(writing=bool(forget)) as desk:
        if forget:
            with desk.store.write() as db:
                if not store.forget(db, forget):
                    known = ", ".join(one.name for one in store.everyone(db)) or "none"
                    raise UsageError(f'no machine is called "{forget}" (known: {known})')
            say(f"forgot {forget}")
            return
        with desk.store.read() as db:
            found = machine_states.collect(db)
        zone = desk.config.zone
    if as_json:
        print(json_shape.document(found))
        return
    for line in machine_lines(found, lambda when: clock_words(when, datetime.now(UTC), zone)):
        print(line)
    if not found:
        say("no machine has run yet; `monitor run` starts one")


def desks(
    context: typer.Context,
    as_json: Annotated[bool, typer.Option("--json", help="Print them as JSON.")] = False,
    forget: Annotated[
        str,
        typer.Option(
            metavar="NAME",
            help='Read and judge nothing more for this desk ("main": the one without a name).',
        ),
    ] = "",
) -> None:
    """List the desks that share the database: rules in force, feeds wanted, who is at work."""
    from monitor.cli.shown_clock import clock_words
    from monitor.cli.status_view import desk_lines
    from monitor.daemon import desk_states

    if forget:
        unheeded.refuse(context, "as_json", "--forget prints no list")
    with session(context).desk_for(writing=bool(forget)) as desk:
        if forget:
            _forget_desk(desk, forget)
            say(f"forgot {forget}; what it flagged stays")
            return
        with desk.store.read() as db:
            found = desk_states.collect(db)
        zone = desk.config.zone
    if as_json:
        print(json_shape.document(found))
        return
    for line in desk_lines(found, lambda when: clock_words(when, datetime.now(UTC), zone)):
        print(line)
    if not found:
        say("no desk has begun yet; `monitor poll` or `monitor run` begins one")


def _forget_desk(desk: "Desk", name: str) -> None:
    from monitor.daemon import desk_states
    from monitor.store import published_desks

    with desk.store.write() as db:
        known = desk_states.collect(db)
        one = next((one for one in known if one.name == name), None)
        if one is None:
            names = ", ".join(one.name for one in known) or "none"
            raise UsageError(f'no desk is called "{name}" (known: {names})')
        if one.machines:
            raise UsageError(f"{', '.join(one.machines)} at work for {name}; stop that first")
        published_desks.forget(db, "" if name == "main" else name)
