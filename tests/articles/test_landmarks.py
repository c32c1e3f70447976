"""What title, times and authors are read from is found wherever a page sets it."""

import json

import pytest

from monitor.articles import Profiles, extract
from tests.articles.pages import PROSE

URL = "https://harbourpost.example/2026/05/30/quay"
TITLE = "Council agrees to rebuild the northern quay"
TEXT = "".join(f"<p>{line}</p>" for line in PROSE)
DATA = json.dumps(
    {
        "@type": "NewsArticle",
        "headline": TITLE,
        "datePublished": "2026-05-30T09:58:00+09:00",
        "author": {"@type": "Person", "name": "Ada Lindqvist"},
    }
)
STATED = f'<script type="application/LD+json">{DATA}</script>'
MARKED = (
    '<span itemprop="author"><span>Ada Lindqvist</span></span>'
    '<meta itemprop="datePublished" content="2026-05-30T09:58:00+09:00">'
)
TIMED = (
    '<a rel="author" href="/people/1">Ada Lindqvist</a>'
    '<time datetime="2026-05-30T09:58:00+09:00"></time>'
)
BOXES = ("div", "nav", "ul class='tags'")


@pytest.mark.parametrize(
    ("box", "facts"),
    [
        *((box, facts) for box in BOXES for facts in (STATED, MARKED, TIMED)),
        ("footer", STATED),
    ],
)
def test_facts_count_in_boxes_that_hold_no_text(box: str, facts: str) -> None:
    """A menu or footer is no text, but what it states of the story is believed."""
    end = box.split()[0]
    page = f"<main><h1>{TITLE}</h1><{box}>{facts}</{end}>{TEXT}</main>"
    article = extract(f"<html><body>{page}</body></html>", URL, profiles=Profiles({}))
    assert article.published is not None
    assert article.published.isoformat() == "2026-05-30T09:58:00+09:00"
    assert article.authors == ("Ada Lindqvist",)
    assert article.body == PROSE


@pytest.mark.parametrize("before", ["", "<p>A line before the head.</p>"])
def test_the_head_is_read_where_the_parser_sets_it(before: str) -> None:
    """Text before the head moves its tags into the body, where they are found as well."""
    head = (
        f'<title>{TITLE}</title><meta property="og:site_name" content="Harbour Post">'
        '<link rel="Canonical" href="https://harbourpost.example/quay">'
    )
    page = f"<html>{before}<head>{head}</head><body><h1>{TITLE}</h1>{TEXT}</body></html>"
    article = extract(page, URL, profiles=Profiles({}))
    assert (article.title, article.source) == (TITLE, "Harbour Post")
    assert article.url == "https://harbourpost.example/quay"
