"""Layouts that the development pages lack: tickers, print views, boards, writers in a footer."""

import json

import pytest

from monitor.articles import extract
from tests.articles.pages import CHINESE, JAPANESE, KOREAN, PROSE, paragraphs

TITLE = "Harbour council agrees to rebuild the northern quay"
URL = "https://quay.example/2026/05/30/quay"


def _page(body: str, title: str = TITLE, head: str = "") -> str:
    return f"<html><head><title>{title}</title>{head}</head><body>{body}</body></html>"


def _entry(clock: str, heading: str, text: str) -> str:
    return f'<div class="n"><p>{clock}</p><h3>{heading}</h3><p>{text}</p></div>'


def test_a_ticker_keeps_its_first_heading_and_drops_its_clocks() -> None:
    """The heading of the first of several alike boxes is text, a clock with its zone is none."""
    headings = ("Crews wait ashore", "Quay is closed", "Council meets")
    clocks = ("09.41 BST", "11:05 AM", "14:20 AEST")
    told = [*zip(clocks, headings, PROSE, strict=False)]
    body = f"<h1>{TITLE}</h1>{''.join(_entry(*each) for each in told)}"
    expected = tuple(line for _, heading, text in told for line in (heading, text))
    assert extract(_page(body), URL).body == expected


def test_a_label_for_a_summary_between_links_is_no_standfirst() -> None:
    """What a tool bar says of the page's summaries stands between its links and is left out."""
    note = "자동으로 뽑은 내용이니 전체 맥락은 원문에서 확인하시기 바랍니다."
    bar = f'<a href="#s">요약보기</a><div class="summary"><p>{note}</p></div><a href="#v">음성</a>'
    body = f"<h3>부두 재건 합의</h3><div>{bar}</div><section>{paragraphs(*KOREAN)}</section>"
    assert extract(_page(body, "부두 재건 합의"), URL).body == KOREAN


def test_a_short_headline_tells_a_payload_under_any_key() -> None:
    """A headline of a few Han characters in a script's object shows that its text is the story."""
    title = "三个看点，一次看懂"
    state = {"detail": {"docTitle": title, "content": paragraphs(*CHINESE)}}
    script = f"<script>window.__S__={json.dumps(state, ensure_ascii=False)};</script>"
    article = extract(_page(f'<div id="root"></div>{script}', title), URL)
    assert (article.title, article.body) == (title, CHINESE)


def test_an_office_names_its_board_above_the_headline() -> None:
    """Of a board's name and a headline below it, both set as headings, the headline is taken."""
    headline = "항만위원회 북쪽 부두 재건 합의안 발표"
    text = "<p>&nbsp;</p>".join(paragraphs(line) for line in KOREAN)
    body = (
        f"<h2>보도자료</h2><div><h3>{headline}</h3><ul><li>등록일 2026-05-30</li></ul>{text}</div>"
    )
    article = extract(_page(body, "보도자료 &lt; 알림 &lt; 항만부"), URL)
    assert (article.title, article.body) == (headline, KOREAN)


def test_a_print_view_is_called_by_its_headline() -> None:
    """A word for printing and the site's name fall where the page shows what stands between."""
    top = "<p><b>港口委员会同意重建码头</b></p>"
    origin = "<hr><p>原文链接：http://quay.example/2026/05/30/1.shtml</p>"
    page = _page(top + paragraphs(*CHINESE) + origin, "打印-港口委员会同意重建码头-海港网")
    article = extract(page, "http://quay.example/p?id=1")
    assert (article.title, article.body) == ("港口委员会同意重建码头", CHINESE)


def test_a_country_before_a_colon_is_no_outlet() -> None:
    """A first word that is only part of the outlet's name stays in the headline."""
    title = "Harbour: council agrees to rebuild the quay"
    page = _page(f"<h1>{title}</h1>{paragraphs(*PROSE)}", title)
    assert extract(page, "https://www.harbourpost.example/1").title == title


def test_a_footer_above_the_text_names_the_writer() -> None:
    """Some systems set writer and day into a footer between headline and text."""
    day = "<time datetime='2026-05-30T08:15:00+00:00'>Sat, 05/30/2026 - 08:15</time>"
    footer = f"<footer><div>Submitted by <span>Ada Berg</span> on {day}</div></footer>"
    text = f"<div>{paragraphs(*PROSE)}</div><footer>Ada Novak reads your letters.</footer>"
    article = extract(_page(f"<h1>{TITLE}</h1><article>{footer}{text}</article>"), URL)
    assert (article.authors, article.body) == (("Ada Berg",), PROSE)


@pytest.mark.parametrize("joined", [" and ", " (now) and "])
def test_both_who_link_their_own_pages_wrote_it(joined: str) -> None:
    """A second writer counts also where a word stands between the names."""
    names = joined.join(f'<a rel="author" href="/p/{n}">{n}</a>' for n in ("Ada Berg", "Bo Novak"))
    page = _page(f"<h1>{TITLE}</h1><div>By {names}</div>{paragraphs(*PROSE)}")
    assert extract(page, URL).authors == ("Ada Berg", "Bo Novak")


def test_a_captions_place_is_nobody() -> None:
    """Behind day and equals sign a Japanese caption has the place where a picture was taken."""
    title, place = "港湾委、岸壁再建で合意", "記者会見する港湾庁の担当者＝28日、世宗（共同）"
    figure = f"<figure><img><figcaption>{place}</figcaption></figure>"
    text = f"<p>{'<br><br>'.join(JAPANESE)}</p>"
    body = f"<h1>{title}</h1><p>5/30 18:42</p><p>汐見新聞</p><div>{figure}{text}</div>"
    assert extract(_page(body, title), URL).authors == ()


@pytest.mark.parametrize("line", ["本文へ", "記事を読む", "海洋省", "有料記事", "公開日時"])
def test_links_and_offices_above_a_japanese_headline_are_nobody(line: str) -> None:
    """A short line of kanji and kana is a name only where it has a name's shape."""
    body = f"<div><p>{line}</p></div><h1>港湾委、岸壁再建で合意</h1>{paragraphs(*JAPANESE)}"
    assert extract(_page(body, "港湾委、岸壁再建で合意"), URL).authors == ()


def test_who_took_a_picture_did_not_write_the_text() -> None:
    """A reporter behind whose name a Chinese caption says 摄 is the photographer."""
    picture = "<div><img><span>5月28日的码头。海都日报记者 林晓 摄</span></div>"
    body = f"<h1>港口委员会同意重建码头</h1>{picture}{paragraphs(*CHINESE)}"
    assert extract(_page(body, "港口委员会同意重建码头"), URL).authors == ()


def test_an_editor_and_a_day_in_digits_close_a_taiwanese_report() -> None:
    """The editor in brackets with the day behind is cut off the last paragraph."""
    lines = (*CHINESE[:-1], f"{CHINESE[-1]}（編輯：周世安）1150528")
    page = _page(f"<h1>港口委员会同意重建码头</h1>{paragraphs(*lines)}", "港口委员会同意重建码头")
    assert extract(page, URL).body == CHINESE


def test_words_and_pictures_by_two_people() -> None:
    """Of two labelled names the one beside the photographer's wrote the text."""
    credit = "<p>Words: Ada Berg<br>Pictures: Bo Novak</p>"
    article = extract(_page(f"<h1>{TITLE}</h1>{credit}{paragraphs(*PROSE)}"), URL)
    assert (article.authors, article.body) == (("Ada Berg",), PROSE)


def test_buttons_are_neither_text_nor_names() -> None:
    """Counters and labels that stand side by side without a space are left out."""
    tools = "<div><span>--</span><span>4</span><span>Listen</span><span>Share</span></div>"
    labels = "<div><span>Read Later</span><span>Night Mode</span><span>Text Size</span></div>"
    day = "<time datetime='2026-05-30'>30 May 2026</time>"
    page = _page(f"<h1>{TITLE}</h1>{labels}{day}{tools}{paragraphs(*PROSE)}")
    article = extract(page, URL)
    assert (article.authors, article.body) == ((), PROSE)


SIGNED = {
    "ko": (KOREAN, "부두 재건 합의", "{} /송민재 기자", ("송민재",)),
    "ja": (JAPANESE, "港湾委、岸壁再建で合意", "{}（青島＝大西由紀子）", ("大西由紀子",)),
}


@pytest.mark.parametrize("language", SIGNED)
def test_a_name_behind_the_last_sentence_wrote_it(language: str) -> None:
    """The last paragraph keeps its text where somebody signs behind it, from whatever place."""
    lines, title, signed, authors = SIGNED[language]
    text = paragraphs(*lines[:-1], signed.format(lines[-1]))
    article = extract(_page(f'<div lang="{language}"><h1>{title}</h1>{text}</div>', title), URL)
    assert article.authors == authors
    assert article.body[:-1] == lines[:-1]
    assert article.body[-1].startswith(lines[-1])


def test_a_date_line_with_the_writer_in_a_paragraph_has_a_clock() -> None:
    """Day and clock before a stroke are the page's, however long the paragraph is."""
    line = "<p>2026-05-30 14:05:11 | 안지호 기자 | jiho@longaddress.quay.example</p>"
    page = _page(f"<h1>부두 재건 합의</h1>{line}{paragraphs(*KOREAN)}", "부두 재건 합의")
    published = extract(page, URL).published
    assert published is not None
    assert (published.hour, published.minute) == (14, 5)
