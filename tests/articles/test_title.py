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


@pytest.mark.parametrize(
    ("declared", "cut"),
    [
        ("Council agrees to rebuild the…", "Council agrees to rebuild the… | Harbour Post"),
        ("Council agrees to rebuild the ...", "Council agrees to ... - Harbour Post"),
        ("Council agrees to rebuild the northern q", "Council agrees to rebuild the northern q"),
    ],
)
def test_a_headline_cut_for_sharing_is_read_whole(declared: str, cut: str) -> None:
    """A declared headline that breaks off gives way to the whole one that is printed."""
    html = page(
        head=f"<title>{cut}</title>"
        + meta(og__title=declared, twitter__title=declared)
        + structured(headline=declared),
        top=f"<h1>{HEADLINE}</h1>",
    )
    assert extract(html, "https://harbourpost.example/a").title == HEADLINE


@pytest.mark.parametrize(
    "top",
    [
        f"<h1>{HEADLINE}</h1>",
        f"<h1><i>LIVE</i> {HEADLINE}</h1>",
        f"<h1><span>Harbour</span> <span>{HEADLINE}</span></h1>",
        f"<h1>{HEADLINE}<small>Crews had asked for less time</small></h1>",
        f"<h1>{HEADLINE.upper()}</h1>",
        f"<h1>News</h1><h1>{HEADLINE}</h1>",
    ],
)
def test_layout_around_and_in_a_heading_is_no_headline(top: str) -> None:
    """Badges, kickers, sub-headlines in a heading, its capitals and a section fall away."""
    html = page(
        head=f"<title>{HEADLINE} | Harbour Post</title>" + meta(og__title=HEADLINE), top=top
    )
    assert extract(html, "https://harbourpost.example/a").title == HEADLINE


def test_what_is_made_for_searching_and_sharing_counts_once() -> None:
    """Three copies of a search title do not outvote the headline that readers see."""
    search = "Northern quay rebuilding: dates and costs"
    html = page(
        head=f"<title>{search} | Harbour Post</title>"
        + meta(og__title=search, twitter__title=search),
        top=f"<h1>{HEADLINE}</h1>",
    )
    assert extract(html, "https://harbourpost.example/a").title == HEADLINE


def test_an_agency_in_front_of_the_outlets_name_falls_away() -> None:
    """Copy of an agency is headed by the headline alone."""
    html = page(
        head=f"<title>{HEADLINE} | Reuters | Harbour Post</title>"
        + meta(og__site_name="Harbour Post", og__title=f"{HEADLINE} | Reuters")
    )
    assert extract(html, "https://harbourpost.example/a").title == HEADLINE


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
    twice = page(head=meta(og__title="Quay &amp;amp; berth: rebuild agreed"))
    assert extract(twice).title == "Quay & berth: rebuild agreed"
    soft = page(top="<h1>Coun&shy;cil re​builds quay</h1>")
    assert extract(soft).title == "Council rebuilds quay"
