"""`monitor read` as a person starts it, on a real terminal."""

import base64
from pathlib import Path

import pytest

from monitor.desk import Desk
from tests.commands import monitor
from tests.reader.conftest import CONFIG
from tests.terminal import Terminal


@pytest.fixture
def folder(desk: Desk, tmp_path: Path) -> Path:
    """The folder of the desk, with its config file."""
    (tmp_path / "config.toml").write_text(CONFIG, "utf-8")
    return tmp_path


def script(path: Path, text: str) -> Path:
    """Write a program."""
    path.write_text(f"#!/bin/sh\n{text}\n", "utf-8")
    path.chmod(0o755)
    return path


def test_reading_on_a_terminal(folder: Path) -> None:
    """The archive is searched and read; clipboard, browser and pager get what they are asked."""
    opened = folder / "opened"
    browser = script(folder / "browser", f'echo "$1" > {opened}')
    pager = script(folder / "pager", f"cat > {folder / 'paged'}")
    extra = {"BROWSER": f"{browser} %s", "PAGER": str(pager)}
    with Terminal("read", folder=folder, extra=extra) as terminal:
        terminal.until("q leaves")
        terminal.press("/")
        terminal.until("a phrase")
        terminal.press("missile\r")
        terminal.until("found")
        terminal.press("\r")
        terminal.until("1/1  North")
        terminal.press("y")
        terminal.until("\x1b]52;c;")
        terminal.until("\a")
        copied = terminal.seen.split(b"\x1b]52;c;")[1].split(b"\a")[0]
        assert "officials said." in base64.b64decode(copied).decode()
        terminal.press("o")
        terminal.until("opened https://example.org/")
        assert opened.read_text("utf-8").startswith("https://example.org/")
        terminal.press("p")
        terminal.until("\x1b[?1049h")  # the reader has its screen again
        assert "officials said." in (folder / "paged").read_text("utf-8")
        terminal.press("Q")
        assert terminal.ended() == 0


@pytest.mark.parametrize("size", [(20, 24), (80, 4)])
def test_too_small_a_terminal_is_one_line(folder: Path, size: tuple[int, int]) -> None:
    """A terminal of 20 columns, or of four lines, is told what is needed; exit code 2."""
    with Terminal("read", folder=folder, size=size) as terminal:
        assert terminal.ended() == 2
        assert b"needs 40 columns and 8 lines" in terminal.seen


def test_no_terminal_is_one_line(folder: Path) -> None:
    """In a pipe it names the commands that write to one; exit code 2."""
    done = monitor("read", folder=folder)
    assert done.code == 2
    assert "monitor list" in done.err
    assert "Traceback" not in done.err


def test_a_store_that_cannot_be_opened_is_one_line(folder: Path, desk: Desk) -> None:
    """What is wrong with the store is told on the plain terminal."""
    desk.close()
    (folder / "state" / "monitor.db").write_bytes(b"no database" * 100)
    with Terminal("read", folder=folder) as terminal:
        assert terminal.ended() == 1
        assert b"Traceback" not in terminal.seen
        assert b"monitor.db" in terminal.seen
