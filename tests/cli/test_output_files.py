"""Files that a command was told to write, in the place of what is there."""

import os
import sqlite3
import threading
from pathlib import Path

import pytest

from tests.commands import monitor
from tests.site import Site
from tests.wire import Item, Outlet, config_text


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A desk with one article."""
    folder = tmp_path_factory.mktemp("outputs")
    with Site() as site:
        title = "South Korea and China agree on hotline talks"
        Outlet(site, "wire").publish(Item("talks", title, ("Talks.",), None))
        (folder / "config.toml").write_text(config_text(site, "wire", language="en"), "utf-8")
        assert monitor("poll", folder=folder).code == 0
    return folder


@pytest.mark.parametrize(
    "command",
    [
        ("export", "lang:en", "--format", "csv", "--out"),
        ("trends", "--svg"),
    ],
    ids=" ".join,
)
def test_no_output_takes_the_place_of_what_a_desk_lives_by(
    desk: Path, command: tuple[str, ...]
) -> None:
    """Neither the database nor the configuration is written over, also by way of a link."""
    before = (desk / "config.toml").read_bytes()
    link = desk / "link.csv"
    link.unlink(missing_ok=True)
    link.symlink_to("config.toml")
    for name, what in (
        ("state/monitor.db", "is a database"),
        ("config.toml", "is a TOML file"),
        ("link.csv", "is a TOML file"),
    ):
        ended = monitor(*command, name, folder=desk)
        assert ended.code == 2
        assert f"{name} {what}, which takes no output; name another file" in ended.err
    assert (desk / "config.toml").read_bytes() == before
    with sqlite3.connect(desk / "state" / "monitor.db") as db:
        assert db.execute("SELECT count(*) FROM article").fetchone() == (1,)


def test_an_export_replaces_a_file_in_one_step(desk: Path) -> None:
    """Who has the old file open goes on reading it whole; nothing is left beside the new one."""
    out = desk / "week.csv"
    out.write_text("the week before\n", "utf-8")
    with out.open(encoding="utf-8") as old:
        assert monitor("export", "lang:en", "--out", out.name, folder=desk).code == 0
        assert old.read() == "the week before\n"
    assert "hotline" in out.read_text("utf-8")
    assert not list(desk.glob(".*.part"))


def test_a_pipe_is_written_as_it_is(desk: Path) -> None:
    """What is named may be a pipe to another program."""
    pipe = desk / "pipe"
    os.mkfifo(pipe)
    read: list[str] = []
    reader = threading.Thread(target=lambda: read.append(pipe.read_text("utf-8")))
    reader.start()
    ended = monitor("export", "lang:en", "--format", "jsonl", "--out", "pipe", folder=desk)
    reader.join()
    assert ended.code == 0
    assert "hotline" in read[0]
