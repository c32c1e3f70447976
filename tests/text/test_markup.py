"""Scraps of HTML, of feeds and of pages' scripts, become plain lines."""

import re

import pytest

from monitor.text import markup


@pytest.mark.parametrize(
    ("scrap", "lines"),
    [
        ("<p>One.</p><p>Two <b>words</b>.</p>", ("One.", "Two words.")),
        ("One.\nTwo.", ("One.", "Two.")),
        ("<div>One.<br/>Two.</div>", ("One.", "Two.")),
        ("<ul><li>One</li><li><p>Two</p></li></ul>", ("One", "Two")),
        ("KOSPI < 2,400 and > 2,300", ("KOSPI < 2,400 and > 2,300",)),
        ("<p>회담<o:p></o:p>이 열렸다.</p>", ("회담이 열렸다.",)),
        ("<p>Talks.</p><amp-img src='x'></amp-img><p>More.</p>", ("Talks.", "More.")),
        ("See <https://example.org/a> for it", ("See <https://example.org/a> for it",)),
        ("&lt;p&gt;One &amp;amp; two.&lt;/p&gt;", ("One & two.",)),
        ("<p>One.</p><script>if (a < b) alert('<p>no</p>')</script>", ("One.",)),
        ("<div>" * 3000 + "Deep." + "</div>" * 3000, ("Deep.",)),
    ],
)
def test_a_scrap_becomes_its_paragraphs(scrap: str, lines: tuple[str, ...]) -> None:
    """Block elements end a paragraph, other tags go, and what only looks like a tag stays."""
    assert markup.paragraphs(scrap) == lines


def test_a_title_is_one_line_without_tags() -> None:
    """Entities are resolved as often as they were escaped."""
    assert (
        markup.title("Lee&amp;#8217;s <i>visit</i>\n to <o:p>Beijing</o:p>")
        == "Lee’s visit to Beijing"
    )


def test_how_tags_are_written_changes_nothing() -> None:
    """Tags in small letters, which are read by a table as most are, and others read alike."""
    for scrap in (
        '<p>One <a href="https://example.org/?a=1">link</a>.</p><p>Two<br/>lines</p>',
        "<div>KOSPI &lt; 2,400</div><ul><li>a</li><li>b  c</li></ul>",
        "before<hr>\n after <img src='x.jpg' alt='1 > 0'>",
    ):
        capitals = re.sub(r"</?[a-z]+", lambda tag: tag[0].upper(), scrap)
        assert capitals != scrap
        lines = markup.paragraphs(scrap)
        assert lines == markup.paragraphs(capitals) == markup.paragraphs(f"<!-- -->{scrap}")
