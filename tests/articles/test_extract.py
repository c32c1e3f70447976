"""A whole page to a record, and the bodies that are none."""

import pytest

from monitor.articles import extract, wire_text
from monitor.errors import NoArticle
from tests.articles.pages import CHINESE, KOREAN, PROSE, meta, page, structured

STORY = page(
    head="<title>Council agrees to rebuild the northern quay - Harbour Post</title>"
    + meta(
        og__site_name="Harbour Post",
        og__title="Council agrees to rebuild the northern quay",
        og__url="https://harbourpost.example/quay",
    )
    + structured(
        headline="Council agrees to rebuild the northern quay",
        datePublished="2024-09-29T01:58:00Z",
        dateModified="2024-09-29T03:05:00Z",
        articleSection="Harbour",
        author={"@type": "Person", "name": "Ada Lindqvist"},
        image={"caption": "The northern quay at low tide. /HPA"},
    ),
    top="<h1>Council agrees to rebuild the northern quay</h1>"
    '<span class="date">2024.09.29 09:58 GMT+8</span>',
    prose=("SEOUL, Sept. 30 (Yonhap) -- " + PROSE[0], *PROSE[1:]),
    bottom='<div class="related"><h3>RELATED STORIES</h3><a href="/x">Another quay</a></div>',
)


def test_a_page_becomes_a_wire_record() -> None:
    """Every field of the record is read, and the text has the wire's shape."""
    article = extract(STORY, "https://harbourpost.example/quay?from=feed")
    assert article.title == "Council agrees to rebuild the northern quay"
    assert article.section == "Harbour"
    assert article.source == "Harbour Post"
    assert article.authors == ("Ada Lindqvist",)
    assert article.agency == "Yonhap"
    assert article.dateline == "SEOUL, Sept. 30 (Yonhap) --"
    assert (article.caption, article.credit) == ("The northern quay at low tide.", "HPA")
    assert article.language == "en"
    assert article.url == "https://harbourpost.example/quay"
    assert article.canonical == ""
    assert article.origin == "page"
    text = wire_text(article)
    assert text.startswith("Harbour\n2024.09.29 09:58 GMT+8\n\nCouncil agrees")
    assert "RELATED" not in text


@pytest.mark.parametrize(
    ("url", "canonical", "own"),
    [
        ("https://m.post.example/1?utm_source=rss", "https://www.post.example/1", "canonical"),
        ("https://post.example/1?utm_source=rss&id=2", "", "https://post.example/1?id=2"),
        ("https://post.example/1", "https://agency.example/9", "https://post.example/1"),
        ("https://post.example/1?page=2", "https://post.example/", "https://post.example/1?page=2"),
        ("", "https://post.example/1", "canonical"),
    ],
)
def test_the_url_is_the_pages_own(url: str, canonical: str, own: str) -> None:
    """The canonical url of the same site, or the one fetched without tracking; never another's."""
    html = page(
        head=f'<link rel="canonical" href="{canonical}">', top="<h1>Quay to be rebuilt</h1>"
    )
    assert extract(html, url).url == (canonical if own == "canonical" else own)


@pytest.mark.parametrize(
    ("head", "name"),
    [
        ('<meta property="og:site_name" content="Harbour Post">', "Harbour Post"),
        ('<meta property="og:site_name" content="post.example">', "post.example"),
        ("<title>Quay to be rebuilt - Harbour Post</title>", "Harbour Post"),
        (
            '<meta property="og:site_name" content="post.example">'
            "<title>Quay to be rebuilt | Harbour Post</title>",
            "Harbour Post",
        ),
        ("", ""),
    ],
)
def test_the_source_is_a_name_and_no_number(head: str, name: str) -> None:
    """A host stands in only where the page names nobody, an IP address never."""
    assert extract(page(head=head), "http://192.0.2.7/1").source == name


def test_text_and_bytes_read_alike() -> None:
    """A page that was decoded already gives the same record."""
    assert extract(STORY) == extract(STORY.encode())


@pytest.mark.parametrize(
    ("opening", "agency", "dateline"),
    [
        ("新华社北京9月30日电", "Xinhua", "新华社北京9月30日电"),
        ("（中央社記者王小明台北30日電）", "CNA", "（中央社記者王小明台北30日電）"),
        ("中新社北京9月30日电 ", "China News Service", "中新社北京9月30日电"),
    ],
)
def test_chinese_datelines(opening: str, agency: str, dateline: str) -> None:
    """The dateline is a field of its own, and the first paragraph keeps it."""
    article = extract(page(prose=(opening + CHINESE[0], *CHINESE[1:]), lang="zh"))
    assert (article.agency, article.dateline) == (agency, dateline)
    assert article.body[0].startswith(opening.strip())


def test_a_korean_dateline() -> None:
    """Place and agency in brackets, and the reporter up to the equals sign."""
    opening = "(서울=연합뉴스) 홍길동 기자 = "
    article = extract(page(prose=(opening + KOREAN[0], *KOREAN[1:]), lang="ko"))
    assert article.agency == "Yonhap"
    assert article.dateline == opening.strip()
    assert article.authors == ("홍길동",)


@pytest.mark.parametrize(
    ("caption", "words", "credit"),
    [
        ("The quay at low tide. /CFP", "The quay at low tide.", "CFP"),
        ("The quay at low tide. [Photo/Xinhua]", "The quay at low tide.", "Xinhua"),
        ("The quay at low tide. (Photo: Ada Lindqvist)", "The quay at low tide.", "Ada Lindqvist"),
        ("The quay at low tide. Photo: Ada Lindqvist", "The quay at low tide.", "Ada Lindqvist"),
        ("The quay at low tide © Reuters", "The quay at low tide", "Reuters"),
        ("간조 때의 북쪽 부두. 사진=연합뉴스", "간조 때의 북쪽 부두.", "연합뉴스"),
        ("退潮时的北面码头。新华社供图", "退潮时的北面码头。", "新华社"),
        ("The quay (right) at low tide", "The quay (right) at low tide", ""),
        ("Ships and/or boats at the quay", "Ships and/or boats at the quay", ""),
    ],
)
def test_captions_and_credits_come_apart(caption: str, words: str, credit: str) -> None:
    """The credit is told from the caption however it is set off, and remarks stay."""
    article = extract(page(head=structured(image={"caption": caption})))
    assert (article.caption, article.credit) == (words, credit)


@pytest.mark.parametrize(
    "figure",
    [
        "<figcaption>The quay at low tide. <span class='credit'>Photo: HPA</span></figcaption>",
        "<figcaption><span>The quay at low tide.</span><span>HPA</span></figcaption>",
        "<figcaption><p>The quay at low tide.</p><small>© HPA</small></figcaption>",
        "<span class='copyright'>© HPA</span><figcaption>The quay at low tide.</figcaption>",
        "<figcaption>The quay at low tide. /HPA</figcaption>",
    ],
)
def test_the_lead_figure_gives_caption_and_credit(figure: str) -> None:
    """Caption and credit are told apart by name, by order, by sign or by the slash."""
    html = page(top=f"<h1>Quay to be rebuilt</h1><figure><img src='q.jpg'>{figure}</figure>")
    article = extract(html)
    assert (article.caption, article.credit) == ("The quay at low tide.", "HPA")
    assert article.body == PROSE


def test_a_teasers_figure_is_not_the_lead_picture() -> None:
    """A picture of another story before the story's own is passed over."""
    figure = "<figure><figcaption>{} at the quay.</figcaption></figure>"
    html = page(
        top="<h1>Quay to be rebuilt</h1>"
        f"<div class='related-teaser'>{figure.format('Another ship')}</div>"
        f"{figure.format('The old crane')}"
    )
    assert extract(html).caption == "The old crane at the quay."


@pytest.mark.parametrize(
    "head",
    [
        structured(articleSection="Harbour"),
        meta(article__section="Harbour"),
        '<script type="application/ld+json">{"@type": "BreadcrumbList", "itemListElement": ['
        '{"position": 1, "name": "Home"}, {"position": 2, "name": "Harbour"}]}</script>',
        '<div><span class="section">Harbour</span></div>',
        "<title>Council agrees to rebuild the quay--Harbour--Harbour Post</title>"
        "<h1>Council agrees to rebuild the quay</h1>",
    ],
)
def test_sections_are_declared(head: str) -> None:
    """JSON-LD, meta tags, breadcrumbs, labels and the title tag name the section."""
    assert extract(page(head=head)).section == "Harbour"


def test_the_section_is_given_in_the_readers_words() -> None:
    """A menu label in the page's language goes before the address's English word."""
    html = page(
        head=meta(article__section="economy"),
        top='<ul><li><a href="https://news.example.kr/news/economy/">경제</a></li></ul>'
        "<h1>항만위원회, 북쪽 부두를 다시 짓기로</h1>",
        prose=KOREAN,
        lang="ko",
    )
    assert extract(html, "https://news.example.kr/news/economy/4917").section == "경제"


def test_a_saved_page_still_names_its_source() -> None:
    """Without a host worth printing the title's tail or the named source stand in for it."""
    prose = ("港口委员会星期二开会三个小时，同意重建北面的码头，工程将在明年春天开始。",) * 4
    titled = page(head="<title>港口委员会同意重建码头--海港网</title>", prose=prose, lang="zh")
    named = page(head='<meta name="source" content="来源：海港晚报">', prose=prose, lang="zh")
    assert extract(titled, "http://127.0.0.1:8000/a").source == "海港网"
    assert extract(named, "http://127.0.0.1:8000/a").source == "海港晚报"


def test_a_section_may_be_a_part_of_the_outlets_name() -> None:
    """ "Korea" in the Korea Herald is a section, not the outlet."""
    html = page(head=meta(og__site_name="The Korea Post", article__section="Korea"))
    assert extract(html, "https://www.koreapost.example/a").section == "Korea"


@pytest.mark.parametrize(
    "script",
    [
        '<!-- {"@type": "NewsArticle", "articleSection": "Harbour"} -->',
        '{"@type": "NewsArticle", "articleSection": "Harbour",}',
        '{"@type": "NewsArticle", "description": "two\nlines", "articleSection": "Harbour"}',
        '{"@type": "WebSite"}{"@type": "NewsArticle", "articleSection": "Harbour"}',
        '{"@type": "NewsArticle", "headline": "a "quoted" word", "articleSection": "Harbour"}',
        '{"@graph": [{"@type": ["NewsArticle"], "articleSection": ["Harbour"]}]}',
        '{"@type": "NewsArticle", "articleSection": "Harbour"};',
    ],
)
def test_broken_structured_data_is_mended(script: str) -> None:
    """Comments, commas, raw line feeds and unquoted quotes do not hide what can be read."""
    html = page(head=f'<script type="application/ld+json">{script}</script>')
    assert extract(html).section == "Harbour"


@pytest.mark.parametrize(
    ("body", "words"),
    [
        (b"", "empty"),
        (b" \r\n\0\0 ", "empty"),
        (b"%PDF-1.7 ...", "PDF"),
        (b'{"title": "x"}', "JSON"),
        (b'<?xml version="1.0"?><rss version="2.0"><channel/></rss>', "rss"),
        (b"\x89PNG\r\n\x1a\n....", "PNG"),
        (bytes(range(256)) * 4, "binary"),
        (b"<html><body></body></html>", ""),
        (b"<html><body><nav><a href=/>Home</a></nav></body></html>", ""),
    ],
)
def test_what_is_no_article_is_refused_with_the_reason(body: bytes, words: str) -> None:
    """The error says what the body looks like instead."""
    with pytest.raises(NoArticle) as caught:
        extract(body)
    assert words in str(caught.value)
    assert str(caught.value)
