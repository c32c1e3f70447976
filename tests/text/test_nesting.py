"""Markup that lies deeper than anybody writes is brought to a depth that trees can bear."""

import re

import pytest

from monitor.text.nesting import flattened


def opened(html: bytes, name: bytes) -> int:
    return len(re.findall(rb"<" + name + rb"\b", html))


def test_tags_beyond_a_depth_go_with_their_end_tags_and_the_text_stays() -> None:
    """Of 150 elements in each other 100 are left, and so are their end tags."""
    html = flattened(b"<div>" * 150 + b"Talks" + b"</div>" * 150, 100)
    assert (opened(html, b"div"), html.count(b"</div>")) == (100, 100)
    assert b"Talks" in html


@pytest.mark.parametrize("stray", [b"</i>", b"</item>", b"</p>", b"</b ", b"</dc:creator>"])
def test_an_end_tag_of_what_is_not_open_closes_nothing(stray: bytes) -> None:
    """A tree grows deep under end tags that belong to nothing, too."""
    html = flattened((b"<strong>Asia" + stray) * 300, 100)
    assert opened(html, b"strong") == 100


def test_an_end_tag_closes_all_that_is_open_in_its_element() -> None:
    """Old pages never close their fonts, and are not deep for that."""
    html = b"<div><font>Asia</div>" * 300
    assert flattened(html, 100) == html


def test_a_page_of_a_usual_depth_stays_as_it_is() -> None:
    """Many elements side by side, in any case of letters, are not deep."""
    html = b"<DIV><p>One<span>two</span><br></Div>" * 500
    assert flattened(html, 100) is html


@pytest.mark.parametrize(
    "unit", [b"<b><div>x</b>", b"<span><ul>x</span>", b"<section><div></section>"]
)
def test_an_end_tag_does_not_reach_across_a_heavier_element(unit: bytes) -> None:
    """Parsers leave a box open that began in what is ended, so a tree grows deep under these."""
    html = flattened(unit * 300, 100)
    assert sum(opened(html, name) for name in (b"b", b"span", b"section", b"div", b"ul")) == 100
