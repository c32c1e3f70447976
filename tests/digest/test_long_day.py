"""A day of 117 stories: an editor scans its index in a minute, in any script."""

import io
import re

import pytest
from rich.cells import cell_len
from rich.console import Console

from monitor.deliver import MailSettings, Outgoing, parse_target, to_mime
from monitor.digest import edition, index_only, lay_out, to_terminal, to_text
from monitor.model import Form
from tests.digest.bundled import bundled
from tests.digest.sample import UNTIL, digest

STORIES = 117
HEADS = 24  # lines around the stories' own: title, window, troubles, a head a rule, coverage
SCREENS = 2 * 45  # lines of two terminal screens
ENTRY = re.compile(r"(?=.{4} ) *\d+ ")  # a number in four columns


@pytest.fixture(scope="module")
def long_day():
    return digest(bundled(STORIES))


def brief(made, columns: int = 80) -> list[str]:
    """The index alone, as a terminal of some columns shows it."""
    console = Console(file=io.StringIO(), width=columns, color_system=None)
    to_terminal(index_only(lay_out(made)), console)
    assert isinstance(console.file, io.StringIO)
    return console.file.getvalue().splitlines()


def test_the_brief_terminal_lines_up_in_four_scripts(long_day) -> None:
    """At 80 columns every line ends at the edge, and outlets begin in one column."""
    page = lay_out(long_day)
    languages = {card.language for section in page.sections for card in section.cards}
    assert languages == {"en", "ko", "zh", "ja"}
    lines = [line for line in brief(long_day) if ENTRY.match(line)]
    assert len(lines) == STORIES
    cards = [card for section in page.sections for card in section.cards]
    starts = set()
    for line, card in zip(lines, cards, strict=True):
        assert cell_len(line) == 80
        outlet = card.outlets[0].name[:4]
        starts.add(cell_len(line[: line.rindex(f"  {outlet}")]))
    assert len(starts) == 1


def test_the_index_has_a_line_a_story_and_few_more(long_day) -> None:
    """A hundred and seventeen lines and the heads; a rule is at most two screens."""
    assert len(brief(long_day)) <= STORIES + HEADS
    text = to_text(index_only(lay_out(long_day))).splitlines()
    assert len(text) <= STORIES + HEADS
    assert max(map(cell_len, text)) <= 72
    sizes = [len(section.cards) for section in lay_out(long_day).sections]
    assert sum(sizes) == STORIES
    assert max(sizes) <= SCREENS


@pytest.mark.parametrize("form", ["html", "text"])
@pytest.mark.parametrize("short", [False, True])
def test_its_mail_is_never_clipped(long_day, form: str, short: bool) -> None:
    """With or without HTML, whole or brief, the mail is under 100,000 bytes as it is sent."""
    bodies = edition(long_day).mail(Form(form, brief=short))
    outgoing = Outgoing(
        "<1@example.org>",
        parse_target("mailto:desk@example.org"),
        "digest",
        "morning",
        "Morning",
        bodies.text,
        UNTIL,
        html=bodies.html,
    )
    settings = MailSettings(host="localhost", from_="monitor@example.org")
    assert len(bytes(to_mime(outgoing, settings))) <= 100_000
    assert bool(bodies.html) == (form == "html")
    lines = [line for line in bodies.text.splitlines() if ENTRY.match(line)]
    assert len(lines) >= STORIES
