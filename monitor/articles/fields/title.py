"""The headline, by vote.

Candidates are JSON-LD headline, og:title, the visible headings, twitter:title and the title tag.
What readers see weighs more than what is declared, and what is filled from another source (a card
for sharing, a title tag) does not count twice.
"""

import re
from collections.abc import Collection, Sequence
from itertools import islice

from selectolax.lexbor import LexborHTMLParser, LexborNode

from monitor.articles.fields.outlet import HouseNames, is_part_of_title
from monitor.articles.fields.title_vote import LONGEST, Ballot, Source, elect
from monitor.articles.page import jsonld
from monitor.articles.page.head import Head, shown_text
from monitor.articles.page.landmarks import Landmarks
from monitor.text import letters, telling_words

_KICKER_NAME = re.compile(
    r"kicker|overline|eyebrow|rubri|dachzeile|supertitle|topline|roofline|pretitle|category|label"
    r"|flag|badge|hidden|section|prefix|tag\b",
    re.IGNORECASE,
)
_SECTION_META = ("article:section", "og:article:section", "section", "category")
_MOST_HEADINGS = 24
_LEAST_PART = 3  # of a declared headline is a third
_MOST_NODES = 4_000
_SHORTEST_HEAD = 12  # letters before a colon that may be a headline
_FEWEST_WORDS = 3  # telling ones of a heading that must be a headline
_PRINTED = 1.5  # weight of a headline that readers see; a declared one weighs about 1
_NAMED = (
    'span[class*="headline" i], div[class*="headline" i], [itemprop="headline"],'
    ' [data-testid*="title" i], [data-testid*="headline" i], div[class*="title" i],'
    ' span[class*="title" i], p[class*="title" i], td[class*="tit" i]'
)


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
    first = landmarks.first("h1")
    if first is not None and is_part_of_title(shown_text(first, LONGEST), head):
        house.learn(shown_text(first, LONGEST))
    ballot = Ballot(house, _declared_sections(head))
    ballot.nominate(next(iter(own), ""), 2.2, Source.PROFILE)
    headline = jsonld.text(article.get("headline")) or jsonld.text(article.get("name"))
    ballot.nominate(headline, 1.1, Source.HEADLINE)
    ballot.nominate(head.first("og:title"), 1.0, Source.OPEN_GRAPH)
    ballot.nominate_copy(head.first("twitter:title", "dc.title"), 0.5, Source.TWITTER)
    ballot.nominate_copy(head.title_tag, 0.6, Source.TITLE_TAG)
    # A small part of what is declared is a section or the site's name.
    known = ballot.keys() | {
        stem.key
        for candidate in ballot.candidates
        for stem in candidate.stems
        if _LEAST_PART * len(stem.key) > len(candidate.key)
    }
    alternative = jsonld.text(article.get("alternativeHeadline"))
    if letters(alternative[: LONGEST * 2]) in known:
        ballot.nominate(alternative, 0.5, Source.ALTERNATIVE)
    _nominate_printed(tree, landmarks, known, ballot)
    return elect(ballot.candidates, house)


def declares_title(head: Head, house: HouseNames) -> bool:
    """Tell whether a page declares a headline besides its title tag."""
    article = head.article
    found = (jsonld.text(article.get("headline")), jsonld.text(article.get("name")))
    return any(title and not house.is_house(title) for title in (*found, head.first("og:title")))


def _declared_sections(head: Head) -> frozenset[str]:
    """Return the letters of the section names that a page declares."""
    names = [*jsonld.texts(head.article.get("articleSection"))][:6]
    names += [content for key in _SECTION_META for content in head.contents(key)][:6]
    return frozenset(letters(name) for name in names)


def _nominate_printed(
    tree: LexborHTMLParser, landmarks: Landmarks, known: set[str], ballot: Ballot
) -> None:
    """Nominate what the page shows: headings, else elements that are called a headline.

    Args:
        known: declared headlines and what is left of them without tail or kicker, folded.
    """
    declared = ballot.keys()
    seen: set[str] = set()
    crumbs: set[str] = set()
    first = True
    for node in landmarks.of("h1", "h2", "h3")[:_MOST_HEADINGS]:
        if node.tag != "h1" and letters(node.text(deep=True)[: LONGEST * 2]) not in known:
            continue
        kicker, text = _without_kicker(node, known)
        if kicker and letters(kicker + text) in declared:
            # What the outlet declares together is to it one headline.
            kicker, text = "", shown_text(node, LONGEST * 2)
        key = letters(text)
        if not key or key in seen:
            continue
        seen.add(key)
        if node.tag == "h1" and _in_breadcrumb(node):
            ballot.nominate(text, 0.2, Source.TITLE_TAG)
            crumbs.add(key)
            continue
        # The second heading of the first rank is as often a logo or a box as a headline, and so is
        # a first one of a word or two that nothing the page declares has.
        sure = key in known or (node.tag == "h1" and first and _may_be_headline(text, ballot))
        ballot.nominate(text, _PRINTED if sure else 0.4, Source.HEADING, kicker)
        first = first and not (sure and not ballot.house.is_house(text))
    if known.isdisjoint(seen - crumbs):
        _nominate_named(tree, known, seen, ballot)


def _nominate_named(
    tree: LexborHTMLParser, known: Collection[str], seen: set[str], ballot: Ballot
) -> None:
    """Nominate elements that are called a headline and hold one that the page declares."""
    for node in tree.css(_NAMED)[:_MOST_HEADINGS]:
        text = shown_text(node, LONGEST * 2)
        if letters(text) in known and letters(text) not in seen:
            seen.add(letters(text))
            ballot.nominate(text, _PRINTED, Source.NAMED)
    if seen.isdisjoint(known) and ballot.candidates:
        _nominate_lines(tree, known, ballot)


def _nominate_lines(tree: LexborHTMLParser, known: Collection[str], ballot: Ballot) -> None:
    """Nominate the longest line that is one of the declared, whatever element it stands in.

    It may be what stands before a last colon: "Headline: The Harbour Post".
    """
    parts = (each.text.rpartition(": ") for each in ballot.candidates)
    heads = (letters(head) for head, _, tail in parts if len(head) > len(tail))
    known = {*known, *(head for head in heads if len(head) > _SHORTEST_HEAD)}
    shortest = min(map(len, known), default=0)
    root = tree.body
    nodes = root.traverse(include_text=True, skip_empty=True) if root is not None else ()
    lines = (node.text_content or "" for node in islice(nodes, _MOST_NODES) if node.is_text_node)
    told = (line for line in lines if shortest <= len(line) <= LONGEST and letters(line) in known)
    ballot.nominate(max(told, key=len, default=""), _PRINTED, Source.NAMED)


def _may_be_headline(text: str, ballot: Ballot) -> bool:
    """Tell whether a heading is of some length or shares a word with what the page declares."""
    words = telling_words(text)
    if not ballot.candidates or (len(words) >= _FEWEST_WORDS and not ballot.is_declared()):
        return True
    return any(words & telling_words(other.text) for other in ballot.candidates)


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


def _without_kicker(node: LexborNode, known: Collection[str]) -> tuple[str, str]:
    """Return the kicker that an element of its own sets before a heading, and the rest.

    What an element of its own sets behind it falls too where what is left is `known`.
    """
    whole = shown_text(node, LONGEST * 2)
    first, last = _outer_children(node)
    if first is not None and first.tag != "-text":
        names = " ".join(f"{name} {(value or '')[:80]}" for name, value in first.attributes.items())
        kicker = shown_text(first, LONGEST)
        rest = whole.removeprefix(kicker).strip(" :|–-")
        if kicker and rest and (_KICKER_NAME.search(names) or letters(rest) in known):
            return kicker, rest
    if last is not None and last is not first and last.tag != "-text":
        rest = whole.removesuffix(shown_text(last, LONGEST)).strip(" :|–-")
        if letters(rest) in known:
            return "", rest
    return "", whole


def _outer_children(node: LexborNode) -> tuple[LexborNode | None, LexborNode | None]:
    """Return an element's first and last child but for white space."""
    first, last = node.first_child, node.last_child
    while first is not None and first.tag == "-text" and not (first.text_content or "").strip():
        first = first.next
    while last is not None and last.tag == "-text" and not (last.text_content or "").strip():
        last = last.prev
    return first, last
