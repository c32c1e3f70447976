"""`monitor reload`, `service install` and `db`: what an operator does now and then."""

import os
import shutil
import signal
import sys
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Annotated

import typer

from monitor import atomic
from monitor.cli.output_files import writing
from monitor.cli.session import progress, say, session
from monitor.errors import MonitorError, StoreError, UsageError

db_app = typer.Typer(no_args_is_help=True, help="Check, back up and tidy the database.")
service_app = typer.Typer(
    no_args_is_help=True, help="Run the monitor as a service of this machine."
)

_RELOAD_SECONDS = 30.0


def add_to(app: typer.Typer) -> None:
    """Add these commands to the command tree."""
    app.command()(reload)
    app.add_typer(db_app, name="db")
    app.add_typer(service_app, name="service")


def reload(context: typer.Context) -> None:
    """Let the running daemon take in changed config, rules, entities and profiles."""
    from monitor import lock
    from monitor.daemon import heartbeat

    this = session(context)
    state = this.state or this.load_config().state
    holder = lock.holder(state)
    if holder is None:
        raise UsageError(f"{state}: no daemon runs here; `monitor run` starts one")
    if holder.pid < 1:  # which would be all of our own group
        raise StoreError(f"{state}: a daemon runs here, but its lock does not say which; try again")
    before = heartbeat.read(state)
    try:
        os.kill(holder.pid, signal.SIGHUP)
    except OSError as error:
        raise UsageError(
            f"the daemon (pid {holder.pid}) cannot be told: {error.strerror}; reload it as the "
            "user it runs as, or by `systemctl reload wire-monitor`"
        ) from None
    tried = before.reloads if before and before.pid == holder.pid else 0
    end = time.monotonic() + _RELOAD_SECONDS
    while time.monotonic() < end:
        after = heartbeat.read(state)
        if after is not None and after.pid == holder.pid and after.reloads > tried:
            if after.reload_error:
                say(f"the old configuration stays in force:\n{after.reload_error}")
                raise typer.Exit(1)
            say(f"reloaded {after.config}")
            if after.at_next_start:
                keys = " and ".join(after.at_next_start)
                say(f"{keys} changed: that takes effect when the daemon is started again")
            return
        time.sleep(0.1)
    say(f"the daemon (pid {holder.pid}) was told, but did not answer; see its log")
    raise typer.Exit(1)


# ------------------------------------------------------------------ service


@service_app.command("install")
def install(
    context: typer.Context,
    user: Annotated[
        bool, typer.Option("--user", help="For your own account, without root.")
    ] = False,
    folder: Annotated[
        Path | None, typer.Option(help="Write the file into this folder instead.")
    ] = None,
) -> None:
    """Write a hardened systemd unit (on a Mac: a launchd job) for `monitor run`."""
    from monitor import deploy

    this = session(context)
    config_file, config = this.config_file(), this.load_config()
    program = _program()
    if sys.platform == "darwin":
        home = Path.home() / "Library"
        state = (this.state or config.state).absolute()
        log = home / "Logs" / "wire-monitor.log"
        data = deploy.property_list(program, config_file, state, log)
        path = (folder or home / "LaunchAgents") / f"{deploy.LABEL}.plist"
        _write(path, data)
        say(f"next:  launchctl bootstrap gui/{os.getuid()} {path}")
        return
    if user:
        state = (this.state or config.state).absolute()
        home = Path(os.environ.get("XDG_CONFIG_HOME") or Path.home() / ".config")
        path, systemctl = home / "systemd/user" / deploy.UNIT_NAME, "systemctl --user"
    else:
        # A user that exists only while the service runs can write under /var/lib and nowhere else.
        inside = (this.state or config.state).absolute()
        state = inside if inside.is_relative_to("/var/lib") else Path("/var/lib/wire-monitor")
        path, systemctl = Path("/etc/systemd/system") / deploy.UNIT_NAME, "systemctl"
    if folder is not None:
        path = folder / deploy.UNIT_NAME
    _write(path, deploy.unit(program, config_file, state, user).encode())
    say(f"runs   {program} --config {config_file}")
    say(f"state  {state}")
    old = (this.state or config.state).absolute()
    if old != state:
        say(f"note   the service cannot write in {old}: its state is in {state} from now on;")
        say(f"       to take along what there is, before the first start:  cp -a {old}/. {state}/")
    if shutil.which("systemctl") is None:
        say("note   systemd is not on this machine; the file is of use where it is")
    say(f"next:  {systemctl} daemon-reload && {systemctl} enable --now {deploy.UNIT_NAME}")
    if user:
        say("       loginctl enable-linger   lets it run while you are logged out")


def _program() -> Path:
    """Return the `monitor` command of this installation, absolute."""
    beside = Path(sys.executable).with_name("monitor")
    found = beside if beside.is_file() else shutil.which("monitor")
    if found is None:
        raise UsageError("the `monitor` command is not installed beside this Python; install it")
    return Path(found).absolute()


def _write(path: Path, data: bytes) -> None:
    with writing(path, "; as root, or with --user"):
        path.parent.mkdir(parents=True, exist_ok=True)
        old = path.read_bytes() if path.exists() else None
        atomic.write(path, data)
    said = "wrote" if old is None else "unchanged" if old == data else "wrote anew"
    say(f"{said}  {path}")


# ------------------------------------------------------------------ db


@db_app.command("check")
def check(context: typer.Context) -> None:
    """Look for faults in the database; exit 1 when there are any."""
    from monitor.store import fsck

    with session(context).stored_desk() as desk, desk.store.read() as db, progress() as bars:
        faults = fsck.check(db, bars)
        place = desk.store.place
    for fault in faults:
        print(fault)
    if faults:
        say(f"{place}: {len(faults)} faults; restore a backup, or report them with this output")
        raise typer.Exit(1)
    say(f"{place}: no faults found")


@db_app.command("reindex")
def reindex(context: typer.Context) -> None:
    """Make the search index anew from the stored texts; may be interrupted and goes on later."""
    from monitor.cli.search_commands import catch_up
    from monitor.store import search_index

    with session(context).stored_desk() as desk:
        with desk.store.write() as db:
            search_index.reset(db)
        catch_up(desk.store)
        say(f"{desk.store.place}: the search index is complete")


@db_app.command("backup")
def backup(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(help="The copy; a backup that is there is replaced.")],
) -> None:
    """Copy the database, also while the daemon runs; the copy is one file with mode 0600."""
    from monitor.store.copying import copy_database, is_store

    with session(context).stored_desk() as desk, progress() as bars:
        path = desk.store.path
        if path is None:
            raise UsageError(f"{desk.store.place} is no file; use the tools of that database")
        if file.is_dir():
            file = file / f"monitor-{datetime.now(UTC):%Y%m%dT%H%M%SZ}.db"
        if file.exists() and file.samefile(path):
            raise UsageError(f"{file} is the database itself")
        if file.exists() and not (file.is_file() and is_store(file)):
            raise UsageError(f"{file} is there and no backup; name another file, or remove it")
        copy_database(path, file, lambda done, total: bars("pages", done, total))
    say(f"copied {path} to {file} ({file.stat().st_size / 1e6:.1f} MB)")


@db_app.command("copy")
def copy(
    context: typer.Context,
    to: Annotated[
        str, typer.Option(metavar="URL", help="Such as postgresql+psycopg://desk@db/wire_monitor")
    ],
    replace: Annotated[
        bool, typer.Option("--replace", help="Let the copy take the place of what is there.")
    ] = False,
) -> None:
    """Move the database to a server: all rows, checked by numbers and hashes, or none."""
    from monitor import lock
    from monitor.cli.search_commands import catch_up
    from monitor.store import open_store
    from monitor.store.copy_store import copy_store

    with session(context).stored_desk() as desk, lock.hold(desk.state, datetime.now(UTC)):
        if desk.store.path is None:
            raise UsageError(f"{desk.store.place} is a server already; pg_dump copies it")
        target = open_store(desk.state, to, password=desk.database_password)
        try:
            with progress() as bars:
                number = copy_store(desk.store, target, bars, replace=replace)
            catch_up(target)
        finally:
            target.close()
        say(f"copied {number} rows to {target.place}, and read them back")
    say(f'next:  database = "{target.place}" in [monitor] of {session(context).config_file()}')


@db_app.command("vacuum")
def vacuum(context: typer.Context) -> None:
    """Forget what is older than keep_days, and give the space back to the disk."""
    from monitor.daemon.status import database_bytes
    from monitor.store import published_desks, retention

    with session(context).stored_desk() as desk:
        with desk.store.read() as db:
            days = published_desks.longest_keep(db, desk.config.monitor.keep_days)
        keep = timedelta(days=days)
        before = database_bytes(desk.store.path)
        with progress() as bars:
            gone = retention.forget(desk.store, desk.now(), keep, progress=bars)
        say(f"forgotten: {gone}")
        try:
            with progress() as bars:
                bars("vacuum", 0, 0)  # nobody knows of how many
                desk.store.shrink()
        except MonitorError as error:
            say(f"the space was not given back yet: {error}")
            raise typer.Exit(1) from None
        after = database_bytes(desk.store.path)
    if before is not None and after is not None:
        say(f"size {before / 1e6:.1f} MB before, {after / 1e6:.1f} MB now")


@db_app.command("retry")
def retry(context: typer.Context) -> None:
    """Let the next round work again on entries and pages that this version left aside."""
    from monitor.store import left, machines, unjudged

    with session(context).stored_desk() as desk, desk.store.write() as db:
        number = left.again(db, machines.now(db)) + unjudged.again(db)
    if number:
        say(f"{number} entries and pages are worked on again by the next `monitor poll` or `run`")
    else:
        say("nothing was left aside")
