"""Texts with what layouts set among them: quotations, cards, slides, bylines below a deck."""

import json

import pytest

from monitor.articles import extract
from tests.articles.pages import PROSE, meta, page

TITLE = "Harbour council agrees to rebuild the northern quay"
TOP = f"<h1>{TITLE}</h1>"


def _paragraphs(*texts: str) -> str:
    return "".join(f"<p>{text}</p>" for text in texts)


@pytest.mark.parametrize(
    "box",
    [
        "<blockquote><p>{}</p></blockquote>",
        '<div class="w8"><p>{}</p></div>',
    ],
)
def test_a_quotation_set_large_is_told_once(box: str) -> None:
    """Part of a paragraph that a box of its own repeats is left out; a sub-headline stays."""
    part = PROSE[2][:60]
    top = TOP + _paragraphs(PROSE[0]) + box.format(part) + f"<h2>{PROSE[1][:44]}</h2>"
    body = extract(page(top=top, prose=PROSE[1:])).body
    assert part not in body
    assert body == (PROSE[0], PROSE[1][:44], *PROSE[1:])


def test_cards_with_a_few_words_each_are_no_text() -> None:
    """Linked headlines with half a sentence below, several alike, lead to other stories."""
    card = '<div class="k"><h4><a href="/{0}">Lighthouse number {0} opens</a></h4><p>Now.</p></div>'
    cards = "<div>" + card.format(1) + card.format(2) + "</div>"
    top = TOP + "<div>" + _paragraphs(*PROSE[:2]) + "</div>" + cards
    assert extract(page(top=top, prose=PROSE[2:])).body == PROSE


def test_a_byline_below_the_deck_is_no_paragraph() -> None:
    """A writer's line between deck and text is left out, though the deck stands before it."""
    head = meta(og__title=TITLE) + '<meta name="author" content="Ada Lindqvist">'
    top = TOP + "<h2>How the council came to change its mind</h2><div>Ada Lindqvist · 3 min</div>"
    body = extract(page(head, top)).body
    assert body == ("How the council came to change its mind", *PROSE)


def test_a_line_that_is_nothing_without_its_address_falls_with_it() -> None:
    """Whom to write to is no text, with or without the address."""
    tail = "<p>Ada Lindqvist can be reached at ada@post.example</p>"
    assert extract(page(top=TOP, bottom=tail)).body == PROSE


def test_slides_are_counted_also_where_a_day_stands_with_the_number() -> None:
    """A gallery beside the text is none of it: "1/3 18 October 2026"."""
    slides = "".join(
        f"<div><p>{n}/3 1{n} October 2026</p><p>A crew of the ferry waits at the pier for the storm"
        f" to pass, on the {n}th day of waiting in a row.</p></div>"
        for n in (1, 2, 3)
    )
    assert extract(page(top=TOP, bottom=f"<div>{slides}</div>")).body == PROSE


@pytest.mark.parametrize("kind", ["{}", '["Reactive", 1], {}'])
def test_a_state_in_one_flat_list_is_read(kind: str) -> None:
    """Nuxt and SvelteKit number the values of a page's state; headline and text find together."""
    shift = 1 if "Reactive" in kind else 0
    root = json.dumps({"story": 1 + shift})
    story = json.dumps({"title": 2 + shift, "text": 3 + shift, "author": 4 + shift})
    text = json.dumps("".join(f"<p>{line}</p>" for line in PROSE))
    flat = f'[{kind.format(root)}, {story}, "A mended wall", {text}, "Ada Lindqvist"]'
    html = (
        '<title>A mended wall</title><div id="app"></div>'
        f'<script type="application/json">{flat}</script>'
    )
    article = extract(html)
    assert article.body == PROSE
    assert article.authors == ("Ada Lindqvist",)


def test_a_headline_in_any_element_bears_out_a_part_of_the_declared() -> None:
    """Where no heading says it, a line that the declared headline holds is the headline."""
    head = meta(og__title=f"Harbour works: {TITLE}") + f"<title>Harbour works: {TITLE}</title>"
    assert extract(page(head, f"<div><b>Harbour works</b></div><div>{TITLE}</div>")).title == TITLE


def test_a_heading_that_names_the_section_is_no_headline() -> None:
    """A heading of a word that the title tag has at its end is the section's."""
    head = meta(og__title=TITLE) + f"<title>{TITLE} - Coast News | Opinion</title>"
    assert (
        extract(page(head, f"<h2><span>Coast News</span> Opinion</h2><b>{TITLE}</b>")).title
        == TITLE
    )
