"""Makes feed text fit for an XML parser, changing as little as possible.

What is always taken away: the XML declaration (the text is decoded already), the document type
with everything it declares (no entity is ever expanded or fetched: billion laughs, XXE), control
characters XML forbids, and anything before the first "<". What is mended only when the text is not
well-formed: HTML entities that XML does not know become characters, an "&" that starts no entity
becomes "&amp;", references to forbidden characters go. CDATA sections stay as they are.
"""

import contextlib
import html
import re
from xml.parsers import expat

_CONTROLS = bytes((*range(9), 11, 12, *range(14, 32)))
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_ELEMENT = re.compile(r"<[A-Za-z_:\u0080-\uffff]")
_ITEM_START = re.compile(r"<(?:[\w.-]+:)?(?:item|entry|url)(?=[\s>])", re.IGNORECASE)
_ITEM_END = re.compile(r"</(?:[\w.-]+:)?(?:item|entry|url)\s*>", re.IGNORECASE)
_SUBSET_END = re.compile(r"\]\s*>")
_AMPERSAND = re.compile(
    r"<!\[CDATA\[.*?(?:\]\]>|\Z)|&(?:(amp|lt|gt|quot|apos);|#(\d{1,8});|#[xX]([0-9a-fA-F]{1,7});"
    r"|([A-Za-z][A-Za-z0-9]{1,31});)?",
    re.S,
)


def bare(text: str) -> str:
    """Return `text` without control characters, and with nothing of its prolog but comments.

    The prolog is everything before the first element: white space or junk, the XML declaration,
    processing instructions, comments and document types. A document type inside an item's CDATA
    section is content and stays.
    """
    text = _purged(text)
    kept: list[str] = []
    at = text.find("<")
    while at >= 0 and not _ELEMENT.match(text, at):
        if text.startswith("<!--", at):
            end = text.find("-->", at) + 3
            if end < 3:
                return ""
            kept.append(text[at:end])
        elif text[at : at + 9].upper() == "<!DOCTYPE":
            end = _end_of_doctype(text, at)
        else:
            end = text.find(">", at) + 1
        if end <= at:
            return ""
        at = text.find("<", end)
    return "".join(kept) + text[at:] if at >= 0 else ""


def _purged(text: str) -> str:
    """Return `text` without the characters that XML forbids."""
    try:
        data = text.encode()
    except UnicodeEncodeError:  # an unpaired surrogate
        return _FORBIDDEN.sub("", text)
    # Almost every text is clean, and this finds out in a third of the time.
    clean = len(data.translate(None, _CONTROLS)) == len(data)
    if clean and "\ufffe" not in text and "\uffff" not in text:
        return text
    return _FORBIDDEN.sub("", text)


def _end_of_doctype(text: str, start: int) -> int:
    end = text.find(">", start)
    if text.find("[", start, end) >= 0:
        close = _SUBSET_END.search(text, start)
        return close.end() if close else 0
    return end + 1


def without_cut_item(text: str, root: str) -> tuple[str, bool]:
    """Return `text` without the item that its end goes through, and whether it is cut off at all.

    A document is cut off when nothing closes its root element.

    Args:
        text: from `bare`.
        root: local name of its root element.
    """
    name = rf"(?:[\w.-]+:)?{re.escape(root)}"
    end = re.compile(rf"</{name}\s*>|<{name}(?:\s[^<>]*)?/>", re.IGNORECASE)
    if end.search(text, max(0, len(text) - 2_000)) or end.search(text):
        return text, False
    begun = max((found.start() for found in _ITEM_START.finditer(text)), default=-1)
    if begun < 0 or _ITEM_END.search(text, begun):
        return text, True
    return text[:begun], True


def well_formed(data: bytes) -> bool:
    """Whether `data` (UTF-8) is well-formed XML, namespaces bound, without a document type."""
    parser = expat.ParserCreate("utf-8", namespace_separator=" ")
    parser.StartDoctypeDeclHandler = _refuse
    try:
        parser.Parse(data, True)
    except (expat.ExpatError, ValueError):
        return False
    return True


def open_elements(head: str) -> list[tuple[str, str]]:
    """Return name and start tag of the elements that are open at the end of a document's beginning.

    Args:
        head: well-formed as far as it goes; what follows a fault is not looked at.
    """
    opened: list[tuple[str, dict[str, str]]] = []
    parser = expat.ParserCreate("utf-8")
    parser.StartElementHandler = lambda name, attributes: opened.append((name, attributes))
    parser.EndElementHandler = lambda _name: opened.pop()
    parser.StartDoctypeDeclHandler = _refuse
    with contextlib.suppress(expat.ExpatError, ValueError):
        parser.Parse(head.encode("utf-8", "replace"), False)
    return [(name, _start_tag(name, attributes)) for name, attributes in opened]


def _start_tag(name: str, attributes: dict[str, str]) -> str:
    said = (f' {key}="{html.escape(value)}"' for key, value in attributes.items())
    return f"<{name}{''.join(said)}>"


def _refuse(*_: object) -> None:
    raise ValueError("a document type")


def escaped(text: str) -> str:
    """Return `text` with stray ampersands, HTML entities and forbidden references made harmless."""
    return _AMPERSAND.sub(_mend, text)


def _mend(match: "re.Match[str]") -> str:
    whole: str = match[0]
    if whole.startswith("<") or match[1]:
        return whole
    if match[2] or match[3]:
        number = int(match[2]) if match[2] else int(match[3], 16)
        return whole if _allowed(number) else ""
    if match[4]:
        char = html.unescape(whole)
        if char != whole and not char.endswith(";"):
            return char.replace("&", "&amp;").replace("<", "&lt;")
    return "&amp;" + whole[1:]


def _allowed(number: int) -> bool:
    """Whether XML 1.0 has this character (section 2.2)."""
    return (
        number in {0x9, 0xA, 0xD}
        or 0x20 <= number <= 0xD7FF
        or 0xE000 <= number <= 0xFFFD
        or 0x10000 <= number <= 0x10FFFF
    )


def recovered(text: str) -> str:
    """Return whatever of `text` makes a well-formed document, "" if nothing does."""
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, recover=True)
    try:
        root = etree.fromstring(text.encode("utf-8", "replace"), parser)
    except etree.XMLSyntaxError:
        return ""
    return "" if root is None else str(etree.tostring(root, encoding="unicode"))
