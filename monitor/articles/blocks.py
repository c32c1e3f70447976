"""A page as a flat list of text blocks with the elements that hold them.

The tree is walked once, in document order and without recursion. Text between two block borders
becomes one block; a `br` inside a block is kept as a line break, since old Korean and Chinese pages
separate their paragraphs by nothing else. Whatever is no text (scripts, drawings, form controls)
is skipped, and so are ruby readings, which would break Japanese words, and words for screen readers.

Elements are numbered in document order, so that the elements below number `i` are exactly those
from `i + 1` to `last[i]`. All later steps are arithmetic on these numbers; none asks the tree again.
"""

from dataclasses import dataclass, field

from selectolax.lexbor import LexborNode

from monitor.articles.marks import CAPTION, FIGURE, TAG_MARKS, UNSEEN, attribute_marks

# Beyond this much a page is no article; what was read so far is used.
MAX_NODES = 250_000
MAX_TEXT = 6_000_000

# What an element's tag says about the text in it.
_BLOCK, _SKIPPED, _LINKED, _BOLD, _PICTURE, _BREAK = 1, 2, 4, 8, 16, 32
_INHERITED = _SKIPPED | _LINKED | _BOLD
_TAGS = {
    **dict.fromkeys(
        (
            *("address", "article", "aside", "blockquote", "body", "caption", "center", "dd"),
            *("details", "dialog", "dir", "div", "dl", "dt", "fieldset", "figcaption", "figure"),
            *("footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hgroup", "hr"),
            *("html", "li", "main", "menu", "nav", "ol", "p", "pre", "section", "summary"),
            *("table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul"),
        ),
        _BLOCK,
    ),
    **dict.fromkeys(
        (
            *("script", "rt", "rp", "title", "head", "textarea", "object", "embed", "map"),
            *("canvas", "math", "datalist", "progress", "meter", "portal", "input", "option"),
        ),
        _SKIPPED,
    ),
    **dict.fromkeys(("iframe", "video", "audio"), _SKIPPED | _PICTURE),
    **dict.fromkeys(("img", "picture", "amp-img", "amp-video", "amp-iframe"), _PICTURE),
    "a": _LINKED,
    "b": _BOLD,
    "strong": _BOLD,
    "br": _BREAK,
}
_STRIPPED = ["svg", "noscript", "style", "template", "select", "button"]
# A caption set as part of the line ("<em class='img_desc'>") is a block of its own all the same.
_INLINE = frozenset({"span", "em", "i", "small", "font", "cite", "strong"})
CAPTIONED = CAPTION | FIGURE
_BR = "\v"


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
    marks: list[int] = field(default_factory=list)  # own marks, see monitor.articles.marks
    last: list[int] = field(default_factory=list)  # highest number below each element
    pictures: list[int] = field(default_factory=list)  # elements that are pictures, films, players
    after_picture: set[int] = field(default_factory=set)  # blocks with a picture just before them

    def within(self, element: int, container: int) -> bool:
        """Tell whether `element` is `container` or lies below it."""
        return container <= element <= self.last[container]


def read_blocks(root: LexborNode) -> Page:
    """Walk the tree below `root` once; the tree is changed (drawings and the like are removed)."""
    root.strip_tags(_STRIPPED, recursive=True)
    page = Page()
    tags, names, parents, marks = page.tags, page.names, page.parents, page.marks
    blocks = page.blocks
    number: dict[int, int] = {}  # node address -> element number
    holders: list[int] = []  # nearest block-level element of each element
    states: list[int] = []  # what each element inherits
    pieces: list[str] = []
    owner = -1  # block-level element whose text is being collected
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

    for node in root.traverse(include_text=True):
        nodes -= 1
        if nodes < 0 or characters < 0:
            break
        tag = node.tag
        parent = node.parent
        above = number.get(parent.mem_id, -1) if parent is not None else -1
        if tag == "-text":
            if above < 0 or states[above] & _SKIPPED:
                continue
            text = node.text_content or ""
            if not text or text.isspace():
                if pieces:
                    pieces.append(" ")
                continue
            if owner != holders[above]:
                if pieces:
                    flush()
                owner = holders[above]
            length = len(text)
            characters -= length
            if tags[owner] == "pre":
                text = text.replace("\n", _BR)
            pieces.append(text)
            state = states[above]
            if state & _LINKED:
                in_links += len(text.strip())
            if state & _BOLD:
                in_bold += len(text.strip())
            continue
        if tag is None or not tag[0].isalpha():
            continue
        kind = _TAGS.get(tag, 0)
        if kind & _BREAK:
            if pieces:
                pieces.append(_BR)
            continue
        me = len(tags)
        number[node.mem_id] = me
        attributes = node.attributes
        mark = TAG_MARKS.get(tag, 0)
        name = ""
        if attributes:
            name, found = attribute_marks(attributes)
            if above >= 0:
                mark |= found
            if pieces and tag == "span" and f" {name}".endswith(" br"):
                pieces.append(_BR)
        tags.append(tag)
        names.append(name)
        parents.append(above)
        marks.append(mark)
        state = kind & _INHERITED
        if mark & UNSEEN:
            state |= _SKIPPED
        if above >= 0:
            state |= states[above]
        states.append(state)
        if kind & _BLOCK or above < 0 or (mark & CAPTIONED and tag in _INLINE):
            holders.append(me)
            if pieces:
                flush()
        else:
            holders.append(holders[above])
            if kind & _PICTURE:
                page.pictures.append(me)
                if not any(not piece.isspace() for piece in pieces):
                    page.after_picture.add(len(blocks))
    if pieces:
        flush()

    page.last = last = list(range(len(tags)))
    for element in range(len(tags) - 1, 0, -1):
        above = parents[element]
        if above >= 0 and last[element] > last[above]:
            last[above] = last[element]
    return page
