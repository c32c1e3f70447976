"""Headlines that a page neither declares nor sets as a heading of the first rank."""

import pytest

from monitor.articles import extract
from tests.articles.pages import CHINESE, JAPANESE, KOREAN, PROSE, meta, page

HEADLINE = "Harbour council to rebuild the northern quay"
NAMES = {
    "en": ("The Coast Online Edition", HEADLINE, PROSE),
    "ko": ("부두인터넷신문", "항만위원회, 북쪽 부두 다시 짓기로", KOREAN),
    "zh": ("海岸日报数字报", "港口委员会同意重建北面的码头", CHINESE),
    "ja": ("海岸新聞", "港湾委員会、北の岸壁を造り直すことで合意", JAPANESE),
}


@pytest.mark.parametrize("language", list(NAMES))
@pytest.mark.parametrize(
    "above",
    [
        "<div class=hd>{}</div><p>2026-05-30 10:00</p>",
        "<font size=5><b>{}</b></font><br>2026-05-30",
        "<p>Home &gt; News &gt; Quay</p><h2>{}</h2>",
        "<h4>{}</h4>",
    ],
)
def test_a_line_above_the_text_goes_before_the_sites_name(language: str, above: str) -> None:
    """A name in the title tag that the text knows nothing of gives way to the line above it."""
    name, headline, prose = NAMES[language]
    html = page(f"<title>{name}</title>", above.format(headline), prose, lang=language)
    article = extract(html, "https://x.example/read.php?id=12")
    assert article.title == headline
    assert article.body == prose


def test_a_headline_in_the_text_s_own_cell_is_no_paragraph() -> None:
    """Old tables hold headline, place, time and text in one cell."""
    text = "<p>".join(PROSE)
    html = (
        "<title>Coast News Agency</title><table><tr><td><a href=a>Politics</a></td><td>"
        f"<font size=2>WORLD</font><br><font size=5><b>{HEADLINE}</b></font><br>"
        f"<font size=2>Quayside, May 30 (CNA) -- 30/05/2026 10:00</font><p>{text}</td></tr></table>"
    )
    article = extract(html, "http://cna.example/read.asp?id=12")
    assert article.title == HEADLINE
    assert HEADLINE not in article.body


@pytest.mark.parametrize(
    ("title", "top"),
    [
        ("Sea change", "<div>Sea change</div><p>Harbour council to rebuild the northern quay</p>"),
        (HEADLINE, "<p>Council agreed on a berth for fishing crews</p>"),
    ],
)
def test_a_title_that_is_printed_or_borne_out_stays(title: str, top: str) -> None:
    """A title tag that the page prints, or whose words the text has, is the headline."""
    assert extract(page(f"<title>{title}</title>", top)).title == title


@pytest.mark.parametrize(
    ("tag", "top"),
    [
        (f"{HEADLINE} « The Coast Blog", f"<h2>{HEADLINE}</h2>"),
        (f"The Coast » Blog Archive » {HEADLINE}", f"<h2>{HEADLINE}</h2>"),
    ],
)
def test_archives_and_blogs_around_a_title(tag: str, top: str) -> None:
    """The parts of a title tag that the heading does not have are the site's."""
    assert extract(page(f"<title>{tag}</title>", top)).title == HEADLINE


def test_a_search_title_that_the_tag_repeats_counts_once() -> None:
    """A title tag that is the shared title with a site's name behind it is no second source."""
    shared = f"WATCH: {HEADLINE}"
    head = f"<title>{shared} - Coast TV</title>" + meta(og__title=shared)
    assert extract(page(head, f"<h1>{HEADLINE}</h1>")).title == HEADLINE
