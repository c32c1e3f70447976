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
_GUESSES = ("cp949", "gb18030", "cp932", "euc_jp", "big5hkscs")
_GUESS_SAMPLE = 200_000
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
    """The East Asian encoding with fewest undecodable bytes, else windows-1252.

    Ties go to the reading with the largest share of characters in everyday use: the double-byte
    ranges overlap, and a wrong reading yields rare Han characters, not Hangul, kana or common Han.
    """
    sample = body[:_GUESS_SAMPLE]
    high = len(sample) - len(sample.translate(None, _HIGH))
    best, best_score = "cp1252", 0.5
    for name in _GUESSES:
        text = sample.decode(name, "replace")
        letters = [char for char in text if char > "\x7f"]
        if not letters or high < 2 * len(letters) * 0.9:
            continue  # not double bytes: Latin text with an accent here and there
        bad = text.count("\ufffd") / len(letters)
        everyday = sum(map(_everyday, letters)) / len(letters)
        score = everyday - 5 * bad
        if score > best_score:
            best, best_score = name, score
    return best


def _everyday(char: str) -> bool:
    if "\uac00" <= char <= "\ud7a3" or "\u3040" <= char <= "\u30ff" or "\u3000" <= char <= "\u3011":
        return True
    if not "\u4e00" <= char <= "\u9fff":
        return False
    # GB 2312 level 1 holds the 3,755 commonest characters in rows 16 to 55.
    try:
        raw = char.encode("gb2312")
    except UnicodeEncodeError:
        try:  # Big5 level 1, the same for traditional characters.
            return b"\xa4\x40" <= char.encode("big5") <= b"\xc6\x7e"
        except UnicodeEncodeError:
            return False
    return raw[0] <= 0xD7


def _as_latin(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeDecodeError):
        raise error
    raw = error.object[error.start : error.end]
    return "".join(_CP1252.get(byte, chr(byte)) for byte in raw), error.end


_HIGH = bytes(range(0x80, 0x100))
_CP1252 = {
    byte: bytes([byte]).decode("cp1252")
    for byte in range(0x80, 0x100)
    if byte not in {0x81, 0x8D, 0x8F, 0x90, 0x9D}
}
_LATIN_BYTES = "monitor.latin-bytes"
codecs.register_error(_LATIN_BYTES, _as_latin)
