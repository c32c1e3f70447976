"""A page as a flat list of text blocks with the elements that hold them.

Text between two block borders is one block; a `br` inside a block is kept as a line break, since
old Korean and Chinese pages separate their paragraphs by nothing else.

Only block-level elements are kept. They are numbered in document order, so that the elements below
number `i` are exactly those from `i + 1` to `last[i]`. All later steps are arithmetic on these
numbers; none asks the tree again. The readers of a story's fields do; what they look for was
gathered in the same walk (`landmarks`).
"""

from collections.abc import Iterable, Sequence

from msgspec import Struct, field

from monitor.articles.page.landmarks import Landmarks

SEAM = "\x1f"  # between the pieces of a block
MAX_DEPTH = 128  # of elements in each other; in 595 pages of the news there were 48 at most


class Block(Struct):
    """One run of text between two block borders."""

    number: int  # place among the page's blocks
    text: str  # white space folded; "\n" where a br stood
    element: int  # number of the nearest block-level element
    linked: float  # share of the characters that stand inside links, 0..1
    bold: float  # share of the characters in bold type, 0..1
    size: int  # bytes in UTF-8: a Han or Hangul character says as much as two or three Latin ones
    shares: tuple[float, ...] = ()  # `linked` of each line, where br divides lines with links
    pieces: str = ""  # as the elements of a short block divide it, a `SEAM` between them

    @property
    def parts(self) -> tuple[str, ...]:
        """The texts of the elements that a short block is made of, where they are several."""
        return tuple(text for piece in self.pieces.split(SEAM) if (text := " ".join(piece.split())))


class Page(Struct):
    """Blocks in reading order and the elements above them, numbered in document order."""

    blocks: list[Block] = field(default_factory=list)
    tags: list[str] = field(default_factory=list)
    names: list[str] = field(default_factory=list)  # class and id, as written
    parents: list[int] = field(default_factory=list)  # -1 at the top
    depths: list[int] = field(default_factory=list)  # 0 at the top
    marks: list[int] = field(default_factory=list)  # own marks, see `class_hints`
    last: list[int] = field(default_factory=list)  # highest number below each element
    pictures: list[int] = field(default_factory=list)  # elements right above pictures and players
    fields: list[int] = field(default_factory=list)  # elements right above fields to be filled in
    buttons: list[int] = field(default_factory=list)  # elements right above buttons
    after_picture: set[int] = field(default_factory=set)  # blocks with a picture just before them

    landmarks: Landmarks = field(default_factory=Landmarks)
    rooted: bool = False  # whether some of the page stands in shadow roots
    sought: int = -1  # number of the element the caller asked for; -1 when it has no text

    def add(self, above: int, tag: str, name: str, marks: int) -> int:
        """Add the next element below another (-1: none); return its number.

        What lies too deep is put beside what is around it: many questions are asked of all elements
        around a line.
        """
        if above >= 0 and self.depths[above] == MAX_DEPTH:
            above = self.parents[above]
        self.parents.append(above)
        self.depths.append(self.depths[above] + 1 if above >= 0 else 0)
        self.tags.append(tag)
        self.names.append(name)
        self.marks.append(marks)
        return len(self.tags) - 1

    def close(self) -> None:
        """Fill in the highest number below each element, when all are known."""
        last, parents = list(range(len(self.tags))), self.parents
        for element in range(len(last) - 1, 0, -1):
            above = parents[element]
            if last[element] > last[above]:
                last[above] = last[element]
        self.last = last

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


def line_shares(lines: Sequence[str], linked: Sequence[int]) -> tuple[float, ...]:
    """Return the share of each line's characters that stand inside links; empty lines have none.

    Args:
        linked: characters in links up to the beginning of each line, and up to the last one's end.
    """
    return tuple(
        min(1.0, (linked[at + 1] - linked[at]) / len(line)) for at, line in enumerate(lines) if line
    )


def unnumbered(names: str) -> str:
    """Return an element's class names and id without those that hold a number: a post's own."""
    return " ".join(name for name in names.split() if not any(map(str.isdigit, name)))
