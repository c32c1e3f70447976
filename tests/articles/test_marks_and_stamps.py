"""Small things at the edges of texts: footnotes' numbers, date lines, appeals, labels."""

from datetime import datetime

import pytest

from monitor.articles import extract
from monitor.model import Article
from tests.articles.pages import CHINESE, JAPANESE, KOREAN, PROSE

TITLE = "Harbour council agrees to rebuild the northern quay"
URL = "https://quay.example/2026/05/30/quay"


def _paragraphs(*texts: str) -> str:
    return "".join(f"<p>{text}</p>" for text in texts)


def _read(body: str, title: str = TITLE, country: str = "") -> Article:
    page = f"<html><head><title>{title}</title></head><body>{body}</body></html>"
    return extract(page, URL, country=country)


@pytest.mark.parametrize(
    "mark", ["<sup>4</sup>", "<sup><a href=#n4>4</a></sup>", "<a href=#n4><sup>4</sup></a>"]
)
def test_a_footnote_s_number_is_not_glued_to_a_sentence(mark: str) -> None:
    """A raised figure behind a full stop or in a link of its own numbers a note."""
    assert _read(f"<h1>{TITLE}</h1>{_paragraphs(PROSE[0] + mark, *PROSE[1:])}").body == PROSE


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("12 km<sup>2</sup>", "12 km2"),
        ("the 1<sup>st</sup>", "the 1st"),
        ("<a href=/co>CO<sup>2</sup> prices</a>", "CO2 prices"),
        ("the plan<sup>[3]</sup>", "the plan[3]"),
    ],
)
def test_other_raised_figures_stay(markup: str, text: str) -> None:
    """Units, ordinals and numbers in brackets are text."""
    line = "The council, which met for three hours, spoke at length of {} and of the harbour."
    body = f"<h1>{TITLE}</h1>{_paragraphs(PROSE[0], line.format(markup), PROSE[1])}"
    assert _read(body).body == (PROSE[0], line.format(text), PROSE[1])


def test_what_holds_an_advert_s_place_is_no_text() -> None:
    """The elements of AMP for adverts and consent hold no text."""
    advert = "<amp-ad width=300><div placeholder>ad</div></amp-ad>"
    body = f"<h1>{TITLE}</h1><div>{_paragraphs(*PROSE[:2])}{advert}{_paragraphs(*PROSE[2:])}</div>"
    assert _read(body).body == PROSE


KOREAN_TITLE = "항만위원회, 북쪽 부두 다시 짓기로 합의"
JAPANESE_TITLE = "港湾委、岸壁再建で合意"


def test_a_line_with_writer_and_two_times_is_no_paragraph() -> None:
    """The line says who wrote the story, when it came out and when it was changed."""
    times = "<time>2026.05.30. 10:40</time> <i>업데이트 2026.05.30. 13:10</i>"
    line = f"<a href=/r/1>최민서 기자</a> {times}"
    body = f"<h1>{KOREAN_TITLE}</h1><div>{line}</div><section>{_paragraphs(*KOREAN)}</section>"
    article = _read(body, KOREAN_TITLE, country="KR")
    assert (article.authors, article.body) == (("최민서",), KOREAN)
    assert article.updated == datetime.fromisoformat("2026-05-30T13:10+09:00")


def test_a_change_is_also_told_below_the_text() -> None:
    """A last line that names the change gives its moment and is no paragraph."""
    line = "<div>最終更新:2026年5月30日16時02分</div>"
    day = "<p class=date>2026年5月30日 15:41</p>"
    body = f"<h1>{JAPANESE_TITLE}</h1>{day}<div>{_paragraphs(*JAPANESE)}</div>{line}"
    article = _read(body, JAPANESE_TITLE, country="JP")
    assert (article.body, article.updated_text) == (JAPANESE, "2026年5月30日16時02分")
    assert article.updated == datetime.fromisoformat("2026-05-30T16:02+09:00")


def test_a_sentence_about_a_change_is_none() -> None:
    """A last paragraph may speak of rules that are changed on a day to come."""
    last = "시행령은 수정 뒤 2026년 6월 30일부터 시행된다."
    day = "<p class=date>2026.05.30 09:05</p>"
    body = f"<h1>{KOREAN_TITLE}</h1>{day}<div>{_paragraphs(*KOREAN, last)}</div>"
    article = _read(body, KOREAN_TITLE, country="KR")
    assert (article.body, article.updated) == ((*KOREAN, last), None)


@pytest.mark.parametrize("sign", ["★", "▷", "☞ "])
def test_an_appeal_below_the_text_is_none_of_it(sign: str) -> None:
    """A last line behind a sign that the text has nowhere else speaks to readers."""
    appeal = f"{sign}새항구신문을 여러 곳에서 만나실 수 있으니 많이 찾아 주시기 바랍니다."
    body = f"<h1>{KOREAN_TITLE}</h1><div>{_paragraphs(*KOREAN, appeal)}</div>"
    assert _read(body, KOREAN_TITLE).body == KOREAN


@pytest.mark.parametrize("sign", ["□", "▷"])
def test_the_parts_of_a_release_stay(sign: str) -> None:
    """Signs that open paragraph after paragraph are how offices write."""
    told = (KOREAN[0], *(f"{sign} {line}" for line in KOREAN[1:]))
    body = f"<h1>{KOREAN_TITLE}</h1><div>{_paragraphs(*told)}</div>"
    assert _read(body, KOREAN_TITLE).body == told


def test_a_label_in_brackets_is_a_speaker_s_where_others_follow() -> None:
    """A mark of advertising above the text falls; the labels of a transcript stay."""
    marked = f"<h1>{JAPANESE_TITLE}</h1><div>{_paragraphs('[PR]', *JAPANESE)}</div>"
    spoken = ("[앵커]", KOREAN[0], "[리포트]", *KOREAN[1:])
    transcript = f"<h1>{KOREAN_TITLE}</h1><div>{_paragraphs(*spoken)}</div>"
    assert _read(marked, JAPANESE_TITLE).body == JAPANESE
    assert _read(transcript, KOREAN_TITLE).body == spoken


@pytest.mark.parametrize(
    ("day", "clock"),
    [
        ("<div class=time><b>10:35</b><b>2026/05/30</b></div>", "10:35:00"),
        ("<div class=time><b>2026</b><b><i>05</i>/<i>30</i></b><b>10:35:31</b></div>", "10:35:31"),
        ("<span class=date>2026.05.30<em>10:35</em></span>", "10:35:00"),
    ],
)
def test_parts_of_a_date_do_not_run_together(day: str, clock: str) -> None:
    """Year, day and clock in elements of their own are one date, with or without spaces."""
    body = f"<h1>{KOREAN_TITLE}</h1>{day}<div>{_paragraphs(*KOREAN)}</div>"
    published = _read(body, KOREAN_TITLE, country="KR").published
    assert published == datetime.fromisoformat(f"2026-05-30T{clock}+09:00")


def test_what_asks_for_a_subscription_ends_no_text() -> None:
    """The line below a teaser says that there is more, and is none of it."""
    wall = "<div><p><b>To continue reading, become a member of the Quay Post.</b></p></div>"
    article = _read(f"<h1>{TITLE}</h1><div>{_paragraphs(*PROSE[:2])}{wall}</div>")
    assert (article.access, article.body) == ("paywall", PROSE[:2])


@pytest.mark.parametrize(
    "label", ["기사제보 및 보도자료", "ご意見はこちらまで", "Media contact: Ada Berg,"]
)
def test_a_label_falls_with_the_address_that_it_leads_to(label: str) -> None:
    """Whom to write to is no text, and neither is what is left without the address."""
    body = f"<h1>{TITLE}</h1><div>{_paragraphs(*PROSE, label + ' press@quay.example', 'END')}</div>"
    assert _read(body).body == PROSE


def test_a_line_below_a_picture_that_ends_in_an_agency_s_name_is_its_caption() -> None:
    """The name stands behind the full stop of what the picture shows."""
    figure = "<figure><img src=a></figure><p>首尔车站民众观看新闻。路透社</p>"
    text = f"<p>{CHINESE[0]}</p>{figure}{_paragraphs(*CHINESE[1:])}"
    body = f"<h1>港口委员会同意重建码头</h1><div>{text}</div>"
    assert _read(body, "港口委员会同意重建码头").body == CHINESE


def test_a_day_in_han_numerals_goes_before_another_story_s() -> None:
    """The day between headline and text may be written out."""
    other = "<aside><a href=/1>另一件事</a> <span>2026.05.21</span></aside>"
    day = "<div>二〇二六年五月三十日</div>"
    body = f"<h1>港口委员会同意重建码头</h1>{day}<div>{_paragraphs(*CHINESE)}</div>{other}"
    published = _read(body, "港口委员会同意重建码头", country="CN").published
    assert published is not None
    assert published.date().isoformat() == "2026-05-30"


@pytest.mark.parametrize("count", ["コメント 6件", "コメント（6）"])
def test_announced_comments_below_a_text_of_one_block_are_none_of_it(count: str) -> None:
    """Paragraphs that line breaks divide count one by one, and a number may have its counter."""
    answers = "".join(
        f"<div class=u><b>user{n}</b><p>{JAPANESE[0][:20]}とは{n}。</p><a href=#>返信</a></div>"
        for n in range(6)
    )
    text = f"<div><span>{'<br><br>'.join(JAPANESE)}</span></div>"
    body = f"<h1>{JAPANESE_TITLE}</h1>{text}<div><h3>{count}</h3>{answers}</div>"
    assert _read(body, JAPANESE_TITLE).body == JAPANESE


def test_who_the_writer_is_ends_a_short_text_too() -> None:
    """Below a line that is the writer's name stands who that is."""
    box = "<div><b>王小明</b><p>长期关注海港，著有两本书。</p></div>"
    text = f"<span>记者 王小明</span><div>{'<br><br>'.join(CHINESE[:3])}</div>{box}"
    article = _read(f"<div><h1>港口委员会同意重建码头</h1>{text}</div>", "港口委员会同意重建码头")
    assert (article.authors, article.body) == (("王小明",), CHINESE[:3])


def test_a_name_with_a_day_below_the_deck_is_a_byline() -> None:
    """Layout may set writer and time into one line, between deck and text."""
    title = "港口委員會同意重建碼頭"
    deck = "<p>委員會：兩年內完工 漁民盼縮短</p>"
    line = "<span>記者王小明／台北報導</span><time datetime=2026-05-30>2026/05/30 09:05</time>"
    body = f"<article><h3>{title}</h3>{deck}{line}{_paragraphs(*CHINESE)}</article>"
    article = _read(body, title)
    assert (article.authors, article.body[-len(CHINESE) :]) == (("王小明",), CHINESE)
    assert "王小明" not in " ".join(article.body)
