"""Bytes of a page to text, whatever its headers claim.

The order is: byte order mark, then valid UTF-8, then the charset of the Content-Type header, then
the one a meta tag names, then a guess. UTF-8 goes before the declared names because text in another
encoding is hardly ever valid UTF-8, while old declarations over pages that have long been UTF-8 are
common. Names are read as browsers read them (WHATWG Encoding Standard): gb2312 and gbk mean
gb18030, euc-kr means CP949, shift_jis means CP932, iso-8859-1 means CP1252. A declared encoding
that does not fit (more than a few bytes cannot be read) gives way to the guess: the East Asian
encoding that reads the bytes with fewest faults and most everyday characters.
"""

import codecs
import re
from collections.abc import Iterator

_SNIFFED = 4096  # bytes searched for a meta charset; the standard asks for 1024
_PIECE = 32_768  # bytes checked at once; a page's worth of text would not fit the cache
_JUDGED = 200_000  # bytes on which a guess is made
_META = re.compile(rb"""charset\s*=\s*["']?\s*([A-Za-z0-9_:.\-]{2,40})""", re.IGNORECASE)
_HEADER = re.compile(r"""charset\s*=\s*["']?\s*([A-Za-z0-9_:.\-]{2,40})""", re.IGNORECASE)
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_MEANT = {
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "gb-2312": "gb18030",
    "gb_2312-80": "gb18030",
    "x-gbk": "gb18030",
    "euc-kr": "cp949",
    "euckr": "cp949",
    "ks_c_5601-1987": "cp949",
    "ksc5601": "cp949",
    "x-windows-949": "cp949",
    "ms949": "cp949",
    "shift_jis": "cp932",
    "shift-jis": "cp932",
    "sjis": "cp932",
    "x-sjis": "cp932",
    "windows-31j": "cp932",
    "x-euc-jp": "euc_jp",
    "euc-jp": "euc_jp",
    "big5": "big5hkscs",
    "big5-hkscs": "big5hkscs",
    "x-x-big5": "big5hkscs",
    "iso-8859-1": "cp1252",
    "latin1": "cp1252",
    "us-ascii": "cp1252",
    "ascii": "cp1252",
    "iso-8859-9": "cp1254",
    "unicode": "utf-16-le",
}
_GUESSES = ("cp949", "gb18030", "big5hkscs", "euc_jp", "cp932")
# Characters that fill running text and that a wrong encoding seldom hits: particles and
# function words of Chinese, the whole of kana, the commonest Hangul syllables.
_EVERYDAY = re.compile(
    "[的一是在不了有和人这這中大为為上个個国國我以要他时時来來用们們生到作地于於出就分对對成会會可主发發年动動同工也能"
    "过過子说說产產种種面而方后後多日月，。、「」“”"
    "\u3041-\u3093\u30a1-\u30f6"
    "이다는의가을에고하지를서도은로한기사들시해있자인정그대일과것부어리나보수전장]"
)
_STRANGE = re.compile("[\ufffd\ue000-\uf8ff\uff61-\uff9f\u0080-\u009f]")


def decode(body: bytes, content_type: str = "") -> tuple[str, str]:
    """Return the text of `body` and the name of the encoding that was used.

    Never fails: bytes that the encoding does not have become U+FFFD.

    Args:
        body: the page as it came, after Content-Encoding.
        content_type: the response's Content-Type header, or "".
    """
    for mark, name in _MARKS:
        if body.startswith(mark):
            return body[len(mark) :].decode(name, "replace"), name
    try:
        return body.decode("utf-8"), "utf-8"
    except UnicodeDecodeError as fault:
        # A page cut off in the middle of a character is still UTF-8, and so is one with a few
        # stray bytes in a sea of good sequences.
        if _mostly_utf8(body, fault):
            return body.decode("utf-8", "replace"), "utf-8"
    for name in _declared(body, content_type):
        text = body.decode(name, "replace")
        if text.count("\ufffd") <= max(3, len(text) // 500):
            return text, name
    name = _guess(body[:_JUDGED])
    return body.decode(name, "replace"), name


def is_utf8(body: bytes) -> bool:
    """Tell whether a page is valid UTF-8, piece by piece: nobody wants the text of the whole."""
    at, end = 0, len(body)
    view = memoryview(body)
    try:
        while at < end:
            last = at + _PIECE >= end
            at += codecs.utf_8_decode(view[at : at + _PIECE], "strict", last)[1]
    except UnicodeDecodeError:
        return False
    return True


def _mostly_utf8(body: bytes, fault: UnicodeDecodeError) -> bool:
    if fault.start >= len(body) - 4 and fault.start > 0:
        return True
    text = body[:_JUDGED].decode("utf-8", "replace")
    bad = text.count("\ufffd")
    good = sum(1 for character in text if character > "\x7f") - bad
    return good > 20 * bad


def _declared(body: bytes, content_type: str) -> Iterator[str]:
    names = [match[1] for match in [_HEADER.search(content_type)] if match]
    names += [match.decode("ascii") for match in _META.findall(body[:_SNIFFED])]
    for name in dict.fromkeys(names):
        meant = _MEANT.get(name.lower(), name.lower())
        try:
            info = codecs.lookup(meant)
        except LookupError:
            continue
        # What claims to be UTF-8 was tried; utf-16 in a meta tag is read as UTF-8 by the standard.
        if not info.name.startswith(("utf", "hex", "base64", "rot", "zlib", "bz2", "uu", "quopri")):
            yield meant


def _guess(sample: bytes) -> str:
    best, name = 0.0, "cp1252"
    for candidate in _GUESSES:
        text = sample.decode(candidate, "replace")
        high = sum(1 for character in text if character > "\x7f")
        if not high:
            continue
        score = (len(_EVERYDAY.findall(text)) - 4 * len(_STRANGE.findall(text))) / high
        if score > best:
            best, name = score, candidate
    return name if best > 0.08 else "cp1252"
