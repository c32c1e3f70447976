"""One decoder for feeds and pages: every encoding of the region, declared well, badly or not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.charset import codec_of, decode, utf8

KOREAN = (
    "외교부는 오늘 서울에서 한중 외교장관 회담이 열린다고 밝혔다. 양측은 한반도 정세를 논의한다."
)
CHINESE = "外交部发言人说，中韩两国外长将在首尔举行会谈，就半岛局势和经贸合作交换意见。"
TRADITIONAL = "外交部發言人說，中韓兩國外長將在首爾舉行會談，就半島局勢和經貿合作交換意見。"
JAPANESE = "外務省は、日中韓の外相がソウルで会談し、朝鮮半島情勢について意見を交わすと発表した。"
LEGACY = [
    (KOREAN, "cp949", "euc-kr"),
    (CHINESE, "gb18030", "gb2312"),
    (TRADITIONAL, "big5", "Big5"),
    (JAPANESE, "cp932", "Shift_JIS"),
    (JAPANESE, "euc_jp", "EUC-JP"),
]


def page(prose: str, declared: str = "", *, tail: str = "") -> str:
    """A page of one paragraph with a declaration or none."""
    meta = f'<meta charset="{declared}">' if declared else ""
    return f"<html><head>{meta}</head><body><p>{prose}</p><footer>{tail}</footer></body></html>"


def vendor(text: str, encoding: str) -> bytes:
    """EUC-JP or ISO-2022-JP with the characters of NEC and IBM, which Python does not write."""
    written = b""
    for char in text:
        first, second = char.encode("cp932")
        row = 2 * (first - (0x70 if first < 0xA0 else 0xB0)) - (second < 0x9F)
        cell = second - (0x7E if second >= 0x9F else 0x20 if second > 0x7E else 0x1F)
        written += bytes((row, cell))
    if encoding == "euc-jp":
        return bytes(byte | 0x80 for byte in written)
    return b"\x1b$B" + written + b"\x1b(B"


@pytest.mark.parametrize("encoding", ["euc-jp", "iso-2022-jp"])
def test_characters_of_nec_and_ibm_are_read(encoding: str) -> None:
    """①, ㈱ and 髙 are what they are in every browser, and the rest of the text with them."""
    prose = "両氏は①経済②安全で合意と㈱共同、髙橋大使。Ⅳ㍻"
    html = page("%", encoding).encode().replace(b"%", vendor(prose, encoding))
    assert decode(html).text == page(prose, encoding)
    assert decode(html).note == ""


@pytest.mark.parametrize(
    ("prose", "codec", "label"),
    [
        (JAPANESE, "iso2022_jp", "iso-2022-jp"),
        (JAPANESE, "iso2022_jp", "csISO2022JP"),
        (KOREAN, "iso2022_kr", "iso-2022-kr"),
        ("ソウル ｿｳﾙ", "iso2022_jp_ext", "ISO-2022-JP"),
        (CHINESE, "hz", "hz-gb-2312"),
    ],
)
@pytest.mark.parametrize("place", ["meta", "header"])
def test_seven_bit_encodings_are_read(prose: str, codec: str, label: str, place: str) -> None:
    """ISO 2022 and HZ are always valid UTF-8 and never meant so, on pages as in feeds."""
    html = page(prose, label if place == "meta" else "")
    header = "text/html" if place == "meta" else f"text/html; charset={label}"
    body, note = utf8(html.encode(codec), header)
    assert (body.decode(), note) == (html, "")


@pytest.mark.parametrize(("prose", "codec"), [(JAPANESE, "iso2022_jp"), (KOREAN, "iso2022_kr")])
def test_escape_sequences_tell_without_a_declaration(prose: str, codec: str) -> None:
    """Nobody writes ESC $ B but in ISO 2022."""
    assert decode(page(prose).encode(codec)).text == page(prose)


@pytest.mark.parametrize(
    ("words", "codec", "label"),
    [
        ("똠방각하 펲시콜라", "cp949", "korean"),
        ("똠방각하 펲시콜라", "cp949", "ks_c_5601-1987"),
        ("똠방각하 펲시콜라", "cp949", "KSC5601"),
        ("朱镕基 游錫堃 㐀", "gb18030", "gb2312"),
        ("𠮷野家 𠀀 朝鲜", "gb18030", "GBK"),
        ("啩喺度 嘅 香港", "big5hkscs", "big5"),
        ("碁銹裏 台北", "cp950", "Big5"),
        ("髙橋 ①", "cp932", "x-sjis"),
        ("Küche “öffnet” €", "cp1252", "iso-8859-1"),
        ("Сеул", "koi8-r", "koi8-r"),
        ("กรุงโซล", "cp874", "tis-620"),
    ],
)
def test_labels_mean_what_they_mean_to_browsers(words: str, codec: str, label: str) -> None:
    """A label stands for the widest encoding that is written under it."""
    assert decode(page(words, label).encode(codec)).text == page(words, label)


@pytest.mark.parametrize(("prose", "codec", "label"), LEGACY)
@pytest.mark.parametrize("declared", ["utf-8", "iso-8859-1", "no-such", ""])
def test_undeclared_and_misdeclared_text_is_recognised(
    prose: str, codec: str, label: str, declared: str
) -> None:
    """The bytes tell, whether or not a wrong label stands over them."""
    html = page(prose, declared)
    assert decode(html.encode(codec)).text == html
    assert decode(html.encode(codec), f"text/html; charset={label}").text == html


@pytest.mark.parametrize(("prose", "codec", "label"), LEGACY)
@pytest.mark.parametrize("declared", ["utf-8", ""])
def test_a_foreign_line_in_utf8_is_marked_and_nothing_else(
    prose: str, codec: str, label: str, declared: str
) -> None:
    """One line of an advertisement costs that line, never the text around it."""
    html = page(KOREAN, declared, tail="%")
    decoded = decode(html.encode().replace(b"%", prose[:14].encode(codec)))
    assert decoded.encoding == "utf-8"
    assert decoded.note
    before, _, after = html.partition("%")
    assert decoded.text.startswith(before)
    assert decoded.text.endswith(after)
    assert "\ufffd" in decoded.text[len(before) : -len(after)]


@pytest.mark.parametrize(("prose", "codec", "label"), LEGACY)
def test_a_line_of_utf8_in_legacy_text_is_read(prose: str, codec: str, label: str) -> None:
    """The declared encoding stays, and the line is read as what it is."""
    html = page(prose * 3, label, tail="%")
    line = "더 보기: 한반도 소식"
    decoded = decode(html.encode(codec).replace(b"%", line.encode()))
    assert decoded.text == html.replace("%", line)
    assert decoded.encoding == codec_of(label)


@pytest.mark.parametrize(("prose", "codec", "label"), LEGACY)
def test_broken_bytes_leave_the_declared_encoding(prose: str, codec: str, label: str) -> None:
    """A few bytes that the declared encoding lacks become marks and cost no letter beside them."""
    html = page(prose * 3, label, tail="<b>%</b>")
    decoded = decode(html.encode(codec).replace(b"%", b"\xff\xff"))
    assert decoded.text == html.replace("%", "\ufffd")
    assert decoded.note


def test_a_lone_byte_among_ascii_is_the_letter_it_was() -> None:
    """A stray windows-1252 letter or quotation mark in UTF-8 is read."""
    html = page(KOREAN, "utf-8", tail="caf@, it%s").encode()
    text = decode(html.replace(b"@", b"\xe9").replace(b"%", b"\x92")).text
    assert "café, it’s" in text


@pytest.mark.parametrize(
    ("header", "xml", "meta", "codec"),
    [
        ("euc-kr", "", "gb2312", "cp949"),
        ("euc-kr", "utf-8", "", "cp949"),
        ("iso-8859-1", "euc-kr", "", "cp949"),
        ("", "euc-kr", "utf-8", "cp949"),
        ("", "", "euc-kr", "cp949"),
        ("gb2312", "gb2312", "gb2312", "utf-8"),
        ("euc-kr", "euc-kr", "euc-kr", "utf-8-sig"),
        ("utf-8", "utf-8", "utf-8", "utf-16"),
    ],
)
def test_the_order_of_claims(header: str, xml: str, meta: str, codec: str) -> None:
    """Mark, valid UTF-8, header, XML declaration, meta; what reads anything comes last."""
    declaration = f'<?xml version="1.0" encoding="{xml}"?>' if xml else ""
    html = declaration + page(KOREAN, meta)
    assert decode(html.encode(codec), f"text/html; charset={header}").text == html


@pytest.mark.parametrize(
    "label", ["base64", "idna", "rot13", "utf-7", "unicode_escape", "undefined", "x" * 39, "utf-16"]
)
def test_labels_that_make_no_text_are_ignored(label: str) -> None:
    """A hostile or unknown label neither raises nor runs."""
    html = page("plain \\u0041 Küche", label)
    assert decode(html.encode("cp1252"), f"text/html; charset={label}").text == html


@given(st.binary(max_size=300), st.text(max_size=30))
def test_any_bytes_become_text(body: bytes, content_type: str) -> None:
    """No bytes and no header make the decoding fail."""
    decoded = decode(body, f"text/html; charset={content_type}")
    assert codec_of(decoded.encoding) or decoded.encoding.startswith("utf")
    assert isinstance(utf8(body, content_type)[0].decode(), str)


@pytest.mark.parametrize("odd", [*LEGACY, (KOREAN, "utf-8", ""), (CHINESE, "utf-8", "")])
@pytest.mark.parametrize(("prose", "codec", "label"), LEGACY)
@pytest.mark.parametrize("declared", [True, False])
def test_a_foreign_line_decides_nothing(
    prose: str, codec: str, label: str, odd: tuple[str, str, str], declared: bool
) -> None:
    """Whatever else stands in one line, all others are read in their own encoding."""
    paragraphs = "</p>\n<p>".join([prose, prose[:30], prose[5:], prose])
    html = page(paragraphs, label if declared else "", tail="%")
    body = html.encode(codec).replace(b"%", odd[0][:16].encode(odd[1]))
    before, _, after = html.partition("%")
    text = decode(body).text
    assert text.startswith(before)
    assert text.endswith(after)


@pytest.mark.parametrize("odd", [b"\xed\xa0\x80", b"\xed\xbf\xbf"])
def test_halves_of_characters_are_no_utf8(odd: bytes) -> None:
    """A surrogate amid a UTF-8 line of a legacy page is a fault of that line, not of the reader."""
    prose = f"<p>{KOREAN}</p>\n" * 3
    line = "서울에서 만난".encode() + odd + "양국 외교장관 회담".encode() + b"\n"
    body = page("%", "euc-kr").encode().replace(b"%", prose.encode("euc-kr") + line)
    assert prose.strip() in decode(body).text
