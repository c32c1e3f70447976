"""Texts in several boxes, and boxes of other texts beside them, none of them named."""

import pytest

from tests.articles.pages import read_text

FIRST = (
    "The harbour council met for three hours on Tuesday and agreed to rebuild the northern quay.",
    "Work on the quay is to begin in spring, the council said, and will take two years to finish.",
    "Fishing crews had asked the council for a shorter timetable, since they land catches there.",
)
SECOND = (
    "A smaller berth east of the quay stays open to fishing crews while the work goes on.",
    "The council put the price of the northern quay at eleven million crowns over two years.",
    "Crews that land their catches farther south are promised a rebate on harbour fees in spring.",
)
THIRD = (
    "Engineers told the council that piles under the northern quay had rotted since the storms.",
    "Harbour fees are to rise from spring, which crews on the council's benches voted against.",
)
HEADLINE = "Council agrees to rebuild the northern quay"
ADVERT = "<div><div>Advertisement</div><a href=/shop><img src=/a.png></a></div>"
TEASER = (
    "<div><h3>Orchestra finds another conductor after several auditions abroad</h3>"
    "<p>Violinists praised the audition of a pianist "
    "whose recordings of Schubert sonatas had won applause in several capitals.</p></div>"
)
FORM = (
    "<div><p>Please enter your mobile number and password, so that we may confirm your account.</p>"
    "<p>We have sent you a code by message, valid for ten minutes from the time of delivery.</p>"
    "</div>"
)


def _body(*parts: str) -> list[str]:
    return list(read_text(f"<h1>{HEADLINE}</h1>" + "".join(parts), title=HEADLINE).paragraphs)


def _box(paragraphs: tuple[str, ...], depth: int = 1) -> str:
    inner = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
    return "<div>" * depth + inner + "</div>" * depth


@pytest.mark.parametrize("depth", [1, 3, 6])
def test_parts_of_a_text_between_adverts_are_one_text(depth: int) -> None:
    """However deep the boxes around its parts, a text is read from its first to its last part."""
    parts = (_box(FIRST, depth), ADVERT, _box(SECOND, depth), ADVERT, _box(THIRD, depth))
    assert _body("<div>", *parts, "</div>") == [*FIRST, *SECOND, *THIRD]


@pytest.mark.parametrize("other", [TEASER, FORM])
@pytest.mark.parametrize("before", [False, True])
def test_a_box_that_speaks_of_something_else_is_left_out(other: str, before: bool) -> None:
    """Words tell a teaser or a form beside the text, where nothing is called one."""
    text = _box((*FIRST, *SECOND, *THIRD))
    around = (other, text) if before else (text, other)
    assert _body("<div>", *around, "</div>") == [*FIRST, *SECOND, *THIRD]


def test_of_a_text_of_two_sentences_nobody_can_say_what_is_something_else() -> None:
    """Too few words to hold a box beside it against."""
    assert "Violinists" in _body("<div>", _box(FIRST[:2]), TEASER, "</div>")[-1]


def test_a_paragraph_in_a_box_of_its_own_stays_in_the_text() -> None:
    """A single paragraph between others is the story's, whatever it speaks of."""
    alone = "Violinists praised an audition in Graz, where nobody had asked about ships."
    text = _box((*FIRST, *SECOND))[: -len("</div>")]
    whole = text + f"<div><p>{alone}</p></div>" + "".join(f"<p>{line}</p>" for line in THIRD)
    assert alone in _body(whole + "</div>")


def test_rules_for_comments_give_way_to_a_short_story_of_the_headline() -> None:
    """A longer text that has none of the headline's words is not the headline's story."""
    rules = tuple(f"Rule {n}: posts that offend others may be removed by us." for n in range(9))
    flash = "The council agreed on Tuesday to rebuild the quay, which crews had long asked for."
    assert _body("<div>", _box((flash,)), "</div><div>", _box(rules), "</div>") == [flash]


OTHER = (
    "Violinists praised the audition of a pianist whose recordings had won applause in Salzburg.",
    "Schubert's sonatas open a season that closes with Bruckner and a choir from Ljubljana.",
    "Subscribers may exchange tickets until August at the box office beside the opera house.",
)


@pytest.mark.parametrize(("kind", "stays"), [("item", True), ("", False)])
def test_the_second_item_of_a_digest_stays(kind: str, stays: bool) -> None:
    """Boxes called as the main text's are its like, though they speak of something else."""
    items = ((*FIRST, *SECOND, *THIRD), OTHER)
    boxes = (f'<div class="{kind}">{_box(item)[5:]}' for item in items)
    found = _body("<div>", *boxes, "</div>")
    assert (OTHER[0] in found) == stays
