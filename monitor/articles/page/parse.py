"""Bytes to a parsed page, or the reason why they are none.

Bodies that are no page are told by their first bytes. A page is cut at `_LARGEST` bytes and
`_MOST_TAGS` tags. The HTML parsing rules have corners whose cost grows with the square of the
input: open elements without end, formatting elements that are opened again in every paragraph
(37 kB can make 1.5 GB), one tag with thousands of attributes. No editor writes such markup, so the
tags in question are dropped before the parser sees them; the text stays.
"""

import re

from selectolax.lexbor import LexborHTMLParser

from monitor import charset
from monitor.articles.page.wrappings import fill_slots, with_roots, without_frames
from monitor.errors import NoArticle
from monitor.text.nesting import flattened

_LARGEST = 6_000_000  # bytes; the largest real pages have about 3 million
_MOST_TAGS = 40_000  # the largest real pages have 8,000
_SAFE_SIZE = 100_000  # bytes in which no nesting can become slow
_MANY_TAGS = 15_000  # above this the depth is counted
_DEEPEST = 1500  # open elements
_MOST_FORMATTING = 300  # formatting tags with attributes before they are counted exactly
_LONGEST_TAG = 60_000  # bytes; an inlined picture may be longer, so its attributes are counted
_MOST_ATTRIBUTES = 400


def parse_page(
    html: bytes | str, content_type: str = "", *, rooted: bool = False
) -> tuple[LexborHTMLParser, tuple[str, ...]]:
    """Parse a page; with the tree come notes on what was left out.

    Args:
        html: the body as it came, or text.
        content_type: the Content-Type header, a hint for the encoding.
        rooted: whether the page has shadow roots (`Page.rooted`), which looking for them costs more
            than a fiftieth of reading a page.

    Raises:
        NoArticle: the body is empty or no page; the message says what it is.
    """
    body = html.encode("utf-8", "replace") if isinstance(html, str) else html[: 2 * _LARGEST]
    _refuse_other_kinds(body[:1024])
    doubt = ""
    if isinstance(html, bytes):
        body, doubt = charset.utf8(body, content_type)
    page, notes = _tamed(body[:_LARGEST].replace(b"\0", b""))
    if not page or page.isspace():
        raise NoArticle("the page is empty")
    if len(html) > _LARGEST:
        notes = (*notes, f"only the first {_LARGEST // 1_000_000} MB of the page were read")
    page = without_frames(page)
    tree = LexborHTMLParser(with_roots(page) if rooted else page)
    if rooted:
        fill_slots(tree)
    return tree, (doubt, *notes) if doubt else notes


_KINDS = (
    (b"%PDF", "a PDF file"),
    (b"PK\x03\x04", "a ZIP archive or office document"),
    (b"\x89PNG", "a PNG picture"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"GIF8", "a GIF picture"),
    (b"RIFF", "a media file"),
    (b"\x1f\x8b", "compressed data"),
    (b"\xd0\xcf\x11\xe0", "an old office document"),
    (b"\x7fELF", "a program"),
)
_CONTROLS = bytes({*range(9), *range(16, 32)} - {0x1B})  # ISO 2022 shifts by the other three
_XML_ROOT = re.compile(
    rb"<(?:rss|feed|rdf:RDF|urlset|sitemapindex|svg|opml|Error|soap:Envelope)\b", re.IGNORECASE
)


def _refuse_other_kinds(start: bytes) -> None:
    if not start.strip(b"\xef\xbb\xbf \t\r\n\0"):
        raise NoArticle("the page is empty")
    for mark, kind in _KINDS:
        if start.startswith(mark):
            raise NoArticle(f"the body is {kind}, not a page")
    opening = start.lstrip(b"\xef\xbb\xbf \t\r\n")
    if opening.startswith((b"{", b"[")) and b"<" not in opening[:200]:
        raise NoArticle("the body is JSON, not a page")
    if opening.startswith(b"<?xml") or _XML_ROOT.match(opening):
        root = _XML_ROOT.search(opening)
        if root:
            raise NoArticle(f"the body is XML ({root[0][1:].decode('ascii')}), not a page")
        if b"<html" not in opening.lower():
            raise NoArticle("the body is XML, not a page")
    utf16 = start.startswith((b"\xff\xfe", b"\xfe\xff"))
    control = len(start) - len(start.translate(None, _CONTROLS))
    if control > 8 and control * 20 > len(start) and not utf16:
        raise NoArticle("the body is binary data, not a page")


# ------------------------------------------------------------------ markup no editor writes

_FORMATTING = rb"b|i|u|s|em|tt|big|code|font|nobr|small|strike|strong"
_DRESSED = re.compile(rb"<[bBiIuUsSeEtTcCfFnN](?:ig|m|t|ode|ont|obr|mall|trike|trong)?\s")
_FORMATTING_OPEN = re.compile(rb"<(?:" + _FORMATTING + rb")\b[^<>]*>?", re.IGNORECASE)
_FORMATTING_CLOSE = re.compile(rb"</(?:" + _FORMATTING + rb")\s*>", re.IGNORECASE)


def _tamed(page: bytes) -> tuple[bytes, tuple[str, ...]]:
    if len(_DRESSED.findall(page)) > _MOST_FORMATTING:
        opened = len(_FORMATTING_OPEN.findall(page))
        if opened - len(_FORMATTING_CLOSE.findall(page)) > 50:
            page = _FORMATTING_CLOSE.sub(b" ", _FORMATTING_OPEN.sub(b" ", page))
    if len(page) < _SAFE_SIZE:
        return page, ()
    notes: tuple[str, ...] = ()
    tags = page.count(b"<")
    if tags > _MOST_TAGS:
        notes = (f"only the first {_MOST_TAGS} tags of the page were read",)
        page = b"<".join(page.split(b"<", _MOST_TAGS)[:-1])
    if _has_endless_tag(page):
        page = b"<".join(map(_undressed, page.split(b"<")))
    return (flattened(page, _DEEPEST) if tags > _MANY_TAGS else page), notes


def _has_endless_tag(page: bytes) -> bool:
    """Look for a tag that stays open over a stretch without another one; scripts are no tags."""
    step = _LONGEST_TAG // 2
    for at in range(step, len(page), step):
        if page.find(b"<", at, at + step) < 0:
            tag = page.rfind(b"<", 0, at)
            close = page.find(b">", tag)
            if close < 0 or close > at:
                return True
    return False


def _undressed(piece: bytes) -> bytes:
    """Drop a tag's attributes where it has more than any element could mean."""
    if len(piece) < _LONGEST_TAG or not piece[:1].isalpha():
        return piece
    tag, close, rest = piece.partition(b">")
    if tag.count(b"=") <= _MOST_ATTRIBUTES and len(tag.split(None, _MOST_ATTRIBUTES)) < 400:
        return piece
    return tag.split(None, 1)[0] + close + rest
