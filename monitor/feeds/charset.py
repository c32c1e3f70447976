"""Bytes to text: which character encoding a feed really is in.

Servers, XML declarations and the bytes disagree every day, and a body decoded twice is lost. So
the decision is made once, here, and in this order: byte order mark; valid UTF-8 whatever is
declared (a wrong legacy label over UTF-8 bytes is the commonest fault, and legacy text is hardly
ever valid UTF-8 by chance); the XML declaration; the Content-Type header; a guess between the
encodings of the desk's languages. RFC 7303 would let the header win over the declaration, but
newsrooms set the declaration in their CMS and forget the header.

Labels are read as the browsers read them (WHATWG Encoding): euc-kr means cp949, gb2312 means
gb18030, iso-8859-1 means windows-1252, since the narrow reading loses syllables that are in use.
"""

import codecs
import re
from collections.abc import Callable
from dataclasses import dataclass

_ALIASES = {
    "euc-kr": "cp949",
    "euckr": "cp949",
    "ks_c_5601-1987": "cp949",
    "ks_c_5601": "cp949",
    "ksc5601": "cp949",
    "korean": "cp949",
    "windows-949": "cp949",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "x-gbk": "gb18030",
    "gb_2312-80": "gb18030",
    "chinese": "gb18030",
    "shift_jis": "cp932",
    "shift-jis": "cp932",
    "sjis": "cp932",
    "x-sjis": "cp932",
    "windows-31j": "cp932",
    "x-euc-jp": "euc_jp",
    "big5": "big5hkscs",
    "iso-8859-1": "cp1252",
    "iso8859-1": "cp1252",
    "latin1": "cp1252",
    "latin-1": "cp1252",
    "us-ascii": "cp1252",
    "ascii": "cp1252",
    "tis-620": "cp874",
    "iso-8859-9": "cp1254",
    "utf8": "utf-8",
    "unicode": "utf-16",
}
_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# "<?xm" and "<rss" without a byte order mark (XML 1.0, appendix F).
_WIDE_STARTS = ((b"<\0", "utf-16-le"), (b"\0<", "utf-16-be"))
_DECLARED = re.compile(rb"""^\s*<\?xml[^>]{0,200}?encoding\s*=\s*["']([\w.:-]{2,40})["']""", re.I)
_META = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?([\w.:-]{2,40})""", re.I)
_HEADER = re.compile(r"""charset\s*=\s*["']?([\w.:-]{2,40})""", re.I)
_GUESS_SAMPLE = 100_000
_CJK_MARKS = frozenset("，。、：；？！“”‘’《》（）「」『』…—·　")
_FEW_BAD_BYTES = 0.02  # of all bytes above 0x7f


@dataclass(frozen=True, slots=True)
class Decoded:
    """Text with the Python name of its encoding and a note where the bytes were doubtful."""

    text: str
    encoding: str
    note: str = ""


def decode(body: bytes, content_type: str = "") -> Decoded:
    """Decode a feed or page; never fails, bytes that make no sense become U+FFFD or Latin letters.

    Args:
        body: as received, content encoding undone.
        content_type: the Content-Type header, "" if there was none.
    """
    for mark, name in _BOMS:
        if body.startswith(mark):
            return Decoded(body[len(mark) :].decode(name, "replace"), name)
    for start, name in _WIDE_STARTS:
        if body.startswith(start):
            return Decoded(body.decode(name, "replace"), name)
    declared = _label(_DECLARED.match(body[:1024])) or _label(_META.search(body[:2048]))
    header = _label(_HEADER.search(content_type))
    # The ISO 2022 family writes Korean and Japanese in seven bits: always valid UTF-8, never right.
    for name in (declared, header):
        if name.startswith("iso2022") and b"\x1b" in body:
            return Decoded(body.decode(name, "replace"), name)
    try:
        return Decoded(body.decode("utf-8"), "utf-8")
    except UnicodeDecodeError:
        pass
    for name in (declared, header):
        if name and name != "utf-8":
            try:
                return Decoded(_strictly(body, name), name)
            except UnicodeDecodeError:
                continue
    high = len(body) - len(body.translate(None, _HIGH))
    bad = body.decode("utf-8", "replace").count("\ufffd")
    if bad <= max(2, high * _FEW_BAD_BYTES):
        text = body.decode("utf-8", _LATIN_BYTES)
        return Decoded(text, "utf-8", f"{bad} bytes were not UTF-8 and were read as windows-1252")
    for name in (declared, header):
        if name and name != "utf-8":
            read = body.decode(name, "replace")
            if read.count("\ufffd") <= max(2, high * _FEW_BAD_BYTES):
                return Decoded(read, name, f"some bytes were not {name}")
    guess = _guess(body)
    return Decoded(
        body.decode(guess, "replace"), guess, f"no declared encoding fits; read as {guess}"
    )


def _label(match: "re.Match[bytes] | re.Match[str] | None") -> str:
    """The Python codec that a declared label stands for, "" when it is none we know."""
    if match is None:
        return ""
    raw = match[1]
    name = (raw.decode("ascii") if isinstance(raw, bytes) else raw).lower()
    name = _ALIASES.get(name, name)
    try:
        info = codecs.lookup(name)
    except LookupError:
        return ""
    # codecs.lookup also knows transforms such as "base64" that do not make text.
    if not getattr(info, "_is_text_encoding", True) or info.name in {"idna", "punycode"}:
        return ""
    return info.name


def _strictly(body: bytes, name: str) -> str:
    if name == "cp1252":
        # Five bytes are undefined in windows-1252; the browsers keep them as C1 controls.
        return body.decode("cp1252", _LATIN_BYTES)
    return body.decode(name)


def _guess(body: bytes) -> str:
    """The East Asian encoding whose reading looks most like everyday text, else windows-1252.

    The double-byte ranges overlap, so a wrong reading decodes well too; but it yields rare Han
    characters, where the right one yields Hangul, kana or the commonest few thousand.
    """
    sample = body[:_GUESS_SAMPLE]
    high = len(sample) - len(sample.translate(None, _HIGH))
    best, best_share = "cp1252", 0.6
    for name, lead, common in _GUESSES:
        letters = [char for char in sample.decode(name, "replace") if char > "\x7f"]
        # Less than that is Latin text with an accent here and there, not double bytes.
        if letters and high >= lead * len(letters):
            everyday = sum(1 for char in letters if common(char))
            share = (everyday - 5 * letters.count("\ufffd")) / len(letters)
            if share > best_share:
                best, best_share = name, share
    return best


def _is_korean(char: str) -> bool:
    return "\uac00" <= char <= "\ud7a3"


def _is_chinese(char: str) -> bool:
    # Rows 16 to 55 of GB 2312 are its 3,755 commonest characters.
    return char in _CJK_MARKS or b"\xb0" <= _row(char, "gb2312") <= b"\xd7"


def _is_japanese(char: str) -> bool:
    # Rows 16 to 47 of JIS X 0208 are its 2,965 commonest characters.
    return "\u3041" <= char <= "\u30fe" or b"\xb0" <= _row(char, "euc_jp") <= b"\xcf"


def _is_traditional(char: str) -> bool:
    # Big5 has its 5,401 commonest characters from A4 to C6.
    return char in _CJK_MARKS or b"\xa4" <= _row(char, "big5") <= b"\xc6"


def _row(char: str, encoding: str) -> bytes:
    """The first of the two bytes of a Han character in an encoding, empty when it has none."""
    if not "\u4e00" <= char <= "\u9fff":
        return b""
    try:
        return char.encode(encoding)[:1]
    except UnicodeEncodeError:
        return b""


def unscrambled(text: str) -> str:
    """Undo double encoding: UTF-8 that was once read as windows-1252 ("â€™" for an apostrophe).

    Nothing happens unless every character that is not ASCII takes part, which no real text does.
    """
    if text.isascii() or not _SCRAMBLED.search(text):
        return text
    try:
        return text.encode("cp1252", _LATIN_BYTES).decode("utf-8")
    except UnicodeError:
        return text


def _as_latin(error: UnicodeError) -> tuple[str | bytes, int]:
    """What windows-1252 has no name for, as Latin-1 has it; both ways."""
    if isinstance(error, UnicodeDecodeError):
        raw = error.object[error.start : error.end]
        return "".join(_CP1252.get(byte, chr(byte)) for byte in raw), error.end
    if isinstance(error, UnicodeEncodeError):
        return error.object[error.start : error.end].encode("latin-1"), error.end
    raise error


# Encoding, fewest high bytes a letter, and what is everyday there. Japanese comes before Chinese
# because GB 2312 has kana too, and no Chinese text is made of them.
_GUESSES: tuple[tuple[str, float, Callable[[str], bool]], ...] = (
    ("cp949", 1.8, _is_korean),
    ("euc_jp", 1.8, _is_japanese),
    ("cp932", 1.2, _is_japanese),
    ("gb18030", 1.8, _is_chinese),
    ("big5hkscs", 1.2, _is_traditional),
)
_HIGH = bytes(range(0x80, 0x100))
_CP1252 = {
    byte: bytes([byte]).decode("cp1252")
    for byte in range(0x80, 0x100)
    if byte not in {0x81, 0x8D, 0x8F, 0x90, 0x9D}
}
# A lead byte of UTF-8 and what may follow it, both as windows-1252 shows them.
_SCRAMBLED = re.compile("[\xc2-\xf4][\x80-\xbf\u0152-\u0192\u02c6\u02dc\u2013-\u2122]")
_LATIN_BYTES = "monitor.latin-bytes"
codecs.register_error(_LATIN_BYTES, _as_latin)
