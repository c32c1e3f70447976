"""Pages in the encodings that Korean, Chinese and Japanese outlets use, declared well or badly."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.articles import extract
from monitor.articles.encoding import decode
from tests.articles.pages import CHINESE, KOREAN, page

JAPANESE = (
    "港の委員会は火曜日に三時間の会議を開き、北側の岸壁を造り直すことで合意した。",
    "工事は春に始まり、終わるまでに二年ほどかかる見通しだと委員会は説明している。",
)
TAIWANESE = (
    "港口委員會星期二開會三個小時，同意重建北面的碼頭，工程將在明年春天開始。",
    "委員會表示，整個工程大約需要兩年時間才能完成，費用由市政府承擔。",
)


@pytest.mark.parametrize(
    ("encoding", "declared", "prose"),
    [
        ("cp949", "euc-kr", KOREAN),
        ("gb18030", "gb2312", CHINESE),
        ("gb18030", "gbk", CHINESE),
        ("big5", "big5", TAIWANESE),
        ("cp932", "Shift_JIS", JAPANESE),
        ("euc_jp", "euc-jp", JAPANESE),
        ("utf-8", "utf-8", KOREAN),
        ("utf-8", "gb2312", CHINESE),
    ],
)
@pytest.mark.parametrize("place", ["header", "meta"])
def test_declared_encodings(
    encoding: str, declared: str, prose: tuple[str, ...], place: str
) -> None:
    """Header and meta tag are believed, unless the bytes are valid UTF-8 all the same."""
    charset = f'<meta charset="{declared}">' if place == "meta" else ""
    html = page(prose=prose).replace('<meta charset="utf-8">', charset)
    content_type = f"text/html; charset={declared}" if place == "header" else ""
    article = extract(html.encode(encoding), content_type=content_type)
    assert article.body == prose


@pytest.mark.parametrize(
    ("encoding", "prose"),
    [
        ("cp949", KOREAN),
        ("gb18030", CHINESE),
        ("big5", TAIWANESE),
        ("cp932", JAPANESE),
        ("euc_jp", JAPANESE),
    ],
)
@pytest.mark.parametrize("declared", ["", "utf-8", "no-such-encoding"])
def test_undeclared_and_misdeclared_encodings(
    encoding: str, prose: tuple[str, ...], declared: str
) -> None:
    """Without a declaration that fits, the encoding is told by its everyday characters."""
    html = page(prose=prose * 2).replace('charset="utf-8"', f'charset="{declared}"')
    text, used = decode(html.encode(encoding))
    assert prose[0] in text, used


def test_korean_syllables_beyond_the_old_standard_are_read() -> None:
    """EUC-KR on a page means CP949, as in browsers."""
    text, _ = decode("똠방각하 펲시콜라".encode("cp949"), "text/html; charset=euc-kr")
    assert text == "똠방각하 펲시콜라"


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_a_byte_order_mark_settles_it(encoding: str) -> None:
    """A mark at the start goes before every declaration."""
    text, _ = decode("부두".encode(encoding), "text/html; charset=gb2312")
    assert text == "부두"


def test_a_page_cut_in_a_character_is_still_utf8() -> None:
    """Half a character at the end does not turn the page into another encoding."""
    text, used = decode("항만위원회는 부두".encode()[:-1])
    assert used == "utf-8"
    assert text.startswith("항만위원회는")


@given(st.binary(max_size=300), st.text(max_size=30))
def test_any_bytes_become_text(body: bytes, content_type: str) -> None:
    """No bytes and no header make the decoding fail."""
    text, used = decode(body, content_type)
    assert isinstance(text, str)
    assert used
