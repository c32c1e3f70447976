"""The decision: marks, seven bits, UTF-8, what is declared, a guess; then the reading of it all."""

import codecs
import re
from collections.abc import Iterator
from itertools import pairwise

from msgspec import Struct

from monitor.charset.detection import FEW_BAD, JUDGED, PIECES, count_high, guess, is_paired
from monitor.charset.labels import ONE_BYTE, SEVERAL_BYTES, SNIFFED, claims
from monitor.charset.marking import MARK, MARKING, read_as

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
_PIECE = 32_768  # bytes checked at once; a page's worth of text would not fit the cache
_SURE = 10.0  # likeness to UTF-8 against which no declaration counts
_CLEAN = 0.7  # share of bytes in lines without a fault, in an encoding that still fits

# Four characters of three bytes or more with nothing but ASCII and two-byte characters between: no
# legacy text has that by chance.
_LONG = (
    rb"(?:[\xe1-\xec\xee\xef][\x80-\xbf]{2}|\xe0[\xa0-\xbf][\x80-\xbf]"
    rb"|\xed[\x80-\x9f][\x80-\xbf]|[\xf1-\xf3][\x80-\xbf]{3})"
)
_BETWEEN = rb"(?>[\x00-\x7f]++|[\xc2-\xdf][\x80-\xbf])*+"
_UTF8_RUN = re.compile(rb"(?<![\x80-\xff])" + _LONG + rb"(?>" + _BETWEEN + _LONG + rb"){3,}+")
_FAR = re.compile("[\u0800-\ufffc\ufffe-\U0010ffff]")
_NEAR = re.compile("[\u0080-\u07ff]")
_NEAR_ALONE = re.compile("(?<![^\x00-\x7f])[\u0080-\u07ff](?![^\x00-\x7f])")
# Two-byte characters between marks are pieces of the same odd run.
_MARKED = re.compile(f"{MARK}(?:[\u0080-\u07ff]{{0,3}}{MARK})+")


class Decoded(Struct, frozen=True):
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
        return Decoded(body.decode(name, MARKING), name)
    try:
        return Decoded(body.decode("utf-8"), "utf-8")
    except UnicodeDecodeError:
        return _odd(body, claims(body, content_type))


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


def _seven_bits(body: bytes, content_type: str) -> str:
    """The codec of a body in ISO 2022 or HZ, declared or not; "" when it is in neither."""
    if b"\x1b" not in body:
        hz = "hz-" in content_type.lower() or b"hz-gb-2312" in body[:SNIFFED].lower()
        return "hz" if hz and "hz" in claims(body, content_type) and body.isascii() else ""
    for name in claims(body, content_type):
        if name.startswith("iso2022"):
            return name
    return next((name for mark, name in _ESCAPES if mark in body and body.isascii()), "")


def _odd(body: bytes, claims: tuple[str, ...]) -> Decoded:
    """Decode what is not valid UTF-8 as a whole."""
    runs = [match.span() for match in _UTF8_RUN.finditer(body)]
    rest = b"\n".join(_between(body, runs)) if runs else body
    likely = _likeness_to_utf8(rest, count_high(body) - count_high(rest), "utf-8" in claims)
    if likely >= _SURE:
        return _utf8_with_faults(body)
    high = count_high(rest)
    for name in claims:
        if name in SEVERAL_BYTES:
            marks = read_as(rest, name).count(MARK)
            if marks <= max(2, high * FEW_BAD) or _mostly_clean(rest, name):
                return _mixed(body, runs, name)
    if likely >= 1:
        return _utf8_with_faults(body)
    claimed = next((name for name in claims if ONE_BYTE.fullmatch(name)), "")
    if claimed and not (claimed == "cp1252" and is_paired(rest, high)):
        return _mixed(body, runs, claimed)
    name = guess(rest)
    return _mixed(body, runs, name, f"no declared encoding fits; read as {name}")


def _mostly_clean(rest: bytes, name: str) -> bool:
    """Tell whether an encoding reads most lines without a fault, so that the others are odd ones.

    In a wrong encoding the faults are everywhere.
    """
    high = clean = 0
    for piece in PIECES.split(rest[:JUDGED]):
        if count := count_high(piece):
            high += count
            clean += 0 if MARK in read_as(piece, name) else count
    return clean >= _CLEAN * high


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
    text = _MARKED.sub(MARK, body.decode("utf-8", MARKING))
    return Decoded(text, "utf-8", "some bytes were not UTF-8")


def _between(body: bytes, runs: list[tuple[int, int]]) -> Iterator[bytes]:
    ends = [(0, 0), *runs, (len(body), len(body))]
    return (body[before[1] : after[0]] for before, after in pairwise(ends))


def _mixed(body: bytes, runs: list[tuple[int, int]], name: str, note: str = "") -> Decoded:
    """Decode a body, its runs of UTF-8 as such."""
    odd = (body[start:end].decode("utf-8") for start, end in runs)
    parts: list[str] = []
    for piece in _between(body, runs):
        parts += read_as(piece, name), next(odd, "")
    text = "".join(parts)
    if MARK in text:
        text = re.sub(f"{MARK}+", MARK, text)
        note = note or f"some bytes were not {name}"
    return Decoded(text, name, note)
