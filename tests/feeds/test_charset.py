"""The text of a feed is right whatever server, declaration and bytes say of its encoding."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.errors import NotAFeed
from tests.feeds.documents import parse

KOREAN = "왕이 외교부장, 똠방각하 펲시 회담"  # 똠 and 펲 are in cp949 and not in EUC-KR
CHINESE = "中韩外长在首尔举行会谈，就半岛局势交换意见"
JAPANESE = "日中韓の外相がソウルで会談し、協力を確認した"
TRADITIONAL = "中韓外長在首爾舉行會談，就半島局勢交換意見"


def document(title: str, declared: str = "") -> str:
    """A feed of one item, with an encoding declared or not."""
    declaration = f'<?xml version="1.0" encoding="{declared}"?>' if declared else ""
    return f"{declaration}<rss><channel><item><title>{title}</title></item></channel></rss>"


def title(body: bytes, content_type: str = "") -> str:
    """The headline read."""
    return parse(body, content_type=content_type).entries[0].title


@pytest.mark.parametrize(
    ("words", "encoding", "declared"),
    [
        (KOREAN, "cp949", "euc-kr"),
        (KOREAN, "cp949", "ks_c_5601-1987"),
        (KOREAN, "utf-8", "euc-kr"),
        (KOREAN, "utf-8", ""),
        (KOREAN, "utf-16", "utf-16"),
        (KOREAN, "utf-16-le", ""),
        (KOREAN, "utf-8-sig", "euc-kr"),
        (CHINESE, "gb18030", "gb2312"),
        (CHINESE, "gbk", "GBK"),
        (CHINESE, "utf-8", "gb2312"),
        (TRADITIONAL, "big5", "big5"),
        (JAPANESE, "cp932", "Shift_JIS"),
        (JAPANESE, "euc_jp", "EUC-JP"),
        (JAPANESE, "iso2022_jp", "iso-2022-jp"),
        ("Küche “öffnet”", "cp1252", "iso-8859-1"),
        ("Küche öffnet", "utf-8", "us-ascii"),
    ],
)
def test_18_charset_fights(words: str, encoding: str, declared: str) -> None:
    """Marks and valid UTF-8 win over the declaration; labels mean what they mean to browsers."""
    assert title(document(words, declared).encode(encoding)) == words


def test_18_the_declaration_wins_over_the_header() -> None:
    """A header that says otherwise is ignored where the declaration fits."""
    body = document(KOREAN, "euc-kr").encode("cp949")
    assert title(body, "text/xml; charset=iso-8859-1") == KOREAN


def test_18_the_header_serves_where_nothing_is_declared() -> None:
    """Without a declaration the header's charset is used."""
    body = document(KOREAN).encode("cp949")
    assert title(body, 'text/xml; charset="EUC-KR"') == KOREAN


@pytest.mark.parametrize(
    ("words", "encoding"),
    [
        (KOREAN, "cp949"),
        (CHINESE, "gb18030"),
        (TRADITIONAL, "big5"),
        (JAPANESE, "cp932"),
        (JAPANESE, "euc_jp"),
        ("Äpfel für Österreich", "cp1252"),
    ],
)
def test_18_without_any_word_the_bytes_are_guessed(words: str, encoding: str) -> None:
    """Legacy East Asian bytes that nothing declares are recognised by their characters."""
    document_ = parse(document(words * 3).encode(encoding))
    assert document_.entries[0].title == words * 3
    assert any("read as" in note for note in document_.notes)


@pytest.mark.parametrize("label", ["base64", "idna", "rot13", "no-such", "hex", "utf-7", "x" * 39])
def test_18_labels_that_are_no_charsets_are_ignored(label: str) -> None:
    """A hostile or unknown label does no harm."""
    assert title(document("plain", label).encode()) == "plain"
    assert title(document("Küche", label).encode("cp1252")) == "Küche"


def test_18_a_few_bad_bytes_do_not_change_the_encoding() -> None:
    """UTF-8 with a stray byte stays UTF-8, and the byte becomes the letter it was."""
    body = document(KOREAN * 5 + " caf@", "utf-8").encode().replace(b"@", b"\xe9")
    assert title(body) == KOREAN * 5 + " café"


@given(st.binary(max_size=300))
def test_any_bytes_are_refused_or_read(noise: bytes) -> None:
    """No bytes, as body or inside an item, give anything but entries or a refusal."""
    for body in (
        noise,
        b"<rss><channel><item><title>" + noise + b"</title></item></channel></rss>",
    ):
        with suppress(NotAFeed):
            parse(body, content_type=repr(noise)[:80])
