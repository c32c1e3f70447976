"""Habits of publishing systems that no saved page shows: posts, columns of teasers, boards."""

import json

import pytest

from monitor.articles import extract
from monitor.model import Article
from tests.articles.pages import CHINESE, KOREAN, PROSE, paragraphs

TITLE = "Harbour council agrees to rebuild the northern quay"
URL = "https://quay.example/2026/05/30/quay"
HEADINGS = ("Crews wait ashore", "Quay is closed", "Council meets", "What is known")


def _read(body: str, title: str = TITLE, head: str = "", country: str = "") -> Article:
    page = f"<html><head><title>{title}</title>{head}</head><body>{body}</body></html>"
    return extract(page, URL, country=country)


POSTS = {
    "an id each": '<article id="block-{n}"><time>0{n}:15</time><h2>{heading}</h2>{text}</article>',
    "in items of a list": "<li><article><header><h3>{heading}</h3></header>{text}</article></li>",
    "a numbered name": '<article class="post_{n} post"><h2>{heading}</h2>{text}</article>',
}


@pytest.mark.parametrize("post", POSTS.values(), ids=POSTS.keys())
def test_posts_of_a_live_blog_with_a_paragraph_each_are_its_text(post: str) -> None:
    """Posts in `article` elements are text, however they are named and however short they are."""
    second = "Nobody at the council would say what it costs."
    texts = [paragraphs(PROSE[0], second), *map(paragraphs, PROSE[1:])]
    told = [
        post.format(n=n, heading=heading, text=text)
        for n, (heading, text) in enumerate(zip(HEADINGS, texts, strict=True))
    ]
    body = f"<main><h1>{TITLE}</h1><div>{''.join(told)}</div></main>"
    expected = [HEADINGS[0], PROSE[0], second]
    expected += [line for pair in zip(HEADINGS[1:], PROSE[1:], strict=True) for line in pair]
    assert _read(body).body == tuple(expected)


TEASER = "In the spring of 19{n} people came over the ridge and found a river without a name."
BOXES = {
    "headings": "<div class=b><h3><a href=/{n}>A story of the valley {n}</a></h3>{text}</div>",
    "items": "<li><a href=/{n}><b>The long story of the valley {n}</b></a>{text}</li>",
    "links around headings": "<div><a href=/{n}><h4>A story of valley {n}</h4></a>{text}</div>",
}


@pytest.mark.parametrize("box", BOXES.values(), ids=BOXES.keys())
@pytest.mark.parametrize("first", [False, True], ids=["right", "left"])
def test_a_column_of_teasers_longer_than_the_text_is_none_of_it(box: str, first: bool) -> None:
    """Boxes of a linked headline with a sentence each are no text beside a story's paragraphs."""
    boxes = (box.format(n=n, text=f"<p>{TEASER.format(n=n)}</p>") for n in range(50, 60))
    column = f"<div class=side>{''.join(boxes)}</div>"
    story = f"<div class=main><h1>{TITLE}</h1>{paragraphs(*PROSE[:3])}</div>"
    body = f"<div>{column}{story}</div>" if first else f"<div>{story}{column}</div>"
    assert _read(body).body == PROSE[:3]


@pytest.mark.parametrize("apart", [False, True])
def test_the_parts_of_a_digest_stay(apart: bool) -> None:
    """Linked headlines with a sentence each are text beside the opening lines of one article."""
    box = "<div class=b><h3><a href=/{n}>What happened on pier {n}</a></h3><p>{text}</p></div>"
    boxes = "".join(box.format(n=n, text=TEASER.format(n=n)) for n in range(50, 54))
    opening = paragraphs(*PROSE[:2])
    body = f"<h1>The week on the water</h1>{opening}<div>{boxes}</div>"
    if apart:
        body = body.replace(opening, f"<div>{opening}</div>")
    article = _read(f"<article>{body}</article>", "The week on the water")
    assert TEASER.format(n=53) in article.body


CARD = "<article{name}><h3><a href=/{n}>A story of the old bridge {n}</a></h3>{text}</article>"


@pytest.mark.parametrize("name", ["", " class=card"])
def test_cards_of_other_stories_are_no_posts(name: str) -> None:
    """Below a story of one paragraph a row of linked headlines is none of it."""
    cards = (
        CARD.format(name=name, n=n, text=f"<p>{TEASER.format(n=n)}</p>") for n in range(50, 57)
    )
    story = f"<div><h1>{TITLE}</h1><p>{PROSE[0]}</p></div>"
    assert _read(f"<main>{story}<section>{''.join(cards)}</section></main>").body == PROSE[:1]


RELEASE = "항만위원회 북쪽 부두 재건 합의안 발표"
BOARDS = {
    "a list of terms": f"<dl><dt>{RELEASE}</dt><dd>담당부서 항만과 공보담당관실 작성</dd></dl>",
    "a box": f"<div>{RELEASE}</div><div>작성자 : 공보실 | 등록일 : 2026.05.30. | 조회 : 5</div>",
    "a table": f"<table><tr><th>제목</th><td>{RELEASE}</td></tr></table>",
}


@pytest.mark.parametrize("above", BOARDS.values(), ids=BOARDS.keys())
def test_a_release_is_called_by_its_own_line_and_not_by_its_board(above: str) -> None:
    """Where a board sets no heading for its releases, the line that the text speaks of is it."""
    body = f"<h2>보도자료</h2>{above}<div>{paragraphs(*KOREAN)}</div>"
    article = _read(body, "보도자료 | 항만부", country="KR")
    assert (article.title, article.body) == (RELEASE, KOREAN)


def test_a_short_headline_that_others_link_to_is_no_board() -> None:
    """Of a column's two words and the sentence below them the words are the headline."""
    menu = "<ul><li><a href=/1>Cold comfort</a></li><li><a href=/2>Warm words</a></li></ul>"
    deck = "<div>The harbour council agreed to rebuild the northern quay in spring</div>"
    body = f"{menu}<h1>Cold comfort</h1>{deck}<p>2026-05-30</p><div>{paragraphs(*PROSE)}</div>"
    assert _read(body, "Cold comfort | Harbour Post").title == "Cold comfort"


def test_an_agency_s_name_is_no_headline_though_its_text_has_it() -> None:
    """A title tag that the page does not print gives way to the line above the text."""
    text = (f"(항구 5월 30일발 항만중앙통신){KOREAN[0]}", *KOREAN[1:])
    body = f"<div><span>{RELEASE}</span><br><div>{paragraphs(*text)}</div></div>"
    article = _read(body, "항만중앙통신", country="KR")
    assert (article.title, article.body) == (RELEASE, text)


@pytest.mark.parametrize("key", ["regDt", "reg_dt", "ctime"])
def test_a_script_s_own_words_for_a_time_are_read(key: str) -> None:
    """Beside the headline a value that is a moment is one, whatever its key is called."""
    item = {"title": RELEASE, key: "20260530081500", "content": paragraphs(*KOREAN)}
    item |= {"eventDate": "2026-05-01 09:00", "viewCount": 1780000000}
    script = f"<script>window.__D__.push({json.dumps({'news': item}, ensure_ascii=False)})</script>"
    article = _read(f"<div id=app></div>{script}", f"{RELEASE} - 새항구", country="KR")
    assert (article.title, article.body) == (RELEASE, KOREAN)
    assert article.published is not None
    assert article.published.isoformat() == "2026-05-30T08:15:00+09:00"


def test_a_short_han_headline_leads_to_its_text_in_a_script() -> None:
    """Twelve Han characters are a headline also where the title tag has the site's name behind."""
    item = {"title": "委员会公布明年建设方案", "content": paragraphs(*CHINESE)}
    script = f"<script>var D={json.dumps({'a': {'d': item}}, ensure_ascii=False)};</script>"
    article = _read(f"<div id=app></div>{script}", "委员会公布明年建设方案_新海港")
    assert (article.title, article.body) == ("委员会公布明年建设方案", CHINESE)


@pytest.mark.parametrize("box", ["<div>{}</div>", "{}"])
def test_the_paragraph_below_a_frame_is_no_caption(box: str) -> None:
    """Frames among paragraphs in plain boxes hold adverts, and the text goes on below them."""
    advert = box.format("<iframe src=/a></iframe>")
    parts = [f"<p>{KOREAN[0]}</p>", *(f"<div>{line}</div>" for line in KOREAN[1:])]
    body = f"<h1>{RELEASE}</h1><div>{advert.join(parts)}</div>"
    assert _read(body, RELEASE).body == KOREAN


@pytest.mark.parametrize("name", ["css-03ad7f", "sc-gAdKcN", "x_9ad1b"])
def test_a_machine_s_name_says_nothing_of_a_paragraph(name: str) -> None:
    """Letters between the figures of a hash may make a word, such as that of adverts."""
    lines = [f"<p>{line}</p>" for line in PROSE]
    lines[1] = f"<p class={name}>{PROSE[1]}</p>"
    assert _read(f"<h1>{TITLE}</h1><div>{''.join(lines)}</div>").body == PROSE
