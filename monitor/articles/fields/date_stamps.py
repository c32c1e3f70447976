"""Where dates stand on a page: what its head declares, and what it prints for people to read.

Declared are JSON-LD, meta tags and the day at the end of the title tag. Printed are marked-up
elements (`time`, itemprop), elements that are named as dates and, on a page that names none, short
texts with a year in them. Each becomes a stamp that says which of the two moments it is, as far as
the page tells.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import islice

from msgspec import Struct
from msgspec.structs import replace
from selectolax.lexbor import LexborHTMLParser, LexborNode

from monitor import dates
from monitor.articles.page import jsonld
from monitor.articles.page.head import Head, shown_text
from monitor.articles.page.landmarks import DATE, Landmarks
from monitor.dates import Reading
from monitor.text import one_line

_PUBLISHED = (
    "article:published_time", "og:article:published_time", "og:published_time", "datepublished",
    "parsely-pub-date", "sailthru.date", "publish-date", "publishdate", "pubdate", "pubtime",
    "publication_date", "cxenseparse:recs:publishtime", "article.published", "published_time",
    "bytedance:published_time", "apub:time", "weibo: article:create_at", "weibo:article:create_at",
    "dc.date.issued", "dcterms.created", "dcterms.date", "dc.date", "dc.date.created", "date",
    "article:post_modified", "creation_date", "release_date", "iso-8601-publish-date",
)  # fmt: skip
_UPDATED = (
    "article:modified_time", "og:updated_time", "og:article:modified_time", "datemodified",
    "article:updated_time", "bytedance:updated_time", "bytedance:lrdate_time", "lastmod",
    "last-modified", "weibo: article:update_at", "dcterms.modified", "dc.date.modified",
    "date.updated", "revision_date",
)  # fmt: skip
# Elements that may hold a date besides other facts; a query over all elements, so it comes last.
_LINE_NAMES = (
    '[class*="byline" i], [class*="origin" i], [class*="source" i], [class*="info" i],'
    ' [class*="meta" i], [class*="xinf" i]'
)
_MOST_ELEMENTS = 40
_MOST_NODES = 4000
_LONGEST_LINE = 160  # characters; a longer element is no date line
_LONGEST_ALONE = 48  # characters of a paragraph that is a date line
_MOST_LINES = 6
# A year of ours, or of another count in front of month and day ("令和8年5月30日", "114-05-30").
_NO_DATES = frozenset({"script", "style", "a", "figcaption"})  # a picture's day is not the story's
_YEAR = re.compile(
    r"(?:19|20|１９|２０)\d\d|[〇零○一二三四五六七八九]{4}年|(?:\d{1,4}|元)\s?[年년./-]\s?\d{1,2}\s?[月월./-]\s?\d{1,2}(?!\d)"
)
_GLUED = re.compile(r"\d{5}|\d{3}:|:\d{3}")  # figures of two parts of a date
_UPDATE_WORD = re.compile(
    r"updated?\b|modified|revised|last edit|수정|업데이트|갱신|更新|修改|修訂|最終更新"
    r"|aktualisiert|geändert|mis à jour|modifié|actualizad|atualizad|aggiornat|oppdatert"
    r"|uppdaterad|opdateret|bijgewerkt|zaktualizowano|güncelle",
    re.IGNORECASE,
)
_PUBLISH_WORD = re.compile(
    r"publish|posted|입력|등록|송고|승인|기사입력|发布|發布|發佈|発表|公開|配信|投稿|掲載"
    r"|veröffentlicht|publié|publicad|pubblicat|publisert|publicerad|yayın|created|erstellt|stand",
    re.IGNORECASE,
)
_TITLE_TAIL = re.compile(r"[|\-–,]\s*(\d{1,4}[./-]\d{1,2}[./-]\d{2,4})\s*$")


class Stamp(Struct, frozen=True):
    """One date of a page, and what the page says of it."""

    reading: Reading
    kind: str  # "published", "updated" or "" when the line does not say
    shown: bool  # printed for people to read


def declared_stamps(head: Head, zone: str) -> Iterator[Stamp]:
    """Dates of the head: JSON-LD, then meta tags in the order of their names here."""
    article = head.article
    for kind, keys in (
        ("published", ("datePublished", "dateCreated", "uploadDate")),
        ("updated", ("dateModified",)),
    ):
        for key in keys:
            reading = dates.read(jsonld.text(article.get(key)), zone=zone)
            if reading:
                yield Stamp(reading, kind, shown=False)
                break
    for kind, names in (("published", _PUBLISHED), ("updated", _UPDATED)):
        for name in names:
            if name not in head.meta:
                continue
            for content in islice(head.contents(name), 2):
                reading = dates.read(content, zone=zone)
                if reading:
                    yield Stamp(reading, kind, shown=False)
                    break


def shown_stamps(
    tree: LexborHTMLParser, landmarks: Landmarks, zone: str, declared: Sequence[Stamp]
) -> list[Stamp]:
    """Dates of elements that are marked or named as dates.

    Where a machine time is declared they only serve to show how it was printed, so that the costly
    queries are not worth it.
    """
    known = any(s.kind == "published" and s.reading.precision == "instant" for s in declared)
    found: list[Stamp] = []
    for nodes in islice(_places(tree, landmarks), 2 if known else None):
        for node in nodes[:_MOST_ELEMENTS]:
            found.extend(_element(node, zone))
            if len(found) >= _MOST_LINES:
                break
        if any(s.reading.precision == "instant" and (s.shown or not known) for s in found):
            break
    return found


def _places(tree: LexborHTMLParser, landmarks: Landmarks) -> Iterator[list[LexborNode]]:
    """Yield the elements in which a date may stand, the likeliest first."""
    yield landmarks.of("time")
    named = landmarks.of(DATE)
    yield [node for node in named if _is_line(node)]
    yield [node for node in landmarks.of("meta") if _names_date(node)] + named
    yield tree.css(_LINE_NAMES)


def _is_line(node: LexborNode) -> bool:
    """Tell whether an element called a date is no box of several; of a post's "time" it may be."""
    if node.tag == "p":
        return "date" in (node.attributes.get("class") or "").lower()
    return node.tag == "span"


def _names_date(node: LexborNode) -> bool:
    return (node.attributes.get("itemprop") or "").startswith("date")


def unnamed_stamps(tree: LexborHTMLParser, zone: str) -> Iterator[Stamp]:
    """Dates in short texts of a page that names none: with a word of publishing first."""
    root = tree.body
    short: list[str] = []
    if root is not None:
        for number, node in enumerate(root.traverse(include_text=True)):
            if number > _MOST_NODES:
                break
            if node.is_text_node:
                text = node.text_content or ""
                if len(text) < _LONGEST_LINE and _YEAR.search(text):
                    parent = node.parent
                    if parent is None or parent.tag in _NO_DATES:
                        continue
                    # A paragraph may tell of any day; a date line is little more than the date.
                    if parent.tag != "p" or _is_date_line(text.strip()):
                        short.append(text)
            if len(short) >= _MOST_LINES:
                break
    for line in sorted(short, key=lambda line: not _PUBLISH_WORD.search(line)):
        yield from _line(line, zone, "")


def _is_date_line(text: str) -> bool:
    """Tell whether a paragraph is a date and little else: "2026-05-30 09:00 | Ada Berg"."""
    return len(text) < _LONGEST_ALONE or (
        "|" in text and len(text) < _LONGEST_LINE and _YEAR.match(text) is not None
    )


def _element(node: LexborNode, zone: str) -> Iterator[Stamp]:
    attributes = node.attributes
    machine = attributes.get("datetime") or ""
    if not machine and (attributes.get("itemprop") or "").startswith("date"):
        machine = attributes.get("content") or ""
    text = _apart(node, shown_text(node, _LONGEST_LINE + 1))
    name = attributes.get("itemprop") or ""
    kind = {"dateModified": "updated", "datePublished": "published"}.get(name, "")
    if "pubdate" in attributes:
        kind = "published"
    printed = len(text) <= _LONGEST_LINE and _YEAR.search(text) is not None
    if not kind and (machine or printed):
        kind = _kind(node, "") or _word_before(node, text)
    if machine and len(machine) < 60:
        reading = dates.read(machine, zone=zone)
        if reading:
            yield Stamp(reading, kind or _kind(node, text), shown=False)
    if printed:
        yield from _line(text, zone, kind)


def _apart(node: LexborNode, text: str) -> str:
    """Return an element's text with its parts kept from one another as layout does.

    Year, day and clock in elements of their own would run together otherwise.
    """
    first = node.first_child
    if first is None or first.next is None or len(text) > _LONGEST_LINE or not _GLUED.search(text):
        return text
    parts = [
        part.text_content or "" for part in node.traverse(include_text=True) if part.is_text_node
    ]
    joined = "".join(
        f" {part}" if part[:1].isdigit() and before[-1:].isdigit() else part
        for before, part in zip(("", *parts), parts, strict=False)
    )
    return one_line(joined)


def _line(text: str, zone: str, kind: str) -> Iterator[Stamp]:
    """Read up to two dates of a printed line, each with the word before it."""
    rest = text
    for _ in range(2):
        reading = dates.read(rest, zone=zone)
        if reading is None:
            return
        at = rest.find(reading.text)
        before = rest[max(0, at - 24) : at]
        after = rest[at + len(reading.text) : at + len(reading.text) + 8]
        own = kind
        if _UPDATE_WORD.search(before) or (
            not before.strip() and _UPDATE_WORD.match(after.strip())
        ):
            own = "updated"
        elif _PUBLISH_WORD.search(before):
            own = "published"
        yield Stamp(reading, own, shown=True)
        rest = rest[at + len(reading.text) :]


def line_stamps(lines: Sequence[str], zone: str) -> list[Stamp]:
    """Return the dates of short lines with a year."""
    dated = (line for line in lines if len(line) <= _LONGEST_LINE and _YEAR.search(line))
    return [stamp for line in islice(dated, _MOST_LINES) for stamp in _line(line, zone, "")]


def _kind(node: LexborNode, text: str) -> str:
    names = f"{node.attributes.get('class') or ''} {node.attributes.get('id') or ''}".lower()
    if any(word in names for word in ("update", "modif", "lastmod")):
        return "updated"
    if "publish" in names or "pubdate" in names or "posted" in names:
        return "published"
    if text:
        return "updated" if _UPDATE_WORD.search(text) else ""
    return ""


def titled_stamps(head: Head, zone: str) -> Iterator[Stamp]:
    """A day at the end of the title tag, as some outlets put it after their name."""
    match = _TITLE_TAIL.search(head.title_tag)
    reading = dates.read(match[1], zone=zone) if match else None
    if reading:
        yield Stamp(reading, "published", shown=True)


def _word_before(node: LexborNode, text: str) -> str:
    """What the words before an element that holds nothing but the date say of it."""
    parent = node.parent
    line = shown_text(parent, _LONGEST_LINE + 1) if parent is not None else ""
    before = line[: line.find(text)][-24:] if len(line) <= _LONGEST_LINE and text in line else ""
    if _UPDATE_WORD.search(before):
        return "updated"
    return "published" if _PUBLISH_WORD.search(before) else ""


def profile_stamps(lines: Sequence[str], zone: str, kind: str) -> Iterator[Stamp]:
    """A line with both moments is common; what it calls an update is none of the first kind."""
    for line in lines[:4]:
        for stamp in _line(line[:_LONGEST_LINE], zone, ""):
            yield replace(stamp, kind=stamp.kind or kind)
