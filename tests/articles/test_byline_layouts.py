"""Bylines as layouts and outlets print them, in the scripts that we read."""

import pytest

from monitor.articles import extract
from tests.articles.pages import CHINESE, JAPANESE, KOREAN, PROSE, page, structured

HEADLINE = "Council agrees to rebuild the northern quay"
URL = "https://harbourpost.example/2026/05/30/quay"
TEXTS = {"en": PROSE, "ko": KOREAN, "zh": CHINESE, "ja": JAPANESE, "ru": PROSE, "hi": PROSE}


def _authors(byline: str, language: str = "en", head: str = "", tail: str = "") -> list[str]:
    headline = "港口委员会同意重建码头" if language == "zh" else HEADLINE
    top = f"<h1>{headline}</h1>{byline}"
    html = page(head=head, top=top, prose=TEXTS[language], bottom=tail, lang=language)
    return list(extract(html, URL).authors)


@pytest.mark.parametrize(
    ("byline", "names"),
    [
        ('<p class="byline">By Ada Lindqvist of The Harbour Post</p>', ["Ada Lindqvist"]),
        ('<p class="byline">By Ada Berg in Seoul and Bo Ek in Wien</p>', ["Ada Berg", "Bo Ek"]),
        ('<p class="byline">ADA LINDQVIST<br>Associated Press</p>', ["ADA LINDQVIST"]),
        ('<div class="author"><b>Ada Berg</b><i>Diplomatic editor</i></div>', ["Ada Berg"]),
        ('<p class="credits">Words by Ada Lindqvist. Photographs by Bo Ek.</p>', ["Ada Lindqvist"]),
        ('<p class="meta">30 May 2026 · Ada Lindqvist</p>', ["Ada Lindqvist"]),
        ('<p class="byline">Correspondent: Ada Lindqvist</p>', ["Ada Lindqvist"]),
        ('<p class="byline">By Kim Tong-ho and Ana de Paz</p>', ["Kim Tong-ho", "Ana de Paz"]),
        ('<p class="byline">Photo: Bo Ek</p>', []),
        ('<p class="author">By <b>Ada Berg</b><i>Korrespondent Wien</i></p>', ["Ada Berg"]),
        ('<p class="author"><b>By Ada Berg and Bo Ek</b> <i>AP</i></p>', ["Ada Berg", "Bo Ek"]),
        ('<p class="image-author">Foto: COAST/Bo Ek</p>', []),
        ('<blockquote><p class="author">Bo Ek</p></blockquote>', []),
        ("<p><b>Bo Ek</b>, from the quay, said he had waited</p>", []),
        ('<div data-testid="byline-contributor"><span>Ada Berg</span></div>', ["Ada Berg"]),
        ("<p><b>Ada Lindqvist</b><br>Vienna correspondent</p>", ["Ada Lindqvist"]),
        ("<p><b>North Korea</b><br>World News</p>", []),
        ("<p>Ada Lindqvist, Harbour Post</p>", ["Ada Lindqvist"]),
        ("<p>Interview: Ada Lindqvist</p>", ["Ada Lindqvist"]),
        ("<p><em>Reporting by Ada Berg; Editing by Cy Park</em></p>", ["Ada Berg"]),
    ],
)  # fmt: skip
def test_titles_places_and_photographers_beside_a_name(byline: str, names: list[str]) -> None:
    """A writer's title, house, place and photographer are none of the name."""
    assert _authors(byline) == names


@pytest.mark.parametrize(
    ("language", "byline", "tail", "names"),
    [
        ("ko", "", "<p>홍길동 한강일보 기자 hong@post.example</p>", ["홍길동"]),
        ("ko", "<ul><li>홍길동 기자</li><li>김철수 기자</li></ul>", "", ["홍길동", "김철수"]),
        ("ko", '<span class="byline">편집국</span>', "", []),
        ("zh", '<span class="reporter">王小明 / 綜合報導</span>', "", ["王小明"]),
        ("zh", '<span class="author">翟晓虎 王小明</span>', "", ["翟晓虎", "王小明"]),
        ("zh", '<span class="author">作者：约翰·史密斯</span>', "", ["约翰·史密斯"]),
        ("ja", "", "<p>工事の費用は市が負担する。（ソウル＝山田太郎）</p>", ["山田太郎"]),
        ("ja", '<p class="writer">編集委員 山田太郎</p>', "", ["山田太郎"]),
        ("ja", '<span class="author">山田 太郎</span>', "", ["山田 太郎"]),
        ("ko", '<em class="byline">홍길동 경제부장</em>', "", ["홍길동"]),
        ("ko", '<p class="writer">도쿄/홍길동 특파원</p>', "", ["홍길동"]),
        ("ko", '<span class="author">네이버</span>', "", []),
        ("ko", "<p><span>기자 홍길동</span><span>입력 2026.05.30 17:50</span></p>", "", ["홍길동"]),
        ("zh", "<p>记者王明报道</p>", "", ["王明"]),
        ("zh", "<p>作者：王小明 李红</p>", "", ["王小明", "李红"]),
        ("zh", "", "<p>（作者王小明系海港大学教授）</p>", ["王小明"]),
        ("zh", "<p>國際中心／王小明報導</p>", "", ["王小明"]),
        ("ja", "<p>国際部 山田太郎</p>", "", ["山田太郎"]),
        ("ja", "", "<p>（論説委員　山田太郎）</p>", ["山田太郎"]),
        ("ja", "", "<p>町は揺れている。（聞き手・山田太郎）</p>", ["山田太郎"]),
        ("ru", '<span class="author">Автор: Иван Петров</span>', "", ["Иван Петров"]),
        ("hi", '<span class="author">रमेश वर्मा</span>', "", ["रमेश वर्मा"]),
    ],
)
def test_names_of_every_script(language: str, byline: str, tail: str, names: list[str]) -> None:
    """Outlets, desks and places beside a name are left out in every script."""
    assert _authors(byline, language, tail=tail) == names


@pytest.mark.parametrize("login", ["webmaster", "alindqvist", "a.lindqvist", "Heryadi"])
def test_a_login_gives_way_to_the_name_in_the_byline(login: str) -> None:
    """What the publishing system calls its user is not who wrote the story."""
    head = structured(headline=HEADLINE, author={"@type": "Person", "name": login})
    assert _authors('<p class="byline">By Ada Lindqvist</p>', head=head) == ["Ada Lindqvist"]


def test_a_printed_byline_that_names_more_is_taken() -> None:
    """Where a page declares only the first of those its byline names, all are authors."""
    head = structured(author={"name": "Ada Berg"})
    byline = '<p class="byline">By Ada Berg, Bo Ek and Cy Park</p>'
    assert _authors(byline, head=head) == ["Ada Berg", "Bo Ek", "Cy Park"]


@pytest.mark.parametrize("account", ["Super User", "Site Owner"])
def test_the_name_of_an_account_is_no_author(account: str) -> None:
    """What a system fills in as author gives way to the byline, also one below the text."""
    head = f'<meta name="author" content="{account}">'
    byline = '<div class="post-footer"><span class="post-author">By Ada Berg</span></div>'
    assert _authors("", head=head, tail=byline) == ["Ada Berg"]


def test_an_editor_whom_a_page_declares_is_no_author() -> None:
    """Chinese pages declare the desk's editor; the line below the text says who it is."""
    head = '<meta name="author" content="王小明">'
    assert _authors("", "zh", head, "<p>责编：王小明 审核：李红</p>") == []


def test_a_correspondents_city_is_no_part_of_a_declared_name() -> None:
    """Japanese outlets declare the place with the name: "ソウル=山田太郎"."""
    assert _authors("", "ja", structured(author={"name": "ソウル=山田太郎"})) == ["山田太郎"]


def test_a_line_that_is_cut_for_reading_does_not_end_there() -> None:
    """Words that run on behind the sixtieth character of a paragraph are no reporter's title."""
    lead = "항만위원회는 화요일 오전 세 시간에 걸친 회의 끝에 북쪽 부두를 다시 짓기로 했다고 함. "
    rest = "중국 상무부는 "
    rest += "기자들과 만나 부두를 함께 살펴보겠다고 말했으며 공사는 내년 봄에 시작될 예정이다."
    assert _authors("", "ko", tail=f"<p>{lead}{rest}</p>") == []
