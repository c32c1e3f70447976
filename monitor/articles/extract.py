"""A news page to a wire record: the one way in.

The bytes are decoded once and parsed once (selectolax, the lexbor parser); metadata and body are
read from that one tree. Whatever the bytes are, the outcome is a record or `NoArticle` with the
reason, in bounded time and memory: bodies that are no page are told by their first bytes, a page is
cut at `_LARGEST` characters, and markup nested deeper than any editor's is flattened before it is
parsed, since tree walks cost by depth.
"""

import re

from selectolax.lexbor import LexborHTMLParser, LexborNode

from monitor import errors
from monitor.articles import jsonld
from monitor.articles.agency import agency_in, dateline_of
from monitor.articles.body import Body, read_body
from monitor.articles.encoding import decode
from monitor.articles.metadata import Metadata, read_metadata
from monitor.articles.outlet import fold
from monitor.articles.pictures import split_credit
from monitor.articles.profiles import Profile, Profiles, load_profiles
from monitor.model import Article
from monitor.text import guess_language, one_line

_LARGEST = 8_000_000  # characters of a page; the largest real ones have about 3 million
_DEEPEST = 2000  # open elements
_LONGEST_TITLE = 400


def extract(
    html: bytes | str,
    url: str | None = None,
    *,
    content_type: str = "",
    country: str = "",
    timezone: str = "",
    profiles: Profiles | None = None,
) -> Article:
    """Read the article of a page.

    Args:
        html: the page as it came, or already decoded.
        url: where it was fetched; "" or None when that is not known.
        content_type: the response's Content-Type header; its charset is one of the hints.
        country: ISO 3166 alpha-2 of the outlet, for clocks without a zone.
        timezone: IANA name of the outlet's zone; goes before `country`.
        profiles: site profiles; None means the shipped ones.

    Raises:
        NoArticle: the body holds no article; the message says what it looks like instead.
    """
    text = _page_text(html, content_type)
    tree = LexborHTMLParser(text)
    address = url or ""
    known = load_profiles() if profiles is None else profiles
    profile = known.for_url(address) if address else None
    metadata = read_metadata(tree, url=address, country=country, timezone=timezone, profile=profile)
    body, notes = _body(tree, metadata, profile)
    return _record(metadata, body, address, notes)


def _page_text(html: bytes | str, content_type: str) -> str:
    if isinstance(html, bytes):
        if not html.strip():
            raise errors.NoArticle("the page is empty")
        _refuse_other_kinds(html[:1024])
        text, _ = decode(html[: 4 * _LARGEST], content_type)
    else:
        text = html
        _refuse_other_kinds(html[:1024].encode("utf-8", "replace"))
    text = text[:_LARGEST]
    if not text.strip("\ufeff \t\r\n\0"):
        raise errors.NoArticle("the page is empty")
    return _flattened(text.replace("\0", ""))


_KINDS = (
    (b"%PDF", "a PDF file"),
    (b"PK\x03\x04", "a ZIP archive or office document"),
    (b"\x89PNG", "a PNG picture"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"GIF8", "a GIF picture"),
    (b"RIFF", "a media file"),
    (b"\x1f\x8b", "compressed data"),
    (b"\xd0\xcf\x11\xe0", "an old office document"),
    (b"\x00\x00\x00\x18ftyp", "a video file"),
    (b"\x7fELF", "a program"),
)
_XML_ROOT = re.compile(
    rb"<(?:rss|feed|rdf:RDF|urlset|sitemapindex|svg|opml|Error|soap:Envelope)\b", re.IGNORECASE
)


def _refuse_other_kinds(start: bytes) -> None:
    for mark, kind in _KINDS:
        if start.startswith(mark):
            raise errors.NoArticle(f"the body is {kind}, not a page")
    opening = start.lstrip(b"\xef\xbb\xbf \t\r\n")
    if opening.startswith((b"{", b"[{", b"[")) and b"<" not in opening[:200]:
        raise errors.NoArticle("the body is JSON, not a page")
    if opening.startswith(b"<?xml") or _XML_ROOT.match(opening):
        root = _XML_ROOT.search(opening)
        if root:
            name = root[0][1:].decode("ascii")
            raise errors.NoArticle(f"the body is an XML document ({name}), not a page")
        if b"<html" not in opening.lower():
            raise errors.NoArticle("the body is an XML document, not a page")
    control = sum(byte < 9 or 13 < byte < 32 for byte in start)
    if (
        control > 8
        and control * 20 > len(start)
        and not start.startswith((b"\xff\xfe", b"\xfe\xff"))
    ):
        raise errors.NoArticle("the body is binary data, not a page")


_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)[^<>]{0,4000}>")
_VOID = frozenset(
    {
        "area",
        "base",
        "br",
        "col",
        "embed",
        "hr",
        "img",
        "input",
        "link",
        "meta",
        "source",
        "track",
        "wbr",
    }
)


def _flattened(text: str) -> str:
    """Return `text` without the tags that open beyond a depth that no real page has."""
    if text.count("<") < 2 * _DEEPEST or text.count("<") - 2 * text.count("</") < _DEEPEST:
        return text
    depth = 0
    kept: list[str] = []
    at = 0
    for match in _TAG.finditer(text):
        if match[2].lower() in _VOID or match[0].endswith("/>"):
            continue
        if match[1]:
            depth = max(0, depth - 1)
        else:
            depth += 1
        if depth > _DEEPEST:
            kept.append(text[at : match.start()])
            at = match.end()
    kept.append(text[at:])
    return " ".join(kept) if len(kept) > 1 else text


def _body(
    tree: LexborHTMLParser, metadata: Metadata, profile: Profile | None
) -> tuple[Body, tuple[str, ...]]:
    container = _container(tree, profile)
    remove = ", ".join(profile.remove) if profile else ""

    def read(node: LexborNode | None) -> Body:
        return read_body(
            tree,
            title=metadata.title,
            description=metadata.description,
            standfirst=metadata.standfirst,
            authors=metadata.authors,
            language=metadata.language,
            jsonld=metadata.head.nodes,
            container=node,
            remove=remove,
        )

    if profile is None or not profile.body:
        return read(None), ()
    if container is not None:
        try:
            body = read(container)
        except errors.NoArticle:
            pass
        else:
            if body.paragraphs:
                return body, ()
    return read(None), (f"profile {profile.domain} found no body",)


def _container(tree: LexborHTMLParser, profile: Profile | None) -> LexborNode | None:
    for selector in profile.body if profile else ():
        node = tree.css_first(selector)
        if node is not None and len(node.text(deep=True)) >= 40:
            return node
    return None


def _record(metadata: Metadata, body: Body, url: str, notes: tuple[str, ...]) -> Article:
    head = metadata.head
    paragraphs = tuple(line for raw in body.paragraphs if (line := one_line(raw)))
    caption, credit = _lead_picture(metadata, body)
    opening = paragraphs[0] if paragraphs else ""
    dateline = next((d for line in paragraphs[:2] if (d := dateline_of(line))), "")
    sample = " ".join((metadata.title, *paragraphs[:5]))
    times = metadata.times
    access = body.access
    if metadata.paywalled and access == "full" and len(" ".join(paragraphs)) < 1500:
        access = "paywall"
    return Article(
        url=one_line(url) or head.canonical,
        title=metadata.title[:_LONGEST_TITLE] or opening[:_LONGEST_TITLE],
        section=metadata.section,
        published=times.published,
        updated=times.updated,
        published_text=times.published_text,
        updated_text=times.updated_text,
        source=metadata.source,
        authors=metadata.authors,
        agency=agency_in((dateline, metadata.agency, *metadata.authors)),
        dateline=dateline,
        standfirst=metadata.standfirst,
        caption=caption,
        credit=credit,
        body=paragraphs,
        language=guess_language(sample, metadata.language),
        canonical=head.canonical if head.canonical != url else "",
        access=access,
        notes=(*metadata.notes, *notes),
    )


def _lead_picture(metadata: Metadata, body: Body) -> tuple[str, str]:
    for raw, credit in body.captions[:1]:
        found = split_credit(raw, credit)
        if any(found):
            return found
    for image in jsonld.objects(metadata.head.article.get("image")):
        caption = jsonld.text(image.get("caption"))
        credit = jsonld.text(
            image.get("creditText") or image.get("copyrightHolder") or image.get("author")
        )
        if caption and fold(caption) != fold(metadata.title):
            return split_credit(caption, credit)
        break
    return "", ""
