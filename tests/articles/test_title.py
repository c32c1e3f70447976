"""The headline, chosen among what the page calls one."""

import pytest

from monitor.articles import extract
from tests.articles.pages import CHINESE, meta, page, structured

HEADLINE = "Council agrees to rebuild the northern quay"


@pytest.mark.parametrize(
    "tail", [" | Harbour Post", " - Harbour Post", " – World – Harbour Post", "_Harbour Post"]
)
def test_site_name_and_section_behind_the_headline_fall_away(tail: str) -> None:
    """What og:title and the title tag add to the headline is not part of it."""
    html = page(
        head=f"<title>{HEADLINE}{tail}</title>"
        + meta(og__title=HEADLINE + tail, og__site_name="Harbour Post"),
        top=f"<h1>{HEADLINE}</h1>",
    )
    assert extract(html, "https://harbourpost.example/a").title == HEADLINE


def test_the_site_name_is_dropped_without_any_heading() -> None:
    """On a page without a heading the site's own name still tells the tail from the headline."""
    html = page(head=f"<title>{HEADLINE} - HBP</title>" + meta(og__site_name="HBP"))
    assert extract(html).title == HEADLINE


def test_a_dash_in_the_headline_is_no_site_name() -> None:
    """A part after a dash stays when nothing says that it is not part of the headline."""
    title = "Council rebuilds quay - crews ask for a shorter timetable"
    html = page(head=f"<title>{title}</title>", top=f"<h1>{title}</h1>")
    assert extract(html).title == title


def test_a_heading_in_the_breadcrumb_is_not_the_headline() -> None:
    """Search titles set as the last step of a breadcrumb do not outvote the printed headline."""
    search = "Northern quay: all about the rebuilding, dates and costs"
    html = page(
        head=f"<title>{search}</title>" + structured(headline=HEADLINE),
        top=f'<nav class="breadcrumb"><h1>{search}</h1></nav><h2 class="headline">{HEADLINE}</h2>',
    )
    assert extract(html).title == HEADLINE


def test_a_kicker_inside_the_heading_is_left_out() -> None:
    """A kicker in an element of its own is not read into the headline."""
    html = page(top=f'<h1><span class="kicker">Harbour</span> {HEADLINE}</h1>')
    assert extract(html).title == HEADLINE


def test_a_logo_set_as_heading_is_not_the_headline() -> None:
    """A first heading that is the outlet's name is passed over."""
    html = page(
        head=meta(og__site_name="Harbour Post"), top=f"<h1>Harbour Post</h1><h1>{HEADLINE}</h1>"
    )
    assert extract(html).title == HEADLINE


def test_a_chinese_headline_loses_channel_and_site() -> None:
    """Underscores and full-width bars set off channel and site on Chinese pages."""
    title = "港口委员会同意重建北面码头"
    html = page(
        head=f"<title>{title}_要闻_海港网</title>",
        top=f"<h1>{title}</h1>",
        prose=CHINESE,
        lang="zh",
    )
    assert extract(html).title == title


def test_ruby_readings_are_not_part_of_the_headline() -> None:
    """The small reading aids beside Japanese characters are left out."""
    html = page(
        top="<h1><ruby>港<rt>みなと</rt></ruby>の<ruby>工事<rt>こうじ</rt></ruby>始まる</h1>"
    )
    assert extract(html).title == "港の工事始まる"


def test_entities_are_read() -> None:
    """Characters written as entities come out as themselves, in JSON-LD too."""
    html = page(head=structured(headline="Quay &amp; berth: &quot;rebuild&quot; agreed"))
    assert extract(html).title == 'Quay & berth: "rebuild" agreed'
