"""Bytes to text: which character encoding a feed or page really is in, and what stands in it.

Servers, declarations and the bytes disagree every day, and a body decoded twice is lost. So the
decision is made once, here, in this order:

1. A byte order mark (XML 1.0 appendix F, WHATWG), or "<" as UTF-16 has it.
2. ISO 2022, seven bits with escape sequences: always valid UTF-8, never right as such.
3. Valid UTF-8, whatever is declared: a wrong legacy label over UTF-8 is the commonest fault, and
   legacy text is hardly ever valid UTF-8 by chance.
4. What is declared: the Content-Type header before the document's own word (RFC 7303, WHATWG). A
   claim of several bytes a character can be proven wrong and goes before one of a single byte,
   which reads everything: servers say iso-8859-1 for want of knowing.
5. A guess by chardet, among the encodings of the desk's languages.

Labels are read as the browsers read them (WHATWG Encoding): euc-kr means cp949, gb2312 means
gb18030, EUC-JP and ISO-2022-JP have the characters of NEC and IBM, since the narrow reading loses
characters that are in use.

One odd run of bytes never decides for the whole. Stretches of UTF-8 in a legacy text are read as
what they are; what remains unreadable becomes one U+FFFD a run, or, for a lone byte among ASCII
letters in UTF-8, the letter that windows-1252 has for it.

All steps are linear in the size of the body.
"""

import codecs
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from heapq import nlargest
from itertools import pairwise

MARK = "\ufffd"
_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_WIDE_STARTS = ((b"<\0", "utf-16-le"), (b"\0<", "utf-16-be"))
_ESCAPES = (
    (b"\x1b$B", "iso2022_jp_ext"),
    (b"\x1b$@", "iso2022_jp_ext"),
    (b"\x1b$)C", "iso2022_kr"),
)
_SNIFFED = 4096  # bytes searched for a declaration; the browsers look at 1024
_XML = re.compile(rb"""<\?xml[^>]{0,200}?encoding\s*=\s*["']\s*([\w.:-]{2,40})""", re.I)
_META = re.compile(rb"""<meta[^>]{0,300}?charset\s*+=\s*+["']?+\s*+([\w.:-]{2,40})""", re.I)
_HEADER = re.compile(r"""charset\s*+=\s*+["']?+\s*+([\w.:-]{2,40})""", re.I | re.A)
_PIECE = 32_768  # bytes checked at once; a page's worth of text would not fit the cache
_JUDGED = 200_000  # bytes that a guess is made on
_SURE = 10.0  # likeness to UTF-8 against which no declaration counts
_CLEAN = 0.7  # share of bytes in lines without a fault, in an encoding that still fits
_PIECES = re.compile(b"[<\n]")  # neither is the second byte of a character
_VOTING = 24  # lines, the longest, that are asked one by one
_VOTERS_BYTES = 8  # above 0x7f in such a line
_FEW_BAD = 0.02  # of all bytes above 0x7f, in an encoding that still fits
_HIGH = bytes(range(0x80, 0x100))

# Python's codec -> the one the browsers use for its label.
_WIDER = {
    "euc_kr": "cp949",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "shift_jis": "cp932",
    "shift_jis_2004": "cp932",
    "euc_jis_2004": "euc_jp",
    "big5": "big5hkscs",
    "cp950": "big5hkscs",
    "iso2022_jp": "iso2022_jp_ext",
    "iso8859-1": "cp1252",
    "ascii": "cp1252",
    "iso8859-9": "cp1254",
    "tis-620": "cp874",
    "iso8859-11": "cp874",
}
_SEVERAL_BYTES = frozenset({"cp949", "gb18030", "cp932", "euc_jp", "big5hkscs", "johab"})
_SEVEN_BITS = frozenset({"iso2022_jp_ext", "iso2022_kr", "hz"})
_ONE_BYTE = re.compile(r"cp(?:125[0-8]|866|874)|iso8859-\d{1,2}|koi8-[ru]|mac-(?:roman|cyrillic)")
# Labels that Python does not know.
_LABELS = {
    **dict.fromkeys(("ks_c_5601-1989", "ksc_5601", "windows-949", "x-windows-949"), "cp949"),
    **dict.fromkeys(("cseuckr", "csksc56011987", "iso-ir-149"), "cp949"),
    **dict.fromkeys(("gb_2312-80", "gb_2312", "gb-2312", "x-gbk", "csgb2312"), "gb18030"),
    **dict.fromkeys(("x-sjis", "windows-31j"), "cp932"),
    **dict.fromkeys(("x-euc-jp", "cseucpkdfmtjapanese", "eucjp-ms", "cp51932"), "euc_jp"),
    **dict.fromkeys(("cn-big5", "x-x-big5"), "big5hkscs"),
    **dict.fromkeys(("dos-874", "windows-874"), "cp874"),
    **dict.fromkeys(("koi", "koi8"), "koi8-r"),
    "x-cp1250": "cp1250",
    "x-cp1251": "cp1251",
    "x-cp1252": "cp1252",
    "unicode-1-1-utf-8": "utf-8",
}
_GUESSES = ("cp949", "gb18030", "big5hkscs", "euc_jis_2004", "shift_jis_2004")
# Characters of two bytes, of which the second may be ASCII.
_PAIRED = re.compile(rb"[\x80-\xff]{4,}|(?:[\x81-\xfe][\x40-\xfe]){3,}")
_MOSTLY = 0.6  # share of such bytes among those above 0x7f that no Western text reaches
_KANA = re.compile("[\u3041-\u3096\u30a1-\u30fe]")
# Markup; its first byte may be the second of a character.
_ASCII_ALONE = re.compile(rb"((?:\A|[\x80-\xff])[\x00-\x7f])[\x00-\x7f]{7,}")
_BEYOND_ASCII = re.compile("[^\x00-\x7f]")
_SOME_KANA = 0.25  # of all characters beyond ASCII; Japanese has twice that

# Four characters of three bytes or more with nothing but ASCII and two-byte characters between: no
# legacy text has that by chance.
_LONG = rb"(?:[\xe1-\xef][\x80-\xbf]{2}|\xe0[\xa0-\xbf][\x80-\xbf]|[\xf1-\xf3][\x80-\xbf]{3})"
_BETWEEN = rb"(?:[\x00-\x7f]|[\xc2-\xdf][\x80-\xbf])*+"
_UTF8_RUN = re.compile(rb"(?<![\x80-\xff])" + _LONG + rb"(?:" + _BETWEEN + _LONG + rb"){3,}+")
_FAR = re.compile("[\u0800-\ufffc\ufffe-\U0010ffff]")
_NEAR = re.compile("[\u0080-\u07ff]")
_NEAR_ALONE = re.compile("(?<![^\x00-\x7f])[\u0080-\u07ff](?![^\x00-\x7f])")
# Two-byte characters between marks are pieces of the same odd run.
_MARKED = re.compile(f"{MARK}(?:[\u0080-\u07ff]{{0,3}}{MARK})+")


@dataclass(frozen=True, slots=True)
class Decoded:
    """Text with the Python name of its encoding and a note where the bytes were doubtful."""

    text: str
    encoding: str
    note: str = ""


def decode(body: bytes, content_type: str = "") -> Decoded:
    """Decode a feed or page; never fails, bytes that make no sense become U+FFFD.

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
    if name := _seven_bits(body, content_type):
        return Decoded(body.decode(name, _MARKING), name)
    try:
        return Decoded(body.decode("utf-8"), "utf-8")
    except UnicodeDecodeError:
        return _odd(body, _claims(body, content_type))


def utf8(body: bytes, content_type: str = "") -> tuple[bytes, str]:
    """Return a body as UTF-8 with the note of `decode`; it comes back as it is when it is UTF-8."""
    wide = any(body.startswith(start) for start, _ in _WIDE_STARTS)
    if not wide and _is_utf8(body) and not _seven_bits(body, content_type):
        return body, ""
    decoded = decode(body, content_type)
    return decoded.text.encode("utf-8", "replace"), decoded.note


def _is_utf8(body: bytes) -> bool:
    """Tell whether a body is valid UTF-8, piece by piece: nobody wants the text of the whole."""
    at, end = 0, len(body)
    view = memoryview(body)
    try:
        while at < end:
            last = at + _PIECE >= end
            at += codecs.utf_8_decode(view[at : at + _PIECE], "strict", last)[1]
    except UnicodeDecodeError:
        return False
    return True


# ------------------------------------------------------------------ what is declared


def codec_of(label: str) -> str:
    """Return the Python codec that an encoding's label stands for, "" when it is none we read."""
    label = label.strip().lower()
    name = _LABELS.get(label, label)
    try:
        name = codecs.lookup(name).name
    except (LookupError, ValueError):
        return ""
    name = _WIDER.get(name, name)
    # Python also knows codecs that make no text, and some that run it ("unicode_escape").
    known = name in _SEVERAL_BYTES or name in _SEVEN_BITS or _ONE_BYTE.fullmatch(name)
    return name if known or name == "utf-8" else ""


def _claims(body: bytes, content_type: str) -> tuple[str, ...]:
    start = body[:_SNIFFED]
    labels = [found[1] for found in [_HEADER.search(content_type)] if found]
    own = (*_XML.findall(start)[:1], *_META.findall(start))
    labels += [label.decode("ascii", "replace") for label in own]
    return tuple(dict.fromkeys(name for label in labels if (name := codec_of(label))))


def _seven_bits(body: bytes, content_type: str) -> str:
    """The codec of a body in ISO 2022 or HZ, declared or not; "" when it is in neither."""
    if b"\x1b" not in body:
        hz = "hz-" in content_type.lower() or b"hz-gb-2312" in body[:_SNIFFED].lower()
        return "hz" if hz and "hz" in _claims(body, content_type) and body.isascii() else ""
    for name in _claims(body, content_type):
        if name.startswith("iso2022"):
            return name
    return next((name for mark, name in _ESCAPES if mark in body and body.isascii()), "")


# ------------------------------------------------------------------ bytes that are not UTF-8


def _odd(body: bytes, claims: tuple[str, ...]) -> Decoded:
    """Decode what is not valid UTF-8 as a whole."""
    runs = [match.span() for match in _UTF8_RUN.finditer(body)]
    rest = b"\n".join(_between(body, runs)) if runs else body
    likely = _likeness_to_utf8(rest, _count_high(body) - _count_high(rest), "utf-8" in claims)
    if likely >= _SURE:
        return _utf8_with_faults(body)
    high = _count_high(rest)
    for name in claims:
        if name in _SEVERAL_BYTES:
            marks = _read(rest, name).count(MARK)
            if marks <= max(2, high * _FEW_BAD) or _mostly_clean(rest, name):
                return _mixed(body, runs, name)
    if likely >= 1:
        return _utf8_with_faults(body)
    claimed = next((name for name in claims if _ONE_BYTE.fullmatch(name)), "")
    if claimed and not (claimed == "cp1252" and _is_paired(rest, high)):
        return _mixed(body, runs, claimed)
    name = _guess(rest)
    return _mixed(body, runs, name, f"no declared encoding fits; read as {name}")


def _mostly_clean(rest: bytes, name: str) -> bool:
    """Tell whether an encoding reads most lines without a fault, so that the others are odd ones.

    In a wrong encoding the faults are everywhere.
    """
    high = clean = 0
    for piece in _PIECES.split(rest[:_JUDGED]):
        if count := _count_high(piece):
            high += count
            clean += 0 if MARK in _read(piece, name) else count
    return clean >= _CLEAN * high


def _read(data: bytes, name: str) -> str:
    text = data.decode(name, _MARKING)
    # Python gives bytes that Shift_JIS does not have a place in the private use area.
    return re.sub("[\uf8f0-\uf8f3]", MARK, text) if name == "cp932" else text


def _likeness_to_utf8(rest: bytes, high_in_runs: int, claimed: bool) -> float:
    """Return how likely bytes with faults in them are UTF-8 all the same, from 1 on they are.

    In legacy text one character in fifty happens to be a sequence of three bytes and the rest are
    faults; in UTF-8 the faults are the exception. Sequences of two bytes come about in every third
    character of Japanese, so without a claim they count only where they stand alone, as in French.
    """
    text = rest.decode("utf-8", "replace")
    signs = high_in_runs / 3 + len(_FAR.findall(text)) + len(_NEAR_ALONE.findall(text))
    if claimed:
        signs = 4 * signs + len(_NEAR.findall(text)) / 2
    return signs / max(1, text.count(MARK))


def _utf8_with_faults(body: bytes) -> Decoded:
    text = _MARKED.sub(MARK, body.decode("utf-8", _MARKING))
    return Decoded(text, "utf-8", "some bytes were not UTF-8")


def _between(body: bytes, runs: list[tuple[int, int]]) -> Iterator[bytes]:
    ends = [(0, 0), *runs, (len(body), len(body))]
    return (body[before[1] : after[0]] for before, after in pairwise(ends))


def _mixed(body: bytes, runs: list[tuple[int, int]], name: str, note: str = "") -> Decoded:
    """Decode a body, its runs of UTF-8 as such."""
    odd = (body[start:end].decode("utf-8") for start, end in runs)
    parts: list[str] = []
    for piece in _between(body, runs):
        parts += _read(piece, name), next(odd, "")
    text = "".join(parts)
    if MARK in text:
        text = re.sub(f"{MARK}+", MARK, text)
        note = note or f"some bytes were not {name}"
    return Decoded(text, name, note)


def _count_high(data: bytes) -> int:
    return len(data) - len(data.translate(None, _HIGH))


def _is_paired(rest: bytes, high: int) -> bool:
    return _count_high(b"".join(_PAIRED.findall(rest))) >= max(4, _MOSTLY * high)


def _guess(body: bytes) -> str:
    """The East Asian encoding that most of the text looks like, else windows-1252.

    The lines vote, since one foreign line rules out the encoding of all others.
    """
    sample = body[:_JUDGED]
    if not _is_paired(sample, _count_high(sample)):
        return "cp1252"
    lines = ((_count_high(line), line) for line in _PIECES.split(sample))
    longest = nlargest(_VOTING, (pair for pair in lines if pair[0] >= _VOTERS_BYTES))
    if len(longest) > 1:
        votes: Counter[str] = Counter()
        for weight, line in longest:
            votes[_encoding_of(line)] += weight
        name, weight = votes.most_common(1)[0]
        if weight * 2 > votes.total():
            return name
    return _encoding_of(sample)


def _encoding_of(sample: bytes) -> str:
    for name in ("euc_jp", "cp932"):  # chardet finds nothing in text of kana alone
        text = sample.decode(name, "replace")
        beyond = len(_BEYOND_ASCII.findall(text))
        kana = len(_KANA.findall(text))
        if kana > beyond * _SOME_KANA and text.count(MARK) <= 1 + beyond * _FEW_BAD:
            return name
    import chardet  # a body in a thousand needs it

    found = chardet.detect(
        _ASCII_ALONE.sub(rb"\1 ", sample),
        include_encodings=(*_GUESSES, "windows-1252"),
        compat_names=False,
        no_match_encoding="windows-1252",
    )["encoding"]
    return codec_of(found or "") or "cp1252"


# ------------------------------------------------------------------ what a codec does not know


def unscrambled(text: str) -> str:
    """Undo double encoding: UTF-8 that was once read as windows-1252 ("â€™" for an apostrophe).

    Nothing happens unless every character that is not ASCII takes part, which no real text does.
    """
    if text.isascii() or not _SCRAMBLED.search(text):
        return text
    try:
        return text.encode("cp1252", _MARKING).decode("utf-8")
    except UnicodeError:
        return text


def _marked(error: UnicodeError) -> tuple[str | bytes, int]:
    """What the browsers read where Python's codec knows nothing, else U+FFFD."""
    if isinstance(error, UnicodeEncodeError):  # to windows-1252: what has no name there
        return error.object[error.start : error.end].encode("latin-1"), error.end
    if not isinstance(error, UnicodeDecodeError):
        raise error
    raw, start = error.object, error.start
    pair = raw[start : start + 2]
    if error.encoding in {"euc_jp", "iso2022_jp_ext"}:
        found = _vendor_character(pair)
    elif error.encoding == "big5hkscs":
        found = pair.decode("cp950", "ignore") if len(pair) == 2 else ""
    elif error.encoding == "gb18030":
        return ("€" if pair[:1] == b"\x80" else MARK), start + 1
    elif error.encoding == "charmap":
        return raw[start : error.end].decode("latin-1"), error.end
    elif error.encoding == "utf-8":
        return _lone_letter(raw, start) or MARK, error.end
    else:
        found = ""
    # What could not be read leaves the second byte alone, which is ASCII then.
    known = len(found) == 1 and not found.isascii()
    return (found, start + 2) if known else (MARK, error.end)


def _vendor_character(pair: bytes) -> str:
    """The character of NEC or IBM at a place of JIS X 0208 that the standard leaves open."""
    row, cell = (byte & 0x7F for byte in pair.ljust(2, b"\0"))
    # Both bytes are high, or both are not; else the second is markup.
    one_kind = pair.isascii() or not pair.translate(None, _HIGH)
    if not (one_kind and 0x21 <= row <= 0x7E and 0x21 <= cell <= 0x7E):
        return ""
    lead = (row + 1) // 2 + (0x70 if row < 0x5F else 0xB0)
    trail = cell + (0x7E if row % 2 == 0 else 0x1F + (cell >= 0x60))
    return bytes((lead, trail)).decode("cp932", "ignore")


def _lone_letter(raw: bytes, at: int) -> str:
    """A byte among ASCII in a text of UTF-8, as windows-1252 has it."""
    alone = raw[at - 1 : at].isascii() and raw[at + 1 : at + 2].isascii()
    return raw[at : at + 1].decode("cp1252", "ignore") if alone and at else ""


# A lead byte of UTF-8 and what may follow it, both as windows-1252 shows them.
_SCRAMBLED = re.compile("[\xc2-\xf4][\x80-\xbf\u0152-\u0192\u02c6\u02dc\u2013-\u2122]")
_MARKING = "monitor.marking"
codecs.register_error(_MARKING, _marked)
