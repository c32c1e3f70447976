"""Everything about a story but its text, read from one parsed page.

The readers run in an order in which each helps the next: what the page declares (head), the
outlet's names, the headline, the times, the authors, the section. A site profile's selectors go
first where there is a profile; where they find nothing the general way is taken and a note says so.
"""

from msgspec import Struct
from selectolax.lexbor import LexborHTMLParser

from monitor.articles.body.blocks import Page
from monitor.articles.fields.article_language import Language, read_language
from monitor.articles.fields.bylines import Byline, read_authors
from monitor.articles.fields.head_lines import bare_headline
from monitor.articles.fields.outlet import HouseNames, source_name
from monitor.articles.fields.section import read_section
from monitor.articles.fields.timestamps import Times, read_times
from monitor.articles.fields.title import declares_title, read_title
from monitor.articles.page import jsonld
from monitor.articles.page.head import Head, read_head, shown_text
from monitor.articles.page.landmarks import Landmarks
from monitor.articles.page.profiles import Profile
from monitor.dates import zone_for
from monitor.text import letters, one_line

_ZONE_OF_LANGUAGE = {
    "ko": "Asia/Seoul",
    "ja": "Asia/Tokyo",
    # Mainland China, Hong Kong, Taiwan and Singapore all keep UTC+8 all year round.
    "zh": "Asia/Shanghai",
}
_ZONE_OF_REGION = {"tw": "Asia/Taipei"}  # where years are counted otherwise
_SOURCE_META = ("source", "article:source", "mediaid", "dc.source", "og:article:source", "agency")


class Metadata(Struct, frozen=True):
    """A story's fields as read, before the body is known."""

    head: Head
    house: HouseNames
    title: str
    titled: bool  # the page declares a headline, or a profile says where it is
    times: Times
    byline: Byline
    section: str
    source: str
    credits: tuple[str, ...]  # what may name the agency
    standfirst: str  # as a site profile finds it
    description: str
    paywalled: bool
    zone: str  # IANA name for clocks without a zone, or ""
    is_article: bool  # the page calls itself an article, or a film of one
    language: Language
    notes: tuple[str, ...]


def read_metadata(
    tree: LexborHTMLParser,
    landmarks: Landmarks,
    page: Page,
    *,
    url: str = "",
    country: str = "",
    timezone: str = "",
    profile: Profile | None = None,
) -> Metadata:
    """Read a parsed page's metadata.

    Args:
        url: where the page was fetched, or "".
        country, timezone: of the outlet as configured; a clock without a zone takes it.
        profile: selectors for this outlet, if there are any.
    """
    head = read_head(landmarks, url)
    house = HouseNames(head)
    found = _Found(tree, profile)
    title = read_title(tree, landmarks, head, house, own=found.all("title")) or bare_headline(page)
    description = head.first("og:description", "description", "twitter:description") or one_line(
        jsonld.text(head.article.get("description"))[:2000]
    )
    language = read_language(landmarks, head, profile, title, description)
    zone = _zone(head, country, timezone, profile, language)
    times = read_times(
        tree,
        landmarks,
        head,
        zone,
        own_published=found.all("published"),
        own_updated=found.all("updated"),
    )
    byline = read_authors(
        tree, landmarks, head, house, language=language.code, own=found.all("authors")
    )
    section = read_section(tree, head, house, title, language, own=found.all("section"))
    return Metadata(
        head=head,
        house=house,
        title=title,
        titled=bool(found.all("title")) or declares_title(head, house),
        times=times,
        byline=byline,
        section=section,
        source=(profile.name if profile else "") or source_name(head),
        credits=(*found.all("agency"), *(head.first(name) for name in _SOURCE_META)),
        standfirst=next((t for t in found.all("standfirst") if letters(t) != letters(title)), ""),
        description=description,
        paywalled=_is_closed(head) or bool(found.first("paywall")),
        zone=zone,
        is_article=bool(head.article)
        or head.first("og:type").casefold() not in {"", "website"}
        or any(name.startswith("article:") for name in head.meta),
        language=language,
        notes=tuple(found.notes()),
    )


def _is_closed(head: Head) -> bool:
    return str(head.article.get("isAccessibleForFree")).casefold() == "false"


def _zone(
    head: Head, country: str, timezone: str, profile: Profile | None, language: Language
) -> str:
    return (
        timezone
        or (zone_for(country) if country else "")
        or (profile.timezone if profile else "")
        or zone_for("", head.url or head.canonical)
        or _ZONE_OF_REGION.get(language.region, "")
        or next(
            (
                z
                for code in (language.declared, language.code)
                if (z := _ZONE_OF_LANGUAGE.get(code))
            ),
            "",
        )
    )


class _Found:
    """What a profile's selectors give on this page, and which of them gave nothing."""

    def __init__(self, tree: LexborHTMLParser, profile: Profile | None) -> None:
        self._values: dict[str, list[str]] = {}
        self._missed: list[str] = []
        self._name = profile.domain if profile else ""
        if profile is None:
            return
        for field, selectors in profile.selectors():
            values = self._values.setdefault(field, [])
            for selector in selectors:
                values.extend(select(tree, selector))
                if values:
                    break
            if not values and selectors:
                self._missed.append(field)

    def all(self, field: str) -> list[str]:
        return self._values.get(field, [])

    def first(self, field: str) -> str:
        return next(iter(self._values.get(field, ())), "")

    def notes(self) -> list[str]:
        missed = [field for field in self._missed if field != "paywall"]
        if not missed:
            return []
        return [f"profile {self._name} found no {', '.join(missed)}"]


def select(tree: LexborHTMLParser, selector: str, most: int = 20) -> list[str]:
    """Return the texts of what a profile's selector matches: content, datetime or shown text."""
    texts = []
    for node in tree.css(selector)[:most]:
        attributes = node.attributes
        if node.tag == "meta":
            text = one_line((attributes.get("content") or "")[:2000])
        else:
            text = one_line((attributes.get("datetime") or "")[:60]) or shown_text(node)
            for name, value in attributes.items():
                if (
                    value
                    and name.startswith("data-")
                    and name.endswith("-time")
                    and f"[{name}" in selector
                ):
                    text = one_line(value[:60])
        if text:
            texts.append(text)
    return texts
