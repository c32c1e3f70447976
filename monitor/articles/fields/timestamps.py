"""When a page was published and updated: instant, zone, and the words as printed.

Sources in order: JSON-LD, meta tags, marked-up elements (`time`, itemprop), lines that are named as
dates, the address. The first that gives an instant wins; a day alone only counts when nothing gives
a clock. Two sources are then laid side by side, since machines often say UTC what the page prints
in the outlet's own clock:

* a printed line that means the same instant gives the words and the offset of the record;
* a clock without zone takes the zone of the outlet's country, and the notes say so;
* a machine time marked as UTC that agrees digit for digit with a printed local clock is noted: one
  of the two is wrong by the outlet's offset. In the zones of East Asia, which know no summer time
  and whose systems keep bare local times, it is the machine's; elsewhere the page does not tell
  which, since what is printed may come from a server that runs in UTC.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from itertools import islice

from selectolax.lexbor import LexborHTMLParser, LexborNode

from monitor import dates
from monitor.articles.fields.url_day import read_url_day
from monitor.articles.page import jsonld
from monitor.articles.page.head import Head, shown_text
from monitor.articles.page.landmarks import Landmarks
from monitor.dates import Reading

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
# In this order, until one prints a clock: queries over all elements cost most, so they come last.
_NAMED_DATE = (
    "",  # the `time` elements among the landmarks
    'span[class*="date" i], p[class*="date" i], span[class*="time" i]',
    '[itemprop^="date"], [class*="date" i], [class*="time" i], [class*="datum" i],'
    ' [class*="fecha" i], [id*="date" i], [id*="time" i],'
    ' [class*="publish" i], [class*="posted" i]',
    '[class*="byline" i], [class*="origin" i], [class*="source" i], [class*="info" i],'
    ' [class*="meta" i], [class*="xinf" i]',
)
_BARE_LOCAL = frozenset(
    {"Asia/Seoul", "Asia/Pyongyang", "Asia/Tokyo", "Asia/Shanghai", "Asia/Taipei", "Asia/Hong_Kong"}
    | {"Asia/Macau"}
)
_MOST_ELEMENTS = 40
_MOST_NODES = 4000
_LONGEST_LINE = 160  # characters; a longer element is no date line
_LONGEST_ALONE = 48  # characters of a paragraph that is a date line
_MOST_LINES = 6
_YEAR = re.compile(r"(?:19|20)\d\d|令和|民國|\d\d[./]\d\d[./]\d\d")
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


@dataclass(frozen=True, slots=True)
class Times:
    """Both moments, the words they were printed in, and what was assumed."""

    published: datetime | None = None
    published_text: str = ""
    updated: datetime | None = None
    updated_text: str = ""
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Stamp:
    reading: Reading
    kind: str  # "published", "updated" or "" when the line does not say
    shown: bool  # printed for people to read


def read_times(
    tree: LexborHTMLParser,
    landmarks: Landmarks,
    head: Head,
    zone: str,
    *,
    own_published: Sequence[str] = (),
    own_updated: Sequence[str] = (),
) -> Times:
    """Read the page's moments.

    Args:
        zone: IANA name to assume for clocks without one, or "".
        own_published, own_updated: date lines that a site profile found; they go first.
    """
    own = [*_profile_lines(own_published, zone, "published")]
    own += _profile_lines(own_updated, zone, "updated")
    declared = [*_declared(head, zone), *_titled(head, zone)]
    shown = own + _shown(tree, landmarks, zone, declared)
    published = _published(declared, shown, own)
    notes: list[str] = []
    if published is None:
        shown = list(_unnamed(tree, zone))
        published = _published(declared, shown, [])
    elif published.precision == "day":
        # The clock may stand in a line that nothing names a date line.
        day = _bare(published).date()
        shown += [s for s in _unnamed(tree, zone) if _bare(s.reading).date() == day]
        published = _published(declared, shown, own) or published
    if published is None:
        published = read_url_day(head.url or head.canonical, zone)
        notes.append("published: the day in the address")
    if published is None:
        return Times()
    in_utc = published.zone == "printed" and published.when.utcoffset() == timedelta(0)
    if in_utc and zone in _BARE_LOCAL and not any(map(_is_clock, shown)):
        shown += _unnamed(tree, zone)
    printed, doubts = _laid_beside("published", published, shown, declared, zone)
    notes += doubts
    if printed.precision == "day":
        notes.append("published: only the day is known")
    updated = _updated(declared, shown, published)
    if updated is None:
        return Times(printed.when, printed.text, notes=tuple(notes))
    later, doubts = _laid_beside("updated", updated, shown, declared, zone)
    notes += (doubt for doubt in doubts if "no zone" in doubt)
    return Times(printed.when, printed.text, later.when, later.text, tuple(notes))


def _laid_beside(
    kind: str, reading: Reading, shown: Sequence[_Stamp], declared: Sequence[_Stamp], zone: str
) -> tuple[Reading, list[str]]:
    """Return a moment as the page prints it, and what is doubtful about it."""
    local = _same_clock(reading, shown)
    printed = local if local and zone in _BARE_LOCAL else _as_printed(reading, shown)
    if local is not None:
        doubt = f"{kind}: marked as UTC, but the page prints the same clock as local time"
        return printed, [f"{doubt}; {zone} assumed" if printed is local else doubt]
    if printed.zone == "assumed" and not _confirmed(printed, declared):
        return printed, [f"{kind}: no zone printed, {zone} assumed"]
    return printed, []


# ------------------------------------------------------------------ where dates stand


def _declared(head: Head, zone: str) -> Iterator[_Stamp]:
    article = head.article
    for kind, keys in (
        ("published", ("datePublished", "dateCreated", "uploadDate")),
        ("updated", ("dateModified",)),
    ):
        for key in keys:
            reading = dates.read(jsonld.text(article.get(key)), zone=zone)
            if reading:
                yield _Stamp(reading, kind, shown=False)
                break
    for kind, names in (("published", _PUBLISHED), ("updated", _UPDATED)):
        for name in names:
            if name not in head.meta:
                continue
            for content in islice(head.contents(name), 2):
                reading = dates.read(content, zone=zone)
                if reading:
                    yield _Stamp(reading, kind, shown=False)
                    break


def _shown(
    tree: LexborHTMLParser, landmarks: Landmarks, zone: str, declared: Sequence[_Stamp]
) -> list[_Stamp]:
    """Dates of elements that are marked or named as dates.

    Where a machine time is declared they only serve to show how it was printed, so that the costly
    queries are not worth it.
    """
    known = any(s.kind == "published" and s.reading.precision == "instant" for s in declared)
    found: list[_Stamp] = []
    for query in _NAMED_DATE[: 2 if known else None]:
        nodes = tree.css(query) if query else landmarks.of("time")
        for node in nodes[:_MOST_ELEMENTS]:
            found.extend(_element(node, zone))
            if len(found) >= _MOST_LINES:
                break
        if any(s.reading.precision == "instant" and (s.shown or not known) for s in found):
            break
    return found


def _unnamed(tree: LexborHTMLParser, zone: str) -> Iterator[_Stamp]:
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
                    if parent is None or parent.tag in {"script", "style", "a"}:
                        continue
                    # A paragraph may tell of any day; a date line is little more than the date.
                    if parent.tag != "p" or len(text.strip()) < _LONGEST_ALONE:
                        short.append(text)
            if len(short) >= _MOST_LINES:
                break
    lines = list(short)
    for line in sorted(lines, key=lambda line: not _PUBLISH_WORD.search(line)):
        yield from _line(line, zone, "")


def _element(node: LexborNode, zone: str) -> Iterator[_Stamp]:
    attributes = node.attributes
    machine = attributes.get("datetime") or ""
    if not machine and (attributes.get("itemprop") or "").startswith("date"):
        machine = attributes.get("content") or ""
    text = shown_text(node, _LONGEST_LINE + 1)
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
            yield _Stamp(reading, kind or _kind(node, text), shown=False)
    if printed:
        yield from _line(text, zone, kind)


def _line(text: str, zone: str, kind: str) -> Iterator[_Stamp]:
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
        yield _Stamp(reading, own, shown=True)
        rest = rest[at + len(reading.text) :]


def _kind(node: LexborNode, text: str) -> str:
    names = f"{node.attributes.get('class') or ''} {node.attributes.get('id') or ''}".lower()
    if any(word in names for word in ("update", "modif", "lastmod")):
        return "updated"
    if "publish" in names or "pubdate" in names or "posted" in names:
        return "published"
    if text:
        return "updated" if _UPDATE_WORD.search(text) else ""
    return ""


def _titled(head: Head, zone: str) -> Iterator[_Stamp]:
    """A day at the end of the title tag, as some outlets put it after their name."""
    match = _TITLE_TAIL.search(head.title_tag)
    reading = dates.read(match[1], zone=zone) if match else None
    if reading:
        yield _Stamp(reading, "published", shown=True)


def _word_before(node: LexborNode, text: str) -> str:
    """What the words before an element that holds nothing but the date say of it."""
    parent = node.parent
    line = shown_text(parent, _LONGEST_LINE + 1) if parent is not None else ""
    before = line[: line.find(text)][-24:] if len(line) <= _LONGEST_LINE and text in line else ""
    if _UPDATE_WORD.search(before):
        return "updated"
    return "published" if _PUBLISH_WORD.search(before) else ""


def _profile_lines(lines: Sequence[str], zone: str, kind: str) -> Iterator[_Stamp]:
    """A line with both moments is common; what it calls an update is none of the first kind."""
    for line in lines[:4]:
        for stamp in _line(line[:_LONGEST_LINE], zone, ""):
            yield replace(stamp, kind=stamp.kind or kind)


# ------------------------------------------------------------------ which of them


def _published(declared: list[_Stamp], shown: list[_Stamp], own: list[_Stamp]) -> Reading | None:
    stamps, first = _of_kind("published", declared), _of_kind("published", own)
    marked, plain = _of_kind("published", shown), _of_kind("", shown)
    day = next((s.reading for s in stamps if s.reading.precision == "day"), None)
    for pool in ([*first, *stamps], marked, plain):
        instants = [s.reading for s in pool if s.reading.precision == "instant"]
        # A clock somewhere on the page is only the article's if a declared day agrees.
        if instants and (day is None or abs(_bare(instants[0]) - _bare(day)) < timedelta(days=2)):
            return _zoned(instants[0], instants)
    updated = _of_kind("updated", declared + shown)
    return next((pool[0].reading for pool in (stamps, marked, plain, updated) if pool), None)


def _of_kind(kind: str, stamps: Sequence[_Stamp]) -> list[_Stamp]:
    return [stamp for stamp in stamps if stamp.kind == kind]


def _updated(declared: list[_Stamp], shown: list[_Stamp], published: Reading) -> Reading | None:
    for stamp in [s for s in declared + shown if s.kind == "updated"]:
        reading = stamp.reading
        # The day of publication without a clock says nothing of an update.
        same_day = reading.precision == "day" and _bare(reading).date() == _bare(published).date()
        if not same_day and not _before(reading, published):
            return reading
    return None


def _before(one: Reading, other: Reading) -> bool:
    if (one.when.tzinfo is None) == (other.when.tzinfo is None) and "day" not in (
        one.precision,
        other.precision,
    ):
        return one.when < other.when
    return _bare(one).date() < _bare(other).date()


def _zoned(best: Reading, others: Sequence[Reading]) -> Reading:
    """Take the zone another source prints for the very same clock."""
    if best.zone == "printed":
        return best
    for other in others:
        if other.zone == "printed" and _minute(_bare(other)) == _minute(_bare(best)):
            return other
    return best


def _as_printed(reading: Reading, shown: Sequence[_Stamp]) -> Reading:
    """Give the reading the offset and words in which the page prints the same moment."""
    if reading.precision == "day" or reading.when.tzinfo is None:
        return reading
    for stamp in shown:
        other = stamp.reading
        if not stamp.shown or other.precision == "day" or other.when.tzinfo is None:
            continue
        if _minute(other.when) == _minute(reading.when):
            return Reading(
                reading.when.astimezone(other.when.tzinfo), other.text, "instant", other.zone
            )
    return reading


def _confirmed(reading: Reading, declared: Sequence[_Stamp]) -> bool:
    """An assumed zone is none any more when a machine time with a zone means the same instant."""
    return any(
        s.reading.zone == "printed" and _minute(s.reading.when) == _minute(reading.when)
        for s in declared
    )


def _is_clock(stamp: _Stamp) -> bool:
    return stamp.shown and stamp.reading.precision == "instant"


def _same_clock(reading: Reading, shown: Sequence[_Stamp]) -> Reading | None:
    """The printed local time whose digits a machine time marked as UTC repeats, if there is one."""
    if reading.when.utcoffset() != timedelta(0):
        return None
    for stamp in shown:
        local = stamp.reading
        if (
            _is_clock(stamp)
            and local.zone == "assumed"
            and local.when.utcoffset() != timedelta(0)
            and _minute(_bare(local)) == _minute(_bare(reading))
        ):
            return local
    return None


def _bare(reading: Reading) -> datetime:
    return reading.when.replace(tzinfo=None)


def _minute(moment: datetime) -> datetime:
    whole = moment.replace(second=0, microsecond=0)
    return whole.astimezone(UTC) if whole.tzinfo else whole
