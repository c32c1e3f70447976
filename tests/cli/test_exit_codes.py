"""One mapping of errors to exit codes: 1 for what failed, 2 for what a user wrote wrongly."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from typer.main import get_command

from monitor.cli.app import app
from monitor.store import open_store
from tests.commands import monitor

CONFIG = '[monitor]\n[[feed]]\nname = "wire"\nurl = "http://127.0.0.1:9/feed"\nprivate = true\n'
# Every command that opens the store, as it is called here.
OF_THE_STORE = (
    "poll", "run", "status", "machines", "desks", "list", "show 1", "explain 1", "search snow",
    "mark 1 --read", "trends", "export snow", "site pages", "mcp", "digest", "outbox list",
    "outbox retry 1", "outbox drop 1", "db check", "db reindex", "db backup copy.db",
    "db copy --to postgresql+psycopg://desk@127.0.0.1:9/none", "db vacuum", "db retry",
    "rules backtest", "entities suggest", "stories rebuild", "stories why 1 2", "stories join 1 2",
    "stories part 1", "feeds list", "feeds ack wire",
)  # fmt: skip
OTHERS = {
    "demo", "init", "check", "read", "scrape", "reload", "service install",
    "rules list", "rules test", "rules try", "rules match", "entities find", "entities list",
    "stories group", "feeds check", "feeds discover", "feeds add", "feeds import", "feeds export",
    "manual",
}  # fmt: skip


def _calls(command: Any, call: tuple[str, ...] = ()) -> Iterator[str]:
    inner = command.list_commands(None) if hasattr(command, "commands") else ()
    for name in inner:
        yield from _calls(command.get_command(None, name), (*call, name))
    if not inner:
        yield " ".join(call)


def test_no_command_is_left_out() -> None:
    """The table of this file has every command of the command tree."""
    known = set(_calls(get_command(app)))
    lines = [f"{line} " for line in OF_THE_STORE]
    opened = {call for call in known if any(line.startswith(f"{call} ") for line in lines)}
    assert known == opened | OTHERS


@pytest.mark.parametrize("line", OF_THE_STORE)
def test_a_store_that_cannot_be_used_is_a_failure(tmp_path: Path, line: str) -> None:
    """A damaged store ends each command with one line and 1; wrong usage would be 2."""
    (tmp_path / "config.toml").write_text(CONFIG)
    (tmp_path / "state").mkdir()
    (tmp_path / "state" / "monitor.db").write_bytes(b"no database at all " * 400)
    told = monitor(*line.split(), folder=tmp_path)
    assert (told.code, told.out, len(told.err.splitlines())) == (1, "", 1), told
    assert "is damaged or not ours" in told.err


@pytest.mark.parametrize("line", ["list", "poll"])
def test_what_is_in_the_place_of_a_store_is_told(tmp_path: Path, line: str) -> None:
    """A file for the state folder, or a folder for the database, is no store that is not there."""
    (tmp_path / "config.toml").write_text(CONFIG)
    (tmp_path / "file").touch()
    (tmp_path / "folders" / "monitor.db").mkdir(parents=True)
    for state in ("file", "folders"):
        told = monitor("--state", state, *line.split(), folder=tmp_path)
        assert (told.code, told.out, len(told.err.splitlines())) == (1, "", 1), told


WRONG = (
    "export snow --out none/out.csv", "trends --svg none/out.svg", "init config.toml/desk",
    "--config none.toml list", "list --rule nothing", "show 5",
)  # fmt: skip


def test_what_a_user_wrote_wrongly_is_usage(tmp_path: Path) -> None:
    """A path, rule or number that cannot be is told in one line and ends with 2."""
    (tmp_path / "config.toml").write_text(CONFIG)
    open_store(tmp_path / "state").close()
    for line in WRONG:
        told = monitor(*line.split(), folder=tmp_path)
        assert (told.code, told.out, len(told.err.splitlines())) == (2, "", 1), told
