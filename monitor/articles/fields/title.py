"""The headline, by vote.

Candidates are JSON-LD headline, og:title, the visible headings, twitter:title and the title tag.
Each stands for itself and for what is left when trailing (or leading) parts set off by |, -, _ and
the like are dropped: a site name, a section. Forms that are equal but for case, quotes and spaces
are one candidate and add their weights; a dropped form only counts when what was dropped is the
outlet's name or when another source bears the rest out. Of the winner's spellings the one that most
declared sources share is taken.
"""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum

from selectolax.lexbor import LexborHTMLParser, LexborNode

from monitor.articles.fields.outlet import HouseNames
from monitor.articles.fields.title_parts import Stem, stems
from monitor.articles.page import jsonld
from monitor.articles.page.head import Head, shown_text
from monitor.articles.page.landmarks import Landmarks
from monitor.text import letters, one_line

_LONGEST = 400  # characters; a longer "headline" is a page's text gone astray
_KICKER_NAME = re.compile(
    r"kicker|overline|eyebrow|rubri|dachzeile|supertitle|topline|roofline|pretitle|category|label"
    r"|flag|badge|hidden|section|prefix|tag\b",
    re.IGNORECASE,
)
_EAST_ASIAN = re.compile("[\u3040-\u30ff\u4e00-\u9fff\uac00-\ud7a3]")
_SECTION_META = ("article:section", "og:article:section", "section", "category")
_MOST_HEADINGS = 24
_PRINTED = 1.5  # weight of a headline that readers see; a declared one weighs about 1
_NAMED = (
    'span[class*="headline" i], div[class*="headline" i], [itemprop="headline"],'
    ' [data-testid*="title" i], [data-testid*="headline" i], div[class*="title" i],'
    ' span[class*="title" i], p[class*="title" i], td[class*="tit" i]'
)


class _Source(IntEnum):
    """Where a candidate stands; of two with equal votes the lower source wins."""

    HEADLINE = 0  # JSON-LD
    OPEN_GRAPH = 1
    HEADING = 2  # printed
    NAMED = 3  # printed, in an element that is called a headline
    TWITTER = 4
    TITLE_TAG = 5
    ALTERNATIVE = 6
    PROFILE = 7


@dataclass(frozen=True, slots=True)
class _Candidate:
    text: str
    key: str  # folded
    weight: float
    source: _Source
    stems: tuple[Stem, ...]
    kicker: str = ""  # what stood before `text` in an element of its own


# A heading without its kicker is a matter of layout; only a declared headline without it says that
# what stands before the colon is none of the headline.
_KICKER_BEARERS = frozenset({_Source.HEADLINE, _Source.OPEN_GRAPH})
_PRINTED_SOURCES = frozenset({_Source.HEADING, _Source.NAMED})


def read_title(
    tree: LexborHTMLParser,
    landmarks: Landmarks,
    head: Head,
    house: HouseNames,
    *,
    own: Sequence[str] = (),
) -> str:
    """Return the page's headline without site name, section and kicker, or "".

    Args:
        own: what a site profile found; it weighs as much as two other sources.
    """
    article = head.article
    ballot = _Ballot(house, _declared_sections(head))
    ballot.nominate(next(iter(own), ""), 2.2, _Source.PROFILE)
    headline = jsonld.text(article.get("headline")) or jsonld.text(article.get("name"))
    ballot.nominate(headline, 1.1, _Source.HEADLINE)
    ballot.nominate(head.first("og:title"), 1.0, _Source.OPEN_GRAPH)
    ballot.nominate(head.first("twitter:title", "dc.title"), 0.5, _Source.TWITTER)
    ballot.nominate(head.title_tag, 0.6, _Source.TITLE_TAG)
    known = ballot.keys() | {stem.key for c in ballot.candidates for stem in c.stems}
    alternative = jsonld.text(article.get("alternativeHeadline"))
    if letters(alternative[: _LONGEST * 2]) in known:
        ballot.nominate(alternative, 0.5, _Source.ALTERNATIVE)
    _nominate_printed(tree, landmarks, known, ballot)
    return _elect(ballot.candidates, house)


def _declared_sections(head: Head) -> frozenset[str]:
    """Return the letters of the section names that a page declares."""
    names = [*jsonld.texts(head.article.get("articleSection"))][:6]
    names += [content for key in _SECTION_META for content in head.contents(key)][:6]
    return frozenset(letters(name) for name in names)


class _Ballot:
    """The candidates of one page; words that several sources give are taken apart once."""

    __slots__ = ("_stems", "candidates", "house", "sections")

    def __init__(self, house: HouseNames, sections: Collection[str]) -> None:
        self.house, self.sections = house, sections
        self.candidates: list[_Candidate] = []
        self._stems: dict[str, tuple[Stem, ...]] = {}

    def nominate(self, raw: str, weight: float, source: _Source, kicker: str = "") -> None:
        text = one_line(raw[: _LONGEST * 2])
        key = letters(text)
        if not key or len(text) > _LONGEST:
            return
        if text not in self._stems:
            self._stems[text] = tuple(dict.fromkeys(stems(text, self.house, self.sections)))
        self.candidates.append(_Candidate(text, key, weight, source, self._stems[text], kicker))

    def keys(self) -> set[str]:
        return {candidate.key for candidate in self.candidates}


def _nominate_printed(
    tree: LexborHTMLParser, landmarks: Landmarks, known: set[str], ballot: _Ballot
) -> None:
    """Nominate what the page shows: headings, else elements that are called a headline.

    Args:
        known: declared headlines and what is left of them without tail or kicker, folded.
    """
    declared = ballot.keys()
    seen: set[str] = set()
    borne_out = False
    first = True
    for node in landmarks.of("h1", "h2", "h3")[:_MOST_HEADINGS]:
        if node.tag != "h1" and letters(node.text(deep=True)[: _LONGEST * 2]) not in known:
            continue
        kicker, text = _without_kicker(node)
        if kicker and letters(kicker + text) in declared:
            # What the outlet declares together is to it one headline.
            kicker, text = "", shown_text(node, _LONGEST * 2)
        key = letters(text)
        if not key or key in seen:
            continue
        seen.add(key)
        if node.tag == "h1" and _in_breadcrumb(node):
            ballot.nominate(text, 0.2, _Source.TITLE_TAG)
            continue
        # The second heading of the first rank is as often a logo or a box as a headline.
        sure = key in known or (node.tag == "h1" and first)
        ballot.nominate(text, _PRINTED if sure else 0.4, _Source.HEADING, kicker)
        borne_out = borne_out or key in known
        first = first and ballot.house.is_house(text)
    if borne_out:
        return
    for node in tree.css(_NAMED)[:_MOST_HEADINGS]:
        text = shown_text(node, _LONGEST * 2)
        if letters(text) in known and letters(text) not in seen:
            seen.add(letters(text))
            ballot.nominate(text, _PRINTED, _Source.NAMED)


def _elect(candidates: Sequence[_Candidate], house: HouseNames) -> str:
    whole, behind_kickers = _sources_of(candidates)
    votes: dict[str, float] = {}
    spelled: dict[str, dict[str, float]] = {}
    sources: dict[str, _Source] = {}
    written: set[str] = set()  # as declared sources spell it
    for candidate in candidates:
        for key, text in _forms(candidate, whole, behind_kickers).items():
            if not key or house.is_house(text):
                continue
            # Of two equal in weight the one without a tail is the headline.
            bonus = 0.05 if text != candidate.text else 0.0
            votes[key] = votes.get(key, 0.0) + candidate.weight + bonus
            sources[key] = min(candidate.source, sources.get(key, candidate.source))
            if candidate.source not in _PRINTED_SOURCES:
                written.add(text)
            spellings = spelled.setdefault(key, {})
            spellings[text] = spellings.get(text, 0.0) + candidate.weight
    if not votes:
        return ""
    best = max(votes, key=lambda key: (votes[key], -sources[key]))
    spellings = spelled[best]
    # Layout drops colons and glues kickers on: a printed spelling only supports a declared one.
    declared = {text for text in spellings if text in written} or set(spellings)
    return max(sorted(declared), key=lambda text: spellings[text])


def _sources_of(
    candidates: Sequence[_Candidate],
) -> tuple[dict[str, set[_Source]], dict[str, set[str]]]:
    """Return which sources give each form whole, and the kickers that stand before each."""
    whole: dict[str, set[_Source]] = {}
    behind_kickers: dict[str, set[str]] = {}
    for candidate in candidates:
        whole.setdefault(candidate.key, set()).add(candidate.source)
        if candidate.kicker:
            behind_kickers.setdefault(candidate.key, set()).add(letters(candidate.kicker))
        for stem in candidate.stems:
            if stem.dropped == "kicker":
                kicker = candidate.key.removesuffix(stem.key)
                behind_kickers.setdefault(stem.key, set()).add(kicker)
    return whole, behind_kickers


def _forms(
    candidate: _Candidate,
    whole: Mapping[str, set[_Source]],
    behind_kickers: Mapping[str, set[str]],
) -> dict[str, str]:
    """Return the forms a candidate stands for, by their letters: itself and what is borne out."""
    forms = {candidate.key: candidate.text}
    # Printed and declared with it: then it is no kicker to the outlet.
    kept = {_Source.HEADLINE, _Source.HEADING} <= whole[candidate.key]
    # Of what is the house's everything falls, and not a part of it.
    bare = min((s for s in candidate.stems if s.dropped == "house"), key=_length, default=None)
    for stem in candidate.stems:
        bearers = whole.get(stem.key, set()) - {candidate.source}
        if stem.dropped == "house":
            borne = stem == bare
        elif stem.dropped == "kicker":
            twice = _are_kickers(behind_kickers[stem.key], stem.key)
            borne = not kept and (bool(bearers & _KICKER_BEARERS) or twice)
        else:
            borne = bool(bearers)
        if borne:
            forms.setdefault(stem.key, stem.text)
    return forms


def _length(stem: Stem) -> int:
    return len(stem.key)


def _are_kickers(kickers: set[str], stem: str) -> bool:
    """Two sources with different words before the same headline: neither is part of it."""
    return len(stem) > max(map(len, kickers)) and any(
        one not in other and other not in one for one in kickers for other in kickers
    )


def _in_breadcrumb(node: LexborNode) -> bool:
    """A heading in the breadcrumb repeats the page's search title, not the printed headline."""
    at: LexborNode | None = node
    for _ in range(5):
        if at is None or at.tag in {"body", "main", "article", "-document"}:
            return False
        if at.tag == "nav":
            return True
        for name, value in at.attributes.items():
            if "crumb" in name or (value and "crumb" in value[:300].lower()):
                return True
        at = at.parent
    return False


def _without_kicker(node: LexborNode) -> tuple[str, str]:
    """Return the kicker that an element of its own sets before a heading, and the rest."""
    whole = shown_text(node, _LONGEST * 2)
    child = node.child
    while child is not None and child.tag == "-text" and not (child.text_content or "").strip():
        child = child.next
    if child is None or child.tag == "-text":
        return "", whole
    names = " ".join(f"{name} {(value or '')[:80]}" for name, value in child.attributes.items())
    kicker = shown_text(child, _LONGEST) if _KICKER_NAME.search(names) else ""
    rest = whole.removeprefix(kicker).strip(" :|–-")
    return (kicker, rest) if kicker and rest else ("", whole)
