"""Text that browsers show though it stands in a shadow root, in a page of frames or in captions."""

import pytest

from monitor.articles import extract
from tests.articles.pages import PROSE, paragraphs

TITLE = "Harbour council agrees to rebuild the northern quay"
HEAD = f"<html><head><title>{TITLE} - Harbour Post</title></head><body>"
ROOT = '<template shadowrootmode="open">'
PAGES = {
    "text in the root, headline in a slot": f"<q-page>{ROOT}<slot name=h></slot><q-text>{ROOT}"
    f"{paragraphs(*PROSE)}</template></q-text></template><h1 slot=h>{TITLE}</h1></q-page>",
    "text in the slot": f"<q-page>{ROOT}<nav><a href=/>Home</a></nav><h1>{TITLE}</h1><slot></slot>"
    f"<p>All rights reserved.</p></template>{paragraphs(*PROSE)}</q-page>",
    "a template that is none": f"<h1>{TITLE}</h1>{paragraphs(*PROSE)}"
    f"<q-x>{ROOT}<p>Sign up for us</p></template></q-x><template><p>Not shown.</p></template>",
}


@pytest.mark.parametrize("page", PAGES.values(), ids=PAGES.keys())
def test_what_stands_in_shadow_roots_is_read_as_it_is_shown(page: str) -> None:
    """A declarative shadow root is part of the page, with what its host puts into its slots."""
    article = extract(f"{HEAD}{page}</body></html>")
    assert (article.title, article.body) == (TITLE, PROSE)


def test_a_page_of_frames_is_read_by_what_it_shows_without_them() -> None:
    """The text for browsers without frames is the page's."""
    inside = f"<body><h1>{TITLE}</h1><p>30 May 2026</p>{paragraphs(*PROSE)}</body>"
    frames = f'<frameset cols="90,*"><frame src=a><noframes>{inside}</noframes></frameset>'
    article = extract(f"<html><head><title>{TITLE}</title></head>{frames}</html>")
    assert (article.title, article.body) == (TITLE, PROSE)
    assert article.published is not None


def test_a_story_in_pictures_is_told_by_its_captions() -> None:
    """Where only captions have sentences they are the text; below a paragraph they are not."""
    figures = "".join(
        f"<figure><img src=a><figcaption>{line}</figcaption></figure>" for line in PROSE
    )
    page = f"{HEAD}<main><h1>{TITLE}</h1>{{}}{figures}</main></body></html>"
    assert extract(page.format("<p>Pictures by Bo Ek</p>")).body[-len(PROSE) :] == PROSE
    told = (
        "Pictures of the quay were taken on each day of a week, from the first light to the last."
    )
    assert extract(page.format(f"<p>{told}</p>")).body == (told,)


def test_what_a_page_says_to_readers_without_scripts_is_no_text() -> None:
    """A text kept for browsers without scripts goes without the request to turn them on."""
    kept = f"{paragraphs(*PROSE)}<p>Please turn JavaScript on to see what readers wrote.</p>"
    page = f"{HEAD}<div id=app>Loading</div><noscript><div>{kept}</div></noscript></body></html>"
    assert extract(page).body == PROSE


@pytest.mark.parametrize("day", ["２０２６・５・３０", "2026・5・30", "２０２６．５．３０"])
def test_days_of_vertical_columns_are_days(day: str) -> None:
    """Full-width figures and dots between them date a page as any others do."""
    article = extract(f"{HEAD}<h1>{TITLE}</h1><div>{day}</div>{paragraphs(*PROSE)}</body></html>")
    assert article.published is not None
    assert (article.published.date().isoformat(), article.body) == ("2026-05-30", PROSE)


def test_an_office_is_no_headline_though_its_link_and_its_release_name_it() -> None:
    """The line above a release is its headline where the title tag names board and office."""
    release = (PROSE[0], f"The Port Office said so. {PROSE[1]}", *PROSE[2:])
    page = (
        "<html><head><title>Press Releases View | Port Office</title></head><body>"
        "<div><a href=/>Port Office</a></div><div>Home &gt; Press Releases</div>"
        f"<div><div>{TITLE}</div><dl><dt>Date</dt><dd>2026-05-30</dd></dl>"
        f"<div>{paragraphs(*release)}</div></div></body></html>"
    )
    assert extract(page).title == TITLE


def test_a_line_of_writer_day_and_clock_is_none_of_the_text() -> None:
    """Names, a day and a clock with strokes between them are a byline, however long."""
    line = "Ada Berg and Bo Lindqvist | May 30, 2026 | 11:20 a.m. KST"
    page = f"{HEAD}<main><h1>{TITLE}</h1>{paragraphs(line, *PROSE)}</main></body></html>"
    assert extract(page).body == PROSE
