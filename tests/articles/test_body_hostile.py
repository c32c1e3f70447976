"""Pages that are broken, huge or meant to hurt: a body or the typed error, never anything else."""

import string

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from monitor.articles.body.paragraphs import Body
from monitor.errors import NoArticle
from tests.articles.pages import read_text

SENTENCE = (
    "The envoys met again on Tuesday and said that they would go on until both were content. "
)

TAGS = st.sampled_from(
    (
        *("p", "div", "span", "a", "b", "br", "img", "ul", "li", "table", "tr", "td", "h1", "h2"),
        *("figure", "figcaption", "aside", "nav", "article", "section", "blockquote", "script"),
        *("ruby", "rt", "pre", "header", "footer", "form", "textarea", "svg", "template", "font"),
        *("em", "dl", "dt", "noscript"),
    )
)
NAMES = st.sampled_from(
    (
        *("", "share", "article-body", "caption", "comments", "sr-only", "pullquote", "lead", "ad"),
        *("twitter-tweet", "x y z", "image", "premium", "related stories", "byline", "a" * 600),
    )
)
TEXT = st.one_of(
    st.text(max_size=60),
    st.sampled_from(
        [
            SENTENCE,
            SENTENCE * 4,
            "두 나라가 만났다. ",
            "会談は続いた。",
            "Read more",
            "<",
            "&#0;",
            "©",
        ]
    ),
)


@st.composite
def pages(draw: st.DrawFn) -> str:
    """Markup that opens, closes and mixes elements as it likes."""
    pieces = []
    for _ in range(draw(st.integers(0, 40))):
        tag, name = draw(TAGS), draw(NAMES)
        pieces.append(draw(st.sampled_from([f'<{tag} class="{name}">', f"</{tag}>", f"<{tag}"])))
        pieces.append(draw(TEXT))
    return "".join(pieces)


def read_or_refuse(html: str | bytes, remove: str = "", **facts: str) -> Body | None:
    try:
        body = read_text(html, remove=remove, **facts)
    except NoArticle:
        return None
    assert body.paragraphs
    assert all(line.strip() and "\n" not in line for line in body.paragraphs)
    assert body.access in ("full", "stub", "paywall")
    assert all(caption or credit for caption, credit in body.captions)
    return body


@settings(max_examples=250, deadline=None)
@given(pages(), st.text(max_size=40), st.text(max_size=80))
def test_any_markup_gives_a_body_or_the_typed_error(html: str, title: str, told: str) -> None:
    """Whatever the markup and the metadata, paragraphs are single lines or there is a reason."""
    read_or_refuse(html, title=title, description=told, remove="aside, .ad")


@settings(max_examples=100, deadline=None)
@given(st.binary(max_size=400))
def test_any_bytes_give_a_body_or_the_typed_error(data: bytes) -> None:
    """Bytes that are no page do no harm."""
    read_or_refuse(data)


@settings(max_examples=100, deadline=None)
@given(st.text(alphabet=string.printable + '\u2028é中\\"{}[]', max_size=300))
def test_any_script_is_read_without_harm(script: str) -> None:
    """Scripts are only looked at as data, whatever stands in them."""
    read_or_refuse(
        f"<p>{SENTENCE}</p><script>window.x = {{{script}</script><script>{script}</script>"
    )


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 900))
def test_half_a_page_gives_what_it_holds(cut: int) -> None:
    """A page that breaks off anywhere gives the sentences before the break."""
    whole = "<html><body><article><h1>Envoys meet</h1>" + f"<p>{SENTENCE}</p>" * 8 + "</article>"
    body = read_or_refuse(whole[:cut])
    if cut > 180:
        assert body is not None
        assert body.paragraphs[0].startswith("The envoys met")


@pytest.mark.parametrize(
    "html",
    [
        "<div>" * 12_000 + f"<p>{SENTENCE}</p>",
        "<p>" + "<b>" * 50_000 + SENTENCE,
        "<ul><li>" * 5_000 + SENTENCE,
        '<blockquote class="tweet">' * 6_000 + SENTENCE,
        "<div>" + f"<div><img><p>{SENTENCE}</p></div>" * 30_000,
        "<div>" + "A line of text that is somewhat long.<br>" * 100_000,
        "<p>" + "word. " * 1_000_000,
        "<div class='" + "promo-box " * 500_000 + f"'><p>{SENTENCE}</p></div>",
        "".join(f"<div class='c{i} related-{i}' id='i{i}'>{SENTENCE}</div>" for i in range(30_000)),
        "<script>var x=" + '{"a":' * 100_000 + f"</script><p>{SENTENCE}</p>",
        "<script>" + 'x={"' * 300_000 + f"</script><p>{SENTENCE}</p>",
        "<script>" + 'self.__next_f.push([1,"1:T3e8,ab"])' * 50_000 + "</script>",
        '<script>x={"body":"' + "<div>" * 70_000 + SENTENCE * 9 + '"}</script>',
        "<p>" + "a." * 500_000 + "@" + "b" * 50,
        "<h1>" + "A" * 1_000_000 + f"</h1><p>{SENTENCE}</p>",
        "".join(f"<p>{mark * 400}</p>" for mark in ",([（【=-–•▶©/@ ") + f"<p>{SENTENCE * 3}</p>",
    ],
    ids=lambda html: str(html)[:24],
)
def test_huge_and_deep_pages_end_in_a_result(html: str) -> None:
    """Depth, size and repetition are bounded; none of it recurses or goes on without end."""
    read_or_refuse(html, title="Envoys meet")
