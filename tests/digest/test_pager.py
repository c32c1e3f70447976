"""A long digest in the user's pager."""

import os
import subprocess
import sys
from pathlib import Path

SHOW = """
from rich.console import Console
from tests.digest.sample import digest, four_languages, to_terminal
to_terminal(digest(four_languages()), Console(force_terminal=True, height={height}), pager=True)
"""


def shown(pager: str, height: int, term: str = "xterm-256color", path: str = "") -> str:
    run = subprocess.run(
        [sys.executable, "-c", SHOW.format(height=height)],
        env={"PAGER": pager, "TERM": term, "PATH": path or os.environ["PATH"], "PYTHONUTF8": "1"},
        cwd=Path(__file__).parents[2],
        capture_output=True,
        check=True,
    )
    assert not run.stderr
    return run.stdout.decode()


def test_a_long_digest_goes_through_the_pager_with_its_styles(tmp_path: Path) -> None:
    """What is longer than the terminal is given to $PAGER, styles and all."""
    copy = tmp_path / "paged"
    out = shown(f"tee {copy}", height=10)
    assert "\x1b[1;4m" in copy.read_text(encoding="utf-8")
    assert "Morning digest" in out


def test_a_short_digest_is_just_printed(tmp_path: Path) -> None:
    """What fits the terminal needs no pager."""
    copy = tmp_path / "paged"
    assert "Morning digest" in shown(f"tee {copy}", height=400)
    assert not copy.exists()


def test_a_pager_that_is_not_there_loses_nothing() -> None:
    """A $PAGER that cannot be run leaves the digest printed."""
    assert "Morning digest" in shown("/no/such/pager", height=10)


def test_a_terminal_that_cannot_move_has_no_pager_of_its_own(tmp_path: Path) -> None:
    """With TERM=dumb a long digest is printed, unless the user names a pager."""
    less = tmp_path / "less"
    less.write_text("#!/bin/sh\necho waits for a key\n")
    less.chmod(0o700)
    assert "waits for a key" in shown("", 10, path=str(tmp_path))
    assert "Morning digest" in shown("", 10, "dumb", path=str(tmp_path))
    assert "waits for a key" in shown(str(less), 10, "dumb")
