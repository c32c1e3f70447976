"""Where a text begins and ends, and what stands in it, in the shapes that systems make."""

import pytest

from monitor.articles import extract
from tests.articles.pages import CHINESE, PROSE, page, paragraphs

HEADLINE = "Council agrees to rebuild the northern quay"
LONGER = (
    "The mayor said on Wednesday that the money had been set aside three years ago for this work.",
    "Engineers had found cracks in eleven of the forty piles on which the northern quay rests.",
    "Two firms have shown interest, one from the port itself and one from the island opposite it.",
    "A ferry that calls twice a week is to land its passengers at the fish market in the meantime.",
    "Traders at the market said they had not been asked, and that they would write to the council.",
    "The council will hear them on Friday, and the plans can be seen in the town hall until then.",
)
URL = "https://harbourpost.example/2026/05/30/quay"


def test_a_table_of_figures_becomes_a_line_for_each_row() -> None:
    """Rows of short cells stay in their place between the paragraphs, cells side by side."""
    rows = [("Berth", "Boats"), ("North", "40"), ("East", "11")]
    cells = "".join("<tr>" + "".join(f"<td>{c}</td>" for c in row) + "</tr>" for row in rows)
    html = page(
        top=f"<h1>{HEADLINE}</h1>{paragraphs(*PROSE[:2])}<table>{cells}</table>", prose=PROSE[2:]
    )
    lines = ("Berth | Boats", "North | 40", "East | 11")
    assert extract(html, URL).body == (*PROSE[:2], *lines, *PROSE[2:])


def test_a_table_of_links_is_none_of_the_text() -> None:
    """A table that leads to other stories is left out."""
    cell = '<td><a href="/x">Other story</a></td><td><a href="/y">Another story</a></td>'
    rows = f"<tr>{cell}</tr>" * 3
    html = page(top=f"<h1>{HEADLINE}</h1>", bottom=f"<table>{rows}</table>")
    assert extract(html, URL).body == PROSE


def test_a_table_that_layout_is_made_of_is_read_as_paragraphs() -> None:
    """Old systems set the text itself into the cells of a table."""
    html = f"<html><body><h1>{HEADLINE}</h1><table><tr><td>{paragraphs(*PROSE)}</td></tr></table>"
    assert extract(html, URL).body == PROSE


@pytest.mark.parametrize("name", ["subscriber-preview", "premium", "info", "extra"])
def test_a_box_around_each_paragraph_is_no_inset(name: str) -> None:
    """Where every paragraph has a box of its own the boxes' names say nothing."""
    boxes = f'<div class="{name}"><p>{PROSE[0]}</p></div>' + "".join(
        f'<div class="text"><p>{text}</p></div>' for text in PROSE[1:]
    )
    html = page(top=f'<h1>{HEADLINE}</h1><div class="story">{boxes}</div>', prose=())
    assert extract(html, URL).body == PROSE


def test_text_behind_a_picture_in_the_same_element_is_no_caption() -> None:
    """A text set apart by line breaks alone goes on behind a picture."""
    picture = '<div><img src="/quay.jpg"></div>'
    text = (
        "<br><br>".join((*PROSE[:2], picture + PROSE[2], PROSE[3]))
        + "<p>The council meets again.</p>"
    )
    html = page(top=f'<h1>{HEADLINE}</h1><div class="text">{text}</div>', prose=())
    assert PROSE[2] in extract(html, URL).body


def test_a_notice_behind_the_text_in_a_box_of_its_own_is_left_out() -> None:
    """What follows the main text in elements of another kind is none of it."""
    notice = (
        "(Note: views in this section are those of outside contributors and not of this paper.)"
    )
    html = page(
        top=f'<h1>{HEADLINE}</h1><div class="text">{"<hr>".join((*PROSE, *LONGER))}</div>',
        prose=(),
        bottom=f'<div class="bold">{notice}</div>...more',
    )
    assert extract(html, URL).body == (*PROSE, *LONGER)


def test_where_the_reporters_were_is_none_of_the_text() -> None:
    """The line with which agencies close is a credit."""
    html = page(
        top=f"<h1>{HEADLINE}</h1>", bottom="<p>Lee reported from Seoul. Ito from Tokyo.</p>"
    )
    assert extract(html, URL).body == PROSE


@pytest.mark.parametrize(
    "deck",
    [
        '<h5 class="deck">Crews had asked the council for a shorter timetable</h5>',
        '<div class="preamble"><p>Crews had asked the council for a shorter timetable</p></div>',
        '<p class="chapo">Crews had asked the council for a shorter timetable</p>',
    ],
)
def test_a_standfirst_is_found_above_a_player_that_repeats_the_headline(deck: str) -> None:
    """The headline printed once more in a gallery or player does not cut the standfirst off."""
    player = f'<div class="player"><div class="player-title">{HEADLINE}</div></div>'
    html = page(
        top=f'<header><h1>{HEADLINE}</h1>{deck}</header>{player}<div class="text">', prose=PROSE
    )
    found = extract(html, URL)
    assert found.body == ("Crews had asked the council for a shorter timetable", *PROSE)


def test_every_paragraph_of_a_standfirst_is_read() -> None:
    """A standfirst of several paragraphs comes whole where the page declares only the first."""
    deck = ("码头将在明年春天开始重建，工期大约两年。", "渔民希望工程能够早一些完成，不影响捕鱼。")
    html = page(
        head=f'<meta name="description" content="{deck[0]}">',
        top=f'<h1>港口委员会同意重建码头</h1><div class="summary">{paragraphs(*deck)}</div>',
        prose=CHINESE,
        lang="zh",
    )
    assert extract(html, URL).body == (*deck, *CHINESE)


def test_a_price_or_a_time_is_no_standfirst() -> None:
    """A form's offer and the time of the last change are left out whatever they are called."""
    top = (
        f"<h1>{HEADLINE}</h1>"
        '<div class="subhead"><div class="subhead-date">May 30, 2026Updated: 1:35 a.m.</div></div>'
        '<form><p class="offer-description">For 0.99 you can buy this article alone.</p></form>'
    )
    assert extract(page(top=top), URL).body == PROSE


@pytest.mark.parametrize(
    ("first", "found"),
    [
        ("<p><b>{}</b></p>", True),
        ("<h2>{}</h2>", True),
        ("<p class='article-lead'>{}</p>", True),
        ("<p>{}</p>", False),
    ],
)
def test_a_first_paragraph_set_apart_is_the_standfirst(first: str, found: bool) -> None:
    """What begins as the description does is a standfirst where it is set in another way."""
    lede = "What the rebuilding of the northern quay will cost the town, and who is to pay for it."
    head = f'<meta name="description" content="{lede}">'
    article = extract(page(head=head, top=first.format(lede)), "https://quay.example/1")
    assert article.standfirst == (lede if found else "")
    assert article.body.count(lede) == 1
