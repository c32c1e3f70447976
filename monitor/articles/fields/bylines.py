"""Who wrote it: people first, a house name only where no person is given.

Sources in order: JSON-LD author, meta tags, elements named as bylines, and lines in which East
Asian outlets sign ("홍길동 기자", "記者王小明／台北報導", "【山田太郎】"). The first source that
names a person wins (see `person_names`). An agency that shares a declared byline with
people stays in it; the record names it as its agency too.
"""

import re
from collections.abc import Collection, Iterator, Sequence
from itertools import islice

from msgspec import Struct
from selectolax.lexbor import LexborHTMLParser, LexborNode

from monitor.articles.fields.article_language import EAST_ASIAN
from monitor.articles.fields.declared_bylines import (
    declared_house,
    learn_accounts,
    meta_names,
    structured_names,
)
from monitor.articles.fields.outlet import HouseNames
from monitor.articles.fields.person_names import (
    apart,
    is_latin_name,
    people_in,
    unique,
    whole_names,
    with_desks,
)
from monitor.articles.fields.visible_bylines import in_other_story, links_account, visible_names
from monitor.articles.page.head import Head, shown_text
from monitor.articles.page.landmarks import Landmarks
from monitor.newsroom import behind_by, signed_by
from monitor.text import letters

_SCRIPT_WORDS = ("uthor", "yline", "ournalist", "eporter")
_SCRIPT_VALUE = re.compile(r"""\w{0,9}["']?\s{0,3}[:=]\s{0,3}["']([^"'<>{}\\]{2,60})["']""")
_UNSEEN = frozenset({"script", "style", "noscript", "template"})
_LABEL = re.compile(
    r"(?:autor(?:in)?(?:/autor(?:in)?)?|author:|auteur\s?:|autore:)\s*$", re.IGNORECASE
)
_EDITOR = re.compile(
    "(?:编辑|編輯|责编|責編|编审|校对|校對)\\s*[:：]\\s*([\u4e00-\u9fff]{2,4})(?![\u4e00-\u9fff])"
)
_MOST_BYLINES = 8  # elements after the headline; later ones belong to other stories
_LABEL_BEGINS = frozenset("Aa")
_BY_BEGINS = frozenset("BbVvPpDdAaTt")
_MOST_LINES = 140  # texts in which a byline may stand
_MOST_NODES = 8_000
_MOST_SCRIPTS = 80
_LONGEST_SCRIPT = 400_000  # characters
_LONGEST_LINE = 160  # characters of an element that may be a byline


class Byline(Struct, frozen=True):
    """Names in the order given.

    Attributes:
        people: False for a house name or none at all.
        declared: whether the page itself says that these are the authors.
        editors: whom the page prints as the desk's editors, who are no authors.
    """

    names: tuple[str, ...] = ()
    people: bool = False
    declared: bool = False
    editors: frozenset[str] = frozenset()


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
    learn_accounts(head, house)
    printed = _Printed(tree)
    editors = _editors(printed) if language == "zh" else frozenset()
    people = _declared(tree, landmarks, head, house, language, own, editors)
    if people:
        # Japanese pages may declare only some of those who signed, never more.
        signed = signed_by(printed.texts(), language) if language == "ja" else ()
        if set(people) < set(signed):
            return Byline(signed, people=True, declared=True)
        people = _completed(people, visible_names(landmarks, house))
        return Byline(people, people=True, declared=True)
    signed = signed_by(printed.texts(), language, besides=editors)
    if signed:
        return Byline(signed, people=True, editors=editors)
    people = visible_names(landmarks, house)
    if language == "zh":
        people = unique(name for line in people for name in apart(line))
    for source in (_lines(printed, landmarks), _payload(tree) if language in EAST_ASIAN else ()):
        for line in islice(() if people else source, _MOST_BYLINES):
            people = people or unique(people_in(line, house))
    if people:
        return Byline(people, people=True, editors=editors)
    named = tuple(name for name in declared_house(head) if name not in editors)
    return Byline(named, editors=editors)


def _declared(
    tree: LexborHTMLParser,
    landmarks: Landmarks,
    head: Head,
    house: HouseNames,
    language: str,
    own: Sequence[str],
    editors: Collection[str],
) -> tuple[str, ...]:
    """Return the people that the first source to name any names; `editors` are no authors."""
    # Generators: a later source is only read when the ones before it name nobody.
    for source, trusted in (
        (own, False),
        (_reporter_links(tree, language), False),
        (structured_names(head), True),
        (meta_names(head), False),
    ):
        lines = list(source)
        named = unique(name for line in lines for name in people_in(line, house, trusted))
        people = tuple(name for name in named if name not in editors)
        if not people:
            continue
        if trusted and not any(" " in name or not name.isascii() for name in people):
            # One word may be a desk editor's login; a whole name elsewhere is the writer's.
            meant = (name for line in meta_names(head) for name in people_in(line, house))
            people = whole_names(meant) or whole_names(visible_names(landmarks, house)) or people
        return with_desks(lines, people, house) if trusted and len(lines) > 1 else people
    return ()


def _completed(people: tuple[str, ...], visible: tuple[str, ...]) -> tuple[str, ...]:
    """Return the declared people, or those of a printed byline that names them and others."""
    declared, shown = {letters(name) for name in people}, {letters(name) for name in visible}
    return visible if declared < shown and all(map(is_latin_name, visible)) else people


class _Printed:
    """The texts that a page shows, collected when they are first asked for."""

    __slots__ = ("_nodes", "_tree")

    def __init__(self, tree: LexborHTMLParser) -> None:
        self._tree = tree
        self._nodes: list[LexborNode] | None = None

    def nodes(self) -> list[LexborNode]:
        if self._nodes is None:
            self._nodes = list(_text_nodes(self._tree))
        return self._nodes

    def texts(self) -> Iterator[str]:
        return (node.text_content or "" for node in self.nodes())


def _editors(printed: _Printed) -> frozenset[str]:
    """Chinese pages declare the desk's editor as author and print who it is below the text."""
    texts = printed.texts()
    text = " ".join(line for line in texts if "编" in line or "編" in line or len(line) < 12)
    return frozenset(match[1] for match in _EDITOR.finditer(text))


def _reporter_links(tree: LexborHTMLParser, language: str) -> Iterator[str]:
    """Chinese and Korean pages whose structured data name the editor link the reporter."""
    if language in {"ko", "zh"}:
        for node in tree.css('a[href*="/reporter/"]')[:1]:
            yield shown_text(node, _LONGEST_LINE)


def _lines(printed: _Printed, landmarks: Landmarks) -> Iterator[str]:
    """Lines that begin with "By", and paragraphs at the top that are a bold name and no more."""
    waiting = False
    for number, node in enumerate(printed.nodes()):
        line = (node.text_content or "").strip()
        # Far below the headline only a label speaks of this story.
        near = number < _MOST_LINES or (line[:1] in _LABEL_BEGINS and _LABEL.match(line))
        if not line or not (near or waiting):
            continue
        names = behind_by(line) if near and line[0] in _BY_BEGINS else None
        above = node.parent
        if (names or (waiting and len(line) <= 60)) and not (
            above is None or links_account(above) or in_other_story(above)
        ):
            yield names or line
        waiting = names == ""
    yield from _bold_lines(landmarks)


def _bold_lines(landmarks: Landmarks) -> Iterator[str]:
    for node in landmarks.of("p"):
        bold = node.css_first("strong, b, em")
        text = shown_text(node, _LONGEST_LINE + 1) if bold is not None else ""
        # A sentence may begin with a name in bold.
        if bold is not None and 5 <= len(text) <= 60 and len(text) < 2 * len(shown_text(bold)):
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


def _text_nodes(tree: LexborHTMLParser) -> Iterator[LexborNode]:
    root = tree.body
    if root is None:
        return
    for node in islice(root.traverse(include_text=True, skip_empty=True), _MOST_NODES):
        if node.is_text_node:
            parent = node.parent
            if parent is not None and parent.tag not in _UNSEEN:
                yield node
