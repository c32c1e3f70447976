"""Who wrote it: people first, a house name only where no person is given.

Sources in order: JSON-LD author, meta tags, elements named as bylines, and lines in which East
Asian outlets sign ("홍길동 기자", "記者王小明／台北報導", "【山田太郎】"). The first source that
names a person wins (see `person_names`). An agency that shares a declared byline with
people stays in it; the record names it as its agency too.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from selectolax.lexbor import LexborHTMLParser, LexborNode

from monitor.articles.fields.outlet import HouseNames
from monitor.articles.fields.person_names import is_house_name, people_in, unique, with_agencies
from monitor.articles.page import jsonld
from monitor.articles.page.head import Head, shown_text
from monitor.articles.page.landmarks import Landmarks
from monitor.newsroom import behind_by, signed_by
from monitor.text import one_line

_META = (
    "author", "article:author", "og:article:author", "byl", "dc.creator", "dcterms.creator",
    "parsely-author", "sailthru.author", "cxenseparse:author", "articleauthor", "citation_author",
    "article.author", "authors", "news_authors", "og:author", "dable:author", "dc.contributor",
)  # fmt: skip
_NAMED_BYLINE = (
    '[rel~="author"], [itemprop="author"], [class*="author" i], [class*="byline" i],'
    ' [class*="autor" i], [class*="writer" i], [class*="reporter" i], span[class*="person" i],'
    ' a[href*="/aut" i]'
)
_SCRIPT_WORDS = ("uthor", "yline", "ournalist", "eporter")
_SCRIPT_VALUE = re.compile(r"""\w{0,9}["']?\s{0,3}[:=]\s{0,3}["']([^"'<>{}\\]{2,60})["']""")
_SIGNED = frozenset({"ko", "zh", "ja"})
_UNSEEN = frozenset({"script", "style", "noscript", "template"})
_ELSEWHERE = re.compile(
    r"teaser|appetizer|related|recommend|promo|caption|bildautor|bildunter|credit|comment|footer"
    r"|sidebar|trending|popular|most-read",
    re.IGNORECASE,
)
_LABEL = re.compile(
    r"(?:autor(?:in)?(?:/autor(?:in)?)?|author:|auteur\s?:|autore:)\s*$", re.IGNORECASE
)
_AUTHOR_PAGE = re.compile(r"/(?:author|autor|auteur|autore)(?:e?s|en|i)?/", re.IGNORECASE)
_BYLINE_NAME = re.compile(r"author|byline|autor|writer|reporter", re.IGNORECASE)
_EDITOR = re.compile(
    "(?:编辑|編輯|责编|責編|编审|校对|校對)\\s*[:：]\\s*([\u4e00-\u9fff]{2,4})(?![\u4e00-\u9fff])"
)
_MOST_ELEMENTS = 60
_MOST_BYLINES = 8  # elements after the headline; later ones belong to other stories
_LABEL_BEGINS = frozenset("Aa")
_BY_BEGINS = frozenset("BbVvPpDdAaTt")
_MOST_LINES = 140  # texts in which a byline may stand
_MOST_NAMES = 30
_MOST_NODES = 8_000
_MOST_SCRIPTS = 80
_LONGEST_SCRIPT = 400_000  # characters
_LONGEST_LINE = 160  # characters of an element that may be a byline


@dataclass(frozen=True, slots=True)
class Byline:
    """Names in the order given; `people` is False for a house name or none at all."""

    names: tuple[str, ...] = ()
    people: bool = False


def read_authors(
    tree: LexborHTMLParser,
    landmarks: Landmarks,
    head: Head,
    house: HouseNames,
    *,
    language: str = "",
    own: Sequence[str] = (),
) -> Byline:
    """Return the authors' names in the order given.

    Args:
        language: ISO 639-1 code; says in what kind of lines a name may stand.
        own: bylines that a site profile found; they go before everything else.
    """
    editors = _editors(tree) if language == "zh" else frozenset()
    # Generators: a later source is only read when the ones before it name nobody.
    for source, trusted in (
        (own, False),
        (_reporter_links(tree, language), False),
        (_structured(head), True),
        (_meta(head), False),
    ):
        lines = list(source)
        people = unique(name for line in lines for name in people_in(line, house, trusted))
        people = tuple(name for name in people if name not in editors)
        if people:
            if trusted and len(lines) > 1:
                people = with_agencies(lines, people)
            # Japanese pages may declare only some of those who signed, never more.
            signed = signed_by(_texts(tree), language) if language == "ja" else ()
            return Byline(signed if set(people) < set(signed) else people, people=True)
    signed = signed_by(_texts(tree), language, besides=editors)
    if signed:
        return Byline(signed, people=True)
    people = _visible(tree, landmarks, house)
    for source in (_lines(tree, landmarks), _payload(tree) if language in _SIGNED else ()):
        for line in islice(() if people else source, _MOST_BYLINES):
            people = people or unique(people_in(line, house))
    return Byline(people, people=True) if people else Byline(_houses(head))


def _editors(tree: LexborHTMLParser) -> frozenset[str]:
    """Chinese pages declare the desk's editor as author and print who it is below the text."""
    text = " ".join(line for line in _texts(tree) if "编" in line or "編" in line or len(line) < 12)
    return frozenset(match[1] for match in _EDITOR.finditer(text))


def _houses(head: Head) -> tuple[str, ...]:
    """The house that is named as author, as it is written."""
    for author in jsonld.objects(head.article.get("author")):
        name = one_line(jsonld.text(jsonld.resolve(author, head.nodes).get("name")))
        if is_house_name(name):
            return (name,)
    for key in _META:
        for value in head.contents(key):
            if is_house_name(value):
                return (value,)
    return ()


def _structured(head: Head) -> Iterator[str]:
    authors = jsonld.objects(head.article.get("author") or head.article.get("creator"))
    for author in islice(authors, _MOST_NAMES):
        yield from jsonld.texts(jsonld.resolve(author, head.nodes).get("name"))


def _meta(head: Head) -> Iterator[str]:
    for key in _META:
        for value in islice(head.contents(key), _MOST_NAMES):
            if not value.startswith(("http", "/", "www.")):
                yield value
    label = head.first("twitter:label1").casefold()
    if label in {"written by", "verfasst von", "écrit par", "escrito por", "von", "by"}:
        yield head.first("twitter:data1")


def _reporter_links(tree: LexborHTMLParser, language: str) -> Iterator[str]:
    """Chinese and Korean pages whose structured data name the editor link the reporter."""
    if language in {"ko", "zh"}:
        for node in tree.css('a[href*="/reporter/"]')[:1]:
            yield shown_text(node, _LONGEST_LINE)


def _visible(tree: LexborHTMLParser, landmarks: Landmarks, house: HouseNames) -> tuple[str, ...]:
    """Names in the first element called a byline after the headline, and in its siblings."""
    names: list[str] = []
    place: LexborNode | None = None
    tries = 0
    after_headline = landmarks.first("h1") is None
    for node in tree.css(f"h1, {_NAMED_BYLINE}")[:_MOST_ELEMENTS]:
        if node.tag == "h1":
            after_headline = True
            continue
        if names and not _beside(node, place):
            break
        if not after_headline or (node.tag == "a" and _is_other_link(node)):
            continue
        text = shown_text(node, _LONGEST_LINE + 1)
        if not 2 <= len(text) <= _LONGEST_LINE or _in_other_story(node):
            continue
        found = people_in(text, house, trusted=node.attributes.get("itemprop") == "author")
        if found:
            names.extend(found)
            place = place or node
        tries += 1
        if tries >= _MOST_BYLINES:
            break
    return unique(names)


def _is_other_link(node: LexborNode) -> bool:
    """Tell whether a link was met for an address that only begins like an author's page."""
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


def _in_other_story(node: LexborNode | None) -> bool:
    at = node
    for _ in range(6):
        if at is None or at.tag in {"main", "body"}:
            return False
        if at.tag in {"figure", "figcaption", "aside", "footer"}:
            return True
        if _ELSEWHERE.search(f"{at.attributes.get('class') or ''} {at.attributes.get('id') or ''}"):
            return True
        at = at.parent
    return False


def _lines(tree: LexborHTMLParser, landmarks: Landmarks) -> Iterator[str]:
    """Lines that begin with "By", and paragraphs at the top that are a bold name and no more."""
    waiting = False
    for number, node in enumerate(_text_nodes(tree)):
        line = (node.text_content or "").strip()
        # Far below the headline only a label speaks of this story.
        near = number < _MOST_LINES or (line[:1] in _LABEL_BEGINS and _LABEL.match(line))
        if not line or not (near or waiting):
            continue
        names = behind_by(line) if near and line[0] in _BY_BEGINS else None
        if (names or (waiting and len(line) <= 60)) and not _in_other_story(node.parent):
            yield names or line
        waiting = names == ""
    for node in landmarks.of("p")[:8]:
        text = shown_text(node, _LONGEST_LINE + 1)
        if 5 <= len(text) <= 60 and node.css_first("strong, b, em") is not None:
            yield text


def _payload(tree: LexborHTMLParser) -> Iterator[str]:
    """Names that a page filled by script hands to its counters: East Asian ones often are."""
    for node in tree.css("script:not([src])")[:_MOST_SCRIPTS]:
        script = (node.text() or "")[:_LONGEST_SCRIPT]
        for word in _SCRIPT_WORDS:
            at = script.find(word)
            for _ in range(_MOST_BYLINES):
                if at < 0:
                    break
                match = _SCRIPT_VALUE.match(script, at + len(word))
                if match:
                    yield match[1]
                at = script.find(word, at + len(word))


def _texts(tree: LexborHTMLParser) -> Iterator[str]:
    return (node.text_content or "" for node in _text_nodes(tree))


def _text_nodes(tree: LexborHTMLParser) -> Iterator[LexborNode]:
    root = tree.body
    if root is None:
        return
    for node in islice(root.traverse(include_text=True, skip_empty=True), _MOST_NODES):
        if node.is_text_node:
            parent = node.parent
            if parent is not None and parent.tag not in _UNSEEN:
                yield node
