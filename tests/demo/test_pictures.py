"""The README's pictures show what the program makes."""

import hashlib
import re
from pathlib import Path

import pytest

from tests.commands import monitor

PICTURES = Path(__file__).parents[2] / ".readme"
PORT = re.compile(rb"127\.0\.0\.1:\d+")  # of the demo's site, another each time
ANEW = "the README shows another digest than the program makes; `.ci/pictures` makes it anew"

pytestmark = pytest.mark.skipif(not PICTURES.exists(), reason="no README's pictures beside us")


def test_the_pictures_of_the_readme_are_of_today(tmp_path: Path) -> None:
    """The picture of the terminal is the same, that of the mail was taken of the same HTML."""
    svg, html = tmp_path / "digest.svg", tmp_path / "mail.html"
    shown = monitor("demo", "--svg", str(svg), "--html", str(html), folder=tmp_path)
    assert shown.code == 0, shown.err
    shown_before = PORT.sub(b"", (PICTURES / "digest.svg").read_bytes())
    assert PORT.sub(b"", svg.read_bytes()) == shown_before, ANEW
    source = hashlib.sha256(PORT.sub(b"", html.read_bytes())).hexdigest()
    assert f"Source\0{source}".encode() in (PICTURES / "mail.png").read_bytes(), ANEW
