"""A long digest in the user's pager."""

import subprocess
import sys
from pathlib import Path

SHOW = """
from rich.console import Console
from tests.digest.sample import digest, four_languages, to_terminal
to_terminal(digest(four_languages()), Console(force_terminal=True, height={height}), pager=True)
"""


def shown(pager: str, height: int) -> str:
    run = subprocess.run(
        [sys.executable, "-c", SHOW.format(height=height)],
        env={"PAGER": pager, "TERM": "xterm-256color", "PYTHONUTF8": "1"},
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
