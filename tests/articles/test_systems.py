"""Whole pages in the shapes that the publishing systems of newsrooms and offices make."""

import json
from collections.abc import Sequence

import pytest

from monitor.articles import extract
from monitor.model import Article
from tests.articles.pages import CHINESE, JAPANESE, KOREAN, PROSE

URL = "https://harbourpost.example/2026/05/30/quay"
HEADLINE = "Council agrees to rebuild the northern quay"
KO, ZH, JA = (
    "항만위원회 북쪽 부두 재건 합의",
    "港口委员会同意重建码头",
    "港湾委員会、岸壁再建で合意",
)
MENU = (
    "<nav><ul>" + "".join(f'<li><a href="/{n}">Part {n}</a></li>' for n in range(9)) + "</ul></nav>"
)
CARDS = "".join(
    f'<div class="c"><h3><a href="/{n}">Ferry {n} runs again after the storm</a></h3>'
    f"<p>Boat number {n} will leave from the northern pier again on Monday morning.</p></div>"
    for n in range(4)
)
LINKS = (
    "<ul>"
    + "".join(f'<li><a href="/{n}">Another story, number {n}</a></li>' for n in range(6))
    + "</ul>"
)


def _paragraphs(texts: Sequence[str], attributes: str = "") -> str:
    return "".join(f"<p{attributes}>{text}</p>" for text in texts)


def _read(body: str, title: str, language: str = "en", head: str = "") -> Article:
    head = f"<head><title>{title}</title>{head}</head>"
    return extract(f'<html lang="{language}">{head}<body>{body}</body></html>', URL)


WORDPRESS = (
    f'{MENU}<article class="post-1 post type-post has-post-thumbnail category-port">'
    f'<h1 class="entry-title">{HEADLINE}</h1><div class="entry-meta">May 30, 2026</div>'
    f'<div class="entry-content">{_paragraphs(PROSE)}{_paragraphs(PROSE[:0])}'
    f'<div class="jp-relatedposts"><h3>Related</h3>{CARDS}</div></div></article>'
)
PORTAL = (
    f'<h2 id="title_area"><span>{KO}</span></h2><em class="journalist_name">홍길동 기자</em>'
    '<article id="dic_area">'
    '<span class="photo"><img src="a"><em class="img_desc">부두 전경</em></span>'
    f"{'<br><br>'.join(KOREAN)}</article>"
    f'<p class="c_text">Copyright ⓒ 한강일보. 무단 전재 금지.</p>{LINKS}'
)
AGENCY = (
    f'{MENU}<article class="story"><h1>{KO}</h1><div class="time">송고시간 2026-05-30 09:00</div>'
    '<div class="tit-sub"><h2>어민들은 공사 기간 단축을 요청하고 나서</h2></div>'
    f"{_paragraphs(KOREAN)}<p>hong@post.example</p></article>{LINKS}"
)
OFFICE_ZH = (
    f"<div>当前位置：<a>首页</a> > <a>新闻</a></div><h1>{ZH}</h1><p>2026-05-30 09:00</p>"
    f'<p>【字体：<a>大</a> <a>中</a> <a>小</a>】</p><div id="text">{_paragraphs(CHINESE)}</div>'
)
OFFICE_KO = (
    '<h1><a href="/">항만 부처</a></h1><h3>보도자료</h3>'
    f"<dl><dt>{KO}</dt><dd><span>작성자 대변인실</span><span>작성일 2026-05-30</span></dd></dl>"
    f'<div class="view_con">{"<br><br>".join(KOREAN)}</div>'
    '<div class="file"><strong>첨부파일</strong><a href="a.hwp">보도자료.hwp</a></div>'
)
OFFICE_JA = (
    f'<p>港湾庁</p><ol><li><a>トップ</a></li></ol><h1>{JA}</h1><p class="right">令和8年5月30日</p>'
    f'<div class="text">{_paragraphs(JAPANESE)}</div><h2>関連リンク</h2>{LINKS}'
)
BARE = (
    f'<table><tr><td><a href="/">Home</a></td></tr></table><div class="t">{HEADLINE}</div>'
    f"{_paragraphs(PROSE)}<p>www.harbour.example (2026.05.30.)</p>"
)
SECTION_BREAK = (
    f'<h1>{HEADLINE}</h1><div class="Page-byline"><div class="Page-authors">By <a>Ada Berg</a> and '
    f"<a>Bo Ek</a></div><div>Updated 9:00 AM, May 30, 2026</div></div>"
    f'<div class="RichTextBody">{_paragraphs(PROSE)}<p>___</p><p>Ek reported from Vienna.</p></div>'
)
REPRINT = (
    f'{MENU}<div class="story"><h1>{HEADLINE}</h1><div>Reuters | Published 30/05/2026</div>'
    f"{_paragraphs(PROSE[:3])}<p>{PROSE[3]} (Reporting by Ada Berg; Editing by Bo Ek)</p></div>"
)
UTILITY_CLASSES = (
    f'{MENU}<main class="mx-auto"><h1 class="text-4xl">{HEADLINE}</h1><div class="flex text-sm">'
    '<span>Ada Berg</span><span>·</span><time datetime="2026-05-30T00:00:00Z">30 May</time></div>'
    f'<div class="prose prose-lg">{_paragraphs(PROSE)}<div class="not-prose border"><form>'
    "<p>Our letter on the port comes every morning.</p></form></div></div></main>"
)
SPLIT = (
    f'{MENU}<article><h1>{HEADLINE}</h1><div class="text a">{_paragraphs(PROSE[:2])}</div>'
    '<div class="ad-slot">Advertisement</div>'
    f'<div class="text b">{_paragraphs(PROSE[2:])}</div></article>{CARDS}'
)
STATE = json.dumps(
    {"page": {"story": {"headline": HEADLINE, "blocks": [{"text": t} for t in PROSE]}}}
)
DRAWN = f'<div id="app"></div><script type="application/json">{STATE}</script>'


@pytest.mark.parametrize(
    ("html", "title", "language", "body"),
    [
        (WORDPRESS, HEADLINE, "en", PROSE),
        (PORTAL, KO, "ko", KOREAN),
        (AGENCY, KO, "ko", ("어민들은 공사 기간 단축을 요청하고 나서", *KOREAN)),
        (OFFICE_ZH, ZH, "zh", CHINESE),
        (OFFICE_KO, KO, "ko", KOREAN),
        (OFFICE_JA, JA, "ja", JAPANESE),
        (BARE, HEADLINE, "en", PROSE),
        (SECTION_BREAK, HEADLINE, "en", (*PROSE, "___")),
        (REPRINT, HEADLINE, "en", PROSE),
        (UTILITY_CLASSES, HEADLINE, "en", PROSE),
        (SPLIT, HEADLINE, "en", PROSE),
        (DRAWN, HEADLINE, "en", PROSE),
    ],
    ids=[
        *("wordpress", "portal", "agency", "office-zh", "office-ko", "office-ja", "bare", "ap"),
        *("reprint", "utility-classes", "split", "drawn"),
    ],
)
def test_the_text_and_nothing_else(
    html: str, title: str, language: str, body: tuple[str, ...]
) -> None:
    """Headline and text come out whole, without what stands around and between them."""
    site = "항만 부처" if language == "ko" else "Harbour Post"
    found = _read(html, f"{title} | {site}", language)
    assert (found.title, found.body) == (title, body)


@pytest.mark.parametrize(
    ("html", "names"),
    [
        (SECTION_BREAK, ("Ada Berg", "Bo Ek")),
        (UTILITY_CLASSES, ("Ada Berg",)),
        (
            f"<h1>{ZH}</h1><div><span>撰文：<a>王小明</a></span><time>出版：2026-05-30</time></div>"
            + _paragraphs(CHINESE),
            ("王小明",),
        ),
    ],
    ids=["two in a box with the day", "no names at all", "a day right behind"],
)
def test_writers_beside_a_time(html: str, names: tuple[str, ...]) -> None:
    """A name that only layout sets apart from a time is read without it."""
    language = "zh" if ZH in html else "en"
    assert _read(html, HEADLINE if language == "en" else ZH, language).authors == names


def test_a_live_blog_is_read_post_by_post() -> None:
    """The posts of a live blog are one text, in the order of the page."""
    posts = "".join(
        f'<article class="post" id="p{n}"><time>1{n}:20</time><h2>Update {n} from the quay</h2>'
        f"{_paragraphs(PROSE[2 * n : 2 * n + 2])}</article>"
        for n in range(2)
    )
    found = _read(f"{MENU}<main><h1>{HEADLINE}</h1><div>{posts}</div></main>", HEADLINE)
    lines = ("Update 0 from the quay", *PROSE[:2], "Update 1 from the quay", *PROSE[2:])
    assert found.body == lines
