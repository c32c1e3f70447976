"""Names in the elements that a page calls a byline.

Only what stands after the headline counts, and nothing in teasers, captions and comments. Layout
may be all that sets a name apart from a title: then each text in the element is read by itself.
"""

import re
from collections.abc import Iterator

from selectolax.lexbor import LexborNode

from monitor.articles.fields.declared_bylines import is_account
from monitor.articles.fields.outlet import HouseNames
from monitor.articles.fields.person_names import names_no_writer, people_in, unique
from monitor.articles.page.head import shown_text
from monitor.articles.page.landmarks import BYLINE, Landmarks
from monitor.text import one_line

_ELSEWHERE = re.compile(
    r"teaser|appetizer|related|recommend|promo|caption|bildautor|bildunter|credit|comment"
    r"|sidebar|trending|popular|most-read",
    re.IGNORECASE,
)
_AUTHOR_PAGE = re.compile(r"/(?:author|autor|auteur|autore)(?:e?s|en|i)?/", re.IGNORECASE)
_BYLINE_NAME = re.compile(r"author|byline|autor|writer|reporter", re.IGNORECASE)
_JOB = re.compile(r"title|role|position|job", re.IGNORECASE)
_LONGEST_NAME = 5  # words
_OWN = frozenset({None, "author", "creator", "mainEntity", "mainEntityOfPage", "articleBody"})
_MOST_ELEMENTS = 60
_MOST_PIECES = 6  # texts in an element with one writer's name and title
_LONGEST_LINE = 160  # characters of an element that may be a byline
_MOST_BYLINES = 8  # elements after the headline; later ones belong to other stories


def visible_names(landmarks: Landmarks, house: HouseNames) -> tuple[str, ...]:
    """Names in the first element called a byline after the headline, and in its siblings."""
    names: list[str] = []
    place: LexborNode | None = None
    tries = 0
    for node in _named_elements(landmarks):
        if place is not None and _holds(place, node):
            # The byline's own element, in one that holds the day as well.
            inner = people_in(shown_text(node, _LONGEST_LINE), house)
            names = list(inner) if len(inner) > len(names) else names
            continue
        if names and not _beside(node, place):
            break
        found = _names_in(node, house)
        if found is None:
            continue
        if found:
            names.extend(found)
            place = place or node
        tries += 1
        if tries >= _MOST_BYLINES:
            break
    return unique(names)


def _named_elements(landmarks: Landmarks) -> Iterator[LexborNode]:
    """Yield the elements called a byline that stand after the headline."""
    after_headline = landmarks.first("h1") is None
    for node in landmarks.of("h1", BYLINE)[:_MOST_ELEMENTS]:
        if node.tag == "h1":
            after_headline = True
        elif after_headline:
            yield node


def _names_in(node: LexborNode, house: HouseNames) -> tuple[str, ...] | None:
    """Return the names in an element called a byline; None where it cannot be this story's."""
    if node.tag == "a" and _is_other_link(node):
        return None
    text = shown_text(node, _LONGEST_LINE + 1)
    if not 2 <= len(text) <= _LONGEST_LINE or in_other_story(node):
        return None
    if _is_box(node) or links_account(node):
        return None
    if names_no_writer(text):
        return ()
    found = people_in(text, house, trusted=node.attributes.get("itemprop") == "author")
    pieces = _in_pieces(node, house)
    if not found:
        return unique(name for names in pieces for name in names)
    # What stands behind a name in an element of its own is a title: "Ada BergKorrespondent".
    bare = [name for names in pieces for name in names if any(x.startswith(name) for x in found)]
    several = next((names for names in pieces if len(names) > len(found)), ())
    return several or (unique(bare) if len(bare) == len(found) else found)


def _in_pieces(node: LexborNode, house: HouseNames) -> list[tuple[str, ...]]:
    """Return the names in each text of an element, where layout alone may set them apart."""
    pieces = [
        one_line(piece.text_content or "")
        for piece in node.traverse(include_text=True)
        if piece.is_text_node and not _is_job(piece.parent)
    ]
    pieces = [piece for piece in pieces if piece]
    if not 2 <= len(pieces) <= _MOST_PIECES:
        return []
    return [people_in(piece, house) for piece in pieces]


def _is_job(node: LexborNode | None) -> bool:
    return node is not None and _JOB.search(node.attributes.get("class") or "") is not None


def _is_box(node: LexborNode) -> bool:
    """Tell whether an element called a byline has a headline in it."""
    heading = node.css_first("h1, h2, h3, h4, h5")
    return heading is not None and shown_text(heading, _LONGEST_LINE).count(" ") >= _LONGEST_NAME


def links_account(node: LexborNode) -> bool:
    """Tell whether an element links the page of the account that fills the site in."""
    link = node if node.tag == "a" else node.css_first("a[href]")
    return link is not None and is_account(link.attributes.get("href") or "")


def _is_other_link(node: LexborNode) -> bool:
    """Tell whether a link was met for a url that only begins like an author's page."""
    attributes = node.attributes
    if _AUTHOR_PAGE.search(attributes.get("href") or ""):
        return False
    return _BYLINE_NAME.search(" ".join(map(str, attributes.values()))[:300]) is None


def _beside(node: LexborNode, first: LexborNode | None) -> bool:
    """Bylines with several authors are siblings or cousins of one kind."""
    if first is None or node.attributes.get("class") != first.attributes.get("class"):
        return False
    places = [n.mem_id for n in (first.parent, first.parent and first.parent.parent) if n]
    return any(n.mem_id in places for n in (node.parent, node.parent and node.parent.parent) if n)


def _holds(outer: LexborNode, node: LexborNode) -> bool:
    at = node.parent
    for _ in range(3):
        if at is None or at.mem_id == outer.mem_id:
            break
        at = at.parent
    return at is not None and at.mem_id == outer.mem_id


def in_other_story(node: LexborNode | None) -> bool:
    at = node
    for _ in range(6):
        if at is None or at.tag in {"main", "body"}:
            return False
        attributes = at.attributes
        if at.tag in {"figure", "figcaption", "aside", "footer", "blockquote"}:
            return True
        # What has an author besides the article: a claim reviewed, a work cited, a comment.
        if "itemscope" in attributes and not _OWN.issuperset({attributes.get("itemprop")}):
            return True
        if _ELSEWHERE.search(f"{at.attributes.get('class') or ''} {at.attributes.get('id') or ''}"):
            return True
        at = at.parent
    return False
