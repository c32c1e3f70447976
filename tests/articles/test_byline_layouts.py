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
