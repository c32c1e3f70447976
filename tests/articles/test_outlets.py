"""Whole pages in the shapes that outlets of our countries use, written in our own words."""

from dataclasses import dataclass

import pytest

from monitor.articles import extract

KOREAN = (
    "정부는 5일 항만 물류비 지원을 내년까지 연장하기로 했다고 밝혔다. 대상은 삼백여 곳이다.",
    "담당 국장은 “현장의 어려움이 여전하다”며 “상반기 안에 추가 대책을 내놓겠다”고 말했다.",
    "업계는 환영하면서도 지원 규모가 충분하지 않다는 반응을 보였다. 협회는 의견서를 낼 예정이다.",
)
CHINESE = (
    "据了解，今年前两个月该港集装箱吞吐量同比增长百分之六，其中对韩航线增幅最大，达到百分之九点四。",
    "港务集团负责人表示，新开通的两条航线将进一步缩短货物在途时间，为中小企业节约成本。",
    "业内人士认为，下半年运价仍将保持平稳，但燃油价格的变化值得关注。",
)
JAPANESE = (
    "政府は５日、港湾の物流費への支援を来年まで延長すると発表した。対象は中小の輸出企業となる。",
    "担当局長は記者会見で「現場の厳しさは続いている」と述べ、上半期中に追加策をまとめる考えだ。",
    "業界からは歓迎の声が上がる一方、規模が足りないとの指摘も出ている。協会は意見書を提出する。",
)
ENGLISH = (
    "The government said Tuesday it would extend its freight subsidies until the end of next year.",
    "A senior official told reporters that shippers were still struggling and promised more steps.",
    "Trade groups welcomed the move but said the amount fell short of what members had asked for.",
)
GERMAN = (
    "Die Regierung verlängert die Zuschüsse für kleine Exporteure, wie das Ministerium mitteilte.",
    "Ein Sprecher sagte vor Journalisten, viele Speditionen litten weiter unter hohen Kosten.",
    "Verbände begrüßten den Plan, nannten die Summe aber zu niedrig für ihre Mitglieder.",
)
KO, ZH, JA = "항만 물류비 지원 연장", "前两月港口吞吐量增长百分之六", "港湾物流費の支援を延長"
EN, DE = "Seoul extends freight subsidies", "Regierung verlängert Zuschüsse"


def p(lines: tuple[str, ...], indent: str = "") -> str:
    return "".join(f"<p>{indent}{line}</p>" for line in lines)


@dataclass(frozen=True)
class Case:
    html: str
    url: str
    title: str
    body: tuple[str, ...]
    published: str
    authors: tuple[str, ...]
    picture: tuple[str, str] = ("", "")
    updated: str = ""


CASES = {
    "korean system with a figure above the text": Case(
        f"""<html lang=ko><title>{KO} - 동해신문</title><meta property=og:title content="{KO}">
        <header><h3 class=heading>{KO}</h3><ul class=infomation><li>김하늘 기자</li>
        <li>입력 2024.03.05 14:22</li><li>댓글 0</li></ul></header>
        <article id=article-view-content-div><figure><img src=a><figcaption>부산항의 컨테이너.
        사진=동해신문DB</figcaption></figure>{p(KOREAN)}</article>
        <p class=copyright>저작권자 © 동해신문 무단전재 및 재배포 금지</p>""",
        "https://www.donghae.co.kr/news/articleView.html?idxno=1",
        KO,
        KOREAN,
        "2024-03-05T14:22:00+09:00",
        ("김하늘",),
        ("부산항의 컨테이너.", "동해신문DB"),
    ),
    "old korean page without any declaration": Case(
        f"""<title>[경제] {KO} : 서해일보</title><table><tr><td><div class=view_title>
        <span>{KO}</span></div><div class=view_date>기사입력 2024-03-05 오후 2:22:00 | 최종수정
        2024-03-05 오후 3:10:00</div><div id=articleBody>{"<br><br>".join(KOREAN)}<br><br>
        박바다 기자 sea@west.co.kr<br><br>&lt;저작권자 ⓒ 서해일보, 무단 전재 금지&gt;</div>
        </table>""",
        "https://www.westdaily.co.kr/n/1",
        KO,
        KOREAN,
        "2024-03-05T14:22:00+09:00",
        ("박바다",),
        updated="2024-03-05T15:10:00+09:00",
    ),
    "chinese portal with the clock in a nameless line": Case(
        f"""<title>{ZH}--经济--东方网</title><meta name=publishdate content=2024-03-05>
        <div class=rm_txt><h1>{ZH}</h1><div class="author cf">王海涛</div>
        <div class=col-1-1>2024年03月05日14:22 | 来源：<a href=#>东方日报</a></div>
        <div class=rm_txt_con><p><img src=x></p><p style=text-align:center>繁忙的码头。李明摄</p>
        {p(CHINESE, "　　")}</div><div class=edit>(责编：赵云、孙立)</div></div>""",
        "http://finance.dongfang.cn/n1/2024/0305/c1-2.html",
        ZH,
        CHINESE,
        "2024-03-05T14:22:00+08:00",
        ("王海涛",),
    ),
    "chinese page that declares the desk's editor": Case(
        f"""<title>{ZH}_新海网</title><meta name=author content=孙立><h1>{ZH}</h1>
        <span class=date>2024年03月05日 14:22</span><div class=article>{p(CHINESE, "　　")}
        <p>　　海量资讯、精准解读，尽在新海财经APP</p><p>(作者：王海涛)</p></div>
        <div>【责任编辑:孙立】</div>""",
        "https://finance.xinhai.com.cn/1",
        ZH,
        CHINESE,
        "2024-03-05T14:22:00+08:00",
        ("王海涛",),
    ),
    "news agency with the date in three elements": Case(
        f"""<title>{ZH}-东华网</title><div class=header-time><span><em>2024</em></span>
        <span><em>03</em>/<em>05</em></span> <span class=time>14:22:10</span></div><h1>{ZH}</h1>
        <div id=detail><span>{p(CHINESE)}</span><div><span>【纠错】</span> <span>
        【责任编辑:张三丰】</span></div></div>""",
        "http://www.donghua.cn/fortune/c.html",
        ZH,
        CHINESE,
        "2024-03-05T14:22:10+08:00",
        (),
    ),
    "japanese page with its name behind a wide colon": Case(
        f"""<html lang=ja><title>{JA}：東海新聞デジタル</title>
        <meta property=og:title content="{JA}：東海新聞デジタル"><main><p>有料記事</p><h1>{JA}</h1>
        <div><span>ソウル＝山田太郎</span><time datetime=2024-03-05T05:22:00.000Z>2024年3月5日
        14時22分</time></div><figure><img src=x><figcaption>釜山港のコンテナ＝2024年3月4日、
        佐藤花子撮影
        </figcaption></figure><div>{p(JAPANESE, "　")}</div></main>""",
        "https://digital.tokai.jp/articles/A.html",
        JA,
        JAPANESE,
        "2024-03-05T14:22:00+09:00",
        ("山田太郎",),
        ("釜山港のコンテナ＝2024年3月4日", "佐藤花子"),
    ),
    "japanese page whose update has no year": Case(
        f"""<html lang=ja><title>{JA} | 西海新聞</title><header><h1>{JA}</h1><div>
        <time datetime=2024-03-05T14:22:00+09:00>2024/3/5 14:22</time>（最終更新
        <time datetime=2024-03-05T15:10:00+09:00>3/5 15:10</time>）</div></header>
        <section>{p(JAPANESE, "　")}<p>【佐藤花子、鈴木一郎】</p></section>""",
        "https://saikai.jp/articles/1.html",
        JA,
        JAPANESE,
        "2024-03-05T14:22:00+09:00",
        ("佐藤花子", "鈴木一郎"),
        updated="2024-03-05T15:10:00+09:00",
    ),
    "english page of a korean paper": Case(
        f"""<html lang=en><title>{EN} - The Harbor Herald</title><h1>{EN}</h1>
        <p>By <span>Kim Min-su</span> (minsu@harbor.example)</p>
        <p>Published : Mar 5, 2024 - 14:22:10</p><p>Updated : Mar 5, 2024 - 15:10:00</p>
        <article><div><img src=x><p class=caption>Containers at Busan Port on Monday. (Yonhap)</p>
        </div>{p(ENGLISH)}<p>By Kim Min-su (minsu@harbor.example)</p></article>""",
        "https://www.harborherald.co.kr/view.php?ud=1",
        EN,
        ENGLISH,
        "2024-03-05T14:22:10+09:00",
        ("Kim Min-su",),
        ("Containers at Busan Port on Monday.", "Yonhap"),
        "2024-03-05T15:10:00+09:00",
    ),
    "american page with the clock before each day": Case(
        f"""<html lang=en><title>{EN} - Bay Chronicle</title><article><h1>{EN}</h1>
        <div class=byline>By JANE ROE and JOHN Q. DOE, Associated Press</div>
        <div class=timestamp>Updated 3:10 PM EST, March 5, 2024<br>Published 2:22 PM EST, March 5,
        2024</div><div><img src=x><div>Containers in Busan, Monday, March 4, 2024.
        (AP Photo/Ann Poe)</div></div>{p(ENGLISH)}</article>""",
        "https://www.baychronicle.com/1",
        EN,
        ENGLISH,
        "2024-03-05T14:22:00-05:00",
        ("JANE ROE", "JOHN Q. DOE"),
        ("Containers in Busan, Monday, March 4, 2024.", "AP Photo/Ann Poe"),
        "2024-03-05T15:10:00-05:00",
    ),
    "german page with kicker and date in paragraphs": Case(
        f"""<html lang=de><title>{DE} - Hafenblatt</title><main><article><header>
        <p class=dachzeile>Handel</p><h1>{DE}</h1><p class=autor>Von Anna Muster und Max
        Beispiel, Hamburg</p><p class=datum>05.03.2024, 14:22 Uhr</p></header>{p(GERMAN)}
        <p>(dpa/mus)</p></article></main>""",
        "https://www.hafenblatt.de/1",
        DE,
        GERMAN,
        "2024-03-05T14:22:00+01:00",
        ("Anna Muster", "Max Beispiel"),
    ),
    "german page that names its author in a box below": Case(
        f"""<html lang=de><title>{DE} | Welle</title><meta name=author content="Welle (welle.de)">
        <h1>{DE}</h1><time datetime=2024-03-05T14:22:00+01:00></time><div>{p(GERMAN)}</div><ul>
        {"<li>Thema</li>" * 150}<li><strong>Autorin/Autor</strong> Anna Muster</li></ul>""",
        "https://www.welle.de/1",
        DE,
        GERMAN,
        "2024-03-05T14:22:00+01:00",
        ("Anna Muster",),
    ),
    "page whose authors are links to their pages alone": Case(
        f"""<html lang=en><title>{EN} | El Muelle</title><article><h1>{EN}</h1>
        <p><a href=/autos/1>Cars</a></p><div><a href=/autor/ana-ruiz/>Ana Ruiz</a> /
        <a href=/autor/luis-gil/>Luis Gil</a></div><div>Madrid -
        <time datetime=2024-03-05T13:22:00Z>05 mar 2024 - 14:22 CET</time></div>{p(ENGLISH)}
        </article>""",
        "https://elmuelle.es/1",
        EN,
        ENGLISH,
        "2024-03-05T14:22:00+01:00",
        ("Ana Ruiz", "Luis Gil"),
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_a_page_of_each_shape_is_read_whole(name: str) -> None:
    """Headline, times, names, picture and every paragraph come out, and nothing else."""
    case = CASES[name]
    article = extract(case.html.encode(), case.url)
    assert article.title == case.title
    assert article.body == case.body
    assert article.published is not None
    assert article.published.isoformat() == case.published
    assert (article.updated.isoformat() if article.updated else "") == case.updated
    assert article.authors == case.authors
    if case.picture != ("", ""):
        assert (article.caption, article.credit) == case.picture


def test_the_summary_of_a_portal_is_no_caption() -> None:
    """ "media" in the name of a summary says where it stands, not that it belongs to a picture."""
    page = f"""<html lang=ko><title>{KO}</title><h2 class=media_end_head_headline>{KO}</h2>
        <article id=dic_area><strong class=media_end_summary>상반기 추가 대책</strong><span>
        <img src=x><em class=img_desc>부산항 전경. [연합뉴스]</em></span>
        {"<br><br>".join(KOREAN)}</article>"""
    article = extract(page.encode(), "https://n.portal.example/1")
    assert (article.caption, article.credit) == ("부산항 전경.", "연합뉴스")


@pytest.mark.parametrize("name", ["Kim Min-su", "Juan de la Cruz", "Sid Muster", "Maria de Souza"])
def test_parts_of_names_are_no_words_of_the_trade(name: str) -> None:
    """A given name may read like minutes, an agency or a domain."""
    page = f'<meta name=author content="{name}"><h1>{EN}</h1>{p(ENGLISH)}'
    assert extract(page.encode()).authors == (name,)


@pytest.mark.parametrize("label", ["Asia", "World news", "국제", "国际新闻"])
def test_section_name_above_the_headline_is_no_paragraph(label: str) -> None:
    """A word or two that stand above headline and text, in no list or heading, are left out."""
    text = (
        "Trucks stood in line for two kilometres at the border after a second bridge was opened "
        "to goods, and drivers said that they had not seen so many since the spring of 2019."
    )
    page = f"""<html><head><meta property="og:title" content="Trucks line up at the border">
        </head><body><div id="page"><span class="column">{label}</span>
        <div class="headline">Trucks line up at the border</div>
        <div class="text_area">{text}<br><br>{text.replace("Trucks", "Lorries")}</div></div>
        </body></html>"""
    assert extract(page.encode(), url="https://news.example/a/1").body[0] == text


@pytest.mark.parametrize(
    ("host", "source"),
    [
        ("xn--vg1b002a.xn--3e0b707e", "뉴스.한국"),
        ("www.xn--3e0b707e.kr", "한국.kr"),
        ("127.0.0.1", ""),
    ],
)
def test_a_site_without_a_name_is_called_by_its_host_in_letters(host: str, source: str) -> None:
    """Nobody reads xn--…; a bare number is no name."""
    html = f"<html><body><article><h1>{EN}</h1>{p(ENGLISH)}</article></body></html>"
    assert extract(html.encode(), f"https://{host}/1").source == source
