"""Lines of another kind than the text's: at its ends, beside it, and between its paragraphs."""

import json

import pytest

from monitor.articles import extract
from monitor.model import Article
from tests.articles.pages import CHINESE, JAPANESE, KOREAN, PROSE, paragraphs

TITLE = "Harbour council agrees to rebuild the northern quay"
TEXTS = {"ko": KOREAN, "zh": CHINESE, "ja": JAPANESE}


def _read(body: str, language: str = "en", head: str = "") -> Article:
    head = f"<title>{TITLE}</title>{head}"
    return extract(f"<html lang={language}><head>{head}</head><body>{body}</body></html>")


ENDS = {
    "ko": "<이 기사는 독자 여러분의 도움으로 만들어집니다. 계좌 : 12-34>",
    "zh": "Notice: The content above was posted by a user of a platform that only stores it.",
    "ja": "次ページは：去年の事故との違いは",
}


@pytest.mark.parametrize("language", TEXTS)
def test_a_last_line_of_another_kind_is_none_of_an_east_asian_text(language: str) -> None:
    """In angled brackets, in another script, or no sentence where all others are one."""
    prose = TEXTS[language]
    story = paragraphs(*prose, ENDS[language])
    assert _read(f"<h1>{TITLE}</h1><div>{story}</div>", language).body == prose


def test_a_text_of_notes_keeps_its_last_one() -> None:
    """Where another line is no sentence either, the last one is no exception."""
    told = (
        KOREAN[0],
        "교류 확대 합의 및 후속 조치 마련",
        *KOREAN[1:],
        "회담 정례화 및 고위급 교류 추진",
    )
    assert _read(f"<h1>{TITLE}</h1><div>{paragraphs(*told)}</div>", "ko").body == told


HEADLINES = ("Trains run again on the coast", "Shares end a week of gains", "Taxi hits a rail")
TIMED = [f"18:3{n} {headline}" for n, headline in enumerate(HEADLINES)]
TICKERS = {
    "lines": f"<td>Right now<br>{'<br>'.join(TIMED)}</td>",
    "items": f"<td><ul><li>{'</li><li>'.join(TIMED)}</li></ul></td>",
}


@pytest.mark.parametrize("ticker", TICKERS.values(), ids=TICKERS.keys())
def test_headlines_with_a_clock_each_beside_the_text_are_a_ticker(ticker: str) -> None:
    """A column of clocks and headlines is no text; a programme among the paragraphs is."""
    text = "<br><br>".join(PROSE)
    page = f"<h1>{TITLE}</h1><table><tr><td>{text}<br></td>{ticker}</tr></table>"
    assert _read(page).body == PROSE
    programme = f"<ul><li>{'</li><li>'.join(TIMED)}</li></ul>"
    told = _read(
        f"<h1>{TITLE}</h1><div>{paragraphs(*PROSE)}{programme}<p>They wait.</p></div>"
    ).body
    assert told == (*PROSE, *TIMED, "They wait.")


@pytest.mark.parametrize(
    "row",
    [
        "<div><span>Quay Shares</span><span>0417.KS</span><span>91,250</span><i>▲ 1.2%</i></div>",
        "<p>Pictures by Bo Ek</p>",
        '<p role="tooltip">A berth is a place where a ship may lie for some time.</p>',
    ],
)
def test_figures_makers_and_tooltips_are_no_text(row: str) -> None:
    """A row of figures without spaces, who took the pictures and what a pointer shows fall away."""
    story = f"<h1>{TITLE}</h1><h2>How the council came to change its mind</h2>{row}"
    body = _read(f"<main>{story}<div>{paragraphs(*PROSE)}</div></main>").body
    assert body[-len(PROSE) :] == PROSE
    assert len(body) <= len(PROSE) + 1


def test_a_short_text_that_only_json_ld_holds_is_read() -> None:
    """Where the page shows nothing of it, a declared text of two sentences is the story."""
    told = f"<p>{PROSE[0]}</p><p>They wait.</p>"
    node = {"@type": "NewsArticle", "headline": TITLE, "articleBody": told.replace("<", "&lt;")}
    script = f'<script type="application/ld+json">{json.dumps(node)}</script>'
    page = f"<div id=root><h1>{TITLE}</h1><p>Loading</p></div>"
    assert _read(page, head=script).body == (PROSE[0], "They wait.")


def test_markup_that_an_element_is_given_is_read_with_its_headline() -> None:
    """A component that draws the story from its attributes tells headline and text by them."""
    told = paragraphs("The quay was shut at noon.", *PROSE[1:]).replace("<", "&lt;")
    page = f'<q-story headline="{TITLE}" content="{told}"></q-story>'
    assert _read(page).body == ("The quay was shut at noon.", *PROSE[1:])


def test_the_day_of_a_picture_is_not_the_storys() -> None:
    """A caption's date gives way to the page's own date line."""
    figure = "<figure><img src=a><figcaption>Bo Ek, Nov. 26, 2025. (Photo/Ek)</figcaption></figure>"
    page = f"<h1>{TITLE}</h1>{figure}<div>3:41 PM GMT+9, May 30, 2026</div>{paragraphs(*PROSE)}"
    published = _read(page).published
    assert published is not None
    assert published.isoformat() == "2026-05-30T15:41:00+09:00"
