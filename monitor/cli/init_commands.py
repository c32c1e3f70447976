"""`monitor init`: a configuration to begin with.

At a terminal it asks for the three things that no example can know; Enter takes what is offered.
Anywhere else it asks nothing. Nothing is written before the last answer, and no file is replaced.
"""

import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Annotated

import typer
from msgspec.structs import replace

from monitor.cli import complete
from monitor.cli.output_files import writing
from monitor.cli.session import say, session
from monitor.errors import ConfigError, UsageError
from monitor.setup import Answers, config_text, desk_named

_EXAMPLE_ZONE = "Asia/Seoul"
_LANGUAGES = "en, ko, zh, ja"


def add_to(app: typer.Typer) -> None:
    """Add the command to the command tree."""
    app.command()(init)


def init(
    context: typer.Context,
    folder: Annotated[Path, typer.Argument(metavar="DIR")] = Path(),
    desk: Annotated[
        str,
        typer.Option(
            metavar="NAME",
            help="Begin with the rules of an example desk: yellow-sea, chips, borders, energy.",
            autocompletion=complete.desks,
        ),
    ] = "",
) -> None:
    """Write config.toml from the example, and make the state folder beside it."""
    this = session(context)
    if this.config or this.state:
        raise UsageError(
            "init writes DIR/config.toml and DIR/state: give DIR, no --config or --state"
        )
    chosen = desk_named(desk) if desk else None
    target, state = folder / "config.toml", folder / "state"
    rules = folder / "rules" / f"{desk}.toml"
    for file in (target, rules) if chosen else (target,):
        if file.exists():
            raise UsageError(f"{file} is there already; it was left as it is")
    answers = _asked() if sys.stdin.isatty() and sys.stderr.isatty() else Answers()
    files = {target: config_text(replace(answers, desk=chosen))}
    if chosen:
        files[rules] = chosen.text
    with writing(state):
        state.mkdir(mode=0o700, parents=True, exist_ok=True)
    for file, text in files.items():
        with writing(file):
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, "utf-8")
    _say_what_next(target, list(files)[1:], asked=bool(answers.contact), folder=folder)


def _asked() -> Answers:
    """Ask for zone, contact and language."""
    say("Three questions; Enter takes what stands in brackets, Ctrl-C writes nothing.")
    return Answers(
        timezone=_ask("Time zone you read in", _own_zone(), _valid("timezone")),
        contact=_ask(
            "Contact that sites see, mail or url (none: set it later)", "", _valid("contact")
        ),
        reader_language=_ask(
            f"Language you read, as {_LANGUAGES} (none: headlines as printed)",
            "",
            _valid("reader_language"),
        ),
    )


def _ask(question: str, offered: str, check: Callable[[str], str]) -> str:
    shown = bool(offered)
    found = typer.prompt(question, default=offered, show_default=shown, value_proc=check, err=True)
    return str(found)


def _valid(key: str) -> Callable[[str], str]:
    """Return a check that a key of [monitor] takes an answer."""

    def check(answer: str) -> str:
        from monitor.settings import check_config
        from monitor.tomlfile import parse_toml

        answer = answer.strip()
        try:
            check_config(parse_toml(f"[monitor]\n{key} = {json.dumps(answer)}", ""), Path())
        except ConfigError as error:
            fault = error.faults[0]
            hint = f" ({fault.hint})" if fault.hint else ""
            raise typer.BadParameter(fault.message + hint) from None
        return answer

    return check


def _own_zone() -> str:
    """Return the zone of this machine; the example's where that cannot be told or says nothing."""
    import tzlocal

    try:
        name = tzlocal.get_localzone_name()
    except (LookupError, OSError, ValueError):
        return _EXAMPLE_ZONE
    return name if "/" in name and not name.startswith("Etc/") else _EXAMPLE_ZONE


def _say_what_next(target: Path, rules: list[Path], *, asked: bool, folder: Path) -> None:
    also = f" and {rules[0]}" if rules else ""
    where = "" if folder == Path() else f"cd {folder} && "
    say(f"wrote {target}{also}")
    if not asked:
        say(f"first    put your contact into {target}: sites see it and can write to you")
    say(f"check    {where}monitor check    says whether all of it is right")
    say(f"try      {where}monitor poll     reads the feeds once; `monitor read` shows the stories")
    say(f"watch    {where}monitor run      keeps reading, sends alerts and digests until stopped")
