"""A page as a flat list of text blocks with the elements that hold them.

The tree is walked once, in document order and without recursion. Text between two block borders
becomes one block; a `br` inside a block is kept as a line break, since old Korean and Chinese
pages separate their paragraphs by nothing else. Whatever is no text (scripts, drawings, form
controls, menus) is skipped, and so are words for screen readers and ruby readings, which would
break Japanese words.

Only block-level elements are kept. They are numbered in document order, so that the elements below
number `i` are exactly those from `i + 1` to `last[i]`. All later steps are arithmetic on these
numbers; none asks the tree again.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field

from selectolax.lexbor import LexborHTMLParser, LexborNode

from monitor.articles.body.class_hints import (
    CAPTION,
    COMMENTS,
    FIGURE,
    FRAME,
    FURNITURE,
    TAG_MARKS,
    UNSEEN,
    attribute_marks,
)

# Beyond this much a page is no article; what was read so far is used.
MAX_NODES = 100_000
MAX_TEXT = 1_500_000

# What an element's tag says about the text in it.
_BLOCK, _SKIPPED, _LINKED, _BOLD, _PICTURE, _BREAK, _PLAIN = 1, 2, 4, 8, 16, 32, 64
_INHERITED = _LINKED | _BOLD
_TAGS = {
    **dict.fromkeys(
        (
            *("address", "article", "aside", "blockquote", "body", "caption", "center", "dd"),
            *("details", "dialog", "dir", "div", "dl", "dt", "fieldset", "figcaption", "figure"),
            *("form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hgroup", "hr"),
            *("html", "li", "main", "menu", "ol", "p", "pre", "section", "summary", "table"),
            *("tbody", "td", "tfoot", "th", "thead", "tr", "ul"),
        ),
        _BLOCK,
    ),
    **dict.fromkeys(
        (
            *("script", "style", "noscript", "template", "svg", "math", "canvas", "head", "title"),
            *("select", "option", "datalist", "textarea", "button", "input", "progress", "meter"),
            *("object", "embed", "map", "portal", "rt", "rp", "nav", "footer", "link", "meta"),
        ),
        _SKIPPED,
    ),
    **dict.fromkeys(("iframe", "video", "audio", "img", "picture"), _SKIPPED | _PICTURE),
    **dict.fromkeys(("amp-img", "amp-video", "amp-iframe"), _SKIPPED | _PICTURE),
    # Inline elements whose names are not worth reading.
    **dict.fromkeys(("sub", "sup", "abbr", "code", "wbr", "q", "mark", "u", "ruby", "rb"), _PLAIN),
    "a": _LINKED | _PLAIN,
    "b": _BOLD | _PLAIN,
    "strong": _BOLD,
    "br": _BREAK,
}
# A caption set as part of the line ("<em class='img_desc'>") is a block of its own all the same.
_INLINE = frozenset({"span", "em", "i", "small", "font", "cite", "strong"})
_CAPTIONED = CAPTION | FIGURE
_MENU = FRAME | FURNITURE | COMMENTS
_BR = "\v"


def _described(tag: str) -> tuple[str, int, int]:
    return tag, _TAGS.get(tag, 0), TAG_MARKS.get(tag, 0)


def _numbered() -> dict[int, tuple[str, int, int]]:
    maker = LexborHTMLParser("")
    tags = {*_TAGS, *TAG_MARKS, *_INLINE}
    numbers = {maker.create_node(tag).tag_id: tag for tag in tags}
    return {number: _described(tag) for number, tag in numbers.items() if number < _NAMELESS}


# The parser numbers the tags of HTML, and asking for a number costs a third of asking for a name.
_TEXT = 2
_NAMELESS = 1024  # tags the parser does not know have numbers above, others on each page
_ELEMENTS = _numbered()


@dataclass(slots=True)
class Block:
    """One run of text between two block borders."""

    text: str  # white space folded; "\n" where a br stood
    element: int  # number of the nearest block-level element
    linked: float  # share of the characters that stand inside links, 0..1
    bold: float  # share of the characters in bold type, 0..1
    size: int  # bytes in UTF-8: a Han or Hangul character says as much as two or three Latin ones


@dataclass(slots=True)
class Page:
    """Blocks in reading order and the elements above them, numbered in document order."""

    blocks: list[Block] = field(default_factory=list)
    tags: list[str] = field(default_factory=list)
    names: list[str] = field(default_factory=list)  # class and id, as written
    parents: list[int] = field(default_factory=list)  # -1 at the top
    marks: list[int] = field(default_factory=list)  # own marks, see `class_hints`
    last: list[int] = field(default_factory=list)  # highest number below each element
    pictures: list[int] = field(default_factory=list)  # elements right above pictures and players
    after_picture: set[int] = field(default_factory=set)  # blocks with a picture just before them

    sought: int = -1  # number of the element the caller asked for; -1 when it has no text

    def within(self, element: int, container: int) -> bool:
        """Tell whether `element` is `container` or lies below it."""
        return container <= element <= self.last[container]


def read_blocks(
    root: LexborNode, *, sought: LexborNode | None = None, removed: Iterable[LexborNode] = ()
) -> Page:
    """Walk the tree below `root` once and return its text blocks.

    Args:
        root: where to start; the tree is not changed.
        sought: an element whose number the caller wants to know (`Page.sought`).
        removed: elements to pass over.
    """
    passed = frozenset(node.mem_id for node in removed)
    wanted = sought.mem_id if sought is not None else 0
    page = Page()
    tags, names, parents, marks = page.tags, page.names, page.parents, page.marks
    blocks = page.blocks
    pieces: list[str] = []
    owner = -1  # element whose text is being collected
    in_links = in_bold = 0
    nodes, characters = MAX_NODES, MAX_TEXT

    def flush() -> None:
        nonlocal in_links, in_bold
        raw = pieces[0] if len(pieces) == 1 else "".join(pieces)
        pieces.clear()
        if _BR in raw:
            text = "\n".join(filter(None, [" ".join(line.split()) for line in raw.split(_BR)]))
        else:
            text = " ".join(raw.split())
        length = len(text)
        if length:
            size = length if text.isascii() else len(text.encode("utf-8", "replace"))
            linked = bold = 0.0
            if in_links:
                linked = in_links / length if in_links < length else 1.0
            if in_bold:
                bold = in_bold / length if in_bold < length else 1.0
            blocks.append(Block(text, owner, linked, bold, size))
        in_links = in_bold = 0

    # Open nodes with what held before them: the nearest block-level element, links and bold type
    # around it, and the marks of inline elements below that element, which its blocks inherit.
    opened: list[tuple[LexborNode, int, int, int]] = []
    node: LexborNode | None = root
    above, state, inherited = -1, 0, 0
    while node is not None:
        nodes -= 1
        if nodes < 0 or characters < 0:
            break
        child = None
        if node.is_empty_text_node:
            if pieces:
                pieces.append(" ")
        elif (number := node.tag_id) == _TEXT:
            text = node.text_content or ""
            if not text or text.isspace():
                if pieces:
                    pieces.append(" ")
            elif above >= 0:
                if owner != above:
                    if pieces:
                        flush()
                    owner = above
                characters -= len(text)
                if tags[owner] == "pre":
                    text = text.replace("\n", _BR)
                pieces.append(text)
                if state:
                    length = len(text.strip())
                    if state & _LINKED:
                        in_links += length
                    if state & _BOLD:
                        in_bold += length
        else:
            tag, kind, mark = _ELEMENTS.get(number) or _described(node.tag or "")
            if kind & _BREAK:
                if pieces:
                    pieces.append(_BR)
            elif kind & _SKIPPED:
                if kind & _PICTURE and above >= 0:
                    page.pictures.append(above)
                    if not pieces or not "".join(pieces).strip():
                        page.after_picture.add(len(blocks))
            elif (child := node.first_child) is None and tag != "span":
                # Empty, it says nothing; but a block ends the line before it.
                if kind & _BLOCK and pieces:
                    flush()
            else:
                name = ""
                if not kind & _PLAIN:
                    attributes = node.attributes
                    if attributes and above >= 0:
                        name, found = attribute_marks(attributes)
                        mark |= found
                        if pieces and tag == "span" and f" {name}".endswith(" br"):
                            pieces.append(_BR)
                menu = mark & _MENU and tag in ("ul", "ol")
                if menu or mark & UNSEEN or (passed and node.mem_id in passed):
                    child = None
                elif kind & _BLOCK or above < 0 or (mark & _CAPTIONED and tag in _INLINE):
                    if pieces:
                        flush()
                    if child is not None:
                        opened.append((node, above, state, inherited))
                        tags.append(tag)
                        names.append(name)
                        parents.append(above)
                        marks.append(mark | inherited)
                        above, inherited = len(tags) - 1, 0
                        if wanted and node.mem_id == wanted:
                            page.sought = above
                elif child is not None:
                    opened.append((node, above, state, inherited))
                    state |= kind & _INHERITED
                    inherited |= mark
        if child is not None:
            node = child
            continue
        following = node.next if opened else None
        while following is None and opened:
            node, above, state, inherited = opened.pop()
            following = node.next if opened else None
        node = following
    if pieces:
        flush()

    page.last = last = list(range(len(tags)))
    for element in range(len(tags) - 1, 0, -1):
        above = parents[element]
        if last[element] > last[above]:
            last[above] = last[element]
    return page
