"""A page as a flat list of text blocks with the elements that hold them.

The tree is walked once, in document order and without recursion. Text between two block borders
becomes one block; a `br` inside a block is kept as a line break, since old Korean and Chinese pages
separate their paragraphs by nothing else. Whatever is no text (scripts, drawings, form controls)
is skipped, and so are ruby readings, which would break Japanese words.

Elements are numbered in document order, so that the elements below number `i` are exactly those
from `i + 1` to `last[i]`. All later steps are arithmetic on these numbers; no step asks the
tree again.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

from selectolax.lexbor import LexborNode

from monitor.articles.marks import UNSEEN, own_marks

# Beyond this many nodes a page is no article; what was read so far is used.
MAX_NODES = 250_000
MAX_TEXT = 6_000_000

BLOCK_TAGS = frozenset(
    "address article aside blockquote body caption center dd details dialog dir div dl dt fieldset"
    " figcaption figure footer form h1 h2 h3 h4 h5 h6 header hgroup hr html li main menu nav ol"
    " p pre section summary table tbody td tfoot th thead tr ul".split()
)
SKIPPED_TAGS = frozenset({"script", "rt", "rp", "title", "head", "iframe", "video", "audio"})
PICTURE_TAGS = frozenset(
    {"img", "picture", "iframe", "video", "amp-img", "amp-video", "amp-iframe"}
)
STRIPPED_TAGS = [
    *("style", "svg", "noscript", "template", "select", "button", "input", "textarea", "object"),
    *("embed", "map", "canvas", "math", "datalist", "progress", "meter", "portal"),
]


@dataclass(slots=True)
class Block:
    """One run of text between two block borders."""

    text: str  # white space folded; "\n" where a br stood
    element: int  # number of the nearest block-level element
    linked: float  # share of the characters that stand inside links, 0..1
    bold: float  # share of the characters in bold type, 0..1
    size: int  # bytes in UTF-8: one Han or Hangul character says as much as two or three Latin ones


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

    def span(self, container: int) -> Sequence[Block]:
        """Return the blocks at or below `container`, in reading order."""
        end = self.last[container]
        return [block for block in self.blocks if container <= block.element <= end]


def read_blocks(root: LexborNode) -> Page:
    """Walk the tree below `root` once; the tree is changed (elements without text are removed)."""
    root.strip_tags(STRIPPED_TAGS, recursive=True)
    page = Page()
    tags, names, parents, marks = page.tags, page.names, page.parents, page.marks
    blocks = page.blocks
    number: dict[int, int] = {}  # node address -> element number
    holder: list[int] = []  # nearest block-level element of each element
    linked: list[bool] = []
    bold: list[bool] = []
    skipped: list[bool] = []
    pieces: list[str] = []
    owner = -1  # block-level element whose text is being collected
    in_links = in_bold = 0
    budget_nodes, budget_text = MAX_NODES, MAX_TEXT

    def flush() -> None:
        nonlocal in_links, in_bold
        raw = "".join(pieces)
        pieces.clear()
        if "\v" in raw:
            lines = [" ".join(line.split()) for line in raw.split("\v")]
            text = "\n".join(line for line in lines if line)
        else:
            text = " ".join(raw.split())
        if text:
            total = max(1, len(raw) - raw.count("\v"))
            blocks.append(
                Block(
                    text,
                    owner,
                    in_links / total,
                    in_bold / total,
                    len(text.encode("utf-8", "replace")),
                )
            )
        in_links = in_bold = 0

    for node in root.traverse(include_text=True):
        budget_nodes -= 1
        if budget_nodes < 0 or budget_text < 0:
            break
        tag = node.tag
        if tag == "-text":
            parent = node.parent
            at = number.get(parent.mem_id, -1) if parent is not None else -1
            if at < 0 or skipped[at]:
                continue
            text = node.text_content or ""
            if owner != holder[at]:
                if not text.strip():
                    continue
                flush()
                owner = holder[at]
            budget_text -= len(text)
            if tags[owner] == "pre":
                text = text.replace("\n", "\v")
            pieces.append(text)
            if linked[at]:
                in_links += len(text)
            if bold[at]:
                in_bold += len(text)
            continue
        if tag is None or not tag[0].isalpha():
            continue
        parent = node.parent
        above = number.get(parent.mem_id, -1) if parent is not None else -1
        if tag == "br":
            if pieces:
                pieces.append("\v")
            continue
        me = len(tags)
        number[node.mem_id] = me
        tags.append(tag)
        parents.append(above)
        attributes = node.attributes
        name, own = own_marks(tag, attributes)
        names.append(name)
        marks.append(own)
        inherited = above >= 0
        is_block = tag in BLOCK_TAGS or not inherited
        holder.append(me if is_block else holder[above])
        linked.append((inherited and linked[above]) or tag == "a")
        bold.append((inherited and bold[above]) or tag in ("b", "strong"))
        skipped.append((inherited and skipped[above]) or tag in SKIPPED_TAGS or bool(own & UNSEEN))
        if tag == "span" and name.endswith(" ") and name.rstrip().endswith(" br"):
            pieces.append("\v")
        if is_block and pieces:
            flush()
            owner = -1
        if tag in PICTURE_TAGS:
            page.pictures.append(me)
            if not "".join(pieces).strip():
                page.after_picture.add(len(blocks))
    flush()

    page.last = last = list(range(len(tags)))
    for element in range(len(tags) - 1, 0, -1):
        above = parents[element]
        if above >= 0 and last[element] > last[above]:
            last[above] = last[element]
    return page
