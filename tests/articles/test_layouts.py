"""Texts with what layouts set among them: quotations, cards, slides, bylines below a deck."""

import json

import pytest

from monitor.articles import extract
from tests.articles.pages import PROSE, meta, page, paragraphs

TITLE = "Harbour council agrees to rebuild the northern quay"
TOP = f"<h1>{TITLE}</h1>"


@pytest.mark.parametrize(
    "box",
    [
        "<blockquote><p>{}</p></blockquote>",
        '<div class="w8"><p>{}</p></div>',
        "<div><span>{}</span></div>",
    ],
)
def test_a_quotation_set_large_is_told_once(box: str) -> None:
    """Part of a paragraph that a box of its own repeats is left out; a sub-headline stays."""
    part = PROSE[2][:60]
    top = TOP + paragraphs(PROSE[0]) + box.format(part) + f"<h2>{PROSE[1][:44]}</h2>"
    body = extract(page(top=top, prose=PROSE[1:])).body
    assert part not in body
    assert body == (PROSE[0], PROSE[1][:44], *PROSE[1:])


def test_cards_with_a_few_words_each_are_no_text() -> None:
    """Linked headlines with half a sentence below, several alike, lead to other stories."""
    card = '<div class="k"><h4><a href="/{0}">Lighthouse number {0} opens</a></h4><p>Now.</p></div>'
    cards = "<div>" + card.format(1) + card.format(2) + "</div>"
    top = TOP + "<div>" + paragraphs(*PROSE[:2]) + "</div>" + cards
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


def test_cards_without_links_behind_the_text_are_none_of_it() -> None:
    """Labels behind the last paragraph, set otherwise than the paragraphs, are other stories'."""
    text = "".join(f'<div class="a{n}"><div>{line}</div></div>' for n, line in enumerate(PROSE))
    cards = "".join(
        f"<div><div><div>{line}</div></div></div>" for line in ("Whales seen", "A lamp")
    )
    html = f"<div><h1>{TITLE}</h1>{text}<div>More for you</div><div>{cards}</div></div>"
    assert extract(html).body == PROSE


def test_figures_behind_the_text_stay() -> None:
    """Prices and numbers behind the last paragraph are the text's own."""
    facts = "<div><div>Ticket office</div><div>Adults: 60 crowns</div></div>"
    assert extract(page(top=TOP, bottom=facts)).body[-1] == "Adults: 60 crowns"


def test_what_follows_a_count_of_comments_is_what_readers_wrote() -> None:
    """Below the text a line that counts comments ends it, whatever the elements are called."""
    comments = (
        "<div><h4>1 comment</h4></div><div><p>We were there on Tuesday and the whole of the quay"
        " was under water, so it is high time that something is done about it.</p><p>And the berth"
        " on the east side was closed on that day, which nobody had told us before.</p></div>"
    )
    assert extract(page(top=TOP, bottom=comments)).body == PROSE


def test_a_longer_text_that_is_not_the_headline_s_gives_way() -> None:
    """Of a flash and a longer note on rights the one that the headline speaks of is the article."""
    note = (
        "Any question about the service is answered by the customers' office on working days.",
        "Subscribers may ask for a copy of the paper at the counter, where it is kept for a year.",
        "The office can be reached by telephone and by letter, and answers within a week at most.",
    )
    flash = "The harbour council agrees to rebuild the northern quay, its chair said on Tuesday."
    html = f"<h1>{TITLE}</h1><div><p>{flash}</p></div><div>{paragraphs(*note * 2)}</div>"
    assert extract(f"<body>{html}</body>").body == (flash,)


def test_a_script_s_teaser_does_not_stand_in_for_the_text() -> None:
    """What a script has of the story goes before the elements' text only where that is not it."""
    state = {"story": {"title": "A mended wall", "author": "Editor for the coast and its towns"}}
    state["story"]["text"] = f"{PROSE[0]} {PROSE[1]}"
    html = page("<title>A mended wall</title>", "<h1>A mended wall</h1>")
    html = html.replace("</main>", f"</main><script>f({json.dumps(state)})</script>")
    assert extract(html).body == PROSE


@pytest.mark.parametrize(
    "box",
    [
        "<div><h3>The morning letter</h3><p>One letter each Friday.</p><form><input></form></div>",
        '<div><p>The best of the week, each Friday.</p><div><input type="email"></div></div>',
        '<div><h4>The morning letter</h4><p>One letter each Friday.</p><a href="/l">More</a></div>',
        '<div><h4>Will it help?</h4><ul><li><input type="radio">It will</li><li>No</li></ul></div>',
        '<p><b>On the coast</b></p><ul><li><a href="/1">Lamp</a><li><a href="/2">Net</a></ul>',
        '<section><h4><a href="/1">Lighthouse opens</a></h4><p>It took ten years.</p></section>',
    ],
)
def test_a_box_that_leads_away_is_no_part_of_the_text(box: str) -> None:
    """What asks for an address, or has a heading and a linked line, is told without its name."""
    top = TOP + paragraphs(*PROSE[:2]) + box
    assert extract(page(top=top, prose=PROSE[2:])).body == PROSE


def test_a_fact_box_stays() -> None:
    """A box with a heading and sentences, and no line that is a link, is the text's own."""
    box = '<div><h4>What we know</h4><p>The quay is closed. <a href="/q">It is old.</a></p></div>'
    top = TOP + paragraphs(*PROSE[:2]) + box
    body = extract(page(top=top, prose=PROSE[2:])).body
    assert body[2:4] == ("What we know", "The quay is closed. It is old.")


@pytest.mark.parametrize(
    "tail",
    [
        "<p>Elsewhere on the coast</p><p><a href='/1'>A lamp</a></p><p><a href='/2'>Nets</a></p>",
        "<p>Facebook | Print | Mail</p>",
        "<p>More of the coast: https://coast.example/quay and https://coast.example/nets</p>",
    ],
)
def test_what_leads_on_below_the_text_is_none_of_it(tail: str) -> None:
    """A label above links, and a menu of a few words, end the text without a name."""
    assert extract(page(top=TOP, bottom=tail)).body == PROSE


def test_a_standfirst_does_not_vouch_for_a_text_that_follows_it() -> None:
    """A longer text of other matters is not the article for standing below its standfirst."""
    other = (
        "The lamp can be seen from twenty miles, and ships have been told of it for a month now.",
        "“It is bright,” said the keeper, who has climbed the stairs each evening since 1981.",
        "The old tower will become a museum of nets and knots that opens daily from ten to six.",
        "Visitors reach it by the small ferry, which goes once an hour and takes twelve people.",
    )
    head = meta(og__description="The council met on Tuesday for three hours and took a vote.")
    lead = "<p>The council met on Tuesday for three hours and took a vote.</p>"
    html = (
        f"{head}<body><div><h1>{TITLE}</h1>{lead}<div>{paragraphs(*other)}</div></div>"
        f"<div><div>{paragraphs(*PROSE)}</div></div></body>"
    )
    assert PROSE[0] in extract(html).body
