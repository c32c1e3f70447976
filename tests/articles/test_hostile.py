"""Pages made to break a reader: a record or a reason, never anything else."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser

from monitor.articles import extract, to_json, wire_text
from monitor.articles.body.block_walker import read_blocks
from monitor.articles.body.blocks import MAX_DEPTH
from monitor.articles.page.landmarks import Landmarks
from monitor.errors import NoArticle
from monitor.model import Article
from tests.articles.pages import KOREAN, PROSE, meta, page, structured


def read(html: bytes | str, url: str = "https://harbourpost.example/a") -> Article | None:
    """The record of a page, or None where it was refused as it should be."""
    try:
        return extract(html, url)
    except NoArticle:
        return None


@pytest.mark.parametrize(
    "markup",
    [
        "<div>" * 100_000,
        "<form><div>" * 50_000,
        "<p>" + "".join(f"<b id={n}>" for n in range(20_000)) + "</p>" + "<p>x" * 20_000,
        "<div " + " ".join(f"a{n}=1" for n in range(50_000)) + ">",
        "<table><tr><td>" * 30_000,
        "<h1>" + "word " * 200_000 + "</h1>",
        '<script type="application/ld+json">' + "[" * 100_000 + "</script>",
        '<script type="application/ld+json">{"@type": "NewsArticle", "headline": "' + "\\" * 99_999,
        "<!--" * 100_000 + "-->",
        "<time>2024</time>" * 30_000,
        '<a rel="author">Ada</a>' * 30_000,
    ],
    ids=lambda markup: markup[:12],
)
def test_markup_of_any_depth_and_size_is_survived(markup: str) -> None:
    """Nesting, repetition and size beyond any editor's give a record or a reason."""
    read(page(top=markup))
    read(markup + page())


def test_deep_nesting_keeps_the_text() -> None:
    """Dropping what is too deep drops tags, not the article."""
    article = read(page(top="<div>" * 30_000, bottom="</div>" * 30_000))
    assert article is not None
    assert article.body == PROSE


def test_boxes_in_boxes_are_read_in_order_and_none_lies_deep() -> None:
    """Paragraphs in boxes that nobody closes are all kept, in the order of the page."""
    told = [
        f"At meeting {n} the ministers spoke of catches for {n + 7} minutes." for n in range(600)
    ]
    html = f"<body><h1>Talks on catches</h1>{''.join(f'<div><p>{line}' for line in told)}"
    article = read(html)
    assert article is not None
    assert list(article.body)[-400:] == told[-400:]
    tree = LexborHTMLParser(html)
    assert tree.body is not None
    assert max(read_blocks(tree.body, Landmarks()).depths) == MAX_DEPTH


def test_broken_boxes_beyond_the_depth_that_is_kept_are_read() -> None:
    """Words of a box that come after those of boxes behind it break nothing."""
    line = "Readers dislike the plan of the port."
    within = f"<div>{line}<p></div>{line}<div>It was said that talks go on.<div>{line}<div>{line}"
    top = "<h1>Talks in the port</h1><p>Talks were held in the port on Monday.</p>"
    html = f"{top}{'<div>' * MAX_DEPTH}{within}"
    article = read(html)
    assert article is not None
    assert "Talks were held in the port on Monday." in article.body


def test_controls_and_overrides_are_taken_out_of_every_field() -> None:
    """Terminal escapes, control characters and bidi overrides reach no field."""
    bad = "\x1b[31m\u202e\u0007\u2066"
    html = page(
        head=meta(og__site_name=f"Harbour{bad} Post", article__section=f"Har{bad}bour")
        + structured(headline=f"Quay{bad} to be rebuilt", author={"name": f"Ada{bad} Lindqvist"}),
        top=f"<h1>Quay{bad} to be rebuilt</h1>",
        prose=tuple(text + bad for text in PROSE),
    )
    article = read(html)
    assert article is not None
    shown = wire_text(article) + str(to_json(article))
    assert not {"\x1b", "\u202e", "\u0007", "\u2066"} & set(shown)
    assert "\\x1b" not in shown


@pytest.mark.parametrize("link", ["javascript:alert(1)", "data:text/html,x", "file:///etc/passwd"])
def test_addresses_that_are_no_web_addresses_are_dropped(link: str) -> None:
    """Only http and https addresses become the canonical one."""
    html = page(head=f'<link rel="canonical" href="{link}">' + meta(og__url=link))
    article = read(html)
    assert article is not None
    assert article.canonical == ""


def test_a_megabyte_of_title_is_cut() -> None:
    """No field grows with what a hostile page puts into it."""
    long = "quay " * 100_000
    html = page(
        head=f"<title>{long}</title>"
        + meta(og__title=long, article__section=long, author=long)
        + structured(headline=long, author={"name": long})
    )
    article = read(html)
    assert article is not None
    values = {k: v for k, v in to_json(article).items() if k != "body"}
    assert len(str(values)) < 5_000


@given(st.binary(max_size=400))
def test_any_bytes_give_a_record_or_a_reason(body: bytes) -> None:
    """Whatever the bytes, nothing but NoArticle is raised."""
    read(body)


TOKENS = st.sampled_from(
    [
        "<p>", "</p>", "<div>", "</div>", "<h1>", "</h1>", "<br>", "<time datetime='", "'>",
        "<meta property='og:title' content='", "<meta name=author content='", "<a href='", "<b>",
        '<script type="application/ld+json">', "</script>", '{"@type":"NewsArticle"', ":", "[", "]",
        '"datePublished"', '"author"', '"headline"', ",", "{", "}", '"', "2024-09-30T09:58+09:00",
        "2024년 9월 30일", "홍길동 기자", "By Ada Lindqvist", "<figure>", "<figcaption>", "&#x1b;",
        "<!--", "-->", "<table>", "<td>", "<ul><li>", "\x00", "\u202e", *PROSE[:2], *KOREAN[:1],
    ]
)  # fmt: skip


@settings(max_examples=150)
@given(
    st.lists(TOKENS, max_size=60).map("".join), st.sampled_from(["", "https://a.kr/2024/09/30/"])
)
def test_any_soup_of_markup_gives_a_record_or_a_reason(html: str, url: str) -> None:
    """Pieces of real markup in any order are read or refused, and what is read can be shown."""
    article = read(html, url)
    if article is not None:
        assert wire_text(article)
        assert "\x1b" not in wire_text(article)


WHOLE = page(
    head="<title>Quay to be rebuilt</title>"
    + structured(
        headline="Quay to be rebuilt",
        datePublished="2024-09-30T09:58:00+09:00",
        author=[{"@type": "Person", "name": "Ada Lindqvist"}],
        image={"caption": "Low tide. /HPA"},
    ),
    top='<h1>Quay to be rebuilt</h1><p class="byline">By Ada Lindqvist</p>',
).encode()


@settings(max_examples=150)
@given(
    st.integers(0, len(WHOLE)),
    st.integers(0, 200),
    st.one_of(st.binary(max_size=20), st.just(b"")),
)
def test_a_damaged_page_gives_a_record_or_a_reason(at: int, length: int, splice: bytes) -> None:
    """A page with a piece cut out, overwritten or cut off is read as far as it goes."""
    read(WHOLE[:at] + splice + WHOLE[at + length :])
    read(WHOLE[:at])
