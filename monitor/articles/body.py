"""The body of a news page: its paragraphs in reading order, and nothing else."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from selectolax.lexbor import LexborHTMLParser, LexborNode

from monitor.articles.blocks import Block, Page, read_blocks
from monitor.articles.container import (
    TEXT_TAGS,
    Choice,
    choose_container,
    marks_below,
    prose_mass,
    prose_weight,
)
from monitor.articles.furniture import ends_sentence, is_caption, is_furniture, without_contact
from monitor.articles.marks import (
    BYLINE,
    CAPTION,
    COMMENTS,
    FIGURE,
    FRAME,
    FURNITURE,
    HEADING,
    HIDDEN,
    LIST,
    QUOTE,
    STANDFIRST,
)
from monitor.articles.payload import article_body, read_payload, split_text
from monitor.errors import NoArticle
from monitor.text import one_line

SHORT = 1500  # bytes; a shorter text may be a stub of one that a script holds
BOX = 330  # bytes of text beside a picture that still are its caption


@dataclass(frozen=True, slots=True)
class Body:
    """What was found of the article's text.

    Attributes:
        paragraphs: reading order, sub-headlines included, one line each.
        captions: (caption, credit) as printed, lead picture first.
        method: "dom", "payload", "json-ld" or "profile".
        confidence: 0..1, how far independent choices agree.
        access: "stub" or "paywall" when the page shows only a part of the text.
    """

    paragraphs: tuple[str, ...]
    captions: tuple[tuple[str, str], ...]
    method: str
    confidence: float
    access: Literal["full", "stub", "paywall"]


def read_body(
    tree: LexborHTMLParser,
    *,
    title: str = "",
    description: str = "",
    standfirst: str = "",
    authors: Sequence[str] = (),
    language: str = "",
    jsonld: Sequence[Mapping[str, Any]] = (),
    container: LexborNode | None = None,
    remove: str = "",
) -> Body:
    """Return the article's text; the tree may be changed.

    Raises:
        NoArticle: the page holds no text that reads like an article.
    """
    root = container or tree.body or tree.root
    if root is None:
        raise NoArticle("the page is empty")
    captions: list[tuple[str, str]] = []
    lead = (standfirst, description)
    page = read_blocks(root)
    choice: Choice | None
    if container is not None:
        choice = Choice(0, frozenset(), 1.0)
    else:
        openings = [one_line(text[:200]) for text in (*lead, article_body(jsonld)) if text]
        choice = choose_container(page, openings)
    paragraphs = _collect(page, choice, title, lead, captions) if choice else []
    method = "dom" if container is None else "profile"
    size = _size(paragraphs)
    told = article_body(jsonld)
    if size < SHORT or len(told.encode()) > 1.6 * size:
        hidden = _clean_payload(read_payload(tree, title), title)
        if _size(hidden) > max(300, 1.5 * size) and _concerns(hidden, paragraphs, title, lead):
            paragraphs, method = hidden, "payload"
        elif len(told.encode()) > max(300, 1.6 * size):
            paragraphs, method = _clean_payload(split_text(told), title), "json-ld"
    if not paragraphs:
        raise NoArticle("the page holds no text that reads like an article")
    return Body(tuple(paragraphs), tuple(captions), method, 0.5, "full")


def _size(paragraphs: Sequence[str]) -> int:
    return sum(len(paragraph.encode()) for paragraph in paragraphs)


def _clean_payload(lines: Sequence[str], title: str) -> list[str]:
    """Return the lines of a payload that are the article's text."""
    folded = _fold(title)
    kept = [without_contact(one_line(line)) for line in lines]
    return [
        line
        for line in kept
        if line and not is_furniture(line) and not is_caption(line) and _fold(line) != folded
    ]


def _concerns(
    hidden: Sequence[str], paragraphs: Sequence[str], title: str, lead: Sequence[str]
) -> bool:
    """Tell whether a script's text is about the same story as the page."""
    text = _fold(" ".join(hidden))
    told = [_fold(line)[:40] for line in (*paragraphs, *lead) if len(line) > 30]
    if any(line in text for line in told):
        return True
    words = {
        word
        for word in re.findall(r"\w{2,}", title.casefold())
        if len(word) > 3 or not word.isascii()
    }
    return sum(word in text for word in words) * 2 > len(words) > 0


@dataclass(slots=True)
class _Line:
    text: str
    block: Block
    mark: int
    prose: bool  # reads like a sentence or more


def _collect(
    page: Page,
    choice: Choice,
    title: str,
    standfirsts: Sequence[str],
    captions: list[tuple[str, str]],
) -> list[str]:
    chosen = choice.element
    weights = [prose_weight(block) for block in page.blocks]
    mass = prose_mass(page, weights)
    below = marks_below(page, chosen, mass, 0.3)
    boxes = _picture_boxes(page, chosen, mass)
    spans = [(element, page.last[element]) for element in choice.skipped]
    folded_title = _fold(title)
    lines: list[_Line] = []
    for number, block in enumerate(page.blocks):
        if not page.within(block.element, chosen):
            continue
        if any(first <= block.element <= last for first, last in spans):
            continue
        mark = below[block.element]
        if mark & (COMMENTS | FRAME | FURNITURE | BYLINE):
            continue
        tag = page.tags[block.element]
        if mark & HIDDEN and tag not in TEXT_TAGS:
            continue
        if mark & CAPTION or (mark & FIGURE and not mark & QUOTE) or block.element in boxes:
            captions.append((one_line(block.text), ""))
            continue
        if block.linked > 0.7 and (mark & (HEADING | LIST) or not ends_sentence(block.text)):
            continue
        if (
            mark & LIST
            and block.linked > 0.35
            and block.linked + block.bold > 0.85
            and not ends_sentence(block.text)
        ):
            continue
        after_picture = number in page.after_picture
        for text in block.text.split("\n"):
            line = without_contact(one_line(text))
            if not line or is_furniture(line) or _fold(line) == folded_title:
                after_picture = False
                continue
            if is_caption(line) or (
                after_picture
                and block.size < 200
                and not ends_sentence(line)
                and not mark & HEADING
            ):
                captions.append((line, ""))
                after_picture = False
                continue
            after_picture = False
            size = len(line.encode())
            prose = size >= 90 or (size >= 30 and ends_sentence(line))
            lines.append(_Line(line, block, mark, prose and not mark & HEADING))
    if lines:
        lines[:0] = _standfirst_lines(page, choice, title, standfirsts, lines[0].block)
    seen = Counter(line.text for line in lines)
    lines = [line for line in lines if seen[line.text] == 1 or line.prose]
    return _trim(lines)


def _standfirst_lines(
    page: Page, choice: Choice, title: str, standfirsts: Sequence[str], opening: Block
) -> list[_Line]:
    """Return the standfirst's lines when it stands above the body's container."""
    folded = [_fold(text)[:60] for text in standfirsts if len(text) > 30]
    found: list[_Line] = []
    start = next((at for at, block in enumerate(page.blocks) if block is opening), 0)
    for at in range(start - 1, max(-1, start - 40), -1):
        block = page.blocks[at]
        element = block.element
        if page.tags[element] == "h1":
            break
        if block.size < 40 or block.linked > 0.3:
            continue
        text = _fold(block.text)
        marked = False
        for _ in range(3):
            if element < 0:
                break
            if page.marks[element] & STANDFIRST:
                marked = True
            if page.marks[element] & (CAPTION | FRAME | COMMENTS):
                marked = False
                break
            element = page.parents[element]
        known = any(text.startswith(head) for head in folded)
        if (known or marked) and not is_furniture(block.text) and text != _fold(title):
            found = [
                _Line(one_line(line), block, 0, True) for line in block.text.split("\n")
            ] + found
    return found


def _trim(lines: list[_Line]) -> list[str]:
    """Cut what stands before the first and after the last line that reads like prose."""
    first, last = 0, len(lines) - 1
    while first < last and _is_loose(lines[first]):
        first += 1
    while last > first and _is_loose(lines[last]):
        last -= 1
    texts: list[str] = []
    seen: set[str] = set()
    for line in lines[first : last + 1]:
        if line.text in seen:
            continue
        seen.add(line.text)
        texts.append(line.text)
    return texts


def _is_loose(line: _Line) -> bool:
    """Tell whether a line at either end of the text belongs to the page rather than to the text."""
    return not line.prose and (bool(line.mark & HEADING) or line.block.linked > 0.3)


def _picture_boxes(page: Page, chosen: int, mass: Sequence[float]) -> set[int]:
    """Return the elements that hold a picture and hardly any text: its caption."""
    count = len(page.tags)
    size = [0] * count
    for block in page.blocks:
        size[block.element] += block.size
    holds = [False] * count
    for element in page.pictures:
        holds[element] = True
    parents = page.parents
    end = page.last[chosen]
    for element in range(end, chosen, -1):
        above = parents[element]
        size[above] += size[element]
        holds[above] = holds[above] or holds[element]
    boxes: set[int] = set()
    for element in range(chosen + 1, end + 1):
        if parents[element] in boxes or (
            holds[element] and 0 < size[element] <= BOX and page.tags[element] != "li"
        ):
            boxes.add(element)
    held = sum(mass[element] for element in boxes if parents[element] not in boxes)
    return set() if held > 0.3 * mass[chosen] else boxes


def _fold(text: str) -> str:
    return "".join(ch for ch in text.casefold() if ch.isalnum())
