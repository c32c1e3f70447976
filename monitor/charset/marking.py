"""Bytes that Python's codecs do not know: what the browsers read there, or a mark.

Decoding with the error handler `MARKING` gives the characters of NEC and IBM in EUC-JP and
ISO-2022-JP, those of Microsoft in Big5, a lone byte among ASCII in UTF-8 as windows-1252 has it,
and U+FFFD for the rest.
"""

import codecs
import re

MARK = "\ufffd"
MARKING = "monitor.marking"
_HIGH = bytes(range(0x80, 0x100))
# A lead byte of UTF-8 and what may follow it, both as windows-1252 shows them.
_SCRAMBLED = re.compile("[\xc2-\xf4][\x80-\xbf\u0152-\u0192\u02c6\u02dc\u2013-\u2122]")


def read_as(data: bytes, name: str) -> str:
    """Return bytes as the browsers read them under a codec; U+FFFD is what cannot be read."""
    text = data.decode(name, MARKING)
    # Python gives bytes that Shift_JIS does not have a place in the private use area.
    return re.sub("[\uf8f0-\uf8f3]", MARK, text) if name == "cp932" else text


def unscrambled(text: str) -> str:
    """Undo double encoding: UTF-8 that was once read as windows-1252 ("â€™" for an apostrophe).

    Nothing happens unless every character that is not ASCII takes part, which no real text does.
    """
    if text.isascii() or not _SCRAMBLED.search(text):
        return text
    try:
        return text.encode("cp1252", MARKING).decode("utf-8")
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


codecs.register_error(MARKING, _marked)
