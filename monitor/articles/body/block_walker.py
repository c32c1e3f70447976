"""The one walk over a page's tree: text blocks and landmarks, in document order.

Without recursion. Whatever is no text (scripts, drawings, form controls, menus) is skipped, and so
are words for screen readers and ruby readings, which would break Japanese words.
"""

from collections.abc import Iterable

from selectolax.lexbor import LexborNode

from monitor.articles.body.blocks import SEAM, Block, Page, line_shares
from monitor.articles.body.class_hints import (
    BYLINE_NAME,
    CALLED,
    CAPTION,
    COMMENTS,
    DATE_NAME,
    FIGURE,
    FRAME,
    FURNITURE,
    PERSON_NAME,
    UNSEEN,
    attribute_marks,
    leads_to_author,
)
from monitor.articles.body.note_marks import is_note_mark
from monitor.articles.body.tag_kinds import (
    BLOCK,
    BOLD,
    BREAK,
    ELEMENTS,
    INHERITED,
    INLINE,
    LINKED,
    NOTED,
    PASSED,
    PICTURE,
    PLAIN,
    TEXT,
    described,
)
from monitor.articles.page.landmarks import BYLINE, DATE, Landmarks

# Beyond this much a page is no article; what was read so far is used.
MAX_NODES = 100_000
MAX_TEXT = 1_500_000
_ASKING = frozenset({None, "email", "text", "radio", "checkbox"})  # fields that readers fill in

_SET_APART = frozenset({"span", "time"})
_WHOLE = 90  # bytes of a block that is a paragraph
_IN_MENUS = (
    'h1, time, meta[itemprop], script[type*="ld+json" i], [itemprop="author"], [rel~="author"]'
)
_CALLS = BYLINE_NAME | PERSON_NAME | DATE_NAME
_CAPTIONED = CAPTION | FIGURE
_MENU = FRAME | FURNITURE | COMMENTS
_DOUBTED = _MENU | UNSEEN
_BR = "\v"
_SHORT = 160  # characters of a block whose parts are kept


def read_blocks(
    root: LexborNode,
    landmarks: Landmarks,
    *,
    sought: LexborNode | None = None,
    removed: Iterable[LexborNode] = (),
) -> Page:
    """Walk the tree below `root` once and return its text blocks; the tree is not changed.

    Args:
        landmarks: those of the page's head; the body's are added.
        sought: an element whose number the caller wants to know (`Page.sought`).
        removed: elements to pass over.
    """
    walker = _Walker(Page(landmarks=landmarks), sought, removed)
    walker.walk(root)
    return walker.page


class _Walker:
    """One walk over a tree: what holds at the present node, and what held at those still open.

    `above` is the nearest block-level element, `state` says whether links or bold type are around,
    `inherited` holds the marks of inline elements below `above`, which its blocks take over.
    """

    __slots__ = (
        "above", "bold", "breaks", "characters", "inherited", "linked", "opened",
        "owner", "page", "passed", "pieces", "sought", "state",
    )  # fmt: skip

    def __init__(
        self, page: Page, sought: LexborNode | None, removed: Iterable[LexborNode]
    ) -> None:
        self.page = page
        self.sought = sought.mem_id if sought is not None else 0
        self.passed = frozenset(node.mem_id for node in removed)
        self.characters = MAX_TEXT
        self.above, self.state, self.inherited = -1, 0, 0
        self.opened: list[tuple[LexborNode, int, int, int]] = []
        self.pieces: list[str] = []  # of the block that is being collected
        self.owner = -1  # its element
        self.linked = self.bold = 0  # its characters in links, in bold type
        self.breaks: list[int] = []  # its characters in links up to each line break

    def walk(self, root: LexborNode) -> None:
        """Take in the nodes in page order; the loop runs over every node, so it is kept flat."""
        opened, pieces, known = self.opened, self.pieces, ELEMENTS.get
        node: LexborNode | None = root
        for _ in range(MAX_NODES):
            if node is None:
                break
            child = None
            number = node.tag_id
            if number == TEXT:
                if not node.is_empty_text_node:
                    self._add_text(node.text_content or "")
                    if self.characters < 0:
                        break
                elif pieces:
                    pieces.append(" ")
            else:
                tag, kind, mark = known(number) or described(node.tag or "")
                if kind & PASSED:
                    self._pass(kind, tag, node)
                else:
                    child = node.first_child
                    if child is not None or tag in _SET_APART:
                        child = self._open(node, child, tag, kind, mark)
                    elif kind & BLOCK and pieces:
                        # Empty, it says nothing; but a block ends the line before it.
                        self._end_block()
            if child is None and opened:
                child = node.next
                while child is None:
                    node, self.above, self.state, self.inherited = opened.pop()
                    if not opened:
                        break
                    child = node.next
            node = child
        self._end_block()
        self.page.close()

    def _add_text(self, text: str) -> None:
        if not text or text.isspace():
            if self.pieces:
                self.pieces.append(" ")
            return
        if self.above < 0:
            return
        if self.owner != self.above:
            self._end_block()
            self.owner = self.above
        self.characters -= len(text)
        if "\n" in text and self.page.tags[self.owner] == "pre":
            text = text.replace("\n", _BR)
        self.pieces.append(text)
        if self.state:
            length = len(text.strip())
            if self.state & LINKED:
                self.linked += length
            if self.state & BOLD:
                self.bold += length

    def _pass(self, kind: int, tag: str, node: LexborNode) -> None:
        """Take note of what has no text of its own: a line break, a picture, a declaration."""
        if kind & BREAK:
            if self.pieces:
                self._break_line()
        elif kind & PICTURE and self.above >= 0:
            self.page.pictures.append(self.above)
            # What follows a frame, most of which are adverts, is no caption.
            if tag != "iframe" and not "".join(self.pieces).strip():
                self.page.after_picture.add(len(self.page.blocks))
        elif kind & NOTED:
            self.page.landmarks.note(tag, node)
        elif tag == "input" and node.attributes.get("type") in _ASKING and self.above >= 0:
            self.page.fields.append(self.above)
        elif tag == "button" and self.above >= 0:
            self.page.buttons.append(self.above)
        elif tag == "template" and "shadowrootmode" in node.attributes:
            self.page.rooted = True
        elif tag == "nav":
            self._look_into(node)

    def _open(
        self, node: LexborNode, child: LexborNode | None, tag: str, kind: int, mark: int
    ) -> LexborNode | None:
        """Open an element that may hold text; return its first child if that is to be read."""
        name, above = "", self.above
        if kind & NOTED:
            self.page.landmarks.note(tag, node)
        if not kind & PLAIN:
            attributes = node.attributes
            if attributes and above >= 0:
                name, found = attribute_marks(attributes)
                if found >= CALLED:
                    self._call(node, tag, found)
                mark |= found & ~_CALLS
        elif self._is_note(node, tag):
            return None
        if tag in _SET_APART and self.pieces:
            self._set_apart(tag, name)
        if (mark & _DOUBTED or self.passed) and self._is_left_out(node, tag, mark):
            return None
        block = kind & BLOCK or above < 0 or (mark & _CAPTIONED and tag in INLINE)
        if block and self.pieces:
            self._end_block()
        if child is None:
            return None
        self.opened.append((node, above, self.state, self.inherited))
        if not block:
            self.state |= kind & INHERITED
            self.inherited |= mark
            return child
        self.above = self.page.add(above, tag, name, mark | self.inherited)
        self.inherited = 0
        if node.mem_id == self.sought:
            self.page.sought = self.above
        return child

    def _is_left_out(self, node: LexborNode, tag: str, mark: int) -> bool:
        """Tell whether an element holds no text; landmarks in a menu are taken note of."""
        if mark & UNSEEN:
            return True
        if mark & _MENU and (tag in ("ul", "ol") or (tag == "footer" and not self._opens_story())):
            self._look_into(node)
            return True
        return node.mem_id in self.passed

    def _is_note(self, node: LexborNode, tag: str) -> bool:
        """Tell whether an element numbers a footnote; a link to an author is taken note of."""
        if tag == "a" and leads_to_author(node.attributes):
            self.page.landmarks.note(BYLINE, node)
        return tag == "sup" and is_note_mark(node, "".join(self.pieces[-2:]))

    def _opens_story(self) -> bool:
        """Tell whether an `article` is open of which no paragraph was met: who wrote it follows."""
        page, element = self.page, self.above
        while element >= 0 and page.tags[element] != "article":
            element = page.parents[element]
        told = (block for block in page.blocks if block.size >= _WHOLE and block.element >= element)
        return element >= 0 and next(told, None) is None

    def _look_into(self, node: LexborNode) -> None:
        """Take note of what stands in a menu that is no part of the text."""
        for inner in node.css(_IN_MENUS):
            tag = inner.tag or ""
            self.page.landmarks.note(tag if described(tag)[1] & NOTED else BYLINE, inner)

    def _call(self, node: LexborNode, tag: str, found: int) -> None:
        """Take note of an element that is called a byline or a date."""
        if found & BYLINE_NAME or (found & PERSON_NAME and tag == "span"):
            self.page.landmarks.note(BYLINE, node)
        if found & DATE_NAME:
            self.page.landmarks.note(DATE, node)

    def _set_apart(self, tag: str, name: str) -> None:
        """Break the line where a name says so; layout keeps a time from the words before it."""
        if tag == "time":
            self.pieces.append(" ")
        elif name.endswith("br") and f" {name}".endswith(" br"):
            self._break_line()

    def _break_line(self) -> None:
        self.pieces.append(_BR)
        self.breaks.append(self.linked)

    def _end_block(self) -> None:
        """Make a block of the text collected so far."""
        if not self.pieces:
            return
        raw = self.pieces[0] if len(self.pieces) == 1 else "".join(self.pieces)
        shares: tuple[float, ...] = ()
        if _BR in raw:
            lines = [" ".join(line.split()) for line in raw.split(_BR)]
            text = "\n".join(filter(None, lines))
            if self.linked and len(self.breaks) == len(lines) - 1:
                shares = line_shares(lines, [0, *self.breaks, self.linked])
        elif raw.isprintable() and "  " not in raw:
            text = raw.strip(" ")  # among what is printable " " is the only space
        else:
            text = " ".join(raw.split())
        if text:
            length = len(text)
            size = length if text.isascii() else len(text.encode("utf-8", "replace"))
            linked = min(1.0, self.linked / length) if self.linked else 0.0
            bold = min(1.0, self.bold / length) if self.bold else 0.0
            pieces = SEAM.join(self.pieces) if length <= _SHORT and len(self.pieces) > 1 else ""
            blocks = self.page.blocks
            blocks.append(Block(len(blocks), text, self.owner, linked, bold, size, shares, pieces))
        self.pieces.clear()
        self.linked = self.bold = 0
        self.breaks.clear()
