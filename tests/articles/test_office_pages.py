"""Releases of offices, notes below a text, links among its lines, captions without a figure."""

import pytest

from monitor.articles import extract
from monitor.model import Article
from tests.articles.pages import CHINESE, JAPANESE, KOREAN, PROSE

HEADLINE = "Council agrees to rebuild the northern quay"
KO, ZH, TW, JA = (
    "항만위원회 북쪽 부두 재건 합의",
    "港口委员会同意重建码头",
    "市議會同意重建北碼頭",
    "港湾委員会、岸壁再建で合意",
)
TEXTS = {"en": PROSE, "ko": KOREAN, "zh": CHINESE, "zh-TW": CHINESE, "ja": JAPANESE}
TITLES = {"en": HEADLINE, "ko": KO, "zh": ZH, "zh-TW": TW, "ja": JA}
MENU = "<nav>" + "".join(f'<a href="/{n}">Part {n}</a> ' for n in range(9)) + "</nav>"


def _read(body: str, language: str, title: str = "") -> Article:
    head = f"<title>{title or TITLES[language]}</title>"
    return extract(f'<html lang="{language}"><head>{head}</head><body>{body}</body></html>')


def _paragraphs(texts: tuple[str, ...]) -> str:
    return "".join(f"<p>{text}</p>" for text in texts)


OFFICES = {
    "ko": (
        "보도자료 | 해양항만청",
        '<h1><a href="/">해양항만청</a></h1>{menu}<h2>보도자료</h2><div><h3>{title}</h3>'
        "<ul><li>작성자 홍보담당관</li><li>작성일 2026-05-30</li><li>조회수 1234</li></ul>"
        '<a href="/d">보도자료.hwp</a><div>{text}</div></div>',
    ),
    "zh": (
        "港口管理局",
        '<h1 class="logo">中华人民共和国港口管理局</h1>{menu}<div>您的位置：首页 &gt; 正文</div>'
        "<div class=tit>{title}</div><div>发布时间：2026-05-30 10:00 来源：港口管理局</div>"
        '<div>{text}</div><div>附件：<a href="/a.pdf">方案.pdf</a></div>',
    ),
    "zh-TW": (
        "港務局",
        "<h1>港務局全球資訊網</h1>{menu}<main><h2>{title}</h2><ul><li>發布日期：115年5月30日</li>"
        "<li>發布單位：秘書室</li><li>點閱數：1234</li></ul>{text}</main>",
    ),
    "ja": (
        "港湾局",
        "<h1>港湾局</h1>{menu}<h2>報道発表</h2><p>令和8年5月30日</p><h3>{title}</h3>{text}"
        "<p>（お問い合わせ先）<br>港湾局総務課<br>電話 03-0000-0000</p>",
    ),
}


@pytest.mark.parametrize("language", OFFICES)
def test_a_release_below_the_offices_own_name(language: str) -> None:
    """An office's name as first heading is no headline, nor its form above the text part of it."""
    site, body = OFFICES[language]
    text = _paragraphs(TEXTS[language])
    title = TITLES[language]
    page = body.format(menu=MENU, title=title, text=text)
    found = _read(page, language, f"{title} | {site}")
    assert (found.title, found.body) == (title, TEXTS[language])
    assert found.published is not None
    assert found.published.strftime("%Y-%m-%d") == "2026-05-30"
    assert found.authors == ()


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("zh-TW", "115-05-30"),
        ("zh-TW", "中華民國115年05月30日"),
        ("zh-TW", "115/05/30 10:20"),
        ("ja", "平成38年5月30日"),
        ("ko", "주체115(2026)년 5월 30일"),
        ("ko", "단기 4359년 5월 30일"),
        ("ko", "2026년 5월 30일 (토) 음력 4월 14일"),
    ],
)
def test_years_of_another_count(language: str, line: str) -> None:
    """A day counted from a reign, the Republic, Juche or Dangun is the story's day."""
    text = _paragraphs(TEXTS[language])
    found = _read(f"<h1>{TITLES[language]}</h1><span>{line}</span>{text}", language)
    assert found.published is not None
    assert found.published.strftime("%Y-%m-%d") == "2026-05-30"
    assert found.body == TEXTS[language]


@pytest.mark.parametrize(
    ("language", "note"),
    [
        ("en", "This article was translated by a machine and checked by an editor."),
        ("en", "(This story has not been edited by staff and comes from a syndicated feed.)"),
        ("en", "The views expressed here are the author's own."),
        ("de", "Dieser Artikel wurde zuerst auf Englisch veröffentlicht."),
        ("ko", "이 기사는 인공지능(AI)이 번역한 것으로 오역이 있을 수 있습니다."),
        ("ko", "* 외부 필자의 칼럼은 본지의 편집 방향과 다를 수 있습니다."),
        ("zh", "（本文由人工智能翻译，仅供参考。）"),
        ("zh", "声明：转载此文是出于传递更多信息之目的。"),
        ("zh", "*以上内容不代表本报立场"),
        ("ja", "※この記事は自動翻訳です。"),
        ("ko", "주체115(2026)년 5월 30일 (조선중앙통신)"),
    ],
)
def test_a_note_about_the_text_ends_it(language: str, note: str) -> None:
    """Who translated it, whose view it is and when it was filed are none of the text."""
    key = language if language in TEXTS else "en"
    page = f"<h1>{TITLES[key]}</h1><div>{_paragraphs((*TEXTS[key], note))}</div>"
    assert _read(page, key).body == TEXTS[key]


@pytest.mark.parametrize(
    "line",
    [
        "This story has no end yet, the mayor said, and the quay is only its first chapter.",
        "“This is what the article of the law says,” Mayor Holm told the council on Tuesday.",
    ],
)
def test_a_last_sentence_with_the_same_words_stays(line: str) -> None:
    """What somebody says of a story is no note on this one."""
    assert _read(f"<h1>{HEADLINE}</h1>{_paragraphs((*PROSE, line))}", "en").body == (*PROSE, line)


@pytest.mark.parametrize(
    "lead",
    [
        '▶ <a href="/x">여객선 월요일 운항 재개</a>',
        '<a href="/y">[관련기사] 부두 공사 비용은</a>',
        '<b><a href="/z">폭풍 뒤 여객선 다시 달린다</a></b>',
    ],
)
def test_a_link_between_lines_leads_elsewhere(lead: str) -> None:
    """Where line breaks divide the paragraphs, a line that is a link is another story's."""
    lines = "<br><br>".join((KOREAN[0], lead, *KOREAN[1:]))
    assert _read(f"<h1>{KO}</h1><div>{lines}</div>", "ko").body == KOREAN


def test_links_inside_lines_are_text() -> None:
    """A name that is linked, or a url by itself, stays in a text divided by line breaks."""
    linked = PROSE[1].replace("the council said", '<a href="/c">the council said</a>')
    url = '<a href="https://post.example/plan">https://post.example/plan</a>'
    body = f"{PROSE[0]}<br><br>{linked}<br><br>{url}<br><br>{PROSE[2]}"
    found = _read(f"<h1>{HEADLINE}</h1><div>{body}</div>", "en").body
    assert found == (PROSE[0], PROSE[1], "https://post.example/plan", PROSE[2])


@pytest.mark.parametrize(
    "caption",
    [
        "The northern quay after the storm in January (Bo Ek/Harbour Post)",
        "北码头在一月的风暴之后（王小明／港口报）",
    ],
)
def test_a_credit_shared_in_brackets_makes_a_caption(caption: str) -> None:
    """A paragraph behind a picture that ends with (name/agency) is its caption."""
    page = f"<p>{PROSE[0]}</p><p><img src=a></p><p>{caption}</p>{_paragraphs(PROSE[1:])}"
    found = _read(f"<h1>{HEADLINE}</h1>{page}", "en")
    assert found.body == PROSE
    assert found.caption in caption


@pytest.mark.parametrize(
    ("language", "credit", "names"),
    [
        ("ko", "폭풍이 지나간 뒤의 북쪽 부두. /사진=홍길동 기자", ()),
        ("ko", "글·사진=홍길동 기자", ("홍길동",)),
        ("zh", "攝影記者王小明", ()),
        ("zh", "文/攝影記者王小明", ("王小明",)),
    ],
)
def test_who_took_the_picture_is_no_writer(
    language: str, credit: str, names: tuple[str, ...]
) -> None:
    """A reporter named for a picture did not write the text, unless the line says both."""
    page = f"<h1>{TITLES[language]}</h1><p>{credit}</p>{_paragraphs(TEXTS[language])}"
    assert _read(page, language).authors == names
