"""The lead picture's caption and credit: sought here, among all places that may tell them.

In order: what a site profile finds, the figure that follows the headline, the lines beside the text
that were set apart as captions (see `monitor.articles.body.captions`), the structured data, the
script that bears the headline.

A figure's words stand in pieces: the caption in one element, the credit in another, in the
figcaption or over the picture. A piece is the credit when its element is named so, when it begins
as credits do (©, "Photo:"), or when it is a short last piece beside a longer one. Figures of
teasers and boxes are passed over.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import islice

from msgspec import Struct
from selectolax.lexbor import LexborNode

from monitor import dates
from monitor.articles.fields.pictures import LABELLED_START, split_credit
from monitor.articles.page import jsonld
from monitor.articles.page.head import shown_text
from monitor.articles.page.landmarks import Landmarks
from monitor.newsroom import behind_by
from monitor.text import letters

_CREDIT_NAME = re.compile(
    r"credit|copyright|copyrightholder|source|quelle|rights|agency|photographer|photo-?by|author|owner"
    r"|provider|fotograf|urheber|bildautor",
    re.IGNORECASE,
)
_ELSEWHERE = re.compile(
    r"teaser|related|recommend|promo|sidebar|footer|comment|newsletter|author|trending|widget",
    re.IGNORECASE,
)
_LONGEST = 1200  # characters of a caption
_LONGEST_CREDIT = 90
_MOST_CAPTIONS = 3
_WORDLESS = frozenset({"-comment", "script", "style", "button"})
_INLINE = frozenset({"-text", "a", "b", "i", "em", "br"})


class Picture(Struct, frozen=True):
    """Caption and credit, each on one line; "" where a page has none."""

    caption: str = ""
    credit: str = ""

    def __bool__(self) -> bool:
        return bool(self.caption or self.credit)


def read_lead_picture(
    landmarks: Landmarks,
    *,
    own: tuple[str, str] = ("", ""),
    captions: Sequence[tuple[str, str]] = (),
    declared: object = None,
    script: str = "",
    title: str = "",
) -> Picture:
    """Return the words on the lead picture.

    Args:
        own: caption and credit as a site profile finds them; they go first.
        captions: caption and credit as printed, of the pictures beside the text.
        declared: the `image` of the article in JSON-LD.
        script: the caption in the script that bears the headline.
        title: the headline; as a caption it is an alternative text.
    """
    if any(own):
        return Picture(*split_credit(*own))
    return (
        _first_figure(landmarks)
        or _beside_the_text(captions, title)
        or _declared(declared, title)
        or (Picture(*split_credit(script)) if script else Picture())
    )


def _beside_the_text(captions: Sequence[tuple[str, str]], title: str) -> Picture:
    for raw, set_apart in captions[:_MOST_CAPTIONS]:
        caption, credit = split_credit(raw, set_apart)
        if _is_wording(caption) and letters(caption) != letters(title):
            return Picture(caption, credit)
        if credit and not caption:
            return Picture(credit=credit)
    return Picture()


def _declared(image: object, title: str) -> Picture:
    for node in islice(jsonld.objects(image), 1):
        caption = jsonld.text(node.get("caption"))
        credit = jsonld.text(node.get("creditText") or node.get("copyrightHolder"))
        if caption and letters(caption) != letters(title):
            return Picture(*split_credit(caption, credit))
    return Picture()


def _first_figure(landmarks: Landmarks) -> Picture:
    reached = landmarks.first("h1") is None
    for node in landmarks.of("h1", "figcaption")[:40]:
        if node.tag == "h1":
            reached = True
        elif reached and not _in_other_story(node):
            caption, credit = _read(node)
            if _is_wording(caption) or (credit and not caption):
                return Picture(caption, credit)
    return Picture()


def _is_wording(text: str) -> bool:
    """Tell a picture's words from a byline, a date line or a button that stands in their place."""
    if len(letters(text)) <= 3 or "://" in text or behind_by(text) is not None:
        return False
    date = dates.read(text)
    return date is None or 2 * len(date.text) <= len(text)


def _read(node: LexborNode) -> tuple[str, str]:
    pieces = list(_pieces(node))
    captions: list[str] = []
    credits: list[str] = []
    for text, named in pieces:
        key = letters(text)
        if any(key == letters(other) for other in captions + credits):
            continue
        if (named or LABELLED_START.match(text)) and len(text) <= _LONGEST_CREDIT:
            credits.append(text)
        else:
            captions.append(text)
    if len(captions) > 1 and not credits and _is_aside(captions[-1], captions[0]):
        credits.append(captions.pop())
    if not credits:
        credits = _over_the_picture(node)
    caption = " ".join(captions)[:_LONGEST]
    return split_credit(caption, " ".join(credits[:2])[: 2 * _LONGEST_CREDIT])


def _pieces(node: LexborNode) -> Iterator[tuple[str, bool]]:
    """Yield the texts of a figcaption, split where its elements split them."""
    children = [child for child in _children(node) if child.tag not in _WORDLESS]
    elements = [child for child in children if child.tag not in _INLINE]
    own = any(c.tag == "-text" and (c.text_content or "").strip() for c in children)
    if not elements:
        yield shown_text(node, _LONGEST), _is_credit(node)
    elif not own and len(elements) == len([c for c in children if c.tag != "-text"]):
        for child in islice(elements, 8):
            inner = shown_text(child, _LONGEST)
            if inner and _is_credit(child):
                yield inner, True
            elif inner:
                yield from _pieces(child)
    else:
        yield from _running_pieces(shown_text(node, _LONGEST), elements)


def _running_pieces(whole: str, elements: Sequence[LexborNode]) -> Iterator[tuple[str, bool]]:
    """Yield running text with elements in it: only what is named as the credit comes apart."""
    for child in elements:
        inner = shown_text(child, _LONGEST)
        if inner and _is_credit(child) and whole.endswith(inner):
            yield whole.removesuffix(inner).rstrip(), False
            yield inner, True
            return
    yield whole, False


def _children(node: LexborNode) -> Iterator[LexborNode]:
    child = node.child
    while child is not None:
        yield child
        child = child.next


def _is_credit(node: LexborNode) -> bool:
    attributes = node.attributes
    names = f"{attributes.get('class') or ''} {attributes.get('itemprop') or ''}"
    return node.tag in {"cite", "small"} or bool(_CREDIT_NAME.search(names[:300]))


def _is_aside(last: str, first: str) -> bool:
    """A short last piece that is no sentence is the credit of the longer one before it."""
    return len(last) <= 60 and len(last) < len(first) and not last.endswith((".", "。", "!", "?"))


def _over_the_picture(node: LexborNode) -> list[str]:
    figure = node.parent
    for _ in range(2):
        if figure is None or figure.tag == "figure":
            break
        figure = figure.parent
    if figure is None or figure.tag != "figure":
        return []
    for inner in islice(figure.css("span, small, div, p, cite"), 20):
        text = shown_text(inner, _LONGEST_CREDIT + 1)
        if 2 <= len(text) <= _LONGEST_CREDIT and (_is_credit(inner) or LABELLED_START.match(text)):
            return [text]
    return []


def _in_other_story(node: LexborNode) -> bool:
    at: LexborNode | None = node.parent
    for _ in range(8):
        if at is None or at.tag in {"main", "body"}:
            return False
        if at.tag in {"aside", "footer", "nav"}:
            return True
        attributes = at.attributes
        if _ELSEWHERE.search(f"{attributes.get('class') or ''} {attributes.get('id') or ''}"):
            return True
        at = at.parent
    return False
