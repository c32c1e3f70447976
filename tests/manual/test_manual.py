"""`monitor manual`: topics, pages, and the same for a browser."""

import re
from pathlib import Path

import pytest

from monitor.cli import complete
from monitor.manual import page, topics
from tests.commands import monitor
from tests.terminal import Terminal


def test_without_a_topic_the_topics_are_listed(tmp_path: Path) -> None:
    """A line each, and no config is needed."""
    shown = monitor("manual", folder=tmp_path)
    assert shown.code == 0
    assert [line.split()[0] for line in shown.out.splitlines()[: len(topics())]] == list(topics())


@pytest.mark.parametrize("topic", topics())
def test_a_page_begins_with_what_one_can_do_after_it(topic: str) -> None:
    """The first lines say whether this is the page one needs."""
    assert page(topic).split("\n")[2].startswith("After this page")


def test_through_a_pipe_a_page_is_markdown(tmp_path: Path) -> None:
    """Nothing is drawn where nobody looks."""
    shown = monitor("manual", "start", folder=tmp_path)
    assert (shown.code, shown.out) == (0, page("start"))


def test_an_unknown_topic_is_named_with_the_nearest(tmp_path: Path) -> None:
    """Exit code 2, also beside --html, which then writes nothing."""
    shown = monitor("manual", "confg", "--html", "out", folder=tmp_path)
    assert (shown.code, shown.err) == (
        2,
        'the manual has no topic "confg" (did you mean "config"?)\n',
    )
    assert list(tmp_path.iterdir()) == []


def test_a_terminal_gets_colours_and_the_pager(tmp_path: Path) -> None:
    """A long page goes to $PAGER, drawn: headings and marks instead of Markdown."""
    pager = {"PAGER": "cat", "NO_COLOR": ""}
    with Terminal("manual", "config", folder=tmp_path, extra=pager) as screen:
        screen.until("timeout")
        assert b"\x1b[1" in screen.seen
        assert b"**" not in screen.seen


def test_topics_are_offered_at_tab() -> None:
    """Those that begin so."""
    assert complete.topics("ta") == ["targets"]


def test_html_is_a_page_a_topic_that_links_lead_to(tmp_path: Path) -> None:
    """Every link leads to a file that is there, and HTML in a text is shown, not taken."""
    done = monitor("manual", "--html", "out", folder=tmp_path)
    assert done.code == 0
    files = {file.name for file in (tmp_path / "out").iterdir()}
    assert files == {f"{topic}.html" for topic in topics()} | {"index.html", "manual.css"}
    for file in (tmp_path / "out").glob("*.html"):
        text = file.read_text("utf-8")
        assert set(re.findall(r'(?:href|src)="([^"]+)"', text)) <= files
        assert "<script" not in text
    assert "ul.news &gt; li" in (tmp_path / "out" / "config.html").read_text("utf-8")


def test_html_into_a_file_is_told(tmp_path: Path) -> None:
    """A name that is taken by a file gives one line and exit code 2."""
    (tmp_path / "out").write_text("mine", "utf-8")
    done = monitor("manual", "--html", "out", folder=tmp_path)
    assert (done.code, len(done.err.splitlines())) == (2, 1)
    assert (tmp_path / "out").read_text("utf-8") == "mine"
