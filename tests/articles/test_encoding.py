"""Pages in the encodings that Korean, Chinese and Japanese outlets use, declared well or badly."""

import pytest

from monitor.articles import extract
from monitor.charset import decode
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
    decoded = decode(html.encode(encoding))
    assert prose[0] in decoded.text, decoded.encoding
