"""`monitor check`: is all of it right?"""

import asyncio
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated

import typer

from monitor.cli.session import say, session
from monitor.errors import ConfigError, MonitorError, UsageError
from monitor.text import count

if TYPE_CHECKING:
    from monitor.desk import Desk
    from monitor.watch import Finding


def add_to(app: typer.Typer) -> None:
    """Add the command to the command tree."""
    app.command()(check)


def check(
    context: typer.Context,
    mail: Annotated[
        bool, typer.Option("--mail", help="Log in to the mail server, without sending.")
    ] = False,
) -> None:
    """Check config, rules, their self-tests, entities and profiles; exit 1 on faults."""
    from monitor import watch
    from monitor.cli import explaining
    from monitor.desk import Desk
    from monitor.pipeline.read_query import check_searches
    from monitor.settings import doubts

    this = session(context)
    desk = Desk(this.load_config(), this.state)
    faults = [str(fault) for fault in desk.config.empty_globs()]
    for part in ("rulebook", "profiles"):
        try:
            getattr(desk, part)
        except ConfigError as error:
            faults += map(str, error.faults)
    if faults:
        raise ConfigError("\n".join(faults))
    desk.check_references()
    check_searches(desk, datetime.now(UTC))
    _check_gloss(desk)
    unsure = list(doubts(desk.config))
    rules = [rule for rule in desk.rulebook.rules if rule.enabled]
    feeds = count(len(desk.feeds), "feed")
    said = f"{len(unsure)} to look at" if unsure else "fine"
    say(f"config   {feeds}, {count(len(desk.config.digest), 'digest')}: {said}")
    for doubt in unsure:
        print(f"doubtful: {doubt}")
    if not desk.feeds:
        say("         nothing is watched yet: `monitor feeds add URL` adds a feed")
    results = watch.run_tests(desk.rulebook)
    failed = [result for result in results if not result.ok]
    tests = count(len(results), "self-test")
    say(f"rules    {count(len(rules), 'rule')}, {tests}, {len(failed)} failed")
    for result in failed:
        explaining.show_test(result)
    today = datetime.now(UTC).date()
    for finding in watch.lint_rules(desk.rulebook, [row.name for row in desk.config.feed], today):
        print(f"{finding.kind}: {finding.message}")
    own = (*desk.config.files("rule_files"), *desk.config.files("entity_files"))
    _show_findings(watch.lint(desk.rulebook, today), set(map(str, own)), this.verbose)
    if mail:
        _check_mail(desk)
    desk.close()
    if failed:
        raise typer.Exit(1)


def _show_findings(findings: "Sequence[Finding]", own: set[str], verbose: int) -> None:
    """Print what deserves a look in a desk's own files; what was shipped is only counted."""
    to_mend = [one for one in findings if own.intersection(one.files) and one.kind != "unverified"]
    others = len(findings) - len(to_mend)
    say(f"entities {len(to_mend)} to look at in your files")
    for finding in findings if verbose else to_mend:
        print(f"{finding.kind}: {finding.message}")
    if others and not verbose:
        say(f"         `monitor -v check` lists {others} more, built in or not verified")


def _check_gloss(desk: "Desk") -> None:
    """Raise ConfigError when the desk's translator is not there; digests would do without."""
    from monitor import translator

    table = desk.config.gloss
    if table is not None and not translator.is_there(table.command, desk.config.folder):
        what = f'no program is called "{table.command[0]}"'
        raise ConfigError([desk.config.fault(("gloss", "command"), what)])


def _check_mail(desk: "Desk") -> None:
    from monitor import deliver

    if desk.mail is None:
        raise ConfigError("config.toml has no [email] table")
    try:
        asyncio.run(deliver.check_mail(desk.mail))
    except MonitorError as error:
        raise UsageError(f"mail: {error}") from error
    host = desk.mail.host
    say(
        f"mail     logged in to {host}"
        if desk.mail.username
        else f"mail     reached {host}, without a login"
    )
