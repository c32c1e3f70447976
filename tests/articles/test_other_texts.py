"""What stands on a page beside its own story and is longer: comments, the next story, slides."""

import pytest

from monitor.articles import extract
from monitor.model import Article
from tests.articles.pages import CHINESE, KOREAN, PROSE

URL = "https://harbourpost.example/2026/05/30/quay"
HEADLINE = "Council agrees to rebuild the northern quay"
OTHER = (
    "The ferry company said on Friday that its boats would leave from the southern pier for now.",
    "Passengers were asked to come half an hour early, since the road to the pier is narrow.",
    "A new timetable is to be printed in June, a spokeswoman for the company told this newspaper.",
)
NEXT = "Ferry company changes its timetable"
COMMENT = (
    "I do not think that the council has asked the people who live here, as in plan number {}."
)


def _paragraphs(texts: tuple[str, ...]) -> str:
    return "".join(f"<p>{text}</p>" for text in texts)


def _read(body: str, head: str = "", title: str = HEADLINE, language: str = "en") -> Article:
    head = f"<title>{title}</title>{head}"
    return extract(f'<html lang="{language}"><head>{head}</head><body>{body}</body></html>', URL)


def _thread(tag: str, unit: str) -> str:
    return "".join(f"<{tag}>{unit.format(n, COMMENT.format(n))}</{tag}>" for n in range(20))


UNITS = {
    "name and buttons": "<b>Reader{0}</b> <i>{0} hours ago</i><p>{1}</p><a href=#r>Reply</a>",
    "a picture and boxes": "<p><img src=a></p><div><h6>Reader{0}</h6><p>{1}</p><u>Like</u></div>",
    "an answer below": "<b>Reader{0}</b><p>{1}</p>Reply<ul><li><b>Ed</b><p>Yes.</p></li></ul>",
}


@pytest.mark.parametrize("unit", UNITS.values(), ids=UNITS.keys())
@pytest.mark.parametrize("tag", ["li", "div"])
def test_readers_answers_are_no_text(unit: str, tag: str) -> None:
    """Comments longer than the story are told by their shape, whatever they are called."""
    story = f"<div><h1>{HEADLINE}</h1><div>{_paragraphs(PROSE)}</div></div>"
    inside = f"<div><h1>{HEADLINE}</h1>{_paragraphs(PROSE)}<div>{_thread(tag, unit)}</div></div>"
    for body in (f"{story}<div>{_thread(tag, unit)}</div>", inside):
        assert _read(body).body == PROSE


@pytest.mark.parametrize(
    ("language", "prose", "label"),
    [("ko", KOREAN, "댓글 20"), ("zh", CHINESE, "评论(20)"), ("en", PROSE, "20 comments")],
)
def test_a_heading_announces_comments(language: str, prose: tuple[str, ...], label: str) -> None:
    """Below "20 comments" a row of names with a sentence each is what readers wrote."""
    units = "".join(f"<li><em>user{n}</em><p>{prose[0]} {n}</p></li>" for n in range(9))
    body = f"<h1>{HEADLINE}</h1><div>{_paragraphs(prose)}</div><b>{label}</b><ul>{units}</ul>"
    assert _read(body, language=language).body == prose


def test_the_posts_of_a_live_blog_stay() -> None:
    """Posts with a time first and a button each are the story and no comments."""
    posts = "".join(
        f"<div><i>{n}:15</i><p>{OTHER[n % 3]} It was {n}.</p><a href=#s>Share</a></div>"
        for n in range(10, 16)
    )
    body = f"<main><h1>{HEADLINE} live</h1>{_paragraphs(PROSE)}<div>{posts}</div></main>"
    assert len(_read(body, title=HEADLINE + " live").body) == len(PROSE) + 6


def test_a_text_above_the_headline_was_there_before_it() -> None:
    """What a site says of itself above the headline is none of the story."""
    about = f'<div class="content"><h3>About this site</h3>{_paragraphs(OTHER)}</div>'
    assert _read(f"{about}<div><h1>{HEADLINE}</h1>{_paragraphs(PROSE)}</div>").body == PROSE


@pytest.mark.parametrize(
    "frame",
    [
        '<div class=s><h1>{0}</h1>{1}</div><div class=s><h2>{2}</h2><i>29 May 2026</i>{3}</div>',
        '<div class=s><h1>{0}</h1>{1}</div><div class=s><h2><a href=/b>{2}</a></h2>{3}</div>',
        "<div><h1>{0}</h1>{1}<hr><h1><a href=/b>{2}</a></h1>{3}</div>",
        "<div><h1>{0}</h1>{1}<hr><h1>{2}</h1><p>29 May 2026, 10:00</p>{3}</div>",
    ],
)  # fmt: skip
def test_the_next_story_of_an_endless_page(frame: str) -> None:
    """A second story below the first ends it, also where nothing but its headline divides them."""
    body = frame.format(HEADLINE, _paragraphs(PROSE), NEXT, _paragraphs(OTHER + OTHER[:2]))
    assert _read(f"<main>{body}</main>").body == PROSE


def test_parts_of_one_story_in_boxes_of_one_kind_stay() -> None:
    """Sub-headlines in boxes of their own are no other stories' headlines."""
    first = f"<div class=s><h1>{HEADLINE}</h1>{_paragraphs(PROSE)}</div>"
    parts = f"{first}<div class=s><h2>Why it matters</h2>{_paragraphs(OTHER)}</div>"
    assert _read(f"<main>{parts}</main>").body == (*PROSE, "Why it matters", *OTHER)


@pytest.mark.parametrize("counter", ["{}/6", "{} of 6", "Image {} of 6", "{}／6"])
def test_the_slides_of_a_gallery_are_no_text(counter: str) -> None:
    """Captions longer than the story are told by the numbers on their slides."""
    slides = "".join(
        f"<div><b>{counter.format(n)}</b><p>{OTHER[n % 3]} It was taken on day {n}.</p></div>"
        for n in range(1, 7)
    )
    story = f"<h1>{HEADLINE}</h1><div>{slides}</div><div>{_paragraphs(PROSE)}</div>"
    assert _read(story).body == PROSE
