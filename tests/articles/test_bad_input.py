"""Pages that no editor meant: each ends in a record, a stub or one clear line, never in another
story's text."""

import json

import pytest

from monitor.articles import Profiles, extract
from monitor.errors import NoArticle
from monitor.model import Article
from tests.articles.pages import KOREAN, PROSE

TITLE = "Council agrees to rebuild the northern quay"
TEXT = "".join(f"<p>{line}</p>" for line in PROSE)
OTHER = "".join(
    f"<p>The other story of number {n} is told here at some length.</p>" for n in range(9)
)


def read(html: str | bytes) -> Article:
    """Read a page of an outlet without a profile."""
    return extract(html, "https://quay.example/1", profiles=Profiles({}))


def test_a_page_of_fifty_megabytes_is_read_from_its_beginning() -> None:
    """What stands in the first megabytes is read, and a note says that the rest was not."""
    article = read((f"<h1>{TITLE}</h1>{TEXT}" + "<!-- filler -->" * 3_500_000).encode())
    assert article.body == PROSE
    assert any("only the first" in note for note in article.notes)


def test_a_hundred_thousand_nested_tags_cost_no_more_than_their_text() -> None:
    """The text inside is still the story."""
    deep = "<div>" * 50_000 + "<span>" * 50_000
    assert read(f"<h1>{TITLE}</h1>{TEXT}{deep}x").body[:4] == PROSE


def test_a_page_that_only_leads_to_stories_is_none() -> None:
    """A front page under a heading of its own gives no text made of other stories' teasers."""
    cards = "".join(
        f'<div class="c"><h3><a href="/{n}">The ferry of pier number {n} runs again</a></h3>'
        f"<p>Boat number {n} will leave from the northern pier again on Monday.</p></div>"
        for n in range(12)
    )
    with pytest.raises(NoArticle):
        read(f"<h1>News from the port and its islands</h1>{cards}")


def test_a_digest_made_of_linked_parts_is_read() -> None:
    """Parts that say more than a teaser are a text, though each has a linked headline."""
    parts = "".join(
        f'<div class="c"><h3><a href="/{n}">Part number {n} of what the day brought</a></h3>'
        f"<p>{line} {PROSE[0]} {PROSE[1]} It was number {n}.</p></div>"
        for n, line in enumerate(PROSE)
    )
    assert len(read(f"<h1>{TITLE}</h1>{parts}").body) >= len(PROSE)


def test_without_a_headline_the_text_still_is_a_record() -> None:
    """The first line stands in for the headline that no element and no tag gives."""
    article = read(f"<body><div>{TEXT}</div></body>")
    assert article.title == PROSE[0]
    assert article.body == PROSE


@pytest.mark.parametrize("rank", ["h1", "h2"])
def test_of_two_headlines_the_declared_one_is_the_storys(rank: str) -> None:
    """What stands over the other headline is another story."""
    article = read(
        f'<head><meta property="og:title" content="{TITLE}"></head><body>'
        f"<article><h1>{TITLE}</h1>{TEXT}</article>"
        f"<article><{rank}>Harvest is late</{rank}>{OTHER}</article></body>"
    )
    assert (article.title, article.body) == (TITLE, PROSE)


def test_a_story_split_over_scripts_is_put_together_or_left_as_a_stub() -> None:
    """Pieces of a stream are joined; a headline alone gives no other story's text."""
    row = "2:" + json.dumps({"article": {"title": TITLE, "body": TEXT}})
    pieces = [row[at : at + 90] for at in range(0, len(row), 90)]
    scripts = "".join(
        f"<script>self.__next_f.push({json.dumps([1, piece])})</script>" for piece in pieces
    )
    assert read(f"<title>{TITLE}</title><body><div id=a></div>{scripts}").body == PROSE


@pytest.mark.parametrize("count", [40, 20_000])
def test_a_page_of_links_is_no_article(count: int) -> None:
    """A front page or a tag page is refused in one line."""
    links = "".join(
        f"<li><a href=/{n}>A story of number {n} with a title</a></li>" for n in range(count)
    )
    with pytest.raises(NoArticle, match="no text that reads like an article"):
        read(f"<body><h1>News</h1><ul>{links}</ul></body>")


@pytest.mark.parametrize("start", [b"%PDF-1.7\n", b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff\xe0"])
def test_a_file_in_a_pages_place_is_named(start: bytes) -> None:
    """A PDF or a picture with status 200 is told as what it is."""
    with pytest.raises(NoArticle, match="not a page") as caught:
        read(start + bytes(range(256)) * 40)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    "around",
    [
        "tone-comment", "widget-content", "editor-note", "sidebar-main", "nav_body", "promo-wrap",
        "subscriber-only", "opinion comments", "hide-on-print", "factcheck-rating", "gallery text",
    ],
)  # fmt: skip
@pytest.mark.parametrize("prose", [PROSE, KOREAN])
def test_a_name_is_no_verdict(around: str, prose: tuple[str, ...]) -> None:
    """A text that has no rival is the article, whatever the element around it is called."""
    lines = "".join(f"<p>{line}</p>" for line in prose)
    comments = "".join(f"<li class=comment><b>Reader {n}</b><p>I see.</p></li>" for n in range(9))
    article = read(
        f"<body><h1>{TITLE}</h1><div class='{around}'>{lines}</div><ol>{comments}</ol></body>"
    )
    assert article.body == prose


@pytest.mark.parametrize("style", ["display:none", "visibility: hidden", "DISPLAY : NONE"])
def test_hidden_text_is_none_of_the_story(style: str) -> None:
    """What no reader sees is not read; a story that a script will show is."""
    hidden = f"<div style='{style}'>{OTHER}</div>"
    assert (
        read(f"<h1>{TITLE}</h1><main>{TEXT}{TEXT.replace('quay', 'pier')}{hidden}</main>").body[:4]
        == PROSE
    )
    assert "other story" not in " ".join(
        read(f"<h1>{TITLE}</h1><main>{TEXT}{TEXT.replace('quay', 'pier')}{hidden}</main>").body
    )
    assert read(f"<h1>{TITLE}</h1><main style='{style}'>{TEXT}</main>").body == PROSE
