"""`monitor machines`: the machines that share the database."""

from dataclasses import asdict
from datetime import UTC, datetime
from typing import Annotated

import typer

from monitor import json_shape
from monitor.cli.session import say, session
from monitor.errors import UsageError


def add_to(app: typer.Typer) -> None:
    """Add this command to the command tree."""
    app.command()(machines)


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

    with session(context).desk() as desk:
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
        print(json_shape.document([asdict(one) for one in found]))
        return
    for line in machine_lines(found, lambda when: clock_words(when, datetime.now(UTC), zone)):
        print(line)
    if not found:
        say("no machine has run yet; `monitor run` starts one")
