"""A guess at the encoding of text that nothing declares, among those of the desk's languages.

chardet makes it, with two tests of ours before: whether the bytes come in pairs at all, and whether
they are kana. The lines vote, since one foreign line rules out the encoding of all others.
"""

import re
from collections import Counter
from heapq import nlargest

from monitor.charset.labels import codec_of
from monitor.charset.marking import MARK

JUDGED = 200_000  # bytes that a guess is made on
_HIGH = bytes(range(0x80, 0x100))
PIECES = re.compile(b"[<\n]")  # neither is the second byte of a character
_VOTING = 24  # lines, the longest, that are asked one by one
_VOTERS_BYTES = 8  # above 0x7f in such a line
FEW_BAD = 0.02  # of all bytes above 0x7f, in an encoding that still fits
_GUESSES = ("cp949", "gb18030", "big5hkscs", "euc_jis_2004", "shift_jis_2004")
# Characters of two bytes, of which the second may be ASCII.
_PAIRED = re.compile(rb"[\x80-\xff]{4,}|(?:[\x81-\xfe][\x40-\xfe]){3,}")
_MOSTLY = 0.6  # share of such bytes among those above 0x7f that no Western text reaches
_KANA = re.compile("[\u3041-\u3096\u30a1-\u30fe]")
# Markup; its first byte may be the second of a character.
_ASCII_ALONE = re.compile(rb"((?:\A|[\x80-\xff])[\x00-\x7f])[\x00-\x7f]{7,}")
_BEYOND_ASCII = re.compile("[^\x00-\x7f]")
_SOME_KANA = 0.25  # of all characters beyond ASCII; Japanese has twice that


def count_high(data: bytes) -> int:
    """Return how many bytes are not ASCII."""
    return len(data) - len(data.translate(None, _HIGH))


def is_paired(rest: bytes, high: int) -> bool:
    """Tell whether bytes, `high` of them not ASCII, stand for characters of two bytes each."""
    return count_high(b"".join(_PAIRED.findall(rest))) >= max(4, _MOSTLY * high)


def guess(body: bytes) -> str:
    """Return the East Asian codec that most of the text looks to be in, else cp1252."""
    sample = body[:JUDGED]
    if not is_paired(sample, count_high(sample)):
        return "cp1252"
    lines = ((count_high(line), line) for line in PIECES.split(sample))
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
        if kana > beyond * _SOME_KANA and text.count(MARK) <= 1 + beyond * FEW_BAD:
            return name
    import chardet  # a body in a thousand needs it

    found = chardet.detect(
        _ASCII_ALONE.sub(rb"\1 ", sample),
        include_encodings=(*_GUESSES, "windows-1252"),
        compat_names=False,
        no_match_encoding="windows-1252",
    )["encoding"]
    return codec_of(found or "") or "cp1252"
