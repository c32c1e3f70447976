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

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from selectolax.lexbor import LexborNode

from monitor.articles.body.class_hints import (
    CAPTION,
    COMMENTS,
    FIGURE,
    FRAME,
    FURNITURE,
    UNSEEN,
    attribute_marks,
)
from monitor.articles.body.tag_kinds import (
    BLOCK,
    BOLD,
    BREAK,
    ELEMENTS,
    INHERITED,
    INLINE,
    LINKED,
    PASSED,
    PICTURE,
    PLAIN,
    TEXT,
    described,
)

# Beyond this much a page is no article; what was read so far is used.
MAX_NODES = 100_000
MAX_TEXT = 1_500_000

_SET_APART = frozenset({"span", "time"})
_CAPTIONED = CAPTION | FIGURE
_MENU = FRAME | FURNITURE | COMMENTS
_BR = "\v"


@dataclass(slots=True)
class Block:
    """One run of text between two block borders."""

    number: int  # place among the page's blocks
    text: str  # white space folded; "\n" where a br stood
    element: int  # number of the nearest block-level element
    linked: float  # share of the characters that stand inside links, 0..1
    bold: float  # share of the characters in bold type, 0..1
    size: int  # bytes in UTF-8: a Han or Hangul character says as much as two or three Latin ones
    shares: tuple[float, ...] = ()  # `linked` of each line, where br divides lines with links


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

    def spread(self, roots: Iterable[int]) -> frozenset[int]:
        """Return these elements and all below them."""
        covered: set[int] = set()
        end = -1
        for root in sorted(roots):
            covered.update(range(max(root, end + 1), self.last[root] + 1))
            end = max(end, self.last[root])
        return frozenset(covered)


def read_blocks(
    root: LexborNode, *, sought: LexborNode | None = None, removed: Iterable[LexborNode] = ()
) -> Page:
    """Walk the tree below `root` once and return its text blocks.

    Args:
        root: where to start; the tree is not changed.
        sought: an element whose number the caller wants to know (`Page.sought`).
        removed: elements to pass over.
    """
    walker = _Walker(sought, removed)
    walker.walk(root)
    return walker.page


class _Walker:
    """One walk over a tree: what holds at the present node, and what held at those still open.

    `above` is the nearest block-level element, `state` says whether links or bold type are around,
    `inherited` holds the marks of inline elements below `above`, which its blocks take over.
    """

    __slots__ = (
        "above", "bold", "breaks", "characters", "inherited", "linked", "opened", "owner", "page",
        "passed", "pieces", "sought", "state",
    )  # fmt: skip

    def __init__(self, sought: LexborNode | None, removed: Iterable[LexborNode]) -> None:
        self.page = Page()
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
                    self._pass(kind)
                else:
                    child = node.first_child
                    if child is not None or tag == "span":
                        child = self._open(node, child, tag, kind, mark)
                    elif kind & BLOCK and pieces:
                        # Empty, it says nothing; but a block ends the line before it.
                        self._end_block()
            if child is None:
                child = node.next if opened else None
                while child is None and opened:
                    node, self.above, self.state, self.inherited = opened.pop()
                    child = node.next if opened else None
            node = child
        self._end_block()
        _close(self.page)

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
        if self.page.tags[self.owner] == "pre":
            text = text.replace("\n", _BR)
        self.pieces.append(text)
        if self.state:
            length = len(text.strip())
            if self.state & LINKED:
                self.linked += length
            if self.state & BOLD:
                self.bold += length

    def _pass(self, kind: int) -> None:
        """Take note of a line break or a picture; neither has text of its own."""
        if kind & BREAK:
            if self.pieces:
                self._break_line()
        elif kind & PICTURE and self.above >= 0:
            self.page.pictures.append(self.above)
            if not "".join(self.pieces).strip():
                self.page.after_picture.add(len(self.page.blocks))

    def _open(
        self, node: LexborNode, child: LexborNode | None, tag: str, kind: int, mark: int
    ) -> LexborNode | None:
        """Open an element that may hold text; return its first child if that is to be read."""
        name, above = "", self.above
        if not kind & PLAIN:
            attributes = node.attributes
            if attributes and above >= 0:
                name, found = attribute_marks(attributes)
                mark |= found
        if tag in _SET_APART and self.pieces:
            self._set_apart(tag, name)
        if mark & UNSEEN or (mark & _MENU and tag in ("ul", "ol")):
            return None
        if self.passed and node.mem_id in self.passed:
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
        page = self.page
        page.parents.append(above)
        page.tags.append(tag)
        page.names.append(name)
        page.marks.append(mark | self.inherited)
        self.above, self.inherited = len(page.tags) - 1, 0
        if self.sought and node.mem_id == self.sought:
            page.sought = self.above
        return child

    def _set_apart(self, tag: str, name: str) -> None:
        """Break the line where a name says so; layout keeps a time from the words before it."""
        if tag == "time":
            self.pieces.append(" ")
        elif f" {name}".endswith(" br"):
            self._break_line()

    def _break_line(self) -> None:
        self.pieces.append(_BR)
        self.breaks.append(self.linked)

    def _end_block(self) -> None:
        """Make a block of the text collected so far."""
        if not self.pieces:
            return
        raw = self.pieces[0] if len(self.pieces) == 1 else "".join(self.pieces)
        self.pieces.clear()
        shares: tuple[float, ...] = ()
        if _BR in raw:
            lines = [" ".join(line.split()) for line in raw.split(_BR)]
            text = "\n".join(filter(None, lines))
            if self.linked and len(self.breaks) == len(lines) - 1:
                shares = _shares(lines, [0, *self.breaks, self.linked])
        else:
            text = " ".join(raw.split())
        if text:
            length = len(text)
            size = length if text.isascii() else len(text.encode("utf-8", "replace"))
            linked = min(1.0, self.linked / length) if self.linked else 0.0
            bold = min(1.0, self.bold / length) if self.bold else 0.0
            blocks = self.page.blocks
            blocks.append(Block(len(blocks), text, self.owner, linked, bold, size, shares))
        self.linked = self.bold = 0
        self.breaks.clear()


def _shares(lines: Sequence[str], linked: Sequence[int]) -> tuple[float, ...]:
    """Return the share of each line's characters that stand inside links; empty lines have none.

    Args:
        linked: characters in links up to the beginning of each line, and up to the last one's end.
    """
    return tuple(
        min(1.0, (linked[at + 1] - linked[at]) / len(line)) for at, line in enumerate(lines) if line
    )


def _close(page: Page) -> None:
    """Fill in the highest number below each element."""
    last, parents = list(range(len(page.tags))), page.parents
    for element in range(len(last) - 1, 0, -1):
        above = parents[element]
        if last[element] > last[above]:
            last[above] = last[element]
    page.last = last
