"""The headline, by vote.

Candidates are JSON-LD headline, og:title, the visible headings, twitter:title and the title tag.
Each stands for itself and for what is left when trailing (or leading) parts set off by |, -, _ and
the like are dropped: a site name, a section. Forms that are equal but for case, quotes and spaces
are one candidate and add their weights; a dropped form only counts when what was dropped is the
outlet's name or when another source bears the rest out. Of the winner's forms the one printed by
the best source is taken.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from selectolax.lexbor import LexborHTMLParser, LexborNode

from monitor.articles import jsonld
from monitor.articles.head import Head, shown_text
from monitor.articles.outlet import HouseNames, fold
from monitor.text import one_line

_LONGEST = 400  # characters; a longer "headline" is a page's text gone astray
_CUT = re.compile(r"\s+[|｜\-–—―·•»«:：/]+\s+|\s*[|｜_]\s*|\s+-(?=\S)|(?<=\S)-\s+|\s+::\s+|\s[–—]")
_KICKER_CUT = re.compile(r":\s+|：")
_BRACKETED_TAIL = re.compile(r"\s*[（(\[【〈][^（(\[【〈]{2,20}[）)\]】〉]\s*$")
_KICKER_NAME = re.compile(
    r"kicker|overline|eyebrow|rubri|dachzeile|supertitle|topline|roofline|pretitle|category|label"
    r"|flag|badge|hidden|section|prefix|tag\b",
    re.IGNORECASE,
)
_EAST_ASIAN = re.compile("[\u3040-\u30ff\u4e00-\u9fff\uac00-\ud7a3]")
_MOST_HEADINGS = 40
_NAMED = (
    'span[class*="headline" i], div[class*="headline" i], [itemprop="headline"],'
    ' [data-testid*="title" i], [data-testid*="headline" i], div[class*="title" i],'
    ' span[class*="title" i], p[class*="title" i], td[class*="tit" i]'
)


@dataclass(frozen=True, slots=True)
class _Candidate:
    text: str
    weight: float
    order: int  # which source's spelling is taken, lowest first


def read_title(
    tree: LexborHTMLParser, head: Head, house: HouseNames, *, own: Sequence[str] = ()
) -> str:
    """Return the page's headline without site name, section and kicker, or "".

    Args:
        own: what a site profile found; it weighs as much as two other sources.
    """
    sources: list[_Candidate] = []

    def add(text: str, weight: float, order: int) -> None:
        text = one_line(text[: _LONGEST * 2])
        if text and len(text) <= _LONGEST and fold(text):
            sources.append(_Candidate(text, weight, order))

    for text in own[:1]:
        add(text, 2.2, 7)
    add(jsonld.text(head.article.get("headline")) or jsonld.text(head.article.get("name")), 1.1, 0)
    add(head.first("og:title"), 1.0, 1)
    add(head.first("twitter:title", "dc.title", "parsely-title", "sailthru.title"), 0.5, 4)
    add(head.title_tag, 0.6, 5)
    declared = {fold(source.text) for source in sources}
    declared |= {fold(stem) for source in sources for stem, _ in _stems(source.text, house)}
    alternative = one_line(jsonld.text(head.article.get("alternativeHeadline"))[: _LONGEST * 2])
    if fold(alternative) in declared:
        add(alternative, 0.5, 6)
    seen: set[str] = set()
    top = True
    for node in tree.css("h1, h2, h3")[:_MOST_HEADINGS]:
        first = node.tag == "h1"
        if not first and fold((node.text(deep=True) or "")[: _LONGEST * 2]) not in declared:
            continue
        text = _without_kicker(node) if first else shown_text(node, _LONGEST * 2)
        key = fold(text)
        if not key or key in seen:
            continue
        seen.add(key)
        if first and _in_breadcrumb(node):
            add(text, 0.2, 3)
        elif first:
            # The second heading of the first rank is as often a logo or a box as a headline.
            add(text, 1.2 if top or key in declared else 0.4, 2)
            top = top and house.is_house(text)
        else:
            add(text, 1.2, 2)
    if not seen & declared or len(declared & {fold(s.text) for s in sources if s.order < 2}) > 1:
        for text in _named_title(tree):
            key = fold(text)
            if key in declared and key not in seen:
                seen.add(key)
                add(text, 1.2, 3)
    return _elect(sources, house)


def _elect(sources: list[_Candidate], house: HouseNames) -> str:
    whole: dict[str, set[int]] = {}
    for source in sources:
        whole.setdefault(fold(source.text), set()).add(source.order)
    votes: dict[str, float] = {}
    spelled: dict[str, tuple[int, str]] = {}
    for source in sources:
        forms = {fold(source.text): source.text}
        for stem, dropped in _stems(source.text, house):
            bearers = whole.get(fold(stem), set()) - {source.order}
            if dropped == "kicker":
                # A heading without its kicker is a matter of layout; a declared headline is not.
                bearers &= {0, 1}
            if bearers or dropped == "house":
                forms.setdefault(fold(stem), stem)
        for key, text in forms.items():
            if not key or house.is_house(text):
                continue
            votes[key] = (
                votes.get(key, 0.0) + source.weight + (0.05 if text != source.text else 0.0)
            )
            if key not in spelled or source.order < spelled[key][0]:
                spelled[key] = (source.order, text)
    if not votes:
        return ""
    best = max(votes, key=lambda key: (votes[key], -spelled[key][0]))
    return spelled[best][1]


def _stems(text: str, house: HouseNames) -> Iterator[tuple[str, str]]:
    """Yield `text` with parts dropped, and what fell: "house", "tail" or "kicker"."""
    cuts = list(_CUT.finditer(text))[:12]
    all_house = True
    for cut in reversed(cuts):
        dropped, rest = text[cut.end() :].strip(), text[: cut.start()].strip()
        all_house = all_house and house.is_house(_CUT.split(dropped)[0])
        if rest:
            yield rest, "house" if all_house else "tail"
        bare = _BRACKETED_TAIL.sub("", rest)
        if bare and bare != rest:
            yield bare, "tail"
    bare = _BRACKETED_TAIL.sub("", text)
    if bare and bare != text:
        yield bare, "tail"
    if _EAST_ASIAN.search(text):
        head = text[: cuts[-1].start()] if cuts else text
        for space in reversed(list(re.finditer(r"\s+", head))[:6]):
            yield head[: space.start()], "tail"
    for cut in (*cuts[:1], *list(_KICKER_CUT.finditer(text))[:1]):
        first, rest = text[: cut.start()].strip(), text[cut.end() :].strip()
        if rest:
            yield rest, "house" if house.is_house(first) else "kicker"


def _named_title(tree: LexborHTMLParser) -> Iterator[str]:
    """Texts of elements that are called a headline without being a heading."""
    for node in tree.css(_NAMED)[:_MOST_HEADINGS]:
        text = shown_text(node, _LONGEST * 2)
        if text:
            yield text


def _in_breadcrumb(node: LexborNode) -> bool:
    """A heading in the breadcrumb repeats the page's search title, not the printed headline."""
    at: LexborNode | None = node
    for _ in range(5):
        if at is None or at.tag in {"body", "main", "article", "-document"}:
            return False
        if at.tag == "nav":
            return True
        for name, value in at.attributes.items():
            if "breadcrumb" in name or (value and "breadcrumb" in value[:300].lower()):
                return True
        at = at.parent
    return False


def _without_kicker(node: LexborNode) -> str:
    whole = shown_text(node, _LONGEST * 2)
    child = node.child
    while child is not None:
        if child.tag != "-text":
            attributes = child.attributes
            name = f"{attributes.get('class') or ''} {attributes.get('itemprop') or ''}"
            if _KICKER_NAME.search(name):
                kicker = shown_text(child, _LONGEST)
                rest = whole.removeprefix(kicker).strip(" :|–-")
                if kicker and rest and rest != whole:
                    return rest
            return whole
        if (child.text_content or "").strip():
            return whole
        child = child.next
    return whole
