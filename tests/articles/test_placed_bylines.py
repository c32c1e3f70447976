"""Lines that name the writer by their place: at the head and the end of a text."""

import pytest

from monitor.articles import Profiles, extract

TEXTS = {
    "ko": (
        "항만위원회, 북쪽 부두를 다시 짓기로 합의했다",
        "항만위원회는 월요일 북쪽 부두를 다시 짓기로 합의했다고 밝혔다. 공사는 봄에 시작된다.",
        "위원회는 예산을 두 차례로 나누어 집행하기로 했다. 시민 단체는 환영한다고 말했다.",
    ),
    "zh": (
        "市議會同意重建北碼頭",
        "市議會週一同意重建北碼頭，工程預計在明年春天開始，預算分兩次撥付，市民團體表示歡迎。",
        "議會發言人說，碼頭在去年的風暴中受損，重建後可停靠更大的船隻，並將設置新的候船室。",
    ),
    "ja": (
        "市議会、北埠頭の再建で合意",
        "市議会は月曜日、北埠頭を再建することで合意した。工事は来春に始まり、予算は二回に分けて支出される。",
        "埠頭は昨年の嵐で壊れ、より大きな船が着けるようになる。市民団体は歓迎すると述べた。",
    ),
    "en": (
        "Council agrees to rebuild northern quay",
        "The council agreed on Monday to rebuild the northern quay, and work is to begin soon.",
        "Officials said the quay was damaged in a storm and will take larger ships once rebuilt.",
    ),
}


def authors(
    language: str, *, top: str = "", begin: str = "", bottom: str = "", head: str = ""
) -> tuple[str, ...]:
    """Read the authors of a bare page, without the spaces that some write inside a name."""
    title, first, second = TEXTS[language]
    html = (
        f"<html lang={language}><head><title>{title} - Quay</title>{head}</head><body>"
        f"<h1>{title}</h1>{top}<div class=x1><p>{begin}{first}</p><p>{second}</p>{bottom}</div>"
        "</body></html>"
    )
    found = extract(html, "https://www.quay.example/n/1", profiles=Profiles({})).authors
    return found if language == "en" else tuple(name.replace(" ", "") for name in found)


@pytest.mark.parametrize(
    ("language", "line", "names"),
    [
        ("ko", "<div>홍길동 기자</div>", ("홍길동",)),
        ("ko", "<div>기자 홍길동</div>", ("홍길동",)),
        ("ko", "<span>홍길동기자</span>", ("홍길동",)),
        ("ko", "<div>[항만일보 홍길동 기자]</div>", ("홍길동",)),
        ("ko", "<p>글·사진 홍길동 기자</p>", ("홍길동",)),
        ("ko", "<div>홍길동 선임기자</div>", ("홍길동",)),
        ("ko", "<div>홍길동 기자 hong@quay.example</div>", ("홍길동",)),
        ("ko", '<div><a href="/r/1">홍길동</a> 기자</div>', ("홍길동",)),
        ("ko", "<div>입력 2024.09.30 09:58 | 홍길동 기자</div>", ("홍길동",)),
        ("ko", "<div><strong>홍길동</strong><span>기자</span></div>", ("홍길동",)),
        ("ko", "<div>정치부 홍길동 기자</div>", ("홍길동",)),
        ("ko", "<div>베이징=홍길동 특파원</div>", ("홍길동",)),
        ("ko", "<div>홍길동 논설위원</div>", ("홍길동",)),
        ("ko", "<div>홍길동·김철수 기자</div>", ("홍길동", "김철수")),
        ("ko", "<div>홍길동 기자, 김철수 기자</div>", ("홍길동", "김철수")),
        ("zh", "<div>記者王小明／台北報導</div>", ("王小明",)),
        ("zh", "<div>王小明／台北報導</div>", ("王小明",)),
        ("zh", "<div>文／王小明</div>", ("王小明",)),
        ("zh", "<div>文：王小明</div>", ("王小明",)),
        ("zh", "<div>圖／文：王小明</div>", ("王小明",)),
        ("zh", "<div>作者｜王小明</div>", ("王小明",)),
        ("zh", "<div>撰文｜王小明</div>", ("王小明",)),
        ("zh", "<div>採訪／王小明</div>", ("王小明",)),
        ("zh", "<div>記者 王小明 報導</div>", ("王小明",)),
        ("zh", "<div>作者：王小明</div>", ("王小明",)),
        ("zh", "<div>來源：北碼頭報 作者：王小明</div>", ("王小明",)),
        ("zh", "<div>2024-09-30 09:58 記者王小明</div>", ("王小明",)),
        ("zh", "<div>王小明 綜合報導</div>", ("王小明",)),
        ("zh", "<span>記者</span><span>王小明</span>", ("王小明",)),
        ("zh", "<div>本报记者 王小明</div>", ("王小明",)),
        ("zh", "<div>特约评论员 王小明</div>", ("王小明",)),
        ("zh", "<div>文字：王小明　攝影：李大華</div>", ("王小明",)),
        ("zh", "<div>編譯王小明／綜合外電</div>", ("王小明",)),
        ("ja", "<div>山田太郎</div>", ("山田太郎",)),
        ("ja", "<div>文＝山田太郎</div>", ("山田太郎",)),
        ("ja", "<div>取材・文／山田太郎</div>", ("山田太郎",)),
        ("ja", "<div>山田太郎記者</div>", ("山田太郎",)),
        ("ja", "<div>編集委員・山田太郎</div>", ("山田太郎",)),
        ("ja", "<div>執筆者：山田太郎</div>", ("山田太郎",)),
        ("ja", "<div>2024年9月30日 9時58分 山田太郎</div>", ("山田太郎",)),
        ("ja", "<div>ライター：山田太郎</div>", ("山田太郎",)),
        ("ja", '<div class="author">山田 太郎</div>', ("山田太郎",)),
        ("en", "<p>By Ada Lindqvist</p>", ("Ada Lindqvist",)),
        (
            "en",
            '<div>By <a href="/people/ada">Ada Lindqvist</a>, Staff Writer</div>',
            ("Ada Lindqvist",),
        ),
        ("en", "<div>Ada Lindqvist | September 30, 2024</div>", ("Ada Lindqvist",)),
        ("en", "<div>Published September 30, 2024 by Ada Lindqvist</div>", ("Ada Lindqvist",)),
        ("en", "<div><span>by</span> <b>Ada Lindqvist</b></div>", ("Ada Lindqvist",)),
        ("en", "<div>Written by: Ada Lindqvist</div>", ("Ada Lindqvist",)),
        (
            "en",
            '<div class="meta"><a rel="author" href="/a">Ada Lindqvist</a></div>',
            ("Ada Lindqvist",),
        ),
        ("en", "<div>Story by Ada Lindqvist, The Quay</div>", ("Ada Lindqvist",)),
        ("en", "<div>Reporting by Ada Lindqvist in Seoul</div>", ("Ada Lindqvist",)),
    ],
)
def test_a_line_under_the_headline(language: str, line: str, names: tuple[str, ...]) -> None:
    """A line between headline and text names the writer."""
    assert authors(language, top=line) == names


@pytest.mark.parametrize(
    ("language", "line", "names"),
    [
        ("ko", "<p>홍길동 기자 hong@quay.example</p>", ("홍길동",)),
        ("ko", "<p>항만뉴스 홍길동입니다.</p>", ("홍길동",)),
        ("ko", "<p>서울에서 항만뉴스 홍길동 기자입니다.</p>", ("홍길동",)),
        ("ko", "<p>/홍길동 기자</p>", ("홍길동",)),
        ("ko", "<p>[홍길동 기자 / hong@quay.example]</p>", ("홍길동",)),
        ("ko", "<p>(끝) 홍길동 기자</p>", ("홍길동",)),
        ("ko", "<p>홍길동(hong@quay.example)</p>", ("홍길동",)),
        ("zh", "<p>（記者王小明）</p>", ("王小明",)),
        ("zh", "<p>（评论员 王小明）</p>", ("王小明",)),
        ("zh", "<p>（王小明）</p>", ("王小明",)),
        ("zh", "<p>(作者：王小明)</p>", ("王小明",)),
        ("zh", "<p>記者：王小明</p>", ("王小明",)),
        ("zh", "<p>撰文：王小明</p>", ("王小明",)),
        ("zh", "<p>【記者王小明】</p>", ("王小明",)),
        ("zh", "<p>（北碼頭報記者 王小明 報道）</p>", ("王小明",)),
        ("zh", "<p>責任編輯：李大華</p>", ()),
        ("ja", "<p>【山田太郎】</p>", ("山田太郎",)),
        ("ja", "<p>（山田太郎）</p>", ("山田太郎",)),
        ("ja", "<p>(文・山田太郎)</p>", ("山田太郎",)),
        ("ja", "<p>（北京・山田太郎）</p>", ("山田太郎",)),
        ("ja", "<p>＝山田太郎</p>", ("山田太郎",)),
    ],
)
def test_a_line_below_the_text(language: str, line: str, names: tuple[str, ...]) -> None:
    """A line under the last paragraph names the writer; a desk editor is none."""
    assert authors(language, bottom=line) == names


@pytest.mark.parametrize(
    ("language", "line", "names"),
    [
        ("ko", "(서울=항만뉴스) 홍길동 기자 = ", ("홍길동",)),
        ("ko", "[항만뉴스=홍길동 기자] ", ("홍길동",)),
        ("zh", "【記者王小明台北報導】", ("王小明",)),
        ("zh", "（記者王小明、李大華／台北報導）", ("王小明", "李大華")),
        ("zh", "北碼頭報9月30日電（記者 王小明）", ("王小明",)),
        ("ja", "【ソウル＝山田太郎】", ("山田太郎",)),
    ],
)
def test_a_line_at_the_head_of_the_text(language: str, line: str, names: tuple[str, ...]) -> None:
    """The first paragraph opens with who wrote it."""
    assert authors(language, begin=line) == names


@pytest.mark.parametrize(
    ("language", "line", "names"),
    [
        ("en", '<meta name=author content="admin">', ()),
        ("en", '<meta name=author content="12345">', ()),
        ("en", '<meta name=author content="news@quay.example">', ()),
        ("en", '<meta name=author content="anonymous">', ()),
        ("en", '<meta name=author content="SECTIONS Buy Now">', ()),
        ("en", '<meta name=author content="https://facebook.com/quay">', ()),
        (
            "en",
            '<meta name="byl" content="user_77">',
            (),
        ),
    ],
)
def test_a_line_in_a_meta_tag(language: str, line: str, names: tuple[str, ...]) -> None:
    """Numbers, accounts, addresses and menus are nobody."""
    assert authors(language, head=line) == names


@pytest.mark.parametrize(
    ("top", "names"),
    [
        ("<div><span>von</span><span>Ada Lind</span><time>30.05.2026</time></div>", ("Ada Lind",)),
        ("<div>di <b>Ada Lind</b></div>", ("Ada Lind",)),
        ("<div><i>Ada Lind</i><i>30 May 2026</i></div>", ("Ada Lind",)),
        ("<div>30 May 2026</div><div>Ada Lind</div><div>2 min read</div>", ("Ada Lind",)),
        ("<div><i>Ada Lind</i><i>Seoul</i><i>The Associated Press</i></div>", ("Ada Lind",)),
        (
            "<div><a>Ada Lind</a>, <a>Bo Ek</a> and <a>Cy Park</a><time>5:04</time></div>",
            ("Ada Lind", "Bo Ek", "Cy Park"),
        ),
        ("<p>Ada Lind</p><p>Bo Ek</p><p>vor 3 Stunden</p>", ("Ada Lind", "Bo Ek")),
        ("<p>Written by Ada Lind</p>", ("Ada Lind",)),
        ("<p>Ada Lind</p><p>30.</p><p>5.2026</p>", ("Ada Lind",)),  # a divided day
        # What stands two pieces away is not beside a name:
        ("<p>Ada Lind</p><p>Seoul</p><p>Harbours</p><p>30 May 2026</p>", ()),
        ("<p>By <a>Ada Lind</a> <a>Ada Lind</a></p>", ("Ada Lind",)),
        ("<div><b>Von:</b> <b>ada lind</b></div>", ("ada lind",)),
        # Whom the picture shows, and who took it:
        ("<p>30 May 2026</p><p>Bo Ek</p><p>Photo: Quay Pictures</p><p>Ada Lind</p>", ()),
        ("<p>Photo:</p><p>Bo Ek</p><p>30 May 2026</p>", ()),
        ("<div><i>The Council</i><i>30 May 2026</i></div>", ()),
        # Nobody signs but a house:
        ("<p>Von dpa</p>", ("dpa",)),
        ("<div><i>Associated Press</i><i>30 May 2026</i></div>", ("Associated Press",)),
    ],
)
def test_layout_divides_a_byline_and_calls_none_of_it_so(top: str, names: tuple[str, ...]) -> None:
    """A name counts for the preposition, time, outlet or title that stands beside it."""
    assert authors("en", top=top) == names


def test_the_byline_beside_the_text_goes_before_names_elsewhere() -> None:
    """Another story's writer, in an element called so, gives way to the one who signs here."""
    other = '<div class="author">Bo Ek</div>'
    assert authors("en", top="<p>By</p><p>Ada Lind</p>", bottom="</div><div>" + other) == (
        "Ada Lind",
    )


@pytest.mark.parametrize(
    ("head", "name", "found"),
    [
        ("", "Middle East", ("Middle East",)),
        ('<meta property="article:section" content="Middle East">', "Middle East", ()),
        ('<meta name="author" content="Associated Press">', "Ada Lind", ("Associated Press",)),
    ],
)
def test_a_name_beside_the_time_alone_yields_to_what_the_page_declares(
    head: str, name: str, found: tuple[str, ...]
) -> None:
    """A section of the shape of a name signs nothing, nor does anybody before a declared agency."""
    assert authors("en", top=f"<p>{name}</p><p>30 May 2026</p>", head=head) == found


def test_whom_the_story_is_about_does_not_sign_it() -> None:
    """A name beside the time that the first paragraphs speak of is no writer's."""
    line = "<p>Bo Ek</p><p>30 May 2026</p>"
    assert authors("en", top=line, begin="Bo Ek asked for it. ") == ()


def test_the_heading_most_like_the_title_stands_over_the_byline() -> None:
    """Where the page prints another headline than it declares, names below it still count."""
    heading = "<h2>Northern quay: council agrees</h2><p>von</p><p>Ada Lind</p><h1>More videos</h1>"
    html = (
        f"<html lang=en><head><title>Council agrees to rebuild the northern quay</title></head>"
        f"<body>{heading}<div>{''.join(f'<p>{line}</p>' for line in TEXTS['en'][1:])}</div></body>"
    )
    found = extract(html, "https://www.quay.example/n/1", profiles=Profiles({})).authors
    assert found == ("Ada Lind",)


def test_a_language_to_switch_to_is_no_name() -> None:
    """The links to a story in other languages stand where a byline may stand."""
    assert authors("ja", top="<ul><li>English</li><li>日本語</li><li>Français</li></ul>") == ()
